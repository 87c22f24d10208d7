"""What a list is asked: view, search, filter bar, filter row and what a tile narrowed it to, as one query."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dentalsales.blueprint.table import Filter
from dentalsales.ui.filter_bar import FilterBar
from dentalsales.ui.list_tools import ListTools
from dentalsales.ui.view_bar import ViewBar
from dentalsales.usecases import browse
from dentalsales.usecases.list_look import ViewContent


class ListQuestion:
    """Reads the parts of the page, and puts the filters of a saved view back into them."""

    def __init__(self, register_name: str, table: Any, views: ViewBar, tools: ListTools, bar: FilterBar) -> None:
        self._register, self._table = register_name, table
        self._views, self._tools, self._bar = views, tools, bar
        self.narrowed: tuple[Filter, ...] = ()

    def query(self) -> Any:
        """Return what is asked for now."""
        chip, asked = self._views.current, self._table.query
        filters = (*self.narrowed, *chip.filters, *self._bar.filters(), *self._table.filter_row.filters())
        columns = tuple(column.name for column in self._table.columns)
        words = self._tools.search.text().strip()
        return browse.Query(self._register, words, filters, asked.order or chip.order, columns, asked.group)

    def content(self) -> ViewContent:
        """Return what a saved view keeps of the list as it stands."""
        query = self.query()
        look = replace(self._table.layout_of.look(), columns=query.columns, order=query.order)
        return ViewContent(query.search, query.filters, look)

    def show_state(self) -> None:
        """Let the row above the list say how many filters there are."""
        row = len({one.name for one in self._table.filter_row.filters()})
        self._tools.show_state(self._bar.count() + row, bool(self.narrowed))

    def take_view(self) -> None:
        """Put the view that is marked into the parts, and give the list its look."""
        chip, layout = self._views.current, self._table.layout_of
        self.reset()
        if chip.saved is None:
            layout.put(layout.own, keeps=True)
            return
        content: ViewContent = chip.saved.content
        layout.put(content.look, keeps=False)
        self._table.filter_row.show_columns(self._table.columns)
        self._tools.search.setText(content.search)
        self.narrowed = self._put(content.filters)

    def _put(self, filters: Sequence[Filter]) -> tuple[Filter, ...]:
        """Show filters where they can be read and changed: in the row, or in the bar; return those that fit nowhere."""
        left: list[Filter] = []
        for name in dict.fromkeys(one.name for one in filters):
            of_it = [one for one in filters if one.name == name]
            if self._table.filter_row.put(name, of_it):
                self._tools.row.setChecked(True)
            elif not self._bar.put(name, of_it):
                left += of_it
        return tuple(left)

    def reset(self) -> None:
        """Ask for nothing in particular."""
        self.narrowed = ()
        self._tools.search.clear()
        for part in (self._bar, self._table.filter_row):
            part.blockSignals(True)
            part.clear()
            part.blockSignals(False)
        self._tools.row.setChecked(False)
