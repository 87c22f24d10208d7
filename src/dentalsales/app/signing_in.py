"""How somebody comes to work here: the sign-in with the company opened behind it, or the first start."""

from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dentalsales.app.closing import forget_widget
from dentalsales.app.companies import first_start, open_company, user_folder
from dentalsales.app.parts import business

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from dentalsales.app.companies import Place
    from dentalsales.blueprint.business import Business
    from dentalsales.storage.company import Company
    from dentalsales.usecases.desk import Desk

PAINTED = 50
"""Milliseconds after its first paint, in which the rest of the sign-in is painted too."""


class _Opening:
    """The company on its way: opened in a thread behind the sign-in dialog."""

    def __init__(self, place: "Place") -> None:
        self.place = place
        self._parts: Future[tuple[Company, Business]] | None = None

    def start(self, when_empty: "Callable[[], None]") -> None:
        """Begin, once the dialog has been painted; `when_empty` is told, in a thread, that a server holds none yet."""
        from concurrent.futures import ThreadPoolExecutor

        self._parts = ThreadPoolExecutor(1, "open company").submit(self._open)

        def tell(parts: object) -> None:
            with suppress(RuntimeError):  # the dialog was closed meanwhile
                if self.is_empty:
                    when_empty()

        self._parts.add_done_callback(tell)

    @property
    def is_empty(self) -> bool:
        """Say whether it was found out that there is no company to open."""
        from dentalsales.blueprint.rules import NothingThere

        return self._parts is not None and self._parts.done() and isinstance(self._parts.exception(), NothingThere)

    def _open(self) -> "tuple[Company, Business]":
        """Load what is needed as soon as the password is right, and open the company, while it is typed."""
        import dentalsales.ui.main_window
        import dentalsales.ui.today_page
        import dentalsales.usecases.sign_in  # noqa: F401

        parts = business()
        return open_company(self.place), parts

    def desk(self, login: str, password: str) -> "Desk":
        """Wait for the company and sign in; raises what went wrong."""
        from dentalsales.usecases.sign_in import sign_in

        assert self._parts is not None, "handed over once it was started"
        return sign_in(*self._parts.result(), login, password)

    def close(self) -> None:
        """Give the company free when nobody signed in."""
        if self._parts is not None and self._parts.exception() is None:
            self._parts.result()[0].close()


def sign_in(place: "Place", preferences: Any, login: str) -> "Desk | None":
    """Ask who works; None when the dialog was closed."""
    from PySide6.QtCore import QTimer

    from dentalsales.ui.sign_in_dialog import SignInDialog

    last = preferences.get("companies", {}).get(_key(place), {})
    dialog = SignInDialog(company=last.get("name", ""), login=login or last.get("login", ""))
    dialog.language_chosen.connect(lambda chosen: preferences.keep("language", chosen))
    opening = _Opening(place)

    def load() -> None:
        _begin_log()
        opening.start(dialog.nothing_there.emit)
        dialog.hand_over(opening.desk)

    dialog.painted.connect(lambda: QTimer.singleShot(PAINTED, load))
    signed_in = dialog.exec()
    desk: Desk = dialog.desk
    forget_widget(dialog)
    if not signed_in:
        opening.close()
        return begin_company(place, preferences) if opening.is_empty else None
    _remember_user(place, preferences, desk)
    return desk


def begin_company(place: "Place", preferences: Any) -> "Desk | None":
    """Lead through the first start; None when it was closed, and then nothing is left behind."""
    from dentalsales.ui.first_start import FirstStart

    _begin_log()
    wizard = FirstStart(lambda answers, task: first_start(place, answers, task.progress))
    wizard.language_chosen.connect(lambda chosen: preferences.keep("language", chosen))
    if not wizard.exec():
        return None
    desk: Desk = wizard.desk
    _remember_user(place, preferences, desk)
    return desk


def _remember_user(place: "Place", preferences: Any, desk: "Desk") -> None:
    """The next sign-in greets with it; each company has its own, since an office may have one to practise in."""
    companies = dict(preferences.get("companies", {}))
    companies[_key(place)] = {"name": desk.letterhead().name, "login": desk.login}
    preferences.keep("companies", companies)


def _key(place: "Place") -> str:
    """What the preferences call a company; never its password."""
    return str(place.absolute()) if isinstance(place, Path) else str(place)


@cache
def _begin_log() -> None:
    """Write to the log from here on; its library is not needed for the first picture."""
    from dentalsales import log

    log.begin(user_folder("log"))
