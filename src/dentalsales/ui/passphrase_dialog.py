"""Asks for the passphrase of a copy, or for a new one twice."""

from PySide6.QtWidgets import QWidget

from dentalsales.i18n import Text, _, tr
from dentalsales.ui.page import button
from dentalsales.ui.secret_dialog import SecretDialog


class PassphraseDialog(SecretDialog):
    """`passphrase` holds what was entered once it is accepted; "" after “without passphrase”."""

    def __init__(self, parent: QWidget | None, new: bool, told: Text, removable: bool = False) -> None:
        super().__init__(parent, _("Passphrase of the backups"))
        self.passphrase = ""
        self.say(told)
        self.frame.addSpacing(12)
        self.first = self.ask(_("Passphrase"))
        self.again = self.ask(_("Passphrase once more")) if new else None
        self.none = button(_("Without passphrase from now on"), "lock-open")
        self.none.clicked.connect(self.accept)
        self.none.setVisible(removable)
        self.take = self.end_with_verb(_("Take this passphrase") if new else _("Open"), self.none)

    def finish(self) -> None:
        """Take the passphrase; a new one has to be the same twice."""
        if self.again is not None and self.first.text() != self.again.text():
            self.banner.tell(tr(_("The passphrases differ. Enter it once more.")))
            self.again.setFocus()
        elif not self.first.text():
            self.banner.tell(tr(_("Enter the passphrase.")))
            self.first.setFocus()
        else:
            self.passphrase = self.first.text()
            self.accept()
