"""Draws figures as one small line: the shape of a month at a glance, where no paper shows the same."""

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from dentalsales.i18n import Text, _, tr
from dentalsales.ui import theme

STEPS = 3
"""So many steps there are at most between the lowest and the highest figure of the scale."""
AIR, RIGHT = 8, 12


class LineView(QWidget):
    """The table beside it says the same in figures; the line is painted at once, with the fonts of the window."""

    def __init__(self, title: Text, labels: Sequence[str], values: Sequence[Decimal]) -> None:
        super().__init__()
        self._labels, self._values = labels, values
        self._marks = scale(values)
        self.setAccessibleName(tr(_("Chart: {title}").fill(title=title)))

    def point(self, place: int) -> QPointF:
        """Return where the line stands at one of its figures."""
        room, low, high = self._room(), self._marks[0], self._marks[-1]
        across = (place + 0.5) / len(self._values)
        up = float((self._values[place] - low) / (high - low))
        return QPointF(room.left() + across * room.width(), room.bottom() - up * room.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the scale, as many labels as there is room for, and the line."""
        look, painter = theme.current(), QPainter(self)
        painter.fillRect(self.rect(), look.colour("bg.surface"))
        if not self._values:
            return
        painter.setFont(self._words())
        self._paint_scale(painter)
        self._paint_labels(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("series.1"), 2))
        points = [self.point(place) for place in range(len(self._values))]
        if len(points) == 1:
            painter.drawEllipse(points[0], 2, 2)
        painter.drawPolyline(QPolygonF(points))

    def _paint_scale(self, painter: QPainter) -> None:
        look, room, low = theme.current(), self._room(), self._marks[0]
        for mark in self._marks:
            y = room.bottom() - float((mark - low) / (self._marks[-1] - low)) * room.height()
            painter.setPen(look.colour("line.input" if mark == 0 else "line.subtle"))
            painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
            painter.setPen(look.colour("text.secondary"))
            words = QRectF(0, y - room.top(), room.left() - AIR, 2 * room.top())
            painter.drawText(words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{mark:,f}")

    def _paint_labels(self, painter: QPainter) -> None:
        room, each = self._room(), self._each()
        painter.setPen(theme.current().colour("text.secondary"))
        for place in range(0, len(self._labels), each):
            width = room.width() / len(self._labels) * each
            words = QRectF(self.point(place).x() - width / 2, room.bottom(), width, self.height() - room.bottom())
            painter.drawText(words, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, self._labels[place])

    def _each(self) -> int:
        """Return which labels there is room for: every one, every second, every third and so on."""
        widest = max(QFontMetrics(self._words()).horizontalAdvance(label) for label in self._labels) + AIR
        return max(1, -int(-widest * len(self._labels) // self._room().width()))

    def _room(self) -> QRectF:
        """Return where the line itself is drawn; half a line of words stands over it, the labels under it."""
        metrics = QFontMetrics(self._words())
        left = max(metrics.horizontalAdvance(f"{mark:,f}") for mark in self._marks) + 2 * AIR
        above, below = metrics.height() / 2 + 1, metrics.height() + 3
        return QRectF(left, above, max(self.width() - left - RIGHT, 1), max(self.height() - above - below, 1))

    @staticmethod
    def _words() -> QFont:
        return theme.current().font("hint")


def scale(values: Sequence[Decimal]) -> list[Decimal]:
    """Return round figures from the lowest to the highest value, zero among them: at least two, in even steps."""
    low, high = min((*values, Decimal(0))), max((*values, Decimal(0)))
    rough = (high - low) / STEPS or Decimal(1)
    unit = Decimal(10) ** rough.adjusted()
    step = next(unit * part for part in (1, 2, 5, 10) if unit * part >= rough)
    first = (low / step).to_integral_value(ROUND_FLOOR)
    last = max((high / step).to_integral_value(ROUND_CEILING), first + 1)
    marks = (step * count for count in range(int(first), int(last) + 1))
    return [mark.normalize() for mark in marks]
