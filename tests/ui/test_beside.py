"""While something is written the window goes on being painted."""

from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QLineEdit

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.ui.beside import beside
from dentalsales.ui.messages import attempt_beside


class Painted(QObject):
    """Counts how often something is painted."""

    times = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.times += event.type() == QEvent.Type.Paint
        return False


def test_the_window_is_painted_until_a_slow_disk_has_it(qtbot: Any) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    qtbot.waitExposed(field)
    painted, written = Painted(), Event()
    field.installEventFilter(painted)

    def meanwhile() -> None:
        if painted.times:
            written.set()
        field.update()

    ticks = QTimer(field, interval=1)
    ticks.timeout.connect(meanwhile)
    ticks.start()
    assert beside(lambda: written.wait(20)), "the window was never painted"


def test_a_refusal_is_told_where_it_was_waited_for(qtbot: Any) -> None:
    def refused() -> None:
        raise RuleBroken(_("Only a draft can be deleted."))

    told: list[str] = []
    assert attempt_beside(refused, lambda refusal: told.append(str(refusal))) is None
    assert told == ["Only a draft can be deleted."]


def test_what_breaks_beside_the_window_breaks_where_it_was_waited_for(qtbot: Any) -> None:
    with pytest.raises(ZeroDivisionError):
        beside(lambda: 1 // 0)
