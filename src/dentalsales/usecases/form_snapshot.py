"""Pictures of a form: to see what changed, to undo, and to come back after a crash."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dentalsales.blueprint.fields import DATES, Field
from dentalsales.blueprint.record import child_class, fields_of
from dentalsales.usecases.record_shape import lines_names, values

UNFIT, MARKS = "~unfit", "~marks"
"""Where a snapshot keeps what is no value; no field is called so."""
FOUND_BY = "search_text"
"""Made anew by every save, and it holds phone numbers."""


def columns(record: Any) -> dict[str, Any]:
    """Return the stored values of one record without its lines."""
    return {"id": record.id, **values(record)}


def taken(record: Any) -> dict[str, Any]:
    """Return the stored values of a record and its lines."""
    return columns(record) | {
        name: [columns(line) for line in getattr(record, name)] for name in lines_names(type(record))
    }


UNKNOWN = object()
"""What a field held when nobody remembers: it equals nothing, so both sides count as changed."""


def forgotten(start: dict[str, Any]) -> dict[str, Any]:
    """Return the same fields and lines with nothing known of what they held."""
    return {
        name: [{key: kept if key == "id" else UNKNOWN for key, kept in row.items()} for row in value]
        if isinstance(value, list)
        else UNKNOWN
        for name, value in start.items()
    }


def differences(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    """Return the names whose values differ."""
    return {name for name, value in after.items() if before.get(name) != value}


def as_json(form: Any) -> dict[str, Any]:
    """Return the same as `taken` in values that JSON knows, without what the employee may not see whole.

    Text that did not fit its cell and the marks of copied cells stand beside the values, by lines field.
    """
    record, known = form.record, fields_of(form.record)

    def hidden(field: Field) -> bool:
        return bool(form.is_hidden(field) or form.is_masked(field))

    grids = [name for name, field in known.items() if field.kind == "lines" and not hidden(field)]
    return {
        UNFIT: {name: _unfit(form, name) for name in grids},
        MARKS: {name: form.marks.taken(getattr(record, name)) for name in grids},
    } | {
        name: [_plain_row(row, fields_of(child_class(record, name)), hidden) for row in value]
        if isinstance(value, list)
        else _plain(value)
        for name, value in taken(record).items()
        if name != FOUND_BY and (name not in known or not hidden(known[name]))
    }


def _unfit(form: Any, name: str) -> list[list[Any]]:
    places = {id(line): place for place, line in enumerate(getattr(form.record, name))}
    return [[places[line], field, str(text)] for (line, field), text in form.unfit.items() if line in places]


def _plain_row(row: dict[str, Any], known: dict[str, Field], hidden: Callable[[Field], bool]) -> dict[str, Any]:
    return {name: _plain(value) for name, value in row.items() if name not in known or not hidden(known[name])}


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value.isoformat() if isinstance(value, date) else value


def restore(form: Any, snapshot: dict[str, Any]) -> None:
    """Put a snapshot back; what only the program writes stays, and so do fields the employee may not edit."""
    for name, value in snapshot.items():
        field = fields_of(form.record).get(name)
        if field is None:
            continue
        if field.kind == "lines":
            _restore_lines(form, name, value)
        elif (form.can_edit(name) or (form.is_new and field.read_only and field.copied)) and form.may_link(
            field, value
        ):
            setattr(form.record, name, _value(field.kind, value))
    for name, cells in snapshot.get(UNFIT, {}).items():
        lines = getattr(form.record, name)
        form.unfit |= {(id(lines[place]), field): text for place, field, text in cells}
    for name, marks in snapshot.get(MARKS, {}).items():
        form.marks.put_back(getattr(form.record, name), marks)


def _restore_lines(form: Any, name: str, rows: list[dict[str, Any]]) -> None:
    child = child_class(form.record, name)
    known = fields_of(child)
    there = {line.id: line for line in getattr(form.record, name) if line.id is not None}
    lines = []
    for row in rows:
        line = child()
        before = there.get(row.get("id"))
        for key in columns(line):
            field = known.get(key)
            if key in row and (field is None or field.copied or not field.read_only) and (key != "id" or before):
                setattr(line, key, row[key] if field is None else _value(field.kind, row[key]))
            elif before is not None:
                setattr(line, key, getattr(before, key))
            elif field is not None and field.default is not None and field.default not in ("today", "now"):
                setattr(line, key, field.default)
        lines.append(line)
    setattr(form.record, name, lines)


def _value(kind: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if kind in ("money", "price", "percent"):
        return Decimal(value)
    if kind in DATES:
        return date.fromisoformat(value)
    return datetime.fromisoformat(value) if kind == "moment" else value
