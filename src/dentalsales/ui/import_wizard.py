"""Importing other people's workbooks: file, sheet and headings, columns, check, import."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from dentalsales.blueprint.importing import ImportKind
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.exchange import import_file
from dentalsales.exchange.import_file import Preview
from dentalsales.exchange.open_source import open_source
from dentalsales.exchange.source import Source
from dentalsales.i18n import Text, _, tr
from dentalsales.ui import import_focus
from dentalsales.ui.background import Task
from dentalsales.ui.import_check_pane import ImportCheckPane, save_bad_rows
from dentalsales.ui.import_file_pane import ImportFilePane
from dentalsales.ui.import_match_pane import ImportMatchPane
from dentalsales.ui.import_table_pane import ImportTablePane
from dentalsales.ui.import_trail import ImportTrail
from dentalsales.ui.messages import Banner
from dentalsales.ui.page import Page, button, show_count
from dentalsales.ui.panes import Pane
from dentalsales.ui.shell import Shell
from dentalsales.usecases import back_up, import_rights
from dentalsales.usecases.import_report import ImportProblem, ImportReport

FILE, TABLE, MATCH, CHECK = range(4)
VERBS = {TABLE: _("Next"), MATCH: _("Check"), CHECK: _("Import")}


class ImportWizard(Page):
    """Four steps; nothing is kept before the last one says so, and then everything at once."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(_("Import"), parent or shell.workspace.room)
        self._shell = shell
        self.kind: ImportKind | None = None
        self.looked: Preview | None = None
        self.report: ImportReport | None = None
        self.corrections: dict[tuple[int, int], str] = {}
        self._task: Task | None = None
        self.steps = QStackedWidget(self)
        self.files = ImportFilePane(import_rights.kinds(shell.desk), shell.folder(), self.steps)
        self.table, self.match = ImportTablePane(self.steps), ImportMatchPane(self.steps)
        self.check = ImportCheckPane(self._correct, self.steps)
        for pane in (self.files, self.table, self.match, self.check):
            self.steps.addWidget(pane)
        self.banner = Banner()
        self.trail = ImportTrail()
        self.back, self.next = button(_("Back"), "arrow-left"), button(_("Next"), "arrow-right", "primary")
        self.cancel, self.bar = button(_("Cancel"), "x"), QProgressBar()
        self._build()
        self._connect()
        self._show(FILE)
        if not self.files.kinds:
            self.banner.tell(tr(_("Your roles do not include importing. Ask the sales manager.")), "info")

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(12)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr(_("Progress")))
        feet = QHBoxLayout()
        feet.setSpacing(8)
        feet.addWidget(self.back)
        feet.addWidget(self.bar, 1)
        feet.addStretch(1)
        feet.addWidget(self.cancel)
        feet.addWidget(self.next)
        layout.addWidget(self.trail)
        layout.addWidget(self.banner)
        layout.addWidget(self.steps, 1)
        layout.addLayout(feet)

    def _connect(self) -> None:
        self.files.chosen.connect(self.open)
        self.table.changed.connect(self._look_again)
        self.match.changed.connect(self._show_buttons)
        self.check.bad_rows_wanted.connect(lambda: save_bad_rows(self._shell, self.report))
        self.check.good_rows_wanted.connect(self._ask_for_good_rows)
        self.back.clicked.connect(self._go_back)
        self.next.clicked.connect(self._go_on)
        self.cancel.clicked.connect(self._stop)
        self._shell.runner.progressed.connect(self._progress)
        self._shell.runner.ended.connect(self._ended)
        self.shortcut("Ctrl+O", self._ask_for_file)

    def showEvent(self, event: QShowEvent) -> None:
        """Whoever comes back after an import that is done begins another one."""
        super().showEvent(event)
        if self._is_done:
            self._show(FILE)

    @property
    def _is_done(self) -> bool:
        return self.report is not None and self.report.kept and self._task is None

    def take_focus(self) -> None:
        """Begin where the step waits for something."""
        import_focus.begin(self)

    def _ask_for_file(self) -> None:
        if self.steps.currentIndex() == FILE and self.files.kinds:
            self.files.ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Esc back."""
        if not import_focus.press(self, event):
            super().keyPressEvent(event)

    def panes(self) -> list[Pane]:
        """Return the parts of the step between which F6 goes."""
        return import_focus.panes_of(self)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def begin(self, kind_name: str) -> None:
        """Choose what the file will hold, where no import is under way; a finished one makes room."""
        if self._is_done:
            self._show(FILE)
        if self.steps.currentIndex() == FILE:
            self.files.mark(kind_name)

    def open(self, kind: ImportKind, path: Path) -> None:
        """Read a file and show its first rows."""
        self.kind, self.corrections, self.report = kind, {}, None
        self._shell.preferences.keep("folder", str(path.parent))
        desk = self._shell.desk

        def look(task: Task) -> Preview:
            return import_file.preview(desk, kind, open_source(path, stopped=lambda: task.cancelled))

        self._start(look, _("Reading the file"), self._opened)

    def _opened(self, looked: Preview) -> None:
        """A workbook that was matched before is checked at once."""
        self._looked(looked)
        if looked.from_template and not self.match.missing:
            self._show(MATCH)
            self._go_on()

    def _looked(self, looked: Preview) -> None:
        self.looked = looked
        self.table.show_preview(looked)
        if self.kind is not None:
            self.match.show_columns(self.kind, looked)
        self._show(TABLE)

    def _look_again(self, sheet: str, row: int) -> None:
        desk, kind, looked = self._shell.desk, self.kind, self.looked
        assert kind is not None and looked is not None
        source: Source = looked.source
        self.corrections = {}
        self._start(
            lambda task: import_file.preview(desk, kind, source, sheet, row or None),
            _("Reading the file"),
            self._looked,
        )

    def _go_back(self) -> None:
        self._show(FILE if self.report is not None and self.report.kept else self.steps.currentIndex() - 1)

    def _go_on(self) -> None:
        step = self.steps.currentIndex()
        if step == TABLE:
            self._show(MATCH)
        elif step == MATCH:
            self._import(import_file.check, _("Checking"), {})
        elif self.report is not None and self.report.kept and self.kind is not None:
            self._shell.open_list(self.kind.register)
        else:
            self._import(import_file.run, _("Importing"), {})

    def _ask_for_good_rows(self) -> None:
        assert self.report is not None
        question = _("{error} rows have errors and will be left out. Import the other rows?")
        if self._shell.ask(question.fill(error=f"{self.report.error:,}"), _("Import only the good rows")):
            self._import(import_file.run, _("Importing"), {"skip_bad": True})

    def _import(self, act: Callable[..., ImportReport], words: Text, more: dict[str, Any]) -> None:
        desk, kind, looked = self._shell.desk, self.kind, self.looked
        assert kind is not None and looked is not None
        given = {
            "sheet": looked.sheet,
            "heading_row": looked.heading_row,
            "mapping": self.match.mapping,
            "corrections": dict(self.corrections),
            "source": looked.source,
            **more,
        }

        def work(task: Task) -> ImportReport:
            if act is import_file.run:
                back_up.before_import(desk.company)
            return act(desk, kind, looked.source.path, progress=task.progress, stopped=lambda: task.cancelled, **given)

        self._start(work, words, self._imported)

    def _imported(self, report: ImportReport) -> None:
        self.report = report
        self.check.show_report(report)
        self._show(CHECK)

    def _correct(self, problem: ImportProblem, text: str) -> None:
        """Check the row of a cell that was written anew, and those of equal cells if that is ticked.

        What only one record may have, such as a number, is never written into several rows.
        """
        desk, kind, looked, report = self._shell.desk, self.kind, self.looked, self.report
        assert kind is not None and looked is not None and report is not None and problem.index is not None
        index, mapping = problem.index, self.match.mapping
        rows: dict[int, list[Any]] = {}
        alike = () if kind.column(mapping[index]).field.unique else self.check.alike_rows(problem)
        for row in (problem.row, *alike):
            self.corrections[row, index] = text
            cells = list(report.bad_rows[row][0]) if row in report.bad_rows else []
            cells += [None] * (index + 1 - len(cells))
            cells[index] = text or None
            rows[row] = cells

        def work(task: Task) -> ImportReport:
            return import_file.check_rows(desk, kind, looked, mapping, rows)

        def done(found: ImportReport) -> None:
            report.replace_rows(rows, found)
            self._imported(report)

        self._start(work, _("Checking"), done)

    def _start(self, work: Callable[[Task], Any], words: Text, done: Callable[[Any], None]) -> None:
        self.banner.hide()
        self._task = self._shell.runner.run_long(work, words, done, self._refuse, owner=self)
        self.bar.setRange(0, 0)
        self._show_buttons()
        self.cancel.setFocus()

    def _refuse(self, error: Exception) -> None:
        (self.banner if isinstance(error, RuleBroken) else self._shell.messages).refuse(error)

    def _progress(self, task: Task) -> None:
        if task is self._task:
            show_count(self.bar, task.count, task.total)

    def _ended(self, task: Task) -> None:
        if task is self._task:
            self._task = None
            if task.cancelled:
                self.banner.tell(tr(_("Stopped. Nothing was imported.")), "info")
            self._show_buttons()
            if self.isVisible():
                self.take_focus()

    def _show(self, step: int) -> None:
        self.steps.setCurrentIndex(step)
        what = ""
        if step != FILE and self.kind is not None and self.looked is not None:
            what = f"{tr(self.kind.title)} · {self.looked.source.path.name}"
        self.trail.show_step(step, what)
        self._show_buttons()
        if self.isVisible():
            self.take_focus()

    def _show_buttons(self) -> None:
        step, busy = self.steps.currentIndex(), self._task is not None
        kept = self.report is not None and self.report.kept
        for widget in (self.bar, self.cancel):
            widget.setVisible(busy)
        self.steps.setEnabled(not busy)
        self.back.setVisible(step != FILE)
        self.back.setText(tr(_("Import another file") if kept and step == CHECK else _("Back")))
        self.next.setVisible(step != FILE)
        self.next.setText(tr(_("Open the list") if kept and step == CHECK else VERBS.get(step, VERBS[TABLE])))
        self.back.setEnabled(not busy)
        self.next.setEnabled(not busy and self._may_go_on(step, kept))

    def _may_go_on(self, step: int, kept: bool) -> bool:
        if step == MATCH:
            return not self.match.missing
        if step == CHECK and not kept:
            report = self.report
            return report is not None and report.is_good and report.imported_before is None and report.rows > 0
        return True
