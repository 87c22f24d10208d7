"""What an arrival sets in motion: lots are made, goods come and go."""

from decimal import Decimal

from sqlalchemy import select

from dentalsales.blueprint.act import Act
from dentalsales.registers.goods_in.record import GoodsIn, GoodsInLine
from dentalsales.registers.products import Product, factor_of
from dentalsales.registers.stock import Lot, lots_numbered, move_goods


def lots_are_made(paper: GoodsIn, act: Act) -> None:
    """Each line raises its lot and writes a movement."""
    for line in paper.lines:
        product = act.session.get_one(Product, line.product_id)
        factor = factor_of(line, act)
        lot = same_lot(paper, line, act) or new_lot(paper, line, product, factor, act)
        act.session.flush()
        line.lot_id, line.factor = lot.id, factor
        move_goods(
            act, lot, line.quantity * factor, paper.kind, paper.number or "", "goods_in", line.id, paper.arrived_on
        )


def same_lot(paper: GoodsIn, line: GoodsInLine, act: Act) -> Lot | None:
    """Return the lot of an earlier arrival that these goods belong to: same number, supplier and expiry."""
    if not line.lot_no or line.serial_no or line.cost is not None:
        return None
    return act.session.scalar(
        select(Lot)
        .where(
            Lot.product_id == line.product_id,
            Lot.lot_no == line.lot_no,
            Lot.serial_no == "",
            Lot.supplier_id == paper.supplier_id,
            Lot.expires_on == line.expires_on,
        )
        .limit(1)
    )


def new_lot(paper: GoodsIn, line: GoodsInLine, product: Product, factor: int, act: Act) -> Lot:
    """Return a new lot with a copy of what registration and maker were on arrival."""
    known = lots_numbered(act, product.id, line.lot_no)
    stopped = next((lot for lot in known if lot.condition == "stopped"), None)  # nor is what comes of it later sold
    cost = None if line.cost is None else (line.cost / factor).quantize(Decimal("0.0001"))
    lot = Lot(
        product_id=product.id,
        lot_no=line.lot_no,
        serial_no=line.serial_no,
        made_on=line.made_on,
        expires_on=line.expires_on,
        on_hand=0,
        condition=stopped.condition if stopped else "ok",
        condition_reason=stopped.condition_reason if stopped else "",
        registration=product.registration,
        registrant=product.registrant,
        maker=product.maker,
        maker_licence=product.maker_licence,
        supplier_id=paper.supplier_id,
        arrived_on=paper.arrived_on,
        cost=cost,
        search_text=f"{line.lot_no} {line.serial_no}".lower().strip(),
    )
    act.session.add(lot)
    return lot


def goods_leave_again(paper: GoodsIn, act: Act) -> None:
    """The mirror movement."""
    for line in paper.lines:
        assert line.lot is not None
        move_goods(act, line.lot, -line.quantity * line.factor, "in_reversed", paper.number or "", "goods_in", line.id)
