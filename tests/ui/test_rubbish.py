"""A widget ends in the thread of the window, however it came to its end."""

import threading
import weakref
from typing import Any

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from dentalsales.ui.background import Runner
from dentalsales.ui.rubbish import collector

MUCH = 50_000
"""Objects; Python by itself looks for rubbish each 700."""


def test_work_beside_the_window_never_ends_a_widget(qtbot: QtBot) -> None:
    runner, ended_in = Runner(), list[int]()
    _leave_rubbish(ended_in)

    def work() -> list[list[Any]]:
        return [[] for _one in range(MUCH)]

    runner.run(work)
    assert runner.settle()
    assert not ended_in
    for _look in range(200):  # each generation grows old by looking at the younger one
        _much = [[] for _one in range(1_000)]
        collector().collect()
    assert ended_in == [threading.get_ident()]


def _leave_rubbish(ended_in: list[int]) -> None:
    """A widget that only its own slot still holds."""
    widget: Any = QWidget()
    widget.itself = widget
    weakref.finalize(widget, lambda: ended_in.append(threading.get_ident()))
