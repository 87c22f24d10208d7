"""The keys of the program on one sheet (F1)."""

from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QVBoxLayout, QWidget

from dentalsales.i18n import Text, _, tr
from dentalsales.ui.page import button, label

KEYS: tuple[tuple[str, Text], ...] = (
    ("Ctrl+K", _("Search everything")),
    ("Ctrl+1 … 9", _("1 today, 2 customers, 4 orders, 5 dispatch, 6 receipts, 9 reports")),
    ("Ctrl+N", _("New record of this screen")),
    ("Ctrl+F", _("Search the list")),
    ("Ctrl+Shift+L", _("Filter row")),
    ("Alt+1 … 9", _("Views of the list")),
    ("F5", _("Read again")),
    ("F6", _("Next part of the window")),
    ("Ctrl+P", _("Preview and print")),
    ("Ctrl+E", _("Export to Excel")),
    ("Alt+← Alt+→", _("Previous and next period")),
    ("Ctrl+Tab", _("Next tab")),
    ("Ctrl+W", _("Close tab")),
    ("Alt+PgUp Alt+PgDn", _("Previous and next record of the list")),
    ("Enter, Shift+Enter", _("Next and previous field that needs something")),
    ("Ctrl+Enter", _("Save and take the next step")),
    ("Ctrl+S", _("Save")),
    ("Ctrl+Shift+S", _("Save and begin another")),
    ("F7 Alt+↓", _("Open the choice of a field")),
    ("F2, Esc", _("Edit a cell, one level back")),
    ("Ins, Ctrl+Del", _("Insert or delete a line")),
    ("Ctrl+D, Ctrl+'", _("Fill down, copy from above")),
    (".. Enter", _("In a text: as in the line above")),
    ("Ctrl+Z, Ctrl+Y", _("Undo and redo in the lines")),
    ("Ctrl+C, Ctrl+V", _("Copy to and paste from Excel")),
    ("Ctrl+Shift+C", _("Copy with headings")),
    ("Ctrl+Shift+N", _("New record for the field")),
    ("F9", _("History of the record")),
    ("Ctrl+= Ctrl+- Ctrl+0", _("Larger, smaller, normal text")),
)


class KeySheet(QDialog):
    """Two columns of keys and what they do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr(_("Keys of the program")))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        half = (len(KEYS) + 1) // 2
        for place, (keys, text) in enumerate(KEYS):
            row, column = place % half, 2 * (place // half)
            cap = QLabel(keys)
            cap.setObjectName("keyCap")
            grid.addWidget(cap, row, column)
            grid.addWidget(label(text), row, column + 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(16)
        layout.addWidget(label(_("Keys of the program"), "section"))
        layout.addLayout(grid)
        close = button(_("Close"))
        close.clicked.connect(self.accept)
        layout.addWidget(close)
