"""The sign-in: the first thing that is painted, so it imports nothing but the look and the language."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QPaintEvent, QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from dentalsales.i18n import LANGUAGES, Text, _, language, tr, use_language
from dentalsales.resources import resource
from dentalsales.ui import theme
from dentalsales.ui.background import Runner


class SignInDialog(QDialog):
    """Asks for name and password; `hand_over` brings the function that makes the desk, once it is loaded."""

    language_chosen = Signal(str)
    painted = Signal()
    """It stands on the screen for the first time: what takes long may be loaded behind it."""
    nothing_there = Signal()
    """Told from any thread: there is no company to sign in to, so the dialog goes."""

    def __init__(self, parent: QWidget | None = None, company: str = "", login: str = "", where: str = "") -> None:
        super().__init__(parent)
        self._company, self._place = company, where
        self.desk: Any = None
        self._make_desk: Callable[[str, str], Any] | None = None
        self._asked = False
        self._held = False
        self._stands = False
        self._build(login)
        self._runner = Runner(self)
        self.nothing_there.connect(self.reject)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell once that it stands."""
        super().paintEvent(event)
        if not self._stands:
            self._stands = True
            self.painted.emit()

    def _build(self, login: str) -> None:
        look = theme.current()
        self.setMinimumWidth(look.px(420))
        self._title, self._hint, self.where = QLabel(), QLabel(), QLabel()
        self.where.setWordWrap(True)
        self.where.setProperty("look", "hint")
        self.where.setVisible(bool(self._place))
        self._title.setProperty("look", "title")
        self._hint.setProperty("look", "secondary")
        self.login, self.password = QLineEdit(login), QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self._login_label, self._password_label = QLabel(), QLabel()
        self._login_label.setBuddy(self.login)
        self._password_label.setBuddy(self.password)
        self.error = QLabel()
        self.error.setProperty("look", "error")
        self.error.setWordWrap(True)
        self.error.setMinimumHeight(look.px(36))
        self.button = QPushButton()
        self.button.setProperty("look", "primary")
        self.button.setDefault(True)
        self.button.clicked.connect(self._submit)
        self._show_password = QAction(self.password, checkable=True)
        self._show_password.toggled.connect(self._reveal)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(32, 24, 32, 24)
        layout.setSpacing(4)
        layout.addLayout(self._head())
        layout.addWidget(self.where)
        layout.addSpacing(16)
        for widget in (self._login_label, self.login, self._password_label, self.password, self.error, self.button):
            layout.addWidget(widget)
            if widget in (self.login,):
                layout.addSpacing(8)
        self._word()
        (self.password if login else self.login).setFocus()

    def _head(self) -> QHBoxLayout:
        look, logo = theme.current(), QLabel()
        side, ratio = look.px(44), self.devicePixelRatioF()
        picture = QPixmap(str(resource("icons", "app.svg")))
        picture = picture.scaledToHeight(round(side * ratio), Qt.TransformationMode.SmoothTransformation)
        picture.setDevicePixelRatio(ratio)
        logo.setPixmap(picture)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._hint)
        self.languages = QComboBox()
        for code, name in LANGUAGES:
            self.languages.addItem(name, code)
        self.languages.setCurrentIndex(max(0, self.languages.findData(language())))
        self.languages.currentIndexChanged.connect(self._choose_language)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(logo)
        head.addLayout(words, 1)
        head.addWidget(self.languages, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _word(self) -> None:
        """Put every word in the language in use."""
        self.setWindowTitle(tr(_("Sign in")))
        self._title.setText(tr(_("Dental Sales")))
        self._hint.setText(self._company or tr(_("Sign in to begin work")))
        self.where.setText(tr(_("On the server: {place}").fill(place=self._place)))
        for label, field, text in (
            (self._login_label, self.login, _("Sign-in name")),
            (self._password_label, self.password, _("Password")),
        ):
            label.setText(tr(text))
            field.setAccessibleName(tr(text))
        self._show_password.setText(tr(_("Show password")))
        self._show_password.setToolTip(tr(_("Show password")))
        self.languages.setAccessibleName(tr(_("Language")))
        self._word_button()

    def _word_button(self) -> None:
        self.button.setEnabled(not self._asked)
        self.button.setText(tr(_("Signing in") if self._asked else _("Unlock") if self._held else _("Sign in")))

    def _choose_language(self) -> None:
        use_language(self.languages.currentData())
        self._word()
        self.language_chosen.emit(self.languages.currentData())

    def _reveal(self, visible: bool) -> None:
        self.password.setEchoMode(QLineEdit.EchoMode.Normal if visible else QLineEdit.EchoMode.Password)

    def hold_login(self, login: str) -> None:
        """Accept the password of this employee only, as the idle lock does."""
        self._held = True
        self.login.setText(login)
        self.login.setReadOnly(True)
        self.languages.hide()
        self._hint.setText(tr(_("Locked while you were away")))
        self._word_button()
        self.password.setFocus()

    def hand_over(self, make_desk: Callable[[str, str], Any]) -> None:
        """Bring the function (login, password) -> desk; whoever was quicker than the program is signed in now."""
        self._make_desk = make_desk
        if self._asked:
            self._begin()

    def _submit(self) -> None:
        if self._asked:
            return
        if self.login.hasFocus() and self.login.text().strip() and not self.password.text():
            self.password.setFocus()  # Enter walks on, as in every form
            return
        if not self.login.text().strip() or not self.password.text():
            self._refuse(_("Enter your sign-in name and your password."))
            (self.password if self.login.text().strip() else self.login).setFocus()
            return
        self._asked = True
        self.error.clear()
        self._word_button()
        self._begin()

    def _begin(self) -> None:
        """Check the password beside the window: it takes a third of a second on purpose."""
        make, login, password = self._make_desk, self.login.text().strip(), self.password.text()
        if make is not None:
            self._runner.run(lambda: make(login, password), self._let_in, self._keep_out, owner=self)

    def _let_in(self, desk: Any) -> None:
        self.desk = desk
        self.accept()

    def _keep_out(self, error: Exception) -> None:
        from dentalsales.ui.messages import sentence_of  # what it needs is loaded by now

        self._asked = False
        self._word_button()
        self._refuse(Text(""), sentence_of(error))
        self.password.selectAll()
        self.password.setFocus()

    def _refuse(self, text: Text, sentence: str = "") -> None:
        self.error.setText(sentence or tr(text))
        self.error.setAccessibleName(self.error.text())
