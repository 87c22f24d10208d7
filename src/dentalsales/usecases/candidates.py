"""Records that a few letters may mean, in the order of likelihood: code, usual choice, beginning, pinyin, anywhere."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, Connection, Select, case, func, literal, or_, select

from dentalsales.blueprint.among import one_of, placed, places_for
from dentalsales.blueprint.register import Register
from dentalsales.i18n import tr
from dentalsales.storage.prepared import Prepared
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.list_frame import Frame, frame_of
from dentalsales.usecases.list_query import ListRow, Query
from dentalsales.usecases.list_search import search, terms_of
from dentalsales.usecases.masking import hides_words, words_hold
from dentalsales.usecases.offered import offered
from dentalsales.usecases.own_records import own_records
from dentalsales.usecases.paths import Condition, code_of, title
from dentalsales.usecases.search_memory import index_of
from dentalsales.usecases.search_text import normalise
from dentalsales.usecases.word_index import BEGINS, CONTAINS, EXACT, LAST_DIGITS, USUAL, WORD_BEGINS

__all__ = ["BEGINS", "CONTAINS", "EXACT", "WORD_BEGINS", "Among", "Suggestion", "candidates"]

POOL = 5000
"""So many of the newest matches are ranked."""
TRIES, SPARE = (1, 10), 4
"""So many times what is wanted is read, one after the other, while the first ones may not all be seen or chosen.

Who sees few of many is answered by the database, which looks only at those.
"""


@dataclass(frozen=True)
class Suggestion:
    """One record that a link can choose."""

    id: int
    title: str
    detail: str
    code: str


@dataclass(frozen=True)
class Among:
    """What may be found: `limits` are conditions of the place that asks, `usual` ids in the order of preference."""

    limits: Sequence[Condition] = ()
    usual: Sequence[int] = ()
    only_offered: bool = False
    """Leaves out what may no longer be chosen."""
    linked: bool = True
    """A record is also found by the words of what it links to."""


def candidates(
    desk: Desk, connection: Connection, register: Register, text: str, limit: int, among: Among
) -> list[tuple[int, Suggestion]]:
    """Return records with their rank, the likeliest first."""
    found = remembered(desk, register, text, limit, among, connection)
    return searched(desk, connection, register, text, limit, among) if found is None else found


def remembered(
    desk: Desk, register: Register, text: str, limit: int, among: Among, connection: Connection | None = None
) -> list[tuple[int, Suggestion]] | None:
    """Return the same while the register's words are held, None when they are not; limits need a connection.

    None also when too few of the likeliest may be seen or chosen, and more would have to be read.
    """
    terms = terms_of(text)
    index = index_of(desk, register) if terms else None
    if index is None:
        return None
    ranked = index.ranked(terms, among.usual, hides_words(desk.business, register.record, desk.roles))
    return _read(desk, connection, register, ranked, limit, among)


def searched(
    desk: Desk, connection: Connection, register: Register, text: str, limit: int, among: Among
) -> list[tuple[int, Suggestion]]:
    """Return the same from the database."""
    terms = terms_of(text)
    kept = [*among.limits, *_seen(desk, register, among.only_offered)]
    if terms:
        matching = search(desk, connection, register, text, among.linked)
        if matching is None:
            return []
        kept.append(matching)
    ranked = connection.execute(_ranked(desk, register, kept, normalise(text), among.usual).limit(limit))
    return _read(desk, connection, register, iter([(row.id, row.rank) for row in ranked]), limit, among) or []


def _read(
    desk: Desk,
    connection: Connection | None,
    register: Register,
    ranked: Iterator[tuple[int, int]],
    limit: int,
    among: Among,
) -> list[tuple[int, Suggestion]] | None:
    """Read the likeliest records by id and rank; the memory they may come from knows neither rights nor choices.

    None when too few of the likeliest may be seen or chosen, and more would have to be read.
    """
    frame = _frame(desk, register)
    found: list[tuple[int, Suggestion]] = []
    for many in TRIES:
        ranks = dict(islice(ranked, limit * many + SPARE))
        if not ranks:
            break
        raw = _rows(desk, connection, register, among, [*ranks])
        read = {row.id: (row, one[-2], one[-1]) for row, one in zip(frame.rows(raw), raw, strict=True)}
        there = [(rank, *read[record_id]) for record_id, rank in ranks.items() if record_id in read]
        found += [(rank, _suggestion(row, words, code)) for rank, row, words, code in there[: limit - len(found)]]
        if len(found) == limit:
            return found
    return found if next(ranked, None) is None else None


_Key = tuple[str, bool, int, frozenset[str]]
_statements: "WeakKeyDictionary[Desk, dict[_Key, tuple[Select[Any], Prepared]]]" = WeakKeyDictionary()


def _rows(
    desk: Desk, connection: Connection | None, register: Register, among: Among, ids: Sequence[int]
) -> Sequence[Sequence[Any]]:
    """Read records by their ids, title and code last; the statement is built once for the roles that are held."""
    statements, places = _statements.setdefault(desk, {}), places_for(ids)
    key = register.name, among.only_offered, places, desk.roles
    if key not in statements:
        table: Any = register.record.__table__
        named = _frame(desk, register).select.add_columns(title(register.record, table), code_of(register))
        query = named.where(one_of(table.c.id, "id", places), *_seen(desk, register, among.only_offered))
        statements[key] = query, Prepared(query)
    query, prepared = statements[key]
    if connection is None:
        return prepared.rows(desk.company.engine, placed("id", ids))
    return connection.execute(query.where(*among.limits) if among.limits else query, placed("id", ids)).all()


def _frame(desk: Desk, register: Register) -> Frame:
    return frame_of(desk, Query(register.name, columns=_detail_names(register)))


def _seen(desk: Desk, register: Register, only_offered: bool) -> list[Condition]:
    own = own_records(register, desk.roles, desk.employee_id)
    return [*(offered(register) if only_offered else []), *([] if own is None else [own])]


def _ranked(desk: Desk, register: Register, kept: Sequence[Condition], term: str, usual: Sequence[int]) -> Select[Any]:
    """Return the statement of id and rank of the newest records that fulfil some conditions, the likeliest first.

    So many are ranked that only papers exceed them; what is shown of a record is read when it is known who comes first.
    """
    table: Any = register.record.__table__
    pool = select(table.c.id).where(*kept).order_by(table.c.id.desc()).limit(POOL).correlate(None)
    words, code = title(register.record, table), code_of(register)
    rank: ColumnElement[int] = literal(CONTAINS)
    if term:
        rank = _rank(
            desk, register, func.lower(func.coalesce(code, "")), func.lower(func.coalesce(words, "")), term, usual
        )
    elif usual:
        rank = case((table.c.id.in_(usual), USUAL), else_=CONTAINS)
    place = {record_id: position for position, record_id in enumerate(usual)}
    ranked = [rank] if term or usual else []
    preferred = [case(place, value=table.c.id, else_=len(place))] if place else []
    papers = register.record.title_fields == ("number",) or (not term and "state" in table.c)
    newest_first = [table.c.id.desc()] if papers else []
    named = select(table.c.id, rank.label("rank")).where(table.c.id.in_(pool))
    return named.order_by(*ranked, *preferred, *newest_first, words, table.c.id.desc())


def _rank(
    desk: Desk,
    register: Register,
    code: ColumnElement[str],
    words: ColumnElement[str],
    term: str,
    usual: Sequence[int],
) -> ColumnElement[int]:
    table: Any = register.record.__table__
    begins = or_(code.startswith(term, autoescape=True), words.startswith(term, autoescape=True))
    if term.isdigit() and len(term) >= LAST_DIGITS:
        begins = or_(begins, func.replace(code, "-", "").endswith(term, autoescape=True))
    bought = [(table.c.id.in_(usual), USUAL)] if usual else []
    kept = " " + (table.c.search_text if "search_text" in table.c else words)
    word_begins = words_hold(desk.business, register.record, desk.roles, kept, " " + term)
    return case((code == term, EXACT), *bought, (begins, BEGINS), (word_begins, WORD_BEGINS), else_=CONTAINS)


def _detail_names(register: Register) -> tuple[str, ...]:
    """Return the fields shown in grey behind a title; what the record does not say itself is its customer."""
    usual = ("customer_id",) if "customer_id" in register.record.__mapper__.columns else ("id",)
    names: tuple[str, ...] = getattr(register.record, "suggest_detail_fields", usual)
    return names


def _suggestion(row: ListRow, words: str | None, code: str | None) -> Suggestion:
    detail = " · ".join(
        tr(cell) if isinstance(cell, str) else str(cell) for cell in row.cells if cell not in (None, "", code)
    )
    return Suggestion(row.id, words or code or "", detail, code or "")
