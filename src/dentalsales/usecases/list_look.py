"""How an employee has arranged a list: columns, widths, order, groups; as values and as the JSON that is kept."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dentalsales.blueprint.table import Filter
from dentalsales.usecases.keep_history import canonical


@dataclass(frozen=True)
class ListLook:
    """What a list shows and how; nothing given means as the register declares it."""

    columns: tuple[str, ...] = ()
    widths: Mapping[str, int] = field(default_factory=dict)
    """Pixels by column, for those that were drawn by hand."""
    order: str = ""
    group: str = ""
    frozen: int = 1
    """So many columns stay while the others are scrolled sideways."""


@dataclass(frozen=True)
class ViewContent:
    """What a saved view keeps: what is searched and filtered, and the look of the list."""

    search: str = ""
    filters: tuple[Filter, ...] = ()
    look: ListLook = field(default_factory=ListLook)


def content_as_json(content: ViewContent) -> str:
    """Return the text that is kept of a saved view."""
    filters = [[one.name, one.operator, _plain(one.value)] for one in content.filters]
    return canonical({"search": content.search, "filters": filters, "look": look_as_plain(content.look)})


def content_from_json(text: str) -> ViewContent:
    """Return what a saved view keeps."""
    said: dict[str, Any] = json.loads(text)
    filters = tuple(
        Filter(name, operator, tuple(value) if isinstance(value, list) else value)
        for name, operator, value in said.get("filters", ())
    )
    return ViewContent(said.get("search", ""), filters, look_of_plain(said.get("look", {})))


def look_as_plain(look: ListLook) -> dict[str, Any]:
    """Return a look in values that JSON can write."""
    return {
        "columns": list(look.columns),
        "widths": dict(look.widths),
        "order": look.order,
        "group": look.group,
        "frozen": look.frozen,
    }


def look_of_plain(said: Mapping[str, Any]) -> ListLook:
    """Return the look that such values mean; what they do not say is as declared."""
    return ListLook(
        tuple(said.get("columns", ())),
        {str(name): int(width) for name, width in said.get("widths", {}).items()},
        said.get("order", ""),
        said.get("group", ""),
        int(said.get("frozen", 1)),
    )


def _plain(value: Any) -> Any:
    if isinstance(value, (tuple, list)):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, (Decimal, date, datetime)) else value
