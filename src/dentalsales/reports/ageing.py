"""What was open at the end of a day, by how long it was overdue: rewound from what is open now.

Payments are put back by the day the money came in, red entries by their day. Money that bounced later counts as never
received, and a due date that was moved counts as moved all along.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Subquery, case, func, or_, select, type_coerce, union_all

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.column_types import Money
from dentalsales.i18n import _
from dentalsales.registers.ledger import LedgerEntry
from dentalsales.registers.receipts import Allocation, Receipt
from dentalsales.registers.receivables import RECEIVABLES, Receivable
from dentalsales.reports.sales import RED
from dentalsales.reports.scope import own_customers

ZERO = Decimal("0.00")
BUCKETS = (_("Not due"), _("1-30 days"), _("31-60 days"), _("61-90 days"), _("Over 90 days"))
STEPS = (0, 30, 60, 90)
"""Days overdue at which a bucket ends."""


def open_papers(act: Act, on: date) -> Subquery:
    """Return the open papers as they stood at the end of a day: customer_id, responsible_id, due_on, open."""
    later = _changes_after(on)
    left = type_coerce(Receivable.amount - Receivable.settled + func.coalesce(later.c.change, 0), Money)
    return (
        select(Receivable.id, Receivable.customer_id, Receivable.responsible_id, Receivable.due_on, left.label("open"))
        .outerjoin(later, later.c.receivable_id == Receivable.id)
        .where(
            Receivable.on <= on,
            or_(Receivable.amount != Receivable.settled, later.c.change != 0),
            left != 0,
            own_customers(act, Receivable.customer_id, RECEIVABLES.access),
        )
        .subquery()
    )


def buckets(papers: Subquery, on: date) -> list[ColumnElement[Decimal]]:
    """Return the sums by days overdue, in the order of BUCKETS."""
    ends = [on - timedelta(days=step) for step in STEPS]
    tests = [papers.c.due_on >= ends[0]]
    tests += [(papers.c.due_on >= low) & (papers.c.due_on < high) for high, low in zip(ends, ends[1:], strict=False)]
    tests.append(papers.c.due_on < ends[-1])
    return [func.sum(case((test, papers.c.open))) for test in tests]


def ageing(act: Act, on: date, customer_id: int | None = None) -> list[Decimal]:
    """Return the open amounts by bucket at the end of a day, of all customers or of one."""
    papers = open_papers(act, on)
    query = select(*buckets(papers, on))
    if customer_id is not None:
        query = query.where(papers.c.customer_id == customer_id)
    return [amount or ZERO for amount in act.session.execute(query).one()]


def _changes_after(on: date) -> Subquery:
    """Return by receivable what payments and red entries after the day have taken off since."""
    parts = union_all(_payments_after(on), _red_entries_after(on), _money_freed_by_them(on)).subquery()
    return (
        select(parts.c.receivable_id, func.sum(parts.c.change).label("change"))
        .group_by(parts.c.receivable_id)
        .subquery()
    )


def _payments_after(on: date) -> Any:
    return (
        select(Receivable.id.label("receivable_id"), (Allocation.amount - Allocation.released).label("change"))
        .select_from(Receipt)
        .join(Allocation, Allocation.receipt_id == Receipt.id)
        .join(Receivable, _lies_on())
        .where(Receipt.state == "confirmed", Receipt.received_on > on)
    )


def _red_entries_after(on: date) -> Any:
    return (
        select(Receivable.id, -LedgerEntry.amount)
        .join(LedgerEntry, LedgerEntry.order_id == Receivable.order_id)
        .where(LedgerEntry.on > on, LedgerEntry.kind.in_(RED))
    )


def _money_freed_by_them(on: date) -> Any:
    """Money that lay on a paper that day, and that a later red entry has set free."""
    red = select(LedgerEntry.order_id).where(LedgerEntry.on > on, LedgerEntry.kind.in_(RED))
    return (
        select(Receivable.id, -Allocation.released)
        .select_from(Receivable)
        .join(Allocation, _lies_on())
        .join(Receipt, Receipt.id == Allocation.receipt_id)
        .where(Receivable.order_id.in_(red), Receipt.state == "confirmed", Receipt.received_on <= on)
    )


def _lies_on() -> ColumnElement[bool]:
    """Money lies on a paper directly, or was kept for its order before the order was billed."""
    return or_(Allocation.receivable_id == Receivable.id, Allocation.order_id == Receivable.order_id)
