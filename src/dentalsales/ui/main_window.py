"""The main window: navigation, bar, tabs, status line and keys; language and look change without a restart."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from dentalsales.i18n import Text, _, language, tr, use_language
from dentalsales.ui import habits, key_map, theme
from dentalsales.ui.background import Runner, Task
from dentalsales.ui.beside import is_under_way
from dentalsales.ui.composing import ComposingGuard
from dentalsales.ui.draft_offer import offer_drafts
from dentalsales.ui.idle_lock import IdleLock
from dentalsales.ui.letter_menu import LetterMenu
from dentalsales.ui.look_strip import look_strip
from dentalsales.ui.messages import Messages
from dentalsales.ui.navigation import Navigation
from dentalsales.ui.own_preferences import OwnPreferences
from dentalsales.ui.page import Page
from dentalsales.ui.preferences import Remembering, apply_look, system_scheme
from dentalsales.ui.screens import Screens, load_screens, screens_of
from dentalsales.ui.shell import Shell
from dentalsales.ui.status_bar import StatusBar
from dentalsales.ui.top_bar import TopBar
from dentalsales.ui.uncaught import Uncaught
from dentalsales.ui.window_acts import (
    begin_new,
    bind_window,
    change_password,
    list_messages,
    open_palette,
    report_problem,
    show_keys,
)
from dentalsales.ui.workspace import may_close
from dentalsales.usecases.desk import Desk

NARROW_UNDER, LOW_UNDER = 1100, 440
"""Width and height, in pixels at 100 %, under which the frame gives way to what it frames."""
AGAIN = 500
"""Milliseconds until it is looked again whether the window may be built anew."""


class MainWindow(QMainWindow):
    """One employee at work; `sign_in(login, password)` opens the idle lock again."""

    signed_out = Signal()

    def __init__(
        self,
        desk: Desk,
        preferences: Remembering,
        sign_in: Callable[[str, str], Any] | None = None,
        backs_up: bool = False,
    ) -> None:
        super().__init__()
        self.desk, self._sign_in, self._backs_up = desk, sign_in, backs_up
        self.runner = Runner(self)
        self.preferences = OwnPreferences(preferences, desk, self.runner)
        key_map.use(self.preferences)
        habits.use(self.preferences)
        self.messages = Messages(self)
        self.uncaught = Uncaught(self.messages)
        self.messages.report_asked.connect(lambda number: report_problem(self, number))
        self.runner.refused.connect(self.messages.refuse)
        self._changed: Callable[[str], None] = self.runner.records_changed.emit
        desk.changed.append(self._changed)
        self.shell = Shell(desk, self.runner, self.messages, self.preferences, Screens())
        apply_look(self.preferences)
        self.shell.backups.changed.connect(self._show_backup)
        self.setMinimumSize(960, 540)
        self.resize(*preferences.get("size", (1366, 728)))
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)
        self.lock = IdleLock(self, desk, sign_in) if sign_in is not None else None
        if self.lock is not None:
            self.messages.covered = lambda: self.lock is not None and self.lock.locked
            self.lock.opened.connect(self.messages.place)
        self.letters, self.composing = LetterMenu(self), ComposingGuard(self)
        self.shell.look_chosen.connect(
            lambda key, value: QTimer.singleShot(0, self, lambda: self.choose_look(key, value))
        )
        self._build()
        self.runner.ended.connect(self._load_screens)
        self.shell.others.begin()
        self.shell.open_screen("today")
        QTimer.singleShot(0, self, lambda: offer_drafts(self.shell, self))

    def _load_screens(self, task: Task) -> None:
        """Once Today has what it asked for, and nothing else does: what opens next is loaded when that is seen."""
        if not isinstance(task.owner, Page):
            return
        self.runner.ended.disconnect(self._load_screens)
        QTimer.singleShot(0, self, lambda: self.runner.run(load_screens, self._begin_backups))

    def _begin_backups(self, _loaded: object) -> None:
        """Last of all that begins with the window."""
        if self.desk.only_to_look is None:
            self.shell.backups.begin(self._backs_up)

    def _build(self) -> None:
        """Make the frame in the language and look in force."""
        what = self.desk.only_to_look
        self.setWindowTitle(tr(_("Dental Sales")) if what is None else f"{tr(what)} · {tr(_('Dental Sales'))}")
        bind_window(self)
        shell, frame = self.shell, QWidget()
        self.navigation = Navigation(self.desk.letterhead().name, screens_of(self.desk))
        self.navigation.chosen.connect(shell.open_screen)
        self.top = TopBar(self.desk.name, self.preferences.get("scheme", "auto"))
        self._connect_top()
        self.status = StatusBar(self.runner)
        self.status.backup.clicked.connect(lambda: shell.open_screen("backup"))
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
        if self.desk.only_to_look is not None:
            layout.addWidget(look_strip(self.desk.only_to_look))
        layout.addLayout(middle, 1)
        layout.addWidget(self.status)
        self.setCentralWidget(frame)
        self._fit()

    def _connect_top(self) -> None:
        self.top.search_asked.connect(lambda: open_palette(self))
        self.top.new_asked.connect(lambda: begin_new(self))
        self.top.messages_asked.connect(lambda: list_messages(self))
        self.messages.added.connect(self._count_messages, Qt.ConnectionType.UniqueConnection)
        self._count_messages()
        self.top.look_chosen.connect(self.choose_look)
        self.top.leave_asked.connect(self.leave)
        self.top.help_asked.connect(lambda: show_keys(self))
        self.top.password_asked.connect(lambda: change_password(self))
        self.top.lock_asked.connect(lambda: self.lock.lock() if self.lock is not None else None)

    def _show_current(self) -> None:
        """Let title, primary button, navigation and status line follow the current tab."""
        widget, tab = self.shell.workspace.current(), self.shell.workspace.current_record()
        form = getattr(widget, "form", None)
        title, new = (tr(form.register.title), form.register) if form is not None else ("", None)
        if isinstance(widget, Page):
            title = tr(widget.title)
            new = getattr(widget, "register", None)
            widget.status_changed.connect(self._show_status, Qt.ConnectionType.UniqueConnection)
            self.status.say(widget.status)
            self.navigation.mark(self.shell.workspace.screen_key)
        else:
            self.status.say("")
            self.navigation.mark(f"list:{new.name}" if new is not None else "")
        self.top.show_title(title, self._creatable(new, bool(tab)))

    def _creatable(self, register: Any, is_record: bool) -> Text | None:
        if register is None:
            return None if is_record or self.desk.only_to_look is not None else Text("")
        may = self.desk.may_begin(register.name)
        return register.one if may else None

    def _show_status(self, text: str) -> None:
        if self.sender() is self.shell.workspace.current():
            self.status.say(text)

    def _count_messages(self) -> None:
        self.top.count_messages(self.messages.unread)

    def _show_backup(self) -> None:
        self.status.show_backup(self.shell.backups.state, self.shell.backups.problem)

    def choose_look(self, key: str, value: Any) -> None:
        """Take another language, colours, row height or text size, and build the window anew without a restart."""
        self.preferences.keep(key, value)
        if key == "language" and value != language():
            use_language(value)
        apply_look(self.preferences)
        self.rebuild()

    def _follow_system(self) -> None:
        """Change colours with the system while nothing else is chosen, once nobody waits for what is written."""
        if is_under_way():
            QTimer.singleShot(AGAIN, self, self._follow_system)
        elif self.preferences.get("scheme", "auto") == "auto" and system_scheme() != theme.current().name:
            apply_look(self.preferences)
            self.rebuild()

    def rebuild(self) -> None:
        """Build frame and screens anew; opened records keep what was typed in them."""
        old = self.shell.workspace
        for tab in old.records:
            tab.settle()
        key, place = old.screen_key, old.bar.currentIndex()
        self.shell.renew_workspace()
        self._build()
        self.shell.open_screen(key)
        for tab in old.records:
            tab.again()
        self.shell.workspace.bar.setCurrentIndex(place)
        self.messages.place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that nobody else wants closes the messages that stay."""
        if event.key() != Qt.Key.Key_Escape or not self.messages.close_all():
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < theme.current().px(NARROW_UNDER)
        if narrow != self.navigation.narrow:
            self.navigation.set_narrow(narrow)
            self.top.set_tight(narrow)
        low = self.height() < theme.current().px(LOW_UNDER)
        self.top.set_low(low)
        self.status.set_low(low)

    def leave(self) -> None:
        """Close the window and let somebody else sign in."""
        if self.close():
            self.signed_out.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        for tab in tuple(self.shell.workspace.records):
            self.shell.workspace.activate(tab)
            if not may_close(tab.widget):
                event.ignore()
                return
        self.shell.backups.end()
        self.shell.others.end()
        self.runner.finish()
        self.preferences.flush()
        if self._changed in self.desk.changed:
            self.desk.changed.remove(self._changed)
        if self.lock is not None:
            self.lock.end()
        self.uncaught.end()
        self.preferences.keep("size", [self.width(), self.height()])
        event.accept()
