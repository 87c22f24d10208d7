"""Blocks of cells between grids, lists and a spreadsheet: tab-separated text with raw numbers and ISO days."""

import csv
import io
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from PySide6.QtGui import QGuiApplication

from dentalsales.blueprint.fields import DATES, Field
from dentalsales.exchange.csv_out import RUNS_IN_A_SPREADSHEET, as_harmless
from dentalsales.i18n import tr
from dentalsales.ui.typed_values import DECIMALS, day_typed, month_typed, number_typed, plain_number

MOST_FILES = 100
"""So many lines of a copied text are looked at as paths."""
YES = frozenset({"1", "y", "yes", "true", "是", "√", "✓"})


def written(value: Any, shown: str, field: Field) -> str:
    """Return a cell as a spreadsheet reads it; text that it would run as a formula gets a ' before it."""
    if field.kind in DECIMALS:
        return plain_number(value, field.kind)
    if field.kind == "yes_no":
        return "1" if value else "0"
    return value.isoformat() if isinstance(value, date) else as_harmless(shown)


def copied(value: Any) -> str:
    """Return a value of a list as a spreadsheet reads it: raw numbers, ISO dates, and no text that it would run."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    return as_harmless(tr(value)) if isinstance(value, str) else str(value)


def block_of(rows: list[list[str]]) -> str:
    """Return cells as one text; a cell with a tab, a line break or a quote is quoted."""
    lines = []
    for row in rows:
        line = io.StringIO(newline="")
        csv.writer(line, dialect="excel-tab", lineterminator="\r\n").writerow(row)  # so that \r alone is quoted too
        lines.append(line.getvalue().removesuffix("\r\n"))
    return "\n".join(lines)


def files_copied() -> list[Path]:
    """Return the files on the clipboard: copied in the file manager, or their paths as text, one a line."""
    copied = QGuiApplication.clipboard().mimeData()
    files = [Path(url.toLocalFile()) for url in copied.urls() if url.isLocalFile()]
    lines = copied.text().splitlines()[:MOST_FILES] if not files else []
    return [path for path in files or [Path(line.strip().strip("\"'")) for line in lines] if _is_file(path)]


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a text that is no path at all, such as one of a thousand letters
        return False


def cells_of(block: str) -> list[list[str]]:
    """Return the cells of a copied block; the ' that keeps a text from being run as a formula is taken off again."""
    text = block.replace("\r\n", "\n").replace("\r", "\n")
    try:
        rows = list(csv.reader(io.StringIO(text), dialect="excel-tab", strict=True))
    except csv.Error:  # a quote that only one cell opens is a letter, as in 5" or “"特急”
        rows = [line.split("\t") for line in text.split("\n")]
    return [[_as_typed(cell) for cell in row] for row in rows if any(cell.strip() for cell in row)]


def _as_typed(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and RUNS_IN_A_SPREADSHEET.match(cell) else cell


def value_of(text: str, field: Field, today: date) -> Any:
    """Return what a pasted cell means for a field that is no link; unreadable text comes back as it is."""
    typed = text.strip()
    if field.kind in DECIMALS:
        return number_typed(typed, field.kind)
    if field.kind in DATES:
        return day_typed(typed, today) if field.kind == "day" else month_typed(typed, today)
    if field.kind == "yes_no":
        return typed.lower() in YES
    if field.kind == "choice":
        words = {tr(label): name for name, label in field.choices} | {name: name for name, _label in field.choices}
        return words.get(typed, typed)
    return typed
