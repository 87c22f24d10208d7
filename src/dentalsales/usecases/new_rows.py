"""New records are written without the session's bookkeeping: the record by one statement, its lines by another.

Both stand before the rules as objects that no session knows; only a step that follows makes them known to it.
"""

from functools import lru_cache
from typing import Any

from sqlalchemy import Insert, Select, Table, bindparam, insert, inspect, select
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.orm.attributes import instance_state, set_committed_value

from dentalsales.blueprint.record import child_class
from dentalsales.usecases.record_shape import lines_names, values


def put_lines(record: Any, name: str, source: Any, names: list[str]) -> None:
    """Give a new record copies of a form's lines, of them only `names`; the session would write them one by one."""
    child, lines = child_class(record, name), []
    for position, line in enumerate(getattr(source, name)):
        made = child()
        known = values(line)
        made.__dict__.update({one: known[one] for one in names}, position=position)
        lines.append(made)
    set_committed_value(record, name, lines)


def write_head(act: Any, record: Any) -> None:
    """Write a new record that the session does not know; its lines come after it."""
    cls: Any = type(record)
    row = _row(record, {})
    written = act.session.connection().execute(_adding(cls), row)
    record.__dict__.update(row, id=written.inserted_primary_key[0])


def write_lines(act: Any, record: Any) -> None:
    """Write what `put_lines` gave to a record that has its id by now."""
    cls: Any = type(record)
    for name in lines_names(cls):
        lines = [line for line in getattr(record, name) if instance_state(line).transient]
        if not lines:
            continue
        adding, places, owner = _statements(cls, name)
        rows = [_row(line, {owner: record.id}) for line in lines]
        connection = act.session.connection()
        connection.execute(adding, rows)
        ids = {position: key for position, key in connection.execute(places, {"owner": record.id})}
        for line, row in zip(lines, rows, strict=True):
            line.__dict__.update(row, id=ids[line.position])


def hand_over(act: Any, record: Any) -> None:
    """Make what was written known to the session, which keeps what a step now changes in it."""
    lines = [line for name in lines_names(type(record)) for line in getattr(record, name)]
    for one in (*lines, record):
        if instance_state(one).transient:
            make_transient_to_detached(one)
    act.session.add(record)  # its lines follow it


def read_lines_again(act: Any, record: Any) -> None:
    """Have those lines read anew to which a step added some without its record, or not at their place."""
    cls: Any = type(record)
    for name in lines_names(cls):
        child, owner = child_class(cls, name), _owner(cls, name)
        known = {id(one) for one in act.session if type(one) is child and getattr(one, owner) == record.id}
        lines = getattr(record, name)
        places = [line.position for line in lines]
        if known != {id(line) for line in lines} or places != sorted(places):
            act.session.expire(record, [name])


def _row(line: Any, own: dict[str, Any]) -> dict[str, Any]:
    """Return what is written of a line; a column that the form does not know has its declared default."""
    row, cls = values(line) | own, line.__class__
    for name, default in _defaults(cls):
        if row[name] is None:
            row[name] = default
    return row


@lru_cache
def _defaults(child: type[Any]) -> tuple[tuple[str, Any], ...]:
    table: Table = child.__table__
    defaults: list[tuple[str, Any]] = [(one.key, one.default) for one in table.columns if one.default is not None]
    return tuple((name, default.arg) for name, default in defaults if default.is_scalar)


@lru_cache
def _adding(cls: Any) -> Insert:
    return insert(cls.__table__)


@lru_cache
def _owner(cls: Any, name: str) -> str:
    """Return the name of a line's key of its owner."""
    (owner,) = inspect(cls).relationships[name].remote_side
    return str(owner.key)


@lru_cache
def _statements(cls: Any, name: str) -> tuple[Insert, Select[Any], str]:
    """Return how lines are added, how their ids are read by place, and the name of the owner's key."""
    child: Any = child_class(cls, name)
    owner = _owner(cls, name)
    table: Table = child.__table__
    places = select(table.c.position, table.c.id).where(table.c[owner] == bindparam("owner"))
    return _adding(child), places, owner
