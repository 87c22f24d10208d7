"""Draws the chart of a sheet: the same drawing for the screen and for paper."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dentalsales.blueprint.sheet import Chart
from dentalsales.exchange.pdf_fonts import REGULAR, regular
from dentalsales.exchange.pdf_pen import Pen
from dentalsales.i18n import tr

SIZE = 8.0
LEFT, RIGHT, BELOW, ABOVE = 62.0, 12.0, 24.0, 34.0
BARE = 8.0
"""Room above a chart whose title stands outside it."""


@dataclass(frozen=True)
class Colours:
    """What a chart is drawn in: those of paper, unless the screen gives its own."""

    words: int = 0x1B2733
    rule: int = 0xD3DAE1
    axis: int = 0xA6AEB6
    ground: int | None = None
    series: tuple[int, ...] = (0x1A5FB4, 0xC2410C, 0x1B6E3C, 0x7B3FA0, 0x8A6100, 0x0B7285)


PAPER = Colours()


def drawing(chart: Chart, width: float, height: float, colours: Colours = PAPER) -> Any:
    """Return a reportlab Drawing of a width and height in points; amounts start at zero unless some are negative."""
    from reportlab.graphics.shapes import Drawing, String
    from reportlab.lib.colors import HexColor

    regular()
    made = Drawing(width, height, initialFontName=REGULAR, initialFontSize=SIZE)
    title = regular().drawable(tr(chart.title))
    words = {"fontName": REGULAR, "fontSize": SIZE + 2, "textAnchor": "middle", "fillColor": HexColor(colours.words)}
    made.add(String(width / 2, height - 12, title, **words))
    if chart.labels and chart.series:
        made.add(_plot(chart, width, height, colours))
        _add_legend(made, chart, height, colours)
    return made


def as_pdf(chart: Chart, width: float, height: float, colours: Colours = PAPER) -> bytes:
    """Return the chart as a PDF of one page of this size in points, for the screen to render."""
    pen = Pen((width, height), tr(chart.title), "")
    if colours.ground is not None:
        pen.fill(0, 0, width, height, colours.ground)
    draw_on(pen.canvas, chart, 0, 0, width, height, colours)
    pen.end_page()
    return pen.finished()


def draw_on(
    canvas: Any, chart: Chart, x: float, y: float, width: float, height: float, colours: Colours = PAPER
) -> None:
    """Draw the chart with its lower left corner at a point of a canvas."""
    from reportlab.graphics import renderPDF

    renderPDF.draw(drawing(chart, width, height, colours), canvas, x, y)


def _plot(chart: Chart, width: float, height: float, colours: Colours) -> Any:
    from reportlab.graphics.charts.barcharts import VerticalBarChart
    from reportlab.graphics.charts.linecharts import HorizontalLineChart
    from reportlab.lib.colors import HexColor

    plot = HorizontalLineChart() if chart.kind == "line" else VerticalBarChart()
    above = ABOVE if tr(chart.title) or len(chart.series) > 1 else BARE
    plot.x, plot.y, plot.width, plot.height = LEFT, BELOW, width - LEFT - RIGHT, height - BELOW - above
    plot.data = [[float(value) for value in values] for _name, values in chart.series]
    parts = plot.lines if chart.kind == "line" else plot.bars
    for number, _series in enumerate(chart.series):
        colour = HexColor(colours.series[number % len(colours.series)])
        parts[number].strokeColor = colour if chart.kind == "line" else None
        if chart.kind == "line":
            parts[number].strokeWidth = 1.5
        else:
            parts[number].fillColor = colour
    _set_axes(plot, chart, colours)
    return plot


def _set_axes(plot: Any, chart: Chart, colours: Colours) -> None:
    from reportlab.lib.colors import HexColor

    values = plot.valueAxis
    if all(value >= 0 for _name, series in chart.series for value in series):
        values.valueMin = 0
        if not any(value for _name, series in chart.series for value in series):
            values.valueMax = values.valueStep = 1
    values.labels.fontName = plot.categoryAxis.labels.fontName = REGULAR
    values.labels.fontSize = plot.categoryAxis.labels.fontSize = SIZE
    values.labels.fillColor = plot.categoryAxis.labels.fillColor = HexColor(colours.words)
    values.labelTextFormat = lambda value: f"{round(Decimal(str(value)), 6).normalize():,f}"
    values.visibleGrid, values.gridStrokeColor, values.gridStrokeWidth = 1, HexColor(colours.rule), 0.4
    values.strokeColor = plot.categoryAxis.strokeColor = HexColor(colours.axis)
    plot.categoryAxis.labels.boxAnchor = "n"
    plot.categoryAxis.categoryNames = _thinned(chart.labels, plot.width)


def _thinned(labels: tuple[str, ...], width: float) -> list[str]:
    """As many labels as there is room for: every second, every third and so on."""
    drawable = [regular().drawable(label) for label in labels]
    widest = max(regular().width(label, SIZE) for label in drawable) + 4
    each = max(1, -int(-widest * len(drawable) // width))
    return [label if number % each == 0 else "" for number, label in enumerate(drawable)]


def _add_legend(made: Any, chart: Chart, height: float, colours: Colours) -> None:
    from reportlab.graphics.shapes import Rect, String
    from reportlab.lib.colors import HexColor

    if len(chart.series) < 2:
        return
    at, level = LEFT, height - 28
    for number, (name, _values) in enumerate(chart.series):
        text = regular().drawable(tr(name))
        colour = HexColor(colours.series[number % len(colours.series)])
        made.add(Rect(at, level, 8, 8, fillColor=colour, strokeColor=None))
        made.add(String(at + 12, level + 0.5, text, fontName=REGULAR, fontSize=SIZE, fillColor=HexColor(colours.words)))
        at += 24 + regular().width(text, SIZE)
