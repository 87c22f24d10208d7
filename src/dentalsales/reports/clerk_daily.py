"""The everyday report 《每天日报表》: what each employee did on a day, from slips to goods-in (M91, F6)."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

import dentalsales.reports.frame as frame
from dentalsales.blueprint.act import Act
from dentalsales.blueprint.house_records import Employee, History
from dentalsales.blueprint.report import Period, Report
from dentalsales.blueprint.roles import (
    AFTER_SALES,
    ASSISTANT,
    AUDIT,
    CLERK,
    FINANCE,
    LEADERS,
    MANAGERS,
    SERVICE,
    SERVICE_MANAGER,
    roles,
)
from dentalsales.blueprint.sheet import Block, Opens, Row, Sheet, SheetColumn
from dentalsales.i18n import _, c_
from dentalsales.registers.complaints import Complaint
from dentalsales.registers.customers import Customer
from dentalsales.registers.orders import ORDERS, Order
from dentalsales.registers.receipts import Receipt
from dentalsales.reports.office_days import moments

STEPS = (
    ("orders", "confirm_stock", _("Consents recorded")),
    ("orders", "review", _("Orders reviewed")),
    ("orders", "bill", _("Orders billed")),
    ("dispatch_notes", "dispatch", _("Dispatch notes")),
    ("dispatch_notes", "deliver", _("Deliveries confirmed")),
    ("receipts", "confirm", _("Receipts confirmed")),
    ("goods_in", "receive", _("Goods-in")),
    ("samples", "dispatch", _("Samples sent")),
    ("site_visits", "receive", _("Visits received")),
    ("complaints", "reply", _("Complaints answered")),
    ("complaints", "resolve", _("Complaints resolved")),
)
ENTERED = (("slips", Order, _("Order slips")), ("receipts", Receipt, _("Receipts entered")),
           ("customers", Customer, _("Customers entered")),
           ("complaints", Complaint, _("Complaints taken down")))  # fmt: skip


def run(act: Act, period: Period, choices: Mapping[str, Any]) -> Sheet:
    """Return the report of a day."""
    notes = (_("A step counts for the employee who took it, on the day it was taken."), frame.ROUNDING)
    blocks = (_activity(act, period), _slips(act, period))
    return frame.sheet(act, "clerk_daily", CLERK_DAILY.title, period, "303-R02", *blocks, notes=notes, landscape=True)


def _activity(act: Act, day: Period) -> Block:
    entered = {name: _entered_by(act, record, day) for name, record, _label in ENTERED}
    steps = _steps_taken(act, day)
    ids = {one for counts in entered.values() for one in counts} | {employee for employee, *_step in steps}
    named = select(Employee.id, Employee.name).where(Employee.id.in_(ids)).order_by(Employee.name, Employee.id)
    rows = tuple(
        Row((
            name,
            *(entered[kind].get(employee, 0) for kind, _record, _label in ENTERED),
            *(steps[employee, register, step] for register, step, _label in STEPS),
        ), Opens("employees", employee))
        for employee, name in act.session.execute(named)
    )  # fmt: skip
    columns = (
        SheetColumn("employee", _("Employee"), width=14),
        *(SheetColumn(name, label, "number", 10, total=True) for name, _record, label in ENTERED),
        *(SheetColumn(f"{register}_{step}", label, "number", 10, total=True) for register, step, label in STEPS),
    )
    return Block(_("Work of the day"), columns, rows, "activity")


def _entered_by(act: Act, record: type[Any], day: Period) -> dict[int, int]:
    start, end = moments(day)
    query = (
        select(record.entered_by_id, func.count())
        .where(record.entered_at >= start, record.entered_at < end, record.entered_by_id.is_not(None))
        .group_by(record.entered_by_id)
    )
    return {row[0]: row[1] for row in act.session.execute(query)}


def _steps_taken(act: Act, day: Period) -> Counter[tuple[int, str, str]]:
    start, end = moments(day)
    key = (History.employee_id, History.register, History.step)
    query = (
        select(*key, func.count())
        .where(History.at >= start, History.at < end, History.employee_id.is_not(None),
               History.step.in_({step for _register, step, _label in STEPS}))
        .group_by(*key)
    )  # fmt: skip
    return Counter({
        (employee or 0, register, step): count for employee, register, step, count in act.session.execute(query)
    })  # fmt: skip


def _slips(act: Act, day: Period) -> Block:
    start, end = moments(day)
    workflow = ORDERS.workflow
    assert workflow is not None
    columns = (
        SheetColumn("number", _("Order"), width=18),
        SheetColumn("entered_at", _("Entered at"), "moment", 16),
        SheetColumn("employee", _("Entered by"), width=14),
        SheetColumn("customer", _("Customer"), width=28),
        SheetColumn("channel", c_("order", "Received by"), width=10),
        SheetColumn("state", _("State"), width=12),
        SheetColumn("total", _("Total"), "money", 16, total=True),
    )
    query = (
        select(Order.id, Order.number, Order.entered_at, Employee.name, Customer.name, Order.channel, Order.state,
               Order.total)
        .join(Customer, Customer.id == Order.customer_id)
        .join(Employee, Employee.id == Order.entered_by_id)
        .where(Order.entered_at >= start, Order.entered_at < end)
        .order_by(Order.entered_at, Order.id)
    )  # fmt: skip
    rows = tuple(
        Row((number or "", at, employee, customer, frame.word(Order, "channel", channel), workflow.state(state).label,
             None if state == "void" else total), Opens("orders", order_id))
        for order_id, number, at, employee, customer, channel, state, total in act.session.execute(query)
    )  # fmt: skip
    return Block(_("Order slips of the day"), columns, rows, "slips")


CLERK_DAILY = Report(
    name="clerk_daily",
    title=_("Everyday report"),
    period="day",
    run=run,
    view=roles(MANAGERS, LEADERS, CLERK, ASSISTANT, SERVICE, SERVICE_MANAGER, AFTER_SALES, FINANCE, AUDIT),
    aliases=("mt",),
    hint=_("Work of the day: slips, reviews, bills, receipts and goods-in by employee."),
)
