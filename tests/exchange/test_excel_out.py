"""Workbooks are read back with another library than wrote them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.blueprint.sheet import Block, ControlledForm, Letterhead, Row, Sheet, SheetColumn
from dentalsales.exchange import excel_out
from dentalsales.i18n import Text

COLUMNS = (
    SheetColumn("on", Text("日期"), "day", 11),
    SheetColumn("customer", Text("客户"), "link", 24),
    SheetColumn("quantity", Text("数量"), "quantity", 8, total=True),
    SheetColumn("price", Text("单价"), "price", 10),
    SheetColumn("amount", Text("金额"), "money", 14, total=True),
    SheetColumn("margin", Text("毛利率"), "percent", 8),
    SheetColumn("made", Text("制单时间"), "moment", 16),
    SheetColumn("paid", Text("已付"), "yes_no", 6),
)
MOMENT = datetime(2026, 11, 22, 6, 5, tzinfo=UTC)


def block_of(count: int, title: str = "明细", customer: str = "阳光口腔门诊部") -> Block:
    row = (date(2026, 11, 22), customer, 3, Decimal("12.5000"), Decimal("37.50"), Decimal("13"), MOMENT, True)
    return Block(Text(title), COLUMNS, (Row(row),) * count)


def sheet_of(*blocks: Block, **more: Any) -> Sheet:
    return Sheet(
        "sales", Text("销售明细表"), "2026-11", blocks, Letterhead("杭州博雅齿科器材有限公司"),
        ControlledForm("QEMS&7", "A/1"),
        notes=(Text("金额按行四舍五入到分。"),), signatures=(Text("编制"), Text("审核"), Text("批准")),
        made_at=MOMENT, made_by="王小明", conditions=((Text("业务员"), "全部"),), **more,
    )  # fmt: skip


def written(sheet: Sheet, folder: Path, values: bool = False) -> Any:
    path = folder / "sales.xlsx"
    assert excel_out.write_sheet(sheet, path)
    return openpyxl.load_workbook(path, data_only=values)


def row_that_begins(worksheet: Any, value: object) -> int:
    return next(row for row in range(1, worksheet.max_row + 1) if worksheet.cell(row, 1).value == value)


def test_cells_keep_their_types(tmp_path: Path) -> None:
    worksheet = written(sheet_of(block_of(2)), tmp_path).active
    first = row_that_begins(worksheet, "日期") + 1

    assert [cell.value for cell in worksheet[first]] == [
        datetime(2026, 11, 22), "阳光口腔门诊部", 3, 12.5, 37.5, 0.13, datetime(2026, 11, 22, 14, 5), "Yes",
    ]  # fmt: skip
    assert [worksheet.cell(first, column).number_format for column in (1, 3, 4, 5, 6)] == [
        "yyyy-mm-dd", "#,##0", "#,##0.00##", "#,##0.00", "0.00%",
    ]  # fmt: skip


def test_sums_are_formulas_with_their_result(tmp_path: Path) -> None:
    sheet = sheet_of(block_of(3))
    formulas, values = written(sheet, tmp_path).active, written(sheet, tmp_path, values=True).active
    first = row_that_begins(formulas, "日期") + 1
    last = row_that_begins(formulas, "Total")

    assert formulas.cell(last, 5).value == f"=SUM(E{first}:E{last - 1})"
    assert Decimal(str(values.cell(last, 5).value)) == sheet.blocks[0].totals[4] == Decimal("112.50")
    assert values.cell(last, 3).value == 9 and values.cell(last, 4).value in (None, "")


def test_headings_stay_in_sight_and_come_again_on_every_printed_page(tmp_path: Path) -> None:
    worksheet = written(sheet_of(block_of(5), landscape=True), tmp_path).active
    heading = row_that_begins(worksheet, "日期")

    assert worksheet.freeze_panes == f"A{heading + 1}"
    assert worksheet.auto_filter.ref == f"A{heading}:H{heading + 5}"
    assert worksheet.print_title_rows == f"${heading}:${heading}"
    assert worksheet.page_setup.paperSize == 9 and worksheet.page_setup.orientation == "landscape"
    assert worksheet.sheet_properties.pageSetUpPr.fitToPage and worksheet.page_setup.fitToHeight == 0
    assert "QEMS&" in worksheet.oddFooter.left.text and "&P" in worksheet.oddFooter.center.text
    assert worksheet.column_dimensions["B"].width == pytest.approx(24, abs=1)


def test_head_and_end_say_who_what_and_who_signs(tmp_path: Path) -> None:
    worksheet = written(sheet_of(block_of(1)), tmp_path).active
    texts = [worksheet.cell(row, 1).value for row in range(1, worksheet.max_row + 1)]

    assert texts[:2] == ["杭州博雅齿科器材有限公司", "销售明细表"] and "业务员" in texts[2]
    assert "编制" in texts[-1] and "批准" in texts[-1] and texts[-2] == "金额按行四舍五入到分。"


def test_small_blocks_share_a_worksheet_and_large_ones_do_not(tmp_path: Path) -> None:
    small = written(sheet_of(block_of(3, "发货"), block_of(3, "收款")), tmp_path)
    assert small.sheetnames == ["销售明细表"] and small.active.freeze_panes is None

    large = written(sheet_of(block_of(150, "发货"), block_of(150, "收/款"), block_of(1, "发货")), tmp_path)
    assert large.sheetnames == ["发货", "收 款", "发货 (2)"]
    assert all(worksheet.freeze_panes and worksheet.auto_filter.ref for worksheet in large.worksheets)


@pytest.mark.parametrize("text", ["=1+1", "+A1", "@SUM(A1)", "<r><t>x</t></r>", "http://x.example", "a\x01b", "  x"])
def test_a_text_is_never_a_formula_a_link_or_markup(text: str, tmp_path: Path) -> None:
    worksheet = written(sheet_of(block_of(1, customer=text)), tmp_path).active
    cell = worksheet.cell(row_that_begins(worksheet, "日期") + 1, 2)

    assert cell.data_type != "f" and cell.hyperlink is None
    assert str(cell.value).replace("_x0001_", "\x01").strip() == text.strip()


def test_an_empty_period_prints_a_valid_empty_form(tmp_path: Path) -> None:
    worksheet = written(sheet_of(block_of(0)), tmp_path).active

    heading = row_that_begins(worksheet, "日期")
    assert worksheet.cell(heading + 1, 1).value == "No entries in this period."
    assert worksheet.cell(heading + 2, 5).value == 0
    assert written(sheet_of(), tmp_path).sheetnames == ["销售明细表"]


def test_a_text_too_long_for_a_cell_is_refused_by_name_and_the_old_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "sales.xlsx"
    path.write_text("old")

    with pytest.raises(RuleBroken) as refusal:
        excel_out.write_sheet(sheet_of(block_of(1, customer="长" * 32_768)), path)

    assert refusal.value.text.values["column"] == "客户" and refusal.value.text.values["row"] == 5
    assert path.read_text() == "old" and list(tmp_path.iterdir()) == [path]


def test_progress_is_told_and_may_cancel(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []

    def go_on(done: int, total: int) -> bool:
        seen.append((done, total))
        return done < 1000

    assert not excel_out.write_sheet(sheet_of(block_of(2000)), tmp_path / "sales.xlsx", go_on)
    assert seen == [(0, 2000), (500, 2000), (1000, 2000)] and not list(tmp_path.iterdir())


def test_the_disks_own_error_reaches_the_user_as_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(RuleBroken, match="The folder of 月报.xlsx does not exist. Choose another folder."):
        excel_out.write_sheet(sheet_of(block_of(1)), tmp_path / "missing" / "月报.xlsx")
