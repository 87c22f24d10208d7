"""Where this computer works: the place that was chosen in the window, kept without its password, for the next start."""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dentalsales.app.user_folders import user_folder

if TYPE_CHECKING:
    from dentalsales.app.user_folders import Place
    from dentalsales.storage.server_address import ServerAddress

PLACE, KEPT, ASKED = "place", "kept_passwords", "asked_passwords"
"""In the preferences of this computer: an address or a folder; addresses whose password the keyring has, or nobody."""


@dataclass(frozen=True)
class Elsewhere:
    """Another place to go on in; `keep` puts its password into the system's keyring, `empty` says none is there yet.

    With `same` it is the place of before with another password: that is no reason to begin there the next time, too.
    """

    place: "Place"
    keep: bool = False
    empty: bool = False
    same: bool = False

    def after(self, other: "Elsewhere | None") -> "Elsewhere":
        """The same, chosen after another one that was not worked in yet."""
        return replace(self, same=self.same and (other is None or other.same))


def preferences_file() -> Path:
    """Return the file in which this computer remembers what it needs before anybody has signed in."""
    return user_folder("config") / "preferences.json"


def usual_place() -> "Place":
    """Return where a start without further words works: what was chosen last, else the user's own folder."""
    kept = _kept().get(PLACE)
    if isinstance(kept, str) and kept:
        from dentalsales.blueprint.rules import RuleBroken
        from dentalsales.storage.server_address import ServerAddress, is_server

        if not is_server(kept):
            return Path(kept)
        try:
            return ServerAddress.parse(kept)
        except RuleBroken:  # written by hand, or by another version
            return user_folder("data")
    return user_folder("data")


def is_missing(place: Path) -> bool:
    """Say whether the company that was chosen for this PC is no longer in its folder."""
    return _kept().get(PLACE) == str(place) and not (place / "company.db").exists()


def is_kept(place: "Place") -> bool:
    """Say whether the keyring was given the password of this server."""
    return not isinstance(place, Path) and place.written in _kept().get(KEPT, [])


def with_kept_password(place: "ServerAddress") -> "ServerAddress":
    """Return the address with the password that the system's keyring keeps; unlocking it may take a while."""
    if place.password or not is_kept(place):
        return place
    from dentalsales.storage.kept_password import kept_password

    return place.with_password(kept_password(place))


def _kept() -> dict[str, Any]:
    try:
        found = json.loads(preferences_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
