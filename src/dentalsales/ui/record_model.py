"""The rows of a list as a table of its full length; what is looked at is read beside the window."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from dentalsales.blueprint.clocks import in_words, tone
from dentalsales.exchange.cell_text import RIGHT_ALIGNED, blank_after, decimals_shown, shown
from dentalsales.i18n import _, c_, tr
from dentalsales.ui.background import Runner
from dentalsales.ui.cell_delegate import BLANK, FAMILY, LEFT, RIGHT, TONE, VALUE
from dentalsales.ui.grouped_rows import GroupedRows
from dentalsales.ui.row_store import PAGE, RowStore
from dentalsales.usecases import browse
from dentalsales.usecases.desk import Desk

Index = QModelIndex | QPersistentModelIndex
BUSY_AFTER = 300
"""Milliseconds after which a question that is not answered yet is marked."""


class RecordModel(QAbstractTableModel):
    """Shows one query at a time; an answer to an earlier one is dropped."""

    loaded = Signal()
    """The first rows of a query arrived."""
    counted = Signal()
    """Its number of rows and its sums are known."""
    arrived = Signal()
    """More rows of it were read."""
    busy = Signal(bool)
    refused = Signal(object)

    def __init__(self, desk: Desk, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._runner = desk, runner
        self.columns: list[Any] = []
        self.totals: Any = None
        self.query: Any = None
        self.rows: RowStore | GroupedRows | None = None
        self.folded: set[Any] = set()
        self._second: dict[str, str] = {}
        self._decimals: dict[int, int] = {}
        self._count = 0
        self._asked = 0
        self._busy = QTimer(self, singleShot=True, interval=BUSY_AFTER)
        self._busy.timeout.connect(lambda: self.busy.emit(True))

    def ask(self, columns: list[Any], query: Any, place: int = 0) -> None:
        """Read a query, around a place at first; the old rows stay until the new ones arrive."""
        if self.query is not None and self.query.group != query.group:
            self.folded = set()
        self.query = replace(query, columns=tuple(column.name for column in columns))
        self._asked += 1
        self._busy.start()
        self.totals = None
        asked, wanted, start = self._asked, self.query, place // PAGE * PAGE
        read = self._groups if wanted.group else self._window
        self._run(asked, lambda: read(wanted, start), lambda found: self._take_first(asked, columns, found))
        self._run(asked, lambda: browse.totals(self._desk, wanted), lambda totals: self._take_totals(asked, totals))

    def _window(self, wanted: Any, start: int) -> Any:
        found = browse.window(self._desk, wanted, start, PAGE)
        return found if found.rows or not start else browse.window(self._desk, wanted, 0, PAGE)

    def _groups(self, wanted: Any, start: int) -> Any:
        return browse.groups(self._desk, wanted)

    def _run(self, asked: int, work: Any, done: Any) -> None:
        self._runner.run(work, done, lambda error: self._fail(asked, error), owner=self)

    def _take_first(self, asked: int, columns: list[Any], found: Any) -> None:
        if asked != self._asked:
            return
        self.beginResetModel()
        self.columns = columns
        self._second = _second_keys(self.query.order)
        if self.query.group:
            self.rows = GroupedRows(self.query, found, self.folded, self._store)
        else:
            count = found.start + len(found.rows)
            store = self.rows = self._store(self.query, count if self.totals is None else self.totals.count)
            store.put(found.start, list(found.rows), found.next)
        self._count = self.rows.count
        self._decimals = {at: 0 for at, column in enumerate(columns) if column.kind == "price"}
        self._measure_prices(range(found.start, found.start + len(found.rows)) if not self.query.group else ())
        self.endResetModel()
        self.loaded.emit()
        if self.totals is not None:
            self._settle()

    def _take_totals(self, asked: int, totals: Any) -> None:
        if asked != self._asked:
            return
        self.totals = totals
        if self.rows is not None and self._shows_asked():
            self._settle()

    def _shows_asked(self) -> bool:
        rows = self.rows
        return rows is not None and rows.query == self.query

    def _settle(self) -> None:
        """Both answers are there: the list has its full length."""
        self._busy.stop()
        self.busy.emit(False)
        rows = self.rows
        if isinstance(rows, RowStore) and rows.count != self.totals.count:
            more = self.totals.count > rows.count
            if more:
                self.beginInsertRows(QModelIndex(), rows.count, self.totals.count - 1)
            else:
                self.beginResetModel()
            rows.count = self._count = self.totals.count
            (self.endInsertRows if more else self.endResetModel)()
        self.counted.emit()

    def _store(self, query: Any, count: int) -> RowStore:
        store = RowStore(self._desk, self._runner, query, count, self)
        store.arrived = self._show_arrived
        store.refused = self.refused.emit
        return store

    def _show_arrived(self, first: int, last: int) -> None:
        last = min(last, self._count - 1)
        if self.columns and first <= last:
            if self._measure_prices(range(first, last + 1)):
                first, last = 0, self._count - 1
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))
            self.arrived.emit()

    def _measure_prices(self, places: Iterable[int]) -> bool:
        """Learn how many decimals the rows that were read show; say whether there are more than before."""
        if not self._decimals:
            return False
        before, rows = dict(self._decimals), [row for row in map(self.record, places) if row is not None]
        for at, most in before.items():
            self._decimals[at] = max([most, *(decimals_shown(row.cells[at]) for row in rows)])
        return self._decimals != before

    def _fail(self, asked: int, error: Exception) -> None:
        if asked == self._asked:
            self._busy.stop()
            self.busy.emit(False)
            self.refused.emit(error)

    def record(self, place: int) -> Any:
        """Return the row at a place; None for a group's head and for what is not read yet."""
        return self.rows.known(place) if self.rows is not None and 0 <= place < self._count else None

    def group(self, place: int) -> Any:
        """Return the group whose head stands at a place; None for a row."""
        if not isinstance(self.rows, GroupedRows) or not 0 <= place < self._count:
            return None
        group, head = self.rows.group_at(place)
        return group if head else None

    def is_folded(self, place: int) -> bool:
        """Say whether the group of a place shows its head only."""
        return isinstance(self.rows, GroupedRows) and self.rows.is_folded(place)

    def turn_group(self, place: int) -> int:
        """Fold or open the group of a place; return where its head stands."""
        assert isinstance(self.rows, GroupedRows)
        head = self.rows.head_of(place)
        count, opens = self.rows.group_at(head)[0].count, self.rows.is_folded(head)
        (self.beginInsertRows if opens else self.beginRemoveRows)(QModelIndex(), head + 1, head + count)
        self.rows.turn(head)
        self._count = self.rows.count
        (self.endInsertRows if opens else self.endRemoveRows)()
        return head

    def turn_all(self, fold: bool, place: int) -> int:
        """Fold or open every group; return where the head of a place's group stands then."""
        if isinstance(self.rows, GroupedRows):
            self.beginResetModel()
            place = self.rows.turn_all(fold, place)
            self._count = self.rows.count
            self.endResetModel()
        return place

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many rows there are, heads of groups included."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many columns are shown."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words and the side of a heading; the second column of the order bears its arrow in its words."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{tr(column.label)}{self._second.get(column.name, '')}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if column.kind in RIGHT_ALIGNED else LEFT
        if role == Qt.ItemDataRole.ToolTipRole:
            return tr(column.label)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows, says, and is."""
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if column.kind in RIGHT_ALIGNED else LEFT
        row = self.rows.row(index.row()) if self.rows is not None else None
        if row is None:
            return "" if role == Qt.ItemDataRole.DisplayRole else None
        if isinstance(row, browse.Group):
            return self._head(row, index, column, role)
        value = row.cells[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._said(value, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return shown(value, column.kind) if value is not None else ""
        if role == TONE:
            return tone(value, self._desk.now()) if column.deadline and value is not None else ""
        if role == FAMILY:
            return row.family if column.kind == "state" else ""
        if role == VALUE:
            return value
        if role == BLANK:
            return blank_after(value, self._decimals.get(index.column(), 0))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return tr(_("{label}: {value}").fill(label=tr(column.label), value=self._said(value, column)))
        return None

    def _said(self, value: Any, column: Any) -> str:
        """Return the words of a cell; a deadline is told as how long it is until then, or since."""
        if column.deadline:
            return "" if value is None else tr(in_words(value, self._desk.now()))
        return "" if value is None and column.kind == "state" else shown(value, column.kind)

    def _head(self, group: Any, index: Index, column: Any, role: int) -> Any:
        """Return what the head of a group shows: its words and count, and its sums under their columns."""
        if role == TONE:
            return "group"
        total = group.sums.get(column.name)
        if role == VALUE:
            return total
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if index.column() == 0:
                words = c_("group", "{words} ({count:,})").fill(words=shown(group.words, group.kind), count=group.count)
                return tr(words)
            return "" if total is None else shown(total, column.kind)
        return None


def _second_keys(order: str) -> dict[str, str]:
    """Return what the headings of the further columns of an order bear."""
    names = order.split(",")[1:]
    return {
        name.removeprefix("-"): f" {'↓' if name.startswith('-') else '↑'}{place}"
        for place, name in enumerate(names, start=2)
    }
