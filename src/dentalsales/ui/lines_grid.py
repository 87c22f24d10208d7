"""The one fast grid for lines: Enter walks the needed cells, typing overwrites, everything works from the keyboard."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QTableView, QWidget

from dentalsales.ui import habits
from dentalsales.ui.cell_delegate import ring_without_cell
from dentalsales.ui.cell_editors import CellEditors
from dentalsales.ui.editors.field_editor import forwards, plain_enter
from dentalsales.ui.lines_blocks import LinesBlocks
from dentalsales.ui.lines_first_column import FirstColumn, Index
from dentalsales.ui.lines_headings import fit_columns, fit_rows, height_of, notes_of, scrolls_by, set_up_view
from dentalsales.ui.lines_matrix_dialog import linked_in, open_matrix, why_alone
from dentalsales.ui.lines_model import LinesModel
from dentalsales.ui.typed_values import DECIMALS
from dentalsales.usecases.desk import Desk


class LinesGrid(QTableView):
    """Shows a LinesModel; `left` says that Enter walked out of it."""

    left = Signal(bool)
    """True: forwards, after the last line; False: backwards, before the first."""
    told = Signal(object, str)
    """Sentences about what was put in, and their tone; they stay above the lines until they are closed."""
    reported = Signal(object)
    """A PasteReport: what of a copied block was refused, said as long as it stands there."""
    line_changed = Signal(int)
    """The cursor is in another line; -1 in the empty row."""

    message_pasted = Signal()
    """What was pasted is no block of cells but a written message."""
    files_pasted = Signal()
    """What was pasted are files or a picture, which belong to the record."""

    def __init__(self, desk: Desk, model: LinesModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._model = desk, model
        self.takes_messages = False
        self.wraps = bool(notes_of(model))
        """Its rows are as high as their sentences."""
        self.setModel(model)
        self._cells = CellEditors(desk, model, self)
        self.setItemDelegate(self._cells)
        self.blocks = LinesBlocks(desk, model, self)
        set_up_view(self, model)
        self._first = FirstColumn(self)
        for view in (self, self._first):
            view.setVerticalScrollMode(scrolls_by(model))
        for moved in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            moved.connect(self._take_keys)
        self._take_keys()
        self._bind_keys()
        self.selectionModel().currentRowChanged.connect(self._row_left)
        model.rowsInserted.connect(self._row_changed)  # the empty row under the cursor has become a line
        if self.wraps:
            for moved in (model.dataChanged, model.rowsInserted, model.rowsRemoved, model.modelReset):
                moved.connect(lambda *_where: fit_rows(self, model))

    def _take_keys(self) -> None:
        """Without a row there is no cell that the keys could be in: they pass by."""
        policy = Qt.FocusPolicy.StrongFocus if self._model.rowCount() else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(policy)

    def first_needed(self) -> int:
        """Return the first column that Enter stops in; -1 when there is none."""
        return next((column for column in range(len(self._model.fields)) if self._model.is_needed(column)), -1)

    def show_rows(self, rows: int) -> None:
        """Be as high as so many rows, as on a card, and the bar under them."""
        self.setFixedHeight(height_of(rows) + self.horizontalScrollBar().sizeHint().height())

    def begin(self) -> bool:
        """Go to where typing goes on: the empty row, or the first line where something lacks, or the first line.

        False when nothing can be typed.
        """
        column = self.first_needed()
        if column < 0 or not self._model.rowCount():
            return False
        lacks = (row for row in range(len(self._model.lines)) if self._model.value(row, column) in (None, ""))
        self._edit_at(len(self._model.lines) if self._model.grows else next(lacks, 0), column)
        return True

    def begin_again(self, row: int) -> None:
        """Go to the first needed number of a line that came with others, ready to be typed over."""
        columns = [at for at in range(len(self._model.fields)) if self._model.is_needed(at)]
        numbers = [at for at in columns if self._model.fields[at][1].kind in DECIMALS]
        if row < len(self._model.lines) and columns:
            self._edit_at(row, (numbers or columns)[0])

    def go_to(self, row: int, column: int) -> None:
        """Put the cursor into a cell."""
        self.setFocus()
        alone = QItemSelectionModel.SelectionFlag.ClearAndSelect  # also while Ctrl is held, as after Ctrl+Z
        self.selectionModel().setCurrentIndex(self._model.index(row, column), alone)
        self.scrollTo(self.currentIndex())

    def walk(self, onwards: bool) -> None:
        """Go to the next needed cell, or the one before; past the ends the grid is left."""
        here = self.currentIndex()
        if habits.enter_goes_down() and not self._model.is_new_row(here.row()):
            row = here.row() + (1 if onwards else -1)
            if 0 <= row < self._model.rowCount():
                self._edit_at(row, here.column())
                return
        cells = self._neighbours(here.row(), here.column(), onwards, self._model.is_needed)
        untouched = onwards and self._model.is_new_row(here.row())
        target = None if untouched else next(iter(cells), None)
        if target is None:
            self.left.emit(onwards)
        else:
            self._edit_at(*target)

    def tab(self, onwards: bool) -> None:
        """Go to the next cell that can be typed into, round the ends: Tab never leaves the grid."""
        here = self.currentIndex()
        cells = self._neighbours(here.row(), here.column(), onwards, self._model.is_editable)
        if not cells:
            rows = self._model.rowCount()
            edge = (-1, len(self._model.fields)) if onwards else (rows, -1)
            cells = self._neighbours(*edge, onwards, self._model.is_editable)
        if cells:
            self._edit_at(*cells[0])

    def move_by(self, rows: int, columns: int) -> None:
        """Move the cursor as the arrows do."""
        here = self.currentIndex()
        row = max(0, min(here.row() + rows, self._model.rowCount() - 1))
        self.go_to(row, max(0, min(here.column() + columns, len(self._model.fields) - 1)))

    def settle(self) -> bool:
        """Take the cell that is being edited; False when it wants a choice first."""
        editor = self._open_editor()
        return editor is None or self._cells.finish(editor)

    def ask_family(self, record_id: int | None = None) -> None:
        """Open the family of a record, or of the one in the cell that is typed into, as a grid; without one say why."""
        editor = self._open_editor()
        wanted = record_id or (
            editor.best() if hasattr(editor, "best") else linked_in(self._model, self.current_line())
        )
        alone = why_alone(self._model, wanted)
        if alone or not isinstance(wanted, int):
            self.told.emit([alone], "info")
            return
        if editor is not None:
            self._cells.give_up(editor)
        open_matrix(self._model, self, wanted)

    def current_line(self) -> int | None:
        """Return the line under the cursor; None in the empty row."""
        row = self.currentIndex().row()
        return row if 0 <= row < len(self._model.lines) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys while no cell is being edited."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain_enter(event):
            self.walk(forwards(event))
        elif event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.tab(event.key() == Qt.Key.Key_Tab)
        elif not modifiers and event.key() == Qt.Key.Key_Insert:
            self.insert_line()
        elif not modifiers and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.blocks.clear()
        elif event.key() == Qt.Key.Key_F7 or (event.key() == Qt.Key.Key_Down and modifiers == _ALT):
            self._in_link("open_picker")
        elif event.key() == Qt.Key.Key_N and modifiers == _CTRL_SHIFT:
            self._in_link("create_new")
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        elif modifiers & Qt.KeyboardModifier.ControlModifier and event.key() in _LEFT_TO_WINDOW:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, onwards: bool) -> bool:
        """Tab belongs to the grid."""
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Where there is no cell, the grid itself shows that it has the keys."""
        super().paintEvent(event)
        ring_without_cell(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the widest column what the others leave."""
        super().resizeEvent(event)
        fit_columns(self, self._model)
        fit_rows(self, self._model)
        self._first.fit()

    def scrollTo(self, index: Index, hint: QTableView.ScrollHint = QTableView.ScrollHint.EnsureVisible) -> None:
        """Show a cell, and not under the first column."""
        super().scrollTo(index, hint)
        sideways = self.horizontalScrollBar()
        sideways.setValue(sideways.value() - self._first.covers(index))

    def insert_line(self) -> None:
        """Put an empty line before the current one and begin to type in it."""
        if self.settle() and self._model.grows:
            row = max(0, self.currentIndex().row())
            self._model.insert(row)
            self._edit_at(row, max(0, self.first_needed()))

    def delete_lines(self) -> None:
        """Delete the selected lines."""
        if self._open_editor() is not None and not self.settle():
            return
        here = self.currentIndex()
        self._model.remove({index.row() for index in self.selectedIndexes()} or {here.row()})
        self.go_to(min(here.row(), self._model.rowCount() - 1), here.column())

    def undo(self) -> None:
        """Take the last change of the lines back."""
        self._swap(self._model.undo)

    def redo(self) -> None:
        """Make the change that was taken back again."""
        self._swap(self._model.redo)

    def _bind_keys(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+Del": self.delete_lines,
            "Ctrl+D": self.blocks.fill_down,
            "Ctrl+'": self.blocks.copy_above,
            "Ctrl+C": self.blocks.copy,
            "Ctrl+Shift+C": lambda: self.blocks.copy(headings=True),
            "Ctrl+V": self.blocks.paste,
            "Ctrl+Z": self.undo,
            "Ctrl+Y": self.redo,
        }
        for sequence, act in keys.items():
            key = QShortcut(QKeySequence(sequence), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(act)

    def _neighbours(self, row: int, column: int, onwards: bool, stops: Callable[[int], bool]) -> list[tuple[int, int]]:
        """The next cell in which `stops` holds, as a list of one or none."""
        columns = [each for each in range(len(self._model.fields)) if stops(each)]
        here = [each for each in columns if (each > column if onwards else each < column)] if row >= 0 else []
        if here and row < self._model.rowCount():
            return [(row, here[0] if onwards else here[-1])]
        other = row + 1 if onwards else row - 1
        if columns and 0 <= other < self._model.rowCount():
            return [(other, columns[0] if onwards else columns[-1])]
        return []

    def _edit_at(self, row: int, column: int) -> None:
        self.go_to(row, column)
        if self._model.fields[column][1].kind not in ("yes_no", "choice"):
            self._open_cell()

    def _open_cell(self) -> None:
        """Open the cell under the cursor, if anything may be typed into it and it is not open yet."""
        here, editor = self.currentIndex(), self._open_editor()
        if editor is not None:
            editor.setFocus()
        elif here.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(here)

    def _open_editor(self) -> Any:
        """Return the editor that is open, if one is."""
        return self.indexWidget(self.currentIndex())

    def _in_link(self, act: str) -> None:
        """Open the cell under the cursor and call an act of its editor, if it is a link."""
        self._open_cell()
        editor = self._open_editor()
        if hasattr(editor, act):
            getattr(editor, act)()

    def _swap(self, act: Callable[[], bool]) -> None:
        here = self.currentIndex()
        place = (here.row(), here.column())
        if act():
            self.go_to(min(max(place[0], 0), self._model.rowCount() - 1), max(place[1], 0))

    def _row_left(self, _now: QModelIndex, before: QModelIndex) -> None:
        if before.isValid():
            self._model.check_line(before.row())
        self._row_changed()

    def _row_changed(self) -> None:
        line = self.current_line()
        self.line_changed.emit(-1 if line is None else line)


_ALT = Qt.KeyboardModifier.AltModifier
_CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_LEFT_TO_WINDOW = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
