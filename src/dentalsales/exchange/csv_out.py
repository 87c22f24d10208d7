"""Writes a sheet's rows as CSV for other programs: bare numbers, ISO days, and no text that a spreadsheet would run."""

import csv
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TextIO

from dentalsales.blueprint.sheet import Block, Sheet
from dentalsales.exchange.cell_text import shown
from dentalsales.exchange.progress import Cancelled, Progress, tell
from dentalsales.i18n import tr
from dentalsales.safe_file import write_safely

RUNS_IN_A_SPREADSHEET = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
ROWS_BETWEEN_REPORTS = 500


def write_sheet(sheet: Sheet, path: Path, progress: Progress | None = None) -> bool:
    """Write UTF-8 with a byte order mark, which Excel needs; True when written, False when `progress` said stop.

    A single block starts at the first line; several are titled and set apart by an empty line. Totals are left out:
    they are for people, and would be added up again. RuleBroken when the file cannot be written.
    """
    try:
        with write_safely(path) as temporary, temporary.open("w", encoding="utf-8-sig", newline="") as file:
            _write_blocks(sheet, file, progress)
    except Cancelled:
        return False
    return True


def as_harmless(text: str) -> str:
    """Return the text with ' before anything that a spreadsheet would take for a formula."""
    return f"'{text}" if RUNS_IN_A_SPREADSHEET.match(text) else text


def _write_blocks(sheet: Sheet, file: TextIO, progress: Progress | None) -> None:
    writer = csv.writer(file)
    total, done = sum(len(block.rows) for block in sheet.blocks), 0
    for number, block in enumerate(sheet.blocks):
        if len(sheet.blocks) > 1:
            writer.writerows([[]] if number else [])
            writer.writerow([as_harmless(tr(block.title))])
        writer.writerow([as_harmless(tr(column.label)) for column in block.columns])
        for row in _rows(block):
            if done % ROWS_BETWEEN_REPORTS == 0:
                tell(progress, done, total)
            writer.writerow(row)
            done += 1
    tell(progress, total, total)


def _rows(block: Block) -> Iterator[list[str]]:
    kinds = [column.kind for column in block.columns]
    for row in block.rows:
        yield [_cell(value, kind) for value, kind in zip(row.cells, kinds, strict=True)]


def _cell(value: Any, kind: str) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return as_harmless(tr(value))
    if isinstance(value, bool | date) or kind == "percent":
        return shown(value, kind).replace(",", "")
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
