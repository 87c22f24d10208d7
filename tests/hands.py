"""Two hands on the keyboard of the real window: every key goes where the focus is, and is counted."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from office_window import at_work
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from dentalsales.ui.main_window import MainWindow
from dentalsales.usecases.desk import Desk

CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
NONE = Qt.KeyboardModifier.NoModifier
Key = Qt.Key
ENTER = Key.Key_Return


class Hands:
    """Presses keys one by one and waits, as people do, until the window has answered; a chord counts as one."""

    def __init__(self, window: MainWindow, qtbot: Any) -> None:
        self.window, self._bot, self.count = window, qtbot, 0

    def press(self, *keys: Any, held: Qt.KeyboardModifier = NONE) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.count += 1
            if QApplication.activeWindow() is None:  # the windowless platform has no window manager to do it
                self.window.activateWindow()
                QApplication.processEvents()
            QTest.keyClick(QApplication.focusWidget() or self.window, key, held)
            QApplication.processEvents()
            self.window.runner.settle()

    def type(self, text: str) -> None:
        """Press one key for every character."""
        for character in text:
            self.press(character)

    def wait(self, until: Callable[[], Any]) -> None:
        """Wait for what the window shows; nobody presses a key for it."""
        self._bot.waitUntil(lambda: bool(until()), timeout=10_000)

    def palette(self, letters: str) -> None:
        """Ctrl+K, letters, Enter."""
        self.press(Key.Key_K, held=CTRL)
        self.wait(lambda: QApplication.activePopupWidget() is not None)
        self.type(letters)
        self.press(ENTER)
        self.window.runner.settle()

    def in_dialog(self, act: Callable[[Any], object]) -> None:
        """Call `act` with the next dialog once the focus is in it; what it leaves open is closed and reported."""

        def look() -> None:
            dialog: Any = QApplication.activeModalWidget()
            if dialog is None or not dialog.isAncestorOf(QApplication.focusWidget() or self.window):
                QTimer.singleShot(10, look)
                return
            try:
                act(dialog)
            finally:
                if dialog.isVisible():
                    self.left_open.append(type(dialog).__name__)
                    dialog.reject()

        self.left_open: list[str] = []
        QTimer.singleShot(10, look)

    @property
    def form(self) -> Any:
        """The form of the visible record."""
        tab = self.window.shell.workspace.current_record()
        assert tab is not None, "no record is seen"
        return tab.widget.form


@contextmanager
def hands_at_work(desk: Desk, folder: Path, qtbot: Any, **words: Any) -> Iterator[Hands]:
    """The hands of an employee, at a window of their own."""
    with at_work(desk, folder, qtbot, **words) as window:
        qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
        yield Hands(window, qtbot)
