"""Saving a record: permission, version, field rules, the register's rules, numbering and history in one transaction."""

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm.attributes import instance_state, set_committed_value

from dentalsales.blueprint.fields import Field
from dentalsales.blueprint.record import Line, child_class, fields_of
from dentalsales.blueprint.register import Register
from dentalsales.blueprint.rules import Conflict, NotAllowed, RuleBroken, SeveralRulesBroken
from dentalsales.i18n import _
from dentalsales.usecases.changed_values import changes_of, values_of
from dentalsales.usecases.check_fields import record_problems
from dentalsales.usecases.keep_history import write_history
from dentalsales.usecases.new_rows import put_lines, write_head, write_lines
from dentalsales.usecases.own_records import own_records
from dentalsales.usecases.record_shape import copied_names, lines_names, links_of
from dentalsales.usecases.search_text import fill_search_text


def load(act: Any, register: Register, record_id: int, version: int | None = None) -> Any:
    """Return a record that the employee may see; Conflict when it is newer than `version`."""
    act.desk.demand(register.name, "view")
    record = act.session.get(register.record, record_id)
    if record is None:
        raise RuleBroken(_("This record is not there any more. Refresh the list."))
    demand_own(act, register, record_id)
    if version is not None and getattr(record, "version", version) != version:
        raise Conflict(register.name, record_id, record.version)
    return record


def demand_own(act: Any, register: Register, record_id: int) -> None:
    """Raise NotAllowed for a record that belongs to somebody else, when the employee works with own ones only (M3)."""
    own = own_records(register, act.roles, act.desk.employee_id)
    if own is not None:
        mine = select(register.record.id).where(register.record.id == record_id, own)
        if act.session.scalar(mine) is None:
            raise NotAllowed(_("This record belongs to another salesperson's customer."))


def write(act: Any, register: Register, record: Any, before: dict[str, Any] | None, changed: str = "changed") -> None:
    """Check and keep a record, one of the session or a new one; `before` are the shown values of an existing one.

    `changed` is what the history calls it.
    """
    connect(act, record)
    problems = list(record_problems(record))
    if problems:
        raise SeveralRulesBroken(problems)
    with act.session.no_autoflush:
        for rule in (*register.rules, *register.kept_in_step):
            rule(record, act)
        unique_fields_are_free(act, record)
    changes = changes_of(before, values_of(record)) if before is not None else {}
    fill_search_text(record)
    if before is None:
        _begin(act, register, record)
    elif changes:
        record.version += 1
    act.session.flush()
    if instance_state(record).transient:
        write_head(act, record)
    write_lines(act, record)
    demand_own(act, register, record.id)
    _demand_own_links(act, record, before or {})
    if before is None or changes:
        state = getattr(record, "state", "")
        write_history(
            act,
            register.name,
            record.id,
            "created" if before is None else changed,
            state if before else "",
            state,
            changes=changes,
            version=record.version,
        )
        act.touched.add(register.name)


def _demand_own_links(act: Any, record: Any, before: dict[str, Any]) -> None:
    """Raise NotAllowed for a link that was set to somebody else's record; what stood there before may stay."""
    for cls, rows, lines in _rows_with_links(record, before):
        for link, _relation, target in links_of(cls):
            register = next((one for one in act.desk.business.registers if one.record is target), None)
            if register is None or not register.access.only_own(act.roles):
                continue
            ids = {getattr(line, link) for line in lines} - {row.get(link) for row in rows} - {None}
            own = own_records(register, act.roles, act.desk.employee_id)
            if not ids or own is None or not act.desk.may(register.name, "view"):
                continue
            mine = act.session.scalars(select(register.record.id).where(register.record.id.in_(ids), own))
            if ids - set(mine):
                raise NotAllowed(_("This record belongs to another salesperson's customer."), field=link)


def _rows_with_links(
    record: Any, before: dict[str, Any]
) -> Iterator[tuple[type[Any], list[dict[str, Any]], list[Any]]]:
    """Yield class, former values and rows: of the record itself, and of each of its grids."""
    yield type(record), [before], [record]
    for name in lines_names(type(record)):
        lines = list(getattr(record, name))
        if lines:
            yield type(lines[0]), before.get(name, []), lines


def _begin(act: Any, register: Register, record: Any) -> None:
    """Give a new record its state, its author, and a number unless it is a draft."""
    if register.workflow is None:
        return
    record.state = record.state or register.workflow.initial.name
    record.entered_by_id, record.entered_at = act.desk.employee_id, act.now
    if not register.workflow.state(record.state).draft and record.number is None and register.number:
        record.number = act.next_number(register.number)
        fill_search_text(record)


def connect(act: Any, record: Any) -> None:
    """Load what the links point at in one query per table, so that rules can follow them before the first flush."""
    everything = [record, *(line for name in lines_names(type(record)) for line in getattr(record, name))]
    links = [(one, *link) for one in everything for link in links_of(type(one))]
    wanted: dict[type[Any], set[int]] = {}
    for one, name, _relation, target in links:
        key = getattr(one, name)
        if isinstance(key, int):
            wanted.setdefault(target, set()).add(key)
    there = {target: act.find(target, keys) for target, keys in wanted.items()}
    for one, name, relation, target in links:
        key = getattr(one, name)
        found = there.get(target, {}).get(key)
        if key is not None and found is None:
            label = fields_of(one)[name].label
            raise RuleBroken(
                _("“{label}” points at a record that is not there. Choose it again."), field=name, label=label
            )
        set_committed_value(one, relation, found)


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
        act.take_turn()  # who adds the same value at the same moment would wait for this act, and this act for him
        other = act.session.scalars(
            select(cls).where(getattr(cls, name) == value, cls.id != (record.id or 0)).limit(1)
        ).first()
        if other is not None:
            raise RuleBroken(_("“{value}” is taken by {other}."), field=name, value=value, other=other.record_title)


def copy_lines(
    source: Any, record: Any, name: str, start: list[dict[str, Any]], writes: Callable[[Field], bool]
) -> None:
    """Make a record's lines those of the form: kept by id, new ones added, missing ones removed, in order.

    Of a line that was there only what changed since `start` is written, and only fields that `writes` allows.
    """
    child = child_class(record, name)
    declared = fields_of(child)
    names = [one for one in copied_names(child) if one not in declared or writes(declared[one])]
    if record.id is None:
        return put_lines(record, name, source, names)
    began = {row["id"]: row for row in start}
    there = {line.id: line for line in getattr(record, name)}
    kept: list[Line] = []
    for position, line in enumerate(getattr(source, name)):
        target = there.get(line.id) or child()
        for attribute in names:
            value = getattr(line, attribute)
            known = began.get(target.id, {}) if target.id else {}
            if getattr(target, attribute) != value and known.get(attribute, _UNKNOWN) != value:
                setattr(target, attribute, value)
        target.position = position
        kept.append(target)
    if [id(line) for line in kept] != [id(line) for line in getattr(record, name)]:
        setattr(record, name, kept)


_UNKNOWN = object()
