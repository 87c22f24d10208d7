"""The fields of a server: where it is, who signs in there, how the way is protected, and a test of all that."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import Text, _, tr
from dentalsales.ui import theme
from dentalsales.ui.background import Runner, Task
from dentalsales.ui.file_line import FileLine
from dentalsales.ui.icons import icon
from dentalsales.ui.messages import Banner
from dentalsales.ui.page import button, label
from dentalsales.usecases import server_place
from dentalsales.usecases.server_place import ServerWords, Tested

WAYS = {
    server_place.CHECKED: (
        _("Encrypted, certificate checked"),
        _("Nobody on the way can read along, and nobody else can pass himself off as the server."),
    ),
    server_place.ENCRYPTED: (
        _("Encrypted, certificate not checked"),
        _("Who only listens reads nothing. Who stands in the way and plays the server could read and change all."),
    ),
    server_place.PLAIN: (
        _("Not encrypted, on this computer only"),
        _("For a server on this very computer: what is sent never leaves it."),
    ),
}
ASKED = _("The password is asked for at each start and kept nowhere.")
NO_KEYRING = _("This system has no keyring, so the password is asked for at each start and kept nowhere.")
KEPT = _("This system's keyring keeps it, locked with your account. It is in no file of the program.")


class ServerFields(QWidget):
    """`words()` is what stands here; `tested` brings what the test found, None as soon as a field changes."""

    tested = Signal(object)

    def __init__(self, runner: Runner, words: ServerWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._task: Task | None = None
        self.banner = Banner()
        self.result: Tested | None = None
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self.lines: dict[str, QLineEdit] = {}
        self.lines["server"] = server = QLineEdit(words.server)
        server.setPlaceholderText(tr(_("Name or address, such as 192.168.1.5")))
        server.setAccessibleName(tr(_("Server")))
        self.port = self._port(words.port)
        self._line("database", _("Database"), words.database)
        self._line("login", _("Login at the server"), words.login)
        self._line("password", _("Password of the login"), words.password)
        self._hide_password()
        self._ways(words)
        self.keep = QCheckBox(tr(_("Keep the password in the keyring")))
        self.keep.setChecked(words.keep)
        self.keep.setEnabled(False)
        self._kept = label(ASKED, "hint")
        self._kept.setWordWrap(True)
        keeping = QHBoxLayout()
        keeping.setSpacing(16)
        keeping.addWidget(self.keep)
        keeping.addWidget(self._kept, 1)
        self._add(None, keeping)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(self._grid)
        layout.addLayout(self._test_row())
        layout.addWidget(self.banner)
        self._watch()
        runner.run(server_place.can_keep_password, self._keyring_found, owner=self)

    def _line(self, name: str, text: Text, value: str) -> None:
        self.lines[name] = line = QLineEdit(value)
        line.setAccessibleName(tr(text))
        self._add(text, line)

    def _add(self, text: Text | None, field: QWidget | QLayout) -> None:
        """Put a field below the others, with its name before it."""
        row = self._grid.rowCount()
        if text is not None:
            name = label(text)
            name.setBuddy(field if isinstance(field, QWidget) else self.lines["server"])
            self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if isinstance(field, QWidget):
            self._grid.addWidget(field, row, 1)
        else:
            self._grid.addLayout(field, row, 1)

    def _port(self, value: int) -> QLineEdit:
        """The port stands beside the server: it is hardly ever another."""
        port, name, row = QLineEdit(str(value)), label(_("Port")), QHBoxLayout()
        port.setValidator(QIntValidator(1, 65535, port))
        port.setAccessibleName(name.text())
        port.setFixedWidth(port.fontMetrics().horizontalAdvance("0" * 10))
        name.setBuddy(port)
        row.setSpacing(8)
        row.addWidget(self.lines["server"], 1)
        row.addWidget(name)
        row.addWidget(port)
        self._add(_("Server"), row)
        return port

    def _hide_password(self) -> None:
        password = self.lines["password"]
        password.setEchoMode(QLineEdit.EchoMode.Password)
        reveal = password.addAction(icon("eye"), QLineEdit.ActionPosition.TrailingPosition)
        reveal.setCheckable(True)
        reveal.setToolTip(tr(_("Show password")))
        reveal.toggled.connect(
            lambda seen: password.setEchoMode(QLineEdit.EchoMode.Normal if seen else QLineEdit.EchoMode.Password)
        )

    def _ways(self, words: ServerWords) -> None:
        """One choice below the other, each with what it protects against."""
        group = QButtonGroup(self)
        self.ways: dict[str, QRadioButton] = {}
        for mode, (text, hint) in WAYS.items():
            self.ways[mode] = choice = QRadioButton(tr(text))
            choice.setChecked(mode == words.mode)
            choice.setAccessibleDescription(tr(hint))
            group.addButton(choice)
            said, below = label(hint, "hint"), QVBoxLayout()
            said.setWordWrap(True)
            below.setContentsMargins(theme.current().px(26), 0, 0, 0)
            below.setSpacing(4)
            below.addWidget(said)
            if mode == server_place.CHECKED:
                self.authority = FileLine(_("File of the certificate authority"), words.authority, "*.crt *.pem *.cer")
                below.addWidget(self.authority)
            self._add(_("Encryption") if mode == server_place.CHECKED else None, choice)
            self._add(None, below)

    def _test_row(self) -> QHBoxLayout:
        self.test = button(_("Test the connection"), "refresh")
        self.stop = button(_("Cancel"), "x")
        self._working = QLabel(tr(_("Connecting…")))
        self._working.setProperty("look", "hint")
        self.test.clicked.connect(self.try_it)
        self.stop.clicked.connect(self._stop)
        row = QHBoxLayout()
        for one in (self.test, self.stop, self._working):
            row.addWidget(one)
        row.addStretch(1)
        self._show_working(False)
        return row

    def _watch(self) -> None:
        """Whatever changes, what was tested is no longer what stands here."""
        for line in self.lines.values():
            line.textChanged.connect(self._changed)
            line.returnPressed.connect(self.try_it)
        self.port.textChanged.connect(self._changed)
        self.port.returnPressed.connect(self.try_it)
        for way in self.ways.values():
            way.toggled.connect(self._changed)
        self.authority.changed.connect(self._changed)
        self.keep.toggled.connect(self._show_keeping)
        self._fit()

    def _changed(self) -> None:
        self._stop()
        self.banner.hide()
        self.result = None
        self._fit()
        self.tested.emit(None)

    def _fit(self) -> None:
        """Without encryption only where nothing leaves this computer; the authority only where it is asked."""
        here, plain = server_place.is_this_computer(self.lines["server"].text()), self.ways[server_place.PLAIN]
        plain.setEnabled(here)
        if plain.isChecked() and not here:
            self.ways[server_place.CHECKED].setChecked(True)
        self.authority.setEnabled(self.ways[server_place.CHECKED].isChecked())

    def _keyring_found(self, there: bool) -> None:
        self.keep.setEnabled(there)
        if not there:
            self.keep.setChecked(False)
        self._show_keeping()

    def _show_keeping(self) -> None:
        told = KEPT if self.keep.isChecked() else ASKED
        self._kept.setText(tr(told if self.keep.isEnabled() else NO_KEYRING))

    def words(self) -> ServerWords:
        """Return what stands in the fields."""
        lines = {name: line.text() for name, line in self.lines.items()}
        mode = next(mode for mode, way in self.ways.items() if way.isChecked())
        return ServerWords(
            port=int(self.port.text() or server_place.PORT),
            mode=mode,
            authority=self.authority.text(),
            keep=self.keep.isChecked(),
            **lines,
        )

    def begin(self) -> None:
        """Put the focus into the first empty field, else onto the test."""
        empty = [line for line in self.lines.values() if not line.text()]
        (empty[0] if empty else self.test).setFocus()

    def try_it(self) -> None:
        """Connect beside the window; Cancel drops the answer."""
        self._stop()
        self.banner.hide()
        words = self.words()
        self._task = self._runner.run(lambda: server_place.try_server(words), self._answered, self._refused, owner=self)
        self._show_working(True)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._show_working(False)
            self.test.setFocus()

    def _answered(self, result: Tested) -> None:
        self._show_working(False)
        self.result = result
        self.banner.tell(tr(result.sentence), "success")
        self._bring_into_sight()
        self.tested.emit(result)

    def _refused(self, error: Exception) -> None:
        self._show_working(False)
        self.banner.refuse(error)
        self._bring_into_sight()
        field = error.field if isinstance(error, RuleBroken) else None
        wrong = {**self.lines, "sslrootcert": self.authority.line}.get(field or "")
        if wrong is None:
            self.test.setFocus()
        else:
            wrong.setFocus()
            wrong.selectAll()

    def _bring_into_sight(self) -> None:
        """In a low window the answer may stand below its end; there is room for it once it is laid out."""
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            QTimer.singleShot(0, self, lambda: area.ensureWidgetVisible(self.banner))

    def _show_working(self, working: bool) -> None:
        if not working:
            self._task = None
        self.test.setEnabled(not working)
        self.stop.setVisible(working)
        self._working.setVisible(working)
        if working:
            self.stop.setFocus()
