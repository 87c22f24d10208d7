"""What was delivered, for papers that come after: the lines a customer got, and who holds goods of a lot."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import func, or_, select

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.insight import Fact, Insight
from dentalsales.blueprint.roles import OFFICE, QUALITY, roles
from dentalsales.i18n import Text, _
from dentalsales.registers.customers import Customer
from dentalsales.registers.customers.rules import ALL_SEEN_BY
from dentalsales.registers.dispatch_notes.record import DispatchLine, DispatchNote
from dentalsales.registers.stock import Lot

LAST_LINES, HOLDERS = 60, 8
TOLD = roles(ALL_SEEN_BY, QUALITY, OFFICE)
"""Who is told which customers hold a lot; a salesperson knows his own only."""
SHORT = 10
"""So many letters tell the notes of a customer apart: month, day, count and line."""


def goods_to_choose(paper: Any, act: Act) -> list[tuple[str, Text]]:
    """Return the delivered lines of a paper's note, without one the customer's newest, as choices."""
    return [(key, _words(key, line)) for key, _note, line in delivered(paper, act)]


def delivered(paper: Any, act: Act) -> Iterator[tuple[str, DispatchNote, DispatchLine]]:
    """Yield key, note and line of what was delivered to a paper's customer, or with its note, newest first."""
    query = (
        select(DispatchNote, DispatchLine)
        .join(DispatchLine, DispatchLine.dispatch_note_id == DispatchNote.id)
        .where(DispatchNote.state != "draft", DispatchNote.customer_id == (paper.customer_id or 0))
        .order_by(DispatchNote.dispatched_on.desc(), DispatchNote.id.desc(), DispatchLine.position)
        .limit(LAST_LINES)
    )
    if paper.dispatch_note_id:
        query = query.where(DispatchNote.id == paper.dispatch_note_id)
    for note, line in act.session.execute(query):
        yield f"{note.number}/{line.position + 1}", note, line


def _words(key: str, line: DispatchLine) -> Text:
    lot = line.lot_no or line.serial_no or "-"
    number = "-".join(key.split("-")[1:])[-SHORT:]  # the year of a note and the unit are left to the fields below
    return _("{number} {lot} {product}").fill(number=number, lot=lot, product=line.product_name)


def who_holds(product_id: int, number: str, act: Act) -> Iterable[Fact]:
    """Yield how many customers got goods of a lot and, for who may know them, those who got most."""
    quantity = func.sum(DispatchLine.quantity)
    query = (
        select(Customer.id, Customer.name, quantity, DispatchLine.unit)
        .join(DispatchNote, DispatchNote.customer_id == Customer.id)
        .join(DispatchLine, DispatchLine.dispatch_note_id == DispatchNote.id)
        .where(
            DispatchNote.state != "draft",
            DispatchLine.product_id == product_id,
            or_(DispatchLine.lot_no == number, DispatchLine.serial_no == number),
        )
        .group_by(Customer.id, Customer.name, DispatchLine.unit)
        .order_by(quantity.desc(), Customer.id)
    )
    holders: Sequence[Any] = act.session.execute(query).all()
    yield Fact(_("Customers who hold the lot"), len({row[0] for row in holders}), "number")
    for customer, name, count, unit in holders[:HOLDERS] if act.roles & TOLD else ():
        opens = ("customers", customer) if act.roles & ALL_SEEN_BY else None
        yield Fact(name, _("{quantity} {unit}").fill(quantity=int(count), unit=unit), opens=opens)


def holders_of_a_lot(lot: Lot, line: object, act: Act) -> Iterable[Fact]:
    """On the card of a lot: who got goods of it."""
    number = lot.printed_number
    return who_holds(lot.product_id, number, act) if number else ()


HOLDERS_OF_A_LOT = Insight("holders", _("Delivered to"), holders_of_a_lot)
