"""The month at a glance on the Today page: sales against targets by salesperson, and sales day by day."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

import dentalsales.reports.frame as frame
import dentalsales.reports.sales as sales
import dentalsales.reports.salespeople as salespeople
from dentalsales.blueprint.act import Act
from dentalsales.blueprint.report import Period
from dentalsales.blueprint.sheet import Block, Opens, Row, SheetColumn
from dentalsales.blueprint.table import Filter
from dentalsales.blueprint.tile import Glance
from dentalsales.i18n import _
from dentalsales.registers.ledger import LEDGER
from dentalsales.reports.rates import share

ZERO = Decimal("0.00")


def against_targets(act: Act, month: Period) -> Block:
    """Return sales and target of the month by salesperson, as the report of targets and gaps has them."""
    amounts, goals = sales.amount_by_rep(act, month), salespeople.targets(act, month.start, month.end)
    rows = []
    for rep, person in salespeople.in_order(act, amounts, goals):
        amount, goal = amounts.get(rep, ZERO), goals.get(rep or 0, (ZERO, ZERO))[0]
        opens = Opens("ledger", filters=(*frame.days("on", month), Filter("rep_id", "=", rep)))
        rows.append(Row((person, amount, goal, share(amount, goal)), opens))
    columns = (
        SheetColumn("rep", _("Salesperson")),
        SheetColumn("amount", _("Sales"), "money", total=True),
        SheetColumn("target", _("Target"), "money", total=True),
        SheetColumn("completion", _("Completion"), "percent"),
    )
    return Block(GOALS.title, columns, tuple(rows), "goals")


def by_day(act: Act, month: Period) -> Block:
    """Return the sales of every day of the month up to today."""
    amounts: dict[date, Decimal] = defaultdict(lambda: ZERO, sales.amount_by_day(act, month))
    days = (min(month.end, act.today) - month.start).days + 1
    rows = []
    for day in (month.start + timedelta(days=number) for number in range(days)):
        rows.append(Row((day, amounts[day]), Opens("ledger", filters=frame.days("on", Period.day(day)))))
    columns = (SheetColumn("on", _("Day"), "day"), SheetColumn("amount", _("Sales"), "money", total=True))
    return Block(DAYS.title, columns, tuple(rows), "days")


MAY_SEE = LEDGER.access.view | LEDGER.access.own
GOALS = Glance("goals", _("This month against target"), "goals", against_targets, MAY_SEE)
DAYS = Glance("days", _("Sales of this month by day"), "days", by_day, MAY_SEE)
GLANCES = (GOALS, DAYS)
