"""A tick."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from dentalsales.ui.editors.field_editor import forwards, plain_enter


class YesNoEditor(QCheckBox):
    """Space ticks it."""

    entered = Signal()
    walked = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.clicked.connect(self.entered)

    def value(self) -> bool:
        """True when ticked."""
        return self.isChecked()

    def set_value(self, value: Any, shown: str = "") -> None:
        """Show a tick or none."""
        self.setChecked(bool(value))

    def settle(self) -> bool:
        """A tick is settled as soon as it is made."""
        return True

    def composing(self) -> bool:
        """Nothing is composed in a tick."""
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter walks on."""
        if plain_enter(event):
            self.walked.emit(forwards(event))
        else:
            super().keyPressEvent(event)
