"""After a crash, offers what was typed and not saved."""

from PySide6.QtWidgets import QMessageBox, QWidget

from dentalsales.exchange.cell_text import in_office
from dentalsales.i18n import _, n_, tr
from dentalsales.ui.draft_keeper import KeptDraft, keeper_of
from dentalsales.ui.icons import pixmap
from dentalsales.ui.shell import Shell

MOST_NAMED = 8


def offer_drafts(shell: Shell, window: QWidget) -> None:
    """Ask whether to go on with what earlier runs left, without stopping anything; nothing left asks nothing."""
    drafts = keeper_of(shell, shell.desk).left_over()
    if not drafts:
        return
    box = QMessageBox(window)
    box.setWindowTitle(tr(_("Not saved")))
    box.setIconPixmap(pixmap("history", 32, "accent"))
    found = n_(
        "{count} record was not saved when the program ended.",
        "{count} records were not saved when the program ended.",
    )
    box.setText(tr(found.fill(count=len(drafts))))
    named = [f"{draft.title}   {in_office(draft.kept_at):%m-%d %H:%M}" for draft in drafts[:MOST_NAMED]]
    box.setInformativeText("\n".join(named))
    restore = box.addButton(tr(_("Restore")), QMessageBox.ButtonRole.AcceptRole)
    discard = box.addButton(tr(_("Discard")), QMessageBox.ButtonRole.DestructiveRole)
    later = box.addButton(tr(_("Later")), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(restore)
    box.setEscapeButton(later)

    def answer() -> None:
        if box.clickedButton() is restore:
            _restore(shell, drafts)
        elif box.clickedButton() is discard:
            for draft in drafts:
                keeper_of(shell, shell.desk).discard(draft)
        box.deleteLater()

    box.finished.connect(answer)
    box.open()


def _restore(shell: Shell, drafts: list[KeptDraft]) -> None:
    keeper = keeper_of(shell, shell.desk)
    for draft in drafts:
        form = shell.attempt(lambda draft=draft: keeper.restored(draft))
        if form is not None:
            shell.open_form(form)
