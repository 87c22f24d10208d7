"""Shows papers or a sheet as they will come out; what is printed or kept are these very pages."""

import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PySide6.QtCore import QSizeF, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout

from dentalsales.blueprint.on_failure import on_failure
from dentalsales.i18n import Text, _, n_, tr
from dentalsales.ui.background import Task
from dentalsales.ui.messages import Banner
from dentalsales.ui.page_pictures import page_sizes
from dentalsales.ui.pages_view import PagesView
from dentalsales.ui.preview_bar import PreviewBar
from dentalsales.ui.print_job import PrintJob, keep_printer, printer_of
from dentalsales.ui.print_sources import BlankSource, PaperSource, SheetSource, Source, Written
from dentalsales.ui.printing import Printers, set_page, size_key
from dentalsales.ui.save_file import PDF, ask_where, open_file, say_saved
from dentalsales.ui.shell import Shell
from dentalsales.usecases.print_paper import PrintedMeanwhile

SHARE_OF_SCREEN = 0.92


def preview_papers(shell: Shell, printout_name: str, record_ids: list[int], name: str = "") -> "PrintPreview":
    """Show the printed papers of records, one after another by number."""
    return _open(PrintPreview(shell, PaperSource(shell.desk, printout_name, record_ids, name)))


def preview_blank(shell: Shell, printout_name: str) -> "PrintPreview":
    """Show a form with nothing filled in."""
    return _open(PrintPreview(shell, BlankSource(shell.desk, printout_name)))


def preview_sheet(
    shell: Shell, make_sheet: Callable[[], Any], left: Callable[[Any, str], Any] | None = None
) -> "PrintPreview":
    """Show a report or a list on paper."""
    return _open(PrintPreview(shell, SheetSource(make_sheet, left)))


def _open(preview: "PrintPreview") -> "PrintPreview":
    preview.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    preview.open()
    return preview


class PrintPreview(QDialog):
    """Enter or Ctrl+P prints, Ctrl+S keeps the PDF, + and - zoom, PgUp and PgDn turn pages, Esc goes back."""

    printed = Signal()

    def __init__(self, shell: Shell, source: Source, printers: Printers | None = None) -> None:
        super().__init__(QApplication.activeWindow())
        self._shell, self.source = shell, source
        self.printers = printers or Printers()
        self._folder = TemporaryDirectory(prefix="dental-sales-", ignore_cleanup_errors=True)
        self._rendered = 0
        self.file = Path(self._folder.name) / "preview-0.pdf"
        self.ready = False
        self._written: Written | None = None
        self._sizes: list[QSizeF] = []
        self._task: Task | None = None
        self.setWindowTitle(source.title)
        self.banner, self.pages = Banner(), PagesView(shell.runner)
        self.bar = PreviewBar(source)
        self._bind()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self.banner)
        layout.addWidget(self.pages, 1)
        self._take_room()
        shell.runner.progressed.connect(self._say_progress)
        shell.runner.ended.connect(self._end)
        shell.runner.run(self.printers.names, self._offer_printers, lambda error: self._offer_printers([]), owner=self)
        self.render()

    def _take_room(self) -> None:
        screen = self.screen().availableSize() * SHARE_OF_SCREEN
        self.resize(min(1000, screen.width()), min(860, screen.height()))

    def _bind(self) -> None:
        bar = self.bar
        bar.changed.connect(self.render)
        bar.printer_chosen.connect(lambda name: keep_printer(self._shell.preferences, self._key(), name))
        for button, act in (
            (bar.save_button, self.save), (bar.open_button, self.open_outside), (bar.print_button, self.print),
            (bar.stop_button, self.stop), (bar.offset_button, self.calibrate),
        ):  # fmt: skip
            button.clicked.connect(act)
        keys: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Ctrl+P", self.print), ("Ctrl+S", self.save), ("+", lambda: self.pages.zoom(1)),
            ("=", lambda: self.pages.zoom(1)), ("-", lambda: self.pages.zoom(-1)), ("0", lambda: self.pages.zoom(0)),
            ("PgUp", lambda: self.pages.turn(-1)), ("PgDown", lambda: self.pages.turn(1)),
        )  # fmt: skip
        for key, deed in keys:
            QShortcut(QKeySequence(key), self).activated.connect(deed)
        self.pages.moved.connect(lambda at: self._say_where())
        self.pages.shown.connect(self._say_where)

    def _key(self) -> str:
        return size_key(self._sizes[0]) if self._sizes else ""

    def _offer_printers(self, names: list[str]) -> None:
        self.bar.offer_printers(names, printer_of(self._shell.preferences, self._key()))

    def render(self, *_ignored: Any) -> None:
        """Make the PDF in the background and show it."""
        self._busy(True)
        self.bar.tell(_("Preparing…"))
        source, wanted = self.source, self.bar.wanted()
        self._rendered += 1
        path = Path(self._folder.name) / f"preview-{self._rendered}.pdf"

        def work(task: Task) -> tuple[Written, list[QSizeF]]:
            written = source.write(path, wanted, task.progress)
            return written, page_sizes(path)

        self._task = self._shell.runner.run_long(
            work, _("Preparing"), lambda found: self._show(path, *found), self._refuse, owner=self
        )

    def _show(self, path: Path, written: Written, sizes: list[QSizeF]) -> None:
        if path.name != f"preview-{self._rendered}.pdf":
            return
        first = not self._sizes
        self.file, self._written, self._sizes = path, written, sizes
        self.setWindowTitle(self.source.title)
        self.bar.show_written(self.source.title, written)
        self.ready = True
        self.pages.show_file(path, sizes)
        self._busy(False)
        if first:
            self.bar.choose_printer(printer_of(self._shell.preferences, self._key()))
        self.bar.print_button.setFocus()

    def _say_where(self) -> None:
        if self._written is None or not self.ready:
            return
        count = len(self._sizes)
        parts = [tr(_("Page {number} of {count}").fill(number=self.pages.page() + 1, count=count))]
        if self._written.reprint:
            parts.append(tr(_("printed before: this one is marked as a reprint")))
        self.bar.tell(" · ".join(parts))

    def _busy(self, busy: bool) -> None:
        self.ready = self.ready and not busy
        self.bar.allow(not busy)

    def _refuse(self, error: Exception) -> None:
        self._busy(False)
        self.bar.tell("")
        self.banner.refuse(error)
        if isinstance(error, PrintedMeanwhile):
            self.render()

    def save(self) -> None:
        """Keep the PDF where the user says; a kept paper counts as printed."""
        path = ask_where(self._shell, self.source.title, "pdf", PDF) if self.ready else None
        if path is not None:
            self._issue(lambda: shutil.copyfile(self.file, path), lambda: say_saved(self._shell, path))

    def open_outside(self) -> None:
        """Open the PDF with the system's own program, which can print it: that counts as well."""
        file = self.file
        if self.ready:
            self._issue(lambda: None, lambda: open_file(file))

    def _issue(self, write: Callable[[], object], done: Callable[[], object]) -> None:
        """Count, write, and show what the next print would look like."""
        source = self.source
        self._busy(True)

        def work() -> None:
            take_back = source.claim("pdf")
            with on_failure(take_back):
                write()

        def finish(nothing: Any) -> None:
            done()
            self.printed.emit()
            self.render()

        self._shell.runner.run(work, finish, self._refuse, owner=self)

    def print(self) -> None:
        """Print these pages, each size on its printer; a stopped job is not counted."""
        if not self.ready:
            return
        chosen = self.bar.printer.currentData()
        printer = self._asked_printer() if not chosen else None
        if not chosen and printer is None:
            return
        self._busy(True)
        self.bar.working(True)
        self.banner.hide()
        source, path = self.source, self.file
        job = PrintJob(self.printers, self._shell.preferences, source.title, chosen, printer)

        def work(task: Task) -> None:
            take_back = source.claim("paper")
            with on_failure(take_back):
                job.send(path, task.progress)

        self._task = self._shell.runner.run_long(work, _("Printing"), self._printed, self._refuse_print, owner=self)

    def _asked_printer(self) -> QPrinter | None:
        """The system's own dialog, for trays and other special wishes; it never decides about the paper."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self.source.title)
        set_page(printer, self._sizes[0])
        dialog = QPrintDialog(printer, self)
        dialog.setWindowTitle(tr(_("Print")))
        return printer if dialog.exec() else None

    def _printed(self, nothing: Any) -> None:
        self.bar.working(False)
        self.printed.emit()
        count = len(self._sizes)
        self._shell.toast(
            n_("{count:,} page sent to the printer.", "{count:,} pages sent to the printer.").fill(count=count),
            "success",
        )
        self.accept()

    def _refuse_print(self, error: Exception) -> None:
        self.bar.working(False)
        self._refuse(error)
        self.render()

    def stop(self) -> None:
        """Stop printing: what the printer has not got yet stays away, and nothing is counted."""
        if self._task is not None:
            self._task.cancel()
            self.bar.tell(_("Stopping"))

    def _say_progress(self, task: Task) -> None:
        if task is self._task and task.total and not task.cancelled:
            self.bar.tell(
                _("{what} {count} / {total}").fill(
                    what=task.label or Text(""), count=f"{task.count:,}", total=f"{task.total:,}"
                )
            )

    def _end(self, task: Task) -> None:
        """A stopped task tells nobody else."""
        if task is self._task and task.cancelled and self.bar.is_working:
            self.bar.working(False)
            self.banner.tell(tr(_("Stopped. These papers are not counted as printed.")), "info")
            self.render()

    def calibrate(self) -> None:
        """Measure how far this printer is off."""
        from dentalsales.ui.print_offset import PrintOffset

        if self._sizes:
            PrintOffset(self._shell, self._sizes[0], self, self.printers, self.bar.printer.currentData() or "").exec()

    def reject(self) -> None:
        """Esc stops printing first, and leaves when nothing is under way."""
        if self.bar.is_working:
            self.stop()
        else:
            super().reject()

    def done(self, result: int) -> None:
        """Leave, and take the temporary files along."""
        if self._task is not None and not self.bar.is_working:
            self._task.cancel()
        self._task = None
        super().done(result)
        self._folder.cleanup()
