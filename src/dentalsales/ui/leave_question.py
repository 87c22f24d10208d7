"""What is asked before a changed form is closed."""

from PySide6.QtWidgets import QMessageBox, QWidget

from dentalsales.i18n import _, tr


def ask_about_changes(parent: QWidget, title: str) -> QMessageBox.StandardButton:
    """Ask; Esc means to keep editing."""
    box = QMessageBox(parent)
    box.setWindowTitle(tr(_("Not saved")))
    box.setText(tr(_("Save the changes to “{what}”?").fill(what=title)))
    buttons = QMessageBox.StandardButton
    box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
    box.button(buttons.Save).setText(tr(_("Save")))
    box.button(buttons.Discard).setText(tr(_("Don't save")))
    box.button(buttons.Cancel).setText(tr(_("Keep editing")))
    box.setDefaultButton(buttons.Save)
    box.setEscapeButton(buttons.Cancel)
    return QMessageBox.StandardButton(box.exec())
