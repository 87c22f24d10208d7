"""Sets the labelled values in the head and foot of a paper, side by side, or as the ruled boxes of a form."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from dentalsales.blueprint.printout import Pair
from dentalsales.exchange.cell_text import shown
from dentalsales.exchange.pdf_fonts import regular
from dentalsales.exchange.pdf_layout import Drawn
from dentalsales.exchange.pdf_pen import BASELINE, Pen
from dentalsales.exchange.pdf_text import lines_of
from dentalsales.i18n import _, tr

LEADING = 1.4
COLUMN_GAP = 10.0
WIDEST_LABEL = 0.42
PAD = 3.0
LINES_OF_A_NOTE, LINES_OF_A_BOX = 2, 3
"""What is written by hand needs more room than what is printed."""
STEPS, BY_HAND = 24, 4
"""Of pairs that flow: the steps of a row, and the room, in sizes, for what is written by hand."""
LABEL_FILL = 0xF1F4F7


@dataclass(frozen=True)
class PairLook:
    """Where and how pairs are set; lengths in points."""

    left: float
    room: float
    size: float
    columns: int
    ruled: bool
    most_height: float
    line: int = 0
    flowing: bool = False
    """Each pair takes what it needs, in small steps: low paper has no room for columns half empty."""


@dataclass(frozen=True)
class _Cell:
    """A pair broken into lines: label and value begin at these points, the value's column ends at `right`."""

    left: float
    value_left: float
    right: float
    label: list[str]
    value: list[str]
    wide: bool


def pair_rows(pairs: Sequence[Pair], look: PairLook) -> list[Drawn]:
    """Return the pairs as pieces, one per row; a value longer than a page goes on in further rows."""
    pieces: list[Drawn] = []
    if look.flowing and not look.ruled:
        for cells in _flowing_rows(pairs, look):
            pieces.extend(_pieces(cells, look))
        return pieces
    rows = list(_rows(pairs, look.columns))
    for row in rows:
        cells = [_cell(pair, column, _level_with(column, rows, look), look) for column, pair in row]
        pieces.extend(_pieces(cells, look))
    return pieces


def _level_with(column: int, rows: Sequence[list[tuple[int, Pair]]], look: PairLook) -> list[Pair]:
    """Return the pairs whose values begin at one level: those of a column, in a form those of all columns."""
    return [pair for row in rows for place, pair in row if look.ruled or place == column]


def _rows(pairs: Sequence[Pair], columns: int) -> Iterator[list[tuple[int, Pair]]]:
    row: list[tuple[int, Pair]] = []
    for pair in pairs:
        if row and (pair.wide or len(row) == columns):
            yield row
            row = []
        row.append((len(row), pair))
        if pair.wide:
            yield row
            row = []
    if row:
        yield row


def _flowing_rows(pairs: Sequence[Pair], look: PairLook) -> Iterator[list[_Cell]]:
    """Yield the cells of rows that hold as many pairs as find room in one line each."""
    step, face, row = (look.room + COLUMN_GAP) / STEPS, regular(), list[_Cell]()
    used = 0
    for pair in pairs:
        label, value = _label(pair, look), face.drawable(_value(pair))
        label_width = face.width(label, look.size) + look.size * 0.3
        wanted = label_width + (face.width(value, look.size) if value else BY_HAND * look.size) + COLUMN_GAP
        steps = min(STEPS, ceil(wanted / step))
        if used + steps > STEPS:
            yield row
            row, used = [], 0
        left = look.left + used * step
        right = left + steps * step - COLUMN_GAP
        lines = lines_of(value, face, look.size, right - left - label_width + 0.01)
        row.append(_Cell(left, left + label_width, right, [label], lines, False))
        used += steps
    if row:
        yield row


def _value(pair: Pair) -> str:
    return "" if pair.value is None or pair.value == "" else shown(pair.value, pair.kind)


def _cell(pair: Pair, column: int, pairs: Sequence[Pair], look: PairLook) -> _Cell:
    """In a form all values of a column begin at one level; elsewhere too, unless the label is wide."""
    gap = 0.0 if look.ruled else COLUMN_GAP
    width = (look.room + gap) / look.columns
    left = look.left + column * width
    right = look.left + look.room if pair.wide else left + width - gap
    face, pad = regular(), PAD if look.ruled else 0.0
    labels = [face.width(_label(other, look), look.size) for other in pairs]
    after = 0.0 if look.ruled else look.size * 0.3
    label_width = min(max(labels) + 2 * pad + after, width * WIDEST_LABEL)
    value_left = left + label_width
    label = lines_of(_label(pair, look), face, look.size, label_width - 2 * pad - after + 0.01)
    lines = lines_of(face.drawable(_value(pair)), face, look.size, right - value_left - 2 * pad)
    return _Cell(left, value_left, right, label, lines, pair.wide)


def _label(pair: Pair, look: PairLook) -> str:
    label = tr(pair.label)
    return regular().drawable(label if look.ruled else tr(_("{label}:").fill(label=label)))


def _pieces(cells: list[_Cell], look: PairLook) -> Iterator[Drawn]:
    leading = look.size * LEADING
    pad = PAD if look.ruled else 0.0
    most = max(2, int((look.most_height - 2 * pad) / leading))
    longest = max(max(len(cell.value), len(cell.label)) for cell in cells)
    for start in range(0, longest, most):
        lines = min(most, longest - start)
        if look.ruled and cells[0].wide:
            lines = max(lines, LINES_OF_A_BOX if cells[0].value == [""] else LINES_OF_A_NOTE)
        yield _piece(cells, start, most, lines * leading + 2 * pad, look)


def _piece(cells: list[_Cell], start: int, most: int, height: float, look: PairLook) -> Drawn:
    leading, pad = look.size * LEADING, PAD if look.ruled else 0.0

    def lines(pen: Pen, texts: list[str], left: float, top: float) -> None:
        shown_here = texts[start : start + most]
        free = height - 2 * pad - len(shown_here) * leading if look.ruled else 0.0
        baseline = top - pad - max(free, 0.0) / 2 - leading / 2 - BASELINE * look.size
        for text in shown_here:
            pen.text(left + pad, baseline, text, pen.regular, look.size)
            baseline -= leading

    def paint(pen: Pen, top: float) -> None:
        for cell in cells:
            if look.ruled:
                pen.fill(cell.left, top - height, cell.value_left - cell.left, height, LABEL_FILL)
                right = look.left + look.room if cell is cells[-1] else cell.right
                pen.frame_row((cell.left, cell.value_left, right), top, top - height, look.line)
            lines(pen, cell.label, cell.left, top)
            lines(pen, cell.value, cell.value_left, top)

    return Drawn(height, paint)
