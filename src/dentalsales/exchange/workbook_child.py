"""Runs in a process of its own with little memory: parses one workbook and sends its sheets or rows as JSON."""

import json
import os
import re
import sys
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from io import BytesIO
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

ROWS_IN_BATCH = 500
LETTERS_IN_BATCH = 1_000_000
LONGEST_CELL = 32_767  # Excel's own limit

ERROR_CELL = re.compile(rb" t=[\"']e[\"'](?=[^<>]*>)")
UNCALCULATED = (  # what such a cell ends with; found 30 times sooner than the whole cell
    re.compile(rb"f><(?:/(?:\w+:)?c>|(?:\w+:)?v(?:\s*/>|></))"),
    re.compile(rb"<f [^<>]*/><(?:/c>|v\s*/>|v></)"),
)
UNCALCULATED_CELL = re.compile(
    rb"<((?:\w+:)?c)\b(?![^<>]*\bt=[\"']str[\"'])([^<>]*)>"
    rb"<((?:\w+:)?f)\b[^<>]*(?:/>|>[^<>]*</\3>)(?:<(?:\w+:)?v\s*/>|<((?:\w+:)?v)></\4>)?</\1>"
)


class CellTooLong(Exception):
    """A cell holds more text than Excel allows."""


def run(out: Connection, path: str, sheet: str | None, start: int, limits: tuple[int, int, int]) -> None:
    """Send the sheets, or the rows of one sheet after row `start`, between ["ready"] and ["end"] or ["problem", name].

    `limits` are bytes of memory, seconds of work, columns.
    """
    memory, seconds, columns = limits
    _send(out, ["ready"])
    sys.stderr = open(os.devnull, "w")  # a parser that aborts writes its stack there: nobody can use it
    os.dup2(sys.stderr.fileno(), 2)
    limit_this_process(memory, seconds)
    try:
        for message in _sheets(path) if sheet is None else _batches(path, sheet, start, columns):
            _send(out, message)
        _send(out, ["end"])
    except BrokenPipeError:
        return
    except BaseException as error:  # a panic of the parser is no Exception
        _send(out, ["problem", _problem(error)])


def limit_this_process(memory: int, seconds: int) -> None:
    """Let the operating system end this process when it takes more memory or work than a workbook deserves."""
    if sys.platform == "win32":
        from dentalsales.exchange.windows_job import limit_memory

        limit_memory(memory)
        return
    import resource

    for kind, most in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_CPU, seconds + 1), (resource.RLIMIT_AS, memory)):
        with suppress(ValueError, OSError):  # macOS knows RLIMIT_AS and refuses it
            resource.setrlimit(kind, (most, most))


def readable(data: bytes) -> bytes:
    """Return the workbook with its error and uncalculated formula cells turned into texts.

    The parser drops an error cell silently, and gives up the whole sheet at the newer ones (#SPILL!).
    """
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(BytesIO(data)) as book:
        changed = {name: part for name in book.namelist() if (part := _repaired(book, name)) is not None}
        if not changed:
            return data
        copy = BytesIO()
        with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as written:
            for name in book.namelist():
                written.writestr(name, changed[name] if name in changed else book.read(name))
        return copy.getvalue()


def _repaired(book: zipfile.ZipFile, name: str) -> bytes | None:
    if "worksheets" not in name.lower() or not name.lower().endswith(".xml"):
        return None
    before = book.read(name)
    after = ERROR_CELL.sub(b' t="str"', before)
    if any(end.search(after) for end in UNCALCULATED):
        after = UNCALCULATED_CELL.sub(_marked, after)
    return None if after == before else after


def _marked(cell: re.Match[bytes]) -> bytes:
    attributes = re.sub(rb"\bt=[\"']\w*[\"']", b"", cell[2])
    tag, prefix = cell[1], cell[1][:-1]
    return b'<%s%s t="str"><%sv>#UNCALCULATED!</%sv></%s>' % (tag, attributes, prefix, prefix, tag)


def _workbook(path: str) -> "CalamineWorkbook":
    from python_calamine import load_workbook

    with open(path, "rb") as file:
        return load_workbook(BytesIO(readable(file.read())))


def _sheets(path: str) -> Iterator[list[Any]]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    book = _workbook(path)
    for about in book.sheets_metadata:
        if about.typ == SheetTypeEnum.WorkSheet:
            end = book.get_sheet_by_name(about.name).end
            yield ["sheet", about.name, end[0] + 1 if end else 0, about.visible != SheetVisibleEnum.Visible]


def _batches(path: str, name: str, start: int, columns: int) -> Iterator[list[Any]]:
    batch: list[Any] = []
    letters = 0
    for number, cells in _rows(_workbook(path).get_sheet_by_name(name), start):
        if len(cells) > columns:
            yield ["problem", "columns", number]
            return
        letters += sum(_length(cell, number) for cell in cells)
        batch.append([number, cells])
        if len(batch) >= ROWS_IN_BATCH or letters >= LETTERS_IN_BATCH:
            yield ["rows", batch]
            batch, letters = [], 0
    yield ["rows", batch]


def _rows(sheet: "CalamineSheet", start: int) -> Iterator[tuple[int, list[Any]]]:
    """Rows come from the sheet's first row on, but columns only from the first filled one."""
    left: list[Any] = [None] * (sheet.start[1] if sheet.start else 0)
    for number, cells in enumerate(sheet.iter_rows(), 1):
        if number <= start:
            continue
        while cells and cells[-1] == "":
            cells.pop()
        if cells:
            yield number, left + [None if cell == "" else cell for cell in cells]


def _length(cell: object, row: int) -> int:
    if not isinstance(cell, str):
        return 8
    if len(cell) > LONGEST_CELL:
        raise CellTooLong(row)
    return len(cell)


def _send(out: Connection, message: list[Any]) -> None:
    out.send_bytes(json.dumps(message, ensure_ascii=False, default=_as_json).encode("utf-8", "replace"))


def _as_json(value: object) -> object:
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, time):
        return value.isoformat()
    if isinstance(value, timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return str(value)


def _problem(error: BaseException) -> str:
    if isinstance(error, MemoryError | CellTooLong):
        return "large"
    return {"PasswordError": "password", "WorksheetNotFound": "sheet"}.get(type(error).__name__, "damaged")
