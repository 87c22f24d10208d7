"""Ctrl+Shift+H in a line: a small list of what was agreed before, under the cell, for the eyes only."""

from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from dentalsales.i18n import tr
from dentalsales.ui import theme
from dentalsales.ui.lines_model import LinesModel
from dentalsales.ui.page import label
from dentalsales.ui.plain_table import PlainColumn, PlainModel, PlainRow
from dentalsales.ui.table_view import TableView
from dentalsales.usecases.line_history import line_history

WIDTH, MOST_ROWS = 520, 10


class LineHistoryList(QFrame):
    """Esc, Enter or a click elsewhere closes it; Ctrl+C copies its rows."""

    def __init__(self, model: LinesModel, row: int, grid: Any) -> None:
        super().__init__(grid, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("popup")
        told = model.form.register.line_history
        rows = line_history(model.form, row, model.name)
        self.table = TableView(told.title, self)
        shown = PlainModel([PlainColumn(words, kind) for words, kind in told.columns], self.table)
        shown.show_rows([PlainRow(tuple(tr(c) if isinstance(c, str) else c for c in one.cells)) for one in rows])
        self.table.setModel(shown)
        self.table.opened.connect(lambda _row: self.close())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(label(told.title, "section"))
        layout.addWidget(label(model.shown(row, max(0, grid.first_needed())), "secondary"))
        layout.addWidget(self.table if rows else label(told.empty, "secondary"))
        self.table.setVisible(bool(rows))
        look = theme.current()
        self.table.setMinimumHeight(look.px(34) + min(len(rows), MOST_ROWS) * look.row_height)
        self.resize(look.px(WIDTH), self.sizeHint().height())
        names = [str(at) for at in range(len(told.columns))]
        self.table.resized.connect(lambda: self.table.fit_columns({}, names, 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A popup closes at Esc; Enter does the same."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close()
        else:
            super().keyPressEvent(event)


def show_history(model: LinesModel, grid: Any) -> LineHistoryList | None:
    """Open the list under the line of the cursor; nothing in the empty row."""
    if not grid.settle() or (row := grid.current_line()) is None:
        return None
    made = LineHistoryList(model, row, grid)
    place = grid.visualRect(model.index(row, max(0, grid.first_needed())))
    corner = grid.viewport().mapToGlobal(QPoint(place.left(), place.bottom() + 1))
    room = grid.screen().availableGeometry()
    if corner.y() + made.height() > room.bottom():
        corner = grid.viewport().mapToGlobal(QPoint(place.left(), place.top() - made.height()))
    made.move(min(corner.x(), room.right() - made.width()), max(room.top(), corner.y()))
    made.show()
    (made.table if made.table.isVisible() else made).setFocus()
    if made.table.model().rowCount():
        made.table.setCurrentIndex(made.table.model().index(0, 0))
    return made
