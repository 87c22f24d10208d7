"""Putting a copied block into a grid: read, shown first if something is in doubt, taken in as one step of undo."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from dentalsales.i18n import Text, n_
from dentalsales.ui.lines_model import LinesModel
from dentalsales.ui.lines_paste_columns import Block, ColumnFinder, Columns, is_one_cell
from dentalsales.ui.lines_paste_dialog import PasteDialog
from dentalsales.ui.lines_paste_report import PasteReport
from dentalsales.ui.lines_paste_rows import PastedRow, RowReader, links_to_look_up
from dentalsales.usecases.desk import Desk

MANY = 100
"""From so many rows on the pointer shows that the program is at work: five hundred take a third of a second."""
Tell = Callable[[Sequence[Text], str], None]
"""Shows sentences above the lines, in a tone, until they are closed."""


class LinesPaste:
    """One grid's way of taking blocks in; rows in are rows out."""

    def __init__(self, desk: Desk, model: LinesModel, grid: Any) -> None:
        self._desk, self._model, self._grid = desk, model, grid

    def take(self, block: Block, row: int, column: int) -> None:
        """Put a block in from a cell on, or as lines of its own when its columns say so."""
        if is_one_cell(block) and not self._model.is_editable(column):
            return
        with _busy_mark(len(block)):
            indexes = links_to_look_up(self._model.form, self._model.name, self._model.fields)
            columns = ColumnFinder(self._model.fields, indexes, self._desk).find(block, column)
            rows = RowReader(self._model.form, self._model.name, self._model.fields, indexes).read(block, columns)
        at = len(self._model.lines) if columns.own_lines else row
        if not self._model.grows:
            rows = rows[: max(0, len(self._model.lines) - at)]
        if not rows or (self._is_doubtful(rows, columns) and not self._is_agreed(block, columns, rows)):
            return
        with _busy_mark(len(rows)):
            refused = self._put(rows, columns, at)
        if not is_one_cell(block):
            self._go_on(at, refused)

    def _is_doubtful(self, rows: Sequence[PastedRow], columns: Columns) -> bool:
        """A single cell is not worth a question: it is marked where it stands."""
        several = len(rows) > 1 or columns.own_lines
        return several and (columns.asks or any(row.doubts for row in rows))

    def _is_agreed(self, block: Block, columns: Columns, rows: list[PastedRow]) -> bool:
        return PasteDialog(self._model, block, columns, rows, self._grid).exec() == QDialog.DialogCode.Accepted

    def _put(self, rows: Sequence[PastedRow], columns: Columns, at: int) -> tuple[int, int] | None:
        """Put rows in from a line on; return line and column of the first cell that was refused."""
        lines = self._model.take_rows([row.values for row in rows], at)
        odd = self._mark(rows, lines)
        for place, row in enumerate(rows):
            for name, reason in row.doubts.items():
                if name in row.refused or row.values.get(name) is None:
                    self._model.note_problem(at + place, name, reason)
        said = [PUT_IN.fill(count=len(rows))] if columns.own_lines or len(rows) > 1 else []
        refused = [(at + place, row) for place, row in enumerate(rows) if row.refused]
        beside = [OTHER_PRICE.fill(count=odd)] if odd else []
        if refused or odd:
            why = {(name, row.values[name]): why for _at, row in refused for name, why in row.refused.items()}
            self._grid.reported.emit(PasteReport(said, why, beside))
        if not refused:
            return None
        line, row = refused[0]
        named = [place for place, (name, _field) in enumerate(self._model.fields) if name in row.refused]
        return line, min(named, default=max(0, self._grid.first_needed()))

    def _mark(self, rows: Sequence[PastedRow], lines: Sequence[Any]) -> int:
        """Mark what the program fills otherwise than the block had it; return in how many lines."""
        form, odd = self._model.form, 0
        for row, line in zip(rows, lines, strict=False):
            kinds = {name: self._model.kind_of(name) for name in row.said}
            differing = {n: v for n, v in row.said.items() if kinds[n] == "price" and v != (line.get(n) or 0)}
            for name, value in differing.items():
                form.marks.put(line.record, name, f"{value:,.2f}")
            odd += bool(differing)
        return odd

    def _go_on(self, at: int, refused: tuple[int, int] | None) -> None:
        """The cursor goes to the first cell that was refused, else to where typing goes on."""
        if refused is not None:
            self._grid.go_to(*refused)
        elif self._model.grows and at + 1 < len(self._model.lines):
            self._grid.go_to(len(self._model.lines), max(0, self._grid.first_needed()))


@contextmanager
def _busy_mark(rows: int) -> Iterator[None]:
    if rows < MANY:
        yield
        return
    QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        yield
    finally:
        QApplication.restoreOverrideCursor()


PUT_IN = n_("{count} row put in.", "{count} rows put in.")
OTHER_PRICE = n_(
    "In {count} line the copied block has another price; it is shown struck through.",
    "In {count} lines the copied block has another price; it is shown struck through.",
)
