"""Gives a sheet as JSON for scripts: the names of the columns, rows with exact numbers as text, and the totals."""

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from dentalsales.blueprint.sheet import Block, Sheet
from dentalsales.exchange.cell_text import in_office
from dentalsales.exchange.progress import Progress
from dentalsales.exchange.words import amount_in_words
from dentalsales.i18n import tr
from dentalsales.safe_file import write_safely


def as_json(sheet: Sheet) -> str:
    """Return the sheet; money and quantities with decimals are texts ("1234.50"), since JSON's own numbers lose fen."""
    content = {
        "name": sheet.name,
        "title": tr(sheet.title),
        "period": sheet.period,
        "conditions": {tr(label): tr(value) for label, value in (*sheet.conditions, *_words(sheet))},
        "made_at": _plain(sheet.made_at),
        "made_by": sheet.made_by,
        "blocks": [_block(block) for block in sheet.blocks],
        "notes": [tr(note) for note in sheet.notes],
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def write_sheet(sheet: Sheet, path: Path, progress: Progress | None = None) -> bool:
    """Write the sheet as a file in UTF-8; it is made in one go, so there is no progress to tell."""
    with write_safely(path) as draft:
        draft.write_text(as_json(sheet) + "\n", encoding="utf-8")
    return True


def _words(sheet: Sheet) -> list[tuple[str, str]]:
    return [] if sheet.words is None else [(sheet.words[0], amount_in_words(sheet.words[1]))]


def _block(block: Block) -> dict[str, Any]:
    names = [column.name for column in block.columns]
    return {
        "name": block.name,
        "title": tr(block.title),
        "columns": [{"name": column.name, "label": tr(column.label), "kind": column.kind} for column in block.columns],
        "rows": [[_plain(value) for value in row.cells] for row in block.rows],
        "totals": _totals(names, block.totals),
    }


def _totals(names: list[str], totals: tuple[Any, ...] | None) -> dict[str, Any] | None:
    if totals is None:
        return None
    return {name: _plain(total) for name, total in zip(names, totals, strict=True) if total is not None}


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return tr(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime):
        return in_office(value).isoformat()
    return value.isoformat() if isinstance(value, date) else value
