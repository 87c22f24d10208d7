"""A printer of the test: what is printed on it becomes a PDF in a folder."""

from pathlib import Path

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from dentalsales.ui.print_preview import PrintPreview
from dentalsales.ui.printing import Printers

A4_LASER, DOT_MATRIX = "Office laser", "Dot matrix"


class FilePrinters(Printers):
    """Two printers whose drivers believe that all paper is A4."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.asked = folder, list[str]()

    def names(self) -> list[str]:
        return [A4_LASER, DOT_MATRIX]

    def printer(self, name: str) -> QPrinter:
        self.asked.append(name)
        made = QPrinter(QPrinter.PrinterMode.HighResolution)
        made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        made.setOutputFileName(str(self.folder / f"{len(self.asked)} {name}.pdf"))
        return made

    def printed(self) -> list[Path]:
        """Return what came out, in order."""
        return sorted(self.folder.glob("*.pdf"))


def open_preview() -> PrintPreview:
    """Return the preview that is open."""
    return next(
        widget for widget in QApplication.topLevelWidgets() if isinstance(widget, PrintPreview) and widget.isVisible()
    )
