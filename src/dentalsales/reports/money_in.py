"""Sums of the money that came in; the use of an earlier advance is no new money."""

from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, func, select

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.report import Period
from dentalsales.registers.customers import Customer
from dentalsales.registers.receipts import Receipt
from dentalsales.reports.scope import own_customers

ZERO = Decimal("0.00")


def received(act: Act, period: Period) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of the receipts of a period, whatever their state."""
    return (
        Receipt.received_on >= period.start,
        Receipt.received_on <= period.end,
        own_customers(act, Receipt.customer_id),
    )


def collected(act: Act, period: Period) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of the confirmed receipts of a period that brought new money."""
    return (*received(act, period), Receipt.state == "confirmed", Receipt.kind != "advance")


def collected_by(act: Act, period: Period, key: Any) -> dict[Any, tuple[int, Decimal]]:
    """Return number and amount of the confirmed receipts by a column of receipt or customer."""
    query = (
        select(key, func.count(), func.sum(Receipt.amount))
        .join(Customer, Customer.id == Receipt.customer_id)
        .where(*collected(act, period))
        .group_by(key)
    )
    return {row[0]: (row[1], row[2]) for row in act.session.execute(query)}


def collected_amount(act: Act, period: Period) -> Decimal:
    """Return the new money of a period."""
    return act.session.scalar(select(func.sum(Receipt.amount)).where(*collected(act, period))) or ZERO
