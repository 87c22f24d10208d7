"""Which column of a copied block belongs into which column of the grid: by headings, by place, or by what it holds."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from dentalsales.blueprint.fields import Field
from dentalsales.blueprint.record import fields_of
from dentalsales.exchange.headings import match_headings
from dentalsales.i18n import in_all_languages
from dentalsales.ui.clipboard_block import value_of
from dentalsales.ui.typed_values import DECIMALS
from dentalsales.usecases.linked_index import FREE, LinkedIndex

Block = Sequence[Sequence[str]]
SURE, LOOKED_AT, FITS = 0.85, 30, 0.6
AMOUNT_AND_UNIT = re.compile(r"([\d０-９.,，]+)\s*([^\d\s.,*/+()-]{1,4})")
"""A number with its unit in one cell: 3盒."""
LONGEST_UNIT = 6
HEADING_ROWS = 3
"""So many rows at the top may be a title above the headings."""


@dataclass(frozen=True)
class Columns:
    """Column of the block -> column of the grid; of a link also the part of its record that the column says."""

    fields: Mapping[int, str] = field(default_factory=dict)
    parts: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    first_row: int = 0
    """Where the rows begin below the headings."""
    own_lines: bool = True
    """The rows are lines of their own; False: they go over what stands from the current cell on."""
    asks: bool = False
    """More than one way to read the columns was possible."""
    left_out: tuple[int, ...] = ()


class ColumnFinder:
    """Looks at a block with the eyes of one grid."""

    def __init__(self, fields: Sequence[tuple[str, Field]], indexes: Mapping[str, LinkedIndex], desk: Any) -> None:
        self._fields, self._indexes, self._desk = list(fields), indexes, desk
        self._known = dict(fields)

    def find(self, block: Block, column: int) -> Columns:
        """Return how to read a block that is put in at a column of the grid; a single cell is no heading."""
        by_headings = None if is_one_cell(block) else self._by_headings(block)
        return by_headings or self._by_place(block, column) or self._by_content(block)

    def _by_headings(self, block: Block) -> Columns | None:
        wanted = self._headings()
        for row, cells in enumerate(block[:HEADING_ROWS]):
            found = {at: match.field for at, match in match_headings(cells, wanted).items() if match.confidence >= SURE}
            filled = sum(1 for cell in cells if cell.strip())
            if found and (2 * len(found) >= filled or len(found) >= 3):
                fields = {at: name for at, name in found.items() if "." not in name}
                parts = {at: _split(name) for at, name in found.items() if "." in name}
                left = tuple(at for at, cell in enumerate(cells) if cell.strip() and at not in found)
                return Columns(fields, parts, row + 1, left_out=left)
        return None

    def _headings(self) -> dict[str, tuple[str, ...]]:
        wanted = {name: (*in_all_languages(one.label), *one.synonyms) for name, one in self._fields}
        for name, index in self._indexes.items():
            record = self._desk.business.register_of_table(index.field.target or "").record
            for part in index.part_names:
                one = fields_of(record)[part]
                wanted[f"{name}.{part}"] = (*in_all_languages(one.label), *one.synonyms)
        return wanted

    def _by_place(self, block: Block, column: int) -> Columns | None:
        width = max(len(row) for row in block)
        names = [name for name, _field in self._fields[column : column + width]]
        fields = dict(enumerate(names))
        judged = [self._fit(block, at, name) for at, name in fields.items() if self._is_judged(name)]
        if judged and min(judged) < FITS and not is_one_cell(block):
            return None
        if width > len(names) and not judged:
            return None
        return Columns(fields, own_lines=False, left_out=tuple(range(len(names), width)))

    def _is_judged(self, name: str) -> bool:
        known = self._known[name]
        return not known.read_only and (known.kind in (*DECIMALS, "day", "link") or known.choices_of is not None)

    def _by_content(self, block: Block) -> Columns:
        width = max(len(row) for row in block)
        fields: dict[int, str] = {}
        for name in self._indexes:
            fits = {at: self._fit(block, at, name) for at in range(width) if at not in fields}
            best = max(fits, key=lambda at: fits[at], default=None)
            if best is not None and fits[best] >= FITS:
                fields[best] = name
        asks = self._add_quantity(block, width, fields)
        for at in (at for at in range(width) if at not in fields):
            unit = next((name for name, one in self._fields if one.choices_of and name not in fields.values()), None)
            if unit is not None and _are_short_words(block, at):
                fields[at] = unit
        left = tuple(at for at in range(width) if at not in fields)
        return Columns(fields, left_out=left, asks=asks or bool(left))

    def _add_quantity(self, block: Block, width: int, fields: dict[int, str]) -> bool:
        """Find the column of the first needed number; True when several could be it."""
        name = next((one for one, kind in self._fields if kind.kind in DECIMALS and kind.required), None)
        if name is None:
            return False
        whole = [at for at in range(width) if at not in fields and self._fit(block, at, name) >= FITS]
        if len(whole) > 1 and whole[0] == 0 and _counts_up(block, 0):
            whole = whole[1:]  # the numbers of the lines
        if whole:
            fields[whole[0]] = name
        return len(whole) > 1

    def _fit(self, block: Block, at: int, name: str) -> float:
        """Return which share of a column's cells a field could hold."""
        cells = [row[at] for row in block[:LOOKED_AT] if at < len(row) and row[at].strip()]
        if not cells:
            return 1.0
        return sum(self._holds(name, cell) for cell in cells) / len(cells)

    def _holds(self, name: str, cell: str) -> bool:
        if name in self._indexes:
            found = self._indexes[name].find({FREE: cell})
            by_words = found.id is not None or found.gone or bool(found.choices)
            return by_words and (found.asks is None or not _is_number(cell))
        kind = self._known[name].kind
        if self._known[name].choices_of is not None:
            return _is_short_word(cell)
        both = AMOUNT_AND_UNIT.fullmatch(cell.strip())
        value = value_of(both[1] if both is not None else cell, self._known[name], self._desk.today)
        if kind in DECIMALS:
            whole = isinstance(value, int) if DECIMALS[kind] == 0 else isinstance(value, int | Decimal)
            return whole and value > 0
        return not isinstance(value, str) or kind in ("text", "note")


def is_one_cell(block: Block) -> bool:
    """Say whether a block is a single cell: it belongs into the cell under the cursor, whatever it says."""
    return len(block) == 1 and len(block[0]) == 1


def _split(name: str) -> tuple[str, str]:
    field_name, _dot, part = name.partition(".")
    return field_name, part


def _counts_up(block: Block, at: int) -> bool:
    return [row[at].strip() for row in block if at < len(row)] == [str(number) for number in range(1, len(block) + 1)]


def _are_short_words(block: Block, at: int) -> bool:
    cells = [row[at].strip() for row in block if at < len(row) and row[at].strip()]
    return bool(cells) and all(_is_short_word(cell) for cell in cells)


def _is_number(cell: str) -> bool:
    return cell.strip().replace(".", "").isdigit()


def _is_short_word(cell: str) -> bool:
    """Units are such words."""
    return len(cell.strip()) <= LONGEST_UNIT and not any(letter.isdigit() for letter in cell)
