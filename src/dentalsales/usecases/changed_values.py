"""What changed of a record, as its history keeps it: of each field the old value and the new one."""

from typing import Any

from dentalsales.usecases.record_shape import compared_names, lines_names

TOLD_ELSEWHERE = frozenset({"number", "state"})
"""What the entry of a step tells anyway."""


def values_of(record: Any) -> dict[str, Any]:
    """Return the values that the history compares: all declared fields, lines as rows of values."""
    return {
        name: [values_of(line) for line in getattr(record, name)] if are_lines else getattr(record, name)
        for name, are_lines in compared_names(type(record))
    }


def changes_of(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """Return field -> [old, new] for what differs."""
    return {name: [before.get(name), value] for name, value in after.items() if before.get(name) != value}


def changes_by_effects(record: Any, before: dict[str, Any], asked: dict[str, Any]) -> dict[str, Any]:
    """Return what a step changed: what was `asked` with it, and what its effects did to the values of `before`.

    Of lines that stayed only cells are told that held something else: what was filled in stands on the paper itself.
    """
    found = dict(asked)
    for name, (old, new) in changes_of(before, values_of(record)).items():
        if name in lines_names(type(record)) and len(old) == len(new):
            rows = [_replaced(*rows) for rows in zip(old, new, strict=True)]
            old, new = [row[0] for row in rows if row[0]], [row[1] for row in rows if row[0]]
        if old != new and name not in TOLD_ELSEWHERE:
            found[name] = [asked[name][0] if name in asked else old, new]
    return found


def _replaced(old: dict[str, Any], new: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    names = [name for name, value in old.items() if value not in (None, "") and new.get(name) != value]
    return {name: old[name] for name in names}, {name: new[name] for name in names}
