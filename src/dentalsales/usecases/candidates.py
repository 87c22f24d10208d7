"""Records that a few letters may mean, in the order of likelihood: code, usual choice, beginning, pinyin, anywhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, case, func, literal, or_, select

from dentalsales.blueprint.register import Register
from dentalsales.i18n import tr
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.list_frame import frame_of
from dentalsales.usecases.list_query import ListRow, Query
from dentalsales.usecases.list_search import search
from dentalsales.usecases.own_records import own_records
from dentalsales.usecases.paths import Condition, title
from dentalsales.usecases.search_text import normalise

EXACT, USUAL, BEGINS, WORD_BEGINS, CONTAINS = range(5)
LAST_DIGITS = 3
"""From so many digits on, the end of a number names a paper as well as its beginning."""
POOL = 5000
"""So many of the newest matches are ranked."""


@dataclass(frozen=True)
class Suggestion:
    """One record that a link can choose."""

    id: int
    title: str
    detail: str
    code: str


def candidates(
    desk: Desk,
    connection: Connection,
    register: Register,
    text: str,
    limit: int,
    conditions: Sequence[Condition] = (),
    usual: Sequence[int] = (),
    linked: bool = True,
) -> list[tuple[int, Suggestion]]:
    """Return records with their rank, the likeliest first; `usual` are ids in the order in which they are preferred."""
    own = own_records(register, desk.roles, desk.employee_id)
    kept = [*conditions, *([] if own is None else [own])]
    if text.strip():
        matching = search(connection, register, text, linked)
        if matching is None:
            return []
        kept.append(matching)
    frame = frame_of(desk, Query(register.name, columns=_detail_names(register)))
    pool = _newest(register.record.__table__, kept)
    found = connection.execute(_ranked(frame.select.where(pool), register, normalise(text), usual).limit(limit)).all()
    rows = zip(frame.rows(found), found, strict=True)
    return [(raw.rank, _suggestion(row, raw.title, raw.code)) for row, raw in rows]


def _newest(table: Any, kept: Sequence[Condition]) -> Condition:
    """Return the condition of the newest records that fulfil some conditions: so many that only papers exceed them."""
    ids = select(table.c.id).where(*kept).order_by(table.c.id.desc()).limit(POOL).correlate(None)
    found: Condition = table.c.id.in_(ids)
    return found


def _ranked(statement: Select[Any], register: Register, term: str, usual: Sequence[int]) -> Select[Any]:
    table = register.record.__table__
    words, code = title(register.record, table), code_of(register)
    rank: ColumnElement[int] = literal(CONTAINS)
    if term:
        rank = _rank(table, func.lower(func.coalesce(code, "")), func.lower(func.coalesce(words, "")), term, usual)
    elif usual:
        rank = case((table.c.id.in_(usual), USUAL), else_=CONTAINS)
    place = {record_id: position for position, record_id in enumerate(usual)}
    ranked = [rank] if term or usual else []
    preferred = [case(place, value=table.c.id, else_=len(place))] if place else []
    papers = register.record.title_fields == ("number",) or (not term and "state" in table.c)
    newest_first = [table.c.id.desc()] if papers else []
    named = statement.add_columns(words.label("title"), code.label("code"), rank.label("rank"))
    return named.order_by(*ranked, *preferred, *newest_first, words, table.c.id.desc())


def _rank(
    table: Any, code: ColumnElement[str], words: ColumnElement[str], term: str, usual: Sequence[int]
) -> ColumnElement[int]:
    begins = or_(code.startswith(term, autoescape=True), words.startswith(term, autoescape=True))
    if term.isdigit() and len(term) >= LAST_DIGITS:
        begins = or_(begins, func.replace(code, "-", "").endswith(term, autoescape=True))
    bought = [(table.c.id.in_(usual), USUAL)] if usual else []
    kept = " " + (table.c.search_text if "search_text" in table.c else words)
    word_begins = kept.contains(" " + term, autoescape=True)
    return case((code == term, EXACT), *bought, (begins, BEGINS), (word_begins, WORD_BEGINS), else_=CONTAINS)


def code_of(register: Register) -> ColumnElement[Any]:
    """Return the column that holds a record's code or number; an empty text where it has none."""
    table = register.record.__table__
    return next((table.c[name] for name in ("code", "number", "login") if name in table.c), literal(""))


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
