"""Aligns this computer's printer: print a cross, measure where it came out, and the shift follows."""

from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QSizeF
from PySide6.QtWidgets import QDialog, QDoubleSpinBox, QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from dentalsales.i18n import Text, _, tr
from dentalsales.ui.messages import Banner
from dentalsales.ui.page import button, label, roomy
from dentalsales.ui.print_job import PrintJob, keep_offset, offset_of, printer_of
from dentalsales.ui.printing import Printers, size_key
from dentalsales.ui.shell import Shell

CROSS = 50.0
"""Millimetres from both edges at which the page has its cross; the test compares it with the page itself."""
FARTHEST = 30.0


class PrintOffset(QDialog):
    """Two lengths to measure, and the shift they come to; the shift may be typed as well."""

    def __init__(
        self, shell: Shell, size: QSizeF, parent: QWidget, printers: Printers | None = None, printer: str = ""
    ) -> None:
        super().__init__(parent)
        self._shell, self._size, self._printers = shell, size, printers or Printers()
        self._printer = printer or printer_of(shell.preferences, size_key(size))
        self._began = offset_of(shell.preferences, size_key(size))
        self.setWindowTitle(tr(_("Align the printer")))
        self.banner = Banner()
        self.measured = [_millimetres(_("Cross from the left edge"), CROSS), _millimetres(_("Cross from above"), CROSS)]
        self.shift = [
            _millimetres(words, value)
            for words, value in zip((_("Shift to the right"), _("Shift down")), self._began, strict=True)
        ]
        for field in self.shift:
            field.setRange(-FARTHEST, FARTHEST)
        for field in self.measured:
            field.setRange(CROSS - FARTHEST, CROSS + FARTHEST)
            field.valueChanged.connect(lambda value: self._follow())
        self.page_button = button(_("Print the test page"), "printer")
        self.keep_button = button(_("Save"), "device-floppy", "primary")
        self.page_button.clicked.connect(self.print_page)
        self.keep_button.clicked.connect(self.keep)
        self._lay()

    def _lay(self) -> None:
        size = _("Paper {width} × {height} mm, on this computer only").fill(
            width=f"{self._size.width():.0f}", height=f"{self._size.height():.0f}"
        )
        steps = label(
            _("Print the test page, measure from the edges of the paper to the middle of the cross, and type both."),
            "secondary",
        )
        steps.setWordWrap(True)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        for field in (*self.measured, *self.shift):
            form.addRow(label(field.accessibleName()), field)
        cancel = button(_("Cancel"))
        cancel.clicked.connect(self.reject)
        for each in (cancel, self.page_button):
            each.setAutoDefault(False)
        self.keep_button.setDefault(True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.page_button)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.keep_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addWidget(label(size, "section"))
        column.addWidget(steps)
        column.addWidget(self.banner)
        column.addLayout(form)
        column.addLayout(row)

    def _follow(self) -> None:
        """What came out too far to the right is shifted to the left, on top of the shift it was printed with."""
        for field, before, measured in zip(self.shift, self._began, self.measured, strict=True):
            field.setValue(before + CROSS - measured.value())

    def print_page(self) -> None:
        """Print the cross with the shift that is in force."""
        folder = TemporaryDirectory(prefix="dental-sales-", ignore_cleanup_errors=True)
        path = Path(folder.name) / "cross.pdf"
        size, title = self._size, tr(_("Align the printer"))
        job = PrintJob(self._printers, self._shell.preferences, title, self._printer)

        def work() -> None:
            from dentalsales.exchange.pdf_ruler import write_ruler_page

            with folder:
                write_ruler_page(size.width(), size.height(), path)
                job.send(path, lambda done, total: None)

        sent = _("Sent to the printer. Now measure the cross.")
        self._shell.runner.run(work, lambda nothing: self.banner.tell(tr(sent), "info"), self.banner.refuse, owner=self)

    def keep(self) -> None:
        """Remember the shift on this computer."""
        across, down = (round(field.value(), 1) for field in self.shift)
        keep_offset(self._shell.preferences, size_key(self._size), across, down)
        self._shell.toast(_("The next print is shifted by this much."), "success")
        self.accept()


def _millimetres(words: Text, value: float) -> QDoubleSpinBox:
    field = QDoubleSpinBox()
    field.setDecimals(1)
    field.setSingleStep(0.5)
    field.setSuffix(" mm")
    field.setRange(-FARTHEST, CROSS + FARTHEST)
    field.setValue(value)
    field.setAccessibleName(tr(words))
    roomy(field)
    return field
