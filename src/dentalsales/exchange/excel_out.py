"""Writes a sheet as an Excel workbook that is ready to print: head, typed tables, real sums, signature line."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.blueprint.sheet import Block, Sheet
from dentalsales.exchange import excel_cells
from dentalsales.exchange.excel_page import Page
from dentalsales.exchange.progress import Cancelled, Progress
from dentalsales.i18n import _, tr
from dentalsales.safe_file import write_safely

ROWS_ON_ONE_PAGE = 200
"""Up to this many rows in all, the blocks stand under one another, as they are printed and filed."""
LONGEST_TAB = 31
FONT = {"font_name": "Microsoft YaHei", "font_size": 10}


def write_sheet(sheet: Sheet, path: Path, progress: Progress | None = None) -> bool:
    """Write the workbook; True when written, False when `progress` said stop: then nothing is left behind.

    RuleBroken for what Excel cannot hold (a text of more than 32,767 characters, more than 1,048,576 rows) or
    when the file cannot be written.
    """
    longest = max((len(block.rows) for block in sheet.blocks), default=0)
    if longest > excel_cells.MOST_ROWS - 20:
        raise RuleBroken(
            _("Excel has room for {limit} rows in a sheet. Export fewer rows, or export as CSV."),
            limit=f"{excel_cells.MOST_ROWS:,}",
        )
    try:
        with write_safely(path) as temporary, _workbook(temporary, sheet) as workbook:
            _fill(workbook, sheet, progress)
    except Cancelled:
        return False
    return True


@contextmanager
def _workbook(path: Path, sheet: Sheet) -> Iterator[Any]:
    """Row by row through a scratch folder, so that memory does not grow with the sheet."""
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    with TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        options = {"constant_memory": True, "tmpdir": scratch, "default_format_properties": FONT}
        workbook = xlsxwriter.Workbook(str(path), options)
        workbook.set_properties(
            {"title": tr(sheet.title), "author": sheet.made_by, "company": sheet.letterhead.name}
            | ({"created": sheet.made_at} if sheet.made_at else {})
        )
        try:
            yield workbook
            workbook.close()
        except FileCreateError as problem:
            raise OSError(*problem.args[0].args) from problem
        finally:
            for worksheet in workbook.worksheets():
                worksheet.row_data_fh.close()


def _fill(workbook: Any, sheet: Sheet, progress: Progress | None) -> None:
    tabs = _tabs(sheet)
    done, total = 0, sum(len(block.rows) for block in sheet.blocks)
    for number, (name, blocks) in enumerate(tabs.items(), start=1):
        page = Page(workbook, workbook.add_worksheet(name), sheet, blocks)
        page.write_head()
        for block in blocks:
            page.write_block(block, done, total, progress)
            done += len(block.rows)
        if number == len(tabs):
            page.write_end()
        page.set_up_print()


def _tabs(sheet: Sheet) -> dict[str, tuple[Block, ...]]:
    rows = sum(len(block.rows) for block in sheet.blocks)
    if len(sheet.blocks) <= 1 or rows <= ROWS_ON_ONE_PAGE:
        return {_tab_name(tr(sheet.title), ()): sheet.blocks}
    tabs: dict[str, tuple[Block, ...]] = {}
    for block in sheet.blocks:
        tabs[_tab_name(tr(block.title) or tr(sheet.title), tabs)] = (block,)
    return tabs


def _tab_name(title: str, taken: Any) -> str:
    """Excel allows 31 characters, some signs nowhere, an apostrophe not at the ends, and no name twice."""
    clean = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", title)[:LONGEST_TAB].strip(" '") or "1"
    name, count, used = clean, 1, {other.casefold() for other in taken}
    while name.casefold() in used or name.casefold() == "history":
        count += 1
        name = f"{clean[: LONGEST_TAB - 5]} ({count})"
    return name
