"""The sales monthly report 《销售月报表》: growth, target, money, margin, rankings and ageing (M90, K1-K4)."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import dentalsales.reports.ageing as ageing
import dentalsales.reports.frame as frame
import dentalsales.reports.sales as sales
from dentalsales import settings
from dentalsales.blueprint.act import Act
from dentalsales.blueprint.report import Period, Report
from dentalsales.blueprint.roles import COST_ROLES
from dentalsales.blueprint.sheet import Chart, Sheet
from dentalsales.i18n import _
from dentalsales.registers.ledger import LEDGER
from dentalsales.reports.complaints import of_the_month as complaints
from dentalsales.reports.office_days import month_before, month_last_year
from dentalsales.reports.sales_monthly.comings import LOST, lost_customers, new_customers
from dentalsales.reports.sales_monthly.rankings import by_customer, by_product, by_salesperson
from dentalsales.reports.sales_monthly.special import special_prices
from dentalsales.reports.sales_monthly.summary import ageing_block, summary
from dentalsales.reports.scope import scope_notes

AS_IT_STOOD = _("Open amounts are those at the end of the period, or today's before it ends: later payments and red "
                "entries are put back; a bounced payment counts as never received.")  # fmt: skip
MARGIN = _("Margin is what was dispatched in the period less the cost of its lots, without returns that were credited; "
           "lots without a known cost are left out.")  # fmt: skip


def run(act: Act, period: Period, choices: Mapping[str, Any]) -> Sheet:
    """Return the report of a month."""
    by_day = sales.amount_by_day(act, Period(month_last_year(period).start, period.end))
    until = min(period.end, act.today)
    opened = ageing.ageing(act, until)
    new, lost = new_customers(act, period), lost_customers(act, period)
    blocks = (
        summary(act, period, by_day, opened, (len(new.rows), len(lost.rows))),
        by_salesperson(act, period),
        by_customer(act, period),
        by_product(act, period),
        new,
        lost,
        ageing_block(opened, until, act.today),
        special_prices(act, period),
        *complaints(act, period),
    )
    notes = [frame.BILLING_DAY, frame.CONFIRMED_MONEY, AS_IT_STOOD, LOST, frame.ROUNDING, *scope_notes(act)]
    if act.roles & COST_ROLES:
        notes.insert(3, MARGIN)
    basis = settings.BY_KEY["growth_basis"]
    conditions = ((basis.label, dict(basis.choices)[act.setting("growth_basis")]),)
    return frame.sheet(act, "sales_monthly", SALES_MONTHLY.title, period, "303-R03", *blocks, notes=tuple(notes),
                       conditions=conditions, chart=_chart(period, by_day))  # fmt: skip


def _chart(period: Period, by_day: dict[date, Decimal]) -> Chart:
    months = [period]
    while len(months) < 12:
        months.insert(0, month_before(months[0]))
    labels = tuple(f"{month.start:%Y-%m}" for month in months)
    amounts = tuple(sales.summed(by_day, month) for month in months)
    return Chart(_("Sales of the last twelve months"), labels, ((_("Sales"), amounts),))


SALES_MONTHLY = Report(
    name="sales_monthly",
    title=_("Sales monthly report"),
    period="month",
    run=run,
    view=LEDGER.access.view | LEDGER.access.own,
    aliases=("yb",),
    hint=_("Amounts of the month: growth, targets, rankings, money and ageing."),
)
