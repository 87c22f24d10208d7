"""The menu of a column: sort, group, filter, keep in sight, hide, and the way to all columns."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QMenu

from dentalsales.blueprint.fields import IN_TIME
from dentalsales.i18n import Text, _, c_, tr
from dentalsales.usecases import browse


def column_menu(table: Any, layout: Any, place: int) -> QMenu:
    """Return the menu of the column at a place; of the list alone when there is no column."""
    menu = QMenu(table)
    column = layout.columns[place] if 0 <= place < len(layout.columns) else None
    if column is not None:
        _sorting(menu, table, place, column)
        _grouping(menu, table, column)
        menu.addSeparator()
        frozen = table.view.frozen.count == place + 1
        _add(menu, _("Freeze up to here"), lambda: layout.freeze(0 if frozen else place + 1), checked=frozen)
        if len(layout.columns) > 1:
            names = [one.name for one in layout.columns if one is not column]
            _add(menu, _("Hide column"), lambda: layout.choose(names))
        menu.addSeparator()
    _add(menu, _("Columns …"), layout.open_chooser, "Ctrl+Shift+K")
    _add(menu, _("Usual columns and widths"), layout.reset)
    return menu


def _sorting(menu: QMenu, table: Any, place: int, column: Any) -> None:
    if column.sortable:
        order = table.query.order
        _add(menu, c_("sort", "Ascending"), lambda: table.sort_as(column.name))
        _add(menu, c_("sort", "Descending"), lambda: table.sort_as(f"-{column.name}"))
        if order and order.lstrip("-") != column.name:
            _add(menu, _("Sort equal rows by this too"), lambda: table.sort_by(place, True))
        menu.addSeparator()


def _grouping(menu: QMenu, table: Any, column: Any) -> None:
    if browse.may_group(column.kind) and table.query.group != column.name:
        by_month = column.kind in IN_TIME
        words = _("Group by month of “{column}”") if by_month else _("Group by “{column}”")
        _add(menu, words.fill(column=column.label), lambda: table.group_by(column.name))
    if table.query.group:
        _add(menu, _("No groups"), lambda: table.group_by(""))
        _add(menu, _("Fold all groups"), lambda: table.view.turn_all(True), "Ctrl+←")
        _add(menu, _("Open all groups"), lambda: table.view.turn_all(False), "Ctrl+→")


def _add(menu: QMenu, words: Text | str, act: Callable[[], object], keys: str = "", checked: bool = False) -> None:
    action = menu.addAction(f"{tr(words)}\t{keys}" if keys else tr(words))
    if checked:
        action.setCheckable(True)
        action.setChecked(True)
    action.triggered.connect(lambda *_ignored: act())
