"""Paints the cells of a register's list: as every list, and the heads of groups across their columns."""

from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QTableView

from dentalsales.ui import theme
from dentalsales.ui.cell_delegate import PADDING, RIGHT, TONE, CellDelegate, Index


class RecordDelegate(CellDelegate):
    """The words of a group's head run on from cell to cell until the first sum."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._table = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a cell, or its part of a head."""
        if self._grouped() and index.model().data(index, TONE) == "group":
            painter.save()
            self._paint_head(painter, option.rect, index)
            painter.restore()
        else:
            super().paint(painter, option, index)

    def room(self, metrics: QFontMetrics, index: Index) -> int:
        """Return the room of a cell; the words of a head run across all columns and make none of them wide."""
        if index.column() == 0 and self._grouped() and index.model().data(index, TONE) == "group":
            return 0
        return super().room(metrics, index)

    def _grouped(self) -> bool:
        """Say whether the list has groups at all: most have none, and cells are many."""
        query = getattr(self._table.model(), "query", None)
        return query is not None and bool(query.group)

    def _paint_head(self, painter: QPainter, rect: QRect, index: Index) -> None:
        look, chosen = theme.current(), index.row() == self._table.currentIndex().row()
        painter.fillRect(rect, look.colour("bg.selected" if chosen else "bg.subtle"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look.colour("line.subtle"))
        painter.setFont(look.font("body", bold=True))
        own = str(index.data() or "")
        painter.setClipRect(rect)
        if index.column() and own:
            painter.setPen(look.colour("danger" if own.startswith("-") else "text.primary"))
            painter.drawText(rect.adjusted(PADDING, 0, -PADDING, 0), RIGHT, own)
            return
        if all(_sibling(index, column).data() == "" for column in range(1, index.column() + 1)):
            first = _sibling(index, 0)
            left = max(0, self._table.columnViewportPosition(0)) + PADDING
            place = QRect(left, rect.top(), self._table.viewport().width(), rect.height())
            painter.setPen(look.colour("text.primary"))
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, str(first.data()))


def _sibling(index: Index, column: int) -> QModelIndex:
    return index.model().index(index.row(), column)
