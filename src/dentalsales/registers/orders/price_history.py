"""The prices at which this customer has had a product: from the orders, and from past sales that were brought in."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, select

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.insight import HistoryRow, LineHistory
from dentalsales.i18n import Text, _, c_
from dentalsales.registers.ledger import LedgerEntry
from dentalsales.registers.orders.record import SOURCE_LETTERS, Order, OrderLine

MOST = 20


def brought_in() -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of a ledger row that was sold before the program and brought in; returns are none."""
    return LedgerEntry.order_id.is_(None), LedgerEntry.quantity > 0, LedgerEntry.product_id.is_not(None)


def past_prices(order: Order, line: OrderLine, act: Act) -> Iterable[HistoryRow]:
    """Yield day, paper, quantity, unit, price and its letter, newest first."""
    customer, product = order.customer_id or 0, line.product_id or 0
    orders = (
        select(
            Order.ordered_on,
            Order.number,
            OrderLine.quantity,
            OrderLine.unit,
            OrderLine.unit_price,
            OrderLine.price_source,
        )
        .join(OrderLine, OrderLine.order_id == Order.id)
        .where(
            Order.customer_id == customer,
            OrderLine.product_id == product,
            Order.number.is_not(None),
            Order.state != "void",
            Order.id != (order.id or 0),
        )
        .order_by(Order.ordered_on.desc(), Order.id.desc())
        .limit(MOST)
    )
    taken_over = (
        select(
            LedgerEntry.on,
            LedgerEntry.number,
            LedgerEntry.quantity,
            LedgerEntry.unit,
            LedgerEntry.unit_price,
            LedgerEntry.source,
        )
        .where(
            LedgerEntry.customer_id == customer,
            LedgerEntry.product_id == product,
            *brought_in(),
        )
        .order_by(LedgerEntry.on.desc(), LedgerEntry.id.desc())
        .limit(MOST)
    )
    found = [*act.session.execute(orders), *act.session.execute(taken_over)]
    for row in sorted(found, key=lambda row: row[0], reverse=True)[:MOST]:
        yield HistoryRow((*row[:5], SOURCE_LETTERS.get(row[5], Text(""))))


PRICE_HISTORY = LineHistory(
    _("Prices to this customer"),
    (
        (_("Date"), "day"),
        (_("Order"), "text"),
        (_("Quantity"), "quantity"),
        (_("Unit"), "text"),
        (_("Unit price"), "price"),
        (c_("price source", "Letter"), "text"),
    ),
    past_prices,
    _("This customer has not had this product yet."),
)
