"""Acts that have a window of their own, bound to the names that registers declare (the escape hatch)."""

from collections.abc import Callable
from typing import Any

from dentalsales.i18n import Text, _
from dentalsales.ui.anonymise_dialog import AnonymiseDialog
from dentalsales.ui.password_dialog import PasswordDialog
from dentalsales.ui.undo_steps import undo_of


def set_password(widget: Any) -> None:
    """Give the employee of this form a new password."""
    if PasswordDialog(widget.shell, widget, employee_id=widget.form.id).exec():
        widget.banner.hide()
        widget.side.refresh()


def anonymise(widget: Any) -> None:
    """Take the person of this form out of the books; what was typed is saved first."""
    if widget.form.is_changed and not widget.save():
        return
    if AnonymiseDialog(widget.shell, widget, widget.form.register.name, widget.form.id).exec():
        undo_of(widget.form).forget()
        widget.notice.read_again()


OWN_ACTS: dict[str, tuple[Text, str, Callable[[Any], None]]] = {
    "anonymise": (_("Anonymise…"), "eye-off", anonymise),
    "set_password": (_("Set password"), "key", set_password),
}
"""Words, picture and what is done with the widget of a form."""
