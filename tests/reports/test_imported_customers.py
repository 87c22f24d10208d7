"""Customers who came with the office's own list are not new customers of the day."""

from pathlib import Path
from typing import Any

from dentalsales.blueprint.report import Period
from dentalsales.exchange import import_file
from dentalsales.i18n import tr
from dentalsales.usecases.run_report import run
from tests.imports.files import CUSTOMER_HEADINGS, customer, table
from tests.makers import a_customer


def cells(sheet: Any, block: str) -> list[tuple[Any, ...]]:
    return [row.cells for found in sheet.blocks if found.name == block for row in found.rows]


def test_only_customers_entered_by_hand_are_new_in_day_and_month(desks: Any, tmp_path: Path) -> None:
    path = table(
        tmp_path / "客户.csv", CUSTOMER_HEADINGS, customer("老客户一"), customer("老客户二", phone="0571-87650002")
    )
    assert import_file.run(desks["manager"], "customers", path).new == 2
    a_customer(desks, "新客户")
    today = desks.clock.today
    day = run(desks["manager"], "sales_daily", Period.day(today))
    [new] = [row for row in cells(day, "summary") if tr(row[0]) == "New customers"]
    assert new[1] == 1
    month = run(desks["manager"], "sales_monthly", Period.month(today))
    assert [row[1] for row in cells(month, "new_customers")] == ["新客户"]
