"""What the acts need to know of a record class, found out once per class: stored names, lines, links."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import inspect

from dentalsales.blueprint.record import fields_of


@dataclass(frozen=True)
class Shape:
    """The names of a record class by what they are."""

    stored: tuple[str, ...]
    lines: tuple[str, ...]
    links: tuple[tuple[str, str, type[Any]], ...]
    copied: tuple[str, ...]
    compared: tuple[tuple[str, bool], ...]


_SHAPES: dict[type[Any], Shape] = {}


def stored_names(cls: type[Any]) -> tuple[str, ...]:
    """Return the names of all stored attributes but the key."""
    return _shape_of(cls).stored


def values(record: Any) -> dict[str, Any]:
    """Return all stored values of a record but its key; what is loaded is taken without asking the attribute."""
    there = record.__dict__
    return {name: there[name] if name in there else getattr(record, name) for name in stored_names(type(record))}


def lines_names(cls: type[Any]) -> tuple[str, ...]:
    """Return the names of the fields that hold child records."""
    return _shape_of(cls).lines


def links_of(cls: type[Any]) -> tuple[tuple[str, str, type[Any]], ...]:
    """Return (link field, relationship, target class) of every link that rules can follow."""
    return _shape_of(cls).links


def copied_names(child: type[Any]) -> tuple[str, ...]:
    """Return what is copied from a form's line to the stored one: all but place, key and the owner's key."""
    return _shape_of(child).copied


def compared_names(cls: type[Any]) -> tuple[tuple[str, bool], ...]:
    """Return the declared fields of a class that are stored, and whether they are lines."""
    return _shape_of(cls).compared


def _shape_of(cls: type[Any]) -> Shape:
    found = _SHAPES.get(cls)
    if found is None:
        stored = tuple(attribute.key for attribute in inspect(cls).column_attrs if attribute.key != "id")
        found = _SHAPES[cls] = Shape(
            stored,
            tuple(name for name, field in fields_of(cls).items() if field.kind == "lines"),
            tuple(
                (next(iter(relation.local_columns)).key, relation.key, relation.mapper.class_)
                for relation in inspect(cls).relationships
                if relation.direction.name == "MANYTOONE"
            ),
            tuple(name for name in stored if name != "position" and not _is_owner(cls.__table__.columns[name])),
            tuple(
                (name, field.kind == "lines")
                for name, field in fields_of(cls).items()
                if field.kind == "lines" or name in stored
            ),
        )
    return found


def _is_owner(column: Any) -> bool:
    return any(foreign.ondelete == "CASCADE" for foreign in column.foreign_keys)
