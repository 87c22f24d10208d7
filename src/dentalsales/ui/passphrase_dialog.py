"""Asks for the passphrase of a copy, or for a new one twice."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from dentalsales.i18n import Text, _, tr
from dentalsales.ui import theme
from dentalsales.ui.messages import Banner
from dentalsales.ui.page import button, label


class PassphraseDialog(QDialog):
    """`passphrase` holds what was entered once it is accepted; "" after “without passphrase”."""

    def __init__(self, parent: QWidget | None, new: bool, told: Text, removable: bool = False) -> None:
        super().__init__(parent)
        self.passphrase = ""
        self.setWindowTitle(tr(_("Passphrase of the backups")))
        self.setMinimumWidth(theme.current().px(480))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(4)
        self.banner = Banner()
        layout.addWidget(self.banner)
        words = label(told, "secondary")
        words.setWordWrap(True)
        words.setMinimumHeight(words.heightForWidth(theme.current().px(480) - 48))
        layout.addWidget(words)
        layout.addSpacing(12)
        self.first = self._field(layout, _("Passphrase"))
        self.again = self._field(layout, _("Passphrase once more")) if new else None
        self.take = button(_("Take this passphrase") if new else _("Open"), "", "primary")
        self.take.clicked.connect(self._take)
        cancel, self.none = button(_("Cancel")), button(_("Without passphrase from now on"), "lock-open")
        cancel.clicked.connect(self.reject)
        self.none.clicked.connect(self.accept)
        self.none.setVisible(removable)
        for one in (self.take, cancel, self.none):
            one.setAutoDefault(False)
        if self.again is not None:
            self.first.returnPressed.connect(self.again.setFocus)
        (self.again or self.first).returnPressed.connect(self.take.click)
        row = QHBoxLayout()
        row.addWidget(self.none)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.take)
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

    def _take(self) -> None:
        if self.again is not None and self.first.text() != self.again.text():
            self.banner.tell(tr(_("The passphrases differ. Enter it once more.")))
            self.again.setFocus()
        elif not self.first.text():
            self.banner.tell(tr(_("Enter the passphrase.")))
            self.first.setFocus()
        else:
            self.passphrase = self.first.text()
            self.accept()
