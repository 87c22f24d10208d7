"""How somebody comes to work here: the sign-in with the company opened behind it, or the first start."""

from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dentalsales.app.closing import forget_widget
from dentalsales.app.companies import first_start, open_company
from dentalsales.app.elsewhere import (
    after_barred,
    ask_password,
    choose_place,
    elsewhere_of,
    place_written,
    wants_password,
)
from dentalsales.app.loading import loading
from dentalsales.app.parts import business
from dentalsales.app.user_folders import user_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from dentalsales.app.places import Elsewhere
    from dentalsales.app.user_folders import Place
    from dentalsales.blueprint.business import Business
    from dentalsales.blueprint.rules import RuleBroken
    from dentalsales.i18n import Text
    from dentalsales.storage.company import Company
    from dentalsales.storage.refusals import CompanyMoved, DamagedCompany
    from dentalsales.storage.server_address import ServerAddress
    from dentalsales.usecases.desk import Desk

PAINTED = 50
"""Milliseconds after its first paint, in which the rest of the sign-in is painted too."""


class _Opening:
    """The company on its way: opened in a thread behind the sign-in dialog."""

    def __init__(self, place: "Place", read_only: bool, asked: "ServerAddress | None" = None) -> None:
        self.place, self.read_only, self.asked = place, read_only, asked
        self._parts: Future[tuple[Company, Business]] | None = None

    def start(self, when_useless: "Callable[[], None]") -> None:
        """Begin, once the dialog has been painted; `when_useless` is told, in a thread, that nothing can be opened."""
        from concurrent.futures import ThreadPoolExecutor

        self._parts = ThreadPoolExecutor(1, "open company").submit(self._open)

        def tell(parts: object) -> None:
            with suppress(RuntimeError):  # the dialog was closed meanwhile
                if self.is_empty or self.damage is not None or self.moved is not None or self.barred is not None:
                    when_useless()

        self._parts.add_done_callback(tell)

    @property
    def damage(self) -> "DamagedCompany | None":
        """Why the company cannot be opened at all, None when it can or nobody knows yet."""
        from dentalsales.storage.refusals import DamagedCompany

        problem = self._problem
        return problem if isinstance(problem, DamagedCompany) else None

    @property
    def moved(self) -> "CompanyMoved | None":
        """What says where the company is now, None when it is here or nobody knows yet."""
        from dentalsales.storage.refusals import CompanyMoved

        problem = self._problem
        return problem if isinstance(problem, CompanyMoved) else None

    @property
    def barred(self) -> "RuleBroken | None":
        """What stands between this PC and the company on a server, None when nothing does or nobody knows yet."""
        from dentalsales.blueprint.rules import NothingThere, RuleBroken

        problem = self._problem
        may_be = isinstance(problem, RuleBroken) and not isinstance(problem, NothingThere)
        return problem if may_be and not isinstance(self.place, Path) else None  # type: ignore[return-value]

    @property
    def _problem(self) -> BaseException | None:
        return self._parts.exception() if self._parts is not None and self._parts.done() else None

    @property
    def is_empty(self) -> bool:
        """Say whether it was found out that there is no company to open."""
        from dentalsales.blueprint.rules import NothingThere

        return self._parts is not None and self._parts.done() and isinstance(self._parts.exception(), NothingThere)

    def _open(self) -> "tuple[Company, Business]":
        """Load what is needed as soon as the password is right, and open the company, while it is typed."""
        with loading():
            import dentalsales.ui.main_window
            import dentalsales.ui.today_page
            import dentalsales.usecases.sign_in  # noqa: F401

            parts = business()
        return open_company(self.place, self.read_only, self.asked), parts

    def desk(self, login: str, password: str) -> "Desk":
        """Wait for the company and sign in; raises what went wrong."""
        from dentalsales.usecases.sign_in import sign_in

        assert self._parts is not None, "handed over once it was started"
        return sign_in(*self._parts.result(), login, password)

    def close(self) -> None:
        """Give the company free when nobody signed in."""
        if self._parts is not None and self._parts.exception() is None:
            self._parts.result()[0].close()


def sign_in(
    place: "Place",
    preferences: Any,
    login: str,
    only_to_look: "Text | None" = None,
    asked: "ServerAddress | None" = None,
) -> "Desk | Elsewhere | None":
    """Ask who works; None when the dialog was closed. A damaged company is offered its newest good copy.

    Where a server can't be worked in, that is said, and another place or password may come back. `asked` is the
    server of a move that was cut off, with its password.
    """
    from PySide6.QtCore import QTimer

    from dentalsales.ui.sign_in_dialog import SignInDialog

    if not isinstance(place, Path) and wants_password(place, preferences):
        return ask_password(place)
    last = preferences.get("companies", {}).get(_key(place), {})
    where = "" if isinstance(place, Path) else str(place)
    dialog = SignInDialog(company=last.get("name", ""), login=login or last.get("login", ""), where=where)
    dialog.language_chosen.connect(lambda chosen: preferences.keep("language", chosen))
    opening = _Opening(place, only_to_look is not None, asked)

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
        if opening.damage is not None and isinstance(place, Path):
            return _after_damage(place, preferences, login, opening.damage)
        if opening.moved is not None and isinstance(place, Path):
            return _after_move(place, preferences, login, opening.moved)
        if opening.barred is not None and not isinstance(place, Path):
            return after_barred(place, opening.barred)
        return begin_company(place, preferences) if opening.is_empty else None
    desk.only_to_look = only_to_look
    if only_to_look is None:
        _remember_user(place, preferences, desk)
    return desk


def _after_damage(folder: Path, preferences: Any, login: str, damage: "DamagedCompany") -> "Desk | Elsewhere | None":
    from dentalsales.app.rescue import rescue
    from dentalsales.i18n import _

    choice = rescue(folder, damage)
    if not choice:
        return None
    return sign_in(folder, preferences, login, _("Damaged company") if choice == "look" else None)


def _after_move(folder: Path, preferences: Any, login: str, moved: "CompanyMoved") -> "Desk | Elsewhere | None":
    """Say where the company is and lead there; what was left here may be looked at."""
    from PySide6.QtWidgets import QMessageBox

    from dentalsales.i18n import _, tr
    from dentalsales.ui.messages import sentence_of

    address = place_written(moved.address)
    if moved.field == "password" and address is not None:
        answer = after_barred(address, moved)
        if answer is not None and answer.same and not isinstance(answer.place, Path):
            return sign_in(folder, preferences, login, None, answer.place)
        return answer
    box = QMessageBox(QMessageBox.Icon.Information, tr(_("The company was moved")), sentence_of(moved))
    look = box.addButton(tr(_("Only look")), QMessageBox.ButtonRole.AcceptRole)
    there = box.addButton(tr(_("Work there…")), QMessageBox.ButtonRole.ActionRole)
    box.addButton(tr(_("Close")), QMessageBox.ButtonRole.RejectRole)
    box.exec()
    looks, goes = box.clickedButton() is look, box.clickedButton() is there
    forget_widget(box)
    if goes:
        return choose_place(address) or _after_move(folder, preferences, login, moved)
    return sign_in(folder, preferences, login, _("As it was before the move")) if looks else None


def begin_company(place: "Place", preferences: Any) -> "Desk | Elsewhere | None":
    """Lead through the first start; None when it was closed, and then nothing is left behind."""
    from dentalsales.ui.first_start import FirstStart

    _begin_log()
    where = "" if isinstance(place, Path) else str(place)
    wizard = FirstStart(lambda answers, task: first_start(place, answers, task.progress), where=where)
    wizard.language_chosen.connect(lambda chosen: preferences.keep("language", chosen))
    begun, choice = wizard.exec(), wizard.elsewhere
    desk: Desk = wizard.desk
    forget_widget(wizard)
    if not begun:
        return elsewhere_of(choice) if choice is not None else None
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
    log.note("started")
