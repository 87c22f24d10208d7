"""Where a name in a list leads: a field of the record or behind its links, or a column with its own expression."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any
from weakref import ref

from sqlalchemy import Column as StoredColumn
from sqlalchemy import ColumnElement, Date, FromClause, String, bindparam, case, cast, func, literal, or_, select

from dentalsales.blueprint.fields import Choices, Field
from dentalsales.blueprint.record import fields_of
from dentalsales.blueprint.register import Register
from dentalsales.blueprint.table import Column
from dentalsales.i18n import Text
from dentalsales.storage.pinyin_order import by_pinyin
from dentalsales.usecases.desk import Desk

Condition = ColumnElement[bool]


@dataclass(frozen=True)
class Place:
    """What a name stands for, before any statement is made of it."""

    name: str
    label: Text
    kind: str
    record: type[Any]
    """Class that holds the field at the path's end."""
    field: Field | None
    column: Column | None = None
    see: tuple[frozenset[str], ...] = ()

    @property
    def path(self) -> tuple[str, ...]:
        """The names from the record to the field."""
        return tuple(self.name.split("."))

    @property
    def total(self) -> bool:
        """Summed in the list's total row."""
        return (self.column or self.field).total  # type: ignore[union-attr]

    def is_seen_by(self, roles: frozenset[str]) -> bool:
        """Say whether these roles may see the value anywhere."""
        return all(roles & allowed for allowed in self.see)


def place_of(register: Register, name: str) -> Place:
    """Return what a name of a register's list stands for (KeyError when nothing)."""
    for column in (*register.table.columns, *register.table.more):
        if isinstance(column, Column) and column.name == name:
            return Place(name, column.label, column.kind, register.record, None, column, _given(column.see_roles))
    *links, last = name.split(".")
    record, see = register.record, _given()
    for link in links:
        see += _given(fields_of(record)[link].see_roles)
        record = target_of(record, link)
    field = fields_of(record)[last]
    stored(record, record.__table__, last)
    return Place(name, field.label, field.kind, record, field, None, see + _given(field.see_roles))


def _given(*roles: frozenset[str] | None) -> tuple[frozenset[str], ...]:
    return tuple(one for one in roles if one is not None)


def class_of(table: str, among: type[Any]) -> type[Any]:
    """Return the class of a table, of those that share a base with `among` (KeyError when none does)."""
    for mapper in among.registry.mappers:
        if mapper.local_table.name == table:
            found: type[Any] = mapper.class_
            return found
    raise KeyError(table)


def target_of(record: Any, name: str) -> type[Any]:
    """Return the class that a link of a class points at."""
    (key,) = record.__mapper__.columns[name].foreign_keys
    return class_of(key.column.table.name, record)


def stored(record: type[Any], table: FromClause, name: str) -> ColumnElement[Any]:
    """Return the column of a table, or of an alias of it, that keeps a field (KeyError when none does)."""
    column: StoredColumn[Any] = record.__mapper__.columns[name]
    return table.c[column.key]


def state_choices(register: Register | None) -> Choices:
    """Return the states of a register as choices."""
    return [(state.name, state.label) for state in register.workflow.states] if register and register.workflow else []


def where(
    record: type[Any], path: Sequence[str], test: Callable[[ColumnElement[Any]], Condition], missing: bool = False
) -> Condition:
    """Return a condition of a record on the value that a path leads to; `missing` says what an empty link answers.

    Links are followed by IN, so the index of the link finds the rows.
    """
    return _where(record, record.__table__, path, test, missing)


def _where(
    record: type[Any],
    table: FromClause,
    path: Sequence[str],
    test: Callable[[ColumnElement[Any]], Condition],
    missing: bool,
) -> Condition:
    column = stored(record, table, path[0])
    if len(path) == 1:
        return test(column)
    target = target_of(record, path[0])
    inner = target.__table__.alias()
    found = column.in_(select(inner.c.id).where(_where(target, inner, path[1:], test, missing)))
    return or_(column.is_(None), found) if missing else found


def leads_to_own(register: Register, roles: frozenset[str], path: str) -> bool:
    """Say whether a link leads to own records because only those papers are seen whose link does."""
    return register.access.only_own(roles) and (register.access.owner or "").startswith(f"{path}.")


class Source:
    """The FROM of one statement: the record's table, and an outer join for every link whose far side is shown."""

    def __init__(self, desk: Desk, record: type[Any]) -> None:
        self._desk, self.record = ref(desk), record
        self.root: FromClause = record.__table__
        self.clause: FromClause = self.root
        self._joined: dict[tuple[str, ...], FromClause] = {(): self.root}

    def value(self, place: Place) -> ColumnElement[Any]:
        """Return the stored value of a place."""
        if place.column is not None:
            return self._given_by(place.column)
        record, table = self._behind(place.path[:-1])
        return stored(record, table, place.path[-1])

    def _given_by(self, column: Column) -> ColumnElement[Any]:
        """A kept statement does not keep yesterday: what a column is told is asked when the statement runs."""
        told, desk = column.told, self._desk
        if told is None:
            plain: ColumnElement[Any] = column.value(self.record)
            return plain
        fact = bindparam(None, callable_=lambda: told(desk()), type_=Date())
        expression: ColumnElement[Any] = column.value(self.record, fact)
        return expression

    def shown(self, place: Place) -> ColumnElement[Any]:
        """Return what the list shows of a place: of a link the title of its target, else the stored value."""
        if place.column is not None or place.kind != "link":
            return self.value(place)
        target, table = self._behind(place.path)
        words, mine = title(target, table), self._mine(place, target, table)
        return words if mine is None else case((mine, words), else_="")

    def _mine(self, place: Place, target: type[Any], table: FromClause) -> Condition | None:
        """Return the condition on a linked record to be named: who sees own ones only reads no name of others (M3)."""
        desk = self._desk()
        here, there = (_register_of(desk, one) for one in (self.record, target)) if desk is not None else (None, None)
        if desk is None or there is None or not desk.may(there.name, "view"):
            return None  # the paper says it, and it is seen
        if not there.access.only_own(desk.roles) or there.access.owner is None:
            return None
        if here is not None and leads_to_own(here, desk.roles, place.name):
            return None
        owner, me = there.access.owner.split("."), desk.employee_id
        return _where(target, table, owner, lambda column: column == me, missing=False)

    def read_order(self, place: Place) -> ColumnElement[Any]:
        """Return what sorts a link by its target's title as people read it, worked out once for each target."""
        record, joined = self._behind(place.path)
        table = record.__table__.alias()
        key = by_pinyin(title(record, table)).label("key")
        keys = select(table.c.id, key).cte().prefix_with("MATERIALIZED")
        self.clause = self.clause.outerjoin(keys, joined.c.id == keys.c.id)
        return keys.c.key

    def _behind(self, path: tuple[str, ...]) -> tuple[type[Any], FromClause]:
        """Return the class and the joined table at the end of some links."""
        record = self.record
        for index, name in enumerate(path):
            here, there = self._joined[path[:index]], path[: index + 1]
            target = target_of(record, name)
            if there not in self._joined:
                joined = self._joined[there] = target.__table__.alias()
                self.clause = self.clause.outerjoin(joined, stored(record, here, name) == joined.c.id)
            record = target
        return record, self._joined[path]


def _register_of(desk: Desk, record: type[Any]) -> Register | None:
    try:
        return desk.business.register_of_table(record.__tablename__)
    except KeyError:
        return None


def title(record: type[Any], table: FromClause) -> ColumnElement[Any]:
    """Return the SQL of `record_title`: the title fields that are not empty, with spaces between."""
    parts = [stored(record, table, name) for name in record.title_fields]
    if len(parts) == 1:
        return _as_text(parts[0])
    spaced: list[ColumnElement[Any]] = [func.coalesce(" " + func.nullif(_as_text(part), ""), "") for part in parts]
    return func.ltrim(reduce(add, spaced), type_=String)


def _as_text(part: ColumnElement[Any]) -> ColumnElement[Any]:
    return part if isinstance(part.type, String) else cast(part, String)


def code_of(register: Register) -> ColumnElement[Any]:
    """Return the column that holds a record's code or number; an empty text where it has none."""
    table = register.record.__table__
    return next((table.c[name] for name in ("code", "number", "login") if name in table.c), literal(""))
