"""Every paper on every size, in both languages: exact page, embedded fonts, nothing cut, sums carried right."""

import re
from dataclasses import replace
from decimal import Decimal
from itertools import product
from typing import Any

import pypdfium2
import pytest

from dentalsales.blueprint.print_template import Template, copies_of, tailored
from dentalsales.blueprint.printout import PAPER_SIZES
from dentalsales.exchange.pdf import papers_pdf
from dentalsales.exchange.preview import page_sizes
from dentalsales.i18n import tr, use_language
from dentalsales.printouts import PRINTOUTS
from dentalsales.usecases import print_template, settings_desk

pytestmark = pytest.mark.only_in("file")  # examples: no company is asked for more than its letterhead


def example_pdf(desks: Any, name: str, size: str, lines: int) -> bytes:
    template = Template(name, size)
    return papers_pdf(
        copies_of(tailored(print_template.example(desks["manager"], template, lines), template), template)
    )


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("printout", PRINTOUTS, ids=lambda printout: printout.name)
def test_a_page_has_its_exact_size_its_own_fonts_and_every_text_inside(
    desks: Any, printout: Any, language: str
) -> None:
    use_language(language)
    for size, lines in product(printout.sizes, (1, 10, 40)):
        pdf = example_pdf(desks, printout.name, size, lines)
        assert page_sizes(pdf) == [pytest.approx(PAPER_SIZES[size], abs=0.1)] * len(page_sizes(pdf))
        document = pypdfium2.PdfDocument(pdf)
        for page in document:
            width, height = page.get_size()
            for text in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
                assert text.get_font().is_embedded
            words = page.get_textpage()
            for number in range(words.count_rects()):
                left, bottom, right, top = words.get_rect(number)
                assert left >= 8 and bottom >= 8 and right <= width - 6 and top <= height - 8
        document.close()


@pytest.mark.parametrize("size", ["241x140", "A4", "A5 landscape"])
def test_forty_lines_are_counted_carried_and_named_as_going_on(desks: Any, size: str) -> None:
    use_language("zh_CN")
    document = pypdfium2.PdfDocument(example_pdf(desks, "dispatch_note", size, 40))
    pages = [re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in document]
    document.close()
    price, total, before = Decimal("286.50"), Decimal(0), 0
    assert len(pages) > 2
    for number, text in enumerate(pages, start=1):
        lots = [int(lot) for lot in re.findall(r"LOT(\d{5})", text)]
        assert lots == list(range(before + 1, before + 1 + len(lots))), "no line is lost or doubled between two pages"
        before += len(lots)
        total += sum((price * lot for lot in lots), Decimal(0))
        assert f"第{number}页/共{len(pages)}页" in text
        assert ("出货单（续）" in text) == (number > 1)
        if number < len(pages):
            assert "本页小计" in text and "合计（大写）" not in text
        if 1 < number < len(pages):
            assert f"{total:,.2f}" in text.split("累计")[1]
    assert before == 40 and f"¥{total:,.2f}" in pages[-1] and "出库专用章" in pages[-1]


@pytest.mark.parametrize(("size", "lines"), [("241x140", 7), ("A5 landscape", 5), ("A4", 6)])
def test_a_usual_delivery_fits_on_one_part_with_letterhead_law_seal_and_signatures(
    desks: Any, size: str, lines: int
) -> None:
    """Two parts for four lines would double the paper of every delivery; what the law wants is all still there."""
    use_language("zh_CN")
    for key, value in (
        ("company_name", "示例齿科器材有限公司"),
        ("company_phone", "010-55550100"),
        ("company_address", "示例市城东区和平路 1 号"),
        ("company_licence", "京丰药监械经营许20240158号"),
    ):
        settings_desk.change(desks["manager"], key, value)  # fmt: skip
    document = pypdfium2.PdfDocument(example_pdf(desks, "dispatch_note", size, lines))
    assert len(document) == 1
    text = re.sub(r"\s", "", document[0].get_textpage().get_text_range())
    sizes = [one.get_font_size() for one in document[0].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT])]
    document.close()
    for words in ("示例齿科器材有限公司", "京丰药监械经营许20240158号", "示例市阳光口腔门诊部有限公司（城东分院）",
                  "PDY00000000000000", "王医生13800000000", "国械注准20213170001", "示例医疗器械制造有限公司",
                  "示械药监械生产许20210001号", f"LOT{lines:05}", "2026-03-012028-02-29", "阴凉（不超过20℃）",
                  "合格证随货：是", "出库专用章", "收货人签收、日期："):  # fmt: skip
        assert words in text, words
    assert min(sizes) >= 7.0


def test_a_line_without_its_certificate_is_named_below_the_goods(desks: Any) -> None:
    from dentalsales.printouts.dispatch_note import _certificates
    from dentalsales.printouts.examples import dispatch_note

    note = dispatch_note(3)
    assert _certificates(note).value is True
    note.lines[0].has_certificate = note.lines[2].has_certificate = False
    assert tr(_certificates(note).value) == "not with lines 1, 3"


def test_one_line_with_much_to_say_does_not_cost_a_six_line_delivery_its_one_part(desks: Any) -> None:
    use_language("zh_CN")
    template = Template("dispatch_note", "241x140")
    for key, value in (("company_name", "示例齿科器材有限公司"), ("company_address", "示例市城东区和平路 1 号")):
        settings_desk.change(desks["manager"], key, value)
    paper = tailored(print_template.example(desks["manager"], template, 6), template)
    assert paper.block is not None
    at = [column.name for column in paper.block.columns].index("model_and_spec")
    *rows, last = paper.block.rows
    wordy = replace(
        last, cells=(*last.cells[:at], "25# 04 锥度 25mm 6支/板 机用镍钛根管锉 蓝标加长", *last.cells[at + 1 :])
    )
    document = pypdfium2.PdfDocument(papers_pdf([replace(paper, block=replace(paper.block, rows=(*rows, wordy)))]))
    assert len(document) == 1
    document.close()
