"""The main window: navigation, bar, tabs, status line and keys; language and look change without a restart."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMenu, QVBoxLayout, QWidget

from dentalsales.i18n import Text, _, language, tr, use_language
from dentalsales.ui import theme
from dentalsales.ui.background import Runner
from dentalsales.ui.draft_offer import offer_drafts
from dentalsales.ui.idle_lock import IdleLock
from dentalsales.ui.messages import Messages
from dentalsales.ui.navigation import Navigation
from dentalsales.ui.page import Page
from dentalsales.ui.preferences import Preferences, apply_look
from dentalsales.ui.screens import Screens, screens_of
from dentalsales.ui.shell import Shell
from dentalsales.ui.status_bar import StatusBar
from dentalsales.ui.top_bar import TopBar
from dentalsales.ui.workspace import may_close
from dentalsales.usecases.desk import Desk

NARROW_UNDER = 1100


class MainWindow(QMainWindow):
    """One employee at work; `sign_in(login, password)` opens the idle lock again."""

    signed_out = Signal()

    def __init__(
        self,
        desk: Desk,
        preferences: Preferences,
        sign_in: Callable[[str, str], Any] | None = None,
        backup_line: Callable[[], tuple[str, bool]] | None = None,
    ) -> None:
        super().__init__()
        self.desk, self.preferences, self._sign_in, self._backup_line = desk, preferences, sign_in, backup_line
        self.runner = Runner(self)
        self.messages = Messages(self)
        self.runner.refused.connect(self.messages.refuse)
        self._changed: Callable[[str], None] = self.runner.records_changed.emit
        desk.changed.append(self._changed)
        self.shell = Shell(desk, self.runner, self.messages, preferences, Screens())
        self.setMinimumSize(960, 540)
        self.resize(*preferences.get("size", (1366, 728)))
        self._bind_keys()
        self.lock = IdleLock(self, desk, sign_in) if sign_in is not None else None
        self._build()
        self.shell.open_screen("today")
        QTimer.singleShot(0, self, lambda: offer_drafts(self.shell, self))

    def _build(self) -> None:
        """Make the frame in the language and look in force."""
        self.setWindowTitle(tr(_("Dental Sales")))
        shell, frame = self.shell, QWidget()
        self.navigation = Navigation(self.desk.letterhead().name, screens_of(self.desk))
        self.navigation.chosen.connect(shell.open_screen)
        self.top = TopBar(self.desk.name, self.preferences.get("scheme", "auto"))
        self._connect_top()
        self.status = StatusBar(self.runner)
        self._show_backup()
        shell.workspace.current_changed.connect(self._show_current)
        side = QVBoxLayout()
        side.setSpacing(0)
        side.addWidget(self.top)
        side.addWidget(shell.workspace, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.navigation)
        middle.addLayout(side, 1)
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(middle, 1)
        layout.addWidget(self.status)
        self.setCentralWidget(frame)
        self._fit()

    def _connect_top(self) -> None:
        self.top.search_asked.connect(self._open_palette)
        self.top.new_asked.connect(self._new)
        self.top.messages_asked.connect(lambda: self.top.list_messages(self.messages.said))
        self.top.look_chosen.connect(self.choose_look)
        self.top.leave_asked.connect(self._leave)
        self.top.help_asked.connect(self._show_keys)
        self.top.password_asked.connect(self._change_password)
        self.top.lock_asked.connect(lambda: self.lock.lock() if self.lock is not None else None)

    def _bind_keys(self) -> None:
        shell = self.shell
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+K": self._open_palette,
            "Ctrl+N": self._new,
            "Ctrl+Tab": lambda: self.shell.workspace.step(1),
            "Ctrl+Shift+Tab": lambda: self.shell.workspace.step(-1),
            "Ctrl+W": self._close_tab,
            "Alt+PgDown": lambda: shell.walk(1),
            "Alt+PgUp": lambda: shell.walk(-1),
            "F6": self._next_pane,
            "Shift+F6": self._next_pane,
            "F1": self._show_keys,
            "Ctrl+/": self._show_keys,
            "Ctrl+=": lambda: self._resize_text(1),
            "Ctrl+-": lambda: self._resize_text(-1),
            "Ctrl+0": lambda: self.choose_look("percent", 100),
        }
        for number in range(1, 10):
            keys[f"Ctrl+{number}"] = partial(self._open_numbered, number)
        for sequence, act in keys.items():
            QShortcut(QKeySequence(sequence), self).activated.connect(act)

    def _open_numbered(self, number: int) -> None:
        for screen in screens_of(self.desk):
            if screen.digit == number:
                self.shell.open_screen(screen.key)

    def _show_current(self) -> None:
        """Let title, primary button, navigation and status line follow the current tab."""
        widget, tab = self.shell.workspace.current(), self.shell.workspace.current_record()
        form = getattr(widget, "form", None)
        title, new = (tr(form.register.title), form.register) if form is not None else ("", None)
        if isinstance(widget, Page):
            title = tr(widget.title)
            new = getattr(widget, "register", None)
            widget.status_changed.connect(self._show_status, Qt.ConnectionType.UniqueConnection)
            self.status.text.setText(widget.status)
            self.navigation.mark(self.shell.workspace.screen_key)
        else:
            self.status.text.setText("")
            self.navigation.mark(f"list:{new.name}" if new is not None else "")
        self.top.show_title(title, self._creatable(new, bool(tab)))

    def _creatable(self, register: Any, is_record: bool) -> Text | None:
        if register is None:
            return None if is_record else Text("")
        may = self.desk.may_begin(register.name)
        return register.one if may else None

    def _show_status(self, text: str) -> None:
        if self.sender() is self.shell.workspace.current():
            self.status.text.setText(text)

    def _show_backup(self) -> None:
        if self._backup_line is not None:
            self.status.show_backup(*self._backup_line())

    def _new(self) -> None:
        """Begin a record of the current screen, or offer what can be begun."""
        widget = self.shell.workspace.current()
        register = getattr(widget, "register", None) or getattr(getattr(widget, "form", None), "register", None)
        if register is not None:
            if self.desk.may_begin(register.name):
                self.shell.open_new(register.name)
            return
        menu = QMenu(self)
        for offered in self.desk.menu():
            if self.desk.may_begin(offered.name):
                action = menu.addAction(tr(offered.one))
                action.triggered.connect(lambda *_ignored, name=offered.name: self.shell.open_new(name))
        menu.popup(self.top.new.mapToGlobal(self.top.new.rect().bottomLeft()))

    def _close_tab(self) -> None:
        tab = self.shell.workspace.current_record()
        if tab is not None:
            self.shell.workspace.close_record(tab)

    def _next_pane(self) -> None:
        """Go back and forth between the navigation and the screen."""
        if self.navigation.list.hasFocus():
            self.shell.workspace.focus_current()
        else:
            self.navigation.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _open_palette(self) -> None:
        from dentalsales.ui.command_palette import CommandPalette

        CommandPalette(self.shell, screens_of(self.desk), self).open_over(self)

    def _show_keys(self) -> None:
        from dentalsales.ui.key_sheet import KeySheet

        KeySheet(self).exec()

    def _change_password(self) -> None:
        from dentalsales.ui.password_dialog import PasswordDialog

        PasswordDialog(self.shell, self).exec()

    def _resize_text(self, by: int) -> None:
        sizes = theme.TEXT_PERCENTS
        place = sizes.index(theme.current().percent) if theme.current().percent in sizes else 1
        self.choose_look("percent", sizes[max(0, min(place + by, len(sizes) - 1))])

    def choose_look(self, key: str, value: Any) -> None:
        """Take another language, colours, row height or text size, and build the window anew without a restart."""
        self.preferences.keep(key, value)
        if key == "language" and value != language():
            use_language(value)
        apply_look(self.preferences)
        self.rebuild()

    def rebuild(self) -> None:
        """Build frame and screens anew; opened records keep what was typed in them."""
        old = self.shell.workspace
        key, place = old.screen_key, old.bar.currentIndex()
        self.shell.renew_workspace()
        self._build()
        self.shell.open_screen(key)
        for tab in old.records:
            tab.again()
        self.shell.workspace.bar.setCurrentIndex(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < theme.current().px(NARROW_UNDER)
        if narrow != self.navigation.narrow:
            self.navigation.set_narrow(narrow)
            self.top.set_tight(narrow)

    def _leave(self) -> None:
        if self.close():
            self.signed_out.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        for tab in tuple(self.shell.workspace.records):
            self.shell.workspace.activate(tab)
            if not may_close(tab.widget):
                event.ignore()
                return
        self.runner.finish()
        if self._changed in self.desk.changed:
            self.desk.changed.remove(self._changed)
        if self.lock is not None:
            self.lock.end()
        self.preferences.keep("size", [self.width(), self.height()])
        event.accept()
