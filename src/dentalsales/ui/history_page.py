"""Verifying the history: one press, or a seal from paper and Enter; what is wrong is told in a sentence each."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QProgressBar, QVBoxLayout, QWidget

from dentalsales.blueprint.anchor import read_anchor
from dentalsales.exchange.cell_text import shown
from dentalsales.i18n import Text, _, tr
from dentalsales.ui.background import Task
from dentalsales.ui.flow_layout import FlowLayout
from dentalsales.ui.icons import pixmap
from dentalsales.ui.messages import Banner
from dentalsales.ui.page import Page, button, label
from dentalsales.ui.plain_table import PlainColumn, PlainModel, PlainRow
from dentalsales.ui.shell import Shell
from dentalsales.ui.table_view import TableView
from dentalsales.usecases.verify_history import HistoryReport, verify

BEFORE = _("Every entry of the history is compared with its seal, and every record with its last entry.")
WHY = _(
    "A seal from a daily report or a backup shows whether the history still is what it was then. In a company on this "
    "computer the seals find accidents and changes past the program; who owns the file can write a whole history anew, "
    "and only such a seal gives that away."
)


class HistoryPage(Page):
    """The result stays until the next one; work goes on beside it, and can be stopped."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(_("Verify history"))
        self._shell = shell
        self._task: Task | None = None
        self.banner, self._sign = Banner(), QLabel()
        self.state, self.detail, self.paper = label(BEFORE, "section"), label(WHY, "secondary"), label("", "")
        for words in (self.state, self.detail, self.paper):
            words.setWordWrap(True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.seal = QLineEdit()
        self.seal.setPlaceholderText("21480:9f3a6c21b04d")
        self.seal.setAccessibleName(tr(_("Seal on the paper")))
        self.seal.setMinimumWidth(self.seal.fontMetrics().horizontalAdvance("0" * 24))
        self.now = button(_("Verify"), "shield-check", "primary")
        self.cancel, self.bar = button(_("Cancel"), "x"), QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr(_("Verifying the history")))
        self.model = PlainModel((PlainColumn(_("What is wrong")),), self)
        self.table = TableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName(tr(_("What is wrong")))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(self.banner)
        layout.addWidget(self._card())
        layout.addWidget(self.table, 1)
        layout.addStretch(0)
        self.table.hide()
        self.paper.hide()
        self._sign.hide()
        self._show_working(False)
        self.now.clicked.connect(self.verify)
        self.seal.returnPressed.connect(self.verify)
        self.cancel.clicked.connect(self._stop)
        shell.runner.progressed.connect(self._count)

    def _card(self) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        words = QHBoxLayout()
        words.setSpacing(8)
        words.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        words.addWidget(self.state, 1)
        asked, field = QWidget(), QHBoxLayout()
        name = label(_("Seal on the paper"))
        name.setBuddy(self.seal)
        field.setContentsMargins(0, 0, 0, 0)
        field.addWidget(name)
        field.addWidget(self.seal)
        asked.setLayout(field)
        row = FlowLayout()
        for each in (asked, self.now, self.cancel):
            row.addWidget(each)
        layout = QVBoxLayout(card)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addLayout(words)
        layout.addWidget(self.paper)
        layout.addWidget(self.detail)
        layout.addLayout(row)
        layout.addWidget(self.bar)
        return card

    def take_focus(self) -> None:
        """Begin at the button."""
        self.now.setFocus()

    def verify(self) -> None:
        """Verify beside the window; what is no seal is refused before."""
        if self._task is not None:
            return
        words, desk = self.seal.text().strip(), self._shell.desk
        paper = self._shell.attempt(lambda: read_anchor(words), self._refused) if words else None
        if words and paper is None:
            self.seal.setFocus()
            return
        self.banner.hide()
        self._task = self._shell.runner.run_long(
            lambda task: verify(desk, paper, task.progress),
            _("Verifying the history"),
            self._show,
            self._refused,
            owner=self,
        )
        self._show_working(True)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self._show_working(False)
        self.now.setFocus()

    def _count(self, task: Task) -> None:
        if task is self._task:
            self.bar.setRange(0, task.total)
            self.bar.setValue(task.count)

    def _refused(self, error: Exception) -> None:
        self._show_working(False)
        self.banner.refuse(error)

    def _show(self, report: HistoryReport) -> None:
        self._show_working(False)
        sign = ("check", 20, "success") if report.is_sound else ("alert-triangle", 20, "warning")
        self._sign.setPixmap(pixmap(*sign, self.devicePixelRatioF()))
        self._sign.show()
        self.state.setText(tr(report.summary))
        self.paper.setText(tr(report.paper or Text("")))
        self.paper.setVisible(report.paper is not None)
        told = _("Verified {moment}. Seal of the history: {seal}")
        self.detail.setText(tr(told.fill(moment=shown(report.at, "moment"), seal=str(report.head))))
        self.model.show_rows([PlainRow((finding,)) for finding in report.findings])
        self.table.setVisible(bool(report.findings))
        self.table.fit_columns({}, [_("What is wrong")], 0)
        self.now.setFocus()

    def _show_working(self, working: bool) -> None:
        if not working:
            self._task = None
        self.now.setEnabled(not working)
        self.seal.setReadOnly(working)
        self.cancel.setVisible(working)
        self.bar.setVisible(working)
        if working:
            self.bar.setRange(0, 0)
            self.cancel.setFocus()
