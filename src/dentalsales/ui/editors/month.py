"""A month: 11 is this year's November, 2026-11 any other; the arrows step it."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from dentalsales.blueprint.calendar_words import month_in_words
from dentalsales.blueprint.fields import Field
from dentalsales.i18n import _, tr
from dentalsales.ui.editors.date import DateEditor
from dentalsales.ui.typed_values import month_typed


class MonthEditor(DateEditor):
    """Its value is the first day of the month."""

    def __init__(self, field: Field, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(field, today, parent)
        self.setToolTip(tr(_("t is this month, 3 is March, 2026-11 any month; up and down step by months.")))

    def read(self, typed: str) -> Any:
        """Return the first day of the month that was typed, or the text when it is none."""
        return month_typed(typed, self._today())

    def write(self, value: Any) -> str:
        """Return the month in words, as lists show it."""
        return tr(month_in_words(value)) if isinstance(value, date) else super().write(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step by months with the arrows and by years with PgUp and PgDn."""
        alone = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier and not self.composing()
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: -12, Qt.Key.Key_PageDown: 12}
        if alone and event.key() in steps:
            self._move(QDate.addMonths, steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)
