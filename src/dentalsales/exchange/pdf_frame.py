"""Draws what stands around the contents on every page of a paper: head, mark, names of the copies, foot."""

from dataclasses import dataclass

from dentalsales.blueprint.printout import PAPER_SIZES, Paper
from dentalsales.exchange.cell_text import labelled
from dentalsales.exchange.pdf_columns import TableLook
from dentalsales.exchange.pdf_fonts import bold, regular
from dentalsales.exchange.pdf_layout import Drawn
from dentalsales.exchange.pdf_parts import centred, draw_foot, gap, made_line
from dentalsales.exchange.pdf_pen import BASELINE, GREY, MILLIMETRE, Pen
from dentalsales.exchange.pdf_text import size_that_fits
from dentalsales.i18n import _, language, tr

CHINESE_COUNT = "一二三四五六七八九十"
PALE = 0xE3E6EA
BLACK = 0x000000


@dataclass(frozen=True)
class PaperLook:
    """A size of paper: margins in millimetres, type sizes in points."""

    width: float
    height: float
    left: float
    right: float
    above: float
    below: float
    size: float
    company: float
    title: float
    pair_columns: int
    table_sizes: tuple[float, ...]
    filled: bool
    """Empty rows fill the page, so that the foot stands at the bottom of a half sheet."""
    low: bool
    """Carbon paper: no room for full seal areas, and nothing pale, which a dot-matrix printer cannot do."""

    @property
    def room(self) -> float:
        """The width between the margins."""
        return self.width - self.left - self.right

    @property
    def foot_level(self) -> float:
        """Where the baseline of the page's foot stands."""
        return self.below * 0.5

    def table(self, most_height: float) -> TableLook:
        """Return how tables look on it: black rules, and no shading that carbon copies would not show."""
        fill = None if self.low else 0xF1F4F7
        return TableLook(
            self.table_sizes, pad=2.5, pad_above=2.0 if self.low else 2.6, line=BLACK, heading_fill=fill,
            even=True, most_height=most_height,
        )  # fmt: skip


def look_of(size: str) -> PaperLook:
    """Return the look of a paper size by its name; KeyError for one that is not in PAPER_SIZES."""
    width, height = (side * MILLIMETRE for side in PAPER_SIZES[size])
    margins, types = _SIZES[size]
    left, right, above, below = (margin * MILLIMETRE for margin in margins)
    return PaperLook(width, height, left, right, above, below, *types)


_SIZES = {
    "A4": ((18, 18, 14, 16), (9.5, 15, 18, 2, (9.5, 9, 8.5, 8, 7.5, 7, 6.5, 6), False, False)),
    "A4 landscape": ((15, 18, 12, 15), (9.5, 15, 18, 3, (9.5, 9, 8.5, 8, 7.5, 7, 6.5, 6), False, False)),
    "A5": ((11, 13, 9, 12), (8.0, 12, 14, 2, (8, 7.5, 7, 6.5, 6, 5.5), True, False)),
    "241x140": ((17, 22, 7, 10), (8.5, 12, 14, 3, (8.5, 8, 7.5, 7, 6.5, 6), True, True)),
}


def head_pieces(paper: Paper, look: PaperLook) -> list[Drawn]:
    """Return company, address line, title with the number at its right."""
    pieces = []
    if paper.letterhead.name:
        pieces.append(centred(paper.letterhead.name, look.left, look.room, look.company))
    letterhead = paper.letterhead
    facts = [(_("Address"), letterhead.address), (_("Phone"), letterhead.phone)]
    if line := "    ".join(labelled(label, value) for label, value in facts if value):
        pieces.append(centred(line, look.left, look.room, look.size - 1, regular()))
    pieces.append(_title(paper, look))
    pieces.append(gap(2))
    for piece in pieces:
        piece.keep = True
    return pieces


def bare_title(paper: Paper) -> str:
    """Return the name of the paper without the marks with which the policies quote it."""
    return tr(paper.title).strip("《》")


def _title(paper: Paper, look: PaperLook) -> Drawn:
    """The number stands beside the title if both fit, else the piece is higher and it stands below."""
    title, face = bold().drawable(bare_title(paper)), bold()
    number = face.drawable(tr(_("No. {number}").fill(number=paper.number))) if paper.number else ""
    fitted = size_that_fits(title, face, look.title, look.room)
    free = (look.room - face.width(title, fitted)) / 2
    beside = face.width(number, look.size) + 6 <= free
    height = look.title * 1.5 + (0 if beside else look.size * 1.4)

    def paint(pen: Pen, top: float) -> None:
        baseline = top - look.title * 0.75 - BASELINE * fitted
        pen.centred(look.left + look.room / 2, baseline, title, face, fitted)
        pen.right(look.left + look.room, baseline if beside else top - height + 3, number, face, look.size)
        if paper.mark is not None:
            _boxed_mark(pen, face.drawable(tr(paper.mark)), look, top)

    return Drawn(height, paint)


def _boxed_mark(pen: Pen, word: str, look: PaperLook, top: float) -> None:
    size = look.title * 0.8
    width, height = pen.bold.width(word, size) + 12, size * 1.4
    pen.canvas.setLineWidth(1)
    pen.canvas.setStrokeColorRGB(0, 0, 0)
    pen.canvas.rect(look.left, top - height, width, height)
    pen.text(look.left + 6, top - height / 2 - BASELINE * size, word, pen.bold, size)


def draw_frame(pen: Pen, paper: Paper, look: PaperLook, number: int, pages: int) -> None:
    """Draw what a page has besides its contents."""
    right = look.width - look.right
    if paper.mark is not None and not look.low:
        _draw_across(pen, pen.bold.drawable(tr(paper.mark)), look)
    if number > 1:
        _running_head(pen, paper, look, right)
    _draw_copies(pen, paper, look)
    made = made_line(paper.printed_at, paper.printed_by)
    draw_foot(pen, look.left, right, look.foot_level, number, pages, paper.form, made)


def running_head_height(look: PaperLook) -> float:
    """Return the height that the head of a further page takes."""
    return look.size * 2.2


def _running_head(pen: Pen, paper: Paper, look: PaperLook, right: float) -> None:
    level, face = look.height - look.above - look.size, pen.regular
    title = f"{paper.letterhead.name}  {bare_title(paper)}".strip()
    number = tr(_("No. {number}").fill(number=paper.number)) if paper.number else ""
    pen.text(look.left, level, face.drawable(title), face, look.size)
    pen.right(right, level, face.drawable(number), face, look.size)


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
