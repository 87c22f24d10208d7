"""Backups: when the last one was made, one now, and the way back, which keeps what is there."""

import os
from decimal import Decimal
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.exchange.cell_text import shown
from dentalsales.i18n import Text, _, tr
from dentalsales.ui.messages import Banner
from dentalsales.ui.page import Page, button, label
from dentalsales.ui.plain_table import PlainColumn, PlainModel, PlainRow
from dentalsales.ui.shell import Shell
from dentalsales.ui.table_view import TableView
from dentalsales.usecases import back_up

COLUMNS = (
    PlainColumn(_("Made at"), "moment"),
    PlainColumn(_("Size in MB"), "money"),
    PlainColumn(_("Verified"), "yes_no"),
    PlainColumn(_("Orders"), "number"),
    PlainColumn(_("Customers"), "number"),
    PlainColumn(_("File")),
)

MAY_BREAK = "\N{ZERO WIDTH SPACE}"
"""Lets a long path go on in the next line."""


class BackupPage(Page):
    """The backups beside the company; a restore begins from one of them or from a file."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(_("Backup"))
        self._shell = shell
        self._found: list[Any] = []
        self.banner, self.state, self.detail = Banner(), label("", "section"), label("", "secondary")
        self.model = PlainModel(COLUMNS, self)
        self.detail.setWordWrap(True)
        self.table = TableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName(tr(_("Backups")))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(self.banner)
        layout.addWidget(self._card())
        layout.addWidget(self.table, 1)
        self.refresh()

    def _card(self) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.state)
        words.addWidget(self.detail)
        self.now = button(_("Back up now"), "database-export", "primary")
        self.now.clicked.connect(lambda: self._back_up(None))
        self.elsewhere = button(_("Back up elsewhere"), "download")
        self.elsewhere.clicked.connect(self._choose_folder)
        self.restore = button(_("Restore"), "history")
        self.restore.clicked.connect(self._choose_backup)
        row = QHBoxLayout(card)
        row.setContentsMargins(16, 16, 16, 16)
        row.addLayout(words, 1)
        for each in (self.restore, self.elsewhere, self.now):
            row.addWidget(each)
        return card

    def take_focus(self) -> None:
        """Begin at the button."""
        self.now.setFocus()

    def refresh(self) -> None:
        """Read which backups there are."""
        company = self._shell.desk.company
        self._shell.runner.run(lambda: back_up.list_backups(company), self._show, owner=self)

    def _show(self, found: list[Any]) -> None:
        self._found = found
        rows = [
            PlainRow(
                (
                    info.made_at,
                    Decimal(info.size).scaleb(-6).quantize(Decimal("0.01")),
                    info.verified,
                    info.counts.get("order"),
                    info.counts.get("customer"),
                    info.path.name,
                )
            )
            for info in found
        ]
        self.model.show_rows(rows)
        self.table.fit_columns({}, [column.label for column in COLUMNS], len(COLUMNS) - 1)
        if found:
            self.state.setText(tr(_("Last backup {moment}").fill(moment=shown(found[0].made_at, "moment"))))
        else:
            self.state.setText(tr(_("No backup yet. It takes seconds.")))
        where = _("A backup is made and verified at every close. They lie in {folder}.")
        folder = str(self._shell.desk.company.backups)
        self.detail.setText(tr(where.fill(folder=folder.replace(os.sep, os.sep + MAY_BREAK))))

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, tr(_("Folder for the backup")))
        if folder:
            self._back_up(Path(folder))

    def _back_up(self, folder: Path | None) -> None:
        self.now.setEnabled(False)
        desk = self._shell.desk
        self._shell.runner.run(
            lambda: back_up.back_up(desk, folder), self._made, self._refused, owner=self, label=_("Backing up…")
        )

    def _made(self, info: Any) -> None:
        self.now.setEnabled(True)
        self.banner.hide()
        self._shell.toast(_("Backup {file} made and verified.").fill(file=info.path.name), "success")
        self._shell.backed_up.emit()
        self.refresh()

    def _refused(self, error: Exception) -> None:
        self.now.setEnabled(True)
        self.banner.refuse(error)

    def _choose_backup(self) -> None:
        """Begin a restore from the chosen row, or from a file when none is chosen."""
        try:
            back_up.demand_restore(self._shell.desk)
        except RuleBroken as broken:
            self.banner.refuse(broken)
            return
        row = self.table.currentIndex().row()
        file = str(self._found[row].path) if 0 <= row < len(self._found) else ""
        if not file:
            start = str(self._shell.desk.company.backups)
            file, _kind = QFileDialog.getOpenFileName(self, tr(_("Restore")), start, "*.dsbackup")
        if file:
            path = Path(file)
            self._shell.runner.run(lambda: back_up.look_inside(path), self._ask, self._refused, owner=self)

    def _ask(self, info: Any) -> None:
        """Say what is inside and what would be lost, then let the window close and the restore run."""
        question = _(
            "Restore the backup of {company} made {moment} with {orders} orders and {customers} customers? "
            "Everything entered since then leaves the program; what is there now is kept beside it. "
            "The program asks you to sign in again."
        )
        filled: Text = question.fill(
            company=info.company,
            moment=shown(info.made_at, "moment"),
            orders=info.counts.get("order", 0),
            customers=info.counts.get("customer", 0),
        )
        if self._shell.ask(filled, _("Restore"), danger=True):
            self._shell.restore_asked.emit(info.path)
