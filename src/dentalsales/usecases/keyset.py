"""Pages by key: a page begins after a sorted value and an id, so that a deep page costs as much as the first.

Rows without a value come first when ascending and last when descending; they are a stretch of their own, because a
condition that also names NULL would not use the index.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, bindparam, or_

from dentalsales.usecases.list_frame import ID, Frame, Order
from dentalsales.usecases.paths import Condition

Key = tuple[Any, int]
"""Sorted value and id of the last row shown."""


def fetch(
    connection: Connection, frame: Frame, conditions: Sequence[Condition], after: Key | None, limit: int
) -> Sequence[Row[Any]]:
    """Return up to `limit` rows of a frame after a key, in its order."""
    found: list[Row[Any]] = []
    for empty in stretches(frame.order, after):
        begins = after is not None and (after[0] is None) == empty
        values = {"after": after[0], "after_id": after[1]} if begins and after is not None else {}
        part = ordered(frame, empty, begins).where(*conditions).limit(limit - len(found))
        found += connection.execute(part, values).all()
        if len(found) == limit:
            break
    return found


def key_of(frame: Frame, row: Row[Any]) -> Key:
    """Return the key of a row."""
    return row[frame.key], row[ID]


def stretches(order: Order, after: Key | None = None) -> tuple[bool, ...]:
    """Return which stretches are still to come: True is the one without values."""
    if not order.nullable:
        return (False,)
    both = (False, True) if order.descending else (True, False)
    return both if after is None or (after[0] is None) == both[0] else both[1:]


def ordered(frame: Frame, empty: bool, begins: bool = False) -> Select[Any]:
    """Return the sorted statement of one stretch; `begins` makes it begin after the values "after" and "after_id"."""
    shape = (empty, begins)
    if shape not in frame.parts:
        frame.parts[shape] = _ordered(frame.select, frame.order, empty, begins)
    return frame.parts[shape]


def _ordered(statement: Select[Any], order: Order, empty: bool, begins: bool) -> Select[Any]:
    keys = [order.id] if empty or order.value is order.id else [order.value, order.id]
    if order.nullable:
        statement = statement.where(order.value.is_(None) if empty else order.value.is_not(None))
    if begins:
        statement = statement.where(_behind(order, alone=len(keys) == 1))
    return statement.order_by(*(key.desc() if order.descending else key.asc() for key in keys))


def _behind(order: Order, alone: bool) -> Condition:
    """Return the condition of the rows behind a key; `alone` when only the id sorts them."""
    value: Any = bindparam("after", type_=order.value.type)
    record_id: Any = bindparam("after_id", type_=order.id.type)
    later: Condition = order.id < record_id if order.descending else order.id > record_id
    if alone:
        return later
    if order.descending:
        return and_(order.value <= value, or_(order.value < value, later))
    return and_(order.value >= value, or_(order.value > value, later))
