"""The keys of the program on one sheet (F1), by where they work; what the employee changed is there as he has it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from dentalsales.i18n import _, tr
from dentalsales.ui import key_map, theme
from dentalsales.ui.actions import ACTIONS, GROUPS
from dentalsales.ui.page import button, label

ARRANGEMENTS = (
    (("window",), ("list", "report"), ("form", "fields"), ("lines",)),
    (("window",), ("list", "form"), ("lines", "report", "fields")),
    (("window", "fields", "report"), ("list", "form", "lines")),
    (("window", "fields", "list", "report", "form", "lines"),),
)
"""Groups of each column of the sheet, for wide and for narrow windows."""


class KeySheet(QDialog):
    """Columns of keys and what they do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr(_("Keys of the program")))
        room, look = (parent or self).size(), theme.current()
        for columns in ARRANGEMENTS:
            sheet = self._sheet(columns)
            wanted = sheet.sizeHint()
            if wanted.width() + look.px(80) <= room.width():
                break
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(sheet)
        area.setAccessibleName(tr(_("Keys of the program")))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(label(_("Keys of the program"), "section"))
        layout.addWidget(area, 1)
        close = button(_("Close"))
        close.clicked.connect(self.accept)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        height = min(wanted.height() + look.px(150), room.height() - look.px(32))
        self.resize(min(wanted.width() + look.px(80), room.width()), height)

    def _sheet(self, arrangement: tuple[tuple[str, ...], ...]) -> QWidget:
        sheet = QWidget()
        sheet.setObjectName("dialogBody")
        columns = QHBoxLayout(sheet)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(32)
        for groups in arrangement:
            columns.addLayout(self._column(groups))
        return sheet

    def _column(self, groups: tuple[str, ...]) -> QVBoxLayout:
        column, grid = QVBoxLayout(), QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for group in groups:
            heading = label(GROUPS[group], "secondary")
            heading.setContentsMargins(0, 0 if group == groups[0] else 8, 0, 0)
            grid.addWidget(heading, grid.rowCount(), 0, 1, 2)
            shown = [action for action in ACTIONS if action.group == group and key_map.current().chords(action.name)]
            for action in shown:
                cap, row = QLabel(key_map.current().shown(action.name, all_of_them=True)), grid.rowCount()
                cap.setObjectName("keyCap")
                grid.addWidget(cap, row, 0)
                grid.addWidget(label(action.text), row, 1)
        column.addLayout(grid)
        column.addStretch(1)
        return column
