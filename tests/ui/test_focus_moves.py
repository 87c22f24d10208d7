"""Whoever follows the focus hears of it while it lives, and a closed window that is cleared away is left alone."""

import gc
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit, QWidget

from dentalsales.ui.focus_moves import follow_focus


class Follower(QObject):
    """Notes where the keys went."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.parent_again = parent  # a circle, as every screen of the program is one
        self.heard: list[str] = []
        follow_focus(self.follow)

    def follow(self, before: QWidget | None, now: QWidget | None) -> None:
        """Hear of a move."""
        self.heard.append(now.objectName() if now is not None else "")


def two_fields(qtbot: Any) -> QWidget:
    """Return a window in front with two fields."""
    window = QWidget()
    for name in ("name", "phone"):
        QLineEdit(window).setObjectName(name)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


def test_every_move_of_the_focus_is_heard(qtbot: Any) -> None:
    window = two_fields(qtbot)
    qtbot.addWidget(window)
    follower = Follower(window)
    for name in ("phone", "name"):
        window.findChild(QLineEdit, name).setFocus()
    assert follower.heard == ["phone", "name"]


def test_a_window_that_goes_while_it_has_the_focus_asks_nothing_of_who_followed_it(qtbot: Any) -> None:
    window = two_fields(qtbot)
    window.follower = Follower(window)
    window.findChild(QLineEdit, "phone").setFocus()
    del window
    gc.collect()  # errors in the event loop fail the test
    other = two_fields(qtbot)
    qtbot.addWidget(other)
    other.findChild(QLineEdit, "name").setFocus()
