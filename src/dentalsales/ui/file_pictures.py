"""Pictures of a stranger's file: scans, photos and PDFs, read with limits; whatever else it is stays closed."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage, QImageIOHandler, QImageReader

from dentalsales.ui.page_pictures import page_picture, page_sizes

PICTURES = frozenset({b"png", b"jpeg", b"jpg", b"bmp", b"gif", b"webp", b"tiff", b"ico"})
"""Kinds that hold nothing but dots: an SVG may name other files."""
PDF_HEAD, HEAD = b"%PDF-", 1024
SCREEN_DPI = 96
MILLIMETRES = 25.4 / SCREEN_DPI
MOST_PAGES, LONGEST_SIDE, MOST_DOTS = 200, 2_000.0, 30_000_000
"""Pages that are shown, millimetres of a page's longer side, and dots of a picture in memory."""


@dataclass(frozen=True)
class Shown:
    """What can be seen of a file: the size of its pages in millimetres, and how many it has in truth."""

    path: Path
    sizes: list[QSizeF]
    count: int
    is_pdf: bool

    def picture(self, path: Path, number: int, dpi: float) -> QImage:
        """Draw a page, counted from 0, never with more dots than the memory is good for."""
        if not self.is_pdf:
            return _photo(path, dpi)
        real = page_sizes(path)[number]
        inches = max(real.width() * real.height(), 1.0) / 25.4**2
        shrunk = self.sizes[number].width() / max(real.width(), 1.0)
        return page_picture(path, number, min(dpi * shrunk, (MOST_DOTS / inches) ** 0.5))


def look_at(path: Path) -> Shown | None:
    """Return what can be shown of a file; None when it is of another kind or damaged."""
    with path.open("rb") as file:
        is_pdf = PDF_HEAD in file.read(HEAD)
    try:
        sizes = [_bounded(size) for size in page_sizes(path)] if is_pdf else [_photo_size(path)]
    except (OSError, RuntimeError, ValueError):  # damaged, or locked by a password
        return None
    shown = [size for size in sizes[:MOST_PAGES] if not size.isEmpty()]
    return Shown(path, shown, len(sizes), is_pdf) if shown else None


def _bounded(size: QSizeF) -> QSizeF:
    longest = max(size.width(), size.height(), 1.0)
    size = size if longest <= LONGEST_SIDE else size * (LONGEST_SIDE / longest)
    return size.expandedTo(QSizeF(1, 1))


def _reader(path: Path) -> QImageReader:
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    if not reader.canRead() or bytes(reader.format().data()) not in PICTURES:
        raise ValueError(path)
    return reader


def _photo_size(path: Path) -> QSizeF:
    reader = _reader(path)
    size = QSizeF(reader.size())
    lies = reader.transformation() & QImageIOHandler.Transformation.TransformationRotate90
    return _bounded((size.transposed() if lies else size) * MILLIMETRES)


def _photo(path: Path, dpi: float) -> QImage:
    reader = _reader(path)
    size = QSizeF(reader.size())
    share = min(1.0, dpi / SCREEN_DPI, (MOST_DOTS / max(size.width() * size.height(), 1.0)) ** 0.5)
    reader.setScaledSize((size * share).toSize())
    return reader.read()
