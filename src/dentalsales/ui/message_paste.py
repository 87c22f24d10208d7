"""Takes a message from the clipboard into the lines of a form, once it has been checked."""

from typing import Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog

from dentalsales.i18n import n_

TAKEN = n_("{count} line put in from the message.", "{count} lines put in from the message.")


def paste_message(widget: Any, name: str) -> None:
    """Read what is on the clipboard as a message for a grid of a record; its lines come in as one step of undo."""
    from dentalsales.ui.message_dialog import MessageDialog
    from dentalsales.usecases.messages.pasted import PastedMessage

    form, shell, lines = widget.form, widget.shell, widget.body.grids[name]
    if not lines.settle():
        return
    pasted = PastedMessage(shell.desk, form)
    dialog = MessageDialog(pasted, form, shell.runner, QGuiApplication.clipboard().text(), widget)
    agreed = dialog.exec() == QDialog.DialogCode.Accepted
    message = dialog.message
    dialog.deleteLater()
    lines.grid.setFocus()
    if not agreed or message is None:
        return
    lines.model.take_rows(pasted.values(message.taken), len(lines.model.lines))
    lines.grid.begin()
    shell.toast(TAKEN.fill(count=len(message.taken)), "success")
    taught = message.taught
    if taught:
        shell.runner.run(lambda: pasted.remember(taught))
