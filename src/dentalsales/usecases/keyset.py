"""Pages by key: a page begins after the sorted values and the id of a row, so a deep one costs as much as the first.

Rows without a value come first when ascending and last when descending; they are a stretch of their own, because a
condition that also names NULL would not use the index.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, bindparam, false, func, or_, select

from dentalsales.usecases.list_frame import Frame
from dentalsales.usecases.list_order import Order
from dentalsales.usecases.paths import Condition

Key = tuple[Any, ...]
"""Sorted values and id of the last row shown."""


def fetch(
    connection: Connection, frame: Frame, conditions: Sequence[Condition], after: Key | None, limit: int | None
) -> Sequence[Row[Any]]:
    """Return up to `limit` rows of a frame after a key, in its order; all of them without a limit."""
    found: list[Row[Any]] = []
    for empty in stretches(frame.order, after):
        part, values = _part(frame, empty, after)
        left = None if limit is None else limit - len(found)
        found += connection.execute(part.where(*conditions).limit(left), values).all()
        if len(found) == limit:
            break
    return found


def passed(
    connection: Connection, frame: Frame, conditions: Sequence[Condition], after: Key | None, count: int
) -> Key | None:
    """Return the key of the row that is `count` rows behind a key, None when there are not so many.

    Only the sorted values are read on the way: of an index, where there is one.
    """
    left = count
    for empty in stretches(frame.order, after):
        part, values = _part(frame, empty, after, keys_only=True)
        part = part.where(*conditions)
        found = connection.execute(part.limit(1).offset(left - 1), values).first()
        if found is not None:
            return tuple(found)
        counted = select(func.count()).select_from(part.order_by(None).subquery())
        left -= connection.execute(counted, values).scalar_one()
    return None


def key_of(frame: Frame, row: Row[Any]) -> Key:
    """Return the key of a row."""
    return tuple(row[place] for place in frame.keys)


def stretches(order: Order, after: Key | None = None) -> tuple[bool, ...]:
    """Return which stretches are still to come: True is the one without values."""
    if not order.nullable:
        return (False,)
    both = (False, True) if order.descending else (True, False)
    return both if after is None or (after[0] is None) == both[0] else both[1:]


def ordered(frame: Frame, empty: bool, begins: bool = False, keys_only: bool = False) -> Select[Any]:
    """Return the sorted statement of one stretch; `begins` makes it begin after the values "after0", "after1" ..."""
    shape = (empty, begins, keys_only)
    if shape not in frame.parts:
        frame.parts[shape] = _ordered(frame, empty, begins, keys_only)
    return frame.parts[shape]


def _part(frame: Frame, empty: bool, after: Key | None, keys_only: bool = False) -> tuple[Select[Any], dict[str, Any]]:
    """Return the statement of a stretch and the values it begins after."""
    if after is None or (after[0] is None) != empty:
        return ordered(frame, empty, keys_only=keys_only), {}
    values = {f"after{place}": value for place, value in enumerate(after) if place or not empty}
    return ordered(frame, empty, begins=True, keys_only=keys_only), values


def _ordered(frame: Frame, empty: bool, begins: bool, keys_only: bool) -> Select[Any]:
    statement, order = frame.select, frame.order
    ways = _ways(order)
    if keys_only:
        statement = statement.with_only_columns(*(value for value, _down in ways), maintain_column_froms=True)
    if order.nullable:
        statement = statement.where(order.value.is_(None) if empty else order.value.is_not(None))
    first = 1 if empty else 0
    if order.value is order.id:
        first, ways = 1, [ways[0], ways[-1]]
    if begins:
        statement = statement.where(_behind(ways, first))
    return statement.order_by(*(value.desc() if down else value.asc() for value, down in ways[first:]))


def _ways(order: Order) -> list[tuple[ColumnElement[Any], bool]]:
    """Return everything that sorts, with its way; the id goes the way of the first."""
    return [
        (order.value, order.descending),
        *((one.value, one.descending) for one in order.then),
        (order.id, order.descending),
    ]


def _behind(ways: Sequence[tuple[ColumnElement[Any], bool]], first: int) -> Condition:
    """Return the condition of the rows behind a key; the first comparison is one that an index answers."""
    later: Condition = false()
    for place in range(len(ways) - 1, first - 1, -1):
        value, down = ways[place]
        bound: Any = bindparam(f"after{place}", type_=value.type)
        beyond = value < bound if down else value > bound
        if place == len(ways) - 1:
            later = beyond
        elif place == first:
            later = and_(value <= bound if down else value >= bound, or_(beyond, later))
        else:
            later = or_(beyond, and_(value == bound, later))
    return later
