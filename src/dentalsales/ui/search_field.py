"""The search field of a list."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from dentalsales.i18n import _, tr
from dentalsales.ui.icons import icon


class SearchField(QLineEdit):
    """Enter and arrow-down lead into the table; Esc clears, and leads there when it is clear already."""

    def __init__(self, to_table: Callable[[], None]) -> None:
        super().__init__()
        self._to_table = to_table
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(180)
        self.setPlaceholderText(tr(_("Search: words, number, pinyin initials")))
        self.setAccessibleName(tr(_("Search the list")))
        self.addAction(icon("search", "text.muted"), QLineEdit.ActionPosition.LeadingPosition)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the field by keys."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._to_table()
        elif event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
                self.textEdited.emit("")
            else:
                self._to_table()
        else:
            super().keyPressEvent(event)
