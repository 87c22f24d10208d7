"""Which cells of a form were copied from another paper and not looked at since, and what they held there."""

from collections.abc import Sequence
from typing import Any

Rows = list[list[Any]]
"""[place of the line, name of the field, what it held before] of every mark, as a snapshot keeps them."""


class CopyMarks:
    """Marks by line and field; a mark goes when its cell is typed into."""

    def __init__(self) -> None:
        self._marks: dict[tuple[int, str], str] = {}

    def put(self, line: Any, name: str, former: str = "") -> None:
        """Mark a cell as copied; `former` is what it said there, when it says something else now."""
        self._marks[id(line), name] = former

    def of(self, line: Any, name: str) -> str | None:
        """Return what the cell held before ("" when the same), None when it is not marked."""
        return self._marks.get((id(line), name))

    def touched(self, line: Any, name: str) -> None:
        """The cell was typed into: it is no copy any more."""
        self._marks.pop((id(line), name), None)

    def forget(self, line: Any) -> None:
        """The line is gone."""
        self._marks = {key: former for key, former in self._marks.items() if key[0] != id(line)}

    def changed_in(self, name: str) -> int:
        """Return in how many lines a field says something else than on the paper it comes from."""
        return sum(1 for (_line, field), former in self._marks.items() if field == name and former)

    def taken(self, lines: Sequence[Any]) -> Rows:
        """Return the marks of some lines for a snapshot."""
        places = {id(line): place for place, line in enumerate(lines)}
        return [[places[line], name, former] for (line, name), former in self._marks.items() if line in places]

    def put_back(self, lines: Sequence[Any], rows: Rows) -> None:
        """Take the marks of a snapshot back."""
        self._marks = {(id(lines[place]), name): former for place, name, former in rows if place < len(lines)}
