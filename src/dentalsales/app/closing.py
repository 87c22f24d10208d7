"""What follows when a window has closed: it is given back, a copy is made, and a copy may take the company's place."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dentalsales.app.companies import restore_company

if TYPE_CHECKING:
    from dentalsales.app.companies import Place
    from dentalsales.storage.company import Company


def forget_widget(widget: Any) -> None:
    """Give a closed window back at once: a day has many sign-ins, and each one kept slows every change of the look."""
    from PySide6.QtCore import QCoreApplication, QEvent

    widget.deleteLater()
    QCoreApplication.sendPostedEvents(widget, QEvent.Type.DeferredDelete.value)


def back_up_at_close(company: "Company", unchanged: bool, restoring: bool) -> bool:
    """Make the copy of the end of work, or the one before a restore; False when a restore is better left.

    Nothing is made where nothing was written since the last copy, or where the settings say so.
    """
    from dentalsales.i18n import _
    from dentalsales.ui.work_dialog import WorkDialog
    from dentalsales.usecases import back_up
    from dentalsales.usecases.backup_state import backup_state, tell_state

    if not company.may_write or (not restoring and not back_up.at_close(company)):
        return True

    def work(progress: Callable[[int, int], None]) -> None:
        if not unchanged or restoring:
            reason = "before_restore" if restoring else "at_close"
            back_up.back_up_company(company, reason=reason, thin=not restoring, progress=progress)
        back_up.copy_elsewhere(company, progress=progress)
        tell_state(company, backup_state(company))

    if restoring:
        dialog = WorkDialog(
            _("Restore"), _("First a copy of what is there now is made and verified…"), work, _("Do not restore")
        )
    else:
        dialog = WorkDialog(
            _("Backup"), _("The work of today is backed up and verified…"), work, _("Close without waiting")
        )
    made = dialog.run()
    forget_widget(dialog)
    return made


def restore(file: Path, place: "Place", passphrase: str, copied: bool = True) -> None:
    """Put a copy in the place of the closed company and say how it went; `copied`: there is a copy of before."""
    from dentalsales.exchange.cell_text import shown
    from dentalsales.i18n import _
    from dentalsales.ui.question import tell_done
    from dentalsales.ui.work_dialog import WorkDialog

    dialog = WorkDialog(
        _("Restore"),
        _("The copy is verified, unpacked and put in place…"),
        lambda progress: restore_company(file, place, passphrase, progress),
    )
    if dialog.run():
        done = dialog.result_of_work
        kept = _("What was there before is kept in {folder}.")
        if copied:
            kept = _("What was there before is kept in {folder}, and as a backup made just before.")
        if not isinstance(place, Path):
            kept = _("What was there before is kept as a backup made just before.")
        told = _("The copy of {moment} was restored: {orders} orders, {entries} entries of the history.\n{kept}").fill(
            moment=shown(done.backup.made_at, "moment"),
            orders=f"{done.backup.counts.get('order', 0):,}",
            entries=f"{done.backup.counts.get('history', 0):,}",
            kept=kept.fill(folder=done.kept_as or place),
        )
        tell_done(_("Restore"), told)
    forget_widget(dialog)
