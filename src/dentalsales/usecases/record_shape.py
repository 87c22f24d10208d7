"""What the acts need to know of a record class, found out once per class: stored names, lines, links."""

from functools import cache
from typing import Any

from sqlalchemy import inspect

from dentalsales.blueprint.record import fields_of


@cache
def stored_names(cls: Any) -> tuple[str, ...]:
    """Return the names of all stored attributes but the key."""
    return tuple(attribute.key for attribute in inspect(cls).column_attrs if attribute.key != "id")


@cache
def lines_names(cls: Any) -> tuple[str, ...]:
    """Return the names of the fields that hold child records."""
    return tuple(name for name, field in fields_of(cls).items() if field.kind == "lines")


@cache
def links_of(cls: Any) -> tuple[tuple[str, str, type[Any]], ...]:
    """Return (link field, relationship, target class) of every link that rules can follow."""
    return tuple(
        (next(iter(relation.local_columns)).key, relation.key, relation.mapper.class_)
        for relation in inspect(cls).relationships
        if relation.direction.name == "MANYTOONE"
    )


@cache
def copied_names(child: Any) -> tuple[str, ...]:
    """Return what is copied from a form's line to the stored one: all but place, key and the owner's key."""
    return tuple(
        name for name in stored_names(child) if name != "position" and not _is_owner(child.__table__.columns[name])
    )


def _is_owner(column: Any) -> bool:
    return any(foreign.ondelete == "CASCADE" for foreign in column.foreign_keys)
