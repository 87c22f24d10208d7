"""Reads a stranger's text table row by row: its encoding and its separator are found out, nothing is loaded whole."""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from math import log2
from pathlib import Path

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.exchange.source import MEGABYTE, Limits, ReadingStopped, Rows, SheetInfo
from dentalsales.exchange.workbook_guard import no_table, refusal, unreadable
from dentalsales.i18n import _

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
SEPARATORS = ",\t;"
SEPARATOR_LINE = re.compile(r'"?sep=(?P<separator>[,;\t|])"?\r?\n', re.IGNORECASE)  # Excel obeys it and hides it
OUR_SHIELD = re.compile("'(?='*[=+\\-@\\t\\r\\n＝＋－＠])")
CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1c-\x1f]")
BLANK = " \t\r\n\u3000\xa0\x1a"  # the last is how old DOS programs end a file
SAMPLE_ROWS = 60
SAMPLE_LETTERS = 64 * 1024
SURELY_UTF8 = 100  # so many surplus bytes in whole UTF-8 characters do not come about by chance in a GB18030 text
ROWS_BETWEEN_LOOKS = 500


@dataclass(frozen=True)
class TextTable:
    """How a text table is written; `sheet` bears the file's name and counts its lines."""

    path: Path
    encoding: str
    separator: str
    has_separator_line: bool
    sheet: SheetInfo


def look_at_text(path: Path, stopped: Callable[[], bool]) -> TextTable:
    """Find out how the table is written; raise RuleBroken when the file is no readable text."""
    try:
        encoding, lines = _encoding_and_lines(path, stopped)
        with path.open(encoding=encoding, newline="") as file:
            sample = file.read(SAMPLE_LETTERS)
    except OSError as error:
        raise unreadable(path, error) from error
    if CONTROL.search(sample):
        raise no_table(path)
    if not sample.strip():
        raise refusal(path, _("{file} is empty. Choose another file."))
    told = SEPARATOR_LINE.match(sample)
    separator = told["separator"] if told else _separator(sample)
    return TextTable(path, encoding, separator, told is not None, SheetInfo(_writable(path.stem), lines))


def _writable(name: str) -> str:
    """A file's name may hold bytes that are no letters; what is kept of it may not."""
    return name.encode(errors="replace").decode()


def csv_rows(table: TextTable, start: int, limits: Limits, stopped: Callable[[], bool]) -> Rows:
    """Yield the rows after row `start` that are not blank; every cell is a text or None.

    Raises RuleBroken with the row at which the table cannot be read, ReadingStopped when `stopped()` turns true.
    """
    number = 0
    try:
        with table.path.open(encoding=table.encoding, newline="") as file:
            if table.has_separator_line:
                file.readline()
            for number, cells in enumerate(csv.reader(file, delimiter=table.separator), 1):
                if number % ROWS_BETWEEN_LOOKS == 0 and stopped():
                    raise ReadingStopped
                if number > start and (row := _tidied(cells)):
                    if number > limits.rows or len(row) > limits.columns:
                        raise _beyond(table, number, limits)
                    yield number, row
    except OSError as error:
        raise unreadable(table.path, error) from error
    except (csv.Error, UnicodeError):
        raise RuleBroken(
            _("{file} cannot be read after row {row}: a quotation mark is not closed, or the file is damaged."),
            file=table.path.name, row=number,
        ) from None  # fmt: skip


def _tidied(cells: list[str]) -> tuple[str | None, ...]:
    while cells and not cells[-1].strip(BLANK):
        cells.pop()
    if "\n'" in "\n" + "\n".join(cells):  # one look at the whole row is twice as fast as one at each cell
        cells = [cell[1:] if OUR_SHIELD.match(cell) else cell for cell in cells]
    return tuple(cells) if all(cells) else tuple([cell or None for cell in cells])


def _beyond(table: TextTable, number: int, limits: Limits) -> RuleBroken:
    if number > limits.rows:
        return RuleBroken(
            _("{file} has more than {most} rows. Split it into several files."), file=table.path.name, most=limits.rows
        )
    return RuleBroken(
        _("Row {row} of sheet {sheet} has more than {most} columns. Delete what stands far to the right."),
        row=number, sheet=table.sheet.name, most=limits.columns,
    )  # fmt: skip


def _encoding_and_lines(path: Path, stopped: Callable[[], bool]) -> tuple[str, int]:
    """Read the whole file once: a Chinese letter may first stand in its last line."""
    with path.open("rb") as file:
        head = file.read(SAMPLE_LETTERS)
    marked = [encoding for mark, encoding in BYTE_ORDER_MARKS if head.startswith(mark)]
    for encoding in marked or [_utf16_by_zeros(head) or "utf-8", "gb18030"]:
        try:
            return encoding, _count_lines(path, encoding, stopped)
        except UnicodeDecodeError:
            continue
    if b"\0" in head:
        raise no_table(path)
    raise refusal(
        path, _("The letters of {file} cannot be read. Open it in Excel and save it as .xlsx or as CSV UTF-8.")
    )


def _utf16_by_zeros(head: bytes) -> str | None:
    """Separators, digits and line ends have a zero byte in UTF-16, always on the same side."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if even + odd == 0:
        return None
    return "utf-16-le" if odd > 10 * even else "utf-16-be" if even > 10 * odd else None


def _count_lines(path: Path, encoding: str, stopped: Callable[[], bool]) -> int:
    """Count the lines; raise UnicodeDecodeError when the file is not in this encoding."""
    decoder = codecs.getincrementaldecoder(encoding)()
    lines = surplus = 0
    last = ""
    with path.open("rb") as file:
        chunk = b"start"
        while chunk:
            if stopped():
                raise ReadingStopped
            chunk = file.read(MEGABYTE)
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                surplus += error.start - len(error.object[: error.start].decode(encoding))
                if encoding.startswith("utf-8") and surplus >= SURELY_UTF8:
                    raise _damaged_text(path, lines + error.object[: error.start].count(b"\n") + 1) from None
                raise
            surplus += len(chunk) - len(text)
            lines += text.count("\n") or text.count("\r")
            last = text[-1:] or last
    return lines + (last not in "\r\n")


def _damaged_text(path: Path, line: int) -> RuleBroken:
    return RuleBroken(
        _("Line {line} of {file} holds bytes that are no letters. Save the file again as CSV UTF-8."),
        line=line, file=path.name,
    )  # fmt: skip


def _separator(sample: str) -> str:
    """Choose the separator that cuts the most rows into the same, large number of cells."""
    return max(SEPARATORS, key=lambda separator: _evenness(sample, separator))


def _evenness(sample: str, separator: str) -> float:
    reader = csv.reader(_lines(sample), delimiter=separator)
    try:
        widths = Counter(len(cells) for cells in islice(reader, SAMPLE_ROWS) if any(cells))
    except csv.Error:
        return 0.0
    if not widths:
        return 0.0
    width, times = widths.most_common(1)[0]
    return times / widths.total() * log2(width)


def _lines(sample: str) -> Iterator[str]:
    """The last line of a sample is cut in the middle and would mislead."""
    lines = list(StringIO(sample, newline=""))
    return iter(lines if sample.endswith(("\r", "\n")) else lines[:-1] or lines)
