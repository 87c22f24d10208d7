from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from sqlalchemy import select

from dentalsales.exchange import import_file
from dentalsales.i18n import tr
from dentalsales.registers.goods_in import GoodsIn
from dentalsales.registers.stock import Lot, Movement, StockLevel
from dentalsales.registers.suppliers import Supplier
from tests.imports.files import table, workbook
from tests.makers import a_product

HEADINGS = ("品名", "单位", "库存数量", "批号", "有效期至", "供应商")


def test_lots_are_received_like_any_goods_in_in_any_unit(desks: Any, tmp_path: Path) -> None:
    product = a_product(desks)
    rows = [
        ["光固化复合树脂", "盒", 3.0, 20250101.0, date(2028, 1, 1), None],
        ["光固化复合树脂", "支", 7, "20250202", "2028.2.1", "甲商贸"],
        ["光固化复合树脂", "支", 0, "20250303", "2028.3.1", None],
    ]
    report = import_file.run(desks["clerk"], "opening_stock", workbook(tmp_path / "期初.xlsx", HEADINGS, *rows))
    assert (report.new, report.empty, report.kept) == (2, 1, True)
    assert [tr(one.text) for one in report.problems] == [
        "The supplier 甲商贸 is new. Enter phone, address and licence later."
    ]
    with desks["clerk"].reading() as act:
        lots = act.session.execute(select(Lot.lot_no, Lot.on_hand, Lot.expires_on, Lot.registration)).all()
        papers = act.session.execute(
            select(GoodsIn.kind, GoodsIn.state, GoodsIn.number, Supplier.name).join(Supplier)
        ).all()
        level = act.session.scalar(select(StockLevel.on_hand).where(StockLevel.product_id == product))
        moves = act.session.scalars(select(Movement.kind)).all()
    assert lots == [
        ("20250101", 30, date(2028, 1, 1), "国械注准20213170001"),
        ("20250202", 7, date(2028, 2, 1), "国械注准20213170001"),
    ]
    assert papers == [
        ("opening", "received", "GI-20261120-001", "期初库存"),
        ("opening", "received", "GI-20261120-002", "甲商贸"),
    ]
    assert (level, moves) == (37, ["opening", "opening"])


def test_a_lot_whose_opening_was_received_is_not_received_twice(desks: Any, tmp_path: Path) -> None:
    a_product(desks)
    first = ["光固化复合树脂", "支", 7, "L1", "2028-02-01", None]
    import_file.run(desks["manager"], "opening_stock", table(tmp_path / "a.csv", HEADINGS, first))
    again = table(tmp_path / "b.csv", HEADINGS, first, ["光固化复合树脂", "支", 2, "L2", "2028-02-01", None])
    report = import_file.run(desks["manager"], "opening_stock", again)
    assert (report.new, report.already) == (1, 1)
    with desks["manager"].reading() as act:
        assert act.session.scalar(select(StockLevel.on_hand)) == 9


def test_lot_expiry_and_quantity_are_asked_at_their_columns(desks: Any, tmp_path: Path) -> None:
    a_product(desks)
    rows = [
        ["光固化复合树脂", "支", 7, None, "2028-02-01", None],
        ["光固化复合树脂", "支", 7, "L1", None, None],
        ["光固化复合树脂", "支", -7, "L1", "2028-02-01", None],
        ["光固化复合树脂", "支", "3.5", "L1", "2028-02-01", None],
        ["光固化复合树脂", "支", 3, "L1", "20280230", None],
    ]
    report = import_file.run(desks["manager"], "opening_stock", table(tmp_path / "a.csv", HEADINGS, *rows))
    assert [(one.row, one.column) for one in report.problems] == [
        (2, "批号"),
        (3, "有效期至"),
        (4, "库存数量"),
        (5, "库存数量"),
        (6, "有效期至"),
    ]
    with desks["manager"].reading() as act:
        assert act.session.scalars(select(Supplier)).all() == []


def test_a_row_that_expires_before_it_was_made_is_named_and_can_be_left_out(desks: Any, tmp_path: Path) -> None:
    a_product(desks)
    headings = ("品名", "单位", "库存数量", "批号", "生产日期", "有效期至")
    rows = [
        ["光固化复合树脂", "支", 7, "A1", "2025-01-01", "2028-01-01"],
        ["光固化复合树脂", "支", 7, "A2", "2026-01-01", "2025-01-01"],
    ]
    path = workbook(tmp_path / "期初.xlsx", headings, *rows)
    (problem,) = import_file.check(desks["clerk"], "opening_stock", path).problems
    assert (problem.row, problem.column) == (3, "有效期至")
    assert import_file.run(desks["clerk"], "opening_stock", path, skip_bad=True).new == 1


COSTS = ("品名", "单位", "库存数量", "批号", "有效期至", "进价")


def test_whoever_may_see_cost_brings_it_in_with_the_stock_or_later_from_the_same_file(
    desks: Any, tmp_path: Path
) -> None:
    """The clerk's import leaves the cost out; finance imports the very same file, and the margin has its cost."""
    a_product(desks)
    rows = [
        ["光固化复合树脂", "盒", 3, "L1", "2028-02-01", "600"],
        ["光固化复合树脂", "支", 7, "L2", "2028-03-01", "62.5"],
        ["光固化复合树脂", "支", 2, "L3", "2028-04-01", None],
    ]
    path = table(tmp_path / "期初.csv", COSTS, *rows)
    first = import_file.run(desks["clerk"], "opening_stock", path)
    assert (first.new, first.kept) == (3, True)
    assert "“进价” is left out" in tr(first.left_out[0])
    again = import_file.run(desks["finance"], "opening_stock", path)
    assert (again.new, again.filled, again.already, again.error) == (0, 2, 1, 0)
    other = table(tmp_path / "b.csv", COSTS, ["光固化复合树脂", "支", 7, "L2", "2028-03-01", "1234.5"])
    (told,) = import_file.run(desks["manager"], "opening_stock", other).problems
    assert tr(told.text) == "The program has “¥62.50” here; the value of the file is not taken."
    with desks["finance"].reading() as act:
        assert dict(act.session.execute(select(Lot.lot_no, Lot.cost)).all()) == {
            "L1": Decimal("60.0000"),
            "L2": Decimal("62.5000"),
            "L3": None,
        }
        assert act.session.scalar(select(StockLevel.on_hand)) == 39


def test_a_workbook_that_counts_its_days_from_1904_brings_the_right_expiry(desks: Any, tmp_path: Path) -> None:
    """Excel for Mac wrote such files for years; a wrong epoch would shift every expiry by four years and a day."""
    a_product(desks)
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append(("品名", "单位", "库存数量", "批号", "生产日期", "有效期至"))
    book.active.append(("光固化复合树脂", "支", 7, "L1", date(2026, 2, 28), date(2029, 2, 27)))
    book.active.append(("光固化复合树脂", "支", 7, "L2", date(2026, 1, 1), "2028-12-31"))
    book.save(tmp_path / "mac.xlsx")
    with ZipFile(tmp_path / "mac.xlsx") as file:
        assert b'date1904="1"' in file.read("xl/workbook.xml")
        assert b"<v>45714</v>" in file.read("xl/worksheets/sheet1.xml")  # the serial of 2029-02-27 counted from 1904
    assert import_file.run(desks["clerk"], "opening_stock", tmp_path / "mac.xlsx").new == 2
    with desks["clerk"].reading() as act:
        found = act.session.execute(select(Lot.lot_no, Lot.made_on, Lot.expires_on)).all()
    assert found == [("L1", date(2026, 2, 28), date(2029, 2, 27)), ("L2", date(2026, 1, 1), date(2028, 12, 31))]
