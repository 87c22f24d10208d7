"""What the Today page shows: figures that open the list they are taken from, and small tables with a drawing."""

from collections.abc import Callable
from dataclasses import dataclass

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.report import Period
from dentalsales.blueprint.sheet import Block
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


@dataclass(frozen=True)
class Glance:
    """A table of the month so far, drawn small: each row opens what stands behind it."""

    name: str
    title: Text
    kind: str
    """"goals": the columns name, value, goal and share, drawn as bars; "days": day and value, drawn as a line."""
    make: Callable[[Act, Period], Block]
    view: frozenset[str]


@dataclass(frozen=True)
class FirstStep:
    """What a new company does before the first day of work; done when its register holds enough records."""

    text: Text
    register: str
    import_kind: str = ""
    """The import that does it; "" for a record that is begun by hand."""
    enough: int = 1
