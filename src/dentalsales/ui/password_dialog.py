"""Changes one's own password, or sets somebody else's."""

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from dentalsales.i18n import Text, _, tr
from dentalsales.ui.messages import Banner
from dentalsales.ui.page import button, label
from dentalsales.ui.shell import Shell


class PasswordDialog(QDialog):
    """The old password once unless it is somebody else's, the new one twice."""

    def __init__(self, shell: Shell, parent: QWidget | None = None, employee_id: int | None = None) -> None:
        super().__init__(parent)
        self._shell, self._employee = shell, employee_id
        self.setWindowTitle(tr(_("Change password") if employee_id is None else _("Set password")))
        self.setMinimumWidth(400)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(4)
        self.banner = Banner()
        layout.addWidget(self.banner)
        self.old = self._field(layout, _("Present password")) if employee_id is None else None
        self.new = self._field(layout, _("New password"))
        self.again = self._field(layout, _("New password once more"))
        self.change = button(_("Change password") if employee_id is None else _("Set password"), "", "primary")
        self.change.clicked.connect(self._change)
        row = QHBoxLayout()
        row.addStretch(1)
        cancel = button(_("Cancel"))
        cancel.clicked.connect(self.reject)
        row.addWidget(cancel)
        row.addWidget(self.change)
        self.change.setAutoDefault(False)
        cancel.setAutoDefault(False)
        fields = [field for field in (self.old, self.new, self.again) if field is not None]
        for field, following in pairwise(fields):
            field.returnPressed.connect(following.setFocus)
        self.again.returnPressed.connect(self.change.click)
        layout.addSpacing(16)
        layout.addLayout(row)

    def _field(self, layout: QVBoxLayout, text: Text) -> QLineEdit:
        field, words = QLineEdit(), label(text)
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setAccessibleName(tr(text))
        words.setBuddy(field)
        layout.addWidget(words)
        layout.addWidget(field)
        layout.addSpacing(8)
        return field

    def _change(self) -> None:
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
