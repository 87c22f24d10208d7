"""Writes the page with which a printer is aligned: rulers along two edges, and a cross to measure from."""

from pathlib import Path

from dentalsales.exchange.pdf_fonts import bold, regular
from dentalsales.exchange.pdf_pen import INK, MILLIMETRE, Pen
from dentalsales.exchange.pdf_text import lines_of
from dentalsales.i18n import _, tr
from dentalsales.safe_file import write_safely

CROSS = 50
"""Millimetres from the left and the upper edge at which the cross stands."""
ARM = 10 * MILLIMETRE
SIZE = 10.0


def write_ruler_page(width: float, height: float, path: Path) -> None:
    """Write the page for a paper of this size in millimetres; RuleBroken when the file cannot be written."""
    pen = Pen((width * MILLIMETRE, height * MILLIMETRE), tr(_("Align the printer")), "")
    top = height * MILLIMETRE
    for at in range(5, int(width), 5):
        x, long = at * MILLIMETRE, _length(at)
        pen.line(x, top - 4 * MILLIMETRE, x, top - 4 * MILLIMETRE - long)
        if at % 10 == 0:
            pen.centred(x, top - 4 * MILLIMETRE - long - 8, str(at), regular(), 6)
    for at in range(5, int(height), 5):
        y, long = top - at * MILLIMETRE, _length(at)
        pen.line(4 * MILLIMETRE, y, 4 * MILLIMETRE + long, y)
        if at % 10 == 0:
            pen.text(5 * MILLIMETRE + long, y - 2, str(at), regular(), 6)
    x, y = CROSS * MILLIMETRE, top - CROSS * MILLIMETRE
    pen.line(x - ARM, y, x + ARM, y, INK, 0.8)
    pen.line(x, y - ARM, x, y + ARM, INK, 0.8)
    _explain(pen, x + ARM + 4 * MILLIMETRE, y + ARM, width * MILLIMETRE - x - ARM - 14 * MILLIMETRE)
    pen.end_page()
    with write_safely(path) as draft:
        draft.write_bytes(pen.finished())


def _length(at: int) -> float:
    return (4 if at % 10 == 0 else 2) * MILLIMETRE


def _explain(pen: Pen, left: float, top: float, room: float) -> None:
    head = tr(_("Measure with a ruler from the edge of the paper to the middle of the cross"))
    pen.text(left, top - SIZE, head if bold().width(head, SIZE) <= room else "", bold(), SIZE)
    told = tr(_("From the left edge and from the upper edge it should be {cross} mm each. Type what you measure "
                "into the window; the next page will be right.").fill(cross=CROSS))  # fmt: skip
    level = top - SIZE * 2.6
    lines = lines_of(head, regular(), SIZE, room) if bold().width(head, SIZE) > room else []
    for line in [*lines, *lines_of(told, regular(), SIZE, room)]:
        pen.text(left, level, line, regular(), SIZE)
        level -= SIZE * 1.5
