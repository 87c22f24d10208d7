"""A lot in all its arrivals, and the stop of its sale; other papers stop one, and let it be sold again."""

from collections.abc import Iterable, Sequence

from sqlalchemy import or_, select

from dentalsales.blueprint.act import Act
from dentalsales.registers.stock.record import Lot


def lots_numbered(act: Act, product_id: int | None, number: str) -> Sequence[Lot]:
    """Return a lot of a product by its lot or serial number, as often as it arrived."""
    if not product_id or not number:
        return ()
    query = select(Lot).where(Lot.product_id == product_id, or_(Lot.lot_no == number, Lot.serial_no == number))
    return act.session.scalars(query.order_by(Lot.id)).all()


def stop_sale(lots: Iterable[Lot], paper: str, act: Act) -> None:
    """Let the lots not be promised or sent any more; the history of each tells who stopped it, and why."""
    _turn(lots, "ok", "stopped", "sale_stopped", paper, act)


def lift_stop(lots: Iterable[Lot], paper: str, act: Act) -> None:
    """Let the lots be sold again; the history of each tells who lifted the stop, and why."""
    _turn(lots, "stopped", "ok", "stop_lifted", paper, act)


def _turn(lots: Iterable[Lot], before: str, after: str, step: str, paper: str, act: Act) -> None:
    why = f"{paper}: {act.note.strip()}"[:200]
    for lot in lots:
        if lot.condition == before:
            changes = {"condition": [before, after], "condition_reason": [lot.condition_reason, why]}
            lot.condition, lot.condition_reason = after, why
            lot.version += 1
            act.session.flush()
            act.log(lot, step, act.note, changes)
