"""Decides how wide the columns of a printed table are, and how small its type has to be."""

from collections.abc import Sequence
from dataclasses import dataclass

from dentalsales.exchange.pdf_fonts import Face, bold, regular
from dentalsales.exchange.pdf_text import UNBROKEN

NARROWEST = 5.0
"""In sizes: a text column narrower than five characters makes towers of text."""
READABLE = 0.78
"""A table is set this much smaller before its texts are broken into more than two lines."""
FEW_LINES, SOME_LINES, MANY_LINES = 2, (3, 4), 1000
WIDEST_SHARE = 16.0
"""In sizes: a long note does not make the whole table small."""
LONGEST_WORD = 12.0
LONGEST_HEADING = 8.0
HEADING_IN_ONE = 4
"""A Chinese heading up to this many characters is not broken."""


@dataclass(frozen=True)
class TableLook:
    """How a table is set; lengths in points, the sizes are tried from the first to the last."""

    sizes: tuple[float, ...]
    pad: float = 3.0
    pad_above: float = 2.6
    line: int = 0xA6AEB6
    heading_fill: int | None = 0xEAEEF2
    zebra: int | None = None
    total_fill: int | None = None
    even: bool = False
    """All rows as high as the highest one, up to two lines: a fixed number fits on a page."""
    most_height: float = 500.0
    """A row higher than this is continued in another one."""
    leading: float = 1.3
    """The height of a line, in sizes."""
    kept_with_the_end: int = 2
    """So many rows stand on the page of the total, which is never alone on it."""


@dataclass(frozen=True)
class Wish:
    """What a column needs at a size: its widest content, and how far it may shrink by breaking lines."""

    widest: float
    least: float


@dataclass(frozen=True)
class Measures:
    """What a column holds, in sizes: its widest content, its longest word and its heading."""

    content: float
    word: float
    heading: float
    heading_word: float
    wraps: bool
    parts: int = 1
    """Lines into which a content is broken on purpose; each of them should stay whole."""


def column_widths(
    headings: Sequence[str],
    texts: Sequence[Sequence[str]],
    wraps: Sequence[bool],
    room: float,
    look: TableLook,
    fixed: Sequence[float | None] = (),
) -> tuple[float, list[float]]:
    """Return the size and the widths, which add up to `room`; `texts` are column by column.

    A fixed width is kept as long as it leaves the other columns what they need.
    """
    free = [place for place in range(len(headings)) if place >= len(fixed) or fixed[place] is None]
    if free and len(free) < len(headings):
        kept = {place: width for place, width in enumerate(fixed) if width is not None}
        left = room - sum(kept.values())
        size, widths, fits = _fitted([(headings[at], texts[at], wraps[at]) for at in free], left, look)
        if left > 0 and fits:
            shared = dict(zip(free, widths, strict=True))
            return size, [kept.get(place, shared.get(place, 0.0)) for place in range(len(headings))]
    size, widths, _fits = _fitted(list(zip(headings, texts, wraps, strict=True)), room, look)
    return size, widths


def _fitted(
    found: Sequence[tuple[str, Sequence[str], bool]], room: float, look: TableLook
) -> tuple[float, list[float], bool]:
    """Return size, widths and whether they give every column what it needs."""
    columns = [_measures(*column) for column in found]
    readable = [size for size in look.sizes if size >= look.sizes[0] * READABLE]
    rest = look.sizes[len(readable) - 1 :]
    trials = [*((size, FEW_LINES) for size in readable), *((rest[0], lines) for lines in SOME_LINES)]
    for size, lines in [*trials, *((size, MANY_LINES) for size in rest)]:
        wishes = [_wish(column, lines, size, look.pad) for column in columns]
        if sum(wish.least for wish in wishes) <= room:
            return size, _shared(wishes, room), True
    squeeze = room / sum(wish.least for wish in wishes)
    return size, [wish.least * squeeze for wish in wishes], False


def _measures(heading: str, texts: Sequence[str], wraps: bool) -> Measures:
    face, strong = regular(), bold()
    different = {line for text in set(texts) for line in text.split("\n")}
    return Measures(
        max((face.width(line, 1) for line in different), default=0.0),
        max((_longest_word(line, face) for line in different), default=0.0) if wraps else 0.0,
        strong.width(heading, 1),
        max(_longest_word(heading, strong), 0.0 if heading.isascii() else min(len(heading), HEADING_IN_ONE)),
        wraps,
        max((text.count("\n") + 1 for text in set(texts)), default=1),
    )


def _wish(column: Measures, lines: int, size: float, pad: float) -> Wish:
    """`lines` are as many as the longest content should be broken into."""
    heading = max(column.heading_word, min(column.heading, LONGEST_HEADING))
    if not column.wraps:
        wide = max(column.content, column.heading_word) * size + 2 * pad
        return Wish(wide, wide)
    share = min(column.content / max(1, lines // column.parts) + (column.parts < lines), WIDEST_SHARE)
    least = max(NARROWEST, share, column.heading_word, min(column.word, LONGEST_WORD))
    widest = max(column.content, heading) * size + 2 * pad
    return Wish(widest, min(widest, least * size + 2 * pad))


def _longest_word(text: str, face: Face) -> float:
    return max((face.width(part, 1) for part in UNBROKEN.findall(text)), default=0.0)


def _shared(wishes: Sequence[Wish], room: float) -> list[float]:
    """Content that never breaks gets its width; the rest is shared evenly, so that short texts stay on one line."""
    spare = room - sum(wish.widest for wish in wishes)
    if spare >= 0:
        whole = room - spare
        return [wish.widest + spare * wish.widest / whole for wish in wishes]
    level = _level(wishes, room)
    widths = [min(wish.widest, max(wish.least, level)) for wish in wishes]
    left = room - sum(widths)
    return [width + left * width / (room - left) for width in widths]


def _level(wishes: Sequence[Wish], room: float) -> float:
    """The greatest width for the columns that break at which all columns still fit."""
    low, high = 0.0, max(wish.widest for wish in wishes)
    for _round in range(40):
        middle = (low + high) / 2
        fits = sum(min(wish.widest, max(wish.least, middle)) for wish in wishes) <= room
        low, high = (middle, high) if fits else (low, middle)
    return low
