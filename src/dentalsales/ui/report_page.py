"""The reports: pick one, pick the days, read its blocks, open what stands behind a figure, print it, keep it."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QSplitter, QVBoxLayout, QWidget

from dentalsales.blueprint.fields import Field
from dentalsales.blueprint.report import Period, Report
from dentalsales.exchange.words import conditions_of
from dentalsales.i18n import _, n_, tr
from dentalsales.ui import theme
from dentalsales.ui.editors.made_for import editor_for
from dentalsales.ui.messages import Banner
from dentalsales.ui.page import Page, button, label
from dentalsales.ui.period_picker import PeriodPicker
from dentalsales.ui.sheet_view import SheetView
from dentalsales.ui.shell import Shell
from dentalsales.usecases.exports import remember_report
from dentalsales.usecases.run_report import exported, run


class ReportPage(Page):
    """A report is run in the background each time its period or customer changes."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(_("Reports"), shell.workspace.room)
        self._shell = shell
        self._asked = 0
        self.reports: list[Report] = shell.desk.reports()
        self.report: Report | None = None
        self.sheet: Any = None
        self.list = QListWidget()
        self.list.setObjectName("picks")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(tr(_("Reports")))
        for report in self.reports:
            item = QListWidgetItem(tr(report.title))
            item.setToolTip(tr(report.hint) if report.hint else tr(report.title))
            self.list.addItem(item)
        self.list.currentRowChanged.connect(self._choose)
        self.picker = PeriodPicker(shell.desk.today)
        self.picker.changed.connect(self.refresh)
        self._main = QWidget(self)
        self.view = SheetView(shell, self._main)
        self.banner = Banner(self._main)
        self._build()
        self._bind_keys()
        if self.reports:
            self.list.setCurrentRow(0)

    def _build(self) -> None:
        self._title, self._hint = label("", "section"), label("", "hint")
        self._title.setWordWrap(True)
        self.customer = editor_for(self._shell.desk, None, "", Field("link", _("Customer"), target="customer"), self)
        self.customer.setAccessibleName(tr(_("Customer")))
        self.customer.setMinimumWidth(theme.current().px(190))
        self.customer.entered.connect(self.refresh)
        side, main = QWidget(self), self._main
        side_layout = QVBoxLayout(side)
        side_layout.setContentsMargins(16, 12, 4, 12)
        side_layout.addWidget(self.list)
        layout = QVBoxLayout(main)
        layout.setContentsMargins(12, 12, 16, 12)
        layout.setSpacing(8)
        layout.addLayout(self._head())
        layout.addLayout(self._tools())
        layout.addWidget(self.banner)
        layout.addLayout(self._empty_row())
        layout.addWidget(self.view, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(side)
        splitter.addWidget(main)
        splitter.setStretchFactor(1, 1)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        look = theme.current()
        splitter.setSizes([look.px(240), look.px(880)])
        side.setMinimumWidth(look.px(150))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(splitter)

    def _empty_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        self._nothing = label(_("No data in this period."), "secondary")
        self._earlier = button(_("Last month"))
        self._earlier.clicked.connect(lambda: self.picker.choose(self.picker.before[0]))
        for widget in (self._nothing, self._earlier):
            widget.hide()
            row.addWidget(widget)
        self._choose_customer = button(_("Choose a customer"), "users", "primary")
        self._choose_customer.clicked.connect(self.customer.setFocus)
        self._wanting = label(_("The report is of one customer."), "secondary")
        for widget in (self._wanting, self._choose_customer):
            widget.hide()
            row.addWidget(widget)
        row.addStretch(1)
        return row

    def _head(self) -> QHBoxLayout:
        words, row = QVBoxLayout(), QHBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._hint)
        row.setSpacing(8)
        row.addLayout(words, 1)
        for text, picture, keys, act in (
            (_("Excel"), "file-spreadsheet", "Ctrl+E", self.export),
            (_("PDF"), "file-type-pdf", "Ctrl+Shift+E", self.export_pdf),
            (_("Print"), "printer", "Ctrl+P", self.print_report),
        ):
            made = button(text, picture, "", keys)
            made.clicked.connect(act)
            row.addWidget(made)
        return row

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.picker)
        row.addWidget(self.customer)
        row.addStretch(1)
        return row

    def _bind_keys(self) -> None:
        self.shortcut("F5", self.refresh)
        self.shortcut("Alt+Left", lambda: self.picker.step(-1))
        self.shortcut("Alt+Right", lambda: self.picker.step(1))
        self.shortcut("Ctrl+P", self.print_report)
        self.shortcut("Ctrl+E", self.export)
        self.shortcut("Ctrl+Shift+E", self.export_pdf)

    def take_focus(self) -> None:
        """Begin in the list of reports."""
        self.list.setFocus()

    def show_report(self, name: str, period: Period | None = None) -> None:
        """Show a report by name or alias, for a period if one is given."""
        wanted = self._shell.desk.business.report(name)
        place = next((place for place, report in enumerate(self.reports) if report.name == wanted.name), -1)
        if place < 0:
            return
        if period is not None:
            self.picker.period = period
        if self.list.currentRow() == place:
            self._choose(place)
        else:
            self.list.setCurrentRow(place)

    def _choose(self, place: int) -> None:
        self.report = self.reports[place]
        self._title.setText(tr(self.report.title))
        self._hint.setText(tr(self.report.hint) if self.report.hint else "")
        self._hint.setVisible(self.report.hint is not None)
        self.customer.setVisible(self.report.customer)
        one = self.report.needs_customer
        self.customer.setPlaceholderText(tr(_("Choose a customer") if one else _("All customers")))
        self.picker.set_kind(self.report.period)
        self.refresh()

    def refresh(self) -> None:
        """Run the report again."""
        if self.report is None:
            return
        self._asked += 1
        if self._ask_for_customer():
            return
        asked, make = self._asked, self._maker()
        self.say(tr(_("Reading…")))
        self._shell.runner.run(
            lambda: with_conditions(make()),
            lambda made: self._show(asked, *made),
            lambda error: self._refuse(asked, error),
            owner=self,
        )

    def _ask_for_customer(self) -> bool:
        """A report of one customer is empty, and says what it waits for, until one is chosen."""
        waits = self.report is not None and self.report.needs_customer and not self._choices()
        self._wanting.setVisible(waits)
        self._choose_customer.setVisible(waits)
        if waits:
            self._clear()
            for widget in (self.banner, self._nothing, self._earlier):
                widget.hide()
        return waits

    def _clear(self) -> None:
        """Show nothing: what was shown before belongs to another report."""
        self.sheet = None
        self.view.clear()
        self.say("")

    def _left(self) -> Any:
        """Return what leaves the entry of a report that was printed or kept from its preview."""
        desk, name, choices = self._shell.desk, self.report.name if self.report else "", self._choices()
        return lambda sheet, way: remember_report(desk, name, sheet, way, choices)

    def _maker(self, way: str = "") -> Any:
        """Return the function that runs what is picked now; one that becomes a file says by which `way`."""
        desk, report, period, choices = self._shell.desk, self.report, self.picker.period, self._choices()
        if report is None:
            raise LookupError("no report is chosen")
        if way:
            return lambda: exported(desk, report.name, period, way, **choices)
        return lambda: run(desk, report.name, period, **choices)

    def _choices(self) -> dict[str, Any]:
        chosen = self.customer.value()
        if self.report is not None and self.report.customer and isinstance(chosen, int):
            return {"customer_id": chosen}
        return {}

    def _show(self, asked: int, sheet: Any, conditions: list[str]) -> None:
        if asked != self._asked:
            return
        self.sheet = sheet
        self.banner.hide()
        self.view.show_sheet(sheet, conditions)
        self._offer_another_period(sheet)
        count = sum(len(block.rows) for block in sheet.blocks)
        self.say(tr(n_("{count:,} row", "{count:,} rows").fill(count=count)))

    def _offer_another_period(self, sheet: Any) -> None:
        """Where nothing happened in the days that were picked, the way to those before is one key away."""
        word, words = self.picker.before
        empty = self.report is not None and self.report.period != "now" and not sheet.has_figures
        already = self.picker.words.currentData() == word
        self._earlier.setText(tr(words))
        self._earlier.setAccessibleName(tr(words))
        self._nothing.setVisible(empty)
        self._earlier.setVisible(empty and not already)

    def _refuse(self, asked: int, error: Exception) -> None:
        if asked == self._asked:
            self._clear()
            self.banner.refuse(error)

    def _can_make(self) -> bool:
        """Say whether there is a report to print and keep; one that waits for its customer leads there."""
        if self.report is not None and self.report.needs_customer and not self._choices():
            self.customer.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return False
        return self.report is not None

    def print_report(self) -> None:
        """Show the report as it comes out on paper."""
        if self._can_make():
            self._shell.show_sheet(self._maker(), self._left())

    def export(self) -> None:
        """Keep the report as an Excel file."""
        if self._can_make():
            self._shell.save_workbook(self._maker("xlsx"), self._file_name())

    def export_pdf(self) -> None:
        """Keep the report as a PDF file."""
        from dentalsales.ui.save_file import PDF, ask_where, say_saved

        path = ask_where(self._shell, self._file_name(), "pdf", PDF) if self._can_make() else None
        if path is not None:
            make, target = self._maker("pdf"), path

            def write() -> Path:
                from dentalsales.exchange.pdf import write_sheet

                write_sheet(make(), target)
                return target

            self._shell.runner.run(write, lambda written: say_saved(self._shell, written), label=_("Writing PDF"))

    def _file_name(self) -> str:
        title = tr(self.report.title) if self.report is not None else ""
        return f"{title} {self.picker.period}" if self.report and self.report.period != "now" else title


def with_conditions(sheet: Any) -> tuple[Any, list[str]]:
    """Return a sheet and what stands under its title, whose words for an amount take a while the first time."""
    return sheet, conditions_of(sheet)
