"""A small table whose rows are all there: a report's block, the papers that wait."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from dentalsales.blueprint.fields import IN_TIME
from dentalsales.blueprint.sheet import Block
from dentalsales.exchange.cell_text import RIGHT_ALIGNED, blank_after, decimals_shown, shown
from dentalsales.i18n import Text, _, tr
from dentalsales.ui.cell_delegate import BLANK, FAMILY, LEFT, RIGHT, TONE, VALUE

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class PlainColumn:
    """One column: its words and the kind of its values."""

    label: Text
    kind: str = "text"


@dataclass(frozen=True)
class PlainRow:
    """Cells, a tone for the whole row ("total" for sums), and the family of its state chip."""

    cells: tuple[Any, ...]
    tone: str = ""
    family: str = ""


class PlainModel(QAbstractTableModel):
    """Shows rows as they are given."""

    def __init__(self, columns: Sequence[PlainColumn], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: list[PlainRow] = []
        self._decimals: dict[int, int] = {}

    def show_rows(self, rows: list[PlainRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        prices = [at for at, column in enumerate(self.columns) if column.kind == "price"]
        self._decimals = {at: max((decimals_shown(row.cells[at]) for row in rows), default=0) for at in prices}
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return the number of rows, sums included."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words and the side of a heading."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return tr(column.label)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if column.kind in RIGHT_ALIGNED else LEFT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows, says, and is."""
        row, column = self.rows[index.row()], self.columns[index.column()]
        value = row.cells[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return "" if value is None and row.tone == "total" else shown(value, column.kind)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if column.kind in RIGHT_ALIGNED else LEFT
        if role == BLANK:
            return blank_after(value, self._decimals.get(index.column(), 0))
        if role == FAMILY:
            return row.family if column.kind == "state" else ""
        if role == TONE:
            return row.tone if row.tone == "total" or _is_figure(column, index) else ""
        if role == VALUE:
            return value
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return tr(_("{label}: {value}").fill(label=tr(column.label), value=shown(value, column.kind)))
        return None


def _is_figure(column: PlainColumn, index: Index) -> bool:
    """A tone colours the name of a row and its figures, not every word in it."""
    return index.column() == 0 or column.kind in RIGHT_ALIGNED or column.kind in IN_TIME


def model_of(block: Block, parent: QObject | None = None) -> PlainModel:
    """Return a report's block as a model; its sums are the last row."""
    model = PlainModel([PlainColumn(column.label, column.kind) for column in block.columns], parent)
    rows = [PlainRow(row.cells, row.tone) for row in block.rows]
    totals = block.totals
    if totals is not None and rows:
        first = next((place for place, total in enumerate(totals) if total is not None), 0)
        words: tuple[Any, ...] = (_("Total"), *totals[1:]) if first > 0 else totals
        rows.append(PlainRow(words, "total"))
    model.show_rows(rows)
    return model
