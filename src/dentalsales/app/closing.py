"""What follows when a window has closed: it is given back, and a backup may take the company's place."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from dentalsales.i18n import Text

Result = TypeVar("Result")


def forget_widget(widget: Any) -> None:
    """Give a closed window back at once: a day has many sign-ins, and each one kept slows every change of the look."""
    from PySide6.QtCore import QCoreApplication, QEvent

    widget.deleteLater()
    QCoreApplication.sendPostedEvents(widget, QEvent.Type.DeferredDelete.value)


def said(title: "Text", act: Callable[[], Result]) -> Result | None:
    """Return what an act returns; None after a refusal, which a box of its own says, since no window is left."""
    from PySide6.QtWidgets import QMessageBox

    from dentalsales.blueprint.rules import RuleBroken
    from dentalsales.i18n import tr
    from dentalsales.ui.messages import sentence_of

    try:
        return act()
    except RuleBroken as refusal:
        QMessageBox.warning(None, tr(title), sentence_of(refusal))
        return None


def restore(file: Path, folder: Path) -> None:
    """Put a backup in the place of the closed company and say how it went."""
    from PySide6.QtWidgets import QMessageBox

    from dentalsales.i18n import _, tr
    from dentalsales.usecases import back_up

    done = said(_("Restore"), lambda: back_up.restore_company(file, folder))
    if done is not None:
        text = _("Restored. What was there before is kept in {folder}.").fill(folder=done.kept_as or folder)
        QMessageBox.information(None, tr(_("Restore")), tr(text))
