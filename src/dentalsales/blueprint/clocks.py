"""Clocks of promises: how long one has run between two moments, when it runs out, and that in words."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from dentalsales.blueprint.calendar_words import OFFICE
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import Text, _, n_

NONE = timedelta(0)
DAY = timedelta(days=1)
FARTHEST = 3660
"""Days after which nobody looks for a working day any more."""
DAYS = re.compile(r"(\d{4}-\d{2}-\d{2})(?:~(\d{4}-\d{2}-\d{2}))?")
NO_DAYS = _("“{value}” names no days. Enter them like 2026-10-01~2026-10-07, 2026-12-31.")


@dataclass(frozen=True)
class Stretch:
    """From one moment to another, in UTC; without an end it still goes on."""

    start: datetime
    end: datetime | None = None


@dataclass(frozen=True)
class Hours:
    """When a clock runs: always, or while the office is open."""

    opens: time | None = None
    """None: day and night."""
    closes: time = time(23, 59)
    weekdays: frozenset[int] = frozenset(range(1, 8))
    """Monday is 1."""
    closed: frozenset[date] = frozenset()
    """Public holidays and other days without work."""
    extra: frozenset[date] = frozenset()
    """Days of work although the week says otherwise."""

    def open_on(self, day: date) -> bool:
        """Say whether the office works on a day."""
        return day in self.extra or (day.isoweekday() in self.weekdays and day not in self.closed)

    def from_moment(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield the stretches in which the clock runs from a moment on, first one first."""
        if self.opens is None:
            yield start, start + FARTHEST * DAY
            return
        first = start.astimezone(OFFICE).date()
        for day in (first + timedelta(days=count) for count in range(FARTHEST)):
            if self.open_on(day):
                begin, end = (datetime.combine(day, at, OFFICE) for at in (self.opens, self.closes))
                if end > start:
                    yield max(begin, start), end


ALWAYS = Hours()


def ran(hours: Hours, start: datetime, end: datetime, holds: Iterable[Stretch] = ()) -> timedelta:
    """Return how long the clock ran between two moments; while it was held it stood still."""
    held = _merged(holds, end)
    spans = ((begin, min(stop, end)) for begin, stop in hours.from_moment(start))
    total = NONE
    for begin, stop in spans:
        if begin >= end:
            break
        total += stop - begin - _covered(held, begin, stop)
    return total


def runs_out(hours: Hours, start: datetime, limit: timedelta, holds: Iterable[Stretch] = ()) -> datetime | None:
    """Return the moment at which the clock has run so long; None while a hold without an end comes before it."""
    far = start + FARTHEST * DAY
    held, left = _merged(holds, far), limit
    for begin, stop in hours.from_moment(start):
        if held and held[-1][1] >= far and begin >= held[-1][0]:
            return None
        for one, other in _without(held, begin, stop):
            if other - one >= left:
                end = one + left
                return None if end >= far else end
            left -= other - one
    return None


def _merged(holds: Iterable[Stretch], end: datetime) -> list[tuple[datetime, datetime]]:
    """Return holds in their order, those that touch as one; whatever still goes on ends at `end`."""
    found: list[tuple[datetime, datetime]] = []
    for begin, stop in sorted((one.start, end if one.end is None else one.end) for one in holds):
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], stop))
        elif stop > begin:
            found.append((begin, stop))
    return found


def _covered(held: Sequence[tuple[datetime, datetime]], begin: datetime, stop: datetime) -> timedelta:
    return sum((max(min(stop, last) - max(begin, first), NONE) for first, last in held), NONE)


def _without(
    held: Sequence[tuple[datetime, datetime]], begin: datetime, stop: datetime
) -> Iterator[tuple[datetime, datetime]]:
    """Yield what is left of a stretch when the holds are taken out of it."""
    for first, last in held:
        if last <= begin or first >= stop:
            continue
        if first > begin:
            yield begin, first
        begin = max(begin, last)
    if begin < stop:
        yield begin, stop


def company_hours(setting: Any) -> Hours:
    """Return when the clocks of complaints run, as the settings say; `setting` answers a key."""
    if setting("complaint_clock") == "always":
        return ALWAYS
    opens, closes = (time.fromisoformat(setting(key)) for key in ("office_opens", "office_closes"))
    if closes <= opens:
        return ALWAYS
    return Hours(
        opens,
        closes,
        frozenset(int(day) for day in setting("office_week")),
        days_named(setting("office_closed")),
        days_named(setting("office_extra")),
    )


def days_named(text: str) -> frozenset[date]:
    """Return the days that a text names, single ones and from-to; RuleBroken when a part names none."""
    found: set[date] = set()
    for part in filter(None, re.split(r"[,，、;；\s]+", text.replace("～", "~"))):
        match = DAYS.fullmatch(part)
        try:
            ends = [date.fromisoformat(one) for one in (match[1], match[2] or match[1])] if match else []
        except ValueError:
            ends = []
        first, last = ends or (date.max, date.min)
        if not 0 <= (last - first).days <= 366:
            raise RuleBroken(NO_DAYS, value=part)
        found |= {first + timedelta(days=count) for count in range((last - first).days + 1)}
    return frozenset(found)


_LEFT = (
    n_("{count} day left", "{count} days left"),
    n_("{count} hour left", "{count} hours left"),
    n_("{count} minute left", "{count} minutes left"),
)
_LATE = (
    n_("{count} day overdue", "{count} days overdue"),
    n_("{count} hour overdue", "{count} hours overdue"),
    n_("{count} minute overdue", "{count} minutes overdue"),
)


def in_words(due: datetime, now: datetime) -> Text:
    """Return how long it is to a moment, or since: days from two on, hours from one on, else minutes."""
    left = due - now
    words, size = (_LATE, -left) if left < NONE else (_LEFT, left)
    minutes = int(size.total_seconds() // 60)
    for text, unit, least in zip(words, (1440, 60, 1), (2880, 60, 0), strict=True):
        if minutes >= least:
            return text.fill(count=minutes // unit)
    raise AssertionError(minutes)


def tone(due: datetime, now: datetime, warn: timedelta = timedelta(hours=6)) -> str:
    """Return how a deadline looks: past, soon, or neither."""
    return "danger" if due < now else "warning" if due - now <= warn else ""
