"""How screens reach each other: open a record, a list, a report or a paper; say something; ask something."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from dentalsales.blueprint.report import Period
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.blueprint.sheet import Opens
from dentalsales.blueprint.table import Filter
from dentalsales.i18n import Text, _, tr
from dentalsales.ui.background import Runner
from dentalsales.ui.backup_watch import BackupWatch
from dentalsales.ui.icons import icon
from dentalsales.ui.messages import Messages, attempt, attempt_beside
from dentalsales.ui.others_watch import OthersWatch
from dentalsales.ui.page import Page, bind
from dentalsales.ui.preferences import Remembering
from dentalsales.ui.recent_names import keep_names
from dentalsales.ui.tab_words import name_of, tab_words
from dentalsales.ui.workspace import RecordTab, Workspace, may_close
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.personal import RECENT

Result = TypeVar("Result")
SCREEN_ICONS = {
    "today": "home",
    "reports": "report-analytics",
    "import": "file-import",
    "backup": "database",
    "history": "shield-check",
    "server": "server",
    "settings": "settings",
    "print_templates": "printer",
}


class Rooms(Protocol):
    """Who makes the screens; they know the shell, so the shell does not import them."""

    def page(self, key: str, shell: "Shell") -> Page:
        """Make a screen."""

    def record(self, form: Any, shell: "Shell") -> QWidget:
        """Make the widget of a form."""

    def preview_paper(self, shell: "Shell", printout_name: str, record_id: int) -> None:
        """Show a printed paper."""

    def preview_sheet(
        self, shell: "Shell", make: Callable[[], Any], left: Callable[[Any, str], Any] | None = None
    ) -> None:
        """Show a sheet as it comes out on paper."""

    def save_workbook(self, shell: "Shell", make: Callable[[], Any], name: str) -> None:
        """Ask where and write a sheet as an Excel file."""


class Shell(QObject):
    """What a widget gets beside the desk: navigation, messages and the background."""

    changed = Signal(str)
    """A register some of whose records were saved."""
    recent_changed = Signal()
    look_chosen = Signal(str, object)
    """A preference of the look ("language", "scheme", "density", "percent") and its new value."""
    restore_asked = Signal(object, str)
    """The copy to put in the company's place once the window has closed, and its passphrase."""
    move_asked = Signal(object)
    """The server (its words) to which the company moves once the window has closed."""
    place_chosen = Signal(object)
    """A server (its words) or a folder in which to go on once the window has closed."""
    look_asked = Signal(object, str)
    """The copy to open beside this window, only to look, and its passphrase."""

    def __init__(self, desk: Desk, runner: Runner, messages: Messages, preferences: Remembering, rooms: Rooms) -> None:
        super().__init__(messages)
        self.desk, self.runner, self.messages, self.preferences = desk, runner, messages, preferences
        self.backups = BackupWatch(desk, runner, messages)
        self.others = OthersWatch(desk, runner, messages)
        self._rooms = rooms
        self.workspace = Workspace()
        kept = preferences.get(RECENT, [])
        known = {register.name for register in desk.business.registers}
        self.recent: list[tuple[str, int, str]] = [
            (name, number, title) for name, number, title in kept if name in known
        ]
        runner.records_changed.connect(self.changed)
        keep_names(self)

    def renew_workspace(self) -> None:
        """Start with empty tabs; the window does so when it builds itself anew."""
        self.workspace = Workspace()

    def open_screen(self, key: str) -> Page:
        """Show a screen: "today", "reports", "import", "settings", or "list:" and a register's name."""
        name = key.partition(":")[2]
        picture = self.desk.business.register(name).icon if name else SCREEN_ICONS[key]
        page = self.workspace.show_screen(key, lambda: self._rooms.page(key, self), picture)
        page.take_focus()
        return page

    def open_import(self, kind: str) -> None:
        """Begin an import of this kind."""
        page: Any = self.open_screen("import")
        page.begin(kind)

    def open_list(
        self, register_name: str, filters: Sequence[Filter] = (), view: str | None = None, came_from: str = ""
    ) -> None:
        """Show a register's list, narrowed by filters or by a view; `came_from` is the screen to go back to."""
        page: Any = self.open_screen(f"list:{register_name}")
        if filters or view is not None or came_from:
            page.narrow(tuple(filters), view, came_from)

    def open_report(self, name: str, period: Period | None = None) -> None:
        """Show a report."""
        page: Any = self.open_screen("reports")
        page.show_report(name, period)

    def open_target(self, opens: Opens) -> None:
        """Follow where a row or a tile leads; Alt+Left there comes back to it."""
        if opens.record_id is not None:
            self.open_record(opens.register, opens.record_id)
        else:
            self.open_list(opens.register, opens.filters, came_from=self.workspace.screen_key)

    def go_back(self, came_from: str) -> None:
        """Show the screen that a list or record was opened from; the focus is where it was."""
        if came_from in self.workspace.screens:
            self.workspace.return_to(came_from)
        else:
            self.toast(_("There is nothing to go back to."))

    def open_record(self, register_name: str, record_id: int, among: Sequence[int] = ()) -> None:
        """Open a record in a tab, or bring its tab to the front; `among` is the list that Alt+PgDn walks."""
        for tab in self.workspace.records:
            form = getattr(tab.widget, "form", None)
            if form is not None and form.register.name == register_name and form.id == record_id:
                tab.came_from = self.workspace.screen_key
                self.workspace.activate(tab)
                return
        form = self._form(register_name, record_id)
        if form is not None:
            self.open_form(form, among)

    def _form(self, register_name: str, record_id: int) -> Any:
        from dentalsales.usecases.form import open_form

        return self.attempt(lambda: open_form(self.desk, register_name, record_id))

    def open_new(self, register_name: str, **preset: Any) -> None:
        """Begin a new record in a tab of its own."""
        from dentalsales.usecases.form import new_form

        form = self.attempt(lambda: new_form(self.desk, register_name, **preset))
        if form is not None:
            self.open_form(form)

    def begin_from(
        self,
        register_name: str,
        record_id: int,
        draft_name: str,
        refused: Callable[[RuleBroken], object] | None = None,
    ) -> None:
        """Begin a new paper from an earlier one, in a tab of its own."""
        from dentalsales.usecases.form import form_from

        form = self.attempt(lambda: form_from(self.desk, register_name, record_id, draft_name), refused)
        if form is not None:
            self.open_form(form)

    def open_form(self, form: Any, among: Sequence[int] = ()) -> None:
        """Show a form in a tab of its own."""
        tab = self._record_tab(form, tuple(among))
        self.workspace.add_record(tab, tab_words(form), icon(form.register.icon))
        self.workspace.focus_current()
        self._remember(form)

    def _record_tab(self, form: Any, among: tuple[int, ...]) -> RecordTab:
        widget: Any = self._rooms.record(form, self)
        tab = RecordTab(widget, lambda: self.open_form(form, among), among, self.workspace.screen_key)
        bind(widget, "earlier", lambda: self.go_back(tab.came_from))
        widget.title_changed.connect(lambda title: self.workspace.retitle(widget, tab_words(form)))
        widget.closed.connect(lambda: self.workspace.close_record(tab, ask=False))
        widget.saved.connect(lambda changed: self._remember(form))
        return tab

    def _remember(self, form: Any) -> None:
        if form.id is not None:
            entry = (form.register.name, form.id, name_of(form) or tr(form.title))
            self.recent = [entry, *(kept for kept in self.recent if kept[:2] != entry[:2])][:10]
            self.preferences.keep(RECENT, [list(kept) for kept in self.recent])
            self.recent_changed.emit()

    def rename_recent(self, register: str, names: Mapping[int, str]) -> None:
        """Call the records opened last what they are called now."""
        found = [(name, number, names.get(number) or title if name == register else title)
                 for name, number, title in self.recent]  # fmt: skip
        if found != self.recent:
            self.recent = found
            self.preferences.keep(RECENT, [list(kept) for kept in found])
            self.recent_changed.emit()

    def walk(self, by: int) -> None:
        """Show the next or previous record of the list that the current one was opened from."""
        tab = self.workspace.current_record()
        form = getattr(tab.widget, "form", None) if tab else None
        if tab is None or form is None or form.id not in tab.among:
            return
        place = tab.among.index(form.id) + by
        if not 0 <= place < len(tab.among):
            self.toast(_("This is the end of the list."))
        elif may_close(tab.widget):
            other = self._form(form.register.name, tab.among[place])
            if other is not None:
                self.workspace.replace_record(tab, self._record_tab(other, tab.among), tab_words(other))
                self.workspace.focus_current()
                self._remember(other)

    def show_paper(self, printout_name: str, record_id: int) -> None:
        """Show a printed paper as it will come out, to print or keep."""
        self._rooms.preview_paper(self, printout_name, record_id)

    def show_sheet(self, make: Callable[[], Any], left: Callable[[Any, str], Any] | None = None) -> None:
        """Show a sheet as it will come out on paper; `make` runs in the background."""
        self._rooms.preview_sheet(self, make, left)

    def save_workbook(self, make: Callable[[], Any], name: str) -> None:
        """Ask where, then make a sheet and write it as an Excel file, in the background."""
        self._rooms.save_workbook(self, make, name)

    def toast(self, text: str, tone: str = "", undo: Callable[[], None] | None = None) -> None:
        """Say at the bottom right that something was done."""
        self.messages.toast(text, tone, undo)

    def ask(self, question: Text, verb: Text, danger: bool = False) -> bool:
        """Ask before an act; the button bears the verb."""
        return self.messages.ask(question, verb, danger)

    def attempt(
        self, work: Callable[[], Result], refused: Callable[[RuleBroken], object] | None = None
    ) -> Result | None:
        """Call `work`; a refusal goes to `refused`, or is said at the bottom right, and None comes back."""
        return attempt(work, refused or self.messages.refuse)

    def attempt_beside(
        self, work: Callable[[], Result], refused: Callable[[RuleBroken], object] | None = None
    ) -> Result | None:
        """Like `attempt`, for work that writes; it touches no widget."""
        return attempt_beside(work, refused or self.messages.refuse)

    def folder(self) -> Path:
        """Return the folder where files were saved last."""
        return Path(self.preferences.get("folder", str(Path.home())))
