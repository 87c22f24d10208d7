"""P10: a table of about 50 pages to PDF in Chinese, against a reportlab canvas that draws the same strings."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from benchmarks.ground import Ground
from benchmarks.measure import Result, compare, turns
from dentalsales.blueprint.sheet import NUMBER_KINDS, Block, Row, Sheet, SheetColumn
from dentalsales.exchange.cell_text import shown
from dentalsales.exchange.pdf_fonts import REGULAR
from dentalsales.exchange.pdf_sheet import sheet_pdf
from dentalsales.i18n import Text

LIMIT = 1.3
ROWS = 2_350
COLUMNS = (
    ("text", 20), ("day", 11), ("text", 24), ("text", 24), ("text", 6), ("quantity", 7), ("price", 10), ("money", 12),
)  # fmt: skip
"""Kind and width of each."""


def measure(ground: Ground) -> Iterator[Result]:
    """The pages of ours are counted first; the baseline spreads the rows over as many."""
    sheet = _sheet()
    pages, texts = _pages_of(sheet_pdf(sheet)), _texts(sheet)
    what = f"a table of {pages} pages to PDF, {ROWS:,} rows"
    yield compare(
        "P10", what, turns(lambda: sheet_pdf(sheet)), turns(lambda: _on_canvas(texts, pages)), ground.rounds, LIMIT
    )


def _sheet() -> Sheet:
    columns = tuple(SheetColumn(f"c{index}", Text("列"), kind, width) for index, (kind, width) in enumerate(COLUMNS))
    return Sheet("bench", Text("销售明细"), "2026-11", (Block(Text(""), columns, tuple(map(_row, range(ROWS)))),))


def _row(index: int) -> Row:
    price, quantity = Decimal(index % 9_000 + 1_000) / 100, index % 40 + 1
    day = date(2016, 11, 20) + timedelta(days=index % 3_650)
    texts = (f"SO-{day:%Y%m%d}-{index:05}", day, f"瑞康口腔门诊部 {index}", f"光固化复合树脂 {index % 3_000}", "支")
    return Row((*texts, quantity, price, price * quantity))


def _pages_of(content: bytes) -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    try:
        return len(document)
    finally:
        document.close()


def _texts(sheet: Sheet) -> list[list[str]]:
    """Return the cells as they are printed; the baseline need not make them."""
    kinds = [kind for kind, _width in COLUMNS]
    return [[shown(value, kind) for value, kind in zip(row.cells, kinds, strict=True)] for row in sheet.blocks[0].rows]


def _on_canvas(rows: list[list[str]], pages: int) -> bytes:
    """Draw every cell's string where it belongs, figures at the right, and the rules of each page in one call."""
    from reportlab.pdfgen.canvas import Canvas

    file, edges = BytesIO(), _edges()
    canvas = Canvas(file, pagesize=(595.3, 841.9), initialFontName=REGULAR, pageCompression=1)
    each = -(-len(rows) // pages)
    for first in range(0, len(rows), each):
        _page(canvas, rows[first : first + each], edges)
    canvas.save()
    return file.getvalue()


def _edges() -> list[float]:
    widths = [width * 510 / sum(width for _kind, width in COLUMNS) for _kind, width in COLUMNS]
    return [42 + sum(widths[:index]) for index in range(len(widths) + 1)]


def _page(canvas: Any, rows: list[list[str]], edges: list[float]) -> None:
    canvas.setFont(REGULAR, 7)
    step = 740 / len(rows)
    for number, row in enumerate(rows):
        level = 790 - (number + 0.7) * step
        for index, (text, (kind, _width)) in enumerate(zip(row, COLUMNS, strict=True)):
            if kind in NUMBER_KINDS:
                canvas.drawRightString(edges[index + 1] - 2, level, text)
            else:
                canvas.drawString(edges[index] + 2, level, text)
    canvas.grid(edges, [790 - number * step for number in range(len(rows) + 1)])
    canvas.showPage()
