"""Brings the pages of a PDF onto a printer, each at its own size and the printer's resolution."""

from pathlib import Path

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from dentalsales.i18n import _, tr
from dentalsales.ui.page_pictures import page_picture, page_sizes

MOST_DPI = 300


def ask_and_print(path: Path, title: str, parent: QWidget) -> bool:
    """Let the user choose a printer and print; False when he went back."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    set_page(printer, page_sizes(path)[0])
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(tr(_("Print")))
    if not dialog.exec():
        return False
    draw_pages(printer, path)
    return True


def set_page(printer: QPrinter, millimetres: QSizeF) -> None:
    """Give the printer the size of a page, without margins of its own, at 300 dpi at most."""
    across = millimetres.width() > millimetres.height()
    size = QPageSize(millimetres.transposed() if across else millimetres, QPageSize.Unit.Millimeter)
    turned = QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait
    printer.setFullPage(True)
    printer.setResolution(min(MOST_DPI, printer.resolution()))
    printer.setPageLayout(QPageLayout(size, turned, QMarginsF(0, 0, 0, 0)))


def draw_pages(printer: QPrinter, path: Path) -> None:
    """Draw every page over the whole sheet; only one is held in memory."""
    painter = QPainter(printer)
    for number, size in enumerate(page_sizes(path)):
        if number:
            set_page(printer, size)
            printer.newPage()
        painter.drawImage(painter.viewport(), page_picture(path, number, printer.resolution()))
    painter.end()
