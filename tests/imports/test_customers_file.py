from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from dentalsales.blueprint.house_records import Employee, History
from dentalsales.blueprint.rules import NotAllowed, RuleBroken
from dentalsales.exchange import import_file
from dentalsales.i18n import tr
from dentalsales.registers.customers import Customer
from tests.imports.files import CUSTOMER_HEADINGS, customer, table, workbook
from tests.makers import saved


def test_a_messy_customer_list_becomes_reviewed_customers(desk: Any, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "客户.xlsx",
        CUSTOMER_HEADINGS,
        customer("晨光口腔诊所", 17850.0, 13800000000.0, "rep name", "月结３０天", kind="诊所", level="A级"),
        customer("蓝天口腔医院", "００12", "0571-8888", "rep2", "先款后货", kind="口腔医院"),
        ["合计", 2],
        note="某公司客户资料（内部使用）",
    )
    report = import_file.run(desk, "customers", path)
    assert (report.new, report.error, report.totals, report.kept, report.heading_row) == (2, 0, 1, True, 2)
    with desk.reading() as act:
        first, second = act.session.scalars(select(Customer).order_by(Customer.id))
        rep = act.session.scalar(select(Employee.id).where(Employee.login == "rep"))
    assert (first.number, first.phone, first.owner_id) == ("17850", "13800000000", rep)
    assert (first.terms, first.terms_days, first.price_level, first.kind) == ("account", 30, "a", "clinic")
    assert (first.state, first.terms_confirmed) == ("active", True)
    assert (second.number, second.terms, second.terms_days, second.kind) == ("0012", "prepay", None, "hospital")


def test_a_customer_without_a_number_gets_the_next_one_that_the_file_leaves_free(desk: Any, tmp_path: Path) -> None:
    path = table(
        tmp_path / "a.csv", CUSTOMER_HEADINGS, customer("无号诊所"), customer("有号诊所", "C-00007", "0571-88002")
    )
    import_file.run(desk, "customers", path)
    with desk.reading() as act:
        numbers = dict(act.session.execute(select(Customer.name, Customer.number)).all())
    assert numbers == {"无号诊所": "C-00008", "有号诊所": "C-00007"}
    words = {"contact": "a", "phone": "0571-88003", "address": "c"}
    later = saved(desk, "customers", name="以后的客户", **words)
    with desk.reading() as act:
        assert act.session.get_one(Customer, later).number == "C-00009"


def test_every_imported_customer_has_one_entry_in_its_history(desk: Any, tmp_path: Path) -> None:
    import_file.run(
        desk, "customers", table(tmp_path / "名单.csv", CUSTOMER_HEADINGS, customer("甲诊所"), customer("乙诊所"))
    )
    with desk.reading() as act:
        found = act.session.execute(select(History.register, History.step, History.to_state, History.note)).all()
    assert found == [("customers", "imported", "active", "名单.csv")] * 2


def test_what_is_there_already_is_left_alone_and_differences_are_told(desk: Any, tmp_path: Path) -> None:
    import_file.run(desk, "customers", table(tmp_path / "a.csv", CUSTOMER_HEADINGS, customer("甲诊所", "K1")))
    again = table(
        tmp_path / "b.csv",
        CUSTOMER_HEADINGS,
        customer("甲诊所", "K1", "0571-9999"),
        customer("乙诊所", "K2", "0571-88002"),
    )
    report = import_file.run(desk, "customers", again)
    assert (report.new, report.already, report.warning) == (1, 1, 1)
    assert [(one.row, one.column, one.value) for one in report.problems if "The program has" in one.text] == [
        (2, "联系电话", "0571-9999")
    ]
    with desk.reading() as act:
        assert act.session.scalar(select(Customer.phone).where(Customer.number == "K1")) == "0571-88001"


def test_a_number_that_another_customer_bears_is_an_error(desk: Any, tmp_path: Path) -> None:
    rows = [customer("甲诊所", "K1"), customer("乙诊所", "K1", "0571-88002")]
    report = import_file.run(desk, "customers", table(tmp_path / "a.csv", CUSTOMER_HEADINGS, *rows))
    assert [(one.row, one.column, tr(one.text)) for one in report.problems] == [
        (3, "*客户编号", "Another customer has the number K1 already. Correct the number or the name.")
    ]


def test_everything_wrong_with_a_row_is_told_with_its_column(desk: Any, tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", CUSTOMER_HEADINGS, customer("甲诊所", rep="谁", terms="随便"))
    report = import_file.check(desk, "customers", path)
    assert [(one.column, one.value, tr(one.text)) for one in report.problems] == [
        ("业务员", "谁", "There is no employee “谁”. Enter the employee first, or correct the name."),
        (
            "结算方式",
            "随便",
            "“随便” are no terms the program knows. Write 先款后货, or 月结 and the days, like 月结30天.",
        ),
    ]


def test_a_wrong_credit_code_is_refused_like_in_the_form(desk: Any, tmp_path: Path) -> None:
    path = table(
        tmp_path / "a.csv", (*CUSTOMER_HEADINGS, "统一社会信用代码"), [*customer("甲诊所"), "91330100ABCDEFGH12"]
    )
    report = import_file.check(desk, "customers", path)
    assert [(one.row, one.column) for one in report.problems] == [(2, "统一社会信用代码")]


def test_licence_and_limit_come_along(desk: Any, tmp_path: Path) -> None:
    headings = (*CUSTOMER_HEADINGS, "医疗机构执业许可证号", "许可证有效期至", "信用额度")
    row = [*customer("甲诊所", terms="账期45天"), "PDY10086", date(2028, 5, 1), 50000.0]
    import_file.run(desk, "customers", table(tmp_path / "a.csv", headings, row))
    with desk.reading() as act:
        found = act.session.scalars(select(Customer)).one()
        licence = found.licences[0]
    assert (licence.kind, licence.number, licence.valid_to) == ("clinic", "PDY10086", date(2028, 5, 1))
    assert (found.terms_days, found.credit_limit) == (45, Decimal("50000.00"))


def test_what_a_clerk_may_not_fill_is_left_out_with_a_sentence(desks: Any, tmp_path: Path) -> None:
    row = customer("甲诊所", terms="月结30天", level="A级")
    report = import_file.run(desks["clerk"], "customers", table(tmp_path / "a.csv", CUSTOMER_HEADINGS, row))
    assert report.kept
    assert [tr(note) for note in report.left_out] == [
        f"The column “{heading}” is left out: “{field}” is filled in by Sales manager, who can import it later."
        for heading, field in (("业务员", "Salesperson"), ("结算方式", "Terms"), ("价格级别", "Price level"))
    ]
    with desks["clerk"].reading() as act:
        found = act.session.scalars(select(Customer)).one()
    assert (found.owner_id, found.terms, found.price_level) == (None, "prepay", "list")


def test_a_salesperson_does_not_import(desks: Any, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        import_file.check(desks["rep"], "customers", table(tmp_path / "a.csv", CUSTOMER_HEADINGS, customer("甲诊所")))


def test_a_file_without_a_needed_column_is_refused_before_it_is_read(desk: Any, tmp_path: Path) -> None:
    with pytest.raises(RuleBroken) as refused:
        import_file.check(desk, "customers", table(tmp_path / "a.csv", ("联系人", "电话"), ["王医生", "1"]))
    assert tr(refused.value.text) == (
        "No column of the file is matched with: Customer name / Address. Match one, or add it to the file."
    )


def test_a_second_file_with_nothing_but_licences_fills_the_cards_that_are_there(desk: Any, tmp_path: Path) -> None:
    first = table(tmp_path / "a.csv", CUSTOMER_HEADINGS, customer("晨光口腔", "1001"), customer("蓝天口腔", "1002"))
    import_file.run(desk, "customers", first)
    headings = ("客户编号", "证照类型", "许可证号", "有效期至")
    row = ("1002", "营业执照", "PDY-1", "2029-03-31")
    told = import_file.run(
        desk, "customers", table(tmp_path / "b.csv", headings, row, ("1009", "营业执照", "PDY-2", ""))
    )
    assert (told.filled, told.error, told.kept) == (1, 1, False)
    assert [(one.row, tr(one.text)) for one in told.problems] == [
        (3, f"Enter “{label}”.") for label in ("Customer name", "Contact", "Phone", "Address")
    ]
    report = import_file.run(desk, "customers", table(tmp_path / "c.csv", headings, row))
    assert (report.filled, report.error, report.warning, report.kept) == (1, 0, 0, True)
    with desk.reading() as act:
        other, filled = act.session.scalars(select(Customer).order_by(Customer.id))
        assert other.licences == [] and filled.address == "杭州市1号"
        assert [(one.kind, one.number, one.valid_to) for one in filled.licences] == [
            ("business", "PDY-1", date(2029, 3, 31))
        ]


def test_each_row_brings_a_licence_of_another_kind_and_one_that_differs_is_told(desk: Any, tmp_path: Path) -> None:
    import_file.run(desk, "customers", table(tmp_path / "a.csv", CUSTOMER_HEADINGS, customer("晨光口腔", "1001")))
    headings = ("客户编号", "证照类型", "许可证号", "有效期至")
    rows = [("1001", "营业执照", "9111", ""), ("1001", "医疗机构执业许可证", "PDY-1", "2029-03-31")]
    report = import_file.run(desk, "customers", table(tmp_path / "b.csv", headings, *rows))
    assert (report.filled, report.already, report.error, report.warning) == (2, 0, 0, 0)
    again = [("1001", "营业执照", "9111", ""), ("1001", "医疗机构执业许可证", "PDY-2", "2030-03-31")]
    report = import_file.run(desk, "customers", table(tmp_path / "c.csv", headings, *again))
    assert (report.filled, report.already, report.error) == (0, 2, 0)
    assert [(one.row, tr(one.text)) for one in report.problems] == [
        (3, "The program has “PDY-1” here; the value of the file is not taken.")
    ]
    renewed = table(tmp_path / "d.csv", headings, ("1001", "医疗机构执业许可证", "PDY-1", "2030-03-31"))
    assert [(one.column, tr(one.text)) for one in import_file.run(desk, "customers", renewed).problems] == [
        ("有效期至", "The program has “2029-03-31” here; the value of the file is not taken.")
    ]
    with desk.reading() as act:
        found = act.session.scalars(select(Customer)).one()
        assert [(one.kind, one.number) for one in found.licences] == [("business", "9111"), ("clinic", "PDY-1")]
        assert "pdy-1" in found.search_text


def test_customers_on_account_without_a_limit_are_named_with_their_rows_and_get_it_from_a_second_file(
    desks: Any, tmp_path: Path
) -> None:
    manager = desks["manager"]
    rows = [customer("甲诊所", "K1", terms="月结30天"), customer("乙诊所", "K2", "0571-88002"),
            customer("丙诊所", "K3", "0571-88003", terms="赊销")]  # fmt: skip
    report = import_file.run(manager, "customers", table(tmp_path / "a.csv", CUSTOMER_HEADINGS, *rows))
    said = [tr(one) for one in report.notes]
    assert "2 customers on account have no credit limit; nothing can be billed to them without one: rows 2, 4." in said
    headings = (*CUSTOMER_HEADINGS, "信用额度")
    second = table(tmp_path / "b.csv", headings, [*rows[0], "50000"], [*rows[1], None], [*rows[2], None])
    report = import_file.run(manager, "customers", second)
    assert (report.filled, report.already, report.new) == (1, 2, 0)
    with manager.reading() as act:
        found = act.session.scalar(select(Customer).where(Customer.number == "K1"))
    assert (found.credit_limit, found.terms_confirmed) == (Decimal("50000.00"), False)
