"""Sets the head of a paper's first page: sign, company, code, and the title between copy name and number."""

from io import BytesIO
from typing import Any

from dentalsales.blueprint.printout import Paper
from dentalsales.exchange.cell_text import labelled, shown
from dentalsales.exchange.pdf_code import draw_code
from dentalsales.exchange.pdf_fonts import bold, regular
from dentalsales.exchange.pdf_layout import Drawn
from dentalsales.exchange.pdf_look import PaperLook
from dentalsales.exchange.pdf_parts import gap
from dentalsales.exchange.pdf_pen import BASELINE, MILLIMETRE, Pen
from dentalsales.exchange.pdf_text import size_that_fits
from dentalsales.i18n import _, tr

SIGN_HEIGHT, WIDEST_SIGN = 12 * MILLIMETRE, 32 * MILLIMETRE
BESIDE_COMPANY = 3 * MILLIMETRE
LEADING, LOW_LEADING = 1.45, 1.3


def head_pieces(paper: Paper, look: PaperLook) -> list[Drawn]:
    """Return the letterhead and the title; they stay together."""
    pieces = [_letterhead(paper, look), _title(paper, look), gap(2)]
    for piece in pieces:
        piece.keep = True
    return pieces


def bare_title(paper: Paper) -> str:
    """Return the name of the paper without the marks with which the policies quote it."""
    return tr(paper.title).strip("《》")


def number_words(paper: Paper) -> str:
    """Return the number as it stands at the right, empty when there is none."""
    return tr(_("No. {number}").fill(number=paper.number)) if paper.number else ""


def reprint_words(paper: Paper) -> str:
    """Return which reprint this is and of when; empty for the first print."""
    if not paper.reprint:
        return ""
    at = shown(paper.printed_at, "moment") if paper.printed_at else ""
    return tr(_("Reprint {count}  {at}").fill(count=paper.reprint, at=at)).strip()


def _letterhead(paper: Paper, look: PaperLook) -> Drawn:
    """Company and address in the middle; the sign stands at their left and the code at their right."""
    letterhead = paper.letterhead
    facts = [(_("Address"), letterhead.address), (_("Phone"), letterhead.phone)]
    address = "    ".join(labelled(label, value) for label, value in facts if value)
    lines = [(letterhead.name, bold(), look.company), (address, regular(), look.size - 1)]
    lines = [(face.drawable(text), face, size) for text, face, size in lines if text]
    code = paper.number if paper.code else ""
    picture = _picture(paper.logo)
    leading = LOW_LEADING if look.low else LEADING
    height = sum(size * leading for _text, _face, size in lines) or (SIGN_HEIGHT if picture or code else 0.0)
    sign_width = min(height * picture[1], WIDEST_SIGN) if picture else 0.0
    side = max(sign_width, height if code else 0.0)
    room = look.room - 2 * (side + BESIDE_COMPANY if side else 0.0)

    def paint(pen: Pen, top: float) -> None:
        if picture:
            pen.picture(picture[0], look.left, top - height, sign_width, height)
        if code:
            draw_code(pen, code, look.left + look.room - height, top, height)
        level = top - (height - sum(size * leading for _text, _face, size in lines)) / 2
        for text, face, size in lines:
            fitted = size_that_fits(text, face, size, room)
            pen.centred(look.left + look.room / 2, level - size * leading / 2 - BASELINE * fitted, text, face, fitted)
            level -= size * leading

    return Drawn(height, paint)


def _picture(content: bytes | None) -> tuple[Any, float] | None:
    """Return the picture and how wide it is for its height, None when there is none."""
    if content is None:
        return None
    from reportlab.lib.utils import ImageReader

    picture = ImageReader(BytesIO(content))
    width, height = picture.getSize()
    return picture, width / height


def _title(paper: Paper, look: PaperLook) -> Drawn:
    """At its left what kind of print this is, at its right the number; what finds no room there stands below."""
    face = bold()
    title, number = face.drawable(bare_title(paper)), face.drawable(number_words(paper))
    fitted = size_that_fits(title, face, look.title, look.room)
    free = (look.room - face.width(title, fitted)) / 2
    beside = face.width(number, look.size) + 6 <= free
    kinds = [face.drawable(text) for text in (tr(paper.copy) if paper.copy else "", reprint_words(paper)) if text]
    stamp = look.title * 1.2 if paper.mark is not None else 0.0
    left_height = stamp + len(kinds) * look.size * 1.3
    line = LOW_LEADING if look.low else 1.5
    height = max(look.title * line + (0 if beside else look.size * 1.4), left_height)

    def paint(pen: Pen, top: float) -> None:
        baseline = top - look.title * line / 2 - BASELINE * fitted
        pen.centred(look.left + look.room / 2, baseline, title, face, fitted)
        level = baseline if beside else top - look.title * line - look.size * 0.7 - BASELINE * look.size
        pen.right(look.left + look.room, level, number, face, look.size)
        if paper.mark is not None:
            _boxed_mark(pen, face.drawable(tr(paper.mark)), look, top)
        for place, text in enumerate(kinds):
            size = size_that_fits(text, face, look.size, free - 6)
            middle = top - stamp - (place + 0.5) * look.size * 1.3
            pen.text(look.left, middle - BASELINE * size, text, face, size)

    return Drawn(height, paint)


def _boxed_mark(pen: Pen, word: str, look: PaperLook, top: float) -> None:
    size = look.title * 0.8
    width, height = pen.bold.width(word, size) + 12, size * 1.4
    pen.canvas.setLineWidth(1)
    pen.canvas.setStrokeColorRGB(0, 0, 0)
    pen.canvas.rect(look.left, top - height, width, height)
    pen.text(look.left + 6, top - height / 2 - BASELINE * size, word, pen.bold, size)
