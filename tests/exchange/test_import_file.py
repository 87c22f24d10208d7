from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.exchange import import_file
from dentalsales.exchange.open_source import open_source
from dentalsales.exchange.source import ReadingStopped
from dentalsales.i18n import tr
from dentalsales.imports import IMPORTS
from dentalsales.registers.customers import Customer
from tests.imports.files import CUSTOMER_HEADINGS, customer, table, text_table, workbook


def test_bad_rows_come_back_as_a_workbook_that_can_be_mended_and_imported(desk: Any, tmp_path: Path) -> None:
    rows = [
        customer("甲诊所", "K1"),
        customer("乙诊所", "K2", rep="谁"),
        customer("丙诊所", "K3", 13800000000.0, terms="?"),
    ]
    report = import_file.run(desk, "customers", workbook(tmp_path / "a.xlsx", CUSTOMER_HEADINGS, *rows), skip_bad=True)
    assert (report.new, report.error, report.kept) == (1, 2, True)
    import_file.bad_rows_file(report, tmp_path / "bad.xlsx")
    book = load_workbook(tmp_path / "bad.xlsx")
    cells = {cell.value: cell for row in book.active.iter_rows() for cell in row if cell.value}
    assert "*客户名称" in cells and "Reason" in cells and cells["13800000000"].data_type == "s"
    assert any("业务员: There is no employee “谁”" in str(words) for words in cells)
    cells["谁"].value, cells["?"].value = "rep", "预付"
    book.save(tmp_path / "mended.xlsx")
    mended = import_file.run(desk, "customers", tmp_path / "mended.xlsx")
    assert (mended.new, mended.error, mended.kept) == (2, 0, True)


def test_a_match_is_corrected_by_heading(desk: Any, tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", ("店名", "甲", "乙", "丙"), ("甲诊所", "王", "13800138001", "x"))
    matched = {"店名": "name", "甲": "联系人", "乙": "phone", "丙": "Address"}
    assert import_file.run(desk, "customers", path, mapping=matched).kept
    with pytest.raises(RuleBroken) as refused:
        import_file.check(desk, "customers", path, mapping={"丁": "name"})
    assert tr(refused.value.text) == "The file has no heading “丁”."
    with pytest.raises(RuleBroken):
        import_file.check(desk, "customers", path, mapping={"甲": "colour"})


def test_headings_matched_once_are_matched_again(desk: Any, tmp_path: Path) -> None:
    headings = ("店名", "甲", "乙", "丙")
    matched = {"店名": "name", "甲": "contact", "乙": "phone", "丙": "address"}
    import_file.run(
        desk, "customers", table(tmp_path / "a.csv", headings, ("甲诊所", "王", "13800138001", "x")), mapping=matched
    )
    looked = import_file.preview(
        desk, IMPORTS[0], open_source(table(tmp_path / "b.csv", headings, ("乙诊所", "李", "13800138002", "y")))
    )
    assert (looked.from_template, looked.mapping) == (True, {0: "name", 1: "contact", 2: "phone", 3: "address"})


def test_another_sheet_of_the_same_workbook_is_another_file(desk: Any, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", CUSTOMER_HEADINGS, customer("甲诊所"), sheet="一")
    book = load_workbook(path)
    page = book.create_sheet("二")
    page.append(CUSTOMER_HEADINGS)
    page.append(customer("乙诊所", phone="0571-88002"))
    book.save(path)
    assert import_file.run(desk, "customers", path, sheet="一").new == 1
    assert import_file.run(desk, "customers", path, sheet="二").new == 1
    again = import_file.run(desk, "customers", path, sheet="二")
    assert [tr(line) for line in import_file.lines_of(again)] == [
        "This file was imported on 2026-11-20 already. Nothing was added."
    ]


def test_a_cancel_leaves_nothing(desk: Any, tmp_path: Path) -> None:
    path = text_table(
        tmp_path / "a.csv", "客户名称,联系人,电话,地址", *(f"第{n}诊所,a,1380013800{n},x" for n in range(3))
    )
    asked: list[int] = []

    def progress(done: int, total: int) -> None:
        asked.append(done)

    with pytest.raises(ReadingStopped):
        import_file.run(desk, "customers", path, progress=progress, stopped=lambda: 3 in asked)
    assert asked == [0, 3]
    with desk.reading() as act:
        assert act.session.scalars(select(Customer)).all() == []


def test_the_end_of_an_import_is_told_line_by_line(desk: Any, tmp_path: Path) -> None:
    report = import_file.check(
        desk, "customers", table(tmp_path / "名单.csv", CUSTOMER_HEADINGS, customer("甲诊所", rep="谁"))
    )
    assert [tr(line) for line in import_file.lines_of(report)] == [
        "Nothing was imported: 1 of 1 rows have errors. Correct them, or leave them out.",
        "名单, row 2, 业务员 “谁”: There is no employee “谁”. Enter the employee first, or correct the name.",
    ]


def test_an_unknown_kind_names_those_there_are(desk: Any, tmp_path: Path) -> None:
    with pytest.raises(RuleBroken) as refused:
        import_file.check(desk, "shoes", tmp_path / "a.csv")
    assert "customers, products, prices" in tr(refused.value.text)


def test_every_kind_may_be_imported_by_those_who_may_enter_its_records(desks: Any) -> None:
    for kind in IMPORTS:
        create = desks.business.register(kind.register).access.create
        assert not create or kind.roles <= create | {"clerk"}, kind.name  # who brings in the office's own files
        assert len({column.name for column in kind.columns}) == len(kind.columns), kind.name
        assert all(word for column in kind.columns for word in column.headings), kind.name


def test_each_heading_is_of_one_column_only() -> None:
    for kind in IMPORTS:
        seen: dict[str, str] = {}
        for column in kind.columns:
            for word in column.headings:
                if word != column.name:
                    assert seen.setdefault(import_file.clean_heading(word), column.name) == column.name, (
                        kind.name,
                        word,
                    )
