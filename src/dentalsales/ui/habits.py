"""How an employee likes to work, beyond looks and keys; in force for the whole window."""

from dentalsales.ui.preferences import Remembering

ENTER_GOES = "enter_goes"
ONWARDS, DOWN = "onwards", "down"
_in_force: dict[str, str] = {}


def use(preferences: Remembering) -> None:
    """Put the habits of an employee in force."""
    _in_force[ENTER_GOES] = preferences.get(ENTER_GOES, ONWARDS)


def enter_goes_down() -> bool:
    """Say whether Enter in lines goes down the column, as in a spreadsheet, instead of on to the next needed cell."""
    return _in_force.get(ENTER_GOES) == DOWN
