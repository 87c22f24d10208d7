"""Finds the heading row of a stranger's table and tells which column is which field."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher
from typing import NamedTuple

from dentalsales.exchange.cells import INVISIBLE, Cell
from dentalsales.exchange.source import Row

LONGEST_HEADING = 40
ENOUGH_AT_END = 0.4  # 销售单价 is a kind of 单价: the last word names the thing, in English too
ENOUGH_AT_START = 0.5
ENOUGH_ALIKE = 0.85
OTHER_THINGS = ("仓库", "库位", "货位", "部门", "业务员", "职员", "制单", "审核", "经手")
"""Whose code, name or phone is none of the record's own: 仓库编码 is no product code."""
BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|\{[^{}]*\}")
ORNAMENT = re.compile(r"[\s*:_#·.、/\"'“”-]+")
NUMBER_LIKE = re.compile(r"[¥$]?[-+]?[\d,.]+%?|\d{4}[-/.年]\d.*")


class Match(NamedTuple):
    """The field a column was taken for; 1.0 is certain, below 0.85 the user should look."""

    field: str
    confidence: float


def clean_heading(heading: Cell) -> str:
    """Return a heading for comparing: "*单价（元）" and "单 价" are both "单价"."""
    if heading is None:
        return ""
    text = unicodedata.normalize("NFKC", str(heading).translate(INVISIBLE)).casefold()
    bare = ORNAMENT.sub("", BRACKETED.sub("", text))
    return bare or re.sub(r"[()\[\]【】{}]", "", ORNAMENT.sub("", text))


def find_heading_row(rows: Sequence[Row], fields: Mapping[str, Sequence[str]] | None = None) -> int:
    """Return the number of the row that most likely holds the headings, 1 when there are no rows.

    `rows` are the first twenty or so of `Source.rows`; known synonyms in `fields` weigh more than looks.
    """
    known = {clean_heading(word) for words in (fields or {}).values() for word in words}
    best = max(rows, key=lambda row: (_heading_likeness(row[1], known), -row[0]), default=None)
    return best[0] if best else 1


def match_headings(headings: Sequence[Cell], fields: Mapping[str, Sequence[str]]) -> dict[int, Match]:
    """Return which column (counted from 0) holds which field; a field and a column are used at most once.

    `fields` gives each field's labels and synonyms. The best pairs go first: equal, then contained, then alike.
    """
    found: dict[int, Match] = {}
    for confidence, column, field in sorted(_candidates(headings, fields), key=lambda pair: (-pair[0], pair[1])):
        if column not in found and field not in {match.field for match in found.values()}:
            found[column] = Match(field, round(confidence, 2))
    return dict(sorted(found.items()))


def _candidates(headings: Sequence[Cell], fields: Mapping[str, Sequence[str]]) -> Iterator[tuple[float, int, str]]:
    synonyms = {field: {clean_heading(word) for word in words} - {""} for field, words in fields.items()}
    for column, heading in enumerate(headings):
        clean = clean_heading(heading)
        thing = next((one for one in OTHER_THINGS if clean.startswith(one)), "")
        for field, words in synonyms.items() if clean else ():
            confidence = max((_likeness(clean, word) for word in words if thing in word), default=0.0)
            if confidence > 0:
                yield confidence, column, field


def _likeness(heading: str, synonym: str) -> float:
    """1 when equal; 0.7-0.95 when one contains the other; below 0.7 when only spelt alike; 0 when different."""
    if heading == synonym:
        return 1.0
    shorter, longer = sorted((heading, synonym), key=len)
    share = len(shorter) / len(longer)
    if len(shorter) >= 2:
        if longer.endswith(shorter) and share >= ENOUGH_AT_END:
            return 0.75 + 0.2 * share
        if longer.startswith(shorter) and share >= ENOUGH_AT_START:
            return 0.7 + 0.2 * share
    if 2 * len(shorter) < ENOUGH_ALIKE * (len(shorter) + len(longer)):
        return 0.0  # their lengths alone tell; a sheet may have a thousand headings, and one of them 30,000 letters
    alike = SequenceMatcher(None, heading, synonym).ratio()
    return 0.7 * alike if alike >= ENOUGH_ALIKE else 0.0


def _heading_likeness(cells: Sequence[Cell], known: set[str]) -> float:
    """Headings are many short texts; data has numbers and days among them; a note stands alone."""
    filled = [cell for cell in cells if cell is not None]
    words = [clean_heading(cell) for cell in filled if _looks_like_words(cell)]
    numbers = sum(isinstance(cell, int | float | Decimal | date) or _is_number_like(cell) for cell in filled)
    return len(words) + 3 * len(known.intersection(words)) - 2 * numbers


def _looks_like_words(cell: Cell) -> bool:
    return isinstance(cell, str) and len(cell) <= LONGEST_HEADING and not _is_number_like(cell)


def _is_number_like(cell: Cell) -> bool:
    return isinstance(cell, str) and NUMBER_LIKE.fullmatch(cell.strip()) is not None
