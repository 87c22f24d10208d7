"""P13: paging and jumping through a list of a million rows, against a bare model of the same size in the same table."""

import os
import random
import sys
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.ground import Ground, desk_in
from benchmarks.measure import Result, compare, turns
from dentalsales.usecases import browse
from dentalsales.usecases.desk import Desk

LIMIT = 1.5
PAGES, JUMPS = 40, 10
SEED = 20_261_120


def measure(ground: Ground) -> Iterator[Result]:
    """Every page is painted, with its rows in it, before the next one is asked for."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with desk_in(ground.company, "manager", read_only=True) as desk:
        rows = browse.totals(desk, browse.Query("ledger")).count
        ours, baseline = _list_of(desk), _bare(rows, len(browse.columns(desk, "ledger")))
        for what, act in (("page by page", _page_down), ("from end to end", _jump)):
            yield compare(
                "P13",
                f"{rows:,} rows, {what}",
                turns(lambda act=act: act(*ours)),  # type: ignore[misc]
                turns(lambda act=act: act(*baseline)),  # type: ignore[misc]
                ground.rounds,
                LIMIT,
            )


def _list_of(desk: Desk) -> tuple[Any, Callable[[], object]]:
    """Return the table of the ledger, and how to wait until it has read what it shows."""
    from dentalsales.ui.background import Runner
    from dentalsales.ui.record_model import RecordModel

    view = _table()
    runner = Runner(view)
    model = RecordModel(desk, runner, view)
    view.setModel(model)
    model.ask(browse.columns(desk, "ledger"), browse.Query("ledger"))
    assert runner.settle()
    return view, runner.settle


def _bare(rows: int, columns: int) -> tuple[Any, Callable[[], object]]:
    from PySide6.QtCore import QAbstractTableModel, QCoreApplication, Qt

    class Bare(QAbstractTableModel):
        """Says for every cell where it is."""

        def rowCount(self, *_parent: Any) -> int:  # noqa: N802  (Qt's name)
            return rows

        def columnCount(self, *_parent: Any) -> int:  # noqa: N802
            return columns

        def data(self, index: Any, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
            return f"{index.row()} {index.column()}" if role == Qt.ItemDataRole.DisplayRole else None

    view = _table()
    view.setModel(Bare(view))
    return view, QCoreApplication.processEvents


def _table() -> Any:
    from PySide6.QtWidgets import QApplication

    from dentalsales.ui import theme
    from dentalsales.ui.table_view import TableView

    application = QApplication.instance() or QApplication(sys.argv[:1])
    theme.apply(application, "light")
    view = TableView()
    view.resize(1166, 640)
    view.show()
    return view


def _page_down(view: Any, wait: Callable[[], object]) -> None:
    bar = view.verticalScrollBar()
    bar.setValue(0)
    for _page in range(PAGES):
        bar.setValue(bar.value() + bar.pageStep())
        _paint(view, wait)


def _jump(view: Any, wait: Callable[[], object]) -> None:
    bar, dice = view.verticalScrollBar(), random.Random(SEED)
    for _jump in range(JUMPS):
        bar.setValue(dice.randint(0, bar.maximum()))
        _paint(view, wait)


def _paint(view: Any, wait: Callable[[], object]) -> None:
    view.viewport().repaint()
    wait()
    view.viewport().repaint()
