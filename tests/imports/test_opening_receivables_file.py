from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import select

from dentalsales.exchange import import_file
from dentalsales.i18n import tr
from dentalsales.registers.receivables import Receivable
from tests.imports.files import table
from tests.makers import a_customer, a_numbered_customer

HEADINGS = ("单据号", "客户", "日期", "应收余额", "到期日")


def test_what_is_owed_is_due_after_the_customers_days(desks: Any, tmp_path: Path) -> None:
    customer = a_customer(desks, "甲诊所", terms="account", terms_days=30)
    rows = [
        ["X1", "甲诊所", "2026-10-01", "1,234.50", None],
        [None, "甲诊所", date(2026, 10, 5), 10.0, "2026年12月31日"],
    ]
    report = import_file.run(desks["finance"], "opening_receivables", table(tmp_path / "a.csv", HEADINGS, *rows))
    assert (report.new, report.kept) == (2, True)
    with desks["finance"].reading() as act:
        told = (Receivable.number, Receivable.kind, Receivable.customer_id, Receivable.due_on, Receivable.amount)
        found = act.session.execute(select(*told).order_by(Receivable.id)).all()
    assert found == [
        ("X1", "opening", customer, date(2026, 10, 31), Decimal("1234.50")),
        ("OB-00001", "opening", customer, date(2026, 12, 31), Decimal("10.00")),
    ]


def test_money_paid_ahead_is_no_receivable(desks: Any, tmp_path: Path) -> None:
    a_customer(desks, "甲诊所")
    path = table(tmp_path / "a.csv", HEADINGS, ["X1", "甲诊所", None, -5, None], ["X2", "甲诊所", None, 0, None])
    report = import_file.check(desks["finance"], "opening_receivables", path)
    assert (report.error, report.empty) == (1, 1)
    assert tr(report.problems[0].text) == (
        "A negative balance is money the customer has paid ahead. Take it out of the file and enter it as a receipt."
    )


def test_the_same_paper_is_there_already(desks: Any, tmp_path: Path) -> None:
    a_customer(desks, "甲诊所")
    import_file.run(
        desks["finance"],
        "opening_receivables",
        table(tmp_path / "a.csv", HEADINGS, ["X1", "甲诊所", "2026-10-01", 5, None]),
    )
    report = import_file.run(
        desks["finance"],
        "opening_receivables",
        table(tmp_path / "b.csv", HEADINGS, ["X1", "甲诊所", "2026-10-01", 6, None]),
    )
    assert (report.new, report.already, report.warning) == (0, 1, 1)


def test_number_and_name_of_a_row_must_mean_the_same_customer(desks: Any, tmp_path: Path) -> None:
    first, second = a_numbered_customer(desks, "甲诊所", "A1"), a_numbered_customer(desks, "乙诊所", "B2")
    rows = [
        ["X1", "A1", "甲诊所", "2026-10-01", 10],
        ["X2", "A1", "乙诊所", "2026-10-01", 20],
        ["X3", "B2", "乙诊所(新店)", "2026-10-01", 30],
        ["X4", "0815", "乙诊所", "2026-10-01", 40],
        ["X5", None, "乙诊所", "2026-10-01", 50],
        ["X6", "A1", None, "2026-10-01", 60],
        ["X7", None, None, "2026-10-01", 70],
    ]
    path = table(tmp_path / "a.csv", ("单据号", "客户编号", "客户名称", "日期", "应收余额"), *rows)
    report = import_file.run(desks["finance"], "opening_receivables", path, skip_bad=True)
    assert [(one.row, one.column, one.is_error, tr(one.text)) for one in report.problems] == [
        (3, "客户编号", True, "A1 is 甲诊所, but 乙诊所 is B2. Correct the number or the name."),
        (
            4,
            "客户名称",
            False,
            "B2 is 乙诊所 in the program, and 乙诊所(新店) in the file. Look whether this is the same customer.",
        ),
        (5, "客户编号", False, "There is no customer with the number “0815”; the row is taken for 乙诊所."),
        (8, "客户名称", True, "Enter the customer's number or name."),
    ]
    with desks["finance"].reading() as act:
        found = act.session.execute(select(Receivable.number, Receivable.customer_id)).all()
    assert found == [("X1", first), ("X3", second), ("X4", second), ("X5", second), ("X6", first)]
