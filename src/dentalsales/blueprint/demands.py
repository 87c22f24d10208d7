"""What many registers demand in the same words: a field is filled in, a day has come, another one is still ahead."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.blueprint.workflow import Rule
from dentalsales.i18n import Text


def filled(
    field: str, said: Text, when: Callable[[Any], bool] | None = None, mended_by: frozenset[str] = frozenset()
) -> Rule:
    """Return the rule that a field is filled in, of all records or of some; `mended_by` are those who can."""

    def rule(record: Any, act: Act) -> None:
        value = getattr(record, field)
        if (when is None or when(record)) and (not value or (isinstance(value, str) and not value.strip())):
            raise RuleBroken(said, field=field, mended_by=mended_by)

    return rule


def has_come(field: str, said: Text, since: str = "") -> Rule:
    """Return the rule that the day in a field is not in the future, nor before another day of the record.

    `said` may name that day as {day}, or else the field's own. An empty field is not asked about.
    """

    def rule(record: Any, act: Act) -> None:
        value = getattr(record, field)
        first = getattr(record, since) if since else None
        if value is not None and not (first or value) <= value <= act.today:
            raise RuleBroken(said, field=field, day=first or value)

    return rule


def has_happened(field: str, said: Text, since: str) -> Rule:
    """Return the rule that the moment in a field lies between another one of the record and now; it is filled in."""

    def rule(record: Any, act: Act) -> None:
        value = getattr(record, field)
        if value is None or not getattr(record, since) <= value <= act.now:
            raise RuleBroken(said, field=field)

    return rule


def is_ahead(field: str, said: Text, days: int = 0, when: Callable[[Any], bool] | None = None) -> Rule:
    """Return the rule that the day in a field is today, or so many days after it, or later; an empty one is none."""

    def rule(record: Any, act: Act) -> None:
        value = getattr(record, field)
        if (when is None or when(record)) and value is not None and value < act.today + timedelta(days=days):
            raise RuleBroken(said, field=field)

    return rule
