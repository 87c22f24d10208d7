"""Who holds goods of a lot: what was sent to a customer, less what came back."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import func, or_, select

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.insight import Fact, Insight
from dentalsales.blueprint.roles import OFFICE, QUALITY, roles
from dentalsales.i18n import _
from dentalsales.registers.customers import Customer
from dentalsales.registers.customers.rules import ALL_SEEN_BY
from dentalsales.registers.dispatch_notes import DispatchLine, DispatchNote
from dentalsales.registers.returns.record import CAME, GoodsReturn, ReturnLine
from dentalsales.registers.stock import Lot

HOLDERS = 8
TOLD = roles(ALL_SEEN_BY, QUALITY, OFFICE)
"""Who is told which customers hold a lot; a salesperson knows his own only."""


def who_holds(product_id: int, number: str, act: Act) -> Iterable[Fact]:
    """Yield how many customers hold goods of a lot and, for who may know them, those who hold most."""
    back = (
        select(ReturnLine.dispatch_line_id, func.sum(ReturnLine.quantity).label("quantity"))
        .join(GoodsReturn, GoodsReturn.id == ReturnLine.goods_return_id)
        .where(ReturnLine.product_id == product_id, GoodsReturn.state.in_(CAME))
        .group_by(ReturnLine.dispatch_line_id)
        .subquery()
    )
    quantity = func.sum(DispatchLine.quantity - func.coalesce(back.c.quantity, 0))
    query = (
        select(Customer.id, Customer.name, quantity, DispatchLine.unit)
        .join(DispatchNote, DispatchNote.customer_id == Customer.id)
        .join(DispatchLine, DispatchLine.dispatch_note_id == DispatchNote.id)
        .outerjoin(back, back.c.dispatch_line_id == DispatchLine.id)
        .where(
            DispatchNote.state != "draft",
            DispatchLine.product_id == product_id,
            or_(DispatchLine.lot_no == number, DispatchLine.serial_no == number),
        )
        .group_by(Customer.id, Customer.name, DispatchLine.unit)
        .having(quantity > 0)
        .order_by(quantity.desc(), Customer.id)
    )
    holders: Sequence[Any] = act.session.execute(query).all()
    yield Fact(_("Customers who hold the lot"), len({row[0] for row in holders}), "number")
    for customer, name, count, unit in holders[:HOLDERS] if act.roles & TOLD else ():
        opens = ("customers", customer) if act.roles & ALL_SEEN_BY else None
        yield Fact(name, _("{quantity} {unit}").fill(quantity=int(count), unit=unit), opens=opens)


def holders_of_a_lot(lot: Lot, line: object, act: Act) -> Iterable[Fact]:
    """On the card of a lot: which customers have goods of it now."""
    number = lot.printed_number
    return who_holds(lot.product_id, number, act) if number else ()


HOLDERS_OF_A_LOT = Insight("holders", _("With customers"), holders_of_a_lot)
