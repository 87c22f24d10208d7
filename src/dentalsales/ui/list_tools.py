"""The row above a list: search, filters, how many records, and what leads out of the program."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QWidget

from dentalsales.i18n import _, n_, tr
from dentalsales.ui import theme
from dentalsales.ui.page import button, label, tell_keys, tool_button
from dentalsales.ui.search_field import SearchField


class ListTools(QWidget):
    """The page says what its buttons do."""

    def __init__(self, to_table: Callable[[], None], may_filter: bool, may_export: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.search = SearchField(to_table)
        self.filter = button(_("Filter"), "filter")
        self.filter.setCheckable(True)
        self.row = tool_button(_("Filter row"), "table", "Ctrl+Shift+L")
        self.row.setCheckable(True)
        self.back = button("", "chevron-left", "link")
        self.back.hide()
        self.narrowed = button(_("Narrowed list"), "x", "chip")
        self.narrowed.setToolTip(tr(_("Show the whole list again")))
        self.narrowed.setAccessibleName(tr(_("Show the whole list again")))
        self.narrowed.hide()
        self.count = label("", "secondary")
        self.peek = tool_button(_("Peek"), "layout-sidebar-right", "Ctrl+I")
        self.peek.setCheckable(True)
        self.columns = tool_button(_("Columns"), "columns", "Ctrl+Shift+K")
        self.excel = button(_("Export Excel"), "file-spreadsheet", "", "Ctrl+E")
        self.paper = button(_("Print"), "printer", "", "Ctrl+P")
        side = theme.current().px(20)
        for tool in (self.row, self.peek, self.columns):
            tool.setIconSize(QSize(side, side))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.back)
        row.addWidget(self.search, 3)
        for widget in (self.filter, self.row, self.narrowed, self.count):
            row.addWidget(widget)
        row.addStretch(1)
        for widget in (self.peek, self.columns, self.excel, self.paper):
            row.addWidget(widget)
        for widget, wanted in ((self.filter, may_filter), (self.excel, may_export), (self.paper, may_export)):
            widget.setVisible(wanted)

    def show_state(self, filters: int, narrowed: bool) -> None:
        """Say how many filters there are, and whether a tile or report narrowed the list."""
        self.filter.setText(tr(_("Filter ({count})").fill(count=filters)) if filters else tr(_("Filter")))
        self.narrowed.setVisible(narrowed)

    def show_way_back(self, screen: str) -> None:
        """Name the screen that the list was opened from; "" for none."""
        words = tr(_("Back to {screen}").fill(screen=screen))
        self.back.setText(words)
        self.back.setAccessibleName(words)
        tell_keys(self.back, words, "earlier")
        self.back.setVisible(bool(screen))

    def show_count(self, totals: Any) -> str:
        """Say how many records there are; return the words."""
        words = tr(n_("{count:,} record", "{count:,} records").fill(count=totals.count))
        self.count.setText(words)
        return words

    def show_busy(self, busy: bool) -> None:
        """Say that the list is still being read."""
        if busy:
            self.count.setText(tr(_("Reading …")))
