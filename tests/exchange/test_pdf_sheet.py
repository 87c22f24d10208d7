"""Sheets as PDF, read back page by page."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from dentalsales.blueprint.sheet import Block, Chart, ControlledForm, Letterhead, Row, Sheet, SheetColumn
from dentalsales.exchange.pdf_sheet import sheet_pdf, write_sheet
from dentalsales.exchange.preview import page_sizes
from dentalsales.i18n import Text

COLUMNS = (
    SheetColumn("on", Text("日期"), "day", 11),
    SheetColumn("customer", Text("客户"), "link", 24),
    SheetColumn("product", Text("产品名称"), "text", 30),
    SheetColumn("quantity", Text("数量"), "quantity", 8, total=True),
    SheetColumn("amount", Text("金额"), "money", 14, total=True),
)


def sheet_of(count: int, product: str = "光固化复合树脂", **more: Any) -> Sheet:
    rows = tuple(Row((date(2026, 11, 22), f"客户{number:04}", product, 3, Decimal("12.50"))) for number in range(count))
    return Sheet(
        "sales", Text("销售明细表"), "2026-11", (Block(Text("明细"), COLUMNS, rows),),
        Letterhead("杭州博雅齿科器材有限公司"), ControlledForm("QEMS-012", "A/1"),
        notes=(Text("金额按行四舍五入到分。"),),
        signatures=(Text("编制"), Text("审核"), Text("批准")), made_at=datetime(2026, 11, 22, 6, 5, tzinfo=UTC),
        made_by="王小明", **more,
    )  # fmt: skip


def texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [re.sub(r"\s+", "", page.get_textpage().get_text_range()) for page in document]
    finally:
        document.close()


def assert_nothing_leaves_the_paper(pdf: bytes) -> None:
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        width, height = page.get_size()
        words = page.get_textpage()
        for number in range(words.count_rects()):
            left, bottom, right, top = words.get_rect(number)
            assert left >= 8 and bottom >= 8 and right <= width - 8 and top <= height - 8
    document.close()


def test_a_page_has_everything_to_sign_and_file() -> None:
    (page,) = texts(sheet_pdf(sheet_of(3, conditions=((Text("业务员"), "全部"),))))

    for text in ("杭州博雅齿科器材有限公司", "销售明细表", "2026-11", "业务员:全部", "光固化复合树脂", "37.50",
                 "金额按行四舍五入到分。", "编制:", "审核:", "批准:", "QEMS-012versionA/1", "Page1of1",
                 "Printed2026-11-2214:05by王小明"):  # fmt: skip
        assert text in page


def test_paper_is_a4_upright_or_lying() -> None:
    assert page_sizes(sheet_pdf(sheet_of(1))) == [pytest.approx((210, 297), abs=0.5)]
    assert page_sizes(sheet_pdf(sheet_of(1, landscape=True))) == [pytest.approx((297, 210), abs=0.5)]


def test_long_tables_repeat_their_headings_and_count_their_pages() -> None:
    pages = texts(sheet_pdf(sheet_of(120)))

    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        assert "客户产品名称数量金额" in page and f"Page{number}of{len(pages)}" in page
    assert sorted(re.findall(r"客户\d{4}", "".join(pages))) == [f"客户{number:04}" for number in range(120)]


def test_a_table_read_at_a_glance_is_not_torn_between_two_pages() -> None:
    overdue = Block(Text("账龄"), COLUMNS, sheet_of(5).blocks[0].rows)
    for count in (26, 29, 32):
        sheet = sheet_of(count)
        pages = texts(sheet_pdf(replace(sheet, blocks=(*sheet.blocks, overdue, *sheet.blocks))))

        assert sum("账龄" in page for page in pages) == 1
        (page,) = [page for page in pages if "账龄" in page]
        assert len(re.findall(r"客户\d{4}", page.split("账龄")[1].split("明细")[0])) == 5


def test_what_stands_under_the_title_is_broken_between_its_facts_only() -> None:
    conditions = tuple((Text(f"期末余额大写{number}"), "人民币壹万伍仟贰佰捌拾元零柒角整") for number in range(5))
    document = pypdfium2.PdfDocument(sheet_pdf(sheet_of(1, conditions=conditions)))
    lines = document[0].get_textpage().get_text_range().splitlines()
    document.close()

    assert sum("期末余额" in line for line in lines) > 1
    for line in lines:
        assert line.count("期末余额大写") == line.count("零柒角整") == line.count("人民币")


@pytest.mark.parametrize("count", range(33, 45))
def test_total_and_signatures_never_stand_alone(count: int) -> None:
    pages = texts(sheet_pdf(sheet_of(count)))

    assert len(re.findall(r"客户\d{4}", pages[-1])) >= 2
    assert "编制:" in pages[-1] and "Total" in pages[-1] and not any("Total" in page for page in pages[:-1])


def test_long_texts_are_broken_never_cut_even_over_a_page() -> None:
    story = "".join(f"第{number}句。" for number in range(700))
    pdf = sheet_pdf(sheet_of(2, product=story))

    assert_nothing_leaves_the_paper(pdf)
    assert "".join(texts(pdf)).count("第") == 2 * 700


def test_many_wide_columns_are_set_smaller_and_stay_on_the_paper() -> None:
    columns = tuple(SheetColumn(f"c{number}", Text(f"金额合计{number}"), "money", total=True) for number in range(18))
    rows = (Row((Decimal("123456789.12"),) * 18),) * 3
    pdf = sheet_pdf(Sheet("wide", Text("宽表"), "2026", (Block(Text(""), columns, rows),)))

    assert_nothing_leaves_the_paper(pdf)
    assert texts(pdf)[0].count("123,456,789.12") == 54


def test_an_empty_period_prints_a_valid_empty_form() -> None:
    (page,) = texts(sheet_pdf(sheet_of(0)))

    assert "Noentriesinthisperiod." in page and "编制:" in page and "0.00" in page


def test_only_embedded_fonts_are_used() -> None:
    series = (("本月", (Decimal(3), Decimal(5))), ("上月", (Decimal(1), Decimal(2))))
    chart = Chart(Text("每日销售额"), ("1日", "2日"), series)
    document = pypdfium2.PdfDocument(sheet_pdf(sheet_of(3, chart=chart)))
    fonts = {
        (font.get_base_name(), font.is_embedded)
        for page in document
        for found in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT])
        for font in [found.get_font()]
    }
    document.close()

    assert fonts and all(embedded and "NotoSansSC" in name for name, embedded in fonts)
    for unembedded in (b"/Helvetica", b"/Times-Roman", b"/Courier"):
        assert unembedded not in sheet_pdf(sheet_of(3, chart=chart))


@pytest.mark.parametrize("kind", ["bars", "line"])
@pytest.mark.parametrize("values", [(3, 5), (0, 0), (-2, 4)])
def test_charts_of_any_values_are_drawn_with_their_words(kind: str, values: tuple[int, int]) -> None:
    series = tuple((name, tuple(Decimal(value) for value in values)) for name in ("本月", "上月"))
    (page,) = texts(sheet_pdf(sheet_of(2, chart=Chart(Text("每日销售额"), ("1日", "2日"), series, kind))))

    for text in ("每日销售额", "本月", "上月", "1日", "2日"):
        assert text in page


def test_markup_and_rare_characters_are_data() -> None:
    (page,) = texts(sheet_pdf(sheet_of(1, product="A<b>&amp;粉\U0001f600末")))

    assert "A<b>&amp;粉〓末" in page


def test_cancelling_leaves_nothing_behind(tmp_path: Path) -> None:
    assert not write_sheet(sheet_of(2000), tmp_path / "sales.pdf", progress=lambda done, total: done < 1500)
    assert not list(tmp_path.iterdir())
    assert write_sheet(sheet_of(2), tmp_path / "sales.pdf") and (tmp_path / "sales.pdf").read_bytes()[:5] == b"%PDF-"
