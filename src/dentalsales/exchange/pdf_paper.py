"""Writes a paper as PDF on any of its sizes, good enough to sign and seal."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from dentalsales.blueprint.printout import Pair, Paper
from dentalsales.blueprint.sheet import Block
from dentalsales.exchange.pdf_clauses import clause_pieces
from dentalsales.exchange.pdf_closing import Closing
from dentalsales.exchange.pdf_fonts import bold
from dentalsales.exchange.pdf_frame import draw_frame, running_head_height
from dentalsales.exchange.pdf_head import head_pieces
from dentalsales.exchange.pdf_layout import Drawn, Flow, Piece, draw_pages
from dentalsales.exchange.pdf_look import PaperLook, look_of, with_seam
from dentalsales.exchange.pdf_pairs import PairLook, pair_rows
from dentalsales.exchange.pdf_parts import gap, heights, paragraph
from dentalsales.exchange.pdf_pen import BASELINE, MILLIMETRE, Pen
from dentalsales.exchange.pdf_table import Row, Table
from dentalsales.exchange.pdf_text import size_that_fits
from dentalsales.exchange.progress import Cancelled, Progress, tell
from dentalsales.exchange.words import amount_in_words
from dentalsales.i18n import Text, _, tr
from dentalsales.safe_file import write_safely

SHORT_FOOT = 0.3
"""A foot up to this share of the page stays with the total; a longer one may go on over pages."""
LINES_KEPT_WITH_THE_END = 2


def write_paper(paper: Paper, path: Path, progress: Progress | None = None) -> bool:
    """Write the PDF of one paper, as `write_papers` does."""
    return write_papers([paper], path, progress)


def write_papers(papers: Sequence[Paper], path: Path, progress: Progress | None = None) -> bool:
    """Write several papers as one PDF; True when written, False when `progress` (papers done, in all) said stop.

    KeyError for a size that is not in PAPER_SIZES; RuleBroken when the file cannot be written.
    """
    try:
        content = papers_pdf(papers, progress)
    except Cancelled:
        return False
    with write_safely(path) as temporary:
        temporary.write_bytes(content)
    return True


def paper_pdf(paper: Paper, progress: Progress | None = None) -> bytes:
    """Return the PDF of one paper."""
    return papers_pdf([paper], progress)


def papers_pdf(papers: Sequence[Paper], progress: Progress | None = None) -> bytes:
    """Return one PDF, each paper counting its own pages; raises Cancelled when `progress` says stop."""
    first = papers[0]
    look = look_of(first.size)
    title = f"{tr(first.title)} {first.number}".strip() if len(papers) == 1 else tr(first.title)
    pen = Pen((look.width, look.height), title, first.printed_by)
    for done, paper in enumerate(papers):
        tell(progress, done, len(papers))
        _draw(pen, paper)
    tell(progress, len(papers), len(papers))
    return pen.finished()


def _draw(pen: Pen, paper: Paper) -> None:
    look = with_seam(look_of(paper.size)) if paper.seam else look_of(paper.size)
    pen.new_size((look.width, look.height))
    sheet, flow = _laid_out(paper, look)
    tighter = look.tighter()
    if len(flow.pages) > 1 and tighter is not None:
        closer = _laid_out(paper, tighter)
        if len(closer[1].pages) < len(flow.pages):
            sheet, flow = closer
    sheet.fill_last_page(flow)
    top = look.height - look.above
    draw_pages(
        pen,
        flow.pages,
        lambda number: top - (running_head_height(look) if number > 1 else 0),
        lambda pen, number, pages: draw_frame(pen, paper, look, number, pages),
    )


def _laid_out(paper: Paper, look: PaperLook) -> tuple["_Contents", Flow]:
    sheet = _Contents(paper, look)
    flow = Flow(sheet.height, sheet.next_height)
    flow.place(sheet.pieces())
    return sheet, flow


class _Contents:
    """The pieces of a paper, from company to signatures."""

    def __init__(self, paper: Paper, look: PaperLook) -> None:
        self._paper, self._look = paper, look
        self.height = look.height - look.above - look.below
        self.next_height = self.height - running_head_height(look)
        self._table: Table | None = None

    def pieces(self) -> list[Piece]:
        """Return everything in order."""
        paper, look = self._paper, self._look
        head = [*head_pieces(paper, look), *self._pairs(paper.head), gap(3 if paper.block else 0)]
        if heights(head) < self.height * 0.6:
            _keep_together(head)
        pieces: list[Piece] = [*head]
        if paper.block is not None:
            pieces += self._table_pieces(paper.block)
        for block in paper.extra_blocks:
            pieces += self._extra_block(block)
        pieces += clause_pieces(paper.clauses, look)
        foot = self._foot()
        if heights(foot) < self.next_height * SHORT_FOOT:
            _keep_together([pieces[-1], *foot[:-1]])
        pieces += foot
        closing = Closing(
            paper.seals, paper.signatures, look.left, look.room, look.size - (1 if look.low else 0), look.low
        ).piece()
        if closing is None:
            return pieces
        _keep_together(pieces[-LINES_KEPT_WITH_THE_END:])
        return [*pieces, closing]

    def fill_last_page(self, flow: Flow) -> None:
        """On half sheets, empty rows before the total bring the foot down; the first says that nothing follows."""
        table = self._table
        if table is None or not self._look.filled or self._paper.extra_blocks:
            return
        last = flow.pages[-1]
        rows = [index for index, piece in enumerate(last) if isinstance(piece, Row) and piece.values is not None]
        if not rows:
            return
        height = last[rows[-1]].height
        for number in range(int(flow.room // height)):
            blank = table.blank_row(tr(_("Blank below")) if number == 0 else "")
            blank.height = height
            last.insert(rows[-1] + 1 + number, blank)

    def _table_pieces(self, block: Block) -> list[Piece]:
        look = self._look
        widths = {name: width * MILLIMETRE for name, width in self._paper.widths.items()}
        self._table = Table(block, look.left, look.room, look.table(self.next_height * 0.6), True, widths)
        pieces = self._table.pieces(_("No entries."))
        if self._paper.words is not None:
            pieces[-1].keep = True
            pieces.append(self._words(*self._paper.words))
        return pieces

    def _words(self, label: Text, amount: Decimal) -> Drawn:
        """The label and the amount in words, and the figure at the right, in one box under the total."""
        look, face = self._look, bold()
        text = face.drawable(tr(_("{label}: {value}").fill(label=tr(label), value=amount_in_words(amount))))
        figure = face.drawable(tr(_("In figures: {amount}").fill(amount=amount)))
        height = look.size * (1.7 if look.low else 1.9)
        figure_width = face.width(figure, look.size) + 8
        size = size_that_fits(text, face, look.size, look.room - figure_width - 8)

        def paint(pen: Pen, top: float) -> None:
            edges = (look.left, look.left + look.room)
            pen.frame_row(edges, top, top - height, 0)
            baseline = top - height / 2 - BASELINE * look.size
            pen.text(look.left + 4, baseline, text, face, size)
            pen.right(look.left + look.room - 4, baseline, figure, face, look.size)

        return Drawn(height, paint)

    def _extra_block(self, block: Block) -> list[Piece]:
        look = self._look
        title: list[Piece] = [gap(6), *paragraph(tr(block.title), look.left, look.room, look.size + 0.5, face=bold())]
        _keep_together(title)
        table = Table(block, look.left, look.room, look.table(self.next_height * 0.6))
        return [*title, *table.pieces(_("No entries."))]

    def _foot(self) -> list[Drawn]:
        look, paper = self._look, self._paper
        pieces: list[Drawn] = []
        if paper.block is None and paper.words is not None:
            pieces += [gap(4), self._words(*paper.words)]
        if paper.foot:
            pieces += [gap(6 if paper.clauses else 3 if paper.block else 0), *self._pairs(paper.foot)]
        if paper.notes:
            pieces.append(gap(3))
        for note in paper.notes:
            pieces += paragraph(tr(note), look.left, look.room, look.size - (0.5 if look.size > 9 else 1))
        return pieces

    def _pairs(self, pairs: Sequence[Pair]) -> list[Drawn]:
        """With a table the pairs stand free above and below it; without one they are the form."""
        look = self._look
        return pair_rows(
            pairs,
            PairLook(
                look.left, look.room, look.size, look.pair_columns, ruled=self._paper.block is None,
                most_height=self.next_height * 0.5, flowing=look.low and look.pair_columns > 2,
            ),
        )  # fmt: skip


def _keep_together(pieces: Sequence[Piece]) -> None:
    """Let every piece stay on the page of the one after it."""
    for piece in pieces:
        piece.keep = True
