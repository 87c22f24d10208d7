"""Pictures of a form: to see what changed, to undo, and to come back after a crash."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import inspect

from dentalsales.blueprint.record import child_class, fields_of


def columns(record: Any) -> dict[str, Any]:
    """Return the stored values of one record without its lines."""
    return {attribute.key: getattr(record, attribute.key) for attribute in inspect(type(record)).column_attrs}


def taken(record: Any) -> dict[str, Any]:
    """Return the stored values of a record and its lines."""
    found = columns(record)
    for name, field in fields_of(record).items():
        if field.kind == "lines":
            found[name] = [columns(line) for line in getattr(record, name)]
    return found


def differences(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    """Return the names whose values differ."""
    return {name for name, value in after.items() if before.get(name) != value}


def as_json(record: Any) -> dict[str, Any]:
    """Return the same as `taken` in values that JSON knows."""
    return {
        name: [_plain_row(row) for row in value] if isinstance(value, list) else _plain(value)
        for name, value in taken(record).items()
    }


def _plain_row(row: dict[str, Any]) -> dict[str, Any]:
    return {name: _plain(value) for name, value in row.items()}


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value.isoformat() if isinstance(value, date) else value


def restore(form: Any, snapshot: dict[str, Any]) -> None:
    """Put a snapshot back; fields the employee may not edit stay, unless the program filled them in a new record."""
    for name, value in snapshot.items():
        field = fields_of(form.record).get(name)
        if field is None:
            continue
        if field.kind == "lines":
            _restore_lines(form, name, value)
        elif form.can_edit(name) or (form.is_new and field.read_only):
            setattr(form.record, name, _value(field.kind, value))


def _restore_lines(form: Any, name: str, rows: list[dict[str, Any]]) -> None:
    child = child_class(form.record, name)
    lines = []
    for row in rows:
        line = child()
        for key, value in row.items():
            field = fields_of(child).get(key)
            setattr(line, key, value if field is None else _value(field.kind, value))
        lines.append(line)
    setattr(form.record, name, lines)


def _value(kind: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if kind in ("money", "price", "percent"):
        return Decimal(value)
    if kind == "day":
        return date.fromisoformat(value)
    return datetime.fromisoformat(value) if kind == "moment" else value
