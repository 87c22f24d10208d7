"""What holds for every report."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from two_months import NOVEMBER, TODAY, Trade

from dentalsales.blueprint.report import Period
from dentalsales.blueprint.roles import ROLES
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.blueprint.sheet import NUMBER_KINDS
from dentalsales.i18n import tr
from dentalsales.reports import REPORTS
from dentalsales.usecases.run_report import run


def period_of(report: Any) -> Any:
    return NOVEMBER if report.period in ("month", "range") else TODAY


def test_every_report_fills_its_columns_with_what_they_promise(trade: Trade) -> None:
    for report in REPORTS:
        sheet = trade.report(report.name, period_of(report), customer_id=trade.dealer)
        assert sheet.name == report.name and sheet.title == report.title
        for block in sheet.blocks:
            numeric = [column.kind in NUMBER_KINDS for column in block.columns]
            for row in block.rows:
                assert len(row.cells) == len(block.columns)
                for cell, is_number in zip(row.cells, numeric, strict=True):
                    assert not isinstance(cell, float)
                    if is_number:
                        assert cell in (None, "") or isinstance(cell, Decimal | int), (report.name, block.name)


def test_every_report_has_a_form_number_of_its_own(trade: Trade) -> None:
    numbers = [trade.report(report.name, period_of(report), customer_id=trade.dealer).form for report in REPORTS]
    assert len({form.number for form in numbers if form}) == len(REPORTS)


def test_names_and_aliases_are_never_shared() -> None:
    names = [name for report in REPORTS for name in (report.name, *report.aliases)]
    assert len(names) == len(set(names))


def test_a_company_without_any_business_gets_empty_forms(desks: Any) -> None:
    for report in REPORTS:
        if report.name != "statement":
            sheet = run(desks["manager"], report.name, period_of(report))
            assert sheet.blocks and sheet.form is not None, report.name


def test_the_first_and_the_last_year_are_reported(trade: Trade) -> None:
    for report in REPORTS:
        for year in (1902, 2998):
            sheet = trade.report(report.name, Period.month(date(year, 12, 1)), customer_id=trade.dealer)
            assert sheet.blocks, (report.name, year)


def test_a_year_outside_is_refused_in_one_sentence(desks: Any) -> None:
    for report in REPORTS:
        for year in (1, 1901, 2999, 9999):
            with pytest.raises(RuleBroken) as refused:
                run(desks["manager"], report.name, Period.day(date(year, 12, 31)))
            assert tr(refused.value.text) == "Choose a period between 1902 and 2998.", (report.name, year)


@pytest.mark.parametrize("name", ["sales_daily", "sales_monthly", "clerk_daily", "customer_tracking"])
def test_reports_are_read_by_those_of_the_matrix(desks: Any, name: str) -> None:
    readers = {
        "clerk", "assistant", "service", "service_manager", "after_sales", "manager", "director", "vp",
        "general_manager", "leader", "audit", "finance",
    }  # fmt: skip
    seen = {role.name for role in ROLES if name in {report.name for report in desks[role.name].reports()}}
    assert seen == (readers if name == "clerk_daily" else readers | {"rep"})
