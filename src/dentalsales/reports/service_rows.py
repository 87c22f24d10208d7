"""The lines that samples and visits have in the daily and the monthly report, for those who may see them."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, select

import dentalsales.reports.frame as frame
from dentalsales.blueprint.act import Act
from dentalsales.blueprint.register import Register
from dentalsales.blueprint.report import Period
from dentalsales.blueprint.sheet import Opens, Row
from dentalsales.blueprint.table import Filter
from dentalsales.i18n import _
from dentalsales.registers.samples import SAMPLES, Sample
from dentalsales.registers.site_visits import SITE_VISITS, SiteVisit
from dentalsales.reports.rates import share
from dentalsales.reports.sample_conversion import SAMPLE_CONVERSION, ZERO, tried
from dentalsales.reports.scope import own_customers
from dentalsales.reports.visits import HELD

CAME = ("received", "followed", "closed")


def daily_rows(act: Act, day: Period) -> Iterator[Row]:
    """Yield the samples sent and the visits of a day, and the opinions that are due now."""
    if _sees(act, SAMPLES):
        sent = _count(act, SAMPLES, Sample.sent_on >= day.start, Sample.sent_on <= day.end)
        yield Row((_("Samples sent"), sent, "", ""), Opens("samples", filters=frame.days("sent_on", day)))
        due = (Sample.state == "delivered", Sample.due_on <= act.today)
        opens = (Filter("state", "=", "delivered"), Filter("due_on", "<=", act.today))
        yield Row((_("Opinions on samples due"), _count(act, SAMPLES, *due), "", ""), Opens("samples", filters=opens))
    if _sees(act, SITE_VISITS):
        yield _visits(act, day, _("Visits of customers"), HELD)


def monthly_rows(act: Act, month: Period) -> Iterator[Row]:
    """Yield the samples delivered in a month with the orders they brought, and the visits received."""
    if act.roles & SAMPLE_CONVERSION.view:
        found = tried(act, month)
        brought = [one for one in found if one.order is not None]
        opens = Opens("samples", filters=frame.days("delivered_on", month))
        yield Row((_("Samples delivered"), len(found), "", ""), opens)
        amount = sum((one.amount for one in brought), ZERO)
        rate = share(len(brought), len(found))
        yield Row((_("Of these with an order, and its first amount"), len(brought), amount, rate), opens)
    if _sees(act, SITE_VISITS):
        yield _visits(act, month, _("Visits received"), CAME)


def _visits(act: Act, period: Period, label: Any, states: tuple[str, ...]) -> Row:
    inside = (SiteVisit.visit_on >= period.start, SiteVisit.visit_on <= period.end, SiteVisit.state.in_(states))
    opens = Opens("site_visits", filters=(*frame.days("visit_on", period), Filter("state", "in", states)))
    return Row((label, _count(act, SITE_VISITS, *inside), "", ""), opens)


def _sees(act: Act, register: Register) -> bool:
    return bool(act.roles & (register.access.view | register.access.own))


def _count(act: Act, register: Register, *conditions: Any) -> int:
    record: Any = register.record
    own = own_customers(act, record.customer_id, register.access)
    return act.session.scalar(select(func.count()).select_from(record).where(own, *conditions)) or 0
