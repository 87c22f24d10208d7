"""What is asked of a list and what comes back: plain values, safe to hand to any thread."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from dentalsales.blueprint.register import Register
from dentalsales.blueprint.table import Filter
from dentalsales.i18n import Text


@dataclass(frozen=True)
class ListColumn:
    """One column as the list shows it; width is in characters of the default font."""

    name: str
    label: Text
    kind: str
    width: int
    total: bool = False
    sortable: bool = True
    choices: tuple[tuple[str, Text], ...] = ()
    target: str | None = None
    """Table that a link points at, for the editor of a filter."""
    deadline: bool = False
    """A moment that is told as how long it is until then, or since."""


@dataclass(frozen=True)
class Query:
    """Which rows and columns of a register; no columns means the usual ones."""

    register: str
    search: str = ""
    filters: tuple[Filter, ...] = ()
    order: str = ""
    """Names with commas between; a leading minus means descending."""
    columns: tuple[str, ...] = ()
    group: str = ""
    """Name of the column whose equal values stand together; days and moments stand together by month."""
    only: tuple[int, ...] = ()
    """If given, only these records: the checked ones."""
    without: tuple[int, ...] = ()
    """Records left out: all were checked but these."""


class ListRow(NamedTuple):
    """One record: its shown values in column order, its state's name and colour family ("" without a workflow)."""

    id: int
    cells: tuple[Any, ...]
    state: str = ""
    family: str = ""


@dataclass(frozen=True)
class Page:
    """Some rows of a list; `next` is where the following page begins, None after the last row."""

    rows: list[ListRow]
    next: Any | None = None


@dataclass(frozen=True)
class Window:
    """Rows of a list from the middle of it: the first one's place, and the key behind the last for what follows."""

    start: int
    rows: list[ListRow]
    next: Any | None = None


@dataclass(frozen=True)
class Group:
    """Rows that have the same value in a column: the value in words, how many they are, and their sums by name."""

    words: Any
    kind: str
    count: int
    sums: dict[str, int | Decimal]
    filter: Filter
    """What keeps a list to this group."""


@dataclass(frozen=True)
class Totals:
    """How many rows a query has, and the sums of its total columns by name."""

    count: int
    sums: dict[str, int | Decimal]


@dataclass(frozen=True)
class RelatedList:
    """A tab on a record's card: the records of another register that belong to it."""

    register: Register
    label: Text
    query: Query
