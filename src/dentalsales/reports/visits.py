"""Customers' visits to us: the calendar of a month, and whom the house receives on a day (M65-M69)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import zip_longest
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

import dentalsales.reports.frame as frame
from dentalsales.blueprint.act import Act
from dentalsales.blueprint.record import fields_of
from dentalsales.blueprint.report import Period, Report
from dentalsales.blueprint.sheet import Block, Opens, Row, Sheet, SheetColumn
from dentalsales.blueprint.table import Filter
from dentalsales.i18n import Text, _, c_, joined, tr
from dentalsales.registers.site_visits import SITE_VISITS, SiteVisit
from dentalsales.reports.scope import own_customers, scope_notes

WEEK = (
    _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"),
)  # fmt: skip
HELD = ("approved", "received", "followed", "closed")
"""States of a visit that somebody receives, or has received."""
SHOWN = ("in_review", *HELD)


def calendar(act: Act, period: Period, choices: Mapping[str, Any]) -> Sheet:
    """Return the calendar of a month, the visits one by one, and each host's."""
    visits = _visits(act, period, SHOWN)
    notes = (IN_BRACKETS, *scope_notes(act, SITE_VISITS.access))
    blocks = (_calendar(period, visits), _list(visits), _by_host(act, visits))
    return frame.sheet(act, "visit_calendar", VISIT_CALENDAR.title, period, "303-R41", *blocks, notes=notes,
                       landscape=True)  # fmt: skip


IN_BRACKETS = _("Visits in brackets are not approved yet.")


def _visits(act: Act, period: Period, states: Sequence[str]) -> list[SiteVisit]:
    query = (
        select(SiteVisit)
        .options(joinedload(SiteVisit.customer), joinedload(SiteVisit.host), selectinload(SiteVisit.visitors))
        .where(SiteVisit.visit_on >= period.start, SiteVisit.visit_on <= period.end, SiteVisit.state.in_(states),
               own_customers(act, SiteVisit.customer_id, SITE_VISITS.access))
    )  # fmt: skip
    return sorted(act.session.scalars(query), key=lambda one: (one.visit_on, one.arrives_at.zfill(5), one.id))


def _calendar(month: Period, visits: Sequence[SiteVisit]) -> Block:
    """A week is a row of days, and below it so many rows as its fullest day has visits."""
    by_day: dict[date, list[SiteVisit]] = defaultdict(list)
    for visit in visits:
        by_day[visit.visit_on].append(visit)
    columns = tuple(SheetColumn(f"day_{number}", label, width=18) for number, label in enumerate(WEEK))
    rows: list[Row] = []
    for monday in _mondays(month):
        days = [monday + timedelta(days=number) for number in range(7)]
        inside = [day for day in days if month.start <= day <= month.end]
        opens = Opens(SITE_VISITS.name, filters=frame.days("visit_on", Period(inside[0], inside[-1])))
        rows.append(Row(tuple(f"{day.month}-{day.day:02}" if day in inside else "" for day in days), opens))
        for cells in zip_longest(*(by_day[day] if day in inside else () for day in days)):
            rows.append(Row(tuple(_in_brief(visit) if visit else "" for visit in cells), opens))
    return Block(_("Calendar"), columns, tuple(rows), "calendar", even=True)


def _mondays(month: Period) -> Iterator[date]:
    monday = month.start - timedelta(days=month.start.weekday())
    while monday <= month.end:
        yield monday
        monday += timedelta(days=7)


def _in_brief(visit: SiteVisit) -> str:
    customer = visit.customer.short_name or visit.customer.name
    words = tr(_("{time} {customer}, {count}"), time=visit.arrives_at, customer=customer, count=visit.headcount).strip()
    return words if visit.state in HELD else tr(_("({words})"), words=words)


def _list(visits: Sequence[SiteVisit]) -> Block:
    workflow = SITE_VISITS.workflow
    assert workflow is not None
    columns = (
        SheetColumn("number", _("Site visit"), width=18),
        SheetColumn("day", _("Day of the visit"), "day", 12),
        SheetColumn("customer", _("Customer"), width=26),
        SheetColumn("purpose", _("Purpose of the visit"), width=14),
        SheetColumn("headcount", _("Number of visitors"), "quantity", 10, total=True),
        SheetColumn("host", _("Host"), width=12),
        SheetColumn("result", _("Result of the visit"), width=30),
        SheetColumn("due_on", _("Follow-up due on"), "day", 12),
        SheetColumn("state", _("State"), width=12),
    )
    rows = tuple(
        Row((visit.number or "", visit.visit_on, visit.customer.name, frame.word(SiteVisit, "purpose", visit.purpose),
             visit.headcount, visit.host.name if visit.host else "", visit.result, visit.due_on or "",
             workflow.state(visit.state).label), frame.opens(SITE_VISITS.name, visit.id))
        for visit in visits
    )  # fmt: skip
    return Block(_("Visits of the month"), columns, rows, "visits")


@dataclass
class _Tally:
    """What one host had to do with visits."""

    planned: int = 0
    held: int = 0
    people: int = 0
    open: int = 0
    overdue: int = 0

    def add(self, visit: SiteVisit, today: date) -> None:
        """Count a visit in."""
        waits = visit.state in ("received", "followed")
        self.planned += 1
        self.held += visit.state in ("received", "followed", "closed")
        self.people += (visit.headcount or 0) * (visit.state in ("received", "followed", "closed"))
        self.open += waits
        self.overdue += waits and visit.due_on is not None and visit.due_on < today


def _by_host(act: Act, visits: Sequence[SiteVisit]) -> Block:
    columns = (
        SheetColumn("host", _("Host"), width=16),
        SheetColumn("planned", _("Visits"), "number", 10, total=True),
        SheetColumn("held", c_("visits", "Carried out"), "number", 10, total=True),
        SheetColumn("people", _("Visitors received"), "quantity", 10, total=True),
        SheetColumn("open", _("Follow-ups open"), "number", 10, total=True),
        SheetColumn("overdue", _("Of these overdue"), "number", 10, total=True),
    )
    tallies: dict[tuple[str, int], _Tally] = defaultdict(_Tally)
    for visit in visits:
        tallies[visit.host.name if visit.host else "", visit.host_id or 0].add(visit, act.today)
    rows = tuple(
        Row((name or NOBODY, *vars(tally).values()),
            Opens(SITE_VISITS.name, filters=(Filter("host_id", "=", host or None),)), "danger" if tally.overdue else "")
        for (name, host), tally in sorted(tallies.items())
    )  # fmt: skip
    return Block(_("By host"), columns, rows, "hosts")


NOBODY = _("Without host")


def reception(act: Act, period: Period, choices: Mapping[str, Any]) -> Sheet:
    """Return whom the house receives on a day, approved visits only."""
    columns = (
        SheetColumn("time", c_("reception", "Time"), width=10),
        SheetColumn("customer", _("Customer"), width=20),
        SheetColumn("people", c_("people", "Visitors"), width=20),
        SheetColumn("headcount", _("Number of visitors"), "quantity", 8, total=True),
        SheetColumn("purpose", _("Purpose of the visit"), width=12),
        SheetColumn("host", _("Host"), width=10),
        SheetColumn("shown", _("What is shown"), width=18),
        SheetColumn("closed", _("Kept confidential"), width=18),
        SheetColumn("reception", _("Reception"), width=22),
    )
    visits = _visits(act, period, HELD)
    rows = tuple(
        Row(("-".join(filter(None, (visit.arrives_at, visit.leaves_at))), visit.customer.name,
             tr(joined([Text(one.name) for one in visit.visitors])), visit.headcount,
             frame.word(SiteVisit, "purpose", visit.purpose), visit.host.name if visit.host else "", visit.shown_areas,
             visit.closed_areas, _arrangements(visit)), frame.opens(SITE_VISITS.name, visit.id))
        for visit in visits
    )  # fmt: skip
    notes = (_("Only approved visits are received."), *scope_notes(act, SITE_VISITS.access))
    block = Block(_("Visits of the day"), columns, rows, "reception")
    return frame.sheet(act, "reception_list", RECEPTION_LIST.title, period, "303-R42", block, notes=notes,
                       landscape=True)  # fmt: skip


def _arrangements(visit: SiteVisit) -> str:
    chosen = [label for key, label in fields_of(SiteVisit)["reception"].choices if key in visit.reception.split(",")]
    return " ".join(filter(None, (tr(joined(chosen)), visit.reception_words)))


MAY_SEE = SITE_VISITS.access.view | SITE_VISITS.access.own
VISIT_CALENDAR = Report(
    name="visit_calendar",
    title=_("Calendar of visits"),
    period="month",
    run=calendar,
    view=MAY_SEE,
    hint=_("Customers' visits of the month: calendar, results and follow-ups."),
)
RECEPTION_LIST = Report(
    name="reception_list",
    title=_("Reception list"),
    period="day",
    run=reception,
    view=MAY_SEE,
    hint=_("Whom the house receives on the day, with what is shown and what is not."),
)
