"""Shows a paper or a sheet as it will come out, and prints it, keeps it or opens it as PDF."""

import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from dentalsales.blueprint.printout import Printout
from dentalsales.i18n import _, n_, tr
from dentalsales.ui.messages import Banner
from dentalsales.ui.page import button, drop_all, label
from dentalsales.ui.page_pictures import pictures
from dentalsales.ui.save_file import PDF, ask_where, open_file, say_saved
from dentalsales.ui.shell import Shell

SCREEN_DPI = 110
Maker = Callable[[Path, dict[str, Any]], object]
"""(path, options) writes the PDF; options are size and prices."""


def preview_paper(shell: Shell, printout_name: str, record_id: int) -> "PrintPreview":
    """Show the printed paper of a record."""
    printout = shell.desk.business.printout(printout_name)

    def make(path: Path, options: dict[str, Any]) -> None:
        from dentalsales.exchange.pdf import write_paper
        from dentalsales.usecases.run_report import paper

        write_paper(paper(shell.desk, printout_name, record_id, **options), path)

    def remember() -> None:
        from dentalsales.usecases.run_report import log_print

        shell.runner.run(lambda: log_print(shell.desk, printout_name, record_id))

    preview = PrintPreview(shell, tr(printout.title), make, printout)
    preview.printed.connect(remember)
    return _open(shell, preview)


def preview_sheet(shell: Shell, make_sheet: Callable[[], Any]) -> "PrintPreview":
    """Show a report or a list on paper."""

    def make(path: Path, options: dict[str, Any]) -> None:
        from dentalsales.exchange.pdf import write_sheet

        write_sheet(make_sheet(), path)

    return _open(shell, PrintPreview(shell, tr(_("Preview")), make))


def _open(shell: Shell, preview: "PrintPreview") -> "PrintPreview":
    preview.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    preview.open()
    return preview


class PrintPreview(QDialog):
    """Enter prints; Esc goes back."""

    printed = Signal()

    def __init__(self, shell: Shell, title: str, make: Maker, printout: Printout | None = None) -> None:
        super().__init__(QApplication.activeWindow())
        self._shell, self._title, self._make = shell, title, make
        self._folder = TemporaryDirectory(prefix="dental-sales-")
        self._file = Path(self._folder.name) / "preview.pdf"
        self.ready = False
        self.setWindowTitle(title)
        self.resize(960, 680)
        self.banner = Banner()
        self._sheet = QWidget()
        self._sheet.setObjectName("scrolled")
        self._pages = QVBoxLayout(self._sheet)
        self._pages.setContentsMargins(24, 24, 24, 24)
        self._pages.setSpacing(24)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(self._sheet)
        area.setAccessibleName(tr(_("Pages")))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._tool_bar(printout))
        layout.addWidget(self.banner)
        layout.addWidget(area, 1)
        self._render()

    def _tool_bar(self, printout: Printout | None) -> QFrame:
        bar = QFrame()
        bar.setObjectName("topBar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(label(self._title, "section"))
        self.status = label("", "hint")
        row.addWidget(self.status)
        row.addStretch(1)
        self.size_choice, self.prices = QComboBox(), QCheckBox(tr(_("With prices")))
        self.prices.setChecked(True)
        self._offer_options(row, printout)
        save, view = button(_("Save PDF"), "device-floppy"), button(_("Open PDF"), "file-type-pdf")
        save.clicked.connect(self.save)
        view.clicked.connect(lambda: open_file(self._file))
        self.print_button = button(_("Print"), "printer", "primary", "Enter")
        self.print_button.clicked.connect(self.print)
        self.print_button.setDefault(True)
        self._needs_file = (save, view, self.print_button)
        for widget in self._needs_file:
            row.addWidget(widget)
        return bar

    def _offer_options(self, row: QHBoxLayout, printout: Printout | None) -> None:
        self.size_choice.setAccessibleName(tr(_("Paper size")))
        for size in printout.sizes if printout is not None else ():
            self.size_choice.addItem(size.replace("x", " × "), size)
        self.size_choice.currentIndexChanged.connect(lambda place: self._render())
        self.prices.toggled.connect(lambda on: self._render())
        row.addWidget(self.size_choice)
        row.addWidget(self.prices)
        self.size_choice.setVisible(self.size_choice.count() > 1)
        self.prices.setVisible(printout is not None and printout.prices_optional)

    def _options(self) -> dict[str, Any]:
        options: dict[str, Any] = {}
        if self.size_choice.count():
            options["size"] = self.size_choice.currentData()
        if not self.prices.isHidden():
            options["prices"] = self.prices.isChecked()
        return options

    def _render(self) -> None:
        """Make the PDF and its pictures in the background."""
        for widget in self._needs_file:
            widget.setEnabled(False)
        self.status.setText(tr(_("Preparing…")))
        make, path, options = self._make, self._file, self._options()
        ratio = self.devicePixelRatioF()

        def work() -> list[QImage]:
            make(path, options)
            return pictures(path, SCREEN_DPI * ratio)

        self._shell.runner.run(work, lambda images: self._show(images, ratio), self._refuse, owner=self)

    def _show(self, images: list[QImage], ratio: float) -> None:
        drop_all(self._pages)
        for number, image in enumerate(images, start=1):
            picture = QPixmap.fromImage(image)
            picture.setDevicePixelRatio(ratio)
            page = QLabel()
            page.setPixmap(picture)
            page.setAccessibleName(tr(_("Page {number} of {count}").fill(number=number, count=len(images))))
            page.setFrameShape(QFrame.Shape.Box)
            self._pages.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
        self._pages.addStretch(1)
        self.status.setText(tr(n_("{count:,} page", "{count:,} pages").fill(count=len(images))))
        for widget in self._needs_file:
            widget.setEnabled(True)
        self.print_button.setFocus()
        self.ready = True

    def _refuse(self, error: Exception) -> None:
        self.status.clear()
        self.banner.refuse(error)

    def save(self) -> None:
        """Keep the PDF where the user says."""
        path = ask_where(self._shell, self._title, "pdf", PDF)
        if path is not None:
            shutil.copyfile(self._file, path)
            say_saved(self._shell, path)

    def print(self) -> None:
        """Ask for the printer and print."""
        from dentalsales.ui.printing import ask_and_print

        if ask_and_print(self._file, self._title, self):
            self.printed.emit()
            self._shell.toast(_("Sent to the printer."), "success")
            self.accept()

    def done(self, result: int) -> None:
        """Leave, and take the temporary file along."""
        super().done(result)
        self._folder.cleanup()
