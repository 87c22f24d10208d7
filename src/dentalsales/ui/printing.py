"""Brings the pages of a PDF onto a printer, each at its own size and the printer's resolution."""

from pathlib import Path

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from dentalsales.i18n import _, tr
from dentalsales.ui.print_preview import page_images

MOST_DPI = 300


def ask_and_print(path: Path, title: str, parent: QWidget) -> bool:
    """Let the user choose a printer and print; False when he went back."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    images = page_images(path, MOST_DPI)
    set_page(printer, images[0])
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(tr(_("Print")))
    if not dialog.exec():
        return False
    draw_pages(printer, images)
    return True


def set_page(printer: QPrinter, image: QImage) -> None:
    """Give the printer the size of a page that was drawn at MOST_DPI, without margins of its own."""
    millimetres = QSizeF(image.width() / MOST_DPI * 25.4, image.height() / MOST_DPI * 25.4)
    across = millimetres.width() > millimetres.height()
    size = QPageSize(millimetres.transposed() if across else millimetres, QPageSize.Unit.Millimeter)
    turned = QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait
    printer.setFullPage(True)
    printer.setResolution(MOST_DPI)
    printer.setPageLayout(QPageLayout(size, turned, QMarginsF(0, 0, 0, 0)))


def draw_pages(printer: QPrinter, images: list[QImage]) -> None:
    """Draw every page over the whole sheet."""
    painter = QPainter(printer)
    for number, image in enumerate(images):
        if number:
            printer.newPage()
        painter.drawImage(painter.viewport(), image)
    painter.end()
