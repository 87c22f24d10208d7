"""Sums of the sales ledger; every report takes its sales from here, so all of them agree with the ledger."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, case, distinct, func, select

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.report import Period
from dentalsales.registers.ledger import LedgerEntry
from dentalsales.reports.scope import own_customers

ZERO = Decimal("0.00")
RED = ("reversal", "return")


@dataclass(frozen=True)
class Sold:
    """What was billed in a period; the amount is net of the red entries."""

    papers: int
    amount: Decimal
    red_papers: int
    red_amount: Decimal
    returns: int
    returned: Decimal
    """Of the red ones, goods that came back."""


def in_period(act: Act, period: Period) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of the ledger rows of a period that the employee may read."""
    return (
        LedgerEntry.on >= period.start,
        LedgerEntry.on <= period.end,
        own_customers(act, LedgerEntry.customer_id),
    )


def sold(act: Act, period: Period) -> Sold:
    """Return papers and amounts of a period."""
    red, back = LedgerEntry.kind.in_(RED), LedgerEntry.kind == "return"
    row = act.session.execute(
        select(
            func.count(distinct(case((~red, LedgerEntry.number)))),
            func.sum(LedgerEntry.amount),
            func.count(distinct(case((red, LedgerEntry.number)))),
            func.sum(case((red, LedgerEntry.amount))),
            func.count(distinct(case((back, LedgerEntry.number)))),
            func.sum(case((back, LedgerEntry.amount))),
        ).where(*in_period(act, period))
    ).one()
    return Sold(row[0], row[1] or ZERO, row[2], row[3] or ZERO, row[4], row[5] or ZERO)


def amount_by_day(act: Act, period: Period) -> dict[date, Decimal]:
    """Return the amount of each day that has one."""
    query = select(LedgerEntry.on, func.sum(LedgerEntry.amount)).where(*in_period(act, period)).group_by(LedgerEntry.on)
    return {row[0]: row[1] for row in act.session.execute(query)}


def amount_by_rep(act: Act, period: Period) -> dict[int | None, Decimal]:
    """Return the amount of each salesperson; None stands for entries without one."""
    query = (
        select(LedgerEntry.rep_id, func.sum(LedgerEntry.amount))
        .where(*in_period(act, period))
        .group_by(LedgerEntry.rep_id)
    )
    return {row[0]: row[1] for row in act.session.execute(query)}


def amount_by_customer(act: Act, period: Period) -> dict[int, Decimal]:
    """Return the amount of each customer who bought."""
    query = (
        select(LedgerEntry.customer_id, func.sum(LedgerEntry.amount))
        .where(*in_period(act, period))
        .group_by(LedgerEntry.customer_id)
    )
    return {row[0]: row[1] for row in act.session.execute(query)}


def summed(by_day: dict[date, Decimal], period: Period) -> Decimal:
    """Return the sum of the days that lie in a period."""
    return sum((amount for day, amount in by_day.items() if period.start <= day <= period.end), ZERO)
