"""The sales daily report 《销售日报表》: orders, billing, dispatch, money and warnings of one day (M89, F4)."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

import dentalsales.reports.frame as frame
import dentalsales.reports.money_in as money_in
import dentalsales.reports.sales as sales
import dentalsales.reports.salespeople as salespeople
from dentalsales.blueprint.act import Act
from dentalsales.blueprint.column_types import Money
from dentalsales.blueprint.house_records import Employee
from dentalsales.blueprint.report import Period, Report
from dentalsales.blueprint.sheet import Block, Opens, Row, Sheet, SheetColumn
from dentalsales.blueprint.table import Filter
from dentalsales.i18n import _, c_
from dentalsales.registers.complaints import COMPLAINTS, UNRESOLVED, Complaint
from dentalsales.registers.customers import Customer
from dentalsales.registers.dispatch_notes import DispatchNote
from dentalsales.registers.ledger import LEDGER, LedgerEntry
from dentalsales.registers.orders import STILL_TO_SEND, Order, still_to_send
from dentalsales.registers.receipts import KINDS, RECEIPTS, Receipt
from dentalsales.registers.stock import Lot
from dentalsales.reports.office_days import moments
from dentalsales.reports.rates import share
from dentalsales.reports.scope import own_customers, scope_notes
from dentalsales.reports.service_rows import daily_rows
from dentalsales.reports.shortage import products_below_minimum

ZERO = sales.ZERO


def run(act: Act, period: Period, choices: Mapping[str, Any]) -> Sheet:
    """Return the report of a day."""
    blocks = (_summary(act, period), _by_salesperson(act, period), _billed(act, period), _receipts(act, period),
              _dispatched(act, period))  # fmt: skip
    notes = (frame.BILLING_DAY, frame.CONFIRMED_MONEY, STATE_OF_TODAY, frame.ROUNDING, *scope_notes(act),
             *frame.seal_of_the_history(act))  # fmt: skip
    return frame.sheet(act, "sales_daily", SALES_DAILY.title, period, "303-R01", *blocks, notes=notes)


STATE_OF_TODAY = _("Orders to dispatch and stock warnings are those of the moment the report is made.")


def _summary(act: Act, day: Period) -> Block:
    columns = (
        SheetColumn("item", _("Item"), width=30),
        SheetColumn("number", c_("count", "Number"), "number", 10),
        SheetColumn("amount", _("Amount"), "money", 16),
        SheetColumn("rate", _("Completion"), "percent", 12),
    )
    rows = (*_trade_rows(act, day), *_money_rows(act, day), *_warning_rows(act, day), *daily_rows(act, day),
            *_month_rows(act, day))  # fmt: skip
    return Block(_("Summary"), columns, rows, "summary")


def _trade_rows(act: Act, day: Period) -> Iterator[Row]:
    entered = act.session.execute(
        select(func.count(), func.sum(Order.total)).where(
            Order.ordered_on >= day.start, Order.ordered_on <= day.end, Order.state != "void",
            own_customers(act, Order.customer_id),
        )
    ).one()  # fmt: skip
    orders = Opens("orders", filters=(*frame.days("ordered_on", day), Filter("state", "!=", "void")))
    yield Row((_("Orders entered"), entered[0], entered[1] or ZERO, ""), orders)
    sold = sales.sold(act, day)
    yield Row((_("Sales, billed less red entries"), sold.papers, sold.amount, ""), _ledger(day))
    red = Filter("kind", "in", sales.RED)
    yield Row((_("Of these, red entries and returns"), sold.red_papers, sold.red_amount, ""),
              _ledger(day, red), "danger" if sold.red_papers else "")  # fmt: skip
    back = Filter("kind", "=", "return")
    yield Row((_("Of these, goods returned"), sold.returns, sold.returned, ""), _ledger(day, back))
    sent = act.session.execute(select(func.count(), func.sum(DispatchNote.total)).where(*_sent(act, day))).one()
    notes = Opens("dispatch_notes", filters=(*frame.days("dispatched_on", day), Filter("state", "!=", "draft")))
    yield Row((_("Dispatched"), sent[0], sent[1] or ZERO, ""), notes)


def _money_rows(act: Act, day: Period) -> Iterator[Row]:
    by_kind = money_in.collected_by(act, day, Receipt.kind)
    confirmed = (*frame.days("received_on", day), Filter("state", "=", "confirmed"))
    number = sum(count for count, _amount in by_kind.values())
    amount = sum((amount for _count, amount in by_kind.values()), ZERO)
    yield Row((_("Money received"), number, amount, ""),
              Opens("receipts", filters=(*confirmed, Filter("kind", "!=", "advance"))))  # fmt: skip
    for kind, label in KINDS:
        if kind in by_kind:
            opens = Opens("receipts", filters=(*confirmed, Filter("kind", "=", kind)))
            yield Row((_("Received by {kind}").fill(kind=label), *by_kind[kind], ""), opens)


def _warning_rows(act: Act, day: Period) -> Iterator[Row]:
    start, end = moments(day)
    new = act.session.scalar(
        select(func.count()).select_from(Customer).where(
            Customer.entered_at >= start, Customer.entered_at < end, own_customers(act, Customer.id))
    )  # fmt: skip
    yield Row((_("New customers"), new, "", ""), Opens("customers", filters=frame.days("entered_at", day)))
    waiting = act.session.execute(
        select(func.count(), func.sum(still_to_send(Order), type_=Money())).where(
            Order.state.in_(STILL_TO_SEND), own_customers(act, Order.customer_id))
    ).one()  # fmt: skip
    opens = Opens("orders", filters=(Filter("state", "in", STILL_TO_SEND),))
    yield Row((_("Orders to dispatch"), waiting[0], waiting[1] or ZERO, ""), opens)
    yield from _complaint_rows(act, day)
    yield Row((_("Products below minimum stock"), products_below_minimum(act), "", ""), Opens("stock"))
    last = act.today + timedelta(days=int(act.setting("near_expiry_days")))
    lots = act.session.scalar(select(func.count()).select_from(Lot).where(Lot.on_hand > 0, Lot.expires_on <= last))
    there = (Filter("on_hand", ">", 0), Filter("expires_on", "<=", last))
    yield Row((_("Lots expired or near expiry"), lots, "", ""), Opens("lots", filters=there))


def _complaint_rows(act: Act, day: Period) -> Iterator[Row]:
    """What was complained of, by whoever sees complaints."""
    if not act.roles & (COMPLAINTS.access.view | COMPLAINTS.access.own):
        return
    start, end = moments(day)
    mine = (Complaint.state != "withdrawn", own_customers(act, Complaint.customer_id, COMPLAINTS.access))
    count = select(func.count()).select_from(Complaint)
    new = act.session.scalar(count.where(*mine, Complaint.received_at >= start, Complaint.received_at < end))
    yield Row((_("New complaints"), new, "", ""), Opens(COMPLAINTS.name, filters=frame.days("received_at", day)))
    waiting = Filter("state", "in", UNRESOLVED)
    left = act.session.scalar(count.where(*mine, Complaint.state.in_(UNRESOLVED)))
    yield Row((_("Complaints not resolved"), left, "", ""), Opens(COMPLAINTS.name, filters=(waiting,)))
    late = act.session.scalar(count.where(*mine, Complaint.due_at < act.now))
    opens = Opens(COMPLAINTS.name, filters=(Filter("due_at", "<", "now"),))
    yield Row((_("Of these, overdue complaints"), late, "", ""), opens, "danger" if late else "")


def _month_rows(act: Act, day: Period) -> Iterator[Row]:
    so_far = _month_so_far(day)
    amount = sales.sold(act, so_far).amount
    goal = sum((target[0] for target in salespeople.targets(act, so_far.start, so_far.start).values()), ZERO)
    month = Opens("targets", filters=(Filter("month_on", "=", so_far.start),))
    yield Row((_("Sales of the month so far"), "", amount, ""), _ledger(so_far))
    yield Row((_("Target of the month"), "", goal or None, share(amount, goal)), month)


def _by_salesperson(act: Act, day: Period) -> Block:
    columns = (
        SheetColumn("rep", _("Salesperson"), width=16),
        SheetColumn("amount", _("Sales"), "money", 16, total=True),
        SheetColumn("collected", _("Money received"), "money", 16, total=True),
        SheetColumn("month", _("Month so far"), "money", 16, total=True),
        SheetColumn("target", _("Target of the month"), "money", 16, total=True),
        SheetColumn("completion", _("Completion"), "percent", 12),
    )
    so_far = _month_so_far(day)
    today, month = sales.amount_by_rep(act, day), sales.amount_by_rep(act, so_far)
    money = money_in.collected_by(act, day, Customer.owner_id)
    goals = salespeople.targets(act, so_far.start, so_far.start)
    rows = []
    for rep, name in salespeople.in_order(act, month, money, goals):
        goal = goals.get(rep or 0, (ZERO, ZERO))[0]
        sold, came = month.get(rep, ZERO), money.get(rep, (0, ZERO))[1]
        cells = (name, today.get(rep, ZERO), came, sold, goal or None, share(sold, goal))
        rows.append(Row(cells, _ledger(day, Filter("rep_id", "=", rep))))
    return Block(_("By salesperson"), columns, tuple(rows), "salespeople")


def _billed(act: Act, day: Period) -> Block:
    columns = (
        SheetColumn("number", _("Order"), width=18),
        SheetColumn("kind", _("Kind"), width=10),
        SheetColumn("customer", _("Customer"), width=28),
        SheetColumn("rep", _("Salesperson"), width=14),
        SheetColumn("lines", _("Lines"), "number", 8, total=True),
        SheetColumn("amount", _("Amount"), "money", 16, total=True),
    )
    key = (LedgerEntry.order_id, LedgerEntry.number, LedgerEntry.kind, Customer.name, Employee.name)
    query = (
        select(*key, func.count(), func.sum(LedgerEntry.amount))
        .join(Customer, Customer.id == LedgerEntry.customer_id)
        .outerjoin(Employee, Employee.id == LedgerEntry.rep_id)
        .where(*sales.in_period(act, day))
        .group_by(*key)
        .order_by(func.min(LedgerEntry.id))
    )
    rows = tuple(
        Row((number, frame.word(LedgerEntry, "kind", kind), customer, rep or "", lines, amount),
            frame.opens("orders", order_id), "danger" if kind in sales.RED else "")
        for order_id, number, kind, customer, rep, lines, amount in act.session.execute(query)
    )  # fmt: skip
    return Block(_("Orders billed"), columns, rows, "billed")


def _receipts(act: Act, day: Period) -> Block:
    columns = (
        SheetColumn("number", _("Receipt"), width=18),
        SheetColumn("customer", _("Customer"), width=28),
        SheetColumn("kind", _("Kind of payment"), width=14),
        SheetColumn("evidence", _("Slip or cheque number"), width=18),
        SheetColumn("amount", _("Amount"), "money", 16, total=True),
    )
    query = (
        select(Receipt.id, Receipt.number, Customer.name, Receipt.kind, Receipt.evidence, Receipt.amount)
        .join(Customer, Customer.id == Receipt.customer_id)
        .where(*money_in.collected(act, day))
        .order_by(Receipt.id)
    )
    rows = tuple(
        Row((number, customer, frame.word(Receipt, "kind", kind), evidence, amount), Opens(RECEIPTS.name, record_id))
        for record_id, number, customer, kind, evidence, amount in act.session.execute(query)
    )
    return Block(_("Receipts"), columns, rows, "receipts")


def _dispatched(act: Act, day: Period) -> Block:
    columns = (
        SheetColumn("number", _("Dispatch note"), width=18),
        SheetColumn("order", _("Order"), width=18),
        SheetColumn("customer", _("Customer"), width=28),
        SheetColumn("carrier", _("Carrier"), width=12),
        SheetColumn("waybill", _("Waybill"), width=16),
        SheetColumn("amount", _("Amount"), "money", 16, total=True),
    )
    note = DispatchNote
    query = (
        select(note.id, note.number, Order.number, Customer.name, note.carrier, note.waybill, note.total)
        .join(Order, Order.id == note.order_id)
        .join(Customer, Customer.id == note.customer_id)
        .where(*_sent(act, day))
        .order_by(note.id)
    )
    rows = tuple(Row(tuple(row[1:]), Opens("dispatch_notes", row[0])) for row in act.session.execute(query))
    return Block(_("Dispatch"), columns, rows, "dispatched")


def _sent(act: Act, day: Period) -> tuple[Any, ...]:
    return (
        DispatchNote.dispatched_on >= day.start,
        DispatchNote.dispatched_on <= day.end,
        DispatchNote.state != "draft",
        own_customers(act, DispatchNote.customer_id),
    )


def _month_so_far(day: Period) -> Period:
    return Period(day.end.replace(day=1), day.end)


def _ledger(period: Period, *more: Filter) -> Opens:
    return Opens(LEDGER.name, filters=(*frame.days("on", period), *more))


SALES_DAILY = Report(
    name="sales_daily",
    title=_("Sales daily report"),
    period="day",
    run=run,
    view=LEDGER.access.view | LEDGER.access.own,
    aliases=("rb",),
    hint=_("Amounts of the day: orders, billing, dispatch and money."),
)
