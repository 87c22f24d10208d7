"""The rows of a list in groups: a head for every group, and under it, unless it is folded, the group's own rows."""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import replace
from itertools import accumulate
from typing import Any

from dentalsales.ui.row_store import RowStore


class GroupedRows:
    """Counts heads and rows as one list; each group reads its own rows when they are looked at."""

    def __init__(self, query: Any, groups: list[Any], folded: set[Any], make: Callable[[Any, int], RowStore]) -> None:
        self.query, self.groups, self.folded = query, groups, folded
        self._make = make
        self._stores: dict[int, RowStore] = {}
        self._starts: list[int] = []
        self.count = 0
        self._measure()

    def _measure(self) -> None:
        lengths = [1 + self._open_rows(at) for at in range(len(self.groups))]
        self._starts = [0, *accumulate(lengths)][: len(lengths)]
        self.count = sum(lengths)

    def _open_rows(self, at: int) -> int:
        group = self.groups[at]
        return 0 if name_of(group) in self.folded else group.count

    def group_at(self, place: int) -> tuple[Any, bool]:
        """Return the group that a place belongs to, and whether the place is its head."""
        at = bisect_right(self._starts, place) - 1
        return self.groups[at], self._starts[at] == place

    def head_of(self, place: int) -> int:
        """Return where the head of a place's group stands."""
        return self._starts[bisect_right(self._starts, place) - 1]

    def row(self, place: int) -> Any:
        """Return a row, or the group whose head stands there; None while a row is being read."""
        at = bisect_right(self._starts, place) - 1
        start = self._starts[at]
        return self.groups[at] if start == place else self._store(at).row(place - start - 1)

    def known(self, place: int) -> Any:
        """Return a row without asking for it; a head is no row."""
        at = bisect_right(self._starts, place) - 1
        store = self._stores.get(at)
        return store.known(place - self._starts[at] - 1) if store is not None and place > self._starts[at] else None

    def _store(self, at: int) -> RowStore:
        if at not in self._stores:
            group = self.groups[at]
            query = replace(self.query, filters=(*self.query.filters, group.filter), group="")
            store = self._stores[at] = self._make(query, group.count)
            arrived = store.arrived
            store.arrived = lambda first, last: arrived(self._starts[at] + 1 + first, self._starts[at] + 1 + last)
        return self._stores[at]

    def is_folded(self, place: int) -> bool:
        """Say whether the group of a place shows its head only."""
        return name_of(self.group_at(place)[0]) in self.folded

    def turn(self, place: int) -> None:
        """Fold or open the group of a place."""
        self.folded ^= {name_of(self.group_at(place)[0])}
        self._measure()

    def turn_all(self, fold: bool, place: int) -> int:
        """Fold or open every group; return where the head of a place's group stands then."""
        at = max(0, bisect_right(self._starts, place) - 1)
        self.folded.clear()
        if fold:
            self.folded.update(map(name_of, self.groups))
        self._measure()
        return self._starts[at] if self._starts else 0

    def place_of(self, record_id: int) -> int | None:
        """Return where a record stands, if it was read and its group is open."""
        for at, store in self._stores.items():
            place = store.place_of(record_id) if self._open_rows(at) else None
            if place is not None:
                return self._starts[at] + 1 + place
        return None

    def run_around(self, place: int) -> list[Any]:
        """Return the rows around a place, within its group, that were read without a gap."""
        at = bisect_right(self._starts, place) - 1
        store = self._stores.get(at)
        return store.run_around(max(0, place - self._starts[at] - 1)) if store is not None else []


def name_of(group: Any) -> Any:
    """Return what a group is remembered by."""
    return None if group.filter.operator == "empty" else group.filter.value
