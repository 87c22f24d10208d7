"""The lines of a form as a table model: one row a line, and an empty row below that becomes a line when typed into."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from dentalsales.ui.field_cell import is_filled
from dentalsales.ui.lines_reading import Index, LinesReading
from dentalsales.ui.lines_undo import LinesUndo
from dentalsales.usecases.check_fields import field_problem
from dentalsales.usecases.fill_lines import add_lines, fill_lines

DITTO = ("..", "。。", "．．")


class LinesModel(LinesReading):
    """Reads and writes the lines of one lines field of a form; changes are small, never a reset."""

    entered = Signal(object)
    """Names of fields that changed in a line or in the head of the form."""

    def __init__(self, form: Any, name: str, parent: QWidget | None = None) -> None:
        super().__init__(form, name, parent)
        self._steps = LinesUndo(self)
        self._steps.steps.restored.connect(self.read_again)
        self._steps.steps.moved.connect(self._forget_problems)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row, column = index.row(), index.column()
        if role != Qt.ItemDataRole.EditRole or not self._editable[column]:
            return False
        value = self._meant(row, column, value)
        if value == self.value(row, column) or (self.is_new_row(row) and value in (None, "", False)):
            return False
        changed = self._append() if self.is_new_row(row) else self._keep(row)
        name = self.fields[column][0]
        changed |= set(self.lines[row].set(name, value)) | {name}
        self.note_problem(row, name, field_problem(self.fields[column][1], self.lines[row].get(name)))
        self._tell_row(row)
        self.tell_cautions()
        self.entered.emit(changed)
        return True

    def insert(self, row: int) -> None:
        """Put an empty line before a row."""
        if not self._grows or row > len(self.lines):
            return
        self._steps.before_insert(row)
        self.put_line(row)
        self.problems.clear()
        self.entered.emit({self.name})

    def remove(self, rows: Iterable[int]) -> None:
        """Delete lines, as one step of undo."""
        doomed = sorted({row for row in rows if not self.is_new_row(row)}, reverse=True)
        if not self._shrinks or not doomed:
            return
        self._steps.before_all()
        with self.cautions_asked_once():
            for row in doomed:
                self.take_away(row)
        self.problems.clear()
        self.entered.emit({self.name})

    def drop_untouched(self) -> None:
        """Remove lines that were inserted and left empty; they are no part of the paper."""
        for row in range(len(self.lines) - 1, -1, -1):
            if self._grows and self._is_untouched(self.lines[row]):
                self.take_away(row)

    def take_rows(self, rows: Sequence[dict[str, Any]], at: int) -> list[Any]:
        """Put values over the lines from a row on and add the lines that are missing, as one step of undo."""
        taken: list[Any] = []
        with self.cautions_asked_once():
            self._steps.block(lambda: taken.extend(self._put_rows(rows, at)))
        self.entered.emit({self.name})
        return taken

    def _put_rows(self, rows: Sequence[dict[str, Any]], at: int) -> list[Any]:
        over = [line.record for line in self.lines[at : at + len(rows)]]
        fill_lines(self.form, self.name, over, rows[: len(over)])
        new = rows[len(over) :]
        if new:
            self.beginInsertRows(QModelIndex(), len(self.lines), len(self.lines) + len(new) - 1)
            add_lines(self.form, self.name, new)
            self._read_lines()
            self.endInsertRows()
        self.problems.clear()
        self.tell_all()
        self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, max(0, self.rowCount() - 1))
        return self.lines[at : at + len(rows)]

    def rebuilt(self, work: Callable[[], Any]) -> Any:
        """Call `work`, which changes the form's lines as it likes, as one step of undo; return what it returns."""
        found: list[Any] = []
        self._steps.block(lambda: found.append(work()))
        self.beginResetModel()
        self._read_lines()
        self.problems.clear()
        self.endResetModel()
        self.entered.emit({self.name})
        return found[0]

    def as_one_step(self, work: Callable[[], object]) -> None:
        """Call `work`, whose changes one undo takes back."""
        with self.cautions_asked_once():
            self._steps.block(work)

    def undo(self) -> bool:
        """Take the last change back; False when there is none."""
        return self._steps.steps.undo()

    def redo(self) -> bool:
        """Make the change that was taken back again; False when there is none."""
        return self._steps.steps.redo()

    def put_back(self, row: int, values: dict[str, Any]) -> None:
        """Give a line the values it had."""
        line = self.lines[row]
        for name, value in values.items():
            if line.get(name) != value:
                line.set(name, value)
        self._tell_row(row)

    def put_line(self, row: int) -> None:
        """Put an empty line before a row."""
        self.beginInsertRows(QModelIndex(), row, row)
        self.form.add_line(self.name, row)
        self._read_lines()
        self.endInsertRows()

    def take_away(self, row: int) -> None:
        """Remove a line."""
        self.beginRemoveRows(QModelIndex(), row, row)
        self.form.remove_line(self.name, row)
        self._read_lines()
        self.endRemoveRows()

    def read_again(self) -> None:
        """Show the lines anew after the form was saved, reloaded or restored; the cursor stays when it can."""
        if len(self.form.lines(self.name)) == len(self.lines):
            self.problems.clear()
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, max(0, self.rowCount() - 1))
            self.tell_all()
            return
        self.beginResetModel()
        self._read_lines()
        self._ask_what_is_editable()
        self.problems.clear()
        self.endResetModel()

    def follow(self) -> None:
        """Show what followed from a field of the form; lines that came or went with it too."""
        if len(self.form.lines(self.name)) == len(self.lines):
            self.tell_all()
        else:
            self.read_again()

    def check_line(self, row: int) -> None:
        """Mark the needed cells that a line was left without; an untouched line is none."""
        if self.is_new_row(row) or self._is_untouched(self.lines[row]):
            return
        for column, (name, field) in enumerate(self.fields):
            if self.is_needed(column):
                self.note_problem(row, name, field_problem(field, self.lines[row].get(name)))

    def _meant(self, row: int, column: int, value: Any) -> Any:
        """Two dots in a text mean the text of the line above."""
        is_text = self.fields[column][1].kind in ("text", "note")
        return self.value(row - 1, column) if is_text and value in DITTO and row > 0 else value

    def _keep(self, row: int) -> set[str]:
        self._steps.before_cell(row)
        return set()

    def _append(self) -> set[str]:
        row = len(self.lines)
        self._steps.before_insert(row)
        self.beginInsertRows(QModelIndex(), row + 1, row + 1)
        self.lines.append(self.form.add_line(self.name))
        self.endInsertRows()
        self.headerDataChanged.emit(Qt.Orientation.Vertical, row, row)
        return {self.name}

    def _forget_problems(self) -> None:
        self.problems.clear()
        self.tell_cautions()

    def _is_untouched(self, line: Any) -> bool:
        typed = [(line.get(name), field) for name, field in self.fields if not field.read_only]
        return all(value == field.default or not value or not is_filled(value, field) for value, field in typed)
