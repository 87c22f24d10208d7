"""The small pieces of paper that are not tables: lines of text, signature lines, the foot of a page."""

from collections.abc import Sequence
from datetime import datetime

from dentalsales.blueprint.sheet import ControlledForm
from dentalsales.exchange.cell_text import shown
from dentalsales.exchange.pdf_fonts import Face, bold, regular
from dentalsales.exchange.pdf_layout import Drawn
from dentalsales.exchange.pdf_pen import BASELINE, GREY, INK, Pen
from dentalsales.exchange.pdf_text import lines_of, size_that_fits
from dentalsales.i18n import _, tr

LEADING = 1.45
FOOT_SIZE = 7.5


def gap(height: float, keep: bool = False) -> Drawn:
    """Return empty space."""
    return Drawn(height, keep=keep)


def centred(text: str, left: float, room: float, size: float, face: Face | None = None) -> Drawn:
    """Return one line in the middle, set smaller if it is too long."""
    face = face or bold()
    text = face.drawable(text)
    fitted = size_that_fits(text, face, size, room)

    def paint(pen: Pen, top: float) -> None:
        pen.centred(left + room / 2, top - size * LEADING / 2 - BASELINE * fitted, text, face, fitted)

    return Drawn(size * LEADING, paint, keep=True)


def paragraph(
    text: str, left: float, room: float, size: float, colour: int = INK, face: Face | None = None
) -> list[Drawn]:
    """Return a text as one piece per line, so that it may go on over the page."""
    chosen = face or regular()
    lines = lines_of(chosen.drawable(text), chosen, size, room)
    return [_line(line, left, size, colour, chosen) for line in lines]


def facts(texts: Sequence[str], left: float, room: float, size: float) -> list[Drawn]:
    """Return short texts side by side, as many as a line takes; only one that is longer than a line is broken."""
    face, lines = regular(), [""]
    for text in map(face.drawable, texts):
        longer = f"{lines[-1]}    {text}" if lines[-1] else text
        if face.width(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(text)
    return paragraph("\n".join(filter(None, lines)), left, room, size)


def _line(text: str, left: float, size: float, colour: int, face: Face) -> Drawn:
    height = size * LEADING

    def paint(pen: Pen, top: float) -> None:
        pen.text(left, top - height / 2 - BASELINE * size, text, face, size, colour)

    return Drawn(height, paint)


def sign_here(pen: Pen, label: str, left: float, width: float, baseline: float, size: float, dated: bool) -> None:
    """Draw a label and the line to sign on, and beside it the date if wanted."""
    date_label = tr(_("{label}:").fill(label=tr(_("Date")))) if dated else ""
    date_width = pen.regular.width(date_label, size) + size * 6 if dated else 0.0
    _labelled_line(pen, tr(_("{label}:").fill(label=tr(label))), left, width - date_width - size * 0.6, baseline, size)
    if dated:
        _labelled_line(pen, date_label, left + width - date_width, date_width - size, baseline, size)


def _labelled_line(pen: Pen, label: str, left: float, width: float, baseline: float, size: float) -> None:
    text = pen.regular.drawable(label)
    fitted = size_that_fits(text, pen.regular, size, width * 0.7)
    pen.text(left, baseline, text, pen.regular, fitted)
    pen.line(left + pen.regular.width(text, fitted) + 2, baseline - 2, left + width, baseline - 2)


def draw_foot(
    pen: Pen, left: float, right: float, level: float, number: int, pages: int, form: ControlledForm | None, made: str
) -> None:
    """Draw the form's number and version, page x of y, and who printed when."""
    face = pen.regular
    if form is not None:
        text = _("{number} version {version}").fill(number=form.number, version=form.version)
        pen.text(left, level, face.drawable(tr(text)), face, FOOT_SIZE, GREY)
    page = tr(_("Page {page} of {pages}").fill(page=number, pages=pages))
    pen.centred((left + right) / 2, level, face.drawable(page), face, FOOT_SIZE, GREY)
    pen.right(right, level, face.drawable(made), face, FOOT_SIZE, GREY)


def made_line(at: datetime | None, by: str) -> str:
    """Return who printed it and when; empty when nobody says."""
    if at is None:
        return by
    moment = shown(at, "moment")
    return tr(_("Printed {at} by {who}").fill(at=moment, who=by)) if by else tr(_("Printed {at}").fill(at=moment))


def in_columns(count: int, room: float, least: float) -> int:
    """Return how many columns of at least a width fit, no more than needed and as even as possible."""
    most = max(1, min(count, int(room // least)))
    rows = -(-count // most)
    return -(-count // rows)


def heights(pieces: Sequence[Drawn]) -> float:
    """Return the height of pieces under one another."""
    return sum(piece.height for piece in pieces)
