"""Which column of a list takes the room that is left, and which room a column needs whatever its rows say."""

from collections.abc import Sequence
from typing import Any

from dentalsales.i18n import tr
from dentalsales.ui.cell_delegate import least_room


def wordiest(columns: Sequence[Any]) -> int:
    """Return the place of the column for the longest words: a name or link, else a text; -1 for none."""
    words = [place for place, column in enumerate(columns) if column.kind in ("link", "text")]
    linked = [place for place in words if columns[place].kind == "link" or "name" in columns[place].name]
    return (linked or words or [-1])[0]


def rooms(columns: Sequence[Any]) -> list[int]:
    """Return the room that the days, moments and states of each column need; 0 where it depends on the rows."""
    return [least_room(column.kind, (tr(label) for _name, label in column.choices)) for column in columns]
