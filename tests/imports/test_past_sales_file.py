from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from dentalsales.blueprint.house_records import History
from dentalsales.exchange import import_file
from dentalsales.i18n import tr
from dentalsales.registers.customers import Customer
from dentalsales.registers.ledger import LedgerEntry
from dentalsales.usecases.check_company import check
from tests.imports.files import text_table
from tests.makers import a_customer, a_numbered_customer, a_product

HEADINGS = "日期;单号;客户名称;品名;数量;单价;金额"


def test_sold_lines_fill_the_ledger_and_the_customers_purchases(desks: Any, tmp_path: Path) -> None:
    customer, product = a_customer(desks, "甲诊所"), a_product(desks)
    path = text_table(
        tmp_path / "销售.csv",
        HEADINGS,
        "2025-03-01;XS1;甲诊所;光固化复合树脂;2;100;200",
        "2025/3/9;XS2;甲诊所;光固化复合树脂;-1;100;-100",
    )
    report = import_file.run(desks["finance"], "past_sales", path)
    assert (report.new, report.error, report.kept) == (2, 0, True)
    with desks["finance"].reading() as act:
        found = act.session.execute(
            select(LedgerEntry.kind, LedgerEntry.product_id, LedgerEntry.quantity, LedgerEntry.amount, LedgerEntry.unit)
        ).all()
        buyer = act.session.get_one(Customer, customer)
        entry = act.session.scalars(select(History).where(History.register == "ledger")).one()
        reps = set(act.session.scalars(select(LedgerEntry.rep_id)))
    assert found == [("history", product, 2, 200, "支"), ("return", product, -1, -100, "支")]
    assert (buyer.purchases_total, buyer.last_purchase_on) == (Decimal("100.00"), date(2025, 3, 1))
    assert (entry.step, entry.note, entry.changes) == ("imported", "销售.csv", '{"rows":[0,2]}')
    assert reps == {buyer.owner_id}
    assert check(desks.company) == []


def test_a_document_of_a_return_turns_its_signs(desks: Any, tmp_path: Path) -> None:
    a_customer(desks, "甲诊所")
    a_product(desks)
    path = text_table(tmp_path / "a.csv", HEADINGS + ";单据类型", "2025-03-01;T1;甲诊所;光固化复合树脂;2;100;;销售退货")
    import_file.run(desks["finance"], "past_sales", path)
    with desks["finance"].reading() as act:
        assert act.session.execute(select(LedgerEntry.kind, LedgerEntry.quantity, LedgerEntry.amount)).all() == [
            ("return", -2, Decimal("-200.00"))
        ]


def test_amounts_that_do_not_fit_are_told_and_taken(desks: Any, tmp_path: Path) -> None:
    a_customer(desks, "甲诊所")
    a_product(desks)
    path = text_table(
        tmp_path / "a.csv",
        HEADINGS,
        "2025-03-01;1;甲诊所;光固化复合树脂;3;33.333333;100",
        "2025-03-01;1;甲诊所;光固化复合树脂;3;30;100",
        "2025-03-01;1;甲诊所;光固化复合树脂;3;;100",
        "2025-03-01;1;甲诊所;光固化复合树脂;3;30;-90",
    )
    report = import_file.check(desks["finance"], "past_sales", path)
    assert [(one.row, tr(one.text)) for one in report.problems] == [
        (3, "3 × ¥30.00 is ¥90.00, not ¥100.00. The amount of the file is taken."),
        (5, "Quantity and amount have different signs. A return has both negative."),
    ]


def test_one_bad_line_keeps_all_lines_out(desks: Any, tmp_path: Path) -> None:
    a_customer(desks, "甲诊所")
    a_product(desks)
    lines = [f"2025-03-01;{n};甲诊所;光固化复合树脂;1;100;100" for n in range(6000)]
    path = text_table(tmp_path / "a.csv", HEADINGS, *lines, "2025-13-01;x;乙诊所;光固化复合树脂;1;100;100")
    report = import_file.run(desks["finance"], "past_sales", path)
    assert (report.error, report.kept, [one.row for one in report.problems]) == (1, False, [6002])
    with desks["finance"].reading() as act:
        assert act.session.scalar(select(func.count()).select_from(LedgerEntry)) == 0
        assert act.session.scalar(select(Customer.purchases_total)) == 0


def test_lines_that_a_longer_file_repeats_are_there_already(desks: Any, tmp_path: Path) -> None:
    a_customer(desks, "甲诊所")
    a_product(desks)
    line = "2025-03-01;1;甲诊所;光固化复合树脂;1;100;100"
    import_file.run(desks["finance"], "past_sales", text_table(tmp_path / "a.csv", HEADINGS, line, line))
    report = import_file.run(desks["finance"], "past_sales", text_table(tmp_path / "b.csv", HEADINGS, line, line, line))
    assert (report.new, report.already) == (1, 2)
    assert check(desks.company) == []


def test_past_sales_end_before_today(desks: Any, tmp_path: Path) -> None:
    a_customer(desks, "甲诊所")
    a_product(desks)
    today, yesterday = desks.clock.today, desks.clock.today - timedelta(days=1)
    lines = [f"{day};X;甲诊所;光固化复合树脂;1;100;100" for day in (yesterday, today, today + timedelta(days=9))]
    report = import_file.run(desks["finance"], "past_sales", text_table(tmp_path / "a.csv", HEADINGS, *lines))
    assert (report.rows, report.error, report.kept) == (3, 2, False)
    assert {tr(problem.text) for problem in report.problems} == {
        "Past sales end before today. Enter today's sales as orders."
    }


def test_total_rows_are_named_and_left_out_and_a_sum_that_differs_is_told(desks: Any, tmp_path: Path) -> None:
    a_customer(desks, "甲诊所")
    a_product(desks)
    path = text_table(
        tmp_path / "销售.csv",
        HEADINGS,
        "2025-03-01;XS1;甲诊所;光固化复合树脂;2;100;200",
        "2025-03-02;XS2;甲诊所;光固化复合树脂;3;100;300",
        ";;;小 计：;5;;500.00",
        "2025-03-03;XS3;甲诊所;光固化复合树脂;1;100;100",
        ";;小计;;1;;100",
        ";;;合计;6;;￥700.00",
        "总计;;共 3 笔;;6;;600",
        "2025-03-04;XS4;甲诊所;合计;1;100;100",
    )
    report = import_file.check(desks["finance"], "past_sales", path)
    assert (report.rows, report.new, report.totals, report.empty, report.error) == (8, 3, 4, 0, 1)
    assert [tr(note) for note in report.notes] == ["Left out as total rows: 4, 6-8"]
    [differs] = [problem for problem in report.problems if not problem.is_error]
    assert (differs.row, differs.column) == (7, "金额")
    assert tr(differs.text) == (
        "The total row says ¥700.00, the rows that can be taken add up to ¥600.00. Look whether a row is missing."
    )


def test_a_sold_line_whose_number_and_name_are_of_two_customers_is_refused_with_both(
    desks: Any, tmp_path: Path
) -> None:
    a_numbered_customer(desks, "甲诊所", "A1")
    a_numbered_customer(desks, "乙诊所", "B2")
    a_product(desks)
    path = text_table(
        tmp_path / "销售.csv",
        "日期;单号;客户名称;客户编码;品名;数量;单价",
        "2025-03-01;XS1;甲诊所;A1;光固化复合树脂;2;100",
        "2025-03-01;XS2;乙诊所;A1;光固化复合树脂;2;100",
    )
    report = import_file.check(desks["finance"], "past_sales", path)
    assert (report.new, report.error) == (1, 1)
    assert tr(report.problems[0].text) == "A1 is 甲诊所, but 乙诊所 is B2. Correct the number or the name."
