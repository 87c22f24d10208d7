"""Satisfaction and after-sales service of a period, for senior management, beside the period before (M96)."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

import dentalsales.reports.frame as frame
from dentalsales.blueprint.act import Act
from dentalsales.blueprint.record import fields_of
from dentalsales.blueprint.report import Period, Report, previous_month
from dentalsales.blueprint.roles import LEADERS, MANAGERS, SERVICE_MANAGER, roles
from dentalsales.blueprint.sheet import Block, Opens, Row, Sheet, SheetColumn
from dentalsales.blueprint.table import Filter
from dentalsales.i18n import Text, _, c_
from dentalsales.registers.complaints import COMPLAINTS, Complaint
from dentalsales.registers.complaints.record import is_grave
from dentalsales.registers.customers import Customer
from dentalsales.registers.dispatch_notes import DispatchNote
from dentalsales.registers.samples import Sample
from dentalsales.reports.complaint_figures import Counted, complaints_of, days_of, rates
from dentalsales.reports.rates import share

ZERO = Decimal("0.00")
ANSWERS = ("good", "fair", "poor")
NOTES = (
    _("Satisfied is what customers said when a complaint was followed up, of all who were asked."),
    _("Complaints count in the period in which they were received, withdrawn ones left out; deliveries on their day."),
)


def run(act: Act, period: Period, choices: Mapping[str, Any]) -> Sheet:
    """Return the summary of a period, beside the stretch of the same length before it."""
    former = before(period)
    now, then = complaints_of(act, period), complaints_of(act, former)
    blocks = (
        _summary(act, period, former, now, then),
        _opinions(act, ((_("This period"), period), (_("Period before"), former))),
        _by(_("By class of customer"), "classes", now, _of_class),
        _by(_("By department"), "departments", now, _departments),
        _unhappy(now),
        _measures(now),
    )
    return frame.sheet(act, "satisfaction", SATISFACTION.title, period, "303-R24", *blocks, notes=NOTES,
                       landscape=True)  # fmt: skip


def before(period: Period) -> Period:
    """Return the stretch before a period: of a month the month before, else as many days."""
    if period.is_month:
        return Period.month(previous_month(period.start))
    end = period.start - timedelta(days=1)
    return Period(end - (period.end - period.start), end)


def _summary(act: Act, period: Period, former: Period, now: list[Counted], then: list[Counted]) -> Block:
    columns = (
        SheetColumn("what", c_("summary", "Figure"), width=34), SheetColumn("now", _("This period"), "number", 14),
        SheetColumn("then", _("Period before"), "number", 14),
        SheetColumn("now_share", _("This period, share"), "percent", 16),
        SheetColumn("then_share", _("Period before, share"), "percent", 16),
    )  # fmt: skip
    deliveries = [_deliveries(act, one) for one in (period, former)]
    opens = days_of(period)
    rows = [
        _row(_("Complaints received, and of all deliveries"), [len(now), len(then)], deliveries, opens),
        _row(_("Deliveries"), deliveries, (None, None)),
        _counted(_("Satisfied at the follow-up"), now, then, lambda one: one.complaint.satisfaction == "good", _asked,
                 (*opens, Filter("satisfaction", "=", "good"))),
        _counted(_("Not satisfied at the follow-up"), now, then, lambda one: one.complaint.satisfaction == "poor",
                 _asked, (*opens, Filter("satisfaction", "=", "poor"))),
        _counted(c_("summary", "Answered in time"), now, then, lambda one: one.replied_in_time is True,
                 lambda one: one.replied_in_time is not None),
        _counted(c_("summary", "Resolved in time"), now, then, lambda one: one.resolved_in_time is True,
                 lambda one: one.resolved_in_time is not None),
        _counted(_("Resolved, of all received"), now, then, lambda one: one.resolved, lambda one: True),
        _counted(_("Grave complaints"), now, then, lambda one: is_grave(one.complaint), lambda one: True),
        _counted(_("Suspected adverse events"), now, then, lambda one: bool(one.complaint.adverse), lambda one: True,
                 (*opens, Filter("adverse", "!=", ""))),
    ]  # fmt: skip
    return Block(_("Summary"), columns, tuple(rows), "summary")


def _row(label: Text, counts: Iterable[Any], wholes: Iterable[Any], filters: tuple[Filter, ...] = ()) -> Row:
    found = list(counts)
    shares = [share(count, whole) if whole else None for count, whole in zip(found, wholes, strict=True)]
    return Row((label, *found, *shares), Opens(COMPLAINTS.name, filters=filters) if filters else None)


def _counted(
    label: Text, now: list[Counted], then: list[Counted], counts: Callable[[Counted], bool],
    among: Callable[[Counted], bool], filters: tuple[Filter, ...] = (),
) -> Row:  # fmt: skip
    stretches = (now, then)
    found = [sum(counts(one) for one in every) for every in stretches]
    return _row(label, found, [sum(among(one) for one in every) for every in stretches], filters)


def _asked(one: Counted) -> bool:
    return bool(one.complaint.satisfaction)


def _deliveries(act: Act, period: Period) -> int:
    left = (DispatchNote.state != "draft", DispatchNote.dispatched_on >= period.start,
            DispatchNote.dispatched_on <= period.end)  # fmt: skip
    return act.session.scalar(select(func.count()).select_from(DispatchNote).where(*left)) or 0


def _opinions(act: Act, periods: Iterable[tuple[Text, Period]]) -> Block:
    """What customers thought of the samples that they tried."""
    columns = (
        SheetColumn("period", _("Period"), width=24), SheetColumn("count", _("Opinions"), "number", 10),
        SheetColumn("score", _("Average score"), width=14),
    )  # fmt: skip
    rows = []
    for label, period in periods:
        inside = (Sample.opinion_on >= period.start, Sample.opinion_on <= period.end, Sample.score.is_not(None))
        scores = [Decimal(score or 0) for score in act.session.scalars(select(Sample.score).where(*inside))]
        average = f"{round(sum(scores, ZERO) / len(scores), 1)}" if scores else ""
        rows.append(Row((label, len(scores), average)))
    return Block(_("Opinions on samples"), columns, tuple(rows), "opinions")


def _by(title: Text, name: str, counted: list[Counted], keys: Callable[[Complaint], set[Text | str]]) -> Block:
    columns = (
        SheetColumn("what", title, width=24), SheetColumn("count", c_("complaints", "Received"), "number", 10),
        *(SheetColumn(answer, label, "number", 10) for answer, label in _answers()),
        SheetColumn("share", _("Satisfied, of those asked"), "percent", 16),
        SheetColumn("in_time", _("Resolved in time"), "percent", 12),
        SheetColumn("paid", _("Compensated"), "money", 14),
    )  # fmt: skip
    groups: dict[str, list[Counted]] = {}
    labels: dict[str, Text | str] = {}
    for one in counted:
        for label in keys(one.complaint):
            groups.setdefault(str(label), []).append(one)
            labels[str(label)] = label
    rows = []
    for key, mine in sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])):
        said = Counter(one.complaint.satisfaction for one in mine)
        asked = sum(said[answer] for answer in ANSWERS)
        paid = sum((one.complaint.claim_paid for one in mine), ZERO)
        answers = (said[answer] for answer in ANSWERS)
        rows.append(Row((labels[key], len(mine), *answers, share(said["good"], asked), rates(mine).in_time, paid)))
    return Block(title, columns, tuple(rows), name)


def _answers() -> tuple[tuple[str, Text], ...]:
    words = dict(fields_of(Complaint)["satisfaction"].choices)
    return tuple((answer, words[answer]) for answer in ANSWERS)


def _of_class(complaint: Complaint) -> set[Text | str]:
    return {frame.word(Customer, "sale_class", complaint.customer.sale_class)}


def _departments(complaint: Complaint) -> set[Text | str]:
    names = {part.department for part in complaint.parts} if complaint.kind == "quality" else {complaint.department}
    return {frame.word(Complaint, "department", name) if name else _("Not named") for name in names}


def _unhappy(counted: list[Counted]) -> Block:
    """Who was not satisfied, or waits too long: what management asks about first."""
    columns = (
        SheetColumn("number", _("Complaint"), width=18), SheetColumn("customer", _("Customer"), width=26),
        SheetColumn("what", _("What happened"), width=32), SheetColumn("satisfaction", _("Satisfaction"), width=12),
        SheetColumn("follow_up", c_("complaint", "Follow-up"), width=32),
    )  # fmt: skip
    rows = tuple(
        Row((one.complaint.number, one.complaint.customer.name, one.complaint.description,
             _("Overdue") if one.overdue else frame.word(Complaint, "satisfaction", one.complaint.satisfaction),
             one.complaint.follow_up), frame.opens(COMPLAINTS.name, one.complaint.id), "danger")
        for one in counted if one.overdue or one.complaint.satisfaction == "poor"
    )  # fmt: skip
    return Block(_("Not satisfied, or overdue"), columns, rows, "unhappy")


def _measures(counted: list[Counted]) -> Block:
    """What was done so that it does not come again."""
    columns = (
        SheetColumn("number", _("Complaint"), width=18), SheetColumn("what", _("What happened"), width=26),
        SheetColumn("cause", _("Cause found"), width=26), SheetColumn("measure", _("Corrective measure"), width=26),
        SheetColumn("summary", c_("complaint", "Summary"), width=26),
    )  # fmt: skip
    rows = tuple(
        Row((one.complaint.number, one.complaint.description, one.complaint.cause, one.complaint.correction,
             one.complaint.summary), frame.opens(COMPLAINTS.name, one.complaint.id))
        for one in counted if one.complaint.correction or one.complaint.summary
    )  # fmt: skip
    return Block(_("Causes and measures"), columns, rows, "measures")


SATISFACTION = Report(
    name="satisfaction",
    title=_("Satisfaction and after-sales service"),
    period="range",
    run=run,
    view=roles(LEADERS, MANAGERS, SERVICE_MANAGER),
    aliases=("myd",),
    hint=_("For senior management: customers' opinions, promises kept, causes, measures."),
)
