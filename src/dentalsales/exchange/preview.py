"""Turns pages of a PDF into pixels, for the preview and for the printer."""

from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

POINTS_PER_INCH = 72
MILLIMETRES_PER_INCH = 25.4

_one_at_a_time = Lock()
"""PDFium may not be entered by two threads."""


class PageImage(NamedTuple):
    """The pixels of a page: lines of `stride` bytes, four bytes a pixel, blue, green, red, and full opacity."""

    width: int
    height: int
    stride: int
    data: bytes


def page_count(pdf: Path | bytes) -> int:
    """Return how many pages a PDF has. OSError when the file cannot be read."""
    return len(page_sizes(pdf))


def page_sizes(pdf: Path | bytes) -> list[tuple[float, float]]:
    """Return width and height of every page in millimetres."""
    with _one_at_a_time:
        document = _opened(pdf)
        try:
            return [
                tuple(side / POINTS_PER_INCH * MILLIMETRES_PER_INCH for side in document.get_page_size(number))
                for number in range(len(document))
            ]
        finally:
            document.close()


def pages(pdf: Path | bytes, dpi: float) -> list[PageImage]:
    """Return the pixels of all pages; for long papers take `page`, since an A4 page at 300 dpi has 35 MB."""
    with _one_at_a_time:
        document = _opened(pdf)
        try:
            return [_rendered(document, number, dpi) for number in range(len(document))]
        finally:
            document.close()


def page(pdf: Path | bytes, number: int, dpi: float) -> PageImage:
    """Return the pixels of one page, counted from 0."""
    with _one_at_a_time:
        document = _opened(pdf)
        try:
            return _rendered(document, number, dpi)
        finally:
            document.close()


def _opened(pdf: Path | bytes) -> Any:
    """Read the file at once: PDFium would keep it open, and on Windows an open file cannot be replaced."""
    import pypdfium2

    return pypdfium2.PdfDocument(pdf if isinstance(pdf, bytes) else pdf.read_bytes())


def _rendered(document: Any, number: int, dpi: float) -> PageImage:
    from pypdfium2.raw import FPDFBitmap_BGRA

    opened = document[number]
    bitmap = opened.render(
        scale=dpi / POINTS_PER_INCH, force_bitmap_format=FPDFBitmap_BGRA, fill_color=(255, 255, 255, 255)
    )
    try:
        return PageImage(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
    finally:
        bitmap.close()
        opened.close()
