"""The rows of one query by their place: pages that are read beside the window when somebody looks at them."""

from bisect import insort
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer

from dentalsales.ui.background import Runner
from dentalsales.usecases import browse
from dentalsales.usecases.desk import Desk

PAGE = 200
KEPT = 100
"""So many pages stay in memory; the one that was looked at longest ago goes first."""
WANTED = 4
"""So many pages are still read after a jump; what the scroll bar only passed over is not."""


class RowStore(QObject):
    """Asks for one page at a time, the last wanted first."""

    def __init__(self, desk: Desk, runner: Runner, query: Any, count: int, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._runner = desk, runner
        self.query, self.count = query, count
        self.arrived: Callable[[int, int], None] = lambda first, last: None
        self.refused: Callable[[Exception], None] = lambda error: None
        self._pages: OrderedDict[int, list[Any]] = OrderedDict()
        self._anchors: list[tuple[int, Any]] = [(0, None)]
        self._wanted: list[int] = []
        self._looked_at = -1
        self._reading: int | None = None
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._read)

    def row(self, place: int) -> Any:
        """Return a row; None while it is being read."""
        number = place // PAGE
        page = self._pages.get(number)
        if number != self._looked_at:
            self._look_at(number)
        if page is None:
            self.want(number)
            return None
        at = place - number * PAGE
        return page[at] if at < len(page) else None

    def _look_at(self, number: int) -> None:
        """Let the pages beside the one that is shown be read too, before somebody scrolls there."""
        self._looked_at = number
        for beside in (number - 1, number + 1):
            if 0 <= beside * PAGE < self.count and beside not in self._pages:
                self.want(beside)

    def known(self, place: int) -> Any:
        """Return a row without asking for it."""
        page = self._pages.get(place // PAGE)
        at = place % PAGE
        return page[at] if page is not None and at < len(page) else None

    def want(self, number: int) -> None:
        """Have a page read soon."""
        if number == self._reading or (self._wanted and self._wanted[-1] == number):
            return
        self._wanted = [*(one for one in self._wanted if one != number), number][-WANTED:]
        if self._reading is None:
            self._soon.start()

    def put(self, start: int, rows: list[Any], following: Any) -> None:
        """Keep rows that were read from the beginning of a page on."""
        for first in range(0, max(len(rows), 1), PAGE):
            self._pages[(start + first) // PAGE] = rows[first : first + PAGE]
        if following is not None and all(anchor[0] != start + len(rows) for anchor in self._anchors):
            insort(self._anchors, (start + len(rows), following), key=lambda anchor: anchor[0])
        while len(self._pages) > KEPT:
            self._pages.popitem(last=False)

    def place_of(self, record_id: int) -> int | None:
        """Return where a record stands, if it was read."""
        for number, page in self._pages.items():
            for at, row in enumerate(page):
                if row.id == record_id:
                    return number * PAGE + at
        return None

    def run_around(self, place: int) -> list[Any]:
        """Return the rows around a place that were read without a gap."""
        first = last = place // PAGE
        while first - 1 in self._pages:
            first -= 1
        while last + 1 in self._pages:
            last += 1
        return [row for number in range(first, last + 1) for row in self._pages.get(number, ())]

    def _read(self) -> None:
        if self._reading is not None or not self._wanted:
            return
        number = self._reading = self._wanted.pop()
        start, anchors = number * PAGE, list(self._anchors)
        self._runner.run(
            lambda: browse.window(self._desk, self.query, start, PAGE, self.count, anchors),
            lambda found: self._take(number, found),
            self._fail,
            owner=self,
        )

    def _take(self, number: int, found: Any) -> None:
        self._reading = None
        self.put(found.start, list(found.rows), found.next)
        self._pages.move_to_end(number)
        self.arrived(found.start, found.start + len(found.rows) - 1)
        if self._wanted:
            self._soon.start()

    def _fail(self, error: Exception) -> None:
        self._reading = None
        self._wanted.clear()
        self.refused(error)
