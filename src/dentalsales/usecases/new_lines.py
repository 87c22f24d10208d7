"""The lines of a new record: they stand in it while the rules look at them, and are written by one statement."""

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
            make_transient_to_detached(line)


def hand_over(act: Any, record: Any) -> None:
    """Make written lines known to the session, which keeps what the steps now change in them."""
    act.session.add_all(line for name in lines_names(type(record)) for line in getattr(record, name))


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
def _statements(cls: type[Any], name: str) -> tuple[Insert, Select[Any], str]:
    """Return how lines are added, how their ids are read by place, and the name of the owner's key."""
    (owner,) = inspect(cls).relationships[name].remote_side
    table: Table = child_class(cls, name).__table__
    return insert(table), select(table.c.position, table.c.id).where(owner == bindparam("owner")), owner.key
