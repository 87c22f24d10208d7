"""What is asked before a changed form is closed."""

from PySide6.QtWidgets import QMessageBox, QWidget

from dentalsales.i18n import _
from dentalsales.ui.question import Answer, ask_among


def ask_about_changes(parent: QWidget, title: str) -> QMessageBox.StandardButton:
    """Ask whether to save, to discard or to cancel; Esc means to keep editing."""
    question = _("Save the changes to “{what}”?").fill(what=title)
    answers = (
        Answer(_("Save"), "device-floppy"),
        Answer(_("Don't save"), "trash"),
        Answer(_("Keep editing"), "pencil"),
    )
    buttons = QMessageBox.StandardButton
    return (buttons.Save, buttons.Discard, buttons.Cancel)[ask_among(parent, _("Not saved"), question, answers)]
