"""Pages become pixels that a window can show."""

from pathlib import Path
from threading import Thread

import pytest

from dentalsales.blueprint.sheet import Letterhead, Sheet
from dentalsales.exchange.pdf_sheet import sheet_pdf
from dentalsales.exchange.preview import page, page_count, page_sizes, pages
from dentalsales.i18n import Text

PDF_OF_A_SHEET = Sheet("empty", Text("空表"), "2026-11", (), Letterhead("杭州博雅齿科器材有限公司"))


def test_a_page_has_the_pixels_of_its_size(tmp_path: Path) -> None:
    path = tmp_path / "sheet.pdf"
    path.write_bytes(sheet_pdf(PDF_OF_A_SHEET))

    (image,) = pages(path, 72)

    assert (image.width, image.height) == (pytest.approx(595, abs=1), pytest.approx(842, abs=1))
    assert image.stride >= image.width * 4 and len(image.data) == image.stride * image.height
    assert image.data[:4] == b"\xff\xff\xff\xff" and set(image.data[3::4]) == {255} and min(image.data) < 60


def test_sizes_are_in_millimetres_and_pages_are_counted() -> None:
    pdf = sheet_pdf(PDF_OF_A_SHEET)

    assert page_count(pdf) == 1 and page_sizes(pdf) == [pytest.approx((210, 297), abs=0.5)]


def test_several_threads_may_ask_at_once() -> None:
    pdf = sheet_pdf(PDF_OF_A_SHEET)
    seen: list[bytes] = []
    threads = [Thread(target=lambda: seen.append(page(pdf, 0, 50).data)) for _number in range(6)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(seen) == 6 and len(set(seen)) == 1
