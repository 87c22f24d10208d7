"""Promises: until when something is to be done, worked out from what happened and kept beside it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import inspect

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.calendar_words import OFFICE
from dentalsales.blueprint.clocks import ALWAYS, Hours, Stretch, company_hours, in_words, ran, runs_out, tone
from dentalsales.blueprint.insight import Fact
from dentalsales.blueprint.record import has_changed
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.blueprint.workflow import Rule
from dentalsales.i18n import Text, _


@dataclass(frozen=True)
class Promise:
    """Something that is done within a time; a field of the record keeps until when, so that lists and Today find it."""

    field: str
    label: Text
    since: str
    """Field with the moment from which the clock runs."""
    within: str | Callable[[Any, Act], timedelta | None]
    """So many hours as a setting says, or (record, act) -> how long it may take; None of a record to which nothing is
    promised."""
    done: tuple[str, ...]
    """Fields of which the first that is filled says when it was done."""
    over: tuple[str, ...] = ()
    """States in which nobody waits for it any more."""
    hours: Callable[[Act], Hours] = lambda act: ALWAYS
    """When its clock runs."""
    holds: str = ""
    """Lines with `began_at` and `ended_at`: stretches in which the clock stands still."""
    depends: tuple[str, ...] = ()
    """Fields that `within` asks: when one of them changes, even a promise that is late is worked out anew."""


def office_clock(act: Act) -> Hours:
    """Return when the clocks run that the company may stop while it is closed (setting)."""
    found: Hours = act.once("office_clock", lambda: company_hours(act.setting))
    return found


def time_for(promise: Promise, record: Any, act: Act) -> timedelta | None:
    """Return how long something may take that is done today; None where nothing is promised."""
    within = promise.within
    return timedelta(hours=act.setting(within)) if isinstance(within, str) else within(record, act)


def due(promise: Promise, record: Any, act: Act, *, held: bool = True) -> datetime | None:
    """Return until when a promise is to be kept, None when never or nobody knows; not `held`: as if never held."""
    start, within = getattr(record, promise.since), time_for(promise, record, act)
    if start is None or within is None:
        return None
    return runs_out(promise.hours(act), start, within, _holds(promise, record) if held else ())


def done_at(promise: Promise, record: Any) -> datetime | None:
    """Return when what was promised was done, None while it is not."""
    return next((at for name in promise.done if (at := getattr(record, name)) is not None), None)


def was_kept(promise: Promise, record: Any, act: Act, *, held: bool = True) -> bool | None:
    """Say whether a promise was kept in time; None as long as it can be. What is kept beside it tells until when.

    Settings that changed since do not judge it anew; not `held`: as if the clock had never stood still.
    """
    until, done = getattr(record, promise.field), done_at(promise, record)
    if promise.holds and not held:
        until = _never_held(promise, record, act, until)
    if done is not None:
        return until is None or done <= until
    return False if until is not None and until < act.now else None


def _never_held(promise: Promise, record: Any, act: Act, until: datetime | None) -> datetime | None:
    """Return until when it would have been without its holds: the clock runs as long as it was to run until then."""
    holds, start = _holds(promise, record), getattr(record, promise.since)
    if until is None or start is None or not holds:
        return until if until is not None else due(promise, record, act, held=False)
    hours = promise.hours(act)
    return runs_out(hours, start, ran(hours, start, until, holds))


def _holds(promise: Promise, record: Any) -> list[Stretch]:
    return [Stretch(one.began_at, one.ended_at) for one in getattr(record, promise.holds)] if promise.holds else []


def until_when(promise: Promise, record: Any, act: Act) -> datetime | None:
    """Return until when a promise holds: worked out anew as long as it is open, else as it was kept.

    What was done, is over or is late was promised under the settings of its time; only another beginning moves it.
    """
    kept = getattr(record, promise.field)
    if kept is None or (inspect(record).persistent and has_changed(record, promise.since, *promise.depends)):
        return due(promise, record, act)
    return kept if kept <= act.now or not _is_open(promise, record) else due(promise, record, act)


def still_open(promises: Iterable[Promise], record: Any, act: Act) -> Iterator[tuple[Promise, datetime]]:
    """Yield what is still to be done, and until when."""
    for promise in promises:
        until = until_when(promise, record, act) if _is_open(promise, record) else None
        if until is not None:
            yield promise, until


def _is_open(promise: Promise, record: Any) -> bool:
    return record.state not in promise.over and done_at(promise, record) is None


def keeping(promises: Iterable[Promise], next_one: str, frozen: Iterable[str] = ()) -> Rule:
    """Return the rule that keeps the moments of promises, and the next of them, in step with what happened.

    In the states in which a paper is `frozen` only the next one still moves.
    """
    every, fixed = tuple(promises), frozenset(frozen)

    def keep(record: Any, act: Act) -> None:
        moments = {} if record.state in fixed else {one.field: until_when(one, record, act) for one in every}
        moments[next_one] = min((until for _promise, until in still_open(every, record, act)), default=None)
        for name, moment in moments.items():
            if getattr(record, name) != moment:
                setattr(record, name, moment)

    return keep


def not_put_off(promise: Promise, said: Text, field: str) -> Rule:
    """Return the rule that a form makes nothing of a promise, or more time of it, and changes none that was done."""

    def rule(record: Any, act: Act) -> None:
        before = getattr(record, promise.field)
        if before is not None and has_changed(record, *promise.depends):
            until = due(promise, record, act)
            if until is None or until > before or done_at(promise, record) is not None:
                raise RuleBroken(said, field=field)

    return rule


def facts_of(promises: Iterable[Promise], record: Any, act: Act) -> Iterator[Fact]:
    """Yield how long there is for each promise, how late it is, or whether it was kept."""
    every = tuple(promises)
    for promise, until in still_open(every, record, act):
        on_the_wall = until.astimezone(OFFICE).strftime("%m-%d %H:%M")
        words = _("{promise} by {due}").fill(promise=promise.label, due=on_the_wall)
        yield Fact(words, in_words(until, act.now), tone=tone(until, act.now))
    for promise in every:
        if done_at(promise, record) is not None and getattr(record, promise.field) is not None:
            kept = was_kept(promise, record, act)
            yield Fact(promise.label, _("in time") if kept else _("late"), tone="good" if kept else "danger")
