"""Workbooks are read in a child process: honest ones cell by cell, hostile ones end with the child."""

import multiprocessing
import time
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from xlsxwriter import Workbook as WrittenWorkbook

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.exchange.cells import CellProblem, as_date, as_text
from dentalsales.exchange.open_source import open_source
from dentalsales.exchange.source import Limits, ReadingStopped, Source
from dentalsales.i18n import tr

SAMPLES = Path(__file__).parent / "samples"


@pytest.fixture(autouse=True)
def no_child_left_behind() -> Iterator[None]:
    yield
    assert multiprocessing.active_children() == []


def refusal_of(path: Path, limits: Limits) -> str:
    with pytest.raises(RuleBroken) as refused:
        list(open_source(path, limits).rows())
    return tr(refused.value.text)


def with_sheet_xml(path: Path, rows: str) -> Path:
    """Write a workbook whose one sheet holds this XML, as no library would write it."""
    Workbook().save(path)
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/worksheets/sheet1.xml"] = f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return path


def messy_workbook(path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    sheet.title = "客户"
    sheet["B2"] = "客户表，带 * 的必须填写"
    sheet.merge_cells("B2:E2")
    for column, heading in enumerate(("*客户编号", "电话", "建档日期", "更新", "启用"), 2):
        sheet.cell(3, column, heading)
    for column, cell in enumerate((17850.0, 13800001234, date(2026, 11, 22), datetime(2026, 11, 22, 7, 30), True), 2):
        sheet.cell(6, column, cell)
    book.create_sheet("空表")
    book.create_sheet("旧数据", 0).append(["x"])
    book["旧数据"].sheet_state = "hidden"
    book.create_chartsheet("图")
    book.active = 1
    book.save(path)
    return path


def test_rows_bear_the_numbers_and_columns_of_excel(tmp_path: Path) -> None:
    source = open_source(messy_workbook(tmp_path / "客户.xlsx"))
    assert [(sheet.name, sheet.rows_estimate, sheet.hidden) for sheet in source.sheets] == [
        ("客户", 6, False),
        ("旧数据", 1, True),
    ]
    assert list(source.rows()) == [
        (2, (None, "客户表，带 * 的必须填写")),
        (3, (None, "*客户编号", "电话", "建档日期", "更新", "启用")),
        (6, (None, 17850.0, 13800001234.0, date(2026, 11, 22), datetime(2026, 11, 22, 7, 30), True)),
    ]
    ((number, cells),) = source.rows("客户", start=3)
    assert (number, [as_text(cell) for cell in cells[1:3]]) == (6, ["17850", "13800001234"])


def test_a_sheet_that_is_not_there_and_a_workbook_without_rows_are_refused(tmp_path: Path) -> None:
    source = open_source(messy_workbook(tmp_path / "a.xlsx"))
    with pytest.raises(RuleBroken) as refused:
        list(source.rows("价格"))
    assert tr(refused.value.text) == "a.xlsx has no sheet 价格. Choose one of its sheets."
    Workbook().save(tmp_path / "b.xlsx")
    assert "All sheets of b.xlsx are empty" in refusal_of(tmp_path / "b.xlsx", Limits())


@pytest.mark.parametrize(("name", "since_1904"), [("customers.xls", False), ("customers_1904.xls", True)])
def test_an_old_xls_gives_the_same_days_in_both_date_systems(name: str, since_1904: bool) -> None:
    source = open_source(SAMPLES / name)
    assert source.since_1904 is since_1904
    assert [(sheet.name, sheet.rows_estimate, sheet.hidden) for sheet in source.sheets] == [
        ("客户", 5, False),
        ("旧数据", 1, True),
    ]
    assert list(source.rows(start=2)) == [
        (3, (17850, "仁爱口腔诊所", 13800001234.0, date(2026, 11, 22), 1234.5)),
        (5, (None, "示例义齿加工厂", "010-12345678", date(2025, 1, 2))),
    ]


def test_a_1904_workbook_gives_the_right_days_also_for_bare_numbers(tmp_path: Path) -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append([date(2026, 11, 2), 44866, "44866"])
    book.save(tmp_path / "mac.xlsx")
    source = open_source(tmp_path / "mac.xlsx")
    ((_number, cells),) = source.rows()
    assert source.since_1904
    assert [as_date(cell, source.since_1904) for cell in cells] == [date(2026, 11, 2)] * 3


def test_an_ods_is_read(tmp_path: Path) -> None:
    names = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" ' \
            'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" ' \
            'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'  # fmt: skip
    cells = (
        '<table:table-cell office:value-type="string"><text:p>仁爱口腔诊所</text:p></table:table-cell>'
        '<table:table-cell office:value-type="float" office:value="17850"><text:p>17850</text:p></table:table-cell>'
        '<table:table-cell office:value-type="date" office:date-value="2026-11-22"></table:table-cell>'
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names} office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="客户"><table:table-row>{cells}</table:table-row>'
        '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
        f"<table:table-row>{cells}</table:table-row>"
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("content.xml", content)
        book.writestr(
            "META-INF/manifest.xml", '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
        )
    source = open_source(tmp_path / "a.ods")
    assert source.kind == "ods"
    row = ("仁爱口腔诊所", 17850.0, date(2026, 11, 22))
    assert list(source.rows("客户")) == [(1, row), (5, row)]


def test_errors_and_formulas_without_result_become_problems_and_results_stay(tmp_path: Path) -> None:
    path = with_sheet_xml(
        tmp_path / "a.xlsx",
        '<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1" t="e"><f>A2#</f><v>#SPILL!</v></c>'
        '<c r="C1" s="0"><f>1+1</f><v></v></c><c r="D1"><f>1+1</f></c><c r="E1"><f>1+1</f><v>2</v></c>'
        '<c r="F1" t="str"><f>""</f><v></v></c><c r="G1"><f t="shared" si="0"/><v>3</v></c></row>',
    )
    ((_number, cells),) = open_source(path).rows()
    assert cells == ("#N/A", "#SPILL!", "#UNCALCULATED!", "#UNCALCULATED!", 2.0, None, 3.0)
    for cell in cells[:4]:
        with pytest.raises(CellProblem):
            as_text(cell)


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="99999999"><c r="ZZZZZ99999999"><v>1</v></c></row>',
        f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"x" * 40_000}</t></is></c></row>',
    ],
)
def test_a_few_cells_that_would_fill_the_memory_end_the_child_only(tmp_path: Path, rows: str) -> None:
    assert "unusually large inside" in refusal_of(with_sheet_xml(tmp_path / "a.xlsx", rows), Limits())


def test_broken_xml_is_said_to_be_damage(tmp_path: Path) -> None:
    assert "a.xlsx is damaged" in refusal_of(
        with_sheet_xml(tmp_path / "a.xlsx", '<row r="1"><c r="A1"></row>'), Limits()
    )


def test_rows_columns_and_time_have_limits(tmp_path: Path) -> None:
    path = messy_workbook(tmp_path / "a.xlsx")
    assert refusal_of(path, Limits(rows=3)) == "Sheet 客户 has more than 3 rows. Split it into several files."
    assert "Row 3 of sheet 客户 has more than 5 columns" in refusal_of(path, Limits(columns=5))
    assert "took too long" in refusal_of(path, Limits(seconds=0))


def big_source(path: Path, stop: list[bool]) -> Source:
    with WrittenWorkbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number in range(8_000):
            sheet.write_row(number, 0, (f"C-{number}", number, "仁爱口腔诊所", 12.5))
    return open_source(path, stopped=lambda: stop[0])


def test_a_reading_that_is_stopped_or_left_ends_its_child_within_a_second(tmp_path: Path) -> None:
    stop = [False]
    source = big_source(tmp_path / "a.xlsx", stop)
    assert sum(1 for _row in source.rows()) == 8_000
    left = source.rows()
    assert next(left) == (1, ("C-0", 0.0, "仁爱口腔诊所", 12.5))
    started = time.monotonic()
    left.close()
    assert multiprocessing.active_children() == []
    rows = source.rows()
    next(rows)
    stop[0] = True
    with pytest.raises(ReadingStopped):
        list(rows)
    assert time.monotonic() - started < 2
