"""The table of a register's list: a cursor row, rows that are checked, groups that fold, columns that stay."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from dentalsales.i18n import Text
from dentalsales.ui.check_gutter import CheckGutter
from dentalsales.ui.checked_rows import CheckedRows
from dentalsales.ui.frozen_columns import FrozenColumns
from dentalsales.ui.record_delegate import RecordDelegate
from dentalsales.ui.record_model import RecordModel
from dentalsales.ui.table_view import TableView

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
MOVES = {
    Qt.Key.Key_Up: lambda row, page, last: row - 1,
    Qt.Key.Key_Down: lambda row, page, last: row + 1,
    Qt.Key.Key_PageUp: lambda row, page, last: row - page,
    Qt.Key.Key_PageDown: lambda row, page, last: row + page,
    Qt.Key.Key_Home: lambda row, page, last: 0,
    Qt.Key.Key_End: lambda row, page, last: last,
}  # fmt: skip
"""Where a key leads from a row."""
Index = QModelIndex | QPersistentModelIndex


class RecordView(TableView):
    """Arrows move the cursor and leave the checks alone; Space checks, Shift checks ranges, Ctrl+A all, Esc none."""

    escaped = Signal()
    """Esc was pressed while nothing was checked."""
    menu_asked = Signal(int)
    """The menu of the row and the column under the cursor, by the menu key or the right button."""
    range_asked = Signal(int, int)
    """Rows from one place to another are to be checked; not all of them were read yet."""
    copy_asked = Signal(bool)
    """With headings, or without."""
    group_asked = Signal(object)
    """All rows of a group are to be checked."""

    def __init__(self, name: Text, model: RecordModel, checked: CheckedRows, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._records, self._checked = model, checked
        self._range: tuple[int, Any] | None = None
        self.setModel(model)
        self._delegate = RecordDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._gutter = CheckGutter(self, model, checked)
        self._gutter.setDefaultSectionSize(self.verticalHeader().defaultSectionSize())
        self._gutter.setMinimumSectionSize(self.verticalHeader().minimumSectionSize())
        self._gutter.pressed_at.connect(self._press)
        self.setVerticalHeader(self._gutter)
        self._gutter.show()
        self.frozen = FrozenColumns(self)
        checked.changed.connect(self._paint_checks)

    def _paint_checks(self) -> None:
        self._gutter.viewport().update()

    def copy(self, headings: bool = False) -> None:
        """Ask for the checked rows, or the cursor's, to be copied; some of them may not have been read yet."""
        self.copy_asked.emit(headings)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Check, fold and move; everything else is what every table does."""
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        act = self._act(key, held)
        if act is not None:
            act()
            return
        if key not in (Qt.Key.Key_Shift, Qt.Key.Key_Control):
            self._range = None
        super().keyPressEvent(event)

    def _act(self, key: int, held: Qt.KeyboardModifier) -> Callable[[], object] | None:
        row = self.currentIndex().row()
        if held == SHIFT and key in MOVES:
            return lambda: self._extend(self._moved(key))
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End) and held in (Qt.KeyboardModifier.NoModifier, CTRL):
            return lambda: self._go(self._moved(key))
        if held == CTRL and key == Qt.Key.Key_A:
            return self._checked.check_all
        if held == SHIFT and key == Qt.Key.Key_F10 or key == Qt.Key.Key_Menu:
            return lambda: self.menu_asked.emit(max(0, self.currentIndex().column()))
        if held:
            return self._group_act(key, held, row)
        if key == Qt.Key.Key_Space:
            return lambda: self.toggle(row)
        return self._escape if key == Qt.Key.Key_Escape else self._group_act(key, held, row)

    def _group_act(self, key: int, held: Qt.KeyboardModifier, row: int) -> Callable[[], object] | None:
        """On a group's head Enter, Left and Right fold and open; with Ctrl the arrows do it to all groups."""
        if held == CTRL and key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self._records.query.group:
            return lambda: self.turn_all(key == Qt.Key.Key_Left)
        if held or self._records.group(row) is None:
            return None
        folded = self._records.is_folded(row)
        wanted = {
            Qt.Key.Key_Left: not folded,
            Qt.Key.Key_Right: folded,
            Qt.Key.Key_Return: True,
            Qt.Key.Key_Enter: True,
        }
        if key not in wanted:
            return None
        return (lambda: self._turn(row)) if wanted[Qt.Key(key)] else (lambda: None)

    def turn_all(self, fold: bool) -> None:
        """Fold or open every group; the cursor goes to the head of the group it was in."""
        self._go(self._records.turn_all(fold, max(0, self.currentIndex().row())))

    def _turn(self, row: int) -> None:
        self._go(self._records.turn_group(row))

    def _escape(self) -> None:
        if self._checked.is_empty():
            self.escaped.emit()
        else:
            self._checked.clear()

    def _moved(self, key: int) -> int:
        page = max(1, self.viewport().height() // max(1, self.verticalHeader().defaultSectionSize()) - 1)
        last = self._records.rowCount() - 1
        return max(0, min(MOVES[Qt.Key(key)](self.currentIndex().row(), page, last), last))

    def _go(self, row: int) -> None:
        index = self._records.index(row, max(0, self.currentIndex().column()))
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect | ROWS)
        self.scrollTo(index)

    def toggle(self, row: int) -> None:
        """Check a row or not; of a group's head all its rows."""
        record, group = self._records.record(row), self._records.group(row)
        if record is not None:
            self._checked.toggle(record.id)
        elif group is not None:
            self.group_asked.emit(group)

    def _extend(self, row: int) -> None:
        """Check from where Shift was first held to a row; what was checked before stays."""
        if self._range is None:
            self._range = (self.currentIndex().row(), self._checked.kept())
        start, before = self._range
        self._checked.blockSignals(True)
        self._checked.put_back(before)
        self._checked.blockSignals(False)
        self._check_from(min(start, row), max(start, row))
        self._go(row)

    def _check_from(self, first: int, last: int) -> None:
        found = [self._records.record(row) for row in range(first, last + 1) if self._records.group(row) is None]
        if any(record is None for record in found):
            self.range_asked.emit(first, last)
        self._checked.check(record.id for record in found if record is not None)

    def _press(self, row: int, held: Qt.KeyboardModifier) -> None:
        """A press on the gutter: the fold mark of a group, or the box of a row, with Shift of all in between."""
        self.setFocus()
        if self._records.group(row) is not None:
            self._turn(row)
        elif held & SHIFT:
            self._extend(row)
        else:
            self._range = None
            self.toggle(row)
            self._go(row)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ctrl checks the row under the pointer, Shift all from the cursor to it."""
        row = self.rowAt(int(event.position().y()))
        held = event.modifiers() & (SHIFT | CTRL)
        if held and row >= 0 and event.button() == Qt.MouseButton.LeftButton:
            if held & SHIFT:
                self._extend(row)
            else:
                self._press(row, held)
            return
        self._range = None
        super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Bring the cursor under the pointer and open its menu; the menu key is one of the keys."""
        index = self.indexAt(event.pos())
        if event.reason() != QContextMenuEvent.Reason.Keyboard and index.isValid():
            self.setCurrentIndex(index)
            self.menu_asked.emit(index.column())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the columns that stay be as high as the others."""
        super().resizeEvent(event)
        self.frozen.fit()

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a cell into sight, beside the columns that stay."""
        super().scrollTo(index, hint)
        hidden = self.frozen.covers(index) if index.isValid() else 0
        if hidden > 0:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - hidden)


ROWS = QItemSelectionModel.SelectionFlag.Rows
