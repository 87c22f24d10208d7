"""A clerk at the real window: counts every key press, and accepts the consent with the Enter that a clerk presses."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from dentalsales.ui import theme
from dentalsales.ui.main_window import MainWindow
from dentalsales.ui.preferences import Preferences

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ENTER, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Down


class Presses(QObject):
    """Counts what the clerk presses; a key held down with another counts as one chord."""

    def __init__(self, window: MainWindow, qtbot: Any) -> None:
        super().__init__()
        self.window, self._bot, self.count = window, qtbot, 0

    def press(self, *keys: Any, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            if QApplication.activeWindow() is None:  # the windowless platform has no window manager to do it
                self.window.activateWindow()
                QApplication.processEvents()
            QTest.keyClick(QApplication.focusWidget() or self.window, key, held)
            self.count += 1
            QApplication.processEvents()

    def type(self, text: str) -> None:
        for character in text:
            self.press(character)

    def new_order(self) -> Any:
        """From the list of orders: Ctrl+N; return the form that opened."""
        QTest.keyClick(self.window, Qt.Key.Key_4, CTRL)
        self.window.runner.settle()
        before = self.window.shell.workspace.current_record()
        self.press(Qt.Key.Key_N, held=CTRL)
        self._bot.waitUntil(lambda: self.window.shell.workspace.current_record() not in (None, before))
        widget = self.window.shell.workspace.current_record().widget
        self._bot.waitUntil(lambda: widget.isAncestorOf(QApplication.focusWidget() or self.window))
        return widget

    def in_dialog(self, act: Callable[[Any], None]) -> None:
        """Call `act` with the next dialog once the cursor is in it; a dialog that stays open is left."""

        def look() -> None:
            dialog: Any = QApplication.activeModalWidget()
            if dialog is None or not dialog.isAncestorOf(QApplication.focusWidget() or self.window):
                QTimer.singleShot(10, look)
                return
            try:
                act(dialog)
            finally:
                if dialog.isVisible():
                    dialog.reject()

        QTimer.singleShot(10, look)

    def submit(self, widget: Any) -> None:
        """Ctrl+Enter and the Enter that accepts the consent."""
        self.in_dialog(lambda dialog: self.press(ENTER))
        self.press(ENTER, held=CTRL)
        self._bot.waitUntil(lambda: widget.form.state.name == "stock_confirmed")


def working_window(desk: Any, tmp_path: Path, qtbot: Any) -> Iterator[MainWindow]:
    """Yield the window of an employee, and close what was left open in it."""
    theme.apply(QApplication.instance(), "light")
    made = MainWindow(desk, Preferences(tmp_path / "preferences.json"))
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made)
    made.runner.settle()
    yield made
    for tab in tuple(made.shell.workspace.records):
        made.shell.workspace.close_record(tab, ask=False)
    made.runner.settle()
    made.close()
    made.deleteLater()
