"""The lines of two forms of one record, matched by what they are, and put together in one order."""

from dataclasses import dataclass
from typing import Any

from dentalsales.usecases.blank_record import detached


@dataclass(frozen=True)
class Lines:
    """Lines by key: the id of a stored line, and for one that was added here a key of its own (below zero)."""

    start: dict[int, dict[str, Any]]
    mine: dict[int, Any]
    theirs: dict[int, Any]

    @property
    def keys(self) -> list[int]:
        """All lines as they are read: those of this form in their order, then what came or stayed elsewhere."""
        return [*self.mine, *(key for key in self.theirs if key not in self.mine)]

    def put_together(self, takes: dict[int | None, str]) -> list[tuple[Any, int]]:
        """Return the lines that remain with their keys; `takes` names the side for lines that only one side has.

        They stand as somebody moved them: here if they were moved here, else as they were saved.
        """
        kept = {key: self.theirs[key] for key in self.theirs if key in self.mine or takes.get(key) == "theirs"}
        came = {key: line for key, line in self.mine.items() if key not in self.theirs and takes.get(key) == "mine"}
        order = [key for key in self.theirs if key in kept]
        if self._moved_here():
            order = [key for key in self.keys if key in kept]
        for key, line in came.items():
            order.insert(self._after(key, order), key)
            kept[key] = line if key < 0 else _anew(line)
        return [(kept[key], key) for key in order]

    def _moved_here(self) -> bool:
        shared = [key for key in self.start if key in self.mine]
        return [key for key in self.mine if key in self.start] != shared

    def _after(self, key: int, order: list[int]) -> int:
        """Return the place behind the nearest line that stands before it here."""
        mine = list(self.mine)
        before = [one for one in mine[: mine.index(key)] if one in order]
        return order.index(before[-1]) + 1 if before else 0


def matched(form: Any, fresh: Any, name: str) -> Lines:
    """Return the lines of a field as they were opened, as they are here, and as they are saved."""
    return Lines(
        {row["id"]: row for row in form.start[name]},
        {line.id or -at: line for at, line in enumerate(getattr(form.record, name), 1)},
        {line.id: line for line in getattr(fresh.record, name)},
    )


def _anew(line: Any) -> Any:
    """Return a line that was deleted elsewhere as a new one."""
    copy = detached(line)
    copy.id = None
    return copy
