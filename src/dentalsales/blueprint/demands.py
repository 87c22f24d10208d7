"""What many registers demand in the same words: a field is filled in, a day has come, somebody else does it, it stays.

A field may be one of the lines, "parts.told_on": then each line is asked, and what is said may name it as {line}.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import inspect

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.house_records import Employee
from dentalsales.blueprint.record import fields_of, has_changed
from dentalsales.blueprint.roles import role_names
from dentalsales.blueprint.rules import NotAllowed, RuleBroken
from dentalsales.blueprint.workflow import Rule
from dentalsales.i18n import Text, _, joined

When = Callable[[Any], Any] | None
"""(record, or line) -> whether it is asked of such a one; None asks all of them."""
IN_THE_FUTURE = _("The day lies in the future.")
BETWEEN = _("The day lies between {day} (“{since}”) and today.")


def filled(
    field: str, said: Text, when: When = None, mended_by: frozenset[str] = frozenset(), *, by_step: bool = False
) -> Rule:
    """Return the rule that a field is filled in, of all records or of some; `mended_by` are those who can.

    What only another step fills in, `by_step`, nobody is led to.
    """

    def rule(record: Any, act: Act) -> None:
        for path, holder, value, words in _values(record, field):
            if (when is None or when(holder)) and (not value or (isinstance(value, str) and not value.strip())):
                raise RuleBroken(said, field=None if by_step else path, mended_by=mended_by, **words)

    return rule


def has_come(field: str, said: Text | None = None, since: str = "", until: str = "") -> Rule:
    """Return the rule that a day or moment is not in the future, nor before or after another one of the record.

    `said` may name the one before as {day}, or else the field's own. What is empty is not asked about.
    """
    told = said or (BETWEEN if since else IN_THE_FUTURE)

    def rule(record: Any, act: Act) -> None:
        for path, holder, value, words in _values(record, field):
            first = getattr(holder, since) if since else None
            last = getattr(holder, until) if until else None
            now = act.now if isinstance(value, datetime) else act.today
            if value is not None and not (first or value) <= value <= (last or now):
                words |= {"since": fields_of(holder)[since].label} if told is BETWEEN else {}
                raise RuleBroken(told, field=path, day=first or value, **words)

    return rule


def is_ahead(field: str, said: Text, days: int = 0, when: When = None) -> Rule:
    """Return the rule that the day in a field is today, or so many days after it, or later; an empty one is none."""

    def rule(record: Any, act: Act) -> None:
        value = getattr(record, field)
        if (when is None or when(record)) and value is not None and value < act.today + timedelta(days=days):
            raise RuleBroken(said, field=field)

    return rule


def that(
    holds: Callable[[Any, Act], Any],
    said: Text,
    field: str = "",
    when: When = None,
    *,
    mended_by: frozenset[str] = frozenset(),
) -> Rule:
    """Return the rule that something holds of all records, or of some."""

    def rule(record: Any, act: Act) -> None:
        if (when is None or when(record)) and not holds(record, act):
            raise RuleBroken(said, field=field or None, mended_by=mended_by)

    return rule


def stays(
    *names: str, said: Text, when: When = None, since: str = "", field: str = "", unless: frozenset[str] = frozenset()
) -> Rule:
    """Return the rule that fields of a kept record are changed by no form any more, of all records or of some.

    With `since`, from the day after the one in that field on, which `said` may name as {day}: neither what stood there
    nor what stands there now lies in the past. `unless` are the roles that change them all the same, in `said` {roles}.
    `field` is where that is said, else the last of the names.
    """

    def rule(record: Any, act: Act) -> None:
        if not inspect(record).persistent or not has_changed(record, *names) or not (when is None or when(record)):
            return
        first = min(getattr(record, since), *_former(record, since)) if since else None
        if (first is None or first < act.today) and not act.roles & unless:
            refused = NotAllowed if unless else RuleBroken
            raise refused(said, field=field or names[-1], day=first, roles=joined(role_names(unless)))

    return rule


def by_others(about: str, said: Text, *names: str) -> Rule:
    """Return the rule that the employee whom a field names does not decide about himself, nor does his deputy.

    Of a step it is asked always, of a save when one of `names` changes; putting somebody else there is no way out.
    """

    def rule(record: Any, act: Act) -> None:
        changed = inspect(record).persistent and has_changed(record, *names) if names else True
        if changed and {act.employee.id, act.on_behalf_of_id} & {*_former(record, about)}:
            raise NotAllowed(said, field=names[-1] if names else None)

    return rule


def held_by(field: str, wanted: frozenset[str], said: Text, when: When = None) -> Rule:
    """Return the rule that an employee in a field holds one of some roles, which `said` may name as {roles}.

    So does whoever acts here in place of an absent one who holds it.
    """

    def rule(record: Any, act: Act) -> None:
        if when is not None and not when(record):
            return
        who = act.session.get(Employee, getattr(record, field) or 0)
        held = who.role_set | (act.roles if who.id == act.employee.id else set()) if who is not None else set()
        if not held & wanted:
            raise RuleBroken(said, field=field, mended_by=wanted, roles=joined(role_names(wanted)))

    return rule


def _former(record: Any, name: str) -> list[Any]:
    """Return what a field held before it was changed, or holds: nothing where it was empty."""
    now, history = getattr(record, name), inspect(record).attrs[name].history
    return [one for one in (history.deleted if history.has_changes() else [now]) if one is not None]


def _values(record: Any, field: str) -> Iterator[tuple[str, Any, Any, dict[str, Any]]]:
    """Yield where a field is, what holds it, its value, and the words that a sentence about it has."""
    head, _dot, cell = field.partition(".")
    if not cell:
        yield field, record, getattr(record, field), {}
        return
    for place, line in enumerate(getattr(record, head)):
        yield f"{head}.{place}.{cell}", line, getattr(line, cell), {"line": place + 1}
