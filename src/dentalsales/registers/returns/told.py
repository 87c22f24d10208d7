"""What returns say elsewhere: what came back of an order or a dispatch note, and what is left of a contract's quota."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.column_types import round_money
from dentalsales.blueprint.insight import Fact, Insight
from dentalsales.i18n import _
from dentalsales.registers.contracts import Contract
from dentalsales.registers.dispatch_notes import DispatchLine
from dentalsales.registers.orders import OrderLine, fulfilment
from dentalsales.registers.returns.record import CAME, ZERO, GoodsReturn, ReturnLine
from dentalsales.registers.stock import Lot


def came_back(column: Any) -> Callable[[Any, Any, Act], Iterable[Fact]]:
    """Return the facts about the returns that point at a record by a column."""

    def facts(record: Any, line: object, act: Act) -> Iterable[Fact]:
        query = select(GoodsReturn.number, GoodsReturn.id, GoodsReturn.total).where(
            column == (record.id or 0), GoodsReturn.state.in_(CAME)
        )
        found = act.session.execute(query.order_by(GoodsReturn.id)).all()
        for number, key, total in found:
            yield Fact(f"{number}", total, "money", opens=("returns", key))
        if len(found) > 1:
            yield Fact(_("Came back in all"), sum((row[2] for row in found), ZERO), "money")

    return facts


NAMED = 8
OF_NOTE = Insight("returns", _("Came back"), came_back(GoodsReturn.dispatch_note_id))
OF_ORDER = Insight("returns", _("Came back"), came_back(GoodsReturn.order_id))


def came_back_of_the_lot(lot: Lot, line: object, act: Act) -> Iterable[Fact]:
    """On the card of a lot: whoever got goods of it, this much is here again."""
    query = (
        select(GoodsReturn.number, GoodsReturn.id, func.sum(ReturnLine.quantity), ReturnLine.unit)
        .join(ReturnLine, ReturnLine.goods_return_id == GoodsReturn.id)
        .where(ReturnLine.lot_id == (lot.id or 0), GoodsReturn.state.in_(CAME))
        .group_by(GoodsReturn.number, GoodsReturn.id, ReturnLine.unit)
        .order_by(GoodsReturn.id.desc())
        .limit(NAMED)
    )
    for number, key, quantity, unit in act.session.execute(query):
        said = _("{quantity} {unit}").fill(quantity=int(quantity), unit=unit)
        yield Fact(f"{number}", said, opens=("returns", key))


OF_LOT = Insight("returns", _("Came back"), came_back_of_the_lot)


def quota_of(contract: Contract, act: Act) -> tuple[Decimal, Decimal]:
    """Return what may come back under a contract, in money, and what is left of that: a share of what was billed."""
    billed = sum((one.billed for one in fulfilment(contract, act)), ZERO)
    quota = round_money(billed * contract.return_quota / 100)
    query = (
        select(func.sum(ReturnLine.amount))
        .join(GoodsReturn, GoodsReturn.id == ReturnLine.goods_return_id)
        .join(DispatchLine, DispatchLine.id == ReturnLine.dispatch_line_id)
        .join(OrderLine, OrderLine.id == DispatchLine.order_line_id)
        .where(OrderLine.contract_id == contract.root_id, GoodsReturn.state.in_(CAME))
    )
    return quota, quota - (act.session.scalar(query) or ZERO)


def quota_facts(contract: Contract, line: object, act: Act) -> Iterable[Fact]:
    """How much of the agreed quota is left; below nothing it is passed."""
    if contract.id and contract.return_quota and contract.state in ("effective", "completed", "terminated"):
        quota, left = quota_of(contract, act)
        yield Fact(_("Return quota"), quota, "money")
        yield Fact(_("Return quota left"), left, "money", "danger" if left < 0 else "good")


QUOTA = Insight("return_quota", _("Returns"), quota_facts)


def the_quota_is_watched(paper: GoodsReturn, act: Act) -> None:
    """Whoever takes more back than was agreed hears it; the goods are here, so nothing is refused."""
    act.session.flush()
    of_order = select(OrderLine.contract_id).where(OrderLine.order_id == paper.order_id).distinct()
    for contract in act.session.scalars(select(Contract).where(Contract.id.in_(of_order), Contract.return_quota > 0)):
        quota, left = quota_of(contract, act)
        if left < 0:
            act.warn(_("{number}: the return quota of {quota} is exceeded by {over}."),
                     number=contract.number, quota=quota, over=-left)  # fmt: skip
