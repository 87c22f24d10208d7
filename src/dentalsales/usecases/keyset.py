"""Pages by key: a page begins after a sorted value and an id, so that a deep page costs as much as the first.

Rows without a value come first when ascending and last when descending; they are a stretch of their own, because a
condition that also names NULL would not use the index.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, or_

from dentalsales.usecases.list_frame import Frame, Order

Key = tuple[Any, int]
"""Sorted value and id of the last row shown."""


def fetch(
    connection: Connection, frame: Frame, statement: Select[Any], after: Key | None, limit: int
) -> Sequence[Row[Any]]:
    """Return up to `limit` rows of a frame's statement after a key, in the frame's order."""
    found: list[Row[Any]] = []
    for empty in stretches(frame.order, after):
        here = after if after is not None and (after[0] is None) == empty else None
        part = ordered(statement, frame.order, empty)
        if here is not None:
            part = part.where(_behind(frame.order, here))
        found += connection.execute(part.limit(limit - len(found))).all()
        if len(found) == limit:
            break
    return found


def stretches(order: Order, after: Key | None = None) -> tuple[bool, ...]:
    """Return which stretches are still to come: True is the one without values."""
    if not order.nullable:
        return (False,)
    both = (False, True) if order.descending else (True, False)
    return both if after is None or (after[0] is None) == both[0] else both[1:]


def ordered(statement: Select[Any], order: Order, empty: bool) -> Select[Any]:
    """Return the statement of one stretch, sorted."""
    keys = [order.id] if empty or order.value is order.id else [order.value, order.id]
    if order.nullable:
        statement = statement.where(order.value.is_(None) if empty else order.value.is_not(None))
    return statement.order_by(*(key.desc() if order.descending else key.asc() for key in keys))


def key_of(row: Row[Any]) -> Key:
    """Return the key of a row."""
    return row[-1], row[0]


def _behind(order: Order, key: Key) -> Any:
    value, record_id = key
    later = order.id < record_id if order.descending else order.id > record_id
    if value is None or order.value is order.id:
        return later
    if order.descending:
        return and_(order.value <= value, or_(order.value < value, later))
    return and_(order.value >= value, or_(order.value > value, later))
