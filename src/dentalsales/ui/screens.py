"""Makes the screens; each one's module is imported at its first use, so that the window is there at once."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from PySide6.QtWidgets import QWidget

from dentalsales.blueprint.register import GROUPS
from dentalsales.i18n import _
from dentalsales.ui.navigation import Screen
from dentalsales.ui.page import Page
from dentalsales.ui.shell import Shell
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.move_company import may_move
from dentalsales.usecases.print_template import may_change
from dentalsales.usecases.verify_history import may_verify


class Screens:
    """The rooms of the window."""

    def __init__(self) -> None:
        self._loads = False

    def page(self, key: str, shell: Shell) -> Page:
        """Make a screen by its key."""
        if key != "today":
            self._load_rest(shell)
        if key == "today":
            from dentalsales.ui.today_page import TodayPage

            return TodayPage(shell)
        if key == "reports":
            from dentalsales.ui.report_page import ReportPage

            return ReportPage(shell)
        if key == "settings":
            from dentalsales.ui.settings_page import SettingsPage

            return SettingsPage(shell)
        if key == "print_templates":
            from dentalsales.ui.template_page import TemplatePage

            return TemplatePage(shell)
        if key == "backup":
            from dentalsales.ui.backup_page import BackupPage

            return BackupPage(shell)
        if key == "server":
            from dentalsales.ui.server_page import ServerPage

            return ServerPage(shell)
        if key == "history":
            from dentalsales.ui.history_page import HistoryPage

            return HistoryPage(shell)
        if key == "import":
            from dentalsales.ui.import_wizard import ImportWizard

            return ImportWizard(shell)
        from dentalsales.ui.register_page import RegisterPage

        return RegisterPage(shell, key.partition(":")[2])

    def record(self, form: Any, shell: Shell) -> QWidget:
        """Make the widget of a form."""
        self._load_rest(shell)
        from dentalsales.ui.record_form import RecordForm

        return RecordForm(form, shell.desk, shell, shell.workspace.room)

    def preview_paper(self, shell: Shell, printout_name: str, record_id: int) -> None:
        """Show a printed paper."""
        from dentalsales.ui.print_preview import preview_papers

        preview_papers(shell, printout_name, [record_id])

    def preview_sheet(
        self, shell: Shell, make: Callable[[], Any], left: Callable[[Any, str], Any] | None = None
    ) -> None:
        """Show a sheet as it comes out on paper."""
        from dentalsales.ui.print_preview import preview_sheet

        preview_sheet(shell, make, left)

    def save_workbook(self, shell: Shell, make: Callable[[], Any], name: str) -> None:
        """Ask where and write a sheet as an Excel file."""
        from dentalsales.ui.save_file import save_workbook

        save_workbook(shell, make, name)

    def _load_rest(self, shell: Shell) -> None:
        """Work has begun: load, aside, what comes after the first list or record."""
        if not self._loads:
            self._loads = True
            shell.runner.run(load_rest)


def load_screens() -> None:
    """Load what opens first, beside the window, which would stand still while the first form is loaded."""
    _load("register_page", "record_form", "step_dialog", "report_page")


def load_rest() -> None:
    """Load what may open later; a window in which only Today is seen does without."""
    _load("message_dialog", "print_preview", "settings_page", "backup_page", "import_wizard", "template_page")
    _load("command_palette")


def _load(*names: str) -> None:
    for name in names:
        import_module(f"dentalsales.ui.{name}")


def screens_of(desk: Desk) -> list[Screen]:
    """Return the navigation of an employee, in the order of the business."""
    screens, office = [Screen("today", _("Today"), "home", digit=1)], GROUPS["office"]
    for register in desk.menu():
        screens.append(
            Screen(f"list:{register.name}", register.title, register.icon, GROUPS[register.group], register.shortcut)
        )
    if desk.reports():
        screens.append(Screen("reports", _("Reports"), "report-analytics", office, 9))
    if desk.only_to_look is not None:
        return screens
    screens.append(Screen("import", _("Import"), "file-import", office))
    screens.append(Screen("backup", _("Backup"), "database", office))
    if may_verify(desk):
        screens.append(Screen("history", _("Verify history"), "shield-check", office))
    screens.append(Screen("settings", _("Settings"), "settings", office))
    if may_move(desk):
        screens.append(Screen("server", _("Server"), "server", office))
    if may_change(desk):
        screens.append(Screen("print_templates", _("Print templates"), "printer", office))
    return screens
