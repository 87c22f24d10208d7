"""Changes one's own password."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from dentalsales.i18n import Text, _, tr
from dentalsales.ui.messages import Banner
from dentalsales.ui.page import button, label
from dentalsales.ui.shell import Shell


class PasswordDialog(QDialog):
    """The old password once, the new one twice."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self.setWindowTitle(tr(_("Change password")))
        self.setMinimumWidth(400)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(4)
        self.banner = Banner()
        layout.addWidget(self.banner)
        self.old = self._field(layout, _("Present password"))
        self.new = self._field(layout, _("New password"))
        self.again = self._field(layout, _("New password once more"))
        self.change = button(_("Change password"), "", "primary")
        self.change.clicked.connect(self._change)
        row = QHBoxLayout()
        row.addStretch(1)
        cancel = button(_("Cancel"))
        cancel.clicked.connect(self.reject)
        row.addWidget(cancel)
        row.addWidget(self.change)
        self.change.setDefault(True)
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
        from dentalsales.usecases.sign_in import change_password

        desk, old, new = self._shell.desk, self.old.text(), self.new.text()
        self.change.setEnabled(False)
        self._shell.runner.run(
            lambda: change_password(desk, old, new), lambda result: self._done(), self._refused, owner=self
        )

    def _done(self) -> None:
        self.accept()
        self._shell.toast(_("Your password was changed."), "success")

    def _refused(self, error: Exception) -> None:
        self.change.setEnabled(True)
        self.banner.refuse(error)
        self.old.setFocus()
