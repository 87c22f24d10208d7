"""Puts the parts of the program together: the only place that knows them all."""

import gc
import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

PAINTED = 50
"""Milliseconds after its first paint, in which the rest of the sign-in is painted too."""

if TYPE_CHECKING:
    from dentalsales.blueprint.business import Business
    from dentalsales.storage.company import Company
    from dentalsales.usecases.desk import Desk


def business() -> "Business":
    """Return the registers, reports, printouts, imports and settings of the program."""
    from dentalsales.blueprint.business import Business
    from dentalsales.imports import IMPORTS
    from dentalsales.printouts import PRINTOUTS
    from dentalsales.registers import REGISTERS
    from dentalsales.registers.tiles import FIRST_STEPS, TILES
    from dentalsales.reports import REPORTS
    from dentalsales.reports.today import GLANCES
    from dentalsales.settings import SETTINGS

    return Business(
        REGISTERS,
        REPORTS,
        PRINTOUTS,
        SETTINGS,
        imports=IMPORTS,
        tiles=TILES,
        glances=GLANCES,
        first_steps=FIRST_STEPS,
    )


def metadata() -> Any:
    """Return the tables of all registers and of the house."""
    from dentalsales.blueprint.record import Base
    from dentalsales.registers import REGISTERS

    assert REGISTERS
    return Base.metadata


def user_folder(kind: str) -> Path:
    """Return where this user's own files lie: "data", "config" or "log"."""
    import platformdirs

    find: dict[str, Callable[..., Path]] = {
        "data": platformdirs.user_data_path,
        "config": platformdirs.user_config_path,
        "log": platformdirs.user_log_path,
    }
    return find[kind]("dentalsales", appauthor=False)


def open_company(folder: Path, read_only: bool = False) -> "Company":
    """Open the company in a folder; RuleBroken says what to do when that cannot be."""
    from dentalsales.storage.company import Company

    return Company.open(folder, metadata(), read_only)


def create_company(folder: Path) -> "Company":
    """Make an empty company in a folder; RuleBroken when there is one."""
    from dentalsales.storage.company import Company

    return Company.create(folder, metadata())


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
        desk = _begin(folder, preferences) if not _is_there(folder) else _sign_in(folder, preferences, login)
        if desk is None:
            return 0
        if not _work(desk, preferences):
            return 0


@cache
def _begin_log() -> None:
    """Write to the log from here on; its library is not needed for the first picture."""
    from dentalsales import log

    log.begin(user_folder("log"))


def _is_there(folder: Path) -> bool:
    return (folder / "company.db").exists()


class _Opening:
    """The company on its way: opened in a thread behind the sign-in dialog."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.company: Company | None = None
        self.business: Business
        self.error: Exception | None = None
        self._thread = threading.Thread(target=self._open, name="open company", daemon=True)

    def start(self) -> None:
        """Begin, once the dialog has been painted."""
        self._thread.start()

    def _open(self) -> None:
        """Open it, and while the password is typed load what is needed as soon as it is right."""
        try:
            self.company = open_company(self.folder)
            self.business = business()
            import dentalsales.ui.main_window
            import dentalsales.ui.today_page
            import dentalsales.usecases.sign_in  # noqa: F401
        except Exception as error:  # raised again where the user asks for the desk
            self.error = error

    def desk(self, login: str, password: str) -> "Desk":
        """Wait for the company and sign in; raises what went wrong."""
        from dentalsales.usecases.sign_in import sign_in

        self._thread.join()
        if self.company is None or self.error is not None:
            raise self.error or RuntimeError("no company")
        return sign_in(self.company, self.business, login, password)

    def close(self) -> None:
        """Give the company free when nobody signed in."""
        if self._thread.ident is not None:
            self._thread.join()
        if self.company is not None:
            self.company.close()


def _sign_in(folder: Path, preferences: Any, login: str) -> "Desk | None":
    """Ask who works; None when the dialog was closed."""
    from PySide6.QtCore import QTimer

    from dentalsales.ui.sign_in_dialog import SignInDialog

    last = preferences.get("companies", {}).get(str(folder.absolute()), {})
    dialog = SignInDialog(company=last.get("name", ""), login=login or last.get("login", ""))
    dialog.language_chosen.connect(lambda chosen: preferences.keep("language", chosen))
    opening = _Opening(folder)
    dialog.hand_over(opening.desk)
    dialog.painted.connect(lambda: QTimer.singleShot(PAINTED, opening.start))
    dialog.painted.connect(lambda: QTimer.singleShot(PAINTED, _begin_log))
    signed_in = dialog.exec()
    desk: Desk = dialog.desk
    _forget_widget(dialog)
    if not signed_in:
        opening.close()
        return None
    _remember_user(folder, preferences, desk)
    return desk


def _remember_user(folder: Path, preferences: Any, desk: "Desk") -> None:
    """The next sign-in greets with it; each folder has its own, since an office may have one to practise in."""
    companies = dict(preferences.get("companies", {}))
    companies[str(folder.absolute())] = {"name": desk.letterhead().name, "login": desk.login}
    preferences.keep("companies", companies)


def _begin(folder: Path, preferences: Any) -> "Desk | None":
    """Lead through the first start; None when it was closed, and then nothing is left behind."""
    from dentalsales.ui.first_start import FirstStart

    _begin_log()
    wizard = FirstStart(lambda answers, task: first_start(folder, answers, task.progress))
    wizard.language_chosen.connect(lambda chosen: preferences.keep("language", chosen))
    if not wizard.exec():
        return None
    desk: Desk = wizard.desk
    _remember_user(folder, preferences, desk)
    return desk


def first_start(folder: Path, answers: Any, progress: Callable[[int, int], None] | None = None) -> "Desk":
    """Make the company of the wizard's answers; when anything is refused nothing is left behind."""
    import shutil

    from dentalsales.usecases import sign_in

    existed = folder.exists()
    company = create_company(folder)
    try:
        if answers.sample:
            fill_with_sample(company, progress=_counted(progress))
            return sign_in.join_sample(
                company, business(), answers.letterhead, answers.login, answers.name, answers.password
            )
        return sign_in.first_start(
            company, business(), answers.letterhead, answers.login, answers.name, answers.password
        )
    except BaseException:
        company.close()
        for left in ("company.db", "company.db-wal", "company.db-shm"):
            (folder / left).unlink(missing_ok=True)
        if not existed:
            shutil.rmtree(folder, ignore_errors=True)
        raise


def _counted(progress: Callable[[int, int], None] | None) -> Callable[[int, int], bool]:
    """Return a counter that goes on unless telling the window raises, which is how the window cancels."""

    def count(done: int, total: int) -> bool:
        if progress is not None:
            progress(done, total)
        return True

    return count


def fill_with_sample(company: "Company", size: str = "office", progress: Any = None) -> Any:
    """Fill an empty company with the sample business; return its summary."""
    from datetime import UTC, datetime

    from dentalsales.sample_company import make_sample
    from dentalsales.usecases.desk import SHANGHAI

    return make_sample(company, today=datetime.now(UTC).astimezone(SHANGHAI).date(), size=size, progress=progress)


def _work(desk: "Desk", preferences: Any) -> bool:
    """Run the window until it is closed, back up, and say whether somebody else wants to sign in."""
    from PySide6.QtWidgets import QApplication

    from dentalsales.ui.main_window import MainWindow
    from dentalsales.usecases import back_up, sign_in

    again: list[bool] = []
    restore: list[Path] = []
    window = MainWindow(
        desk,
        preferences,
        sign_in=lambda login, password: sign_in.sign_in(desk.company, desk.business, login, password),
        backup_line=lambda: backup_line(desk.company),
    )
    window.signed_out.connect(lambda: again.append(True))
    window.shell.restore_asked.connect(lambda file: restore.append(file) if window.close() else None)
    window.show()
    gc.freeze()  # what is loaded now stays: looking through it for rubbish would halt the window again and again
    QApplication.exec()
    _forget_widget(window)
    try:
        back_up.back_up(desk)
    finally:
        desk.company.close()
    for file in restore:
        _restore(file, desk.company.folder)
    return bool(again or restore)


def _forget_widget(widget: Any) -> None:
    """Give a closed window back at once: a day has many sign-ins, and each one kept slows every change of the look."""
    from PySide6.QtCore import QCoreApplication, QEvent

    widget.deleteLater()
    QCoreApplication.sendPostedEvents(widget, QEvent.Type.DeferredDelete.value)


def _restore(file: Path, folder: Path) -> None:
    """Put a backup in the place of the closed company and say how it went."""
    from PySide6.QtWidgets import QMessageBox

    from dentalsales.blueprint.rules import RuleBroken
    from dentalsales.i18n import _, tr
    from dentalsales.usecases import back_up

    try:
        done = back_up.restore_company(file, folder)
    except RuleBroken as broken:
        QMessageBox.warning(None, tr(_("Restore")), tr(broken.text))
        return
    QMessageBox.information(
        None,
        tr(_("Restore")),
        tr(_("Restored. What was there before is kept in {folder}.").fill(folder=done.kept_as or folder)),
    )


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
