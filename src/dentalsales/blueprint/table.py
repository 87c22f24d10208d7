"""The list of a register: its columns, what the search looks at, and the views the office asks for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dentalsales.i18n import Text


@dataclass(frozen=True)
class Column:
    """A list column that no stored field gives: an SQL expression of the record's class."""

    name: str
    label: Text
    kind: str
    value: Callable[..., Any]
    """record class -> SQL expression (a scalar subquery); it can be shown and filtered."""
    total: bool = False
    see_roles: frozenset[str] | None = None
    told: Callable[[Any], Any] | None = None
    """(something with `today` and `setting`) -> what the expression has to be told of the day and the company's
    settings; it is asked at every reading, and `value` then gets it as a second parameter."""


@dataclass(frozen=True)
class Filter:
    """One condition: operators are =, !=, <, <=, >, >=, in, has (contains text), empty, not_empty.

    Days also know not_since: before that day, or never.
    """

    name: str
    operator: str
    value: Any = None


@dataclass(frozen=True)
class View:
    """A named set of filters, a chip above the list; "today", "now" and "me" are the day, the moment, the employee."""

    name: str
    label: Text
    filters: tuple[Filter, ...] = ()
    order: str = ""


@dataclass(frozen=True)
class Table:
    """Columns are field names, paths through a link ("customer_id.class_") or Column objects."""

    columns: tuple[str | Column, ...]
    search: tuple[str, ...]
    order: str
    """Field to sort by at first; a leading minus means newest first."""
    more: tuple[str | Column, ...]
    """Columns that can be shown but are not at first."""
    views: tuple[View, ...]
    filters: tuple[str, ...]
    """Fields offered in the filter bar."""

    def __init__(
        self,
        *columns: str | Column,
        search: tuple[str, ...] = (),
        order: str = "-id",
        more: tuple[str | Column, ...] = (),
        views: tuple[View, ...] = (),
        filters: tuple[str, ...] = (),
    ) -> None:
        for name, value in (("columns", columns), ("search", search), ("order", order), ("more", more)):
            object.__setattr__(self, name, value)
        object.__setattr__(self, "views", views)
        object.__setattr__(self, "filters", filters)
