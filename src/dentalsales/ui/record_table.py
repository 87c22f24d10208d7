"""The table of a list with headings, filter row and total row, arranged as the employee likes it."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from dentalsales.blueprint.register import Register
from dentalsales.i18n import tr
from dentalsales.ui.checked_rows import CheckedRows
from dentalsales.ui.clipboard_block import block_of, copied
from dentalsales.ui.column_layout import ColumnLayout
from dentalsales.ui.filter_row import FilterRow
from dentalsales.ui.record_header import RecordHeader
from dentalsales.ui.record_model import RecordModel
from dentalsales.ui.record_view import RecordView
from dentalsales.ui.shell import Shell
from dentalsales.ui.total_row import TotalRow
from dentalsales.usecases import browse, copy_rows

MOST_COPIED = 20_000
FITTED = 4
"""So many groups that are read first have a say in the widths."""


class RecordTable(QFrame):
    """Shows one query; sorting, columns, widths, groups and what is checked are changed here."""

    opened = Signal(int)
    """The id of the record to open."""
    loaded = Signal()
    """The first rows arrived."""
    counted = Signal()
    """Number and sums are known."""
    current_changed = Signal()
    """The cursor is in another row."""
    arranged = Signal()
    """Columns, widths, order or groups were changed by hand."""

    def __init__(self, shell: Shell, register: Register, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._shell, self._register = shell, register
        self.all_columns: list[Any] = browse.all_columns(shell.desk, register.name)
        self.query: Any = browse.Query(register.name)
        self._fitted = 0
        self._back_to: tuple[int, int, int, int] | None = None
        self.model = RecordModel(shell.desk, shell.runner, self)
        self.checked = CheckedRows(self)
        self.view = RecordView(register.title, self.model, self.checked, self)
        self.header = RecordHeader(self.view)
        self.view.setHorizontalHeader(self.header)
        self.view.frozen.take_header(self.header)
        self.filter_row = FilterRow(shell.desk, self.view, self.header)
        self.total = TotalRow(self.view, self)
        self.layout_of = ColumnLayout(self, shell, register)
        self._connect()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.total)

    def _connect(self) -> None:
        view, model = self.view, self.model
        model.loaded.connect(self._show_loaded)
        model.counted.connect(self._show_counted)
        model.arrived.connect(self._show_arrived)
        model.rowsInserted.connect(self._measure_again)
        model.modelReset.connect(self._measure_again)
        model.refused.connect(self._shell.messages.refuse)
        view.opened.connect(self._open_row)
        view.resized.connect(self.layout_of.fit)
        view.copy_asked.connect(self._copy)
        view.range_asked.connect(self._check_range)
        view.group_asked.connect(self._check_group)
        view.menu_asked.connect(self.layout_of.open_menu)
        view.selectionModel().currentRowChanged.connect(lambda *rows: self.current_changed.emit())
        self.header.sort_asked.connect(self.sort_by)
        self.filter_row.left.connect(self._enter_rows)

    @property
    def columns(self) -> list[Any]:
        """The columns that are shown, in their order."""
        return self.layout_of.columns

    def ask(self, query: Any, place: int = 0) -> None:
        """Show a query; a search or filter that is another one leaves nothing checked."""
        if (query.search, query.filters) != (self.query.search, self.query.filters):
            self.checked.clear()
        self.query = query
        self.filter_row.show_columns(self.columns)
        self.model.ask(self.columns, query, place)

    def again(self) -> None:
        """Read the same query again; cursor and scroll bar stay where they are."""
        current = self.view.currentIndex()
        record = self.model.record(current.row())
        scrolled = self.view.verticalScrollBar().value()
        self._back_to = (current.row(), current.column(), record.id if record is not None else 0, scrolled)
        self.ask(self.query, max(0, current.row()) if not self.query.group else 0)

    def _show_loaded(self) -> None:
        self._fitted = 0
        self.layout_of.show(self.columns)
        row, column, record_id, scrolled = self._back_to or (0, 0, 0, 0)
        rows = self.model.rows
        row = max(0, min(row, self.model.rowCount() - 1))
        if record_id and rows is not None and rows.known(row) is not None and rows.known(row).id != record_id:
            row = rows.place_of(record_id) or row
        if self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(row, max(0, min(column, len(self.columns) - 1))))
        if self._back_to is not None:
            self.view.verticalScrollBar().setValue(scrolled)
        self._back_to = None
        self.current_changed.emit()
        self.loaded.emit()

    def _measure_again(self) -> None:
        """A group was opened: its rows have a say in the widths."""
        self._fitted = 0

    def _show_arrived(self) -> None:
        """Fit the columns once more to the first rows of groups, which come after their heads."""
        if self.query.group and self._fitted < FITTED:
            self._fitted += 1
            self.layout_of.fit()

    def _show_counted(self) -> None:
        names, kinds = [column.name for column in self.columns], [column.kind for column in self.columns]
        self.total.tell(names, kinds, self.model.totals.sums)
        self.layout_of.fit()
        self.counted.emit()

    def sort_by(self, section: int, further: bool = False) -> None:
        """Sort by a column, or the other way round; `further` makes it the order of rows that are equal so far."""
        column = self.columns[section]
        if column.sortable:
            order = _sorted_by(self.query.order or self._register.table.order, column.name, further)
            self.arranged.emit()
            self.ask(replace(self.query, order=order))
        self.layout_of.show_sort()

    def sort_as(self, order: str) -> None:
        """Sort by an order in words, such as "-ordered_on,number"."""
        self.arranged.emit()
        self.ask(replace(self.query, order=order))

    def group_by(self, name: str) -> None:
        """Let equal values of a column stand together; "" for no groups."""
        self.arranged.emit()
        self.ask(replace(self.query, group=name))

    def _open_row(self, row: int) -> None:
        record = self.model.record(row)
        if record is not None:
            self.opened.emit(record.id)

    def current_id(self) -> int | None:
        """Return the record under the cursor."""
        record = self.model.record(self.view.currentIndex().row())
        return record.id if record is not None else None

    def ids(self) -> tuple[int, ...]:
        """Return the ids around the cursor in the order of the list, as far as they were read without a gap."""
        rows = self.model.rows
        place = max(0, self.view.currentIndex().row())
        return tuple(row.id for row in rows.run_around(place)) if rows is not None else ()

    def checked_query(self) -> Any:
        """Return the query of the checked rows, as the list shows them."""
        return self.checked.query(self.shown_query())

    def shown_query(self) -> Any:
        """Return the query with the columns that are shown."""
        return replace(self.query, columns=tuple(column.name for column in self.columns))

    def checked_count(self) -> int:
        """Return how many rows are checked."""
        return self.checked.count(self.model.totals.count if self.model.totals is not None else 0)

    def _check_range(self, first: int, last: int) -> None:
        if self.query.group:
            return
        query, desk, count = self.query, self._shell.desk, last - first + 1
        self._shell.runner.run(lambda: browse.ids(desk, query, first, count), self.checked.check, owner=self)

    def _check_group(self, group: Any) -> None:
        query = replace(self.query, filters=(*self.query.filters, group.filter), group="")
        desk = self._shell.desk

        def check(ids: list[int]) -> None:
            self.checked.check(ids, not all(map(self.checked.holds, ids)))

        self._shell.runner.run(lambda: browse.ids(desk, query), check, owner=self)

    def _copy(self, headings: bool) -> None:
        """Put the checked rows, or the cursor's, on the clipboard as Excel takes them: raw numbers, ISO dates."""
        record_id, desk = self.current_id(), self._shell.desk
        if self.checked.is_empty() and record_id is None:
            return
        query = self.checked_query()
        if self.checked.is_empty():
            query = replace(query, only=(record_id,))
        first = [tr(column.label) for column in self.columns]

        def put(page: Any) -> None:
            lines = [first] if headings else []
            lines += [[copied(value) for value in row.cells] for row in page.rows]
            QGuiApplication.clipboard().setText(block_of(lines))

        self._shell.runner.run(lambda: copy_rows.copied(desk, query, MOST_COPIED), put, owner=self)

    def _enter_rows(self) -> None:
        self.view.setFocus()

    def later(self, act: Any) -> None:
        """Do something once Qt has laid the table out."""
        QTimer.singleShot(0, self, act)


def _sorted_by(order: str, name: str, further: bool) -> str:
    keys = [key for key in order.split(",") if key] if further else order.split(",")[:1]
    names = [key.removeprefix("-") for key in keys]
    if not further:
        return f"-{name}" if keys and keys[0] == name else name
    if name in names:
        place = names.index(name)
        keys[place] = name if keys[place].startswith("-") else f"-{name}"
    else:
        keys.append(name)
    return ",".join(keys)
