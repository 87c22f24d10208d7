"""The gap report: target, sales and gap by salesperson, month and year (M95, K3, K4)."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import dentalsales.reports.frame as frame
import dentalsales.reports.money_in as money_in
import dentalsales.reports.sales as sales
import dentalsales.reports.salespeople as salespeople
from dentalsales.blueprint.act import Act
from dentalsales.blueprint.report import Period, Report
from dentalsales.blueprint.sheet import Block, Opens, Row, Sheet, SheetColumn
from dentalsales.blueprint.table import Filter
from dentalsales.i18n import Text, _
from dentalsales.registers.customers import Customer
from dentalsales.registers.ledger import LEDGER
from dentalsales.reports.rates import share
from dentalsales.reports.scope import scope_notes

ZERO = Decimal("0.00")
COLUMNS = (
    SheetColumn("rep", _("Salesperson"), width=14),
    SheetColumn("target", _("Target"), "money", 15, total=True),
    SheetColumn("amount", _("Sales"), "money", 15, total=True),
    SheetColumn("completion", _("Completion"), "percent", 11),
    SheetColumn("gap", _("Gap"), "money", 15, total=True),
    SheetColumn("to_collect", _("Collection target"), "money", 15, total=True),
    SheetColumn("collected", _("Money received"), "money", 15, total=True),
    SheetColumn("collection", _("Collection completed"), "percent", 11),
)


def run(act: Act, period: Period, choices: Mapping[str, Any]) -> Sheet:
    """Return the gaps of a month, and of its year so far."""
    year = Period(period.start.replace(month=1), period.end)
    blocks = (_gaps(act, period, _("The month"), "month"), _gaps(act, year, _("The year so far"), "year"))
    notes = (_("Gap is target less sales; a negative gap is more than the target. Without a target there is none."),
             frame.BILLING_DAY,
             frame.CONFIRMED_MONEY, frame.ROUNDING, *scope_notes(act))  # fmt: skip
    return frame.sheet(act, "target_gap", TARGET_GAP.title, period, "303-R09", *blocks, notes=notes, landscape=True)


def _gaps(act: Act, period: Period, title: Text, name: str) -> Block:
    amounts, goals = sales.amount_by_rep(act, period), salespeople.targets(act, period.start, period.end)
    money = money_in.collected_by(act, period, Customer.owner_id)
    rows = []
    for rep, person in salespeople.in_order(act, amounts, goals, money):
        amount, collected = amounts.get(rep, ZERO), money.get(rep, (0, ZERO))[1]
        goal, to_collect = goals.get(rep or 0, (ZERO, ZERO))
        money_side = (to_collect or None, collected, share(collected, to_collect))
        cells = (person, goal or None, amount, share(amount, goal), goal - amount if goal else None, *money_side)
        opens = Opens("ledger", filters=(*frame.days("on", period), Filter("rep_id", "=", rep)))
        rows.append(Row(cells, opens, "" if amount >= goal else "warning"))
    return Block(title, COLUMNS, tuple(rows), name)


TARGET_GAP = Report(
    name="target_gap",
    title=_("Targets and gaps"),
    period="month",
    run=run,
    view=LEDGER.access.view | LEDGER.access.own,
    hint=_("Target, sales and gap by salesperson."),
)
