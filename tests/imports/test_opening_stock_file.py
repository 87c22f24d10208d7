from datetime import date
from pathlib import Path
from typing import Any

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
