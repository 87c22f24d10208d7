"""Draws a report's chart in the colours of the theme: bars side by side, or lines."""

from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from dentalsales.blueprint.sheet import Chart
from dentalsales.i18n import _, tr
from dentalsales.ui import theme

SERIES = 6
LEFT, TOP, BOTTOM = 72, 44, 28


class ChartView(QWidget):
    """The table above it says the same in figures; the drawing only helps the eye."""

    def __init__(self, chart: Chart) -> None:
        super().__init__()
        self._chart = chart
        self.setMinimumHeight(theme.current().px(240))
        self.setAccessibleName(tr(_("Chart: {title}").fill(title=chart.title)))
        values = [value for _name, series in chart.series for value in series]
        self._highest = max([*values, Decimal(0)])
        self._lowest = min([*values, Decimal(0)])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, title, scale and series."""
        look, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look.colour("line.subtle"))
        painter.setBrush(look.colour("bg.surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        place = QRectF(LEFT, TOP, self.width() - LEFT - 16, self.height() - TOP - BOTTOM)
        self._paint_words(painter)
        self._paint_scale(painter, place)
        for number, (_name, values) in enumerate(self._chart.series[:SERIES]):
            if self._chart.kind == "line":
                self._paint_line(painter, place, number, values)
            else:
                self._paint_bars(painter, place, number, values)
        painter.end()

    def _paint_words(self, painter: QPainter) -> None:
        look = theme.current()
        painter.setFont(look.font("text", bold=True))
        painter.setPen(look.colour("text.primary"))
        painter.drawText(QPointF(12, 26), tr(self._chart.title))
        painter.setFont(look.font("hint"))
        right = float(self.width() - 16)
        for number, (name, _values) in reversed(list(enumerate(self._chart.series[:SERIES]))):
            right -= painter.fontMetrics().horizontalAdvance(tr(name))
            painter.setPen(look.colour("text.secondary"))
            painter.drawText(QPointF(right, 26), tr(name))
            painter.fillRect(QRectF(right - 14, 17, 10, 10), look.colour(f"series.{number + 1}"))
            right -= 28

    def _height(self, place: QRectF, value: Decimal) -> float:
        span = float(self._highest - self._lowest) or 1.0
        return place.bottom() - place.height() * float(value - self._lowest) / span

    def _paint_scale(self, painter: QPainter, place: QRectF) -> None:
        look = theme.current()
        painter.setFont(look.font("hint"))
        for part in range(5):
            value = self._lowest + (self._highest - self._lowest) * part / 4
            y = self._height(place, value)
            painter.setPen(look.colour("line.subtle"))
            painter.drawLine(QPointF(place.left(), y), QPointF(place.right(), y))
            painter.setPen(look.colour("text.muted"))
            side = QRectF(0, y - 10, LEFT - 8, 20)
            painter.drawText(side, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{value:,.0f}")
        step = place.width() / max(1, len(self._chart.labels))
        every = max(1, round(56 / step)) if step else 1
        painter.setPen(look.colour("text.muted"))
        for number, words in enumerate(self._chart.labels):
            if number % every == 0:
                cell = QRectF(place.left() + number * step, place.bottom() + 4, step * every, 20)
                words = painter.fontMetrics().elidedText(tr(words), Qt.TextElideMode.ElideRight, int(cell.width()))
                painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_bars(self, painter: QPainter, place: QRectF, number: int, values: tuple[Decimal, ...]) -> None:
        step = place.width() / max(1, len(self._chart.labels))
        width = min(28.0, step * 0.7 / max(1, len(self._chart.series)))
        first = (step - width * len(self._chart.series)) / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().colour(f"series.{number + 1}"))
        for index, value in enumerate(values):
            left = place.left() + index * step + first + number * width
            top, bottom = self._height(place, max(value, Decimal(0))), self._height(place, min(value, Decimal(0)))
            painter.drawRect(QRectF(left, top, width - 1, bottom - top))

    def _paint_line(self, painter: QPainter, place: QRectF, number: int, values: tuple[Decimal, ...]) -> None:
        step = place.width() / max(1, len(self._chart.labels))
        points = [
            QPointF(place.left() + (index + 0.5) * step, self._height(place, value))
            for index, value in enumerate(values)
        ]
        painter.setPen(QPen(theme.current().colour(f"series.{number + 1}"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(points)
