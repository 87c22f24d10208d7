"""Who may move the company over to a server, or back into a folder."""

from dentalsales.blueprint.roles import MANAGERS
from dentalsales.blueprint.rules import NotAllowed
from dentalsales.i18n import _
from dentalsales.usecases.desk import Desk


def may_move(desk: Desk) -> bool:
    """Say whether to offer the move; it asks again itself."""
    return bool(desk.roles & MANAGERS) and desk.only_to_look is None


def demand_move(desk: Desk) -> None:
    """Raise NotAllowed unless the employee manages: everybody works in the new place from then on."""
    if not desk.roles & MANAGERS:
        raise NotAllowed(_("Only the sales manager or director moves the company to another place."))
