"""The menus of a cell in the lines of a paper and of a row in a list: what its keys do, for those who look for it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QTableView

from dentalsales.i18n import Text, _, c_, tr
from dentalsales.ui import key_map
from dentalsales.ui.actions import BY_NAME


def offer_lines_menu(grid: Any, model: Any, editor: Any) -> None:
    """Open the menu of a grid's cell at Shift+F10 and at the right button; `editor` has acts of its own."""
    widget_and_cells = Qt.ShortcutContext.WidgetWithChildrenShortcut
    key_map.current().bind(grid, "cell_menu", lambda: _popup(grid, model, editor), context=widget_and_cells)
    grid.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    grid.customContextMenuRequested.connect(lambda place: _popup(grid, model, editor))


def below_cell(view: QTableView) -> QPoint:
    """Return the corner of the screen under the cell of the cursor."""
    return view.viewport().mapToGlobal(view.visualRect(view.currentIndex()).bottomLeft())


def lines_menu(grid: Any, model: Any, editor: Any) -> QMenu:
    """Return what can be done with the lines; where they may only be read, only copying."""
    menu, blocks = QMenu(grid), grid.blocks
    acts: list[tuple[Text, str, Callable[[], object]]] = [
        (_("Copy"), "Ctrl+C", blocks.copy),
        (BY_NAME["copy_headings"].text, "Ctrl+Shift+C", lambda: blocks.copy(True)),
    ]
    if model.grows:
        acts += [
            (_("Paste"), "Ctrl+V", blocks.paste),
            (BY_NAME["fill_down"].text, "Ctrl+D", blocks.fill_down),
            (BY_NAME["copy_above"].text, "Ctrl+'", blocks.copy_above),
            (_("Insert line"), "Ins", grid.insert_line),
        ]
    if model.shrinks:
        acts.append((_("Delete line"), "Ctrl+Del", grid.delete_lines))
    for words, keys, act in acts:
        _add(menu, words, keys, act)
    own = [action for action in editor.actions() if action.data() in BY_NAME]
    if own:
        menu.addSeparator()
    for action in own:
        _add(menu, BY_NAME[action.data()].text, key_map.current().shown(action.data()), action.trigger)
    return menu


def add_row_acts(menu: QMenu, view: Any, opened: Callable[[int], object], check: Callable[[int], object]) -> None:
    """Put what can be done with the row under the cursor at the top of a list's menu."""
    row, before = view.currentIndex().row(), next(iter(menu.actions()), None)
    made = [
        _made(menu, c_("menu", "Open"), "Enter", lambda: opened(row)),
        _made(menu, _("Check the row"), "Space", lambda: check(row)),
        _made(menu, _("Copy"), "Ctrl+C", view.copy),
    ]
    if before is not None:
        menu.insertActions(before, made)
        menu.insertSeparator(before)


def row_menu(view: Any) -> QMenu:
    """Return what can be done with the row under the cursor of a table that is read."""
    menu, row = QMenu(view), view.currentIndex().row()
    if row >= 0:
        _add(menu, c_("menu", "Open"), "Enter", lambda: view.opened.emit(row))
        for words, keys, act in view.row_acts(row):
            _add(menu, words, keys, act)
        menu.addSeparator()
        _add(menu, _("Copy"), "Ctrl+C", view.copy)
        _add(menu, BY_NAME["copy_headings"].text, "Ctrl+Shift+C", lambda: view.copy(True))
    return menu


def offer_open_menu(view: Any) -> None:
    """Open the menu of a list whose entries are opened, at the menu key, Shift+F10 and the right button."""

    def popup() -> None:
        item = view.currentItem()
        if item is not None and item.flags():
            menu = QMenu(view)
            _add(menu, c_("menu", "Open"), "Enter", lambda: view.itemActivated.emit(item))
            menu.popup(view.viewport().mapToGlobal(view.visualItemRect(item).bottomLeft()))

    view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    view.customContextMenuRequested.connect(lambda place: popup())
    key_map.current().bind(view, "cell_menu", popup, context=Qt.ShortcutContext.WidgetShortcut)


def _popup(grid: Any, model: Any, editor: Any) -> None:
    lines_menu(grid, model, editor).popup(below_cell(grid))


def _made(menu: QMenu, words: Text, keys: str, act: Callable[[], object]) -> QAction:
    made = QAction(f"{tr(words)}\t{keys}" if keys else tr(words), menu)
    made.triggered.connect(lambda *_ignored: act())
    return made


def _add(menu: QMenu, words: Text, keys: str, act: Callable[[], object]) -> None:
    menu.addAction(_made(menu, words, keys, act))
