"""What is still to be sent of a billed order, as money: the amount of its lines less what left already."""

from typing import Any

from sqlalchemy import case, func, literal, select

from dentalsales.blueprint.among import one_of_these
from dentalsales.blueprint.column_types import Money, difference
from dentalsales.registers.orders.record import ZERO, OrderLine

STILL_TO_SEND = ("billed", "part_sent")
"""States in which goods of an order wait for the dispatch."""
GONE = ("sent", "delivered", "closed")


def still_to_send(order: Any) -> Any:
    """Return the SQL of the amount; unknown of an order that is not billed yet, zero of one that left."""
    open_amount = (
        select(func.coalesce(func.sum(difference(OrderLine.amount, OrderLine.sent_amount), type_=Money()), 0))
        .where(OrderLine.order_id == order.id)
        .correlate(order)
        .scalar_subquery()
    )
    return case(
        (one_of_these(order.state, STILL_TO_SEND), open_amount),
        (one_of_these(order.state, GONE), literal(ZERO, Money())),
        else_=literal(None, Money()),
    )
