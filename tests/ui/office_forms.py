"""Opens forms of the toy office in a real window frame and types into them as a clerk does."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from toy_office import new_office, sit_down

from dentalsales.ui import theme
from dentalsales.ui.background import Runner
from dentalsales.ui.messages import Messages
from dentalsales.ui.preferences import Preferences
from dentalsales.ui.record_form import RecordForm
from dentalsales.ui.screens import Screens
from dentalsales.ui.shell import Shell
from dentalsales.usecases.desk import Desk

ENTER, TAB, ESC = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


def working(folder: Path, qtbot: Any, login: str = "carl", role: str = "clerk") -> Iterator["Office"]:
    """Yield the office of one employee in a company of its own."""
    theme.apply(QApplication.instance(), "light")
    company = new_office(folder / "company")
    yield Office(sit_down(company, login, role), Preferences(folder / "preferences.json"), qtbot)
    company.close()


class Office:
    """A window with a form in it, and two hands on the keyboard."""

    def __init__(self, desk: Desk, preferences: Preferences, qtbot: Any) -> None:
        self.desk, self._bot = desk, qtbot
        self.window = QWidget()
        self.window.resize(1166, 640)
        QVBoxLayout(self.window).setContentsMargins(0, 0, 0, 0)
        qtbot.addWidget(self.window)
        self.shell = Shell(desk, Runner(self.window), Messages(self.window), preferences, Screens())
        self.pressed = 0

    def open(self, form: Any) -> RecordForm:
        """Show a form and wait until the cursor is in it."""
        widget = RecordForm(form, self.desk, self.shell)
        self.show(widget)
        return widget

    def show(self, widget: QWidget) -> None:
        """Show any widget as the only one of the window."""
        layout = self.window.layout()
        assert layout is not None
        layout.addWidget(widget)
        self.window.show()
        self.window.activateWindow()
        if isinstance(widget, QLineEdit):
            widget.setFocus()
        self._bot.waitUntil(lambda: self.focus() is widget or widget.isAncestorOf(self.focus() or self.window))
        self.shell.runner.settle()

    @staticmethod
    def focus() -> Any:
        """Return the widget that gets the keys."""
        return QApplication.focusWidget()

    def type(self, text: str) -> None:
        """Press one key for every character."""
        for character in text:
            QTest.keyClick(self._hands(), character)
            self.pressed += 1

    def press(self, *keys: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press keys one after the other, with others held down."""
        for key in keys:
            QTest.keyClick(self._hands(), key, held)
            self.pressed += 1

    def _hands(self) -> Any:
        if QApplication.activeWindow() is None:  # the windowless platform has no window manager to do it
            self.window.activateWindow()
            QApplication.processEvents()
        return self.focus()

    def compose(self, preedit: str, commit: str = "") -> None:
        """Let an input method show an unfinished word, or hand over a finished one."""
        event = QInputMethodEvent(preedit, [])
        if commit:
            event.setCommitString(commit)
        QApplication.sendEvent(self.focus(), event)


def in_dialog(act: Any) -> None:
    """Call `act` with the next dialog once the cursor is in it; what a failed check leaves open is closed."""

    def look() -> None:
        dialog: Any = QApplication.activeModalWidget()
        if dialog is None or not dialog.isAncestorOf(QApplication.focusWidget() or dialog.parentWidget()):
            QTimer.singleShot(10, look)
            return
        try:
            act(dialog)
        except BaseException:
            dialog.reject()
            raise

    QTimer.singleShot(10, look)
