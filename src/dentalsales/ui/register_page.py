"""The list of a register: views, search, filters, table with totals, and the way to Excel and paper."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from dentalsales.blueprint.table import Filter
from dentalsales.i18n import tr
from dentalsales.ui import theme
from dentalsales.ui.batch_print import PaperMenu
from dentalsales.ui.bulk_acts import BulkActs
from dentalsales.ui.empty_list import EmptyList
from dentalsales.ui.filter_bar import FilterBar
from dentalsales.ui.list_question import ListQuestion
from dentalsales.ui.list_sums import ListSums
from dentalsales.ui.list_tools import ListTools
from dentalsales.ui.page import Page
from dentalsales.ui.peek_panel import PeekPanel
from dentalsales.ui.record_table import RecordTable
from dentalsales.ui.selection_bar import SelectionBar
from dentalsales.ui.shell import Shell
from dentalsales.ui.view_bar import ViewBar
from dentalsales.usecases import browse
from dentalsales.usecases.bulk import bulk_fields
from dentalsales.usecases.list_look import ViewContent

UNBOUNDED = 16_777_215
"""Qt's word for no limit of height."""
TYPING_PAUSE = 120
"""Milliseconds after the last key before the list is asked."""


class RegisterPage(Page):
    """Typing in the search field filters at once; Enter and the arrow keys go down into the table."""

    def __init__(self, shell: Shell, register_name: str) -> None:
        self.register = shell.desk.business.register(register_name)
        super().__init__(self.register.title, shell.workspace.room)
        self._shell = shell
        self._stale, self.came_from = False, ""
        self.body, self.above = QWidget(self), QStackedWidget(self)
        self.table = RecordTable(shell, self.register, self.body)
        self.views = ViewBar(shell, register_name, self.content, self.table.layout_of, self)
        by_name = {column.name: column for column in self.table.all_columns}
        columns = [by_name[name] for name in self.register.table.filters if name in by_name]
        self.filters = FilterBar(shell.desk, columns, self)
        self.filters.hide()
        may_export = shell.desk.may(register_name, "export")
        self.tools = ListTools(self._enter_table, bool(columns), may_export, self.above)
        self.asked = ListQuestion(register_name, self.table, self.views, self.tools, self.filters)
        self.search, self.count, self.narrowed = self.tools.search, self.tools.count, self.tools.narrowed
        self.filter_button = self.tools.filter
        self.sums = ListSums(shell, self.table)
        fields = bulk_fields(shell.desk, register_name)
        self.bar = SelectionBar(fields, self.export, may_export, self.above)
        self.bulk = BulkActs(shell, self.register, self.table, self.bar)
        self.peek = PeekPanel(shell, self.table, register_name, self.body)
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE)
        self._pause.timeout.connect(self.refresh)
        self._build()
        self._connect()
        self._bind_keys()
        shell.changed.connect(self._refresh_later)
        self._take_view()

    def _offer_papers(self) -> None:
        """The print button prints the list; where records are papers it offers these as well."""
        paper, desk = self.tools.paper, self._shell.desk
        if not desk.business.printouts_of(self.register.name):
            for made_for in (paper, self.bar.paper):
                made_for.clicked.connect(self.print_list)
            return
        print_list = self.print_list if desk.may(self.register.name, "export") else None
        for made_for in (paper, self.bar.paper):
            papers = PaperMenu(self._shell, self.register.name, made_for, print_list, self.table)
            made_for.setVisible(True)
        self.shortcut("Ctrl+Shift+P", papers.print_now)

    def _build(self) -> None:
        self.empty = EmptyList(self._shell, self.register, self._clear, self)
        self.empty.hide()
        self.above.addWidget(self.tools)
        self.above.addWidget(self.bar)
        middle = QHBoxLayout(self.body)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(8)
        middle.addWidget(self.table, 1)
        middle.addWidget(self.peek)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        for widget in (self.views, self.above, self.filters):
            layout.addWidget(widget)
        layout.addWidget(self.body, 1)
        layout.addWidget(self.empty, 1)

    def _connect(self) -> None:
        table, tools = self.table, self.tools
        table.opened.connect(self._open)
        table.loaded.connect(self._show_loaded)
        table.counted.connect(self._show_count)
        table.model.busy.connect(tools.show_busy)
        table.view.escaped.connect(self._escape)
        table.filter_row.changed.connect(self.refresh)
        self.sums.said.connect(lambda words: self.say(words or self.count.text()))
        self.views.chosen.connect(self._take_view)
        table.checked.changed.connect(self._show_bar)
        tools.peek.toggled.connect(self.peek.switch)
        self.filters.changed.connect(self.refresh)
        tools.search.textEdited.connect(lambda text: self._pause.start())
        tools.filter.toggled.connect(self.filters.setVisible)
        tools.row.toggled.connect(table.filter_row.switch)
        tools.narrowed.clicked.connect(self._clear)
        tools.back.clicked.connect(self.go_back)
        tools.columns.clicked.connect(table.layout_of.open_chooser)
        tools.excel.clicked.connect(self.export)
        self._offer_papers()

    def _bind_keys(self) -> None:
        self.shortcut("Ctrl+F", self.take_search)
        self.shortcut("F5", self.refresh)
        self.shortcut("earlier", self.go_back)
        self.shortcut("Ctrl+Shift+L", self._toggle_filter_row)
        self.shortcut("Ctrl+Shift+K", self.table.layout_of.open_chooser)
        self.shortcut("views", self.views.open_menu)
        self.shortcut("Ctrl+S", self.views.save)
        self.shortcut("Ctrl+I", self.tools.peek.toggle)
        self.shortcut("Ctrl+B", self.bar.open_menu)
        QShortcut(QKeySequence("Ctrl+Z"), self).activated.connect(self.bulk.undo)
        self.shortcut("Alt+0", partial(self.views.take, 0))
        for number in range(1, 10):
            self.shortcut("view", partial(self.views.take, number), digit=number)
        if self._shell.desk.may(self.register.name, "export"):
            self.shortcut("Ctrl+E", self.export)
            self.shortcut("Ctrl+P", self.print_list)

    def _show_bar(self) -> None:
        self.above.setCurrentWidget(self.tools if self.table.checked.is_empty() else self.bar)

    def showEvent(self, event: QShowEvent) -> None:
        """Read again what changed while another tab or screen was seen, whatever way led back here."""
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.table.again()

    def take_focus(self) -> None:
        """Begin in the table, or in the search while there is nothing to choose from."""
        (self.search if self.body.isHidden() else self.table.view).setFocus()

    def take_search(self) -> None:
        """Go to the search field; what is checked stays so until another search."""
        self.above.setCurrentWidget(self.tools)
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _enter_table(self) -> None:
        """Go down into the table, with what was typed last already asked."""
        if self._pause.isActive():
            self._pause.stop()
            self.refresh()
        self.table.view.setFocus()

    def _toggle_filter_row(self) -> None:
        """Show the row and go into it; leave it when the keys are in it already."""
        row = self.table.filter_row
        if row.isVisible() and row.isAncestorOf(self.focusWidget() or self):
            self.tools.row.setChecked(False)
            self.table.view.setFocus()
            return
        self.body.show()
        self.tools.row.setChecked(True)
        row.enter(max(0, self.table.view.currentIndex().column()))

    def _escape(self) -> None:
        """One level back: out of the filter row, then to where the list was opened from; else messages are closed."""
        if self.tools.row.isChecked():
            self.tools.row.setChecked(False)
        elif self.came_from:
            self.go_back()
        else:
            self._shell.messages.close_all()

    def _take_view(self) -> None:
        """Show the view that is marked: what it filters, and how it looks."""
        self.came_from = ""
        self.tools.show_way_back("")
        self.asked.take_view()
        self.refresh()

    def narrow(self, filters: tuple[Filter, ...], view: str | None = None, came_from: str = "") -> None:
        """Show only what a tile, a report or a view of the register stands for; nothing else narrows it further."""
        self.views.mark(f"built:{view}" if view else "")
        self.asked.take_view()
        self.asked.narrowed = filters
        self.came_from = came_from
        self.tools.show_way_back(self._shell.workspace.title_of(came_from))
        self.refresh()

    def go_back(self) -> None:
        """Return to the report or to Today, where this list was opened."""
        self._shell.go_back(self.came_from)

    def query(self) -> Any:
        """Return what is asked for now: view, search, filters, narrowing and order together."""
        return self.asked.query()

    def content(self) -> ViewContent:
        """Return what a saved view keeps of the list as it stands."""
        return self.asked.content()

    def refresh(self) -> None:
        """Ask the list anew."""
        self.asked.show_state()
        self.table.ask(self.query())

    def _refresh_later(self, register_name: str) -> None:
        """Read again what somebody saved: at once if it is seen, otherwise when it is."""
        if self.isVisible() and register_name == self.register.name:
            self.table.again()
        else:
            self._stale = True

    def _show_loaded(self) -> None:
        asked, some = self.table.query, self.table.model.rowCount() > 0
        self.empty.tell(bool(asked.search or asked.filters), asked.search)
        typing = self.table.filter_row.isVisible()
        self.body.setVisible(some or typing)
        self.body.setMaximumHeight(UNBOUNDED if some else self.table.header.height() + theme.current().px(40))
        self.empty.setVisible(not some)

    def _show_count(self) -> None:
        words = self.tools.show_count(self.table.model.totals)
        if self.table.checked.is_empty():
            self.say(words)

    def _clear(self) -> None:
        """Show the whole list."""
        self.views.mark("")
        self._take_view()

    def _open(self, record_id: int) -> None:
        self._shell.open_record(self.register.name, record_id, self.table.ids())

    def export(self) -> None:
        """Write exactly what is shown into an Excel file; of checked rows only those."""
        desk, query = self._shell.desk, self.table.checked_query()
        name = f"{tr(self.register.title)} {desk.today.isoformat()}"
        self._shell.save_workbook(lambda: browse.sheet(desk, query), name)

    def print_list(self) -> None:
        """Show exactly what is shown as it comes out on paper; of checked rows only those."""
        desk, query = self._shell.desk, self.table.checked_query()
        self._shell.show_sheet(lambda: browse.sheet(desk, query))
