"""Sets a block as a printed table: headings, rows, the sums of a page and of all pages."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from dentalsales.blueprint.sheet import Block
from dentalsales.exchange.cell_text import NEVER_WRAPPED, RIGHT_ALIGNED, shown
from dentalsales.exchange.pdf_columns import TableLook, column_widths
from dentalsales.exchange.pdf_fonts import Face, bold, regular
from dentalsales.exchange.pdf_layout import Piece
from dentalsales.exchange.pdf_pen import BASELINE, Pen
from dentalsales.exchange.pdf_text import lines_of, size_that_fits
from dentalsales.exchange.progress import Progress, tell
from dentalsales.i18n import Text, _, tr

MOST_EVEN_LINES = 2
ROWS_BETWEEN_REPORTS = 500
ROOM_FOR_BOLD = "0"


class Fitted(NamedTuple):
    """A cell's text that needs several lines or a smaller size."""

    lines: list[str]
    size: float


class Row:
    """A line of the table; a cell is a text that fits, or Fitted."""

    __slots__ = ("aligns", "cells", "edges", "face", "fill", "height", "keep", "table", "values")

    def __init__(self, table: "Table", cells: Sequence[str | Fitted], face: Face, values: Any = None) -> None:
        self.table, self.cells, self.face, self.values = table, cells, face, values
        self.edges: Sequence[float] = table.edges
        self.aligns: Sequence[str] = table.aligns
        self.fill: int | None = None
        self.keep = False
        self.height = table.height_of(cells)

    def draw(self, pen: Pen, top: float) -> None:
        """Draw shading, rules and texts."""
        edges, bottom = self.edges, top - self.height
        if self.fill is not None:
            pen.fill(edges[0], bottom, edges[-1] - edges[0], self.height, self.fill)
        pen.frame_row(edges, top, bottom, self.table.look.line)
        size = self.table.size
        baseline = (top + bottom) / 2 - BASELINE * size
        for number, cell in enumerate(self.cells):
            if cell.__class__ is str:
                if cell:
                    self._set(pen, number, baseline, cell, size)
            else:
                self._set_lines(pen, number, (top + bottom) / 2, cell)

    def _set(self, pen: Pen, number: int, baseline: float, text: Any, size: float) -> None:
        align, face, pad = self.aligns[number], self.face, self.table.look.pad
        if align == "left":
            pen.text(self.edges[number] + pad, baseline, text, face, size)
        elif align == "right":
            pen.right(self.edges[number + 1] - pad, baseline, text, face, size)
        else:
            pen.centred((self.edges[number] + self.edges[number + 1]) / 2, baseline, text, face, size)

    def _set_lines(self, pen: Pen, number: int, middle: float, cell: Any) -> None:
        leading = cell.size * self.table.look.leading
        baseline = middle + (len(cell.lines) - 1) * leading / 2 - BASELINE * cell.size
        for line in cell.lines:
            self._set(pen, number, baseline, line, cell.size)
            baseline -= leading


class Table:
    """A block ready to be placed: `pieces` in order, and what a page break inside it has to say."""

    def __init__(
        self,
        block: Block,
        left: float,
        room: float,
        look: TableLook,
        carries: bool = False,
        widths: Mapping[str, float] | None = None,
    ) -> None:
        """`widths` in points, by column name, are kept where the paper has room for them."""
        self.block, self.look = block, look
        self._kinds = [column.kind for column in block.columns]
        self._wraps = [kind not in NEVER_WRAPPED for kind in self._kinds]
        self._texts = [self._column(index) for index in range(len(block.columns))]
        self._carries = carries and any(column.total and column.kind == "money" for column in block.columns)
        headings = [bold().drawable(tr(column.label)) for column in block.columns]
        measured = [[*texts, total] for texts, total in zip(self._texts, self._total_texts(), strict=True)]
        fixed = [(widths or {}).get(column.name) for column in block.columns]
        self.size, found = column_widths(headings, measured, self._wraps, room, look, fixed)
        found = [room / len(found)] * len(found) if block.even else found
        self.edges = [left + sum(found[:index]) for index in range(len(found) + 1)]
        self.aligns = [_align(kind) for kind in self._kinds]
        self.heading = self._heading(headings)
        self.total = self._sum_row(_("Total"), block.totals)
        self.carry_height = 2 * self.total.height if self._carries and self.total else 0.0

    def pieces(self, empty: Text, progress: Progress | None = None, of: int = 0) -> list[Piece]:
        """Return headings, rows and total; the last rows stay with the total. `empty` stands for no rows."""
        rows = list(self._rows(progress, of)) or [self._note_row(tr(empty))]
        if self.look.even:
            _level(rows, self.height_of([Fitted([""] * MOST_EVEN_LINES, self.size)]))
        for row in rows[-self.look.kept_with_the_end :]:
            row.keep = True
        pieces: list[Piece] = [self.heading, *rows]
        if self.total is not None:
            self.total.keep = True
            pieces.append(self.total)
        return pieces

    def height_of(self, cells: Sequence[str | Fitted]) -> float:
        """Return how high a row with these cells is."""
        highest = self.size * self.look.leading
        for cell in cells:
            if cell.__class__ is not str:
                highest = max(highest, len(cell.lines) * cell.size * self.look.leading)  # type: ignore[union-attr]
        return highest + 2 * self.look.pad_above

    def page_subtotal(self, page: Sequence[Piece]) -> Row | None:
        """Return the sums of the rows on one page."""
        return self._sum_row(_("Page subtotal"), self._sums([page])) if self._carries else None

    def carried(self, page: Sequence[Piece], pages: Sequence[Sequence[Piece]]) -> list[Row]:
        """Return what stands at the end of a page that is not the table's last: its sums, and those of all so far."""
        if not self._carries:
            return []
        rows = [self.page_subtotal(page)]
        if len(pages) > 1:
            rows.append(self._sum_row(_("Total so far"), self._sums(pages)))
        return [row for row in rows if row is not None]

    def blank_row(self, text: str = "") -> Row:
        """Return an empty row of the usual height, with a text in the first column that has room for it."""
        cells: list[str | Fitted] = [""] * len(self._kinds)
        if text and self._kinds:
            wide = regular().width(text, self.size) + 2 * self.look.pad
            widths = [self._width(index) for index in range(len(cells))]
            at = next((index for index, width in enumerate(widths) if width >= wide), widths.index(max(widths)))
            cells[at] = self._fitted(text, at, regular())
        return Row(self, cells, regular())

    def _column(self, index: int) -> list[str]:
        kind, face = self._kinds[index], regular()
        return [face.drawable(shown(row.cells[index], kind)) for row in self.block.rows]

    def _total_texts(self) -> list[str]:
        totals = self.block.totals or [None] * len(self._kinds)
        pairs = zip(totals, self._kinds, strict=True)
        return ["" if total is None else shown(total, kind) + ROOM_FOR_BOLD for total, kind in pairs]

    def _heading(self, headings: Sequence[str]) -> Row:
        cells = [self._fitted(text, index, bold(), wraps=True) for index, text in enumerate(headings)]
        row = Row(self, cells, bold())
        row.aligns = ["centre"] * len(headings)
        row.fill, row.keep = self.look.heading_fill, True
        return row

    def _rows(self, progress: Progress | None, of: int) -> Iterator[Row]:
        face, zebra = regular(), self.look.zebra
        for number, row in enumerate(self.block.rows):
            if number % ROWS_BETWEEN_REPORTS == 0:
                tell(progress, number // 2, of)
            cells = [self._fitted(column[number], index, face) for index, column in enumerate(self._texts)]
            for made in self._in_parts(cells, row.cells):
                made.fill = zebra if number % 2 else None
                yield made

    def _in_parts(self, cells: list[str | Fitted], values: Any) -> Iterator[Row]:
        """A row higher than a page goes on in further rows."""
        row = Row(self, cells, regular(), values)
        if row.height <= self.look.most_height:
            yield row
            return
        most = max(1, int((self.look.most_height - 2 * self.look.pad_above) / (self.size * self.look.leading)))
        longest = max(len(cell.lines) for cell in cells if isinstance(cell, Fitted))
        for start in range(0, longest, most):
            part = [_slice(cell, start, most) for cell in cells]
            yield Row(self, part, regular(), values if start == 0 else None)

    def _fitted(self, text: str, index: int, face: Face, wraps: bool | None = None) -> str | Fitted:
        width = self._width(index) - 2 * self.look.pad
        if face.width(text, self.size) <= width + 0.01 and "\n" not in text:
            return text
        if self._wraps[index] if wraps is None else wraps:
            return Fitted(lines_of(text, face, self.size, width + 0.01), self.size)
        return Fitted([text], size_that_fits(text, face, self.size, width))

    def _width(self, index: int) -> float:
        return self.edges[index + 1] - self.edges[index]

    def _note_row(self, text: str) -> Row:
        row = Row(self, [text], regular())
        row.edges, row.aligns = [self.edges[0], self.edges[-1]], ["centre"]
        return row

    def _sums(self, pages: Sequence[Sequence[Piece]]) -> list[Any]:
        rows = [piece.values for page in pages for piece in page if isinstance(piece, Row) and piece.table is self]
        return [
            sum((row[index] for row in rows if row is not None and row[index] is not None), Decimal("0.00"))
            if column.total
            else None
            for index, column in enumerate(self.block.columns)
        ]

    def _sum_row(self, label: Text, sums: Sequence[Any] | None) -> Row | None:
        """The label stands across the columns before the first sum."""
        if sums is None:
            return None
        texts = ["" if value is None else shown(value, kind) for value, kind in zip(sums, self._kinds, strict=True)]
        cells = [self._fitted(text, index, bold()) for index, text in enumerate(texts)]
        first = next(index for index, column in enumerate(self.block.columns) if column.total)
        row = Row(self, [tr(label), *cells[first:]] if first else cells, bold())
        if first:
            row.edges, row.aligns = [self.edges[0], *self.edges[first:]], ["centre", *self.aligns[first:]]
        row.fill = self.look.total_fill
        return row


def _align(kind: str) -> str:
    if kind in RIGHT_ALIGNED:
        return "right"
    return "centre" if kind in NEVER_WRAPPED else "left"


def _slice(cell: str | Fitted, start: int, most: int) -> str | Fitted:
    if isinstance(cell, Fitted):
        return Fitted(cell.lines[start : start + most], cell.size)
    return cell if start == 0 else ""


def _level(rows: list[Row], most: float) -> None:
    highest = max((row.height for row in rows if row.height <= most), default=0.0)
    for row in rows:
        row.height = max(row.height, highest)
