"""What an import found and did: counts, every problem with its place, and the rows that could not be taken."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dentalsales.i18n import Text, _, in_all_languages, tr
from dentalsales.usecases.import_cells import plain_word

MOST_PROBLEMS = 1_000
"""So many problems are listed; all are counted."""
MOST_BAD_ROWS = 20_000
"""So many rows go into the file of bad rows."""

MOST_SPANS = 12
"""So many groups of rows stand in a sentence."""

Cells = tuple[Any, ...]


@dataclass(frozen=True)
class ImportTable:
    """A sheet whose columns are matched: what the import is told about the file."""

    file: str
    sheet: str
    heading_row: int
    headings: tuple[str, ...]
    mapping: Mapping[int, str]
    """Column, counted from 0 -> column name of the kind."""
    fingerprint: str = ""
    """SHA-256 of file and sheet."""
    rows_estimate: int = 0
    corrections: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """(row, column counted from 0) -> what the user wrote in place of the cell."""


@dataclass(frozen=True)
class ImportProblem:
    """Something about one cell or row; row 0 is the file as a whole."""

    sheet: str
    row: int
    column: str
    """The heading in the file, empty when it is about the row."""
    field: Text
    """What the program calls the column, empty when it is about the row."""
    index: int | None
    """Column counted from 0, None when it is about no column of the file."""
    value: str
    text: Text
    is_error: bool = True

    @property
    def place(self) -> Text:
        """The column as the file calls it, beside what the program calls it when that is another word."""
        heading = Text("{words}").fill(words=self.column)
        if not self.field or plain_word(self.column).strip("*") in map(plain_word, in_all_languages(self.field)):
            return heading
        return _("{heading} ({field})").fill(heading=heading, field=self.field)

    @property
    def sentence(self) -> Text:
        """What is to be done, after the column it is about."""
        return _("{column}: {reason}").fill(column=self.place, reason=self.text) if self.column else self.text


@dataclass
class ImportReport:
    """Counts are of rows; a row with an error is not counted as new or already there."""

    kind: str
    file: str
    sheet: str
    heading_row: int
    headings: tuple[str, ...]
    mapping: Mapping[int, str]
    rows: int = 0
    new: int = 0
    already: int = 0
    filled: int = 0
    """Rows that were there already, and of which empty fields are filled."""
    empty: int = 0
    totals: int = 0
    """Rows that are sums of others; they are left out."""
    warning: int = 0
    """Rows that can be taken, but should be looked at."""
    error: int = 0
    problems: list[ImportProblem] = field(default_factory=list)
    more_problems: int = 0
    """Problems beyond the listed ones."""
    bad_rows: dict[int, tuple[Cells, tuple[Text, ...]]] = field(default_factory=dict)
    """Row -> its cells as the file has them, corrections included, and the reasons."""
    left_out: list[Text] = field(default_factory=list)
    """A sentence for columns of the file that are not taken."""
    foreseen: dict[str, tuple[Text, set[int]]] = field(default_factory=dict)
    """What will stand in the way later, as a sentence and the rows it is about."""
    not_allowed: bool = False
    """True when columns were left out because the employee may not fill them: somebody else may still bring them."""
    kept: bool = False
    """True when the rows stand in the company now."""
    imported_before: datetime | None = None
    """When this same file was imported; then nothing was read."""

    @property
    def ok(self) -> int:
        """Rows without any problem."""
        return self.rows - self.error - self.warning

    @property
    def is_good(self) -> bool:
        """True when nothing is wrong with any row."""
        return self.error == 0

    @property
    def notes(self) -> list[Text]:
        """What is to be said of the file as a whole, beside the counts."""
        return [
            *self.left_out,
            *(text.fill(count=len(rows), rows=spans(rows)) for text, rows in self.foreseen.values()),
        ]

    def add(self, problem: ImportProblem) -> None:
        """List a problem, or only count it when the list is full; errors push no warning out."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem)
        else:
            self.more_problems += 1

    def foresee(self, text: Text, *rows: int) -> None:
        """Note for rows what will stand in their way later; the same sentence stands once."""
        key = tr(text.fill(count="", rows=""))
        self.foreseen.setdefault(key, (text, set()))[1].update(rows)

    def replace_rows(self, rows: Collection[int], found: "ImportReport") -> None:
        """Put what a new check of some bad rows found in place of what was known about them."""
        self.problems = [problem for problem in self.problems if problem.row not in rows] + found.problems
        self.problems.sort(key=lambda problem: problem.row)
        self.error -= sum(self.bad_rows.pop(row, None) is not None for row in rows)
        self.bad_rows.update(found.bad_rows)
        for text, foreseen in found.foreseen.values():
            self.foresee(text, *foreseen)
        for name in ("new", "already", "filled", "empty", "totals", "warning", "error"):
            setattr(self, name, getattr(self, name) + getattr(found, name))

    def add_bad_row(self, row: int, cells: Cells, reasons: Sequence[Text]) -> None:
        """Keep a row for the file of bad rows."""
        self.error += 1
        if len(self.bad_rows) < MOST_BAD_ROWS:
            self.bad_rows[row] = (cells, tuple(reasons))


def spans(rows: Iterable[int]) -> str:
    """Return rows as people write them: 2-5, 8, 11; only the first groups of many."""
    groups: list[list[int]] = []
    for row in sorted(rows):
        if groups and groups[-1][1] == row - 1:
            groups[-1][1] = row
        else:
            groups.append([row, row])
    shown = [str(first) if first == last else f"{first}-{last}" for first, last in groups[:MOST_SPANS]]
    return ", ".join(shown) + (" …" if len(groups) > MOST_SPANS else "")


def empty_report(kind: str, table: ImportTable) -> ImportReport:
    """Return the report that an import begins with."""
    return ImportReport(kind, table.file, table.sheet, table.heading_row, table.headings, dict(table.mapping))
