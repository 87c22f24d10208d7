"""The rows of a list, read page by page beside the window while the user scrolls."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from dentalsales.exchange.cell_text import RIGHT_ALIGNED, shown
from dentalsales.i18n import _, tr
from dentalsales.ui.background import Runner
from dentalsales.ui.cell_delegate import FAMILY, LEFT, RIGHT, VALUE
from dentalsales.usecases import browse
from dentalsales.usecases.desk import Desk

Index = QModelIndex | QPersistentModelIndex
PAGE = 200


class RecordModel(QAbstractTableModel):
    """Shows one query at a time; an answer to an earlier one is dropped."""

    loaded = Signal()
    """The first page of a query, or its totals, arrived."""
    refused = Signal(object)

    def __init__(self, desk: Desk, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._runner = desk, runner
        self.columns: list[Any] = []
        self.rows: list[Any] = []
        self.totals: Any = None
        self.query: Any = None
        self._next: Any = None
        self._asked = 0
        self._reading = False

    def ask(self, columns: list[Any], query: Any, keep: int = 0) -> None:
        """Read a query from its beginning, `keep` rows of it at least; the old rows stay until the new ones arrive."""
        self.query = replace(query, columns=tuple(column.name for column in columns))
        self._asked += 1
        asked, wanted = self._asked, self.query
        self._reading = True

        def read() -> tuple[Any, Any]:
            page = browse.page(self._desk, wanted, limit=max(PAGE, min(keep, 5000)))
            return page, browse.totals(self._desk, wanted)

        self._runner.run(
            read,
            lambda found: self._take_first(asked, columns, *found),
            lambda error: self._fail(asked, error),
            owner=self,
        )

    def _take_first(self, asked: int, columns: list[Any], page: Any, totals: Any) -> None:
        if asked != self._asked:
            return
        self.beginResetModel()
        self.columns, self.rows, self._next, self.totals = columns, list(page.rows), page.next, totals
        self._reading = False
        self.endResetModel()
        self.loaded.emit()

    def _fail(self, asked: int, error: Exception) -> None:
        if asked == self._asked:
            self._reading = False
            self.refused.emit(error)

    def canFetchMore(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008 - Qt's own signature
        """Return whether the list goes on."""
        return self._next is not None and not self._reading and not parent.isValid()

    def fetchMore(self, parent: Index = QModelIndex()) -> None:  # noqa: B008 - Qt's own signature
        """Read the next page."""
        if not self.canFetchMore(parent):
            return
        self._reading = True
        asked, wanted, after = self._asked, self.query, self._next
        self._runner.run(
            lambda: browse.page(self._desk, wanted, after=after, limit=PAGE),
            lambda page: self._take_more(asked, page),
            lambda error: self._fail(asked, error),
            owner=self,
        )

    def _take_more(self, asked: int, page: Any) -> None:
        if asked != self._asked:
            return
        first = len(self.rows)
        if page.rows:
            self.beginInsertRows(QModelIndex(), first, first + len(page.rows) - 1)
            self.rows.extend(page.rows)
            self.endInsertRows()
        self._next = page.next
        self._reading = False

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many rows were read so far."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many columns are shown."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words and the side of a heading."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(column.label)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if column.kind in RIGHT_ALIGNED else LEFT
        if role == Qt.ItemDataRole.ToolTipRole:
            return tr(column.label)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows, says, and is."""
        column, row = self.columns[index.column()], self.rows[index.row()]
        value = row.cells[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return "" if value is None and column.kind == "state" else shown(value, column.kind)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if column.kind in RIGHT_ALIGNED else LEFT
        if role == FAMILY:
            return row.family if column.kind == "state" else ""
        if role == VALUE:
            return value
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return tr(_("{label}: {value}").fill(label=tr(column.label), value=shown(value, column.kind)))
        return None
