"""What is inside a copy, beside today, and what may be done with it: open it to look, or restore it."""

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from dentalsales.exchange.cell_text import shown
from dentalsales.i18n import Text, _, joined, tr
from dentalsales.ui import theme
from dentalsales.ui.messages import Banner
from dentalsales.ui.page import button, label
from dentalsales.ui.plain_table import PlainColumn, PlainModel, PlainRow
from dentalsales.ui.shell import Shell
from dentalsales.ui.table_view import TableView
from dentalsales.usecases.backup_inside import REASONS, CopyInside, lost_words, totals_of

COLUMNS = (
    PlainColumn(_("List")),
    PlainColumn(_("In this copy"), "number"),
    PlainColumn(_("Today"), "number"),
    PlainColumn(_("Last number in this copy")),
)


class CopyDialog(QDialog):
    """Enter opens the copy to look, which changes nothing; a restore is asked for once more."""

    def __init__(
        self, shell: Shell, inside: CopyInside, parent: QWidget, look: Callable[[], None], restore: Callable[[], None]
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr(_("What is inside this copy")))
        room, px = parent.window().size(), theme.current().px
        self.resize(min(px(760), room.width() - 32), min(px(560), room.height() - 32))
        self.banner = Banner()
        self.facts = QGridLayout()
        self.facts.setHorizontalSpacing(16)
        self.facts.setVerticalSpacing(4)
        self.facts.setColumnStretch(1, 1)
        for title, value in facts_of(inside):
            self._add_fact(title, value)
        self.model = PlainModel(COLUMNS, self)
        self.model.show_rows([PlainRow((row.title, row.then, row.today, row.last_number)) for row in inside.rows])
        self.table = TableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName(tr(_("What is inside this copy")))
        self.lost = label("", "")
        self.lost.setWordWrap(True)
        self.lost.setText(tr(lost_words(shell.desk, inside)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(self.banner)
        layout.addLayout(self.facts)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.lost)
        layout.addLayout(self._buttons(look, restore))
        if inside.other_company:
            self.banner.tell(
                tr(_("This copy is of another company: {name}.").fill(name=inside.info.company)), "warning"
            )
        self.table.resized.connect(self._fit)
        self._fit()
        self.look.setFocus()

    def _fit(self) -> None:
        self.table.fit_columns({}, [column.label for column in COLUMNS], 0)

    def _add_fact(self, title: Text, value: str) -> None:
        words, said = label(title, "secondary"), QLabel(value)
        said.setWordWrap(True)
        row = self.facts.rowCount()
        self.facts.addWidget(words, row, 0)
        self.facts.addWidget(said, row, 1)

    def _buttons(self, look: Callable[[], None], restore: Callable[[], None]) -> QHBoxLayout:
        self.restore = button(_("Restore this copy…"), "history")
        self.look = button(_("Open beside today, only to look"), "eye", "primary")
        close = button(_("Close"))
        self.restore.clicked.connect(self.accept)
        self.restore.clicked.connect(restore)
        self.look.clicked.connect(self.accept)
        self.look.clicked.connect(look)
        close.clicked.connect(self.reject)
        self.look.setDefault(True)
        row = QHBoxLayout()
        row.addWidget(self.restore)
        row.addStretch(1)
        row.addWidget(close)
        row.addWidget(self.look)
        return row


def facts_of(inside: CopyInside) -> list[tuple[Text, str]]:
    """Return what stands above the table: label and words."""
    info = inside.info
    size = Decimal(info.size).scaleb(-6).quantize(Decimal("0.01"))
    totals = joined([_("{title} {amount}").fill(title=title, amount=amount) for title, amount in totals_of(info)])
    found = [
        (_("Company"), info.company or "—"),
        (_("Made at"), f"{shown(info.made_at, 'moment')}  ({tr(REASONS.get(info.reason, REASONS['']))})"),
        (_("Verified"), tr(_("yes, just now: every bit is as it was written ({size} MB)").fill(size=f"{size}"))),
        (_("Totals"), tr(totals) if totals else "—"),
        (_("Attachments"), shown(info.attachments, "number")),
    ]
    if info.history_head:
        found.append((_("Seal of the history"), info.history_head))
    return found
