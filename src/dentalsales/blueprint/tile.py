"""A figure on the Today page that opens the list it is taken from."""

from dataclasses import dataclass

from dentalsales.blueprint.table import Filter
from dentalsales.i18n import Text


@dataclass(frozen=True)
class TileWords:
    """The number of rows of a register's list under filters, or the sum of one of its columns."""

    name: str
    label: Text
    register: str
    filters: tuple[Filter, ...] = ()
    kind: str = "number"
    total: str = ""
    """Column that is summed (its field has total=True); empty counts the rows."""
    roles: frozenset[str] | None = None
    """Who gets the tile; None means everyone who sees the register."""
