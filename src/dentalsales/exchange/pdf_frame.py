"""Draws what stands around the contents on every page of a paper: running head, mark, names of the copies, foot."""

from dentalsales.blueprint.printout import Paper
from dentalsales.exchange.pdf_head import bare_title, number_words, reprint_words
from dentalsales.exchange.pdf_look import PaperLook
from dentalsales.exchange.pdf_parts import draw_foot, made_line
from dentalsales.exchange.pdf_pen import BASELINE, GREY, MILLIMETRE, Pen
from dentalsales.exchange.pdf_text import size_that_fits
from dentalsales.i18n import _, language, tr

CHINESE_COUNT = "一二三四五六七八九十"
PALE = 0xE3E6EA
SEAM_HEIGHT = 42 * MILLIMETRE


def draw_frame(pen: Pen, paper: Paper, look: PaperLook, number: int, pages: int) -> None:
    """Draw what a page has besides its contents."""
    right = look.width - look.right
    if paper.mark is not None and not look.low:
        _draw_across(pen, pen.bold.drawable(tr(paper.mark)), look)
    if number > 1:
        _running_head(pen, paper, look, right)
    _draw_copies(pen, paper, look)
    if paper.seam and pages > 1:
        _draw_seam(pen, look)
    made = made_line(paper.printed_at, paper.printed_by)
    draw_foot(pen, look.left, right, look.foot_level, number, pages, paper.form, made)


def running_head_height(look: PaperLook) -> float:
    """Return the height that the head of a further page takes."""
    return look.size * 2.2


def _running_head(pen: Pen, paper: Paper, look: PaperLook, right: float) -> None:
    """What paper goes on here, whether it is a reprint, and its number."""
    level, face = look.height - look.above - look.size, pen.regular
    title = tr(_("{title} (continued)").fill(title=bare_title(paper)))
    kinds = (tr(paper.copy) if paper.copy else "", reprint_words(paper))
    words = "  ".join(text for text in (paper.letterhead.name, title, *kinds) if text)
    number = face.drawable(number_words(paper))
    room = right - look.left - face.width(number, look.size) - 8
    text = face.drawable(words)
    pen.text(look.left, level, text, face, size_that_fits(text, face, look.size, room))
    pen.right(right, level, number, face, look.size)


def _draw_across(pen: Pen, word: str, look: PaperLook) -> None:
    """A pale word over the page, under its contents, that a copy shows as well."""
    size = min(90.0, look.width * 0.6 / max(pen.bold.width(word, 1), 1))
    pen.canvas.saveState()
    pen.canvas.translate(look.width / 2, look.height / 2)
    pen.canvas.rotate(35)
    pen.canvas.setFillColorRGB(*((PALE >> shift & 0xFF) / 255 for shift in (16, 8, 0)))
    pen.canvas.setFont(pen.bold.name, size)
    pen.canvas.drawCentredString(0, -size * BASELINE, word)
    pen.canvas.restoreState()


def _draw_seam(pen: Pen, look: PaperLook) -> None:
    """A thin dashed line, and beside it what the margin is left for."""
    x, middle = look.width - look.right + 4 * MILLIMETRE, look.height / 2
    pen.dashed(x, middle - SEAM_HEIGHT / 2, look.width - x - 2 * MILLIMETRE, SEAM_HEIGHT)
    text = pen.regular.drawable(tr(_("Seal across the pages")))
    size = size_that_fits(text, pen.regular, 7.5, look.width - x - 4 * MILLIMETRE)
    pen.centred((x + look.width - 2 * MILLIMETRE) / 2, middle - BASELINE * size, text, pen.regular, size, GREY)


def _draw_copies(pen: Pen, paper: Paper, look: PaperLook) -> None:
    """The names of the parts run down the right edge, upright if they are Chinese."""
    if not paper.copies:
        return
    chinese = language().startswith("zh")
    counts = CHINESE_COUNT if chinese else range(1, 11)
    names = [
        tr(_("Copy {number} {name}").fill(number=count, name=tr(name)))
        for count, name in zip(counts, paper.copies, strict=False)
    ]
    size = min(look.size - 1, 8.0)
    x = look.width - look.right + 3.2 * MILLIMETRE
    text = pen.regular.drawable("   ".join(names))
    if not any(character.isascii() and character.isalpha() for character in text):
        _upright(pen, text, x, look, size)
    else:
        _turned(pen, text, x, look, size)


def _upright(pen: Pen, text: str, x: float, look: PaperLook, size: float) -> None:
    steps = [size * (0.6 if character == " " else 1.12) for character in text]
    fit = min(1.0, (look.height - look.above - look.below) / sum(steps))
    level = (look.height + sum(steps) * fit) / 2
    for character, step in zip(text, steps, strict=True):
        level -= step * fit
        if character != " ":
            pen.centred(x, level, character, pen.regular, size * fit, GREY)


def _turned(pen: Pen, text: str, x: float, look: PaperLook, size: float) -> None:
    size = size_that_fits(text, pen.regular, size, look.height - look.above - look.below)
    pen.canvas.saveState()
    pen.canvas.translate(x, look.height / 2)
    pen.canvas.rotate(-90)
    pen.canvas.setFillColorRGB(0.37, 0.42, 0.47)
    pen.canvas.setFont(pen.regular.name, size)
    pen.canvas.drawCentredString(0, -BASELINE * size, text)
    pen.canvas.restoreState()
