"""Brings the pages of a PDF onto a printer: each size as a job of its own, on paper of exactly that size."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from dentalsales.blueprint.on_failure import on_failure
from dentalsales.blueprint.printout import CONTINUOUS, PAPER_SIZES
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.ui.page_pictures import page_picture, page_sizes

MOST_DPI = 300
MILLIMETRES_PER_INCH = 25.4
Progress = Callable[[int, int], None]
"""(pages done, in all); it raises to stop."""


@dataclass(frozen=True)
class Job:
    """The pages of one size, counted from 0; `key` names the size, such as "241x140"."""

    key: str
    size: QSizeF
    pages: tuple[int, ...]


class Printers:
    """The printers of this computer; a test has its own."""

    def names(self) -> list[str]:
        """Return the names of all printers, the usual one first."""
        usual = QPrinterInfo.defaultPrinterName()
        return sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: name != usual)

    def printer(self, name: str) -> QPrinter:
        """Return a printer by name."""
        made = QPrinter(QPrinter.PrinterMode.HighResolution)
        made.setPrinterName(name)
        return made


def size_key(size: QSizeF) -> str:
    """Return the name of a page's size in whole millimetres."""
    return f"{round(size.width())}x{round(size.height())}"


def jobs_of(path: Path) -> list[Job]:
    """Return the pages of a PDF by size, in the order in which the sizes come."""
    by_key: dict[str, list[int]] = {}
    sizes = page_sizes(path)
    for number, size in enumerate(sizes):
        by_key.setdefault(size_key(size), []).append(number)
    return [Job(key, sizes[pages[0]], tuple(pages)) for key, pages in by_key.items()]


def set_page(printer: QPrinter, millimetres: QSizeF) -> None:
    """Give the printer the size of a page: the whole sheet, no margins, 300 dpi at most.

    The driver's own default never counts. Continuous paper is fed as it lies and must not be turned.
    """
    wide = millimetres.width() > millimetres.height()
    turned = wide and size_key(millimetres) not in _CONTINUOUS_KEYS
    size = QPageSize(millimetres.transposed() if turned else millimetres, QPageSize.Unit.Millimeter)
    way = QPageLayout.Orientation.Landscape if turned else QPageLayout.Orientation.Portrait
    layout = QPageLayout(size, way, QMarginsF(0, 0, 0, 0))
    layout.setMode(QPageLayout.Mode.FullPageMode)
    printer.setResolution(min(MOST_DPI, printer.resolution()))
    printer.setPageLayout(layout)


def draw_pages(
    printer: QPrinter, path: Path, pages: Sequence[int], shift: tuple[float, float] = (0.0, 0.0),
    progress: Progress = lambda done, total: None,
) -> None:  # fmt: skip
    """Draw pages over the whole sheet, shifted by millimetres to the right and down; one is held in memory at a time.

    RuleBroken when the printer does not begin.
    """
    painter = QPainter()
    if not painter.begin(printer):
        raise RuleBroken(_("The printer does not answer. Check that it is on and has paper, then print again."))
    try:
        with on_failure(printer.abort):
            dots = printer.resolution() / MILLIMETRES_PER_INCH
            for done, number in enumerate(pages):
                progress(done, len(pages))
                if done:
                    printer.newPage()
                sheet = QRectF(painter.viewport()).translated(shift[0] * dots, shift[1] * dots)
                picture = page_picture(path, number, printer.resolution())
                painter.drawImage(sheet, picture, QRectF(picture.rect()))
            progress(len(pages), len(pages))
    finally:
        painter.end()


_CONTINUOUS_KEYS = frozenset(size_key(QSizeF(*PAPER_SIZES[name])) for name in CONTINUOUS)
