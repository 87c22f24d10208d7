"""P12: a line added to an order by keys, from the Enter that takes the product until the next line is painted: the
1,114th against the second."""

import os
import sys
import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

from benchmarks.ground import Ground, desk_in
from benchmarks.measure import Cost, Result, compare
from dentalsales.usecases import browse
from dentalsales.usecases.fill_lines import add_lines
from dentalsales.usecases.form import new_form

LIMIT = 1.2
LINES = 1113
"""What the largest invoice of a real wholesaler held, less one."""


def measure(ground: Ground) -> Iterator[Result]:
    """Two forms stand open in one window frame; lines are added to one and the other in turn."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with desk_in(ground.company, "clerk", read_only=True) as desk:
        codes = [row.cells[0].lower() for row in browse.page(desk, browse.Query("products"), limit=60).rows]
        long, short = Paper(desk, LINES, codes, ground.scratch), Paper(desk, 1, codes, ground.scratch)
        yield compare(
            "P12",
            f"line {LINES + 1:,} of an order, painted",
            long.add_line,
            short.add_line,
            ground.rounds * 3,
            LIMIT,
            warm_ups=3,
        )
        long.form.settle()
        short.form.settle()


class Paper:
    """An order in a window, and the keys that add a line to it; the line is deleted again between the turns."""

    def __init__(self, desk: Any, lines: int, codes: list[str], scratch: Path) -> None:
        from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

        from dentalsales.ui import theme
        from dentalsales.ui.background import Runner
        from dentalsales.ui.messages import Messages
        from dentalsales.ui.preferences import Preferences
        from dentalsales.ui.record_form import RecordForm
        from dentalsales.ui.screens import Screens
        from dentalsales.ui.shell import Shell

        self._application = QApplication.instance() or QApplication(sys.argv[:1])
        theme.apply(self._application, "light")
        self.form = new_form(desk, "orders", customer_id=1)
        products = cycle(row.id for row in browse.page(desk, browse.Query("products"), limit=60).rows)
        add_lines(self.form, "lines", [{"product_id": next(products), "quantity": 3} for _line in range(lines)])
        self._codes, self._window = cycle(codes), QWidget()
        self._window.resize(1166, 640)
        QVBoxLayout(self._window)
        shell = Shell(
            desk,
            Runner(self._window),
            Messages(self._window),
            Preferences(scratch / "preferences.json"),
            Screens(),
        )
        widget = RecordForm(self.form, desk, shell)
        self._window.layout().addWidget(widget)
        self._grid = widget.body.grids["lines"].grid

    def add_line(self) -> Cost:
        """Type a code, wait for the list as fingers do, and time the two Enters and the quantity."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        self._window.show()
        self._window.activateWindow()
        QTest.qWait(100)
        self._grid.begin()
        for letter in next(self._codes):
            self._press(letter)
        QTest.qWait(200)
        wall, cpu = time.perf_counter(), time.process_time()
        for key in (Qt.Key.Key_Return, "1", "2", Qt.Key.Key_Return):
            self._press(key)
        cost = Cost(time.perf_counter() - wall, time.process_time() - cpu)
        QTest.qWait(200)
        self._grid.go_to(len(self.form.lines("lines")) - 1, 0)
        self._grid.delete_lines()
        self._window.hide()
        return cost

    def _press(self, key: Any) -> None:
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QApplication

        QTest.keyClick(QApplication.focusWidget(), key)
        QApplication.processEvents()
