"""Several lines of text: Enter is a new line, Tab leaves."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

LINES_SHOWN = 3
MOST = 16_777_215
"""Qt's word for a height without limit."""


class NoteEditor(QPlainTextEdit):
    """A small text area; what was typed counts when the focus leaves."""

    entered = Signal()
    walked = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value = ""
        self._preedit = False
        self.setTabChangesFocus(True)
        self.show_rows(LINES_SHOWN)

    def show_rows(self, rows: int) -> None:
        """Be as high as so many lines of text."""
        self.setFixedHeight(self.room_of(rows))

    def room_of(self, rows: int) -> int:
        """Return the height that so many lines of text need."""
        margins = 2 * int(self.document().documentMargin()) + 2 * self.frameWidth() + 8
        return self.fontMetrics().lineSpacing() * rows + margins

    def grow_freely(self) -> None:
        """Leave its height to whoever shows it."""
        self.setMinimumHeight(0)
        self.setMaximumHeight(MOST)

    def value(self) -> str:
        """Return the text last settled or set."""
        return self._value

    def set_value(self, value: Any, shown: str = "") -> None:
        """Show a text."""
        self._value = value or ""
        if self.toPlainText() != self._value:
            self.setPlainText(self._value)

    def settle(self) -> bool:
        """Take the text as it stands."""
        typed = self.toPlainText().rstrip()
        if typed != self._value:
            self._value = typed
            self.entered.emit()
        return True

    def composing(self) -> bool:
        """True while an input method holds an unfinished word."""
        return self._preedit

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember whether a word is being composed."""
        self._preedit = bool(event.preeditString())
        super().inputMethodEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Settle when the focus leaves."""
        super().focusOutEvent(event)
        self.settle()
