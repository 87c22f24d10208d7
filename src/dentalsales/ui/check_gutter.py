"""The gutter at the left of a list: a tick box for every row, a fold mark for every group, and one box for all."""

from typing import Any

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QTableView

from dentalsales.ui import theme
from dentalsales.ui.icons import pixmap

WIDTH = 32
BOX = 16


class CheckGutter(QHeaderView):
    """Paints what the list's model and its checked rows say; a press asks to check or to fold."""

    pressed_at = Signal(int, object)
    """A row, and the keys that were held."""

    def __init__(self, view: QTableView, model: Any, checked: Any) -> None:
        super().__init__(Qt.Orientation.Vertical, view)
        self._model, self._checked = model, checked
        self.setSectionsClickable(False)
        self.setFixedWidth(theme.current().px(WIDTH))

    def sizeHint(self) -> QSize:
        """Return the width of a tick box and its room."""
        return QSize(theme.current().px(WIDTH), 0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell which row was pressed."""
        row = self.logicalIndexAt(event.position().toPoint())
        if row >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.pressed_at.emit(row, event.modifiers())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Rows are not resized by hand."""

    def paintSection(self, painter: QPainter, rect: QRect, row: int) -> None:
        """Draw the ground and the mark of a row."""
        look = theme.current()
        painter.save()
        group = self._model.group(row)
        token = "bg.subtle" if group is not None else "bg.zebra" if row % 2 else "bg.surface"
        painter.fillRect(rect, look.colour(token))
        if group is not None:
            self._paint_fold(painter, rect, self._model.is_folded(row))
        else:
            record = self._model.record(row)
            paint_box(painter, rect, record is not None and self._checked.holds(record.id))
        painter.restore()

    def _paint_fold(self, painter: QPainter, rect: QRect, folded: bool) -> None:
        side = theme.current().px(BOX)
        name = "chevron-right" if folded else "chevron-down"
        picture = pixmap(name, side, "text.secondary", self.devicePixelRatioF())
        painter.drawPixmap(rect.center().x() - side // 2 + 1, rect.center().y() - side // 2 + 1, picture)


def paint_box(painter: QPainter, rect: QRect, checked: bool) -> None:
    """Draw a tick box in the middle of a cell."""
    look = theme.current()
    side = look.px(BOX)
    box = QRect(rect.center().x() - side // 2 + 1, rect.center().y() - side // 2 + 1, side, side)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.colour("accent" if checked else "line.input"), 1))
    painter.setBrush(look.colour("accent" if checked else "bg.surface"))
    painter.drawRoundedRect(box, 3, 3)
    if checked:
        painter.drawPixmap(box.topLeft(), pixmap("check", side, "on.accent", painter.device().devicePixelRatioF()))
