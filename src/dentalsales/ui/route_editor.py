"""Edits a route: the roles that sign one after the other."""

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from dentalsales.blueprint.roles import ROLE_LABELS
from dentalsales.i18n import _, tr
from dentalsales.ui import theme

WIDTH, INDENT_ROOM = 420, 24
INDENT = "\N{EN SPACE}"
"""Qt forgets the padding of a button that has a menu and whose text stands left."""


class RouteEditor(QPushButton):
    """Shows the roles in their order; its menu takes a role out, or puts one of those it is `among` at the end."""

    entered = Signal()

    def __init__(self, value: str, among: Collection[str] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._roles: list[str] = []
        self.setProperty("look", "field")
        self.setAutoDefault(True)
        self.setMinimumWidth(theme.current().px(WIDTH))
        menu = QMenu(self)
        self._actions: dict[str, QAction] = {}
        for name, words in ROLE_LABELS.items():
            action = QAction(tr(words), menu, checkable=True)
            action.triggered.connect(lambda on, name=name: self._switch(name, on))
            if among is None or name in among:
                menu.addAction(action)
            self._actions[name] = action
        self.setMenu(menu)
        self.set_value(value)

    def value(self) -> str:
        """Return the role names in their order, with commas."""
        return ",".join(self._roles)

    def set_value(self, value: str) -> None:
        """Show a route."""
        self._roles = [name for name in value.split(",") if name in ROLE_LABELS]
        words = " → ".join(tr(ROLE_LABELS[name]) for name in self._roles)
        words = words or tr(_("Nobody yet"))
        room = theme.current().px(WIDTH) - 2 * INDENT_ROOM
        self.setText(INDENT + self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room))
        self.setToolTip(words)
        self.setAccessibleDescription(words)
        for name, action in self._actions.items():
            action.setChecked(name in self._roles)

    def _switch(self, name: str, on: bool) -> None:
        others = [role for role in self._roles if role != name]
        self.set_value(",".join([*others, name] if on else others))
        self.entered.emit()
