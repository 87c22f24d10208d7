"""Writes a sheet as PDF on A4: letterhead, title, period, tables, chart, notes and the line to sign on."""

from pathlib import Path

from dentalsales.blueprint.sheet import Block, Chart, Sheet
from dentalsales.exchange import chart as charts
from dentalsales.exchange.cell_text import labelled
from dentalsales.exchange.pdf_columns import TableLook
from dentalsales.exchange.pdf_fonts import bold
from dentalsales.exchange.pdf_layout import Drawn, Flow, Piece, draw_pages
from dentalsales.exchange.pdf_parts import centred, draw_foot, facts, gap, in_columns, made_line, paragraph, sign_here
from dentalsales.exchange.pdf_pen import GREY, LINE_GREY, MILLIMETRE, Pen
from dentalsales.exchange.pdf_table import Table
from dentalsales.exchange.progress import Cancelled, Progress, tell
from dentalsales.exchange.words import conditions_of
from dentalsales.i18n import _, tr
from dentalsales.safe_file import write_safely

A4 = (210 * MILLIMETRE, 297 * MILLIMETRE)
SIDE, ABOVE, BELOW = 15 * MILLIMETRE, 14 * MILLIMETRE, 17 * MILLIMETRE
FOOT_LEVEL = 9 * MILLIMETRE
RUNNING_HEAD = 8 * MILLIMETRE
CHART_HEIGHT, CHART_HEIGHT_LYING = 60 * MILLIMETRE, 42 * MILLIMETRE
SIGNATURE_HEIGHT = 15 * MILLIMETRE
LEAST_SIGNATURE = 42 * MILLIMETRE
BODY = 9.0
ROWS_KEPT_TOGETHER = 6
"""A table of so few rows is read at a glance, so it begins on the next page rather than going on there."""
LOOK = TableLook(sizes=(9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0), zebra=0xF7F9FB, total_fill=0xEAEEF2)


def write_sheet(sheet: Sheet, path: Path, progress: Progress | None = None) -> bool:
    """Write the PDF; True when written, False when `progress` said stop. RuleBroken when the file cannot be written."""
    try:
        content = sheet_pdf(sheet, progress)
    except Cancelled:
        return False
    with write_safely(path) as temporary:
        temporary.write_bytes(content)
    return True


def sheet_pdf(sheet: Sheet, progress: Progress | None = None) -> bytes:
    """Return the PDF; raises Cancelled when `progress` says stop."""
    size = (A4[1], A4[0]) if sheet.landscape else A4
    page = _SheetPage(sheet, size)
    rows = sum(len(block.rows) for block in sheet.blocks)
    flow = Flow(size[1] - ABOVE - BELOW, size[1] - ABOVE - BELOW - RUNNING_HEAD)
    flow.place(page.pieces(progress, rows))
    pages = len(flow.pages)
    pen = Pen(size, tr(sheet.title), sheet.made_by)
    draw_pages(
        pen,
        flow.pages,
        lambda number: size[1] - ABOVE - (RUNNING_HEAD if number > 1 else 0),
        page.decorate,
        lambda number: tell(progress, rows // 2 + (rows - rows // 2) * number // pages, rows),
    )
    return pen.finished()


class _SheetPage:
    """What stands on the pages of a sheet."""

    def __init__(self, sheet: Sheet, size: tuple[float, float]) -> None:
        self._sheet, self._size = sheet, size
        self._room = size[0] - 2 * SIDE

    def pieces(self, progress: Progress | None, rows: int) -> list[Piece]:
        """Return everything in order."""
        pieces: list[Piece] = [*self._head()]
        end = self._end()
        for number, block in enumerate(self._sheet.blocks):
            pieces += self._block(block, progress, rows)
            if number == 0 and self._sheet.chart is not None:
                pieces += self._chart(self._sheet.chart)
        if pieces and sum(piece.height for piece in end) < self._size[1] / 3:
            pieces[-1].keep = True
            for piece in end[:-1]:
                piece.keep = True
        elif pieces:
            pieces[-1].keep = False
        return [*pieces, *end]

    def decorate(self, pen: Pen, number: int, pages: int) -> None:
        """Draw the running head and the foot of a page."""
        sheet, right, face = self._sheet, self._size[0] - SIDE, pen.regular
        if number > 1:
            level = self._size[1] - ABOVE - 8
            title = f"{sheet.letterhead.name}  {tr(sheet.title)}".strip()
            pen.text(SIDE, level, face.drawable(title), face, 8, GREY)
            pen.right(right, level, face.drawable(sheet.period), face, 8, GREY)
            pen.line(SIDE, level - 5, right, level - 5, LINE_GREY)
        draw_foot(pen, SIDE, right, FOOT_LEVEL, number, pages, sheet.form, made_line(sheet.made_at, sheet.made_by))

    def _head(self) -> list[Drawn]:
        sheet = self._sheet
        pieces = [centred(sheet.letterhead.name, SIDE, self._room, 12)] if sheet.letterhead.name else []
        pieces.append(centred(tr(sheet.title), SIDE, self._room, 17))
        period = [labelled(_("Period"), sheet.period)] if sheet.period else []
        conditions = conditions_of(sheet)
        pieces += facts([*period, *conditions], SIDE, self._room, BODY)
        pieces.append(gap(4))
        for piece in pieces:
            piece.keep = True
        return pieces

    def _block(self, block: Block, progress: Progress | None, rows: int) -> list[Piece]:
        pieces: list[Piece] = []
        if len(self._sheet.blocks) > 1 and block.title:
            pieces.append(gap(8))
            pieces += paragraph(tr(block.title), SIDE, self._room, 10.5, face=bold())
            pieces.append(gap(2))
            for piece in pieces:
                piece.keep = True
        table = Table(block, SIDE, self._room, LOOK)
        pieces += table.pieces(_("No entries in this period."), progress, rows)
        if len(block.rows) <= ROWS_KEPT_TOGETHER:
            for piece in pieces:
                piece.keep = True
        pieces[-1].keep = False
        return pieces

    def _chart(self, chart: Chart) -> list[Drawn]:
        height = CHART_HEIGHT_LYING if self._sheet.landscape else CHART_HEIGHT

        def paint(pen: Pen, top: float) -> None:
            charts.draw_on(pen.canvas, chart, SIDE, top - height, self._room, height)

        return [gap(6, keep=True), Drawn(height, paint)]

    def _end(self) -> list[Drawn]:
        pieces = [gap(4)]
        for note in self._sheet.notes:
            pieces += paragraph(tr(note), SIDE, self._room, 8, GREY)
        if self._sheet.signatures:
            pieces[-1].keep = True
            pieces += self._signatures()
        return pieces

    def _signatures(self) -> list[Drawn]:
        names = self._sheet.signatures
        columns = in_columns(len(names), self._room, LEAST_SIGNATURE)
        return [self._signature_row(names[start : start + columns], columns) for start in range(0, len(names), columns)]

    def _signature_row(self, names: tuple[str, ...], columns: int) -> Drawn:
        width = self._room / columns

        def paint(pen: Pen, top: float) -> None:
            for number, name in enumerate(names):
                left = SIDE + number * width
                sign_here(pen, name, left, width - 8, top - SIGNATURE_HEIGHT * 0.75, BODY + 0.5, dated=False)

        return Drawn(SIGNATURE_HEIGHT, paint)
