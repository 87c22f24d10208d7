"""One of a few words, chosen by its first letters, of Chinese by its initials, or with the arrows."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QElapsedTimer, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QSizePolicy, QWidget

from dentalsales.blueprint.fields import Field
from dentalsales.ui.editors.field_editor import forwards, plain_enter
from dentalsales.usecases.search_text import search_text


class ChoiceEditor(QComboBox):
    """A drop-down of the field's words; one that need not be filled begins with an empty line."""

    entered = Signal()
    walked = Signal(bool)

    def __init__(
        self, field: Field, choices: Callable[[], Sequence[tuple[str, str]]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._value: Any = ""
        self._typed, self._since = "", QElapsedTimer()
        self._required, self._varies, self._choices = field.required, field.choices_of is not None, choices
        self._fill()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.currentIndexChanged.connect(self._changed)

    def value(self) -> Any:
        """Return the chosen name, "" for none."""
        return self._value

    def set_value(self, value: Any, shown: str = "") -> None:
        """Show a choice."""
        self._value = value or ""
        if self._varies:
            self._fill()
        self.setCurrentIndex(self.findData(self._value))

    def settle(self) -> bool:
        """A choice is settled as soon as it is made."""
        return True

    def composing(self) -> bool:
        """Nothing is composed in a list of words."""
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter walks on; F7 and F4 open the list."""
        if plain_enter(event):
            self.walked.emit(forwards(event))
        elif event.key() in (Qt.Key.Key_F4, Qt.Key.Key_F7):
            self.showPopup()
        elif not self._chosen_by(event):
            super().keyPressEvent(event)

    def _chosen_by(self, event: QKeyEvent) -> bool:
        """Choose the first word that begins, in itself or in pinyin, with the letters that were typed together."""
        letter = event.text().lower()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if not (plain and letter.isascii() and letter.isalnum()):
            return False
        going_on = self._since.isValid() and self._since.elapsed() < QApplication.keyboardInputInterval()
        self._typed = self._typed + letter if going_on else letter
        self._since.start()
        for place in range(self.count()):
            if any(word.startswith(self._typed) for word in search_text([self.itemText(place)]).split(" ")):
                self.setCurrentIndex(place)
                break
        return True

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page, never the value."""
        event.ignore()

    def _fill(self) -> None:
        self.blockSignals(True)
        self.clear()
        if not self._required:
            self.addItem("", "")
        for name, words in self._choices():
            self.addItem(words, name)
        self.setCurrentIndex(-1)
        self.blockSignals(False)

    def _changed(self) -> None:
        chosen = self.currentData()
        if chosen is not None and chosen != self._value:
            self._value = chosen
            self.entered.emit()
