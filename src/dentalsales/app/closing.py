"""What follows when a window has closed: it is given back, and a backup may take the company's place."""

from pathlib import Path
from typing import Any


def forget_widget(widget: Any) -> None:
    """Give a closed window back at once: a day has many sign-ins, and each one kept slows every change of the look."""
    from PySide6.QtCore import QCoreApplication, QEvent

    widget.deleteLater()
    QCoreApplication.sendPostedEvents(widget, QEvent.Type.DeferredDelete.value)


def restore(file: Path, folder: Path) -> None:
    """Put a backup in the place of the closed company and say how it went."""
    from PySide6.QtWidgets import QMessageBox

    from dentalsales.blueprint.rules import RuleBroken
    from dentalsales.i18n import _, tr
    from dentalsales.usecases import back_up

    try:
        done = back_up.restore_company(file, folder)
    except RuleBroken as broken:
        QMessageBox.warning(None, tr(_("Restore")), tr(broken.text))
        return
    QMessageBox.information(
        None,
        tr(_("Restore")),
        tr(_("Restored. What was there before is kept in {folder}.").fill(folder=done.kept_as or folder)),
    )
