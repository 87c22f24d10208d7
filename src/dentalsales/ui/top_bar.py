"""The bar over the screens: title, search for everything, the one primary button, messages, and who is at work."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton

from dentalsales.i18n import LANGUAGES, Text, _, language, n_, tr
from dentalsales.ui import theme
from dentalsales.ui.icons import icon
from dentalsales.ui.page import button, label, new_words, tool_button

DENSITIES = (("compact", _("Compact")), ("standard", _("Standard")), ("relaxed", _("Relaxed")))
SCHEMES = (("auto", _("As the system")), ("light", _("Light")), ("dark", _("Dark")))

LONG_NEW = 120
"""From this width of its words on the primary button is long."""


class TopBar(QFrame):
    """Says what was pressed; the window does it."""

    search_asked = Signal()
    new_asked = Signal()
    messages_asked = Signal()
    look_chosen = Signal(str, object)
    """A preference ("language", "scheme", "density", "percent") and its new value."""
    password_asked = Signal()
    lock_asked = Signal()
    leave_asked = Signal()
    help_asked = Signal()

    def __init__(self, name: str, scheme: str) -> None:
        super().__init__()
        self.setObjectName("topBar")
        look = theme.current()
        self.setMinimumHeight(look.px(48))
        self.title = label("", "title")
        self.title.setMinimumWidth(0)
        self._tight, self._new_words = False, tr(_("New"))
        self._search = self._search_box()
        self.new = button(_("New"), "plus", "primary", "Ctrl+N")
        self.new.clicked.connect(self.new_asked)
        self.bell = tool_button(_("Messages"), "bell", "messages")
        self.bell.clicked.connect(self.messages_asked)
        self._row = row = QHBoxLayout(self)
        row.setSpacing(8)
        row.addWidget(self.title)
        row.addStretch(1)
        row.addWidget(self._search, 2)
        row.addWidget(self.new)
        row.addWidget(self.bell)
        row.addWidget(self._dark_button())
        row.addWidget(self._user_button(name, scheme))
        self.set_low(False)

    def _search_box(self) -> QPushButton:
        box = button(_("Search everything"), "search", "searchBox", "Ctrl+K")
        box.setMinimumWidth(160)
        box.setMaximumWidth(theme.current().px(360))
        cap = QLabel("Ctrl+K")
        cap.setObjectName("keyCap")
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 8, 0)
        row.addStretch(1)
        row.addWidget(cap, 0, Qt.AlignmentFlag.AlignVCenter)
        box.clicked.connect(self.search_asked)
        return box

    def _dark_button(self) -> QToolButton:
        dark = theme.current().name == "dark"
        made = tool_button(_("Light colours") if dark else _("Dark colours"), "sun" if dark else "moon")
        made.clicked.connect(lambda: self.look_chosen.emit("scheme", "light" if dark else "dark"))
        return made

    def _user_button(self, name: str, scheme: str) -> QPushButton:
        made = button(Text(""), "user-circle", "plain")
        made.setText(name)
        made.setAccessibleName(tr(_("{name}: account and view").fill(name=name)))
        menu = QMenu(made)
        self._add_choice(menu, _("Language"), "language", LANGUAGES, language())
        self._add_choice(menu, _("Colours"), "scheme", SCHEMES, scheme)
        self._add_choice(menu, _("Row height"), "density", DENSITIES, theme.current().density)
        percents = tuple((percent, f"{percent} %") for percent in theme.TEXT_PERCENTS)
        self._add_choice(menu, _("Text size"), "percent", percents, theme.current().percent)
        menu.addSeparator()
        for text, picture, signal in (
            (_("Keys of the program"), "help-circle", self.help_asked),
            (_("Change password"), "key", self.password_asked),
            (_("Lock"), "lock", self.lock_asked),
            (_("Sign out"), "logout", self.leave_asked),
        ):
            menu.addAction(icon(picture), tr(text)).triggered.connect(signal)
        made.setMenu(menu)
        return made

    def _add_choice(
        self, menu: QMenu, title: Text, key: str, choices: tuple[tuple[object, str], ...], chosen: object
    ) -> None:
        part = menu.addMenu(tr(title))
        group = QActionGroup(part)
        for value, words in choices:
            action = QAction(tr(words), part, checkable=True, checked=value == chosen)
            action.triggered.connect(lambda *_ignored, value=value: self.look_chosen.emit(key, value))
            group.addAction(action)
            part.addAction(action)

    def count_messages(self, unread: int) -> None:
        """Show beside the bell how many messages were not read yet."""
        self.bell.setText(str(unread) if unread < 100 else "99+")
        style = Qt.ToolButtonStyle
        self.bell.setToolButtonStyle(style.ToolButtonTextBesideIcon if unread else style.ToolButtonIconOnly)
        words = tr(n_("Messages, {count} unread", "Messages, {count} unread").fill(count=unread)) if unread else ""
        self.bell.setAccessibleName(words or tr(_("Messages")))

    def show_title(self, title: str, new: Text | None) -> None:
        """Show what screen this is, and what its primary button makes: "" offers a choice, None makes nothing."""
        self.title.setText(title)
        self.title.setToolTip(title)
        self.new.setVisible(new is not None)
        if new is not None:
            self._new_words = new_words(new)
            self.new.setAccessibleName(self._new_words)
            self._say_new()

    def set_low(self, low: bool) -> None:
        """Take no more height than the buttons need in a low window."""
        self.setMinimumHeight(0 if low else theme.current().px(48))
        self._row.setContentsMargins(16, 2 if low else 4, 12, 2 if low else 4)

    def set_tight(self, tight: bool) -> None:
        """Give the title more room in a narrow window."""
        self._tight = tight
        self._search.setMaximumWidth(theme.current().px(220 if tight else 360))
        self._say_new()

    def _say_new(self) -> None:
        """A long name of what is new leaves its room to the title in a narrow window; the title says it."""
        long = self.new.fontMetrics().horizontalAdvance(self._new_words) > theme.current().px(LONG_NEW)
        self.new.setText(tr(_("New")) if long and self._tight else self._new_words)
