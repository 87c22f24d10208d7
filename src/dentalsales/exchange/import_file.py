"""Importing a file: finds its table, matches its columns, and feeds its rows to the import."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from dentalsales.blueprint.importing import ImportKind
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.exchange.cells import as_date, as_decimal, as_text
from dentalsales.exchange.guess import judged
from dentalsales.exchange.headings import clean_heading, find_heading_row, match_headings
from dentalsales.exchange.import_result import bad_rows_file as bad_rows_file
from dentalsales.exchange.import_result import lines_of as lines_of
from dentalsales.exchange.open_source import open_source
from dentalsales.exchange.source import ReadingStopped, Row, Source, never_stopped
from dentalsales.i18n import _
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.import_cells import CellReaders
from dentalsales.usecases.import_report import ImportReport, ImportTable
from dentalsales.usecases.import_rights import demand_import
from dentalsales.usecases.import_rows import import_rows
from dentalsales.usecases.import_template import remembered

ROWS_SHOWN = 20

Progress = Callable[[int, int], object]
Stopped = Callable[[], bool]


@dataclass(frozen=True)
class Preview:
    """One sheet of a file as it was understood; the user corrects what is wrong."""

    source: Source
    sheet: str
    heading_row: int
    headings: tuple[str, ...]
    mapping: dict[int, str]
    doubtful: frozenset[int]
    """Columns whose match is a guess."""
    unfit: frozenset[int]
    """Columns that bear a known heading, but whose values are something else."""
    from_template: bool
    """True when these headings were matched before."""
    rows: tuple[Row, ...]
    """The first rows of the sheet, from its top."""

    @property
    def rows_estimate(self) -> int:
        """About so many rows follow the headings."""
        found = next(sheet.rows_estimate for sheet in self.source.sheets if sheet.name == self.sheet)
        return max(found - self.heading_row, 0)


def preview(
    desk: Desk, kind: ImportKind, source: Source, sheet: str | None = None, heading_row: int | None = None
) -> Preview:
    """Look at a sheet (the first when none is named): find its heading row and match its columns."""
    demand_import(desk, kind)
    name = source.sheets[0].name if sheet is None else sheet
    with closing(source.rows(name)) as found:
        rows = tuple(islice(found, ROWS_SHOWN))
    row = heading_row or find_heading_row(rows, kind.headings)
    headings = _headings(_row_at(source, name, row, rows))
    kept = remembered(desk, kind.name, headings)
    if kept is not None:
        return Preview(source, name, row, headings, kept, frozenset(), frozenset(), True, rows)
    matches = match_headings(headings, kind.headings)
    samples = {index: [cells[index] for at, cells in rows if at > row and index < len(cells)] for index in matches}
    guess = judged(kind, headings, matches, samples, readers_of(source))
    mapping = {index: match.field for index, match in matches.items() if index not in guess.unfit}
    return Preview(source, name, row, headings, mapping, guess.doubtful, guess.unfit, False, rows)


def check(desk: Desk, kind: str | ImportKind, path: Path, **words: Any) -> ImportReport:
    """Do what `run` does, and keep nothing."""
    return _import(desk, kind, path, keep=False, **words)


def run(desk: Desk, kind: str | ImportKind, path: Path, **words: Any) -> ImportReport:
    """Import a file: all rows or none; only with `skip_bad` the good rows without the bad ones.

    `sheet`, `heading_row` and `mapping` are found out when they are not given; a mapping from columns (counted from 0)
    to names is taken as it is, one from headings to names ("" for none) corrects what was found out. `corrections`
    replace cells (row, column from 0),
    `progress(done, total)` is told how far it is, `stopped()` is asked whether to go on. `source` is the opened file.
    Raises RuleBroken when the file or its columns can't be taken, ReadingStopped after a cancel: nothing is kept then.
    """
    return _import(desk, kind, path, keep=True, **words)


def _import(
    desk: Desk,
    kind: str | ImportKind,
    path: Path,
    *,
    keep: bool,
    sheet: str | None = None,
    heading_row: int | None = None,
    mapping: Mapping[Any, str] | None = None,
    corrections: Mapping[tuple[int, int], str] | None = None,
    skip_bad: bool = False,
    progress: Progress | None = None,
    stopped: Stopped = never_stopped,
    source: Source | None = None,
) -> ImportReport:
    found = kind_of(desk, kind)
    demand_import(desk, found)
    looked = preview(desk, found, source or open_source(path, stopped=stopped), sheet, heading_row)
    table = table_of(looked, _mapping(found, looked, mapping or {}))
    table = replace(table, fingerprint=fingerprint(path, looked.sheet), corrections=corrections or {})
    opened = replace(looked.source, read=partial(_read, path, stopped)) if source is not None else looked.source
    with closing(opened.rows(looked.sheet, looked.heading_row)) as rows:
        return import_rows(
            desk,
            found,
            table,
            rows,
            readers_of(looked.source),
            keep=keep,
            skip_bad=skip_bad,
            progress=_stoppable(progress, stopped),
        )


def _read(path: Path, stopped: Stopped, sheet: str, start: int) -> Any:
    """Read a file again that was opened before, with a cancel of its own."""
    return open_source(path, stopped=stopped).rows(sheet, start)


def check_rows(
    desk: Desk, kind: ImportKind, looked: Preview, mapping: Mapping[int, str], rows: Mapping[int, Sequence[Any]]
) -> ImportReport:
    """Check some rows together, by their numbers, with the cells the user wrote."""
    return import_rows(desk, kind, table_of(looked, dict(mapping)), rows.items(), readers_of(looked.source), keep=False)


def kind_of(desk: Desk, kind: str | ImportKind) -> ImportKind:
    """Return a kind by name; RuleBroken naming those there are."""
    if isinstance(kind, ImportKind):
        return kind
    try:
        return desk.business.import_kind(kind)
    except KeyError:
        raise RuleBroken(
            _("There is no import “{kind}”. Choose one of: {kinds}."),
            kind=kind,
            kinds=", ".join(one.name for one in desk.business.imports),
        ) from None


def table_of(looked: Preview, mapping: dict[int, str]) -> ImportTable:
    """Return what the import is told about a sheet."""
    return ImportTable(
        looked.source.path.name.encode(errors="replace").decode(),
        looked.sheet,
        looked.heading_row,
        looked.headings,
        mapping,
        rows_estimate=looked.rows_estimate,
    )


def readers_of(source: Source) -> CellReaders:
    """Return how the cells of a file are read."""
    return CellReaders(as_text, as_decimal, lambda cell: as_date(cell, source.since_1904))


def fingerprint(path: Path, sheet: str) -> str:
    """Return what a sheet of a file is known by: SHA-256 of the file's bytes and the sheet's name."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    digest.update(b"\0" + sheet.encode())
    return digest.hexdigest()


def _stoppable(progress: Progress | None, stopped: Stopped) -> Progress:
    def tell(done: int, total: int) -> None:
        if progress is not None:
            progress(done, total)
        if stopped():
            raise ReadingStopped

    return tell


def _row_at(source: Source, sheet: str, row: int, rows: Sequence[Row]) -> Sequence[Any]:
    """Return the cells of a row; it may lie below the rows that are shown."""
    for number, cells in rows:
        if number == row:
            return cells
    with closing(source.rows(sheet, row - 1)) as found:
        number, cells = next(found, (0, ()))
    if number != row:
        raise RuleBroken(_("Row {row} of the sheet is empty. Choose the row with the headings."), row=row)
    return cells


def _headings(cells: Sequence[Any]) -> tuple[str, ...]:
    return tuple("" if cell is None else str(cell).strip() for cell in cells)


def _mapping(kind: ImportKind, looked: Preview, matched: Mapping[Any, str]) -> dict[int, str]:
    """Return the user's match, or put his word for some headings in place of what was found out."""
    if matched and all(isinstance(place, int) for place in matched):
        return dict(matched)
    mapping = dict(looked.mapping)
    places = {clean_heading(heading): index for index, heading in reversed(list(enumerate(looked.headings)))}
    for heading, name in matched.items():
        index = places.get(clean_heading(heading))
        if index is None:
            raise RuleBroken(_("The file has no heading “{heading}”."), heading=heading)
        mapping = {other: old for other, old in mapping.items() if other != index and old != name}
        if name:
            mapping[index] = _column_name(kind, name)
    return mapping


def _column_name(kind: ImportKind, name: str) -> str:
    for column in kind.columns:
        if clean_heading(name) in {clean_heading(word) for word in column.headings} or name == column.name:
            return column.name
    raise RuleBroken(
        _("“{kind}” has no column “{column}”. Choose one of: {columns}."),
        kind=kind.title,
        column=name,
        columns=", ".join(column.name for column in kind.columns),
    )
