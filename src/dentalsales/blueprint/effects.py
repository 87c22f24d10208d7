"""What steps of many registers leave behind: a field holds the day of the step, fields are empty again."""

from typing import Any

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.brings import empty_value
from dentalsales.blueprint.record import fields_of
from dentalsales.blueprint.workflow import Rule


def today_in(field: str) -> Rule:
    """Return the effect that a field holds the day of the step."""

    def effect(record: Any, act: Act) -> None:
        setattr(record, field, act.today)

    return effect


def emptied(*names: str) -> Rule:
    """Return the effect that nothing stands in some fields any more; the history of the step tells what it was."""

    def effect(record: Any, act: Act) -> None:
        for name in names:
            setattr(record, name, empty_value(fields_of(record)[name]))

    return effect
