"""After a crash: offers the forms that were not saved."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from dentalsales.exchange.cell_text import in_office
from dentalsales.i18n import _, n_, tr
from dentalsales.ui.draft_files import KeptDraft
from dentalsales.ui.draft_keeper import keeper_of
from dentalsales.ui.page import button, label

FOUND = n_(
    "{count} record was not saved when the program ended. Restore it?",
    "{count} records were not saved when the program ended. Restore them?",
)


def offer_drafts(shell: Any, parent: QWidget) -> None:
    """Ask about what earlier runs left, if anything; what is restored opens in its tab, unsaved."""
    keeper = keeper_of(shell, shell.desk)
    drafts = keeper.left_over()
    if not drafts:
        return
    dialog = DraftOffer(drafts, parent)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return
    for draft in dialog.chosen():
        form = shell.attempt(lambda draft=draft: keeper.restored(draft))
        if form is not None:
            shell.open_form(form)
    for draft in dialog.refused():
        keeper.discard(draft)


def words_of(draft: KeptDraft) -> str:
    """Return what tells a draft from others: what and whose it is, how many lines it has, and its moment."""
    lines = tr(n_("{count} line", "{count} lines").fill(count=draft.lines)) if draft.lines else ""
    return "  ".join(filter(None, (draft.title, lines, f"{in_office(draft.kept_at):%m-%d %H:%M:%S}")))


class DraftOffer(QDialog):
    """A list to tick; Esc keeps everything for the next start."""

    def __init__(self, drafts: list[KeptDraft], parent: QWidget) -> None:
        super().__init__(parent)
        self._drafts = drafts
        self.setWindowTitle(tr(_("Not saved")))
        self.setMinimumWidth(480)
        self._list = QListWidget()
        self._list.setObjectName("picks")
        self._list.setAccessibleName(tr(_("Not saved")))
        for draft in drafts:
            item = QListWidgetItem(words_of(draft), self._list)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(12)
        question = label(FOUND.fill(count=len(drafts)))
        question.setWordWrap(True)
        layout.addWidget(question)
        layout.addWidget(self._list)
        layout.addLayout(self._buttons())

    def chosen(self) -> list[KeptDraft]:
        """Return the drafts to restore."""
        return [draft for at, draft in enumerate(self._drafts) if self._is_ticked(at)]

    def refused(self) -> list[KeptDraft]:
        """Return the drafts to throw away."""
        return [draft for at, draft in enumerate(self._drafts) if not self._is_ticked(at)]

    def _is_ticked(self, row: int) -> bool:
        return self._list.item(row).checkState() == Qt.CheckState.Checked

    def _discard(self) -> None:
        for row in range(self._list.count()):
            self._list.item(row).setCheckState(Qt.CheckState.Unchecked)
        self.accept()

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch()
        later, discard, restore = button(_("Later")), button(_("Discard all")), button(_("Restore"), look="primary")
        later.clicked.connect(self.reject)
        discard.clicked.connect(self._discard)
        restore.clicked.connect(self.accept)
        restore.setDefault(True)
        for each in (later, discard, restore):
            row.addWidget(each)
        return row
