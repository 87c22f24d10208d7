"""New records with their defaults, and copies of stored ones that no session knows: what a form is filled in on."""

from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import make_transient

from dentalsales.blueprint.fields import Field
from dentalsales.blueprint.record import fields_of
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.record_shape import lines_names, links_of, values


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
    if field.default == "now":
        return desk.now().replace(second=0, microsecond=0)
    if field.default is not None:
        return field.default
    return "" if field.kind in ("text", "note", "choice", "choices", "state") and not nullable else None


def detached(record: Any) -> Any:
    """Return a copy of a record and its lines that no session knows."""
    copy = type(record)()
    copy.id = record.id
    copy.__dict__.update(values(record))
    for name in lines_names(type(record)):
        setattr(copy, name, [detached(line) for line in getattr(record, name)])
    return copy


def released(record: Any) -> Any:
    """Return a record and its lines after their session let go of them: all is loaded, links are not followed."""
    everything = [record, *(line for name in lines_names(type(record)) for line in getattr(record, name))]
    for one in everything:
        loaded = values(one)
        make_transient(one)
        one.__dict__.update(loaded)
        for _link, relation, _target in links_of(type(one)):
            one.__dict__.pop(relation, None)
    return record
