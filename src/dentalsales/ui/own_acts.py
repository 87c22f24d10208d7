"""Acts that have a window of their own, bound to the names that registers declare (the escape hatch)."""

from collections.abc import Callable
from typing import Any

from dentalsales.i18n import Text, _
from dentalsales.ui.password_dialog import PasswordDialog


def set_password(widget: Any) -> None:
    """Give the employee of this form a new password."""
    if PasswordDialog(widget.shell, widget, employee_id=widget.form.id).exec():
        widget.banner.hide()
        widget.side.refresh()


OWN_ACTS: dict[str, tuple[Text, str, Callable[[Any], None]]] = {
    "set_password": (_("Set password"), "key", set_password),
}
"""Words, picture and what is done with the widget of a form."""
