"""Turns the pages of a PDF into pictures that Qt can show and print."""

from pathlib import Path

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage

from dentalsales.exchange import preview


def picture(made: preview.PageImage) -> QImage:
    """Return a page as a picture; in memory its bytes are blue, green, red, and one that Qt ignores."""
    return QImage(made.data, made.width, made.height, made.stride, QImage.Format.Format_RGB32).copy()


def pictures(path: Path, dpi: float) -> list[QImage]:
    """Return all pages at a resolution for the screen."""
    return [picture(made) for made in preview.pages(path, dpi)]


def page_picture(path: Path, number: int, dpi: float) -> QImage:
    """Return one page, counted from 0: at a printer's resolution they are large."""
    return picture(preview.page(path, number, dpi))


def page_sizes(path: Path) -> list[QSizeF]:
    """Return the size of every page in millimetres."""
    return [QSizeF(*size) for size in preview.page_sizes(path)]
