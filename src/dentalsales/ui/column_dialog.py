"""Chooses the columns of a list and their order by keys: Space shows or hides, Alt with arrows moves."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from dentalsales.i18n import _, tr
from dentalsales.ui import theme
from dentalsales.ui.page import button, label

NAME = Qt.ItemDataRole.UserRole


class ColumnDialog(QDialog):
    """Those that are shown come first, in their order; the mouse may draw them too."""

    def __init__(self, columns: Sequence[Any], shown: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr(_("Columns")))
        self.wants_usual = False
        self.list = _ColumnList()
        self.list.setAccessibleName(tr(_("Columns")))
        by_name = {column.name: column for column in columns}
        rest = [column.name for column in columns if column.name not in shown]
        for name in (*shown, *rest):
            item = QListWidgetItem(tr(by_name[name].label))
            item.setData(NAME, name)
            item.setSizeHint(QSize(0, theme.current().px(32)))  # Qt measures rows with a tick without the style sheet
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if name in shown else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        usual, cancel, accept = (
            button(_("Usual columns and widths")),
            button(_("Cancel")),
            button(_("Show"), "", "primary"),
        )
        usual.clicked.connect(self._take_usual)
        cancel.clicked.connect(self.reject)
        accept.clicked.connect(self.accept)
        for one in (usual, cancel):
            one.setAutoDefault(False)
        accept.setDefault(True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(usual)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(12)
        layout.addWidget(label(_("Columns"), "section"))
        layout.addWidget(label(_("Space shows or hides a column, Alt+↑ and Alt+↓ move it."), "hint"))
        layout.addWidget(self.list, 1)
        layout.addLayout(row)
        look, room = theme.current(), parent.window().size()
        self.resize(min(look.px(460), room.width()), min(look.px(480), room.height() - 16))
        self.list.setFocus()

    def names(self) -> list[str]:
        """Return the columns to show, in their order."""
        items = [self.list.item(row) for row in range(self.list.count())]
        return [str(item.data(NAME)) for item in items if item.checkState() == Qt.CheckState.Checked]

    def _take_usual(self) -> None:
        self.wants_usual = True
        self.accept()


class _ColumnList(QListWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("picks")
        self.setDragDropMode(QListWidget.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the current column with Alt and an arrow."""
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if by and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            row = self.currentRow()
            if 0 <= row + by < self.count():
                item = self.takeItem(row)
                self.insertItem(row + by, item)
                self.setCurrentRow(row + by)
        else:
            super().keyPressEvent(event)
