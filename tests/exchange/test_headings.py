"""Headings are found and matched as they stand in offices' own tables."""

from datetime import date

import pytest

from dentalsales.exchange.headings import clean_heading, find_heading_row, match_headings
from dentalsales.exchange.source import Row

CUSTOMER = {
    "code": ("客户编号", "编号", "Code"),
    "name": ("客户名称", "名称", "Name"),
    "phone": ("电话", "联系电话", "手机", "Phone"),
    "limit": ("信用额度", "Credit limit"),
    "note": ("备注", "Notes"),
}


@pytest.mark.parametrize(
    ("heading", "clean"),
    [
        ("*单价（元）", "单价"),
        ("单 价\n[元]", "单价"),
        ("客户名称（必填）", "客户名称"),
        ("Name (required) *", "name"),
        ("Credit Limit", "creditlimit"),
        ("ＣＯＤＥ：", "code"),
        ("delivery_address", "deliveryaddress"),
        ("（元）", "元"),
        ("\ufeff编号", "编号"),
        (None, ""),
        (2026, "2026"),
    ],
)
def test_a_heading_loses_its_ornaments(heading: str | int | None, clean: str) -> None:
    assert clean_heading(heading) == clean


def test_the_heading_row_is_found_under_a_merged_note() -> None:
    rows: list[Row] = [
        (1, ("客户资料表，带 * 的必须填写",)),
        (2, ("制表：", "销售部", "2026-11-22")),
        (4, ("*客户编号", "客户名称", "电话", "备注")),
        (5, (17850.0, "仁爱口腔诊所", 13800001234.0, "老客户")),
        (6, ("C-2", "示例义齿加工厂", "010-12345678", "月结")),
    ]
    assert find_heading_row(rows) == 4
    assert find_heading_row(rows, CUSTOMER) == 4


def test_rows_of_words_under_the_headings_do_not_win() -> None:
    rows: list[Row] = [
        (1, ("编号", "名称", None, "备注", "备注")),
        (2, ("A1", "光固化树脂", "A2 色", "新", "冷藏")),
        (3, ("A2", "车针", "金刚砂", "新", "常温")),
    ]
    assert find_heading_row(rows, {"code": ("编号",), "name": ("名称",), "note": ("备注",)}) == 1


def test_numbers_and_days_are_no_headings() -> None:
    rows: list[Row] = [
        (1, ("日期", "客户", "金额")),
        (2, (date(2026, 1, 2), "甲", "1,200.00")),
        (3, ("2026-01-02", "乙", 3)),
    ]
    assert find_heading_row(rows) == 1
    assert find_heading_row([]) == 1


def test_columns_are_matched_by_either_language_and_used_once() -> None:
    found = match_headings(["Code", "客户名称*", "手机", None, "备注", "编号"], CUSTOMER)
    assert {column: match.field for column, match in found.items()} == {0: "code", 1: "name", 2: "phone", 4: "note"}
    assert all(match.confidence == 1.0 for match in found.values())


def test_near_headings_match_with_less_confidence() -> None:
    found = match_headings(["诊所名称", "客户电话号码", "credit limits", "备注说明"], CUSTOMER)
    assert {column: match.field for column, match in found.items()} == {0: "name", 2: "limit", 3: "note"}
    assert all(match.confidence < 1 for match in found.values())


def test_an_equal_heading_beats_a_near_one_further_left() -> None:
    found = match_headings(["产品单价", "单价", "Unit price"], {"price": ("单价",), "unit": ("单位", "Unit")})
    assert {column: match.field for column, match in found.items()} == {1: "price"}


def test_the_code_of_a_warehouse_is_no_product_code() -> None:
    fields = {"product": ("产品编码", "编码"), "rep": ("业务员",)}
    assert match_headings(("仓库编码", "业务员姓名", "存货编码"), fields).keys() == {1, 2}
