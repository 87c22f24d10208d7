"""The list of a register: views, search, filters, table with totals, and the way to Excel and paper."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from dentalsales.blueprint.table import Filter
from dentalsales.i18n import _, n_, tr
from dentalsales.ui import theme
from dentalsales.ui.empty_list import EmptyList
from dentalsales.ui.filter_bar import FilterBar
from dentalsales.ui.flow_layout import FlowLayout
from dentalsales.ui.icons import icon
from dentalsales.ui.page import Page, button, label, tool_button
from dentalsales.ui.record_table import RecordTable
from dentalsales.ui.shell import Shell
from dentalsales.usecases import browse

TYPING_PAUSE = 120
"""Milliseconds after the last key before the list is asked."""


class RegisterPage(Page):
    """Typing in the search field filters at once; Enter and the arrow keys go down into the table."""

    def __init__(self, shell: Shell, register_name: str) -> None:
        self.register = shell.desk.business.register(register_name)
        super().__init__(self.register.title)
        self._shell = shell
        self._views = browse.views(shell.desk, register_name)
        self._narrowed: tuple[Filter, ...] = ()
        self._stale = False
        self.table = RecordTable(shell, self.register)
        self.table.opened.connect(self._open)
        self.table.loaded.connect(self._show_count)
        self.count = label("", "secondary")
        self.table.status_changed.connect(lambda text: self.say(text or self.count.text()))
        by_name = {column.name: column for column in self.table.all_columns}
        self.filters = FilterBar(shell.desk, [by_name[name] for name in self.register.table.filters if name in by_name])
        self.filters.changed.connect(self.refresh)
        self.filters.hide()
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE)
        self._pause.timeout.connect(self.refresh)
        self._build()
        self._bind_keys()
        shell.changed.connect(self._refresh_later)
        self.refresh()

    def _build(self) -> None:
        self.empty = EmptyList(self._shell, self.register, self._clear)
        self.empty.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        if self._views:
            layout.addLayout(self._view_chips())
        layout.addLayout(self._tools())
        layout.addWidget(self.filters)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.empty, 1)

    def _view_chips(self) -> FlowLayout:
        flow, self._chips = FlowLayout(spacing=8), QButtonGroup(self)
        for number, (text, name) in enumerate([(_("All"), ""), *((view.label, view.name) for view in self._views)]):
            chip = button(text, "", "chip", f"Alt+{number}")
            chip.setCheckable(True)
            chip.setProperty("view", name)
            self._chips.addButton(chip, number)
            flow.addWidget(chip)
            if number < 10:
                self.shortcut(f"Alt+{number}", chip.click)
        self._chips.button(0).setChecked(True)
        self._chips.idClicked.connect(lambda number: self.refresh())
        return flow

    def _tools(self) -> QHBoxLayout:
        self.search = _SearchField(self.table)
        self.search.setPlaceholderText(tr(_("Search: words, number, pinyin initials")))
        self.search.setAccessibleName(tr(_("Search the list")))
        self.search.addAction(icon("search", "text.muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textEdited.connect(lambda text: self._pause.start())
        self.filter_button = button(_("Filter"), "filter", "", "Ctrl+Shift+L")
        self.filter_button.setCheckable(True)
        self.filter_button.toggled.connect(self.filters.setVisible)
        if not self.filters.parts:
            self.filter_button.hide()
        self.narrowed = button(_("Narrowed list"), "x", "chip")
        self.narrowed.setToolTip(tr(_("Show the whole list again")))
        self.narrowed.setAccessibleName(tr(_("Show the whole list again")))
        self.narrowed.clicked.connect(self._clear)
        self.narrowed.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.search, 3)
        row.addWidget(self.filter_button)
        row.addWidget(self.narrowed)
        row.addWidget(self.count)
        row.addStretch(1)
        for widget in self._takeaways():
            row.addWidget(widget)
        return row

    def _takeaways(self) -> list[QWidget]:
        """What leads out of the program: columns, Excel, paper."""
        columns = tool_button(_("Columns"), "columns", "Ctrl+Shift+K")
        columns.clicked.connect(lambda: self.table.choose_columns(columns.mapToGlobal(columns.rect().bottomLeft())))
        side = theme.current().px(20)
        columns.setIconSize(QSize(side, side))
        if not self._shell.desk.may(self.register.name, "export"):
            return [columns]
        excel = button(_("Export Excel"), "file-spreadsheet", "", "Ctrl+E")
        excel.clicked.connect(self.export)
        paper = button(_("Print"), "printer", "", "Ctrl+P")
        paper.clicked.connect(self.print_list)
        self.shortcut("Ctrl+E", self.export)
        self.shortcut("Ctrl+P", self.print_list)
        return [columns, excel, paper]

    def _bind_keys(self) -> None:
        self.shortcut("Ctrl+F", self.take_search)
        self.shortcut("F5", self.refresh)
        self.shortcut("Ctrl+Shift+L", self._toggle_filters)
        self.shortcut("Ctrl+Shift+K", lambda: self.table.choose_columns(self.mapToGlobal(self.rect().center())))

    def take_focus(self) -> None:
        """Begin in the table, or in the search while there is nothing to choose from."""
        if self._stale:
            self._stale = False
            self.table.again()
        (self.search if self.table.isHidden() else self.table.view).setFocus()

    def take_search(self) -> None:
        """Go to the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _toggle_filters(self) -> None:
        self.filter_button.toggle()
        if self.filter_button.isChecked() and self.filters.parts:
            next(iter(self.filters.parts.values())).setFocus()

    def narrow(self, filters: tuple[Filter, ...], view: str | None = None) -> None:
        """Show only what a tile, a report or a view stands for."""
        self._reset_parts()
        self._narrowed = filters
        if view is not None:
            for chip in self._all_chips():
                chip.setChecked(chip.property("view") == view)
        self.refresh()

    def query(self) -> Any:
        """Return what is asked for now: view, search, filters, narrowing and order together."""
        view = next((view for view in self._views if view.name == self._view_name()), None)
        filters = self._narrowed + (view.filters if view else ()) + self.filters.filters()
        order = self.table.query.order or (view.order if view else "")
        columns = tuple(column.name for column in self.table.columns)
        return browse.Query(self.register.name, self.search.text().strip(), filters, order, columns)

    def _view_name(self) -> str:
        return next((chip.property("view") for chip in self._all_chips() if chip.isChecked()), "")

    def _all_chips(self) -> list[QPushButton]:
        return [chip for chip in self._chips.buttons() if isinstance(chip, QPushButton)] if self._views else []

    def refresh(self) -> None:
        """Ask the list anew."""
        count = self.filters.count()
        words = tr(_("Filter ({count})").fill(count=count)) if count else tr(_("Filter"))
        self.filter_button.setText(words)
        self.narrowed.setVisible(bool(self._narrowed))
        self.table.ask(self.query())

    def _refresh_later(self, register_name: str) -> None:
        """Read again what somebody saved: at once if it is seen, otherwise when it is."""
        if self.isVisible() and register_name == self.register.name:
            self.table.again()
        else:
            self._stale = True

    def _show_count(self) -> None:
        totals = self.table.model.totals
        self.count.setText(tr(n_("{count:,} record", "{count:,} records").fill(count=totals.count)))
        self.say(self.count.text())
        asked = self.table.query
        self.empty.tell(bool(asked.search or asked.filters), asked.search)
        self.table.setVisible(totals.count > 0)
        self.empty.setVisible(totals.count == 0)

    def _reset_parts(self) -> None:
        self._narrowed = ()
        self.search.clear()
        self.filters.blockSignals(True)
        self.filters.clear()
        self.filters.blockSignals(False)
        if self._views:
            self._chips.button(0).setChecked(True)

    def _clear(self) -> None:
        """Show the whole list."""
        self._reset_parts()
        self.table.query = replace(self.table.query, order="")
        self.refresh()

    def _open(self, record_id: int) -> None:
        self._shell.open_record(self.register.name, record_id, self.table.ids())

    def export(self) -> None:
        """Write exactly what is shown into an Excel file."""
        desk, query = self._shell.desk, self.query()
        name = f"{tr(self.register.title)} {desk.today.isoformat()}"
        self._shell.save_workbook(lambda: browse.sheet(desk, query), name)

    def print_list(self) -> None:
        """Show exactly what is shown as it comes out on paper."""
        desk, query = self._shell.desk, self.query()
        self._shell.show_sheet(lambda: browse.sheet(desk, query))


class _SearchField(QLineEdit):
    """Enter and arrow-down lead into the table; Esc clears, and leads there when it is clear already."""

    def __init__(self, table: RecordTable) -> None:
        super().__init__()
        self._table = table
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(180)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the field by keys."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._table.view.setFocus()
            if self._table.model.rows and not self._table.view.chosen_rows():
                self._table.view.selectRow(0)
        elif event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
                self.textEdited.emit("")
            else:
                self._table.view.setFocus()
        else:
            super().keyPressEvent(event)
