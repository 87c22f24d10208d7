"""The two lines above a preview: what it shows and what can be done with it; paper, prices and printer."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from dentalsales.i18n import Text, _, tr
from dentalsales.ui.page import button, label, tool_button
from dentalsales.ui.print_sources import Source, Wanted, Written


class PreviewBar(QFrame):
    """Says what is wanted; the preview carries it out."""

    changed = Signal()
    """Another size, or prices on or off."""
    printer_chosen = Signal(str)

    def __init__(self, source: Source) -> None:
        super().__init__()
        self.setObjectName("topBar")
        self._title, self.status = label(source.title, "section"), label("", "hint")
        self._title.setWordWrap(True)  # a customer's name may be long, and the window narrow
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.paper, self.printer = QComboBox(), QComboBox()
        self.prices = QCheckBox(tr(_("With prices")))
        self.save_button = button(_("Save PDF"), "device-floppy", "", "Ctrl+S")
        self.open_button = button(_("Open PDF"), "file-type-pdf")
        self.stop_button = button(_("Stop"), "x", "", "Esc")
        self.print_button = button(_("Print"), "printer", "primary", "Ctrl+P")
        self.offset_button = tool_button(_("Align the printer"), "target")
        for each in (self.save_button, self.open_button, self.stop_button):
            each.setAutoDefault(False)
        self.print_button.setDefault(True)
        self.stop_button.hide()
        self._touched_prices = False
        self.is_working = False
        self._offer(source)
        self._lay()

    def _offer(self, source: Source) -> None:
        self.paper.setAccessibleName(tr(_("Paper size")))
        self.paper.setToolTip(tr(_("Paper size")))
        for name, words in source.sizes:
            self.paper.addItem(tr(words), name)
        self.paper.setVisible(self.paper.count() > 1)
        self.paper.setCurrentIndex(-1)
        self.printer.setAccessibleName(tr(_("Printer")))
        self.printer.setToolTip(tr(_("Printer")))
        self.printer.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.prices.setVisible(source.prices_optional)
        self.paper.activated.connect(lambda at: self.changed.emit())
        self.prices.clicked.connect(lambda on: self._touch_prices())
        self.printer.activated.connect(lambda at: self.printer_chosen.emit(self.printer.currentData()))
        self.offer_printers([], "")

    def _lay(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setSpacing(8)
        first.addWidget(self._title, 1)
        for widget in (self.save_button, self.open_button, self.stop_button, self.print_button):
            first.addWidget(widget)
        second.addWidget(self.paper)
        second.addWidget(self.prices)
        second.addWidget(self.printer)
        second.addWidget(self.offset_button)
        second.addStretch(1)
        second.addWidget(self.status)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(8)
        column.addLayout(first)
        column.addLayout(second)

    def _touch_prices(self) -> None:
        self._touched_prices = True
        self.changed.emit()

    def wanted(self) -> Wanted:
        """Return what was chosen by hand."""
        return Wanted(self.paper.currentData() or "", self.prices.isChecked() if self._touched_prices else None)

    def show_written(self, title: str, written: Written) -> None:
        """Show what the pages are."""
        self._title.setText(title)
        if self.paper.currentIndex() < 0:
            self.paper.setCurrentIndex(max(0, self.paper.findData(written.size)))
        if not self._touched_prices:
            self.prices.setChecked(written.prices)

    def tell(self, text: Text | str) -> None:
        """Say how far it is, or which page is in sight."""
        self.status.setText(tr(text))

    def offer_printers(self, names: Sequence[str], chosen: str) -> None:
        """Offer the printers of this computer, and the system's own dialog."""
        self.printer.clear()
        for name in names:
            self.printer.addItem(name, name)
        self.printer.addItem(tr(_("System print dialog…")), "")
        self.choose_printer(chosen)

    def choose_printer(self, name: str) -> None:
        """Choose a printer if it is there, else leave the first."""
        self.printer.setCurrentIndex(max(0, self.printer.findData(name)) if name else 0)

    def allow(self, on: bool) -> None:
        """Let the buttons be pressed that need the pages."""
        for each in (self.save_button, self.open_button, self.print_button):
            each.setEnabled(on)

    def working(self, on: bool) -> None:
        """Offer to stop while pages go to the printer."""
        self.is_working = on
        self.stop_button.setVisible(on)
        for each in (self.paper, self.prices, self.printer, self.offset_button):
            each.setEnabled(not on)
