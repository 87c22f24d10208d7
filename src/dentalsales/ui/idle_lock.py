"""Locks the window when nobody has touched it for a while; what was typed stays where it is."""

from collections.abc import Callable
from time import monotonic
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from shiboken6 import isValid

from dentalsales.ui.beside import is_under_way
from dentalsales.ui.sign_in_dialog import SignInDialog
from dentalsales.usecases.desk import Desk

_TOUCHES = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel})
CHECK_SECONDS = 5


class IdleLock(QObject):
    """Watches the input of the whole program; the minutes are a setting of the company.

    One touch between two looks is enough: after it nothing is asked until the next look.
    """

    opened = Signal()
    """The window can be read again."""

    def __init__(self, window: QMainWindow, desk: Desk, sign_in: Callable[[str, str], Any]) -> None:
        super().__init__(window)
        self._window, self._desk, self._sign_in = window, desk, sign_in
        self._touched_at = monotonic()
        self._seconds = 60 * int(desk.setting("idle_minutes"))
        self.locked = False
        self._covered: list[QWidget] = []
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(1000 * CHECK_SECONDS)
        self._app = QApplication.instance()
        self._touched = False
        self._listen()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Remember when the program was last touched."""
        if event.type() in _TOUCHES:
            self._touched = True
            if self._app is not None:
                self._app.removeEventFilter(self)
        return False

    def _listen(self) -> None:
        if self._app is not None:
            self._app.installEventFilter(self)

    def look(self) -> None:
        """Lock when the last touch is too long ago, and nothing is just being written: the next look finds it done."""
        if self._touched:
            self._touched, self._touched_at = False, monotonic()
            self._listen()
        if not self.locked and not is_under_way() and monotonic() - self._touched_at > self._seconds:
            self.lock()

    def lock(self) -> None:
        """Cover everything until the same employee gives the password again, or leaves."""
        self.locked = True
        self._cover()
        while not self._opened_again():
            if self._window.close():
                return
        self.locked = False
        self._uncover()
        self._touched_at = monotonic()

    def _opened_again(self) -> bool:
        """Ask for the password; False when the dialog was left, which only closes the window or asks once more."""
        dialog = SignInDialog(self._window)
        dialog.hold_login(self._desk.login)
        dialog.hand_over(self._sign_in)
        return bool(dialog.exec())

    def _cover(self) -> None:
        """Empty every window: messages and previews name customers too. The windows stay: a hidden dialog is left."""
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        windows = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
        inside = [child for one in windows for child in one.findChildren(QWidget, options=direct)]
        self._covered = [child for child in inside if child.isVisible() and not child.isWindow()]
        for child in self._covered:
            child.hide()

    def _uncover(self) -> None:
        """Show what was covered, and the messages that came meanwhile."""
        for child in filter(isValid, self._covered):
            child.show()
        self._covered = []
        self.opened.emit()

    def end(self) -> None:
        """Stop watching."""
        self._timer.stop()
        if self._app is not None:
            self._app.removeEventFilter(self)
