"""Opens the real window on a company of the test, and waits until it has read what it shows."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from dentalsales.ui import theme
from dentalsales.ui.main_window import MainWindow
from dentalsales.ui.preferences import Preferences
from dentalsales.usecases.desk import Desk


@contextmanager
def at_work(desk: Desk, folder: Path, qtbot: Any, **words: Any) -> Iterator[MainWindow]:
    """The window of an employee, shown; its records are closed without asking at the end.

    What this machine keeps for the user (drafts, preferences) lies in `folder`.
    """
    with pytest.MonkeyPatch.context() as places:
        for name in ("XDG_STATE_HOME", "LOCALAPPDATA"):
            places.setenv(name, str(folder / "state"))
        yield from _shown(desk, folder, qtbot, words)


def _shown(desk: Desk, folder: Path, qtbot: Any, words: dict[str, Any]) -> Iterator[MainWindow]:
    theme.apply(QApplication.instance(), "light")
    window = MainWindow(desk, Preferences(folder / "preferences.json"), **words)
    window.resize(1366, 728)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    assert window.runner.settle()
    try:
        yield window
    finally:
        for tab in tuple(window.shell.workspace.records):
            window.shell.workspace.close_record(tab, ask=False)
        window.runner.settle()
        window.close()
        window.deleteLater()


def cells(model: Any) -> list[list[str]]:
    """Return the words of a table, row by row."""
    return [
        [model.index(row, column).data() for column in range(model.columnCount())] for row in range(model.rowCount())
    ]
