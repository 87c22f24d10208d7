"""Opens a stranger's workbook or text table, whatever its ending says."""

from collections.abc import Callable
from pathlib import Path

from dentalsales.exchange.csv_in import csv_rows, look_at_text
from dentalsales.exchange.excel_in import workbook_rows, workbook_sheets
from dentalsales.exchange.source import Limits, Rows, Source, never_stopped
from dentalsales.exchange.workbook_guard import check_file, no_sheet, starts_in_1904

STANDARD_LIMITS = Limits()


def open_source(path: Path, limits: Limits = STANDARD_LIMITS, stopped: Callable[[], bool] = never_stopped) -> Source:
    """Return the file's sheets and rows, or raise RuleBroken with what the user should do instead.

    `stopped` is asked several times a second, here and while rows are read; when it says yes, ReadingStopped is raised.
    """
    kind = check_file(path, limits)
    if kind == "text":
        table = look_at_text(path, stopped)

        def read_text(sheet: str, start: int) -> Rows:
            if sheet != table.sheet.name:
                raise no_sheet(path, sheet)
            return csv_rows(table, start, limits, stopped)

        return Source(path, kind, (table.sheet,), False, read_text)
    sheets = workbook_sheets(path, limits, stopped)

    def read_workbook(sheet: str, start: int) -> Rows:
        return workbook_rows(path, sheet, start, limits, stopped)

    return Source(path, kind, sheets, starts_in_1904(path, kind), read_workbook)
