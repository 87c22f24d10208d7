"""What was open at the end of a day, by how long it was overdue: rewound from what is open now.

Payments are put back by the day the money came in, red entries by their day. Money that bounced later counts as never
received, and a due date that was moved counts as moved all along.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Subquery, case, exists, func, select, true, type_coerce, union_all

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.column_types import Money
from dentalsales.blueprint.table import Filter
from dentalsales.i18n import _
from dentalsales.registers.ledger import LedgerEntry
from dentalsales.registers.receipts import Allocation, Receipt
from dentalsales.registers.receivables import RECEIVABLES, Receivable
from dentalsales.reports.sales import RED
from dentalsales.reports.scope import own_customers

ZERO = Decimal("0.00")
Conditions = tuple[ColumnElement[bool], ...]
BUCKETS = (_("Not due"), _("1-30 days"), _("31-60 days"), _("61-90 days"), _("Over 90 days"))
STEPS = (0, 30, 60, 90)
"""Days overdue at which a bucket ends."""


def open_papers(act: Act, on: date, customer_id: int | None = None) -> Subquery:
    """Return the open papers of all customers or of one, as they stood at the end of a day.

    The columns are customer_id, responsible_id, due_on and open. Money that several returns of one order have set free
    is put back as a whole, though some of it was free by then: a paper of an order is never overpaid, so less than
    nothing is nothing.
    """
    then = _open_then(on, customer_id)
    counts = (then.c.open > 0) | Receivable.order_id.is_(None)
    return (
        select(Receivable.customer_id, Receivable.responsible_id, Receivable.due_on, then.c.open)
        .join(then, then.c.receivable_id == Receivable.id)
        .where(Receivable.on <= on, counts, own_customers(act, Receivable.customer_id, RECEIVABLES.access))
        .subquery()
    )


def of_customer(column: Any, customer_id: int | None) -> ColumnElement[bool]:
    """Return the condition that keeps one customer, or everybody when there is none."""
    condition: ColumnElement[bool] = true() if customer_id is None else column == customer_id
    return condition


def buckets(papers: Subquery, on: date) -> list[ColumnElement[Decimal]]:
    """Return the sums by days overdue, in the order of BUCKETS."""
    ends = [on - timedelta(days=step) for step in STEPS]
    tests = [papers.c.due_on >= ends[0]]
    tests += [(papers.c.due_on >= low) & (papers.c.due_on < high) for high, low in zip(ends, ends[1:], strict=False)]
    tests.append(papers.c.due_on < ends[-1])
    return [func.sum(case((test, papers.c.open))) for test in tests]


def papers_of(bucket: int, on: date) -> tuple[Filter, ...]:
    """Return the filters of the list that holds the papers of a bucket, as they stand now."""
    ends = [on - timedelta(days=step) for step in STEPS]
    owed = Filter("open", ">", 0)
    if bucket == 0:
        return (owed, Filter("due_on", ">=", ends[0]))
    if bucket == len(STEPS):
        return (owed, Filter("due_on", "<", ends[-1]))
    return (owed, Filter("due_on", ">=", ends[bucket]), Filter("due_on", "<", ends[bucket - 1]))


def ageing(act: Act, on: date, customer_id: int | None = None) -> list[Decimal]:
    """Return the open amounts by bucket at the end of a day, of all customers or of one."""
    papers = open_papers(act, on, customer_id)
    query = select(*buckets(papers, on))
    return [amount or ZERO for amount in act.session.execute(query).one()]


def _open_then(on: date, customer_id: int | None) -> Subquery:
    """Return by receivable what is open now, with what payments and red entries after the day have changed."""
    paid = (Receipt.state == "confirmed", Receipt.received_on > on, of_customer(Receipt.customer_id, customer_id))
    red = (LedgerEntry.on > on, LedgerEntry.kind.in_(RED), of_customer(LedgerEntry.customer_id, customer_id))
    parts = union_all(_open_now(customer_id), _paid(paid), _taken_back(red), *_set_free(on, red)).subquery()
    total = type_coerce(func.sum(parts.c.change), Money)
    return (
        select(parts.c.receivable_id, total.label("open")).group_by(parts.c.receivable_id).having(total != 0).subquery()
    )


def _open_now(customer_id: int | None) -> Any:
    return select(Receivable.id.label("receivable_id"), (Receivable.amount - Receivable.settled).label("change")).where(
        Receivable.amount != Receivable.settled, of_customer(Receivable.customer_id, customer_id)
    )


def _paid(conditions: Conditions) -> Any:
    """Money lies on a paper, or was kept for its order before the order was billed."""
    paper = func.coalesce(Allocation.receivable_id, Receivable.id)
    return (
        select(paper, Allocation.amount - Allocation.released)
        .select_from(Receipt)
        .join(Allocation, Allocation.receipt_id == Receipt.id)
        .outerjoin(Receivable, Receivable.order_id == Allocation.order_id)
        .where(*conditions)
    )


def _taken_back(red: Conditions) -> Any:
    return (
        select(Receivable.id, -LedgerEntry.amount)
        .select_from(LedgerEntry)
        .join(Receivable, Receivable.order_id == LedgerEntry.order_id)
        .where(*red)
    )


def _set_free(on: date, red: Conditions) -> tuple[Any, Any]:
    """Money that lay on a paper that day, and that a later red entry has set free."""
    there = exists().where(
        Receipt.id == Allocation.receipt_id, Receipt.state == "confirmed", Receipt.received_on <= on
    )  # the few red orders are looked up first, then their receipts
    few = (Receivable.order_id.in_(select(LedgerEntry.order_id).where(*red)), Allocation.released != 0, there)
    freed = select(Receivable.id, -Allocation.released).select_from(Receivable)
    return (
        freed.join(Allocation, Allocation.receivable_id == Receivable.id).where(*few),
        freed.join(Allocation, Allocation.order_id == Receivable.order_id).where(*few),
    )
