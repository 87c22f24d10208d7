"""What a grid does with a block of cells: clear, fill down, copy to and paste from a spreadsheet."""

from typing import Any

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QGuiApplication

from dentalsales.blueprint.fields import Field
from dentalsales.i18n import tr
from dentalsales.ui.clipboard_block import block_of, cells_of, written
from dentalsales.ui.lines_model import LinesModel
from dentalsales.ui.lines_paste import LinesPaste
from dentalsales.ui.lines_paste_columns import is_one_cell
from dentalsales.usecases.desk import Desk


class LinesBlocks:
    """Acts on the selected cells of a grid; each act is one step of undo."""

    def __init__(self, desk: Desk, model: LinesModel, grid: Any) -> None:
        self._desk, self._model, self._grid = desk, model, grid

    def clear(self) -> None:
        """Empty the selected cells."""
        cells = [index for index in self._grid.selectedIndexes() if not self._model.is_new_row(index.row())]
        self._model.as_one_step(lambda: [self._model.setData(index, self._emptied(index)) for index in cells])

    def fill_down(self) -> None:
        """Give the selected cells the value of the topmost one; with one cell selected, that of the cell above it."""
        if not self._grid.settle():
            return
        selected = sorted(self._grid.selectedIndexes(), key=lambda index: index.row())
        columns = {index.column() for index in selected}
        for column in columns:
            rows = [index.row() for index in selected if index.column() == column]
            source = rows[0] if len(rows) > 1 else rows[0] - 1
            if source >= 0:
                self._fill(column, source, [row for row in rows if row != source])

    def copy_above(self) -> None:
        """Take the value of the cell above."""
        if self._grid.settle() and self._grid.currentIndex().row() > 0:
            here = self._grid.currentIndex()
            self._fill(here.column(), here.row() - 1, [here.row()])

    def copy(self, headings: bool = False) -> None:
        """Put the selected block on the clipboard, as raw numbers and ISO days, with its headings if asked."""
        selected = self._grid.selectedIndexes()
        rows = sorted({index.row() for index in selected if not self._model.is_new_row(index.row())})
        columns = sorted({index.column() for index in selected})
        head = [[tr(self._model.fields[column][1].label) for column in columns]] if headings else []
        block = head + [[self._raw(row, column) for column in columns] for row in rows]
        QGuiApplication.clipboard().setText(block_of(block))

    def paste(self) -> None:
        """Put a copied block in from the current cell on, as one step of undo; a written message is read as such."""
        copied = QGuiApplication.clipboard().mimeData()
        if copied.hasUrls() or (copied.hasImage() and not copied.hasFormat("text/plain")):
            self._grid.files_pasted.emit()
            return
        if not any(map(self._model.is_editable, range(len(self._model.fields)))):
            return
        from dentalsales.usecases.messages.items import looks_like_a_message  # loaded once work has begun

        text = QGuiApplication.clipboard().text()
        block = cells_of(text)
        if self._grid.takes_messages and looks_like_a_message(text) and not self._is_a_remark(block):
            self._grid.message_pasted.emit()
            return
        if block and self._grid.settle():
            here = self._grid.currentIndex()
            LinesPaste(self._desk, self._model, self._grid).take(block, max(0, here.row()), max(0, here.column()))

    def _is_a_remark(self, block: list[list[str]]) -> bool:
        """One line of text for a cell that holds words of any kind stays in that cell, though it names quantities."""
        at = self._grid.currentIndex().column()
        return is_one_cell(block) and at >= 0 and _takes_any_words(self._model.fields[at][1])

    def _emptied(self, index: QModelIndex) -> Any:
        kind = self._model.fields[index.column()][1].kind
        return "" if kind in ("text", "note", "choice", "choices") else False if kind == "yes_no" else None

    def _fill(self, column: int, source: int, rows: list[int]) -> None:
        value = self._model.value(source, column)
        self._model.as_one_step(lambda: [self._model.setData(self._model.index(row, column), value) for row in rows])

    def _raw(self, row: int, column: int) -> str:
        field = self._model.fields[column][1]
        return written(self._model.value(row, column), self._model.shown(row, column), field)


def _takes_any_words(field: Field) -> bool:
    return field.kind in ("text", "note") and field.choices_of is None and not field.read_only
