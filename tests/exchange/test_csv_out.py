"""Rows as CSV: exact, readable by Excel, and harmless."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from dentalsales.blueprint.sheet import Block, Row, Sheet, SheetColumn
from dentalsales.exchange import csv_out
from dentalsales.i18n import Text

COLUMNS = (
    SheetColumn("name", Text("产品名称")),
    SheetColumn("on", Text("日期"), "day"),
    SheetColumn("rate", Text("毛利率"), "percent"),
    SheetColumn("amount", Text("金额"), "money", total=True),
)


def sheet_of(*names: str, blocks: int = 1) -> Sheet:
    rows = tuple(Row((name, date(2026, 11, 22), Decimal("1234.5"), Decimal("-1234.50"))) for name in names)
    return Sheet("sales", Text("销售"), "2026-11", (Block(Text("明细"), COLUMNS, rows),) * blocks)


def read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_numbers_are_bare_and_days_iso(tmp_path: Path) -> None:
    path = tmp_path / "sales.csv"

    assert csv_out.write_sheet(sheet_of("树脂, A2"), path)

    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert read(path) == [
        ["产品名称", "日期", "毛利率", "金额"],
        ["树脂, A2", "2026-11-22", "1234.50%", "-1234.50"],
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_a_text_that_a_spreadsheet_would_run_is_shielded(start: str, tmp_path: Path) -> None:
    path = tmp_path / "sales.csv"

    csv_out.write_sheet(sheet_of(f"{start}cmd|' /C calc'!A0"), path)

    assert read(path)[1][0] == f"'{start}cmd|' /C calc'!A0"


def test_several_blocks_are_titled_and_set_apart(tmp_path: Path) -> None:
    path = tmp_path / "sales.csv"

    csv_out.write_sheet(sheet_of("树脂", blocks=2), path)

    first = [line[0] if line else "" for line in read(path)]
    assert first == ["明细", "产品名称", "树脂", "", "明细", "产品名称", "树脂"]


def test_a_cancelled_export_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "sales.csv"
    path.write_text("old")

    assert not csv_out.write_sheet(sheet_of("树脂"), path, progress=lambda done, total: False)

    assert path.read_text() == "old" and list(tmp_path.iterdir()) == [path]
