"""A list of any length from any place: rows by their number, for a scroll bar that jumps.

A known key nearby is the cheapest way to a place; without one the way is walked along the sorted values from the
nearer end, which is why the number of all rows helps.
"""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from dentalsales.usecases.desk import Desk
from dentalsales.usecases.kept_rows import kept_rows
from dentalsales.usecases.keyset import Key, fetch, key_of, passed
from dentalsales.usecases.list_frame import frame_of
from dentalsales.usecases.list_query import Query, Window

Anchor = tuple[int, Key | None]
"""A place in a list, and the key behind which its row stands; the beginning has none."""
BEGINNING: Anchor = (0, None)


def window(
    desk: Desk, query: Query, start: int, limit: int, count: int | None = None, anchors: Sequence[Anchor] = ()
) -> Window:
    """Return up to `limit` rows from the place `start` on.

    `count` is how many rows the query has, if that is known; `anchors` are places known from other windows, sorted.
    NotAllowed without the right to see the register.
    """
    desk.demand(query.register, "view")
    with desk.company.reading_rows() as connection:
        kept = kept_rows(desk, connection, query)
        if kept is None:
            return Window(start, [])
        near, key = _nearest(anchors, start)
        if count is not None and start > near and 0 <= count - start - limit < start - near:
            return _from_the_end(desk, connection, query, kept, start, limit, count)
        frame = frame_of(desk, query)
        if start > near:
            key = passed(connection, frame, kept, key, start - near)
            if key is None:
                return Window(start, [])
        raw = fetch(connection, frame, kept, key, limit)
    return Window(start, frame.rows(raw), key_of(frame, raw[-1]) if len(raw) == limit else None)


def ids(desk: Desk, query: Query, start: int = 0, limit: int | None = None) -> list[int]:
    """Return the ids of a query's rows in their order, from a place on."""
    desk.demand(query.register, "view")
    frame = frame_of(desk, Query(query.register, order=query.order, columns=("id",)))
    found: list[int] = []
    with desk.company.reading_rows() as connection:
        kept = kept_rows(desk, connection, query)
        if kept is None:
            return []
        key = passed(connection, frame, kept, None, start) if start else None
        if start and key is None:
            return []
        raw: Sequence[Any] = fetch(connection, frame, kept, key, limit)
        found = [row[0] for row in raw]
    return found


def _nearest(anchors: Sequence[Anchor], start: int) -> Anchor:
    """Return the last anchor that is not behind a place."""
    place = bisect_right([anchor[0] for anchor in anchors], start)
    return anchors[place - 1] if place else BEGINNING


def _from_the_end(
    desk: Desk, connection: Any, query: Query, kept: Sequence[Any], start: int, limit: int, count: int
) -> Window:
    """Read backwards: the end is nearer."""
    frame = frame_of(desk, query, backwards=True)
    skipped = max(0, count - start - limit)
    key = passed(connection, frame, kept, None, skipped) if skipped else None
    raw = list(fetch(connection, frame, kept, key, min(limit, count - start)))
    raw.reverse()
    return Window(start, frame.rows(raw), key_of(frame, raw[-1]) if raw and start + len(raw) < count else None)
