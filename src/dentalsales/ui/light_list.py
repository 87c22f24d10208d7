"""A read-only list of records, read page by page: for pickers and for the tabs of a card."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from dentalsales.blueprint.register import Register
from dentalsales.exchange.cell_text import RIGHT_ALIGNED, shown
from dentalsales.i18n import _, tr
from dentalsales.ui.cell_delegate import FAMILY, LEFT, RIGHT, VALUE
from dentalsales.ui.column_widths import rooms, wordiest
from dentalsales.ui.table_view import TableView
from dentalsales.usecases import browse
from dentalsales.usecases.desk import Desk

Index = QModelIndex | QPersistentModelIndex
PAGE = 100


class LightListModel(QAbstractTableModel):
    """Rows of a query; more are read when the view asks for them. What every row has alike is left out."""

    def __init__(self, desk: Desk, query: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        alike = {one.name for one in query.filters if one.operator == "="}
        self.columns = [column for column in browse.columns(desk, query.register) if column.name not in alike]
        self._desk, self._query = desk, replace(query, columns=tuple(column.name for column in self.columns))
        self._rows: list[Any] = []
        self._next: Any = None
        self._read()

    def search(self, typed: str) -> None:
        """Show the records that match."""
        self.beginResetModel()
        self._query = replace(self._query, search=typed)
        self._read()
        self.endResetModel()

    def record_id(self, row: int) -> int | None:
        """Return the record of a row; None when there is no such row."""
        return self._rows[row].id if 0 <= row < len(self._rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many rows were read so far."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def canFetchMore(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008 - Qt's own signature
        """Return whether the list goes on."""
        return self._next is not None and not parent.isValid()

    def fetchMore(self, parent: Index = QModelIndex()) -> None:  # noqa: B008 - Qt's own signature
        """Read the next page."""
        page = browse.page(self._desk, self._query, self._next, PAGE)
        self._next = page.next
        if page.rows:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(page.rows) - 1)
            self._rows.extend(page.rows)
            self.endInsertRows()

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words and the side of a heading."""
        if orientation == Qt.Orientation.Vertical:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return tr(self.columns[section].label)
        return self._side(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows, says, and is."""
        column, row = self.columns[index.column()], self._rows[index.row()]
        value = row.cells[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(index.column())
        if role == FAMILY:
            return row.family if column.kind == "state" else ""
        if role == VALUE:
            return value
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return shown(value, column.kind)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return tr(_("{label}: {value}"), label=tr(column.label), value=shown(value, column.kind))
        return None

    def _side(self, column: int) -> Qt.AlignmentFlag:
        return RIGHT if self.columns[column].kind in RIGHT_ALIGNED else LEFT

    def _read(self) -> None:
        page = browse.page(self._desk, self._query, None, PAGE)
        self._rows, self._next = list(page.rows), page.next


class LightList(TableView):
    """The list itself; Enter or a double click opens a row."""

    record_opened = Signal(int)
    """Id of the record."""

    def __init__(self, model: LightListModel, register: Register, parent: QWidget | None = None) -> None:
        super().__init__(register.title, parent)
        self._list = model
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.opened.connect(self._open)

    def current_id(self) -> int | None:
        """Return the record under the cursor, or the first one."""
        return self._list.record_id(max(self.currentIndex().row(), 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the widest words take what is left."""
        super().resizeEvent(event)
        columns = self._list.columns
        self.fit_columns({}, [column.name for column in columns], wordiest(columns), rooms(columns))

    def _open(self, row: int) -> None:
        record_id = self._list.record_id(row)
        if record_id is not None:
            self.record_opened.emit(record_id)
