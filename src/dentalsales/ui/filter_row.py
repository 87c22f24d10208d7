"""The filter row of a list: under each heading a field in which typing filters."""

from typing import Any

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from dentalsales.blueprint.fields import IN_TIME
from dentalsales.blueprint.table import Filter
from dentalsales.exchange.cell_text import RIGHT_ALIGNED
from dentalsales.i18n import Text, _, tr
from dentalsales.ui import theme
from dentalsales.ui.typed_filters import filter_words, typed_filters
from dentalsales.usecases.desk import Desk

TYPING_PAUSE = 120
"""Milliseconds after the last key before the list is asked."""
UNTYPED = frozenset({"lines", "attachments"})
HINTS: dict[str, Text] = {
    "number": _(">100, 100-200"),
    "day": _("today, this month, 11-01..11-15"),
    "text": _("Part of it, or pinyin"),
    "choice": _("Part of a word; several with commas"),
    "yes_no": _("yes, no"),
}


class FilterRow(QWidget):
    """Lies over the room that the header keeps; its fields follow the columns' places."""

    changed = Signal()
    left = Signal()
    """The keys go back to the rows."""

    def __init__(self, desk: Desk, view: Any, header: Any) -> None:
        super().__init__(view)
        self._desk, self._view, self._header = desk, view, header
        self._cells: dict[str, _Cell] = {}
        self._columns: list[Any] = []
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE)
        self._pause.timeout.connect(self.changed)
        self.setAccessibleName(tr(_("Filter row")))
        header.sectionResized.connect(lambda *sizes: self._place())
        view.horizontalScrollBar().valueChanged.connect(lambda value: self._place())
        view.installEventFilter(self)
        self.hide()

    def show_columns(self, columns: list[Any]) -> None:
        """Have a field for each of these columns, as soon as the row is used; what was typed stays."""
        self._columns = columns
        if self._cells or not self.isHidden():
            self._make()

    def _make(self) -> None:
        columns = self._columns
        names = {column.name for column in columns}
        for name in [name for name in self._cells if name not in names]:
            self._cells.pop(name).deleteLater()
        for column in columns:
            if column.name not in self._cells and column.kind not in UNTYPED:
                cell = self._cells[column.name] = _Cell(column, self)
                cell.textEdited.connect(lambda text: self._pause.start())
                cell.cleared.connect(self.changed)
                cell.left.connect(self.left)
                cell.show()
        before: QWidget | None = None
        for column in columns:
            field = self._cells.get(column.name)
            if field is not None and before is not None:
                QWidget.setTabOrder(before, field)
            before = field or before
        self._place()

    def switch(self, on: bool) -> None:
        """Show the row, or take it and its filters away."""
        self._header.make_room(theme.current().px(34) if on else 0)
        if on and not self._cells:
            self._make()
        self.setVisible(on)
        if not on and any(cell.text() for cell in self._cells.values()):
            self.clear()
            self.changed.emit()
        self._place()

    def enter(self, column: int) -> None:
        """Go into the field of a column."""
        columns = [*self._columns[column:], *self._columns[:column]]
        field = next((self._cells[one.name] for one in columns if one.name in self._cells), None)
        if field is not None:
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            field.selectAll()

    def filters(self) -> tuple[Filter, ...]:
        """Return what the fields ask for; one that cannot be read is marked and asks for nothing."""
        return tuple(one for cell in self._cells.values() for one in cell.filters(self._desk))

    def put(self, name: str, filters: list[Filter]) -> bool:
        """Show filters of a column as if they were typed; False when a field cannot say them."""
        if not self._cells:
            self._make()
        cell = self._cells.get(name)
        words = filter_words(cell.column, filters) if cell is not None else None
        if cell is None or words is None:
            return False
        cell.setText(words)
        return True

    def clear(self) -> None:
        """Leave all fields empty."""
        for cell in self._cells.values():
            cell.clear()
            cell.filters(self._desk)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the list's size."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            QTimer.singleShot(0, self, self._place)
        return False

    def _place(self) -> None:
        if self.isHidden():
            return
        view, room = self._view, self._header.room
        ground = view.viewport().geometry()
        self.setGeometry(QRect(ground.x(), ground.y() - room, ground.width(), room))
        self.raise_()
        frozen, stays = 0, view.frozen.count if view.frozen.isVisible() else 0
        for place, column in reversed(list(enumerate(self._columns))):
            cell = self._cells.get(column.name)
            if cell is not None:
                left = view.columnViewportPosition(place) if place >= stays else self._fixed(place)
                cell.setGeometry(left + 2, 2, max(24, view.columnWidth(place) - 4), room - 5)
                if place < stays:
                    cell.raise_()
                    frozen += 1

    def _fixed(self, place: int) -> int:
        return sum(self._view.columnWidth(before) for before in range(place))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground of the headings."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.current().colour("bg.subtle"))
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), theme.current().colour("line.subtle"))
        painter.end()


class _Cell(QLineEdit):
    cleared = Signal()
    left = Signal()

    def __init__(self, column: Any, parent: QWidget) -> None:
        super().__init__(parent)
        self.column = column
        self.setObjectName("filterCell")
        kind = "number" if column.kind in RIGHT_ALIGNED else "day" if column.kind in IN_TIME else column.kind
        kind = "choice" if kind in ("state", "choices") else kind
        self._hint = tr(HINTS.get(kind, HINTS["text"]))
        self.setToolTip(self._hint)
        self.setAccessibleName(tr(_("Filter {column}").fill(column=column.label)))
        self.setAccessibleDescription(self._hint)
        if column.kind in RIGHT_ALIGNED:
            self.setAlignment(Qt.AlignmentFlag.AlignRight)

    def filters(self, desk: Desk) -> list[Filter]:
        """Return what is typed; mark it when it cannot be read."""
        try:
            found, wrong = typed_filters(self.column, self.text(), desk.today), False
        except ValueError:
            found, wrong = [], True
        if wrong != bool(self.property("wrong")):
            self.setProperty("wrong", wrong)
            self.style().unpolish(self)
            self.style().polish(self)
        unread = _("“{text}” is not understood here. Try: {hint}").fill(text=self.text(), hint=self._hint)
        self.setToolTip(tr(unread) if wrong else self._hint)
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and arrow-down go to the rows; Esc empties, and goes there when it is empty."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
                self.cleared.emit()
            else:
                self.left.emit()
        else:
            super().keyPressEvent(event)
