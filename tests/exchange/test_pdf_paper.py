"""Papers as PDF on all their sizes, read back page by page."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest

from dentalsales.blueprint.printout import PAPER_SIZES, Pair, Paper
from dentalsales.blueprint.sheet import Block, ControlledForm, Letterhead, Row, SheetColumn
from dentalsales.exchange.pdf_paper import paper_pdf, write_paper
from dentalsales.exchange.preview import page_sizes
from dentalsales.exchange.words import amount_in_words
from dentalsales.i18n import Text

COLUMNS = (
    SheetColumn("position", Text("序号"), "number", 4),
    SheetColumn("product", Text("产品名称"), "text", 20),
    SheetColumn("unit", Text("单位"), "text", 4),
    SheetColumn("quantity", Text("数量"), "quantity", 6, total=True),
    SheetColumn("price", Text("单价"), "price", 8),
    SheetColumn("amount", Text("金额"), "money", 10, total=True),
    SheetColumn("lot", Text("生产批号"), "text", 10),
)


def note(count: int, size: str = "241x140", priced: bool = True) -> Paper:
    keep = [index for index, column in enumerate(COLUMNS) if priced or column.name not in ("price", "amount")]
    rows = []
    for number in range(1, count + 1):
        price, amount = Decimal("10.0000"), number * Decimal("10.00")
        cells = (number, "光固化复合树脂", "支", number, price, amount, f"LOT{number:03}")
        rows.append(Row(tuple(cells[index] for index in keep)))
    total = sum((number * Decimal("10.00") for number in range(1, count + 1)), Decimal("0.00"))
    return Paper(
        "dispatch", Text("出货单"), "CH-20261122-008", size,
        Letterhead("杭州博雅齿科器材有限公司", "杭州市", "0571-88861234"),
        head=(Pair(Text("发货日期"), date(2026, 11, 22), "day"), Pair(Text("客户"), "阳光口腔门诊部"),
              Pair(Text("收货地址"), "杭州市西湖区文三路 478 号", wide=True)),
        block=Block(Text("明细"), tuple(COLUMNS[index] for index in keep), tuple(rows)),
        foot=(Pair(Text("储运条件"), "常温"),),
        words=(Text("合计人民币（大写）"), total) if priced else None,
        notes=("收货后请当场验收。",), seals=(Text("出库专用章"),),
        signatures=(Text("制单"), Text("发货"), Text("复核"), Text("收货人签收")),
        form=ControlledForm("QEMS-008", "A/2"), copies=(Text("存根"), Text("客户")),
        printed_at=datetime(2026, 11, 22, 6, 5, tzinfo=UTC), printed_by="王小明",
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


def dashed_boxes(pdf: bytes) -> list[tuple[float, float]]:
    """The widths and heights, in millimetres, of the drawn frames that are about as wide as a seal area."""
    document = pypdfium2.PdfDocument(pdf)
    boxes = []
    for page in document:
        for path in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH]):
            left, bottom, right, top = path.get_bounds()
            boxes.append(((right - left) / 72 * 25.4, (top - bottom) / 72 * 25.4))
    document.close()
    return [box for box in boxes if 44 < box[0] < 46.5]


@pytest.mark.parametrize("size", PAPER_SIZES)
@pytest.mark.parametrize("count", [0, 1, 10, 40])
def test_every_size_takes_any_number_of_lines(size: str, count: int) -> None:
    pdf = paper_pdf(note(count, size))
    pages = texts(pdf)

    assert page_sizes(pdf) == [pytest.approx(PAPER_SIZES[size], abs=0.5)] * len(pages)
    assert_nothing_leaves_the_paper(pdf)
    assert re.findall(r"LOT\d{3}", "".join(pages)) == [f"LOT{number:03}" for number in range(1, count + 1)]
    for number, page in enumerate(pages, start=1):
        assert f"Page{number}of{len(pages)}" in page and "QEMS-008versionA/2" in page and "No.CH-20261122-008" in page


@pytest.mark.parametrize("size", PAPER_SIZES)
@pytest.mark.parametrize("count", [1, 7, 8, 9, 10, 11, 25, 26, 27, 40])
def test_total_words_and_signatures_stand_on_the_last_page_with_two_lines(size: str, count: int) -> None:
    paper = note(count, size)
    *before, last = texts(paper_pdf(paper))

    assert paper.words is not None
    for text in (amount_in_words(paper.words[1]), "制单:", "收货人签收:", "出库专用章", f"¥{paper.words[1]:,.2f}"):
        assert text in last and not any(text in page for page in before)
    assert len(re.findall(r"LOT\d{3}", last)) >= min(count, 1 if size in ("241x140", "A5 landscape", "A5") else 2)


def test_each_page_says_what_it_and_all_so_far_come_to() -> None:
    pages = texts(paper_pdf(note(60)))
    total = Decimal(0)
    assert len(pages) >= 3
    for number, page in enumerate(pages, start=1):
        here = sum(int(lot) * Decimal("10.00") for lot in re.findall(r"LOT(\d{3})", page))
        total += here
        assert re.search(r"Pagesubtotal\d+" + re.escape(f"{here:,.2f}"), page)
        if 1 < number < len(pages):
            assert f"{total:,.2f}" in page.split("Totalsofar")[1]
    assert f"Total1,830{total:,.2f}" in pages[-1]


def test_one_page_needs_no_subtotal_and_says_where_the_lines_end() -> None:
    (page,) = texts(paper_pdf(note(2)))

    assert "Pagesubtotal" not in page and "Blankbelow" in page


def test_a_note_without_prices_has_no_amount_anywhere() -> None:
    text = "".join(texts(paper_pdf(note(40, priced=False))))

    assert "人民币" not in text and "¥" not in text and "Pagesubtotal" not in text and "Total820" in text


@pytest.mark.parametrize(("size", "seals"), [("A4", 1), ("A4", 2), ("A4", 3), ("A4 landscape", 3), ("A5", 1)])
def test_seal_areas_are_forty_five_millimetres_square(size: str, seals: int) -> None:
    names = tuple(Text(name) for name in ("甲方公章", "乙方公章", "骑缝章")[:seals])
    boxes = dashed_boxes(paper_pdf(replace(note(3, size), seals=names)))

    assert len([box for box in boxes if box[1] == pytest.approx(45, abs=1)]) == seals


def test_every_party_seals_under_its_own_name() -> None:
    parties = (Text("甲方代表"), Text("乙方代表"))
    paper = replace(note(3, "A4"), seals=(Text("甲方合同专用章"), Text("乙方合同专用章")), signatures=parties)

    (page,) = texts(paper_pdf(paper))

    assert all(text in page for text in ("甲方代表:", "乙方代表:", "甲方合同专用章", "乙方合同专用章"))


def test_the_copies_are_named_at_the_edge_and_a_mark_at_the_head() -> None:
    (page,) = texts(paper_pdf(replace(note(2), mark=Text("作废"))))

    assert "Copy1存根" in page and "Copy2客户" in page and "作废" in page


def test_a_form_without_a_table_is_ruled_and_its_long_answers_go_on() -> None:
    story = "".join(f"第{number}句。" for number in range(900))
    head = (Pair(Text("客户"), "阳光口腔"), Pair(Text("问题描述"), story, "note", wide=True))
    pdf = paper_pdf(replace(note(0, "A4"), block=None, words=None, head=head, seals=()))

    pages = texts(pdf)
    assert len(pages) > 1 and "".join(pages).count("第") == 900
    assert_nothing_leaves_the_paper(pdf)


def test_clauses_go_on_over_pages_and_the_last_lines_stay_with_the_signatures() -> None:
    clause = "条 乙方提供的产品应符合国家有关医疗器械的标准，并随货提供合格证明。"
    clauses = tuple(f"第{number}{clause}" for number in range(1, 61))
    *before, last = texts(paper_pdf(replace(note(6, "A4"), notes=clauses)))

    assert before and "第60条" in last and "制单:" in last and last.count("合格证明") >= 2


def test_a_paper_without_seals_and_signatures_is_still_a_paper() -> None:
    (page,) = texts(paper_pdf(replace(note(1, "A4"), seals=(), signatures=(), copies=(), foot=(), notes=())))

    assert "出货单" in page


def test_extra_tables_follow_with_their_titles() -> None:
    extra = Block(Text("核销明细"), (SheetColumn("order", Text("订单号")),), (Row(("SO-1",)),))
    (page,) = texts(paper_pdf(replace(note(2, "A4"), extra_blocks=(extra,))))

    assert page.index("核销明细") < page.index("SO-1")


def test_a_cancelled_paper_leaves_nothing_behind(tmp_path: Path) -> None:
    assert not write_paper(note(40), tmp_path / "note.pdf", progress=lambda done, total: False)
    assert not list(tmp_path.iterdir())
    assert write_paper(note(2), tmp_path / "note.pdf") and (tmp_path / "note.pdf").exists()


@pytest.mark.parametrize("size", ["241x140", "A5 landscape"])
def test_a_line_or_two_too_many_move_the_rows_closer_before_they_cost_a_second_part(size: str) -> None:
    fits = max(count for count in range(4, 20) if len(texts(paper_pdf(note(count, size)))) == 1)
    one, two = note(fits, size), note(fits + 1, size)
    first, last = texts(paper_pdf(two))

    assert "Blankbelow" not in "".join(texts(paper_pdf(one))) and "收货人签收:" in "".join(texts(paper_pdf(one)))
    assert len(re.findall(r"LOT\d{3}", first)) == fits, "what opens a second part fills the first"
    assert len(re.findall(r"LOT\d{3}", last)) == 1 and "Blankbelow" in last
