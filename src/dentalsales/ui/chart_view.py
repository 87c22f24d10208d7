"""Shows a chart on the screen: the drawing of the papers, in the colours of the theme, as sharp as the screen is."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from dentalsales.blueprint.sheet import Chart
from dentalsales.exchange import chart as drawn
from dentalsales.exchange import preview
from dentalsales.i18n import _, tr
from dentalsales.ui import theme
from dentalsales.ui.background import Runner
from dentalsales.ui.page_pictures import picture

HEIGHT = 240
POINTS = 0.75
"""A pixel of text at 100 % in points, so that the words of the chart are as large as those around it."""


class ChartView(QWidget):
    """The table beside it says the same in figures; the drawing, made in the background, only helps the eye."""

    def __init__(self, chart: Chart, runner: Runner, height: int = HEIGHT) -> None:
        super().__init__()
        self._chart, self._runner = chart, runner
        self._picture: QImage | None = None
        self._wanted: tuple[int, int, float] = (0, 0, 0.0)
        self.setMinimumHeight(theme.current().px(height))
        self.setAccessibleName(tr(_("Chart: {title}").fill(title=chart.title)))

    @property
    def is_drawn(self) -> bool:
        """True once the drawing of this size is there."""
        return self._picture is not None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew in this size; what was drawn stretches until then."""
        super().resizeEvent(event)
        self._draw()

    def _draw(self) -> None:
        wanted = (self.width(), self.height(), self.devicePixelRatioF())
        if wanted == self._wanted or min(wanted) <= 1 and wanted[0] < 80:
            return
        self._wanted = wanted
        chart, colours = self._chart, screen_colours()
        scale = POINTS / theme.current().px(100) * 100

        def render() -> preview.PageImage:
            width, height, ratio = wanted
            pdf = drawn.as_pdf(chart, width * scale, height * scale, colours)
            return preview.page(pdf, 0, preview.POINTS_PER_INCH * ratio / scale)

        self._runner.run(render, lambda made: self._show(wanted, made), owner=self)

    def _show(self, wanted: tuple[int, int, float], made: preview.PageImage) -> None:
        if wanted == self._wanted:
            self._picture = picture(made)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the drawing, once it is there."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), theme.current().colour("bg.surface"))
        if self._picture is not None:
            painter.drawImage(QRectF(self.rect()), self._picture)


def screen_colours() -> drawn.Colours:
    """Return the colours of the theme for a chart."""
    look = theme.current()

    def number(token: str) -> int:
        return int(look.colour(token).name()[1:], 16)

    return drawn.Colours(
        number("text.primary"),
        number("line.subtle"),
        number("line.input"),
        number("bg.surface"),
        tuple(number(f"series.{place}") for place in range(1, 7)),
    )
