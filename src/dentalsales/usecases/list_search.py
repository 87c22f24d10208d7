"""The search of a list: every word has to match, on the record's own search text, its number or what it links to.

Papers are many and their customers few. The rows that a word finds are looked up first: a few are named by their ids,
so that an index leads to them; when there are many the list is read in its order, where the page is soon full.
"""

from collections.abc import Sequence
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from dentalsales.blueprint.record import fields_of
from dentalsales.blueprint.register import Register
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.masking import hides_words, is_masked, words_hold
from dentalsales.usecases.paths import Condition, stored, target_of, where
from dentalsales.usecases.search_memory import index_of, is_held
from dentalsales.usecases.search_text import normalise

FEW = 300
"""So many ids are still looked up one by one."""
LAST_LETTER = "\U0010ffff"


def terms_of(text: str) -> list[str]:
    """Return the normalised words of a search."""
    return normalise(text).split()


def search(desk: Desk, connection: Connection, register: Register, text: str, linked: bool = True) -> Condition | None:
    """Return the condition of a search, None when nothing can match; `linked` also looks at linked records."""
    parts = [_term(desk, connection, register, term, linked) for term in terms_of(text)]
    return None if any(part is None for part in parts) else and_(*(part for part in parts if part is not None))


def holds(desk: Desk, record: type[Any], table: Any, term: str) -> Condition:
    """Return the condition that a search text contains a term, in what the employee sees whole."""
    return words_hold(desk.business, record, desk.roles, table.c.search_text, term)


def _term(desk: Desk, connection: Connection, register: Register, term: str, linked: bool) -> Condition | None:
    names = register.table.search
    own = [name for name in names if not _links(register, name)[0]]
    parts = [_linked(desk, connection, register, name, term) for name in names if linked and name not in own]
    if own or not names:
        parts += _own(desk, connection, register, own, term)
    found = [part for part in parts if part is not None]
    return or_(*found) if found else None


def _own(
    desk: Desk, connection: Connection, register: Register, names: Sequence[str], term: str
) -> list[Condition | None]:
    """Return the conditions on the record's own fields: indexed ones by their index, else the search text."""
    table = register.record.__table__
    columns = {name: stored(register.record, table, name) for name in names}
    indexed = [] if is_held(register) else [name for name in names if _is_indexed(table, columns[name])]
    found = [_numbered(connection, table, columns[name], term) for name in indexed]
    if names and len(indexed) == len(names):
        return found
    fields = fields_of(register.record)
    kept = "search_text" in table.c
    apart = [
        columns[name]
        for name in names
        if name not in indexed
        and not (kept and fields[name].search)
        and not is_masked(desk.business, register.record, fields[name], desk.roles)
    ]
    inside = [column.icontains(term, autoescape=True) for column in apart]
    return [*found, *([holds(desk, register.record, table, term)] if kept else []), *inside]


def _is_indexed(table: Any, column: Any) -> bool:
    return bool(column.unique) or any(column is next(iter(index.columns)) for index in table.indexes)


def _links(register: Register, name: str) -> tuple[list[str], type[Any]]:
    """Return the links that a name passes through, and the class at their end."""
    path: list[str] = []
    record = register.record
    for step in name.split("."):
        if not record.__mapper__.columns[step].foreign_keys:
            break
        path.append(step)
        record = target_of(record, step)
    return path, record


def _numbered(connection: Connection, table: Any, number: ColumnElement[str], term: str) -> Condition | None:
    """Return the condition on a number: by its beginning, or by any part when none begins so."""
    begins = or_(*(and_(number >= start, number < start + LAST_LETTER) for start in {term.upper(): 0, term: 0}))
    few = _few(connection, table, begins)
    if few is None or few:
        return _either(begins, table, few)
    if not any(letter.isdigit() for letter in term):
        return None
    digits = term.replace("-", "")  # 0008 finds SO-20261120-008: people read a number without its hyphens
    inside = func.replace(number, "-", "").contains(digits.upper(), autoescape=True)
    return _either(inside, table, _few(connection, table, inside))


def _either(condition: Condition, table: Any, few: Sequence[int] | None) -> Condition | None:
    """Return the condition itself when it finds many, else the ids that it finds; None when it finds none."""
    if few is None:
        return condition
    found: Condition = table.c.id.in_(few)
    return found if few else None


def _linked(desk: Desk, connection: Connection, register: Register, name: str, term: str) -> Condition | None:
    """Return the condition that the record at the end of some links contains the term."""
    path, target = _links(register, name)
    table = target.__table__
    few = _few_remembered(desk, connection, target, term)
    if few is not None:
        return where(register.record, path, lambda column: column.in_(few)) if few else None
    inner = table.alias()
    many = select(inner.c.id).where(holds(desk, target, inner, term))
    # As an expression the link has no index: the list is read in its order, and the page is full after a few rows.
    return where(register.record, path, lambda column: func.coalesce(column, 0).in_(many))


def _few_remembered(desk: Desk, connection: Connection, record: type[Any], term: str) -> Sequence[int] | None:
    """Return the ids of the records whose words hold a term, None when they are more than a few."""
    table: Any = record.__table__
    try:
        register = desk.business.register_of_table(table.name)
    except KeyError:
        register = None
    index = None if register is None else index_of(desk, register)
    if index is None:
        return _few(connection, table, holds(desk, record, table, term))
    found = list(islice(index.holding(term, hides_words(desk.business, record, desk.roles)), FEW + 1))
    return found if len(found) <= FEW else None


def _few(connection: Connection, table: Any, condition: Condition) -> Sequence[int] | None:
    """Return the ids that fulfil a condition, None when there are more than a few."""
    found = connection.scalars(select(table.c.id).where(condition).limit(FEW + 1)).all()
    return found if len(found) <= FEW else None
