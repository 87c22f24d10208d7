"""Odd files of real offices: what must come out of each."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import odd_files as odd
import pytest
from strange_files import locked

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.exchange import import_file
from dentalsales.exchange.open_source import open_source
from dentalsales.i18n import tr
from tests.makers import a_customer, a_product

MILLION = "大表.xlsx"
TAKEN: tuple[tuple[str, str, Callable[[], bytes], int, int, list[str]], ...] = (
    ("WPS 客户.xlsx", "customers", odd.wps_customers, 2, 2, []),
    ("金蝶 销售明细.xlsx", "past_sales", odd.kingdee_sales, 5, 2, []),
    ("用友 现存量.xlsx", "opening_stock", odd.yonyou_stock, 2, 2, []),
    ("报价单（合并）.xlsx", "prices", odd.merged_prices, 7, 2, []),
    ("全角.txt", "opening_receivables", odd.full_width, 1, 2, []),
    ("各种日期.xlsx", "opening_receivables", odd.dates_of_all_kinds, 1, 7, ["9 开单日期 11月3日 is not a date."]),
    ("mac 1904.xlsx", "opening_receivables", odd.since_1904, 1, 1, []),
    ("网店.csv", "customers", odd.shop_export, 1, 1, []),
    ("sep.csv", "customers", odd.semicolons, 1, 1, []),
    ("dos.csv", "customers", odd.old_dos, 1, 1, []),
    ("制表符.xls", "customers", odd.tabs_as_xls, 1, 1, []),
    ("隐藏.xlsx", "customers", odd.hidden, 1, 2, []),
    ("宏.xlsm", "customers", odd.macros, 1, 1, []),
    (MILLION, "customers", odd.a_million_rows, 1, 1, []),
    ("公式.xlsx", "opening_receivables", odd.formulas, 1, 0, [
        "2 余额 This cell holds a formula without a result.", "3 余额 This cell holds a formula without a result."]),
    ("两张表.xlsx", "customers", odd.two_tables, 1, 1, ["4 联系电话", "4 地址", "5 联系电话", "5 地址"]),
    ("科学计数.csv", "customers", odd.shortened_numbers, 1, 0, ["2 联系电话 Excel has", "2 银行账号 Excel has"]),
    ("规格型号.xlsx", "products", odd.products_with_units, 1, 2, []),
    ("欠款.xlsx", "opening_receivables", odd.money_words, 1, 3, ["5 欠款金额 A negative balance is money"]),
)  # fmt: skip
"""File, kind of import, its maker, the row of the headings, the good rows, and how the problems of the others begin."""
REFUSED: tuple[tuple[str, Callable[[], bytes], str], ...] = (
    ("网页.xls", odd.html_as_xls, "is a web page, whatever its ending says."),
    ("2003.xls", odd.xml_2003, "is a web page, whatever its ending says."),
    ("炸弹.xlsx", odd.bomb, "is unusually large inside and was not opened."),
    ("实体.xlsx", odd.entities, "was not opened: it holds parts that Excel never writes."),
    ("信.xlsx", odd.word_file, "is neither a workbook nor a text table."),
    ("加密.xlsx", locked, "is protected by a password."),
    ("空.csv", lambda: b"", "is empty."),
    ("照片.xlsx", lambda: b"\x89PNG\r\n\x1a\n" + bytes(99), "is neither a workbook nor a text table."),
)


def test_what_comes_out_of_each(desks: Any, tmp_path: Path) -> None:
    """The good rows can be taken, and each other row is told with its column, in the table that was found."""
    a_customer(desks, "甲诊所")
    a_product(desks)
    desk, wrong = desks["manager"], []
    for name, kind, make, heading_row, good, problems in TAKEN:
        path = odd.write(tmp_path, name, make)
        try:
            report = import_file.check(desk, kind, path)
        except RuleBroken as refusal:
            wrong.append((name, tr(refusal.text)))
            continue
        told = [f"{one.row} {one.column} {tr(one.text)}" for one in report.problems if one.is_error]
        same = all(said.startswith(begins) for said, begins in zip(told, problems, strict=False))
        if (report.heading_row, report.new, len(told), same) != (heading_row, good, len(problems), True):
            wrong.append((name, report.heading_row, report.new, told))
    assert not wrong, "\n".join(map(str, wrong))


@pytest.mark.parametrize(("name", "make", "said"), REFUSED, ids=[one[0] for one in REFUSED])
def test_what_is_no_table_is_refused_by_name(tmp_path: Path, name: str, make: Callable[[], bytes], said: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        open_source(odd.write(tmp_path, name, make))
    assert tr(refused.value.text).startswith(f"{name} {said}")
