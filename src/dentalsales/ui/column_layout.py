"""Which columns a list shows, how wide, in which order and how sorted; kept per employee in the company's books."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt, QTimer

from dentalsales.blueprint.register import Register
from dentalsales.ui import theme
from dentalsales.ui.column_widths import rooms, wordiest
from dentalsales.ui.shell import Shell
from dentalsales.ui.table_view import MOST_SHOWN
from dentalsales.usecases import browse
from dentalsales.usecases.list_look import ListLook, look_as_plain, look_of_plain

KEPT_AFTER = 600
"""Milliseconds after the last change before the layout is written."""


class ColumnLayout(QObject):
    """Arranges the table; what is arranged by hand is kept, unless a saved view is open: that has its own key."""

    def __init__(self, table: Any, shell: Shell, register: Register) -> None:
        super().__init__(table)
        self._table, self._shell, self._register = table, shell, register
        self._known = {column.name: column for column in table.all_columns}
        self._fitting = False
        self._key = f"list.{register.name}"
        kept = shell.preferences.get(self._key) or {}
        self.own, self.first_view = look_of_plain(kept.get("look", {})), str(kept.get("first_view", ""))
        self.keeps = True
        self.columns: list[Any] = []
        self.widths: dict[str, int] = {}
        self._seen: dict[str, int] = {}
        self._pause = QTimer(self, singleShot=True, interval=KEPT_AFTER)
        self._pause.timeout.connect(self._keep)
        self._take(self.own)
        header = table.header
        header.setSectionsMovable(True)
        header.sectionMoved.connect(self._move_drawn)
        header.sectionResized.connect(self._resize)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._menu_under_pointer)
        table.arranged.connect(self._changed)
        table.query = replace(table.query, order=self.own.order, group=self._allowed_group(self.own.group))

    def look(self) -> ListLook:
        """Return how the list is arranged now."""
        names = tuple(column.name for column in self.columns)
        usual = tuple(column.name for column in browse.columns(self._shell.desk, self._register.name))
        query = self._table.query
        return ListLook(
            () if names == usual else names, dict(self.widths), query.order, query.group, self._table.view.frozen.count
        )

    def put(self, look: ListLook, keeps: bool) -> None:
        """Arrange the list; `keeps` is False for a saved view, whose look is not the employee's own layout."""
        self._write_now()
        self.keeps = keeps
        self._take(look)
        self._table.query = replace(self._table.query, order=look.order, group=self._allowed_group(look.group))

    def _take(self, look: ListLook) -> None:
        chosen = [self._known[name] for name in look.columns if name in self._known]
        self.columns = chosen or browse.columns(self._shell.desk, self._register.name)
        self.widths = {name: width for name, width in look.widths.items() if name in self._known}
        self._table.view.frozen.freeze(look.frozen)

    def _allowed_group(self, name: str) -> str:
        return name if name in self._known and browse.may_group(self._known[name].kind) else ""

    def reset(self) -> None:
        """Arrange the list as the register declares it."""
        self._take(ListLook())
        self._table.query = replace(self._table.query, order="", group="")
        self._changed()
        self._table.again()

    def choose(self, names: list[str]) -> None:
        """Show these columns in this order; none stays as it is."""
        chosen = [self._known[name] for name in names if name in self._known]
        if chosen and [column.name for column in chosen] != [column.name for column in self.columns]:
            self.columns = chosen
            self._changed()
            self._table.again()

    def freeze(self, count: int) -> None:
        """Let the first columns stay while the others are scrolled; 0 lets none."""
        self._table.view.frozen.freeze(count)
        self._changed()

    def show(self, columns: list[Any]) -> None:
        """Fit the columns of rows that have just arrived."""
        self._seen.clear()
        self.fit()
        self.show_sort()

    def fit(self) -> None:
        """Give every column its width."""
        table = self._table
        if not table.model.columns:
            return
        columns = table.model.columns
        self._fitting = True
        sums = table.total.needed()
        least = [max(room, sums[place] if place < len(sums) else 0) for place, room in enumerate(rooms(columns))]
        if table.query.group:
            least = [max(room, self._needed(place)) for place, room in enumerate(least)]
        table.view.fit_columns(self.widths, [column.name for column in columns], wordiest(columns), least)
        self._fitting = False

    def _needed(self, place: int) -> int:
        """Return the room of the rows that were open since the list was read: folding groups cuts nothing off."""
        name = self._table.model.columns[place].name
        room = min(self._table.view.needed(place), theme.current().px(MOST_SHOWN))
        self._seen[name] = max(self._seen.get(name, 0), room)
        return self._seen[name]

    def show_sort(self) -> None:
        """Show by what the list is sorted."""
        order = (self._table.query.order or self._register.table.order).split(",")[0]
        names = [column.name for column in self.columns]
        place = names.index(order.lstrip("-")) if order.lstrip("-") in names else -1
        down = Qt.SortOrder.DescendingOrder if order.startswith("-") else Qt.SortOrder.AscendingOrder
        self._table.header.setSortIndicator(place, down)

    def _resize(self, column: int, old: int, new: int) -> None:
        if not self._fitting and self._table.view.isVisible() and column < len(self.columns):
            self.widths[self.columns[column].name] = new
            self._changed()

    def _move_drawn(self, section: int, old: int, new: int) -> None:
        """A heading was drawn to another place: the columns themselves change places."""
        header = self._table.header
        header.blockSignals(True)
        header.moveSection(new, old)
        header.blockSignals(False)
        names = [column.name for column in self.columns]
        names.insert(new, names.pop(old))
        self._table.later(lambda: self.choose(names))

    def _menu_under_pointer(self, place: QPoint) -> None:
        header = self._table.header
        self._open(header.logicalIndexAt(place), header.mapToGlobal(place))

    def open_menu(self, column: int) -> None:
        """Open the menu of the row and the column under the cursor; of the column alone where there is no row."""
        from dentalsales.ui.cell_menu import add_row_acts, below_cell
        from dentalsales.ui.column_menu import column_menu

        table = self._table
        menu = column_menu(table, self, column)
        if table.model.record(table.view.currentIndex().row()) is not None:
            add_row_acts(menu, table.view, table.view.opened.emit, table.view.toggle)
            menu.popup(below_cell(table.view))
        else:
            corner = QPoint(max(0, table.header.sectionViewportPosition(column)), table.header.words_height())
            menu.popup(table.header.mapToGlobal(corner))

    def _open(self, column: int, place: QPoint) -> None:
        from dentalsales.ui.column_menu import column_menu

        column_menu(self._table, self, column).popup(place)

    def open_chooser(self) -> None:
        """Let the employee choose columns and their order by keys."""
        from dentalsales.ui.column_dialog import ColumnDialog

        dialog = ColumnDialog(self._table.all_columns, [column.name for column in self.columns], self._table)
        if dialog.exec():
            if dialog.wants_usual:
                self.reset()
            else:
                self.choose(dialog.names())

    def keep_first_view(self, key: str) -> None:
        """Remember the view that the list opens with."""
        self.first_view = key
        self._write()

    def _changed(self) -> None:
        if self.keeps:
            self._pause.start()

    def _write_now(self) -> None:
        if self._pause.isActive():
            self._pause.stop()
            self._keep()

    def _keep(self) -> None:
        look = self.look()
        if look != self.own:
            self.own = look
            self._write()

    def _write(self) -> None:
        plain = {"look": look_as_plain(self.own), "first_view": self.first_view}
        self._shell.preferences.keep(self._key, plain)
