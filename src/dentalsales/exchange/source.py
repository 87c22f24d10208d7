"""What a stranger's opened file offers: its sheets and rows, and the limits it is read under."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path

from dentalsales.exchange.cells import Cell

MEGABYTE = 1024 * 1024

Row = tuple[int, tuple[Cell, ...]]
"""A row's number as Excel shows it (1-based), and its cells without the blank ones at its end."""

Rows = Generator[Row, None, None]
"""Close it to stop reading before its end."""


@dataclass(frozen=True)
class Limits:
    """How much of a stranger's file we are ready to read; sizes in bytes, `seconds` without a sign of life."""

    workbook_bytes: int = 20 * MEGABYTE
    parts: int = 2_000
    unpacked_bytes: int = 200 * MEGABYTE
    ratio: int = 150
    ratio_from_bytes: int = 10 * MEGABYTE
    text_bytes: int = 500 * MEGABYTE
    rows: int = 2_000_000
    columns: int = 1_000
    seconds: int = 120
    memory_bytes: int = 900 * MEGABYTE
    """Of the child that reads a workbook, all it maps included; the largest honest one takes less than 600."""


@dataclass(frozen=True)
class SheetInfo:
    """One sheet that has rows; the estimate counts up to its last filled row."""

    name: str
    rows_estimate: int
    hidden: bool = False


class ReadingStopped(Exception):
    """The user cancelled the reading; nothing is left running."""


def never_stopped() -> bool:
    """Be the answer of a reading that nobody can cancel."""
    return False


@dataclass(frozen=True)
class Source:
    """A file that passed the checks; visible sheets come before hidden ones, empty ones are left out."""

    path: Path
    kind: str
    sheets: tuple[SheetInfo, ...]
    since_1904: bool
    read: Callable[[str, int], Rows]

    def rows(self, sheet: str | None = None, start: int = 0) -> Rows:
        """Yield the rows after row `start` that are not blank; without a name, of the first sheet.

        Raises RuleBroken for a sheet that is not there or cannot be read, ReadingStopped when it was cancelled.
        """
        return self.read(self.sheets[0].name if sheet is None else sheet, start)
