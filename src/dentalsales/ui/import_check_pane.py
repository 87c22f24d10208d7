"""Fourth step of an import: what would come in, what is wrong, and the import itself."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from dentalsales.exchange import import_file
from dentalsales.exchange.import_result import summary_of
from dentalsales.i18n import Text, _, tr
from dentalsales.ui import theme
from dentalsales.ui.import_problems import NAMES, VALUE_COLUMN, ImportProblems
from dentalsales.ui.messages import Banner
from dentalsales.ui.page import button, label
from dentalsales.ui.save_file import EXCEL, ask_where, say_saved
from dentalsales.ui.shell import Shell
from dentalsales.ui.table_view import TableView
from dentalsales.usecases.import_report import ImportProblem, ImportReport

COUNTS: tuple[tuple[str, Text, str], ...] = (
    ("rows", _("Rows"), ""),
    ("new", _("New"), "success"),
    ("filled", _("Filled in"), ""),
    ("already", _("Already there"), ""),
    ("empty", _("Empty"), ""),
    ("warning", _("Warnings"), "warning"),
    ("error", _("Errors"), "danger"),
)


class ImportCheckPane(QFrame):
    """Counts, the problems with their places, and what can be done about them."""

    bad_rows_wanted = Signal()
    good_rows_wanted = Signal()

    def __init__(self, correct: Callable[[ImportProblem, str], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.report: ImportReport | None = None
        self._mended = 0
        self.numbers = {name: label("", "tile") for name, _words, _tone in COUNTS}
        self.banner, self.notes = Banner(), label("")
        self.notes.setProperty("tone", "warning")
        self.notes.setWordWrap(True)
        self.only_errors = QCheckBox(tr(_("Only errors")))
        self.only_errors.toggled.connect(lambda _on: self._fill())
        self.equal_ones = QCheckBox(tr(_("Change equal values together")))
        self.equal_ones.setChecked(True)
        self.view = TableView(_("Problems"))
        self.model = ImportProblems(correct, self.view)
        self.view.setModel(self.model)
        self.view.opened.connect(self._edit)
        self.view.resized.connect(self._fit)
        self.bad_rows = button(_("Save the bad rows as a file"), "file-export")
        self.bad_rows.clicked.connect(self.bad_rows_wanted)
        self.good_rows = button(_("Import only the good rows"), "file-import")
        self.good_rows.clicked.connect(self.good_rows_wanted)
        self._build()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        counts = QHBoxLayout()
        counts.setSpacing(32)
        for name, words, tone in COUNTS:
            self.numbers[name].setProperty("tone", tone)
            self.numbers[name].setAccessibleName(tr(words))
            column = QVBoxLayout()
            column.setSpacing(0)
            self.numbers[name].setFixedHeight(theme.current().px(36))
            column.addWidget(self.numbers[name])
            column.addWidget(label(words, "hint"))
            counts.addLayout(column)
        counts.addStretch(1)
        tools = QHBoxLayout()
        tools.setSpacing(8)
        tools.addWidget(self.only_errors)
        tools.addWidget(self.equal_ones)
        tools.addStretch(1)
        tools.addWidget(self.bad_rows)
        tools.addWidget(self.good_rows)
        layout.addLayout(counts)
        layout.addWidget(self.banner)
        layout.addWidget(self.notes)
        layout.addLayout(tools)
        layout.addWidget(label(_("Press Enter on an error to write its value anew."), "hint"))
        layout.addWidget(self.view, 1)

    def show_report(self, report: ImportReport) -> None:
        """Show what a check or an import found."""
        self.report = report
        for name, number in self.numbers.items():
            number.setText(f"{getattr(report, name):,}")
        good = report.kept or (not report.error and report.imported_before is None)
        tone = "warning" if report.imported_before is not None else "success" if good else "danger"
        self.banner.tell(tr(summary_of(report)), tone)
        self.notes.setText("\n".join(tr(note) for note in report.notes))
        self.notes.setVisible(bool(report.notes))
        self.bad_rows.setEnabled(bool(report.bad_rows))
        self.good_rows.setEnabled(bool(report.bad_rows) and report.new + report.filled > 0 and not report.kept)
        self._fill()

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """What F6 goes to."""
        return self.view, self.only_errors, self.equal_ones, self.bad_rows, self.good_rows

    def take_focus(self) -> None:
        """Stand on the bad cell that follows the one that was mended last."""
        bad = [row for row in range(self.model.rowCount()) if self._can_correct(row)]
        row = next((row for row in bad if row >= self._mended), bad[0] if bad else 0)
        if self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(row, VALUE_COLUMN))
            self.view.setFocus()
        else:
            (self.bad_rows if self.bad_rows.isEnabled() else self).setFocus()

    def alike_rows(self, problem: ImportProblem) -> list[int]:
        """Return the other rows where the same value of the same column is wrong for the same reason, if wanted."""
        if self.report is None or not problem.value or not self.equal_ones.isChecked():
            return []
        same = (problem.index, problem.value, tr(problem.text))
        errors = [one for one in self.report.problems if one.is_error]
        alike = {one.row for one in errors if (one.index, one.value, tr(one.text)) == same}
        return sorted(alike - {problem.row})

    def _can_correct(self, row: int) -> bool:
        return bool(self.model.index(row, VALUE_COLUMN).flags() & Qt.ItemFlag.ItemIsEditable)

    def _fill(self) -> None:
        assert self.report is not None
        wanted = self.only_errors.isChecked()
        self.model.show_problems([one for one in self.report.problems if one.is_error or not wanted])
        self._fit()

    def _fit(self) -> None:
        self.view.fit_columns({}, NAMES, len(NAMES) - 1)

    def _edit(self, row: int) -> None:
        """The Enter that ends typing comes here too, while its editor is still open."""
        index = self.model.index(row, VALUE_COLUMN)
        if self._can_correct(row) and self.view.indexWidget(index) is None:
            self._mended = row
            self.view.setCurrentIndex(index)
            self.view.edit(index)


def save_bad_rows(shell: Shell, report: ImportReport | None) -> None:
    """Ask where, and write the rows that were refused into a workbook, each with its reason."""
    assert report is not None
    path = ask_where(shell, tr(_("Bad rows of {file}").fill(file=Path(report.file).stem)), "xlsx", EXCEL)
    if path is None:
        return

    def write() -> Path:
        import_file.bad_rows_file(report, path)
        return path

    shell.runner.run(write, lambda written: say_saved(shell, written), label=_("Writing Excel"))
