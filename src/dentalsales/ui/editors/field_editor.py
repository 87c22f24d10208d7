"""What every editor can do: hold a value, say when it was entered, pass Enter on, and leave the IME alone."""

from typing import Any, Protocol

from PySide6.QtCore import QEvent, Qt, Signal, SignalInstance
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

ENTER_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
IME_KEYS = (
    *ENTER_KEYS,
    Qt.Key.Key_Space,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backspace,
)
"""Keys that belong to the input method while it composes a word."""
STAYS = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
"""The focus comes back: a menu opened, or another program was looked at."""


class FieldEditor(Protocol):
    """The words that forms, grids and step dialogs use of any editor; each is also a QWidget."""

    entered: SignalInstance
    """The user has put in another value."""
    walked: SignalInstance
    """Enter (True) or Shift+Enter (False) asks for the next or previous field."""

    def value(self) -> Any:
        """Return the value; what could not be read comes back as the text that was typed."""

    def set_value(self, value: Any, shown: str = "") -> None:
        """Show a value; `shown` is how the form words it (the title behind a link)."""

    def settle(self) -> bool:
        """Turn what was typed into the value; False when the user has to choose first."""

    def composing(self) -> bool:
        """True while an input method holds an unfinished word."""


def plain_enter(event: QKeyEvent) -> bool:
    """True for Enter on either key block, alone or with Shift: Ctrl+Enter belongs to the form."""
    others = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
    return event.key() in ENTER_KEYS and others == Qt.KeyboardModifier.NoModifier


def forwards(event: QKeyEvent) -> bool:
    """True for Enter, False for Shift+Enter."""
    return not event.modifiers() & Qt.KeyboardModifier.ShiftModifier


def guarded_by_ime(editor: QWidget, event: QEvent) -> bool:
    """True when a key press has to be left to the input method."""
    composing = getattr(editor, "composing", None)
    return (
        isinstance(event, QKeyEvent)
        and event.key() in IME_KEYS
        and not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        and composing is not None
        and composing()
    )


class LineEditor(QLineEdit):
    """A one-line editor; its kinds say how text becomes a value and back."""

    entered = Signal()
    walked = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value: Any = None
        self._preedit = False
        self.undo_outside = False
        """True where the form around takes back what was entered here."""

    def read(self, typed: str) -> Any:
        """Return the value that the typed text means."""
        return typed.strip()

    def write(self, value: Any) -> str:
        """Return the text that is edited for a value."""
        return "" if value is None else str(value)

    def written(self, value: Any) -> str:
        """Return the text that is shown for a value while it is not edited."""
        return self.write(value)

    def value(self) -> Any:
        """Return the value last settled or set."""
        return self._value

    def set_value(self, value: Any, shown: str = "") -> None:
        """Show a value."""
        self._value = value
        self._show()

    def settle(self) -> bool:
        """Read what was typed; text left as it was shown changes nothing."""
        if not self.isModified():
            return True
        value = self.read(self.text())
        changed = value != self._value
        self._value = value
        self._show()
        if changed:
            self.entered.emit()
        return True

    def give_up(self) -> bool:
        """Show the value from before the typing; False when nothing was typed."""
        if not self.isModified():
            return False
        self._show()
        self.selectAll()
        return True

    def composing(self) -> bool:
        """True while an input method holds an unfinished word."""
        return self._preedit

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember whether a word is being composed."""
        self._preedit = bool(event.preeditString())
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter settles and walks on, Esc takes the typing back."""
        if guarded_by_ime(self, event):
            event.accept()
        elif plain_enter(event):
            if self.settle():
                self.walked.emit(forwards(event))
        elif event.key() == Qt.Key.Key_Escape and not event.modifiers():
            event.setAccepted(self.give_up())
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Ctrl+Z and Ctrl+Y are the form's as long as nothing was typed here."""
        if self.undo_outside and event.type() == QEvent.Type.ShortcutOverride and not self.isModified():
            assert isinstance(event, QKeyEvent)
            if event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo):
                event.ignore()
                return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the text that is edited, selected, so that typing replaces it."""
        super().focusInEvent(event)
        if not self.isModified() and not self.isReadOnly():
            self.setText(self.write(self._value))
            if event.reason() != Qt.FocusReason.PopupFocusReason:
                self.setSelection(len(self.text()), -len(self.text()))  # from its end: a long name shows how it begins

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the text that is read."""
        super().focusOutEvent(event)
        if event.reason() not in STAYS:
            self._preedit = False
            self.settle()
            self._show()

    def _show(self) -> None:
        self.setText(self.write(self._value) if self.hasFocus() else self.written(self._value))
        if not self.hasFocus():
            self.setCursorPosition(0)
        self.setModified(False)
