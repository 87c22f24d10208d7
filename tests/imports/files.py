"""Writes the messy files of the tests, as offices have them."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook


def workbook(path: Path, *rows: Sequence[Any], note: str = "", sheet: str = "Sheet1") -> Path:
    """A workbook of one sheet; a note stands merged over its first row."""
    book = Workbook()
    page = book.active
    page.title = sheet
    if note:
        page.append([note])
        page.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(rows[0]))
    for row in rows:
        page.append(list(row))
    book.save(path)
    return path


def text_table(path: Path, *lines: str, encoding: str = "gb18030") -> Path:
    """A text table as other programs write it."""
    path.write_text("\r\n".join(lines) + "\r\n", encoding=encoding, newline="")
    return path


def table(path: Path, *rows: Sequence[Any]) -> Path:
    """Rows as a text table: quicker to read than a workbook, where it does not matter which of both it is."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


CUSTOMER_HEADINGS = (
    "*客户名称",
    "*客户编号",
    "联系人",
    "联系电话",
    "地址",
    "业务员",
    "结算方式",
    "客户类型",
    "价格级别",
)


def customer(
    name: str, number: Any = None, phone: Any = "0571-88001", rep: str = "rep", terms: str = "", **more: Any
) -> list[Any]:
    """One row of a customer list."""
    return [name, number, "王医生", phone, "杭州市1号", rep, terms, more.get("kind"), more.get("level")]
