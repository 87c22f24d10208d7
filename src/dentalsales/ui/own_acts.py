"""Acts that have a window of their own, bound to the names that registers declare (the escape hatch)."""

from collections.abc import Callable
from typing import Any

from dentalsales.i18n import Text, _
from dentalsales.ui.password_dialog import PasswordDialog


def set_password(widget: Any) -> None:
    """Give the employee of this form a new password."""
    PasswordDialog(widget.shell, widget, employee_id=widget.form.id).exec()


OWN_ACTS: dict[str, tuple[Text, Callable[[Any], None]]] = {"set_password": (_("Set password"), set_password)}
