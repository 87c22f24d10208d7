"""The table of a list with its total row, its columns as the user likes them, and what it says while it is empty."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QMenu, QVBoxLayout

from dentalsales.blueprint.register import Register
from dentalsales.exchange.cell_text import RIGHT_ALIGNED, shown
from dentalsales.i18n import Text, _, n_, tr
from dentalsales.ui.record_model import RecordModel
from dentalsales.ui.shell import Shell
from dentalsales.ui.table_view import TableView
from dentalsales.ui.total_row import TotalRow
from dentalsales.usecases import browse


class RecordTable(QFrame):
    """Sorting by a click on a heading; its menu chooses columns; widths and choice are remembered per employee."""

    opened = Signal(int)
    """The id of the record to open."""
    loaded = Signal()
    status_changed = Signal(str)
    sort_changed = Signal(str)

    def __init__(self, shell: Shell, register: Register) -> None:
        super().__init__()
        self.setObjectName("card")
        self._shell, self._register = shell, register
        self._key = f"{shell.desk.login}.{register.name}"
        self.all_columns: list[Any] = browse.all_columns(shell.desk, register.name)
        self.columns = self._chosen_columns()
        self.query: Any = browse.Query(register.name)
        self._keeping_widths = False
        self.model = RecordModel(shell.desk, shell.runner, self)
        self.model.loaded.connect(self._show_loaded)
        self.model.refused.connect(shell.messages.refuse)
        self.view = TableView(register.title)
        self.view.setModel(self.model)
        self.view.opened.connect(self._open_row)
        self.view.resized.connect(self._fit)
        self.view.chosen_changed.connect(self._say_chosen)
        self.total = TotalRow(self.view)
        self._set_up_header()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.total)

    def _set_up_header(self) -> None:
        header = self.view.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.sectionClicked.connect(self._sort_by)
        header.sectionResized.connect(self._keep_width)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(lambda place: self.choose_columns(header.mapToGlobal(place)))

    def _chosen_columns(self) -> list[Any]:
        names = self._shell.preferences.get(f"columns.{self._key}")
        by_name = {column.name: column for column in self.all_columns}
        chosen = [by_name[name] for name in names or () if name in by_name]
        return chosen or browse.columns(self._shell.desk, self._register.name)

    def ask(self, query: Any, keep: int = 0) -> None:
        """Show a query."""
        self.query = query
        self.model.ask(self.columns, query, keep)

    def again(self) -> None:
        """Read the same query again; what was scrolled to stays in reach."""
        self.ask(self.query, len(self.model.rows))

    def _show_loaded(self) -> None:
        chosen = {self.model.rows[row].id for row in self.view.chosen_rows()}
        names, kinds = [column.name for column in self.columns], [column.kind for column in self.columns]
        self.total.tell(names, kinds, self.model.totals.sums)
        self._fit()
        self._show_sort()
        if self.model.rows and not chosen:
            self.view.setCurrentIndex(self.model.index(0, 0))
            self.view.clearSelection()
        self._say_chosen()
        self.loaded.emit()

    def _fit(self) -> None:
        if not self.model.columns:
            return
        kept = self._shell.preferences.get(f"widths.{self._key}", {})
        names = [column.name for column in self.columns]
        words = [place for place, column in enumerate(self.columns) if column.kind in ("link", "text")]
        linked = [place for place in words if self.columns[place].kind == "link" or "name" in self.columns[place].name]
        stretched = (linked or words or [-1])[0]
        self._keeping_widths = False
        self.view.fit_columns(kept, names, stretched, self.total.needed())
        self._keeping_widths = True

    def _keep_width(self, column: int, old: int, new: int) -> None:
        if self._keeping_widths and self.view.isVisible() and column < len(self.columns):
            key = f"widths.{self._key}"
            widths = dict(self._shell.preferences.get(key, {}))
            widths[self.columns[column].name] = new
            self._shell.preferences.keep(key, widths)

    def _sort_by(self, section: int) -> None:
        column = self.columns[section]
        if column.sortable:
            order = f"-{column.name}" if self.query.order == column.name else column.name
            self.sort_changed.emit(order)
            self.ask(replace(self.query, order=order))
        else:
            self._show_sort()

    def _show_sort(self) -> None:
        order = self.query.order or self._register.table.order
        names = [column.name for column in self.columns]
        place = names.index(order.lstrip("-")) if order.lstrip("-") in names else -1
        down = Qt.SortOrder.DescendingOrder if order.startswith("-") else Qt.SortOrder.AscendingOrder
        self.view.horizontalHeader().setSortIndicator(place, down)

    def choose_columns(self, place: QPoint) -> None:
        """Offer every column of the register, and the way back to the usual ones."""
        menu = QMenu(self)
        shown_names = {column.name for column in self.columns}
        for column in self.all_columns:
            action = QAction(tr(column.label), menu, checkable=True, checked=column.name in shown_names)
            action.triggered.connect(lambda on, name=column.name: self._switch_column(name, on))
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction(tr(_("Usual columns and widths"))).triggered.connect(self._reset_columns)
        menu.popup(place)

    def _switch_column(self, name: str, on: bool) -> None:
        names = {column.name for column in self.columns} | {name}
        names = names if on else names - {name}
        chosen = [column for column in self.all_columns if column.name in names]
        if chosen:
            self._shell.preferences.keep(f"columns.{self._key}", [column.name for column in chosen])
            self.columns = chosen
            self.again()

    def _reset_columns(self) -> None:
        self._shell.preferences.keep(f"columns.{self._key}", None)
        self._shell.preferences.keep(f"widths.{self._key}", {})
        self.columns = self._chosen_columns()
        self.again()

    def _open_row(self, row: int) -> None:
        if 0 <= row < len(self.model.rows):
            self.opened.emit(self.model.rows[row].id)

    def ids(self) -> tuple[int, ...]:
        """Return the ids in the order of the list, as far as it was read."""
        return tuple(row.id for row in self.model.rows)

    def _say_chosen(self) -> None:
        """Say how many rows are chosen, with sum and average of their total columns."""
        rows = self.view.chosen_rows()
        if len(rows) < 2:
            self.status_changed.emit("")
            return
        parts = [tr(n_("{count:,} row chosen", "{count:,} rows chosen").fill(count=len(rows)))]
        for place, column in enumerate(self.columns):
            if column.total and column.kind in RIGHT_ALIGNED:
                parts.append(self._sum_of(place, column, rows))
        self.status_changed.emit(" · ".join(parts[:4]))

    def _sum_of(self, place: int, column: Any, rows: list[int]) -> str:
        values = [value for row in rows if (value := self.model.rows[row].cells[place]) is not None]
        total = sum(values[1:], values[0]) if values else 0
        average = total / len(values) if values else 0
        said: Text = _("{label}: sum {sum}, average {average}")
        kind = column.kind if column.kind != "quantity" else "number"
        mean = shown(average, "money") if kind == "money" else f"{average:,.2f}"
        return tr(said.fill(label=tr(column.label), sum=shown(total, column.kind), average=mean))
