"""Paints the cells of lists and reports: values by kind, state chips, tones, the chosen row and the focused cell."""

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from dentalsales.ui import theme

FAMILY = Qt.ItemDataRole.UserRole + 1
"""State family of a cell that is shown as a chip; empty otherwise."""
TONE = Qt.ItemDataRole.UserRole + 2
"""A token such as "danger" that colours the text; "total" makes a row the sum of those above."""
VALUE = Qt.ItemDataRole.UserRole + 3
"""The raw value, for copying and for the sum of a selection."""
BLANK = Qt.ItemDataRole.UserRole + 4
"""Digits that a price has fewer behind its point than the longest of its column: blank, so that the points line up."""
PADDING = 8
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
Index = QModelIndex | QPersistentModelIndex
WIDEST_VALUES = {"day": "2026-08-28", "moment": "2026-08-28 08:28"}
"""What is never cut off, nor are states: a part of a date or a state would say something else."""
_TONES = {"danger": "danger", "warning": "warning", "good": "success", "success": "success", "muted": "text.secondary"}


class CellDelegate(QStyledItemDelegate):
    """One for every table that is read; entry grids have their own."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view
        self.hovered = -1
        self._fonts: dict[tuple[theme.Theme, bool], QFont] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room that a cell needs."""
        return QSize(self.room(option.fontMetrics, index), 0)

    def room(self, metrics: QFontMetrics, index: Index) -> int:
        """Return the width that a cell's words and padding need."""
        data = index.model().data  # the model's own: by way of the index Qt would carry every value there and back
        if data(index, TONE) == "total":
            metrics = QFontMetrics(self._font(theme.current(), bold=True))
        extra = 28 if data(index, FAMILY) else 0
        extra += metrics.horizontalAdvance("0" * (data(index, BLANK) or 0))
        return metrics.horizontalAdvance(str(data(index) or "")) + 1 + 2 * PADDING + extra  # 1: it may round down

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw ground, words or chip, and the ring."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        data = index.model().data
        tone, selected = data(index, TONE) or "", bool(option.state & QStyle.StateFlag.State_Selected)
        self._paint_ground(painter, option.rect, index.row(), tone, selected)
        family, words = data(index, FAMILY), str(data(index) or "")
        if family and words:
            paint_chip(painter, option.rect, words, family)
        elif words:
            self._paint_words(painter, option.rect, index, tone, words)
        if index == self._view.currentIndex() and self.has_focus():
            painter.setPen(QPen(theme.current().colour("ring"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(option.rect).adjusted(1, 1, -1, -1))
        painter.restore()

    def has_focus(self) -> bool:
        """Say whether the keys go to this table, so that its cell bears the ring."""
        return self._view.hasFocus()

    def _paint_ground(self, painter: QPainter, rect: QRect, row: int, tone: str, selected: bool) -> None:
        look = theme.current()
        if selected:
            token = "bg.selected" if self._view.isActiveWindow() else "bg.selected_inactive"
        elif tone == "total":
            token = "bg.subtle"
        elif row == self.hovered:
            token = "bg.hover"
        else:
            token = "bg.zebra" if row % 2 else "bg.surface"
        painter.fillRect(rect, look.colour(token))
        if tone == "total":
            painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), 1), look.colour("line.input"))

    def _font(self, look: theme.Theme, bold: bool) -> QFont:
        """Return a font of the table, made once: a font is dear, and every cell needs one."""
        kept = self._fonts.get((look, bold))
        if kept is None:
            kept = self._fonts[look, bold] = look.font("body", bold=bold)
        return kept

    def _paint_words(self, painter: QPainter, rect: QRect, index: Index, tone: str, words: str) -> None:
        look, side = theme.current(), index.model().data(index, Qt.ItemDataRole.TextAlignmentRole) or LEFT
        painter.setFont(self._font(look, tone == "total"))
        token = _TONES.get(tone, "text.primary")
        if side == RIGHT and words.startswith("-"):
            token = "danger"
        painter.setPen(look.colour(token))
        place = rect.adjusted(PADDING, 0, -PADDING, 0)
        if side == RIGHT and (blank := index.model().data(index, BLANK)):
            place.setRight(place.right() - painter.fontMetrics().horizontalAdvance("0" * blank))
        words = words.replace("\n", " ")
        words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, side, words)


def least_room(kind: str, labels: Iterable[str]) -> int:
    """Return the room that a day, a moment or a state (one of `labels`) needs, whatever rows have been read."""
    if kind == "state":
        return max(map(chip_width, labels), default=0) + 2 * PADDING
    widest = WIDEST_VALUES.get(kind, "")
    return QFontMetrics(theme.current().font("body")).horizontalAdvance(widest) + 2 * PADDING + 4 if widest else 0


def chip_width(words: str) -> int:
    """Return how wide a chip is."""
    return QFontMetrics(theme.current().font("hint", bold=True)).horizontalAdvance(words) + 32


def paint_chip(painter: QPainter, rect: QRect, words: str, family: str) -> None:
    """Draw a state chip at the left of a cell: word, colour, and a shape, so that colour is never alone."""
    look = theme.current()
    ground, ink = look.chip(family)
    height = min(look.px(20), rect.height() - 4)
    width = min(chip_width(words), rect.width() - 2 * PADDING)
    box = QRectF(rect.left() + PADDING, rect.center().y() - height / 2 + 1, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(box, height / 2, height / 2)
    paint_shape(painter, QPointF(box.left() + 12, box.center().y()), family, ink)
    font = look.font("hint", bold=True)
    font.setStrikeOut(family == "void")
    painter.setFont(font)
    painter.setPen(ink)
    place = box.adjusted(21, 0, -6, 0)
    text = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(place.width()))
    painter.drawText(place, LEFT, text)


def paint_shape(painter: QPainter, middle: QPointF, family: str, ink: QColor) -> None:
    """Draw the 8 px shape of a state family around a point."""
    radius = 3.5
    circle = QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)
    painter.setPen(QPen(ink, 1.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if family == "confirmed":
        painter.setBrush(ink)
    if family in ("draft", "pending", "part", "confirmed", "void"):
        painter.drawEllipse(circle)
    painter.setBrush(ink)
    if family in ("pending", "part"):
        painter.drawPie(circle, 90 * 16, -(90 if family == "pending" else 180) * 16)
    elif family == "sent":
        painter.drawPolygon([middle + QPointF(-2.5, -3.5), middle + QPointF(3.5, 0), middle + QPointF(-2.5, 3.5)])
    elif family == "void":
        painter.drawLine(middle + QPointF(-2.4, 2.4), middle + QPointF(2.4, -2.4))
    else:
        _paint_strokes(painter, middle, family, ink)


def _paint_strokes(painter: QPainter, middle: QPointF, family: str, ink: QColor) -> None:
    strokes = {
        "done": ((-3.5, 0), (-1, 2.8), (3.5, -2.8)),
        "overdue": ((0, -3.8), (0, 0.8)),
        "return": ((3.5, 3), (3.5, -1), (-3, -1), (-0.5, -3.5), (-3, -1), (-0.5, 1.5)),
    }.get(family)
    if strokes is None:
        return
    path = QPainterPath(middle + QPointF(*strokes[0]))
    for stroke in strokes[1:]:
        path.lineTo(middle + QPointF(*stroke))
    painter.setPen(QPen(ink, 1.6))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
    if family == "overdue":
        painter.drawPoint(middle + QPointF(0, 3.4))


def frame(painter: QPainter, cell: QRect, colour: QColor, inset: int) -> None:
    """Draw a frame of two pixels into a cell."""
    painter.setPen(QPen(colour, 2))
    painter.drawRect(cell.adjusted(inset, inset, -inset, -inset))


def ring_without_cell(view: QTableView) -> None:
    """Show that a table has the keys even while it has no cell to bear the ring; called while it is painted."""
    if view.hasFocus() and not view.currentIndex().isValid():
        painter = QPainter(view.viewport())
        frame(painter, view.viewport().rect(), theme.current().colour("ring"), 1)
        painter.end()
