"""An office's own workbooks, as its clerk brings them on the first day."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import select

from dentalsales.blueprint.house_records import History
from dentalsales.exchange import import_file
from dentalsales.exchange.open_source import open_source
from dentalsales.i18n import tr
from dentalsales.registers.customers import Customer
from dentalsales.registers.prices import Price
from dentalsales.registers.products import Product
from dentalsales.registers.receivables import Receivable
from dentalsales.registers.stock import Lot
from tests.imports.files import CUSTOMER_HEADINGS, table, workbook
from tests.makers import a_customer, a_product

PRODUCTS = ("产品编码", "产品名称", "规格型号", "品牌", "单位", "销售价", "进价", "注册证号", "类别", "效期管理")
GOODS = (
    (17850.0, "光固化复合树脂 A2", "4g/支", "3M", "支", "￥168.00", "￥110", "国械注进20173176543", "充填材料", "是"),
    (18600.0, "金刚砂车针", "TR-13 5支/板", "MANI", "板", "￥38.00", 25, "", "车针", "否"),
    (18601.0, "金刚砂车针", "BR-41", "MANI", "板", "￥38.00", 25, "国械备20200019", "车针", "否"),
)


def notes(report: Any) -> list[str]:
    return [tr(note) for note in report.notes]


def one(desk: Any, query: Any) -> Any:
    with desk.reading() as act:
        return act.session.scalars(query).one()


def test_specification_and_model_of_one_column_are_both_on_the_card(desks: Any, tmp_path: Path) -> None:
    import_file.run(desks["clerk"], "products", workbook(tmp_path / "产品.xlsx", PRODUCTS, *GOODS))
    with desks["clerk"].reading() as act:
        found = act.session.execute(
            select(Product.model, Product.spec, Product.device_class).order_by(Product.id)
        ).all()
    assert found == [("/", "4g/支", "3"), ("TR-13", "5支/板", "2"), ("BR-41", "/", "1")]


def test_what_will_stop_the_dispatch_is_summed_up_for_the_file(desks: Any, tmp_path: Path) -> None:
    report = import_file.check(desks["clerk"], "products", workbook(tmp_path / "产品.xlsx", PRODUCTS, *GOODS))
    assert notes(report) == [
        "Columns that are not imported: 进价, 类别, 效期管理",
        "2 products have no device class in the file; their registration number gives it: rows 2, 4.",
        "1 products of class II or III can't be dispatched yet, their card lacks Registrant or filer, "
        "Maker's licence number: rows 2.",
        "1 products have no device class in the file and are taken as class II: rows 3.",
        "1 products of class II or III can't be dispatched yet, their card lacks Registration or filing number, "
        "Registrant or filer, Maker's licence number: rows 3.",
    ]


def test_a_heading_is_not_believed_when_its_values_are_something_else(desks: Any, tmp_path: Path) -> None:
    kind = import_file.kind_of(desks["clerk"], "products")
    path = workbook(tmp_path / "产品.xlsx", PRODUCTS, *GOODS)
    looked = import_file.preview(desks["clerk"], kind, open_source(path))
    assert "device_class" not in looked.mapping.values() and PRODUCTS.index("类别") in looked.unfit
    rows = [("品名", "单位", "类别"), ("树脂", "支", "二类"), ("车针", "盒", "Ⅲ类")]
    looked = import_file.preview(desks["clerk"], kind, open_source(table(tmp_path / "b.csv", *rows)))
    assert looked.mapping[2] == "device_class"


def test_a_second_file_fills_what_the_first_left_empty(desks: Any, tmp_path: Path) -> None:
    headings = ("产品编号", "品名", "单位", "注册证号", "生产企业")
    import_file.run(desks["clerk"], "products", table(tmp_path / "a.csv", headings, ["A1", "树脂", "支", "", "甲公司"]))
    again = table(tmp_path / "b.csv", (*headings, "注册人"), ["A1", "树脂", "支", "国械备20200019", "乙公司", "丙公司"])
    report = import_file.run(desks["clerk"], "products", again)
    assert (report.new, report.filled, report.already, report.warning, report.kept) == (0, 1, 0, 1, True)
    assert [(one.column, tr(one.text)) for one in report.problems] == [
        ("生产企业", "The program has “甲公司” here; the value of the file is not taken.")
    ]
    product = one(desks["clerk"], select(Product))
    assert (product.registration, product.registrant, product.maker) == ("国械备20200019", "丙公司", "甲公司")
    entry = one(desks["clerk"], select(History).where(History.register == "products", History.step == "changed"))
    assert entry.note == "b.csv" and '"registrant":["","丙公司"]' in entry.changes


def test_a_customer_gets_salesperson_and_licence_from_a_later_file(desks: Any, tmp_path: Path) -> None:
    row = ["甲诊所", "K1", "王", "0571-87650001", "杭州", "rep"]
    path = table(tmp_path / "a.csv", (*CUSTOMER_HEADINGS[:5], "业务员"), row)
    clerk = import_file.run(desks["clerk"], "customers", path)
    assert (clerk.new, clerk.kept, tr(clerk.left_out[0])) == (
        1,
        True,
        "The column “业务员” is left out: “Salesperson” is filled in by Sales manager, who can import it later.",
    )
    assert "1 customers have no licence yet" in notes(clerk)[-1]
    manager = import_file.run(desks["manager"], "customers", path)
    assert (manager.imported_before, manager.filled) == (None, 1), "the very same file, by somebody who may say it"
    more = table(tmp_path / "b.csv", ("客户编号", "客户名称", "联系人", "电话", "地址", "医疗机构执业许可证号"),
                 ["K1", "甲诊所", "王", "0571-87650001", "杭州", "PDY1"])  # fmt: skip
    import_file.run(desks["manager"], "customers", more)
    with desks["manager"].reading() as act:
        found = act.session.scalars(select(Customer)).one()
        assert found.owner is not None and [line.number for line in found.licences] == ["PDY1"]


def test_the_column_of_a_problem_is_named_as_in_the_file_and_as_in_the_program(desks: Any, tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", ("客户名称", "联系人", "电话", "*送货地址"), ["甲诊所", "王", "0571-87650001", ""])
    report = import_file.check(desks["manager"], "customers", path)
    assert [tr(line) for line in import_file.lines_of(report)][-1] == (
        "a, row 2, *送货地址 (Address) “”: Enter “Address”."
    )
    [(_cells, reasons)] = report.bad_rows.values()
    assert tr(reasons[0]).startswith("*送货地址 (Address): ")


RECEIVABLES = ("客户名称", "单据日期", "单号", "金额", "已收", "余额")


def test_the_open_balance_is_booked_and_columns_that_contradict_are_refused(desks: Any, tmp_path: Path) -> None:
    a_customer(desks, "甲诊所")
    rows = [
        ["甲诊所", "2026-08-01", "X1", "8000", "2000", ""],
        ["甲诊所", "2026-08-02", "X2", "8000", "2000", "6000"],
        ["甲诊所", "2026-08-03", "X3", "", "", "15.5"],
        ["甲诊所", "2026-08-04", "X4", "500", "500", ""],
        ["甲诊所", "2026-08-05", "X5", "8000", "2000", "7000"],
        ["甲诊所", "2026-08-06", "X6", "100", "150", ""],
        ["甲诊所", "2026-08-07", "X7", "", "", ""],
    ]
    path = table(tmp_path / "应收.csv", RECEIVABLES, *rows)
    report = import_file.run(desks["finance"], "opening_receivables", path, skip_bad=True)
    assert [(one.row, one.column) for one in report.problems] == [(6, "余额"), (7, "已收"), (8, "余额")]
    assert tr(report.problems[0].text) == (
        "The amount ¥8,000.00 less ¥2,000.00 paid is ¥6,000.00, but the balance is ¥7,000.00. Correct one of them."
    )
    assert (report.new, report.empty) == (3, 1)
    with desks["finance"].reading() as act:
        found = act.session.execute(select(Receivable.number, Receivable.amount, Receivable.settled)).all()
    assert found == [
        ("X1", Decimal("6000.00"), Decimal("0.00")),
        ("X2", Decimal("6000.00"), Decimal("0.00")),
        ("X3", Decimal("15.50"), Decimal("0.00")),
    ]


STOCK = ("产品编码", "名称", "批号", "有效期", "数量")


def test_a_lot_that_comes_with_another_expiry_is_refused_with_both_days(desks: Any, tmp_path: Path) -> None:
    a_product(desks, code="18100")
    first = ["18100", "", "H77", "2027-03-31", 60]
    import_file.run(desks["warehouse"], "opening_stock", table(tmp_path / "a.csv", STOCK, first))
    report = import_file.check(
        desks["warehouse"], "opening_stock", table(tmp_path / "b.csv", STOCK, ["18100", "", "H77", "2027-03-01", 60])
    )
    assert [(one.column, one.is_error) for one in report.problems] == [("有效期", True)]
    said = tr(report.problems[0].text)
    assert "2027-03-31" in said and "2027-03-01" in said


def test_stock_without_lot_comes_in_with_a_warning_and_its_lot_is_entered_later(desks: Any, tmp_path: Path) -> None:
    a_product(desks, code="18001", has_lot=False, shelf_life_months=None)
    path = table(tmp_path / "a.csv", STOCK, ["18001", "", "", "", 50])
    report = import_file.run(desks["warehouse"], "opening_stock", path)
    assert report.kept and notes(report) == [
        "1 rows of class II or III goods have no lot or serial number; they can't be dispatched before the warehouse "
        "enters it on the lot: rows 2."
    ]
    assert one(desks["warehouse"], select(Lot)).on_hand == 50


def test_a_class_that_the_registration_number_contradicts_is_named(desks: Any, tmp_path: Path) -> None:
    headings = ("产品编号", "品名", "单位", "注册证号")
    import_file.run(desks["clerk"], "products", table(tmp_path / "a.csv", headings, ["A1", "树脂", "支", ""]))
    again = table(tmp_path / "b.csv", headings, ["A1", "树脂", "支", "国械备20200019"])
    said = notes(import_file.run(desks["clerk"], "products", again))
    assert said[0] == ("1 products have another class on the card than in the registration number; check it: rows 2.")


def test_terms_of_a_later_file_are_told_and_not_taken(desks: Any, tmp_path: Path) -> None:
    headings = ("客户编号", "客户名称", "联系人", "电话", "地址", "结算方式")
    path = table(tmp_path / "a.csv", headings, ["K1", "甲诊所", "王", "0571-87650001", "杭州", "月结30天"])
    import_file.run(desks["clerk"], "customers", path)
    report = import_file.run(desks["manager"], "customers", path)
    assert [(one.column, tr(one.text)) for one in report.problems] == [
        ("结算方式", "The program has “Prepay” here; the value of the file is not taken.")
    ]


def test_a_row_of_the_same_name_with_another_number_fills_nothing(desks: Any, tmp_path: Path) -> None:
    headings = ("客户编号", "客户名称", "联系人", "电话", "地址", "备注")
    row = ["甲诊所", "王", "0571-87650001", "杭州"]
    import_file.run(desks["manager"], "customers", table(tmp_path / "a.csv", headings, ["K1", *row, ""]))
    again = table(tmp_path / "b.csv", headings, ["K9", *row, "与K1同名"])
    report = import_file.run(desks["manager"], "customers", again)
    assert (report.filled, report.already) == (0, 1)
    assert tr(report.problems[0].text) == "This customer is there with the number K1; nothing is filled in."
    assert one(desks["manager"], select(Customer)).remarks == ""


def test_pack_and_first_price_come_with_a_later_file(desks: Any, tmp_path: Path) -> None:
    headings = ("产品编号", "品名", "单位", "包装规格", "标准价")
    import_file.run(desks["clerk"], "products", table(tmp_path / "a.csv", headings, ["A1", "树脂", "支", "", ""]))
    for name, price in (("b.csv", "12.5"), ("c.csv", "99")):
        again = table(tmp_path / name, headings, ["A1", "树脂", "支", "10支/盒", price])
        import_file.run(desks["clerk"], "products", again)
    product = one(desks["clerk"], select(Product))
    assert (product.unit, product.pack_unit, product.pack_size) == ("支", "盒", 10)
    assert one(desks["clerk"], select(Price)).unit_price == Decimal("12.5")


def test_a_product_without_code_that_came_before_is_known_by_the_text_of_the_one_column(
    desks: Any, tmp_path: Path
) -> None:
    a_product(desks, "金刚砂车针", model="", spec="TR-13 5支/板", shade="", brand="", registration="")
    path = table(tmp_path / "a.csv", ("品名", "规格型号", "单位"), ["金刚砂车针", "TR-13 5支/板", "支"])
    report = import_file.run(desks["clerk"], "products", path)
    assert (report.new, report.filled) == (0, 1)
    assert one(desks["clerk"], select(Product)).model == "TR-13"
