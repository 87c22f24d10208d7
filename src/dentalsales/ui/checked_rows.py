"""Which records of a list are checked: some by their ids, or all but some."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal


class CheckedRows(QObject):
    """Stays as it is while the list is read again, sorted or scrolled; another search or filter clears it."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids: set[int] = set()
        self._all = False

    def holds(self, record_id: int) -> bool:
        """Say whether a record is checked."""
        return (record_id in self._ids) != self._all

    def is_empty(self) -> bool:
        """Say whether nothing is checked."""
        return not self._all and not self._ids

    def count(self, total: int) -> int:
        """Return how many records are checked in a list of `total`."""
        return max(0, total - len(self._ids)) if self._all else len(self._ids)

    def toggle(self, record_id: int) -> None:
        """Check a record, or no longer."""
        self._ids ^= {record_id}
        self.changed.emit()

    def check(self, record_ids: Iterable[int], on: bool = True) -> None:
        """Check some records, or no longer."""
        if on != self._all:
            self._ids.update(record_ids)
        else:
            self._ids.difference_update(record_ids)
        self.changed.emit()

    def check_all(self) -> None:
        """Check every record of the list, also those that nobody has looked at."""
        self._ids, self._all = set(), True
        self.changed.emit()

    def clear(self) -> None:
        """Check none."""
        if not self.is_empty():
            self._ids, self._all = set(), False
            self.changed.emit()

    def kept(self) -> tuple[bool, frozenset[int]]:
        """Return what `put_back` takes."""
        return self._all, frozenset(self._ids)

    def put_back(self, kept: tuple[bool, frozenset[int]]) -> None:
        """Check what was checked when it was kept."""
        self._all, self._ids = kept[0], set(kept[1])
        self.changed.emit()

    def query(self, query: Any) -> Any:
        """Return the query of the checked records only, in the order of the list."""
        ids = tuple(sorted(self._ids))
        return replace(query, only=() if self._all else ids, without=ids if self._all else ())
