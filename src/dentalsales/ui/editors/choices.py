"""Any number of a few words, as a list to tick."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from dentalsales.blueprint.fields import Field
from dentalsales.i18n import tr
from dentalsales.ui.editors.field_editor import forwards, plain_enter

ROWS_SHOWN = 5


class ChoicesEditor(QListWidget):
    """Space ticks the word under the cursor; the value is the names with commas between."""

    entered = Signal()
    walked = Signal(bool)

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shows = False
        for name, label in field.choices:
            item = QListWidgetItem(tr(label), self)
            item.setData(Qt.ItemDataRole.UserRole, name)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(Qt.CheckState.Unchecked)
        self.setTabKeyNavigation(False)
        self.setFixedHeight(min(self.count(), ROWS_SHOWN) * max(self.sizeHintForRow(0), 20) + 2 * self.frameWidth() + 4)
        self.itemChanged.connect(self._changed)

    def value(self) -> str:
        """Return the ticked names in their order, with commas between."""
        items = (self.item(row) for row in range(self.count()))
        return ",".join(
            item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() == Qt.CheckState.Checked
        )

    def set_value(self, value: Any, shown: str = "") -> None:
        """Tick these names."""
        ticked = set((value or "").split(","))
        self._shows = True
        for row in range(self.count()):
            item = self.item(row)
            known = item.data(Qt.ItemDataRole.UserRole) in ticked
            item.setCheckState(Qt.CheckState.Checked if known else Qt.CheckState.Unchecked)
        self._shows = False

    def settle(self) -> bool:
        """A tick is settled as soon as it is made."""
        return True

    def composing(self) -> bool:
        """Nothing is composed in a list of words."""
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter walks on."""
        if plain_enter(event):
            self.walked.emit(forwards(event))
        else:
            super().keyPressEvent(event)

    def _changed(self) -> None:
        if not self._shows:
            self.entered.emit()
