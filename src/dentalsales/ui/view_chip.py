"""A chip of a list's views: its words; the digit that opens it with Alt is named when the pointer rests on it."""

from PySide6.QtWidgets import QPushButton

from dentalsales.i18n import tr
from dentalsales.ui.page import tell_keys

LAST_DIGIT = 9


class ViewChip(QPushButton):
    """Checked while its view is shown. A digit on its face would read as a number of records."""

    def __init__(self, words: str, number: int) -> None:
        super().__init__(tr(words))
        self.digit = str(number) if number <= LAST_DIGIT else ""
        self.setObjectName("viewChip")
        self.setProperty("look", "chip")
        self.setCheckable(True)
        self.setAutoDefault(True)
        self.setAccessibleName(tr(words))
        tell_keys(self, tr(words), f"Alt+{number}" if self.digit else "", alone=True)
