"""The way to another place before anybody has signed in: a server that is away, another password, another company."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dentalsales.app.closing import forget_widget
from dentalsales.app.places import ASKED, KEPT, PLACE, Elsewhere, is_kept
from dentalsales.app.user_folders import user_folder

if TYPE_CHECKING:
    from dentalsales.app.user_folders import Place
    from dentalsales.blueprint.rules import RuleBroken
    from dentalsales.storage.server_address import ServerAddress


def wants_password(place: "Place", preferences: Any) -> bool:
    """Say whether the password is asked for before anything else, so that nobody types into a sign-in that goes."""
    if isinstance(place, Path) or place.password or "PGPASSWORD" in os.environ:
        return False
    return place.written in preferences.get(ASKED, [])


def ask_password(place: "ServerAddress") -> Elsewhere | None:
    """Ask for the password of the login; None when the user closed it."""
    from dentalsales.storage.server_refusals import WANTS_PASSWORD, NoConnection

    return after_barred(place, NoConnection(WANTS_PASSWORD.fill(server=place.server, login=place.login)))


def after_barred(place: "ServerAddress", problem: "RuleBroken") -> Elsewhere | None:
    """Say what stands in the way; return what to try next, None when the user closed it."""
    from dentalsales.ui.messages import sentence_of
    from dentalsales.ui.server_away_dialog import ServerAwayDialog

    asks = problem.field == "password"
    while True:
        dialog = ServerAwayDialog(str(place), place.login or "?", sentence_of(problem), asks, is_kept(place))
        dialog.exec()
        choice, password, keep = dialog.choice, dialog.password.text(), dialog.keep.isChecked()
        forget_widget(dialog)
        if choice == "again":
            with_it = place.with_password(password) if asks else place
            return Elsewhere(with_it, keep if asks else is_kept(place), same=True)
        if choice != "elsewhere":
            return None
        chosen = choose_place(place)
        if chosen is not None:
            return chosen


def place_written(address: str) -> "ServerAddress | None":
    """Return the server that an address means which was written down, None when it means none."""
    from dentalsales.blueprint.rules import RuleBroken
    from dentalsales.storage.server_address import ServerAddress

    try:
        return ServerAddress.parse(address)
    except RuleBroken:
        return None


def after_missing(folder: Path) -> Elsewhere | None:
    """Say that the folder in which this PC worked holds no company any more, as when a disk is unplugged."""
    from dentalsales.i18n import _, tr
    from dentalsales.ui.server_away_dialog import ServerAwayDialog

    told = _("There is no company in {folder}. Plug the disk in on which it lies, or choose another place.")
    dialog = ServerAwayDialog(str(folder), "", tr(told.fill(folder=str(folder))), False)
    dialog.exec()
    choice = dialog.choice
    forget_widget(dialog)
    if choice == "again":
        return Elsewhere(folder, same=True)
    return choose_place(None) if choice == "elsewhere" else None


def choose_place(place: "ServerAddress | None") -> Elsewhere | None:
    """Ask for a server, beginning with this one, or a folder; None when it was closed."""
    from dentalsales.ui.server_dialog import ServerDialog
    from dentalsales.usecases.server_place import words_of

    dialog = ServerDialog(words_of(place, is_kept(place)) if place is not None else None)
    dialog.exec()
    choice = dialog.choice
    forget_widget(dialog)
    return elsewhere_of(choice) if choice is not None else None


def elsewhere_of(choice: Any) -> Elsewhere:
    """Turn what was chosen in the window, a folder or a server that was tested or typed, into the place to go on in."""
    if isinstance(choice, Path):
        return Elsewhere(choice)
    words = getattr(choice, "words", choice)
    return Elsewhere(words.address(), words.keep, bool(getattr(choice, "is_empty", False)))


def keep_place(preferences: Any, chosen: Elsewhere) -> None:
    """Remember a place in which somebody has signed in; its password goes into the keyring or nowhere."""
    place = chosen.place
    if isinstance(place, Path):
        preferences.keep(PLACE, "" if place == user_folder("data") else str(place.absolute()))
        return
    kept, asked = ([one for one in preferences.get(key, []) if one != place.written] for key in (KEPT, ASKED))
    if chosen.keep and place.password and _put_into_keyring(place):
        kept.append(place.written)
    elif place.password:
        asked.append(place.written)
    preferences.keep(KEPT, kept)
    preferences.keep(ASKED, asked)
    if not chosen.same:
        preferences.keep(PLACE, place.written)


def _put_into_keyring(place: "ServerAddress") -> bool:
    """Hand the password over beside the window, which the keyring may ask something of its own."""
    from dentalsales.i18n import _
    from dentalsales.storage.kept_password import keep_password
    from dentalsales.ui.work_dialog import WorkDialog

    dialog = WorkDialog(
        _("Keyring"),
        _("The password goes into the system's keyring…"),
        lambda _progress: keep_password(place),
        _("Do not keep it"),
    )
    kept = dialog.run()
    forget_widget(dialog)
    return kept
