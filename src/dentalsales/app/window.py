"""The window from its start to its end: who works, the work itself, the backup after it, and the next sign-in."""

import gc
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dentalsales.app.closing import forget_widget, restore, said
from dentalsales.app.companies import company_is_there, user_folder
from dentalsales.app.signing_in import begin_company, sign_in

if TYPE_CHECKING:
    from dentalsales.storage.company import Company
    from dentalsales.usecases.desk import Desk


def open_window(folder: Path, language: str | None, login: str) -> int:
    """Show the sign-in at once, load the rest behind it, then the window; return the exit code."""
    from PySide6.QtWidgets import QApplication

    from dentalsales.ui.plain_import import import_plainly

    import_plainly()
    from dentalsales.i18n import use_language, when_language_changes
    from dentalsales.ui import qt_words, theme
    from dentalsales.ui.preferences import Preferences

    running = QApplication.instance()
    application = running if isinstance(running, QApplication) else QApplication(["dentalsales"])
    preferences = Preferences(user_folder("config") / "preferences.json")
    when_language_changes(qt_words.follow)
    use_language(language or preferences.get("language", "zh_CN"))
    theme.apply(
        application,
        preferences.get("scheme", "auto"),
        preferences.get("density", "standard"),
        preferences.get("percent", 100),
    )
    while True:
        desk = sign_in(folder, preferences, login) if company_is_there(folder) else begin_company(folder, preferences)
        if desk is None:
            return 0
        if not work(desk, preferences):
            return 0


def work(desk: "Desk", preferences: Any) -> bool:
    """Run the window until it is closed, back up, and say whether somebody else wants to sign in."""
    from PySide6.QtWidgets import QApplication

    from dentalsales.i18n import _
    from dentalsales.ui.main_window import MainWindow
    from dentalsales.usecases import back_up
    from dentalsales.usecases.sign_in import sign_in as check_password

    again: list[bool] = []
    to_restore: list[Path] = []
    window = MainWindow(
        desk,
        preferences,
        sign_in=lambda login, password: check_password(desk.company, desk.business, login, password),
        backup_line=lambda: backup_line(desk.company),
    )
    window.signed_out.connect(lambda: again.append(True))
    window.shell.restore_asked.connect(lambda file: to_restore.append(file) if window.close() else None)
    window.show()
    gc.freeze()  # what is loaded now stays: looking through it for rubbish would halt the window again and again
    QApplication.exec()
    forget_widget(window)
    with closing(desk.company):
        said(_("Backup"), lambda: back_up.back_up(desk))
    for file in to_restore:
        restore(file, desk.company.folder)
    return bool(again or to_restore)


def backup_line(company: "Company") -> tuple[str, bool]:
    """Return the words of the status bar about the newest backup, and whether it is fresh."""
    from datetime import UTC, datetime, timedelta

    from dentalsales.exchange.cell_text import shown
    from dentalsales.i18n import _, tr
    from dentalsales.usecases import back_up

    last = back_up.last_backup(company)
    if last is None:
        return tr(_("No backup yet")), False
    fresh = datetime.now(UTC) - last.made_at < timedelta(days=7)
    return tr(_("Last backup {moment}").fill(moment=shown(last.made_at, "moment"))), fresh
