"""Customers who are new in a month, and customers who bought before and no longer do."""

from decimal import Decimal
from typing import Any

from sqlalchemy import Subquery, case, func, select

import dentalsales.reports.sales as sales
from dentalsales.blueprint.act import Act
from dentalsales.blueprint.house_records import Employee
from dentalsales.blueprint.report import Period
from dentalsales.blueprint.sheet import Block, Opens, Row, SheetColumn
from dentalsales.i18n import _
from dentalsales.registers.customers import Customer
from dentalsales.registers.ledger import LedgerEntry
from dentalsales.registers.orders import Order
from dentalsales.reports.office_days import moments, month_before
from dentalsales.reports.scope import own_customers

ZERO = Decimal("0.00")
MONTHS_BEFORE = 3
UNDONE = ("void", "reversed")
LOST = _("A customer is lost who bought in the three months before and neither bought nor ordered in the period.")


def new_customers(act: Act, month: Period) -> Block:
    """Return the customers whose file was opened in the month, with what they bought in it."""
    columns = (
        SheetColumn("number", _("Number"), width=12),
        SheetColumn("customer", _("Customer"), width=30),
        SheetColumn("rep", _("Salesperson"), width=14),
        SheetColumn("entered_on", _("Entered on"), "day", 12),
        SheetColumn("amount", _("Sales"), "money", 16, total=True),
    )
    bought = _bought(act, month)
    query = (
        select(Customer.id, Customer.number, Customer.name, Employee.name, Customer.entered_at, bought.c.amount)
        .outerjoin(Employee, Employee.id == Customer.owner_id)
        .outerjoin(bought, bought.c.customer_id == Customer.id)
        .where(*_entered(act, month))
        .order_by(Customer.entered_at, Customer.id)
    )
    rows = tuple(
        Row((number or "", name, rep or "", at, amount or ZERO), Opens("customers", customer))
        for customer, number, name, rep, at, amount in act.session.execute(query)
    )
    return Block(_("New customers"), columns, rows, "new_customers")


def lost_customers(act: Act, month: Period) -> Block:
    """Return the customers who bought in the three months before and not in this one, the greatest first."""
    columns = (
        SheetColumn("number", _("Number"), width=12),
        SheetColumn("customer", _("Customer"), width=30),
        SheetColumn("rep", _("Salesperson"), width=14),
        SheetColumn("last_on", _("Last purchase"), "day", 12),
        SheetColumn("amount", _("Sales of the three months before"), "money", 16, total=True),
    )
    before = _lost(act, month)
    query = (
        select(Customer.id, Customer.number, Customer.name, Employee.name, before.c.last_on, before.c.amount)
        .join(before, before.c.customer_id == Customer.id)
        .outerjoin(Employee, Employee.id == Customer.owner_id)
        .order_by(before.c.amount.desc(), Customer.id)
    )
    rows = tuple(
        Row((number or "", name, rep or "", last_on, amount), Opens("customers", customer))
        for customer, number, name, rep, last_on, amount in act.session.execute(query)
    )
    return Block(_("Lost customers"), columns, rows, "lost_customers")


def _entered(act: Act, month: Period) -> tuple[Any, ...]:
    start, end = moments(month)
    return Customer.entered_at >= start, Customer.entered_at < end, own_customers(act, Customer.id)


def _bought(act: Act, period: Period) -> Subquery:
    """Purchases only: red entries neither make a customer one who bought nor keep him one."""
    return (
        select(LedgerEntry.customer_id, func.sum(LedgerEntry.amount).label("amount"),
               func.max(case((LedgerEntry.kind.not_in(sales.RED), LedgerEntry.on))).label("last_on"))
        .where(*sales.in_period(act, period))
        .group_by(LedgerEntry.customer_id)
        .having(func.sum(LedgerEntry.amount) > 0)
        .subquery()
    )  # fmt: skip


def _lost(act: Act, month: Period) -> Subquery:
    first = month
    for _month in range(MONTHS_BEFORE):
        first = month_before(first)
    before, now = _bought(act, Period(first.start, month_before(month).end)), _bought(act, month)
    bought, ordered = select(now.c.customer_id), _ordered(month)
    return select(before).where(before.c.customer_id.not_in(bought), before.c.customer_id.not_in(ordered)).subquery()


def _ordered(month: Period) -> Any:
    """Who ordered in the month is not lost, though nothing is billed yet; a draft is no order."""
    return select(Order.customer_id).where(
        Order.ordered_on >= month.start,
        Order.ordered_on <= month.end,
        Order.number.is_not(None),
        Order.state.not_in(UNDONE),
    )
