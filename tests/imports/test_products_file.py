from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from dentalsales.exchange import import_file
from dentalsales.i18n import tr
from dentalsales.imports.product_words import shelf_life_of, units_of
from dentalsales.registers.prices import Price
from dentalsales.registers.products import Product
from tests.imports.files import table, text_table

HEADINGS = "产品编号;品名;规格;单位;包装规格;管理类别;标准价;税率;保质期;注册证号"


def test_a_text_table_of_another_program_becomes_products_with_prices(desk: Any, tmp_path: Path) -> None:
    path = text_table(
        tmp_path / "产品.csv",
        HEADINGS,
        "１００１;树脂;4g;支;10支/盒;Ⅱ类;￥88.50;13%;2年;国械注准20203170001",
        "17850.0;车针;BR-31;盒;6支/盒;二类;35.5;0.13;24个月;国械注准20203170002",
        ';口镜;4号;把;;非医疗器械;"1,200";13;;',
    )
    report = import_file.run(desk, "products", path)
    assert (report.new, report.error) == (3, 0)
    with desk.reading() as act:
        resin, bur, mirror = act.session.scalars(select(Product).order_by(Product.id))
        prices = act.session.execute(select(Price.product_id, Price.unit, Price.unit_price, Price.level)).all()
    assert (resin.code, resin.unit, resin.pack_unit, resin.pack_size, resin.sells_by_pack) == (
        "1001",
        "支",
        "盒",
        10,
        False,
    )
    assert (bur.code, bur.unit, bur.pack_unit, bur.pack_size, bur.sells_by_pack) == ("17850", "支", "盒", 6, True)
    assert (resin.device_class, bur.device_class, mirror.device_class) == ("2", "2", "none")
    assert (resin.tax_rate, bur.tax_rate, resin.shelf_life_months, bur.shelf_life_months) == (13, 13, 24, 24)
    assert mirror.code == "P-00001"
    assert prices == [
        (resin.id, "支", Decimal("88.5"), "list"),
        (bur.id, "盒", Decimal("35.5"), "list"),
        (mirror.id, "把", 1200, "list"),
    ]


def test_a_product_with_the_same_code_is_there_already(desk: Any, tmp_path: Path) -> None:
    import_file.run(desk, "products", table(tmp_path / "a.csv", ("产品编号", "品名", "单位"), ["A1", "树脂", "支"]))
    report = import_file.run(
        desk, "products", table(tmp_path / "b.csv", ("产品编号", "品名", "单位"), ["a1", "树脂二", "支"])
    )
    assert (report.new, report.already) == (0, 1)
    assert [tr(one.text) for one in report.problems] == [
        "The program has “树脂” here; the value of the file is not taken."
    ]


def test_a_file_of_codes_and_registration_numbers_completes_the_cards(desk: Any, tmp_path: Path) -> None:
    rows = [("产品编号", "品名", "单位", "包装规格"), ("A1", "树脂", "支", "10支/盒"), ("A2", "车针", "支", "")]
    import_file.run(desk, "products", table(tmp_path / "a.csv", *rows))
    more = table(tmp_path / "b.csv", ("产品编号", "注册证号"), ("A1", "国械注准20203170001"), ("A2", ""))
    report = import_file.run(desk, "products", more)
    assert (report.filled, report.already, report.new, report.error) == (1, 1, 0, 0)
    with desk.reading() as act:
        resin, _bur = act.session.scalars(select(Product).order_by(Product.id))
        assert (resin.registration, resin.name, resin.unit, resin.pack_size) == (
            "国械注准20203170001",
            "树脂",
            "支",
            10,
        )


def test_a_pack_may_have_a_column_for_its_unit_and_one_for_what_it_holds(desk: Any, tmp_path: Path) -> None:
    headings = ("产品编码", "产品名称", "单位", "大包装", "包装换算")
    rows = ("R1", "树脂", "支", "盒", "1盒=4支"), ("R2", "糊剂", "支", "支", "")
    report = import_file.run(desk, "products", table(tmp_path / "a.csv", headings, *rows))
    assert (report.new, report.error) == (2, 0)
    with desk.reading() as act:
        found = act.session.execute(select(Product.unit, Product.pack_unit, Product.pack_size).order_by(Product.id))
        assert found.all() == [("支", "盒", 4), ("支", "", None)]


def test_without_a_code_name_and_what_tells_products_apart_decide(desk: Any, tmp_path: Path) -> None:
    rows = [
        ("品名", "规格", "色号", "单位"),
        ("树脂", "4g", "A1", "支"),
        ("树脂", "4g", "A2", "支"),
        ("树脂", "4g", "A1", "支"),
    ]
    report = import_file.run(desk, "products", table(tmp_path / "a.csv", *rows))
    assert (report.new, report.already) == (2, 1)


def test_who_may_not_set_prices_may_not_import_them_with_the_products(desks: Any, tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", ("产品编号", "品名", "单位", "标准价"), ["A1", "树脂", "支", 12])
    assert import_file.run(desks["warehouse"], "products", path, mapping={"标准价": ""}).new == 1


@pytest.mark.parametrize(
    ("unit", "pack", "found"),
    [
        ("盒", "10支/盒", ("支", "盒", 10, True)),
        ("支", "10支/盒", ("支", "盒", 10, False)),
        ("支", "１０支装／盒", ("支", "盒", 10, False)),
        ("盒", "1盒=10支", ("支", "盒", 10, True)),
        ("支", "盒:12支", ("支", "盒", 12, False)),
        ("支", None, ("支", "", None, False)),
    ],
)
def test_packs_are_understood(unit: str, pack: str | None, found: tuple[Any, ...]) -> None:
    assert units_of({"unit": unit, "pack": pack}) == found


@pytest.mark.parametrize(("words", "months"), [("24", 24), ("24个月", 24), ("2年", 24), ("36月", 36), (None, None)])
def test_shelf_lives_are_understood(words: str | None, months: int | None) -> None:
    assert shelf_life_of(words) == months


def test_a_tax_rate_that_differs_is_told_as_a_percentage(desk: Any, tmp_path: Path) -> None:
    headings = ("产品编号", "品名", "单位", "税率")
    import_file.run(desk, "products", table(tmp_path / "a.csv", headings, ("A1", "树脂", "支", "13%")))
    report = import_file.run(desk, "products", table(tmp_path / "b.csv", headings, ("A1", "树脂", "支", "9%")))
    assert [tr(one.text) for one in report.problems] == [
        "The program has “13.00%” here; the value of the file is not taken."
    ]
