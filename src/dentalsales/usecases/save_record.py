"""Saving a record: permission, version, field rules, the register's rules, numbering and history in one transaction."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm.attributes import set_committed_value

from dentalsales.blueprint.record import Line, child_class, fields_of
from dentalsales.blueprint.register import Register
from dentalsales.blueprint.rules import Conflict, NotAllowed, RuleBroken, SeveralRulesBroken
from dentalsales.i18n import _
from dentalsales.usecases.check_fields import record_problems
from dentalsales.usecases.keep_history import write_history
from dentalsales.usecases.own_records import own_records
from dentalsales.usecases.search_text import fill_search_text


def load(act: Any, register: Register, record_id: int, version: int | None = None) -> Any:
    """Return a record that the employee may see; Conflict when it is newer than `version`."""
    act.desk.demand(register.name, "view")
    record = act.session.get(register.record, record_id)
    if record is None:
        raise RuleBroken(_("This record is not there any more. Refresh the list."))
    own = own_records(register, act.roles, act.employee.id)
    if own is not None:
        mine = select(register.record.id).where(register.record.id == record_id, own)
        if act.session.scalar(mine) is None:
            raise NotAllowed(_("This record belongs to another salesperson's customer."))
    if version is not None and getattr(record, "version", version) != version:
        raise Conflict(register.name, record_id, record.version)
    return record


def column_names(record: Any) -> list[str]:
    """Return the names of all stored attributes but the key."""
    return [attribute.key for attribute in inspect(type(record)).column_attrs if attribute.key != "id"]


def lines_names(record: Any) -> list[str]:
    """Return the names of the fields that hold child records."""
    return [name for name, field in fields_of(record).items() if field.kind == "lines"]


def write(act: Any, register: Register, record: Any, before: dict[str, Any] | None) -> None:
    """Check and keep a record that stands in the session; `before` are the shown values of an existing one."""
    connect(act, record)
    problems = list(record_problems(record))
    if problems:
        raise SeveralRulesBroken(problems)
    with act.session.no_autoflush:
        for rule in register.rules:
            rule(record, act)
        unique_fields_are_free(act, record)
    changes = changes_of(before, values_of(record)) if before is not None else {}
    fill_search_text(record)
    if before is None:
        _begin(act, register, record)
    elif changes:
        record.version += 1
    act.session.flush()
    if before is None or changes:
        state = getattr(record, "state", "")
        write_history(
            act,
            register.name,
            record.id,
            "created" if before is None else "changed",
            state if before else "",
            state,
            changes=changes,
        )
        act.touched.add(register.name)


def _begin(act: Any, register: Register, record: Any) -> None:
    """Give a new record its state, its author, and a number unless it is a draft."""
    if register.workflow is None:
        return
    record.state = record.state or register.workflow.initial.name
    record.entered_by_id, record.entered_at = act.employee.id, act.now
    if not register.workflow.state(record.state).draft and record.number is None and register.number:
        record.number = act.next_number(register.number)
        fill_search_text(record)


def connect(act: Any, record: Any) -> None:
    """Load what the links point at in one query per table, so that rules can follow them before the first flush."""
    found: dict[type[Any], set[int]] = {}
    everything = [record, *(line for name in lines_names(record) for line in getattr(record, name))]
    links = [
        (one, relation)
        for one in everything
        for relation in inspect(type(one)).relationships
        if relation.direction.name == "MANYTOONE"
    ]
    with act.session.no_autoflush:
        for one, relation in links:
            key = getattr(one, next(iter(relation.local_columns)).key)
            if isinstance(key, int):
                found.setdefault(relation.mapper.class_, set()).add(key)
        for target, keys in found.items():
            there = {row.id: row for row in act.session.scalars(select(target).where(target.id.in_(keys)))}
            for one, relation in links:
                if relation.mapper.class_ is target:
                    key = getattr(one, next(iter(relation.local_columns)).key)
                    set_committed_value(one, relation.key, there.get(key))
        _links_lead_somewhere(everything, found, act)


def _links_lead_somewhere(everything: Iterable[Any], found: dict[type[Any], set[int]], act: Any) -> None:
    """A link without a relationship is held by the database's foreign key; one with it is checked here."""
    for one in everything:
        for relation in inspect(type(one)).relationships:
            if relation.direction.name != "MANYTOONE":
                continue
            name = next(iter(relation.local_columns)).key
            if getattr(one, name) is not None and getattr(one, relation.key) is None:
                raise RuleBroken(
                    _("“{label}” points at a record that is not there. Choose it again."),
                    field=name,
                    label=fields_of(one)[name].label,
                )


def unique_fields_are_free(act: Any, record: Any) -> None:
    """Raise RuleBroken naming the record that holds the same value of a unique field."""
    cls = type(record)
    for name, field in fields_of(record).items():
        value = getattr(record, name) if field.unique else None
        if value is None:
            continue
        if value == "":
            setattr(record, name, None)
            continue
        other = act.session.scalars(
            select(cls).where(getattr(cls, name) == value, cls.id != (record.id or 0)).limit(1)
        ).first()
        if other is not None:
            raise RuleBroken(_("“{value}” is taken by {other}."), field=name, value=value, other=other.record_title)


def values_of(record: Any) -> dict[str, Any]:
    """Return the values that the history compares: all declared fields, lines as rows of values."""
    found: dict[str, Any] = {}
    for name, field in fields_of(record).items():
        if field.kind == "lines":
            found[name] = [values_of(line) for line in getattr(record, name)]
        elif name in inspect(type(record)).column_attrs:
            found[name] = getattr(record, name)
    return found


def changes_of(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """Return field -> [old, new] for what differs."""
    return {name: [before.get(name), value] for name, value in after.items() if before.get(name) != value}


def copy_lines(source: Any, record: Any, name: str) -> None:
    """Make a record's lines those of the form: kept by id, new ones added, missing ones removed, in order."""
    child = child_class(record, name)
    there = {line.id: line for line in getattr(record, name)}
    kept: list[Line] = []
    for position, line in enumerate(getattr(source, name)):
        target = there.get(line.id) or child()
        for attribute in column_names(target):
            if attribute in _KEPT or attribute in _owner_keys(target):
                continue
            value = getattr(line, attribute)
            if getattr(target, attribute) != value:
                setattr(target, attribute, value)
        target.position = position
        kept.append(target)
    if [id(line) for line in kept] != [id(line) for line in getattr(record, name)]:
        setattr(record, name, kept)


_KEPT = frozenset({"id", "position"})


def _owner_keys(line: Any) -> set[str]:
    """Return the columns that point at the line's owner; the relationship keeps them."""
    return {
        key
        for key in column_names(line)
        if key not in fields_of(line)
        and key.endswith("_id")
        and any(foreign.ondelete == "CASCADE" for foreign in line.__table__.columns[key].foreign_keys)
    }
