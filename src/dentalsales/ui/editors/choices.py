"""Any number of a few words, as words to tick, side by side and none of them hidden."""

from typing import Any

from PySide6.QtCore import QItemSelectionModel, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from dentalsales.blueprint.fields import Field
from dentalsales.i18n import tr
from dentalsales.ui import theme
from dentalsales.ui.editors.field_editor import forwards, plain_enter

ROW, TICK = 30, 40
"""Height of a line, and room for the box and the gaps beside a word, in pixels at 100 %."""


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
        self.setObjectName("ticks")
        self.setTabKeyNavigation(False)
        self.setFlow(QListWidget.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        widest = max((self.fontMetrics().horizontalAdvance(tr(label)) for _name, label in field.choices), default=0)
        self._place = QSize(widest + theme.current().px(TICK), theme.current().px(ROW))
        self.setGridSize(self._place)
        for row in range(self.count()):
            self.item(row).setSizeHint(self._place)
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as high as the words need at this width."""
        columns = max(1, (event.size().width() - 1) // self._place.width())
        lines = -(-self.count() // columns)
        self.setFixedHeight(lines * self._place.height() + 2 * self.frameWidth() + 2)
        super().resizeEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Stand on a word, so that it is seen where Space ticks."""
        super().focusInEvent(event)
        if not self.selectedItems():
            self.setCurrentRow(max(0, self.currentRow()), QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter walks on."""
        if plain_enter(event):
            self.walked.emit(forwards(event))
        else:
            super().keyPressEvent(event)

    def _changed(self) -> None:
        if not self._shows:
            self.entered.emit()
