"""Cells of a stranger's table become clean texts, numbers and days, or a sentence."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from dentalsales.exchange.cells import Cell, CellProblem, as_date, as_decimal, as_text
from dentalsales.i18n import tr


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (17850.0, "17850"),
        (17850, "17850"),
        (13800001234.0, "13800001234"),
        (1.38e10, "13800000000"),
        ("1.3800001234E+10", "13800001234"),
        (0.1 + 0.2, "0.3"),
        (1e-7, "0.0000001"),
        (-0.0, "0"),
        (Decimal("12.50"), "12.5"),
        (None, ""),
        (True, "TRUE"),
        (date(2026, 11, 22), "2026-11-22"),
        (datetime(2026, 11, 22, 7, 30), "2026-11-22 07:30"),
        ("\ufeff\u3000 仁爱口腔\u200b诊所\xa0", "仁爱口腔诊所"),
        ("一行\r\n二行", "一行\n二行"),
        ("0012", "0012"),
        ("Ａ１", "Ａ１"),
        ("2E4", "2E4"),
    ],
)
def test_a_cell_is_shown_as_its_writer_meant_it(cell: Cell, text: str) -> None:
    assert as_text(cell) == text


@pytest.mark.parametrize("cell", [1234567890123456.0, 123456789012345678])
def test_digits_that_excel_lost_are_a_problem_not_a_code(cell: Cell) -> None:
    with pytest.raises(CellProblem) as problem:
        as_text(cell)
    assert "keeps only 15 digits" in tr(problem.value.text)
    assert as_decimal(cell) is not None


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("1.38E+10", "shortened this number to 1.38E+10"),
        ("#N/A", "gives the error #N/A"),
        ("#SPILL!", "gives the error #SPILL!"),
        ("#UNCALCULATED!", "formula without a result"),
        (float("nan"), "is not a number"),
    ],
)
def test_a_cell_without_its_value_is_a_problem(cell: Cell, words: str) -> None:
    with pytest.raises(CellProblem) as problem:
        as_text(cell)
    assert words in tr(problem.value.text)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1,234.50", "1234.50"),
        ("￥1,234.5", "1234.5"),
        ("¥ 12", "12"),
        ("１２．５", "12.5"),
        ("１，２３４", "1234"),
        ("(12.5)", "-12.5"),
        ("（12.5）元", "-12.5"),
        ("-12.5", "-12.5"),
        ("－12.5", "-12.5"),
        ("−12.5", "-12.5"),
        ("-¥12.5", "-12.5"),
        ("¥-12.5", "-12.5"),
        ("12.5元", "12.5"),
        ("RMB 12.5", "12.5"),
        ("+3", "3"),
        (".5", "0.5"),
        ("13%", "0.13"),
        (12.5, "12.5"),
        (0.1 + 0.2, "0.3"),
        (1234, "1234"),
        (Decimal("1.10"), "1.10"),
    ],
)
def test_numbers_are_read_in_every_way_people_write_them(cell: Cell, number: str) -> None:
    assert as_decimal(cell) == Decimal(number)


@pytest.mark.parametrize("cell", [None, "", " \u3000"])
def test_a_blank_cell_is_no_number_and_no_day(cell: Cell) -> None:
    assert as_decimal(cell) is None
    assert as_date(cell) is None


@pytest.mark.parametrize("cell", ["十二", "12,50", "1.2.3", "(-12)", "12盒", "-", "1e5", True, date(2026, 1, 1), "NaN"])
def test_what_is_no_number_is_said_in_a_sentence(cell: Cell) -> None:
    with pytest.raises(CellProblem) as problem:
        as_decimal(cell)
    assert "is not a number" in tr(problem.value.text)


@pytest.mark.parametrize(
    "cell",
    [
        date(2026, 11, 2),
        datetime(2026, 11, 2, 23, 59),
        "2026-11-02",
        "2026-11-2",
        "2026/11/2",
        "2026.11.2",
        "20261102",
        20261102.0,
        "2026年11月2日",
        "2026 年 11 月 2 号",
        "２０２６－１１－０２",
        "2026-11-02 00:00:00",
        "2026-11-02T07:30",
        46328,
        46328.75,
        "46328",
    ],
)
def test_days_are_read_in_every_way_people_write_them(cell: Cell) -> None:
    assert as_date(cell) == date(2026, 11, 2)


def test_a_serial_of_a_1904_workbook_is_counted_from_1904() -> None:
    assert as_date(44866, since_1904=True) == date(2026, 11, 2)


@pytest.mark.parametrize(
    "cell", ["26-11-2", "2026-11", "11/22/2026", "明天", 17850, 3, True, "2026年11月", "1e5", "-46328"]
)
def test_what_is_no_whole_date_is_refused(cell: Cell) -> None:
    with pytest.raises(CellProblem) as problem:
        as_date(cell)
    assert "Write it with year, month and day" in tr(problem.value.text)


def test_a_day_that_no_calendar_has_is_refused() -> None:
    with pytest.raises(CellProblem) as problem:
        as_date("2026-02-30")
    assert tr(problem.value.text) == "There is no day 2026-02-30. Correct the date in the file."
