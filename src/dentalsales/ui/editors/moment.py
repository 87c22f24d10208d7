"""A point in time: 9:30 is today, 20 9:30 the 20th; the arrows step it by a quarter of an hour."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from dentalsales.exchange.cell_text import in_office, shown
from dentalsales.i18n import _, tr
from dentalsales.ui import theme
from dentalsales.ui.editors.field_editor import LineEditor
from dentalsales.ui.typed_values import moment_typed

WIDTH = 140
STEP = timedelta(minutes=15)


class MomentEditor(LineEditor):
    """Reads and shows moments on the office's clock."""

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self.setToolTip(tr(_("t is now, 9:30 today at that time, 20 9:30 on the 20th.")))
        self.setMinimumWidth(theme.current().px(WIDTH))

    def read(self, typed: str) -> Any:
        """Return the moment that was typed, or the text when it is none."""
        return moment_typed(typed, in_office(self._now()))

    def write(self, value: Any) -> str:
        """Return the moment as it is edited and shown."""
        return "" if value is None else shown(value, "moment")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step by a quarter of an hour with the arrows."""
        alone = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if alone and not self.composing() and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._move(STEP if event.key() == Qt.Key.Key_Up else -STEP)
        else:
            super().keyPressEvent(event)

    def _move(self, by: timedelta) -> None:
        self.settle()
        moment = self._value if isinstance(self._value, datetime) else self._now()
        self.setText(self.write(moment + by))
        self.setModified(True)
        self.settle()
        self.selectAll()
