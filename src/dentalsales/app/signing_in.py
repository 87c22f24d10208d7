"""How somebody comes to work here: the sign-in with the company opened behind it, or the first start."""

import threading
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dentalsales.app.closing import forget_widget
from dentalsales.app.companies import first_start, open_company, user_folder
from dentalsales.app.parts import business

if TYPE_CHECKING:
    from dentalsales.blueprint.business import Business
    from dentalsales.storage.company import Company
    from dentalsales.usecases.desk import Desk

PAINTED = 50
"""Milliseconds after its first paint, in which the rest of the sign-in is painted too."""


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


def sign_in(folder: Path, preferences: Any, login: str) -> "Desk | None":
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
    forget_widget(dialog)
    if not signed_in:
        opening.close()
        return None
    _remember_user(folder, preferences, desk)
    return desk


def begin_company(folder: Path, preferences: Any) -> "Desk | None":
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


def _remember_user(folder: Path, preferences: Any, desk: "Desk") -> None:
    """The next sign-in greets with it; each folder has its own, since an office may have one to practise in."""
    companies = dict(preferences.get("companies", {}))
    companies[str(folder.absolute())] = {"name": desk.letterhead().name, "login": desk.login}
    preferences.keep("companies", companies)


@cache
def _begin_log() -> None:
    """Write to the log from here on; its library is not needed for the first picture."""
    from dentalsales import log

    log.begin(user_folder("log"))
