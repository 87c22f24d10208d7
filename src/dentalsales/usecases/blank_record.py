"""New records with their defaults, and copies of stored ones that no session knows: what a form is filled in on."""

from typing import Any

from sqlalchemy import inspect

from dentalsales.blueprint.fields import Field
from dentalsales.blueprint.record import fields_of
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.record_shape import lines_names, stored_names


def blank(cls: type[Any], desk: Desk) -> Any:
    """Return a new record with every field at its default."""
    record = cls()
    fill_blanks(record, desk)
    return record


def fill_blanks(record: Any, desk: Desk) -> None:
    """Give every stored field without a value its default."""
    stored = inspect(type(record)).column_attrs
    for name, field in fields_of(record).items():
        if field.kind == "lines":
            for line in getattr(record, name):
                fill_blanks(line, desk)
        elif name in stored and getattr(record, name) is None:
            setattr(record, name, default_of(field, desk, stored[name].columns[0].nullable))


def default_of(field: Field, desk: Desk, nullable: bool) -> Any:
    """Return what a field starts with."""
    if field.default == "today":
        return desk.today
    if field.default is not None:
        return field.default
    return "" if field.kind in ("text", "note", "choice", "choices", "state") and not nullable else None


def detached(record: Any) -> Any:
    """Return a copy of a record and its lines that no session knows."""
    copy = type(record)()
    copy.id = record.id
    for name in stored_names(type(record)):
        setattr(copy, name, getattr(record, name))
    for name in lines_names(type(record)):
        setattr(copy, name, [detached(line) for line in getattr(record, name)])
    return copy
