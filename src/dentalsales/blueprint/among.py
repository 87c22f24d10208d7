"""Conditions on one of many values, for statements that are sent many times in a day.

SQLAlchemy writes an `in_` of a list anew at each execution, which costs more than the database's own work. Here a
statement has a fixed number of places: it is made once for up to 1, 2, 4, 8 ... values, and the last value fills up.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, bindparam, literal

FULL = 1024
"""Beyond this many values nothing is filled up: such statements are rare."""


def places_for(values: Collection[Any]) -> int:
    """Return how many places a statement has that takes these values."""
    count = max(len(values), 1)
    return count if count > FULL else 1 << (count - 1).bit_length()


def one_of(column: Any, name: str, places: int) -> ColumnElement[bool]:
    """Return the condition that a column holds one of the values that `placed` names."""
    condition: ColumnElement[bool] = column.in_(
        [bindparam(f"{name}_{place}", type_=column.type) for place in range(places)]
    )
    return condition


def one_of_these(column: Any, values: Iterable[Any]) -> ColumnElement[bool]:
    """Return the condition that a column holds one of some values that are always the same, such as states."""
    condition: ColumnElement[bool] = column.in_([literal(value, column.type) for value in values])
    return condition


def placed(name: str, values: Sequence[Any]) -> dict[str, Any]:
    """Return the values by place, at least one; a value that stands twice changes nothing."""
    filled = [*values, *[values[-1]] * (places_for(values) - len(values))]
    return {f"{name}_{place}": value for place, value in enumerate(filled)}
