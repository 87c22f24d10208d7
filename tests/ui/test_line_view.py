"""The small line on Today: every figure stands where the scale says, and nothing is heard that is not seen."""

from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtGui import QColor

from dentalsales.i18n import Text
from dentalsales.ui import theme
from dentalsales.ui.line_view import LineView, scale


@pytest.mark.parametrize(
    ("values", "marks"),
    [
        ("360 0 1250", "0 500 1000 1500"),
        ("0.5 2", "0 1 2"),
        ("0 0", "0 1"),
        ("-300 900", "-500 0 500 1000"),
        ("-4 -1", "-4 -2 0"),
        ("98765432.10", "0 50000000 100000000"),
    ],
)
def test_the_scale_is_of_round_figures_with_zero_and_holds_every_value(values: str, marks: str) -> None:
    assert scale([Decimal(value) for value in values.split()]) == [Decimal(mark) for mark in marks.split()]


def shown(qtbot: Any, *values: str) -> LineView:
    view = LineView(Text("Days"), [str(place + 1) for place in range(len(values))], [Decimal(one) for one in values])
    view.resize(600, 110)
    qtbot.addWidget(view)
    view.show()
    return view


def test_the_line_is_painted_where_its_figures_stand(qtbot: Any) -> None:
    view = shown(qtbot, "0", "1500", "750")
    heights = [view.point(place).y() for place in range(3)]
    assert heights[1] < heights[2] < heights[0]
    assert heights[2] == pytest.approx((heights[0] + heights[1]) / 2)
    painted, line = view.grab().toImage(), QColor(theme.current().colour("series.1"))
    for place in range(3):
        at = view.point(place).toPoint()
        near = [painted.pixelColor(at.x() + x, at.y() + y) for x in (-1, 0, 1) for y in (-2, -1, 0, 1, 2)]
        assert line in near
    assert view.accessibleName() == "Chart: Days"


@pytest.mark.parametrize("values", [(), ("120",), ("0", "0"), tuple("-5" for _day in range(31))])
def test_a_month_that_has_just_begun_is_painted_too(values: tuple[str, ...], qtbot: Any) -> None:
    painted = shown(qtbot, *values).grab().toImage()
    seen = {painted.pixelColor(x, y).name() for x in range(painted.width()) for y in range(painted.height())}
    assert (theme.current().colour("series.1").name() in seen) == bool(values)
