"""The server does not let this computer in: why in a sentence, the password if that is all, and what else to do."""

from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout

from dentalsales.i18n import Text, _, tr
from dentalsales.ui import theme
from dentalsales.ui.background import Runner
from dentalsales.ui.page import button, label
from dentalsales.ui.server_fields import ASKED, KEPT, NO_KEYRING
from dentalsales.usecases import server_place


class ServerAwayDialog(QDialog):
    """`choice` is "again", "elsewhere" or ""; with `asks_password` the password stands in the field, to be kept or not.

    `kept` says that the keyring had one, which was not the right one. Without a login the place is a folder.
    """

    def __init__(self, place: str, login: str, problem: str, asks_password: bool, kept: bool = False) -> None:
        super().__init__()
        self.choice = ""
        self._runner = Runner(self)
        title = _("Password of the server") if asks_password else _("The server can't be reached")
        self.setWindowTitle(tr(title if login else _("The company can't be opened")))
        width = theme.current().px(560)
        self.setMinimumWidth(width)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(8)
        told = _("The company is on {place}, the login there is {login}.").fill(place=place, login=login or "?")
        for text, look in ((problem, "section"), *(((told, "secondary"),) if login else ())):
            words = label(text, look)
            words.setWordWrap(True)
            words.setMinimumHeight(words.heightForWidth(width - 48))
            layout.addWidget(words)
        self.password, self.keep = QLineEdit(), QCheckBox(tr(_("Keep the password in the keyring")))
        self._hint = label(ASKED, "hint")
        self._hint.setWordWrap(True)
        if asks_password:
            self._ask(layout, kept)
        layout.addSpacing(8)
        layout.addLayout(self._buttons(asks_password))
        (self.password if asks_password else self.again).setFocus()

    def _ask(self, layout: QVBoxLayout, kept: bool) -> None:
        name = label(_("Password of the login"))
        name.setBuddy(self.password)
        self.password.setAccessibleName(name.text())
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.returnPressed.connect(lambda: self._choose("again"))
        self.keep.setChecked(kept)
        self.keep.setEnabled(False)
        self.keep.toggled.connect(self._show_keeping)
        for one in (name, self.password, self.keep, self._hint):
            layout.addWidget(one)
        self._runner.run(server_place.can_keep_password, self._keyring_found, owner=self)

    def _buttons(self, asks_password: bool) -> QHBoxLayout:
        self.again = button(_("Connect") if asks_password else _("Try again"), "refresh", "primary")
        self.elsewhere = button(_("Choose another place…"), "server")
        self.leave = button(_("Close"))
        self.again.clicked.connect(lambda: self._choose("again"))
        self.elsewhere.clicked.connect(lambda: self._choose("elsewhere"))
        self.leave.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self.elsewhere)
        row.addStretch(1)
        for one in (self.leave, self.again):
            row.addWidget(one)
        if asks_password:
            for one in (self.elsewhere, self.leave, self.again):
                one.setAutoDefault(False)
        return row

    def _keyring_found(self, there: bool) -> None:
        self.keep.setEnabled(there)
        self.keep.setChecked(self.keep.isChecked() and there)
        self._show_keeping()

    def _show_keeping(self) -> None:
        told: Text = KEPT if self.keep.isChecked() else ASKED
        self._hint.setText(tr(told if self.keep.isEnabled() else NO_KEYRING))

    def _choose(self, choice: str) -> None:
        if choice == "again" and self.password.isVisibleTo(self) and not self.password.text():
            self.password.setFocus()
            return
        self.choice = choice
        self.accept()
