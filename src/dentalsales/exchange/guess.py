"""Looks at the first values of a column before its heading is believed: 类别 may be a device class, or 耗材."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from dentalsales.blueprint.importing import ImportColumn, ImportKind
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.exchange.headings import Match, clean_heading
from dentalsales.i18n import in_all_languages
from dentalsales.usecases.import_cells import CellReaders, converter

SURE = 0.85
"""A match below this should be looked at."""


class Judged(NamedTuple):
    """Columns whose match the user should look at, and columns whose values are something else."""

    doubtful: frozenset[int]
    unfit: frozenset[int]


def judged(
    kind: ImportKind,
    headings: Sequence[str],
    matches: Mapping[int, Match],
    samples: Mapping[int, Sequence[Any]],
    readers: CellReaders,
) -> Judged:
    """Judge the matched columns by their headings and first values."""
    doubtful, unfit = set(), set()
    for index, match in matches.items():
        column = kind.column(match.field)
        fitting = [fits(column, cell, readers) for cell in samples[index] if cell not in (None, "")]
        if fitting and not any(fitting) and not column.field.required and not _bears_its_name(column, headings[index]):
            unfit.add(index)
        elif match.confidence < SURE or not all(fitting):
            doubtful.add(index)
    return Judged(frozenset(doubtful), frozenset(unfit))


def fits(column: ImportColumn, cell: Any, readers: CellReaders) -> bool:
    """Say whether a value can be meant; only columns with words of their own are judged."""
    try:
        if column.fits is not None:
            return bool(column.fits(readers.text(cell)))
        if column.field.kind in ("choice", "yes_no"):
            converter(column, readers)(cell)
    except RuleBroken:
        return False
    return True


def _bears_its_name(column: ImportColumn, heading: str) -> bool:
    """A column that is called as the program calls it is believed, so that its bad values are told."""
    return clean_heading(heading) in {clean_heading(word) for word in in_all_languages(column.label)}
