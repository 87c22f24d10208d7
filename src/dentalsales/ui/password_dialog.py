"""Changes one's own password, or sets somebody else's."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from dentalsales.i18n import _, tr
from dentalsales.ui.secret_dialog import SecretDialog
from dentalsales.ui.shell import Shell


class PasswordDialog(SecretDialog):
    """The old password once unless it is somebody else's, the new one twice."""

    def __init__(self, shell: Shell, parent: QWidget | None = None, employee_id: int | None = None) -> None:
        verb = _("Change password") if employee_id is None else _("Set password")
        super().__init__(parent, verb)
        self._shell, self._employee = shell, employee_id
        self.old = self.ask(_("Present password")) if employee_id is None else None
        self.new = self.ask(_("New password"))
        self.again = self.ask(_("New password once more"))
        self.change = self.end_with_verb(verb)

    def finish(self) -> None:
        """Set the password beside the window when it was entered the same twice."""
        if self.new.text() != self.again.text():
            self.banner.tell(tr(_("The new passwords differ. Enter the new one once more.")))
            self.again.setFocus()
            return
        self.change.setEnabled(False)
        self._shell.runner.run(self._work(), lambda result: self._done(), self._refused, owner=self)

    def _work(self) -> Callable[[], None]:
        """Return what runs beside the window: hashing takes its time on purpose."""
        from dentalsales.usecases.sign_in import change_password, set_password

        desk, new, employee = self._shell.desk, self.new.text(), self._employee
        if self.old is None:
            return lambda: set_password(desk, int(employee or 0), new)
        old = self.old.text()
        return lambda: change_password(desk, old, new)

    def _done(self) -> None:
        self.accept()
        self._shell.toast(_("The password is set."), "success")

    def _refused(self, error: Exception) -> None:
        self.change.setEnabled(True)
        self.banner.refuse(error)
        (self.old or self.new).setFocus()
