from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.exchange import import_file
from dentalsales.i18n import tr
from dentalsales.registers.prices import Price
from dentalsales.registers.products import Product
from tests.imports.files import table
from tests.makers import a_product


def test_a_file_without_any_price_is_refused_before_it_is_read(desk: Any, tmp_path: Path) -> None:
    with pytest.raises(RuleBroken) as refused:
        import_file.check(desk, "prices", table(tmp_path / "a.csv", ("产品编码", "注册人"), ["A1", "某公司"]))
    assert "Unit price or Level A price or Level B price or Level C price" in tr(refused.value.text)


def test_levels_may_stand_side_by_side(desks: Any, tmp_path: Path) -> None:
    product = a_product(desks, price=None)
    path = table(
        tmp_path / "价.csv", ("品名", "单位", "标准价", "A级价", "B级价"), ["光固化复合树脂", "盒", 1200, 1100.5, None]
    )
    assert import_file.run(desks["manager"], "prices", path).new == 1
    with desks["manager"].reading() as act:
        found = act.session.execute(select(Price.product_id, Price.level, Price.unit, Price.unit_price)).all()
    assert sorted(found, key=str) == [(product, "a", "盒", Decimal("1100.5")), (product, "list", "盒", 1200)]


def test_the_same_list_again_adds_nothing_and_a_later_price_ends_the_old_one(desks: Any, tmp_path: Path) -> None:
    product = a_product(desks, price="120.00")
    with desks["manager"].reading() as act:
        code = act.session.get_one(Product, product).code
    headings = ("产品编号", "单位", "单价", "生效日期")
    same = table(tmp_path / "a.csv", headings, [code, "支", 120, "2026年12月1日"])
    assert import_file.run(desks["manager"], "prices", same).already == 1
    new = table(tmp_path / "b.csv", headings, [code, "支", 130, "2026/12/1"])
    assert import_file.run(desks["manager"], "prices", new).new == 1
    with desks["manager"].reading() as act:
        found = act.session.execute(select(Price.unit_price, Price.valid_to).order_by(Price.id)).all()
    assert found == [(120, date(2026, 11, 30)), (130, None)]


def test_a_product_that_is_not_there_and_a_unit_it_has_not_are_errors(desks: Any, tmp_path: Path) -> None:
    a_product(desks, price=None)
    path = table(
        tmp_path / "a.csv",
        ("品名", "单位", "单价"),
        ["没有的", "支", 1],
        ["光固化复合树脂", "箱", 1],
        ["光固化复合树脂", "支", None],
    )
    report = import_file.check(desks["manager"], "prices", path)
    assert [(one.row, one.column) for one in report.problems] == [(2, "品名"), (3, "单位"), (4, "单价")]
    assert tr(report.problems[2].text) == "Enter a price."


def test_a_clerk_brings_in_first_prices_and_changes_none(desks: Any, tmp_path: Path) -> None:
    bare, priced = a_product(desks, "无价品", price=None), a_product(desks, price="120.00")
    headings = ("品名", "单位", "单价")
    first = table(tmp_path / "a.csv", headings, ["无价品", "支", 10])
    assert import_file.run(desks["clerk"], "prices", first).new == 1
    change = table(tmp_path / "b.csv", headings, ["光固化复合树脂", "支", 1])
    (problem,) = import_file.check(desks["clerk"], "prices", change).problems
    assert tr(problem.text).endswith("has a price already. Only the sales manager changes it.") and bare != priced
