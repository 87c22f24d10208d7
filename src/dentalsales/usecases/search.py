"""Finding by a few letters: the candidates of a link, and anything at all for the palette."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

from sqlalchemy import Connection, func, select

from dentalsales.blueprint.record import fields_of
from dentalsales.blueprint.register import Register
from dentalsales.i18n import Text, _, tr
from dentalsales.usecases.candidates import BEGINS, CONTAINS, EXACT, WORD_BEGINS, Suggestion, candidates
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.list_search import terms_of
from dentalsales.usecases.paths import Condition
from dentalsales.usecases.search_text import search_text

__all__ = ["Hit", "LinkingForm", "Suggestion", "everywhere", "suggest"]

PAPERS_BACK, TARGETS_BACK = 100, 50
"""So many of a customer's newest papers are read for what he bought, and so many of his articles come first."""
OF_EACH = 5
"""So many records of one register come into the palette."""


@dataclass(frozen=True)
class Hit:
    """One thing that the palette opens: a record, screen, report or action; `register` is its name or the report's."""

    kind: str
    register: str
    record_id: int | None
    title: str
    detail: str


class LinkingForm(Protocol):
    """What a suggestion asks of the form whose link is being filled in."""

    register: Register
    record: Any

    def get(self, name: str) -> Any:
        """Return the value of a field of the head."""


def suggest(
    desk: Desk, table_name: str, text: str, limit: int = 12, form: LinkingForm | None = None, field: str | None = None
) -> list[Suggestion]:
    """Return the records of a table that the letters may mean, the likeliest first.

    `field` is the link's name in the form; in a grid "lines.3.product_id". Disabled and void records and drafts are not
    offered.
    """
    register = desk.business.register_of_table(table_name)
    with desk.reading() as act:
        connection = act.session.connection()
        conditions = _offered(register)
        usual: Sequence[int] = ()
        if form is not None:
            conditions += _limits(act, form, field)
            usual = _bought_before(connection, form, table_name)
        found = candidates(desk, connection, register, text, limit, conditions, usual)
    return [suggestion for _rank, suggestion in found]


def everywhere(desk: Desk, text: str, limit: int = 20) -> list[Hit]:
    """Return records, screens, reports and actions that the letters may mean, the likeliest first."""
    terms = terms_of(text)
    if not terms:
        return []
    found = _named(desk, terms)
    with desk.company.reading() as session:
        for register in desk.menu():
            if register.table.search:
                found += _records(desk, session.connection(), register, text)
    found.sort(key=lambda one: one[0])
    return [hit for _rank, hit in found[:limit]]


def _offered(register: Register) -> list[Condition]:
    """Return the conditions of a record that may still be chosen."""
    table = register.record.__table__
    conditions: list[Condition] = []
    if "disabled" in table.c:
        conditions.append(table.c.disabled.is_(False))
    if "active" in table.c:
        conditions.append(table.c.active.is_(True))
    if register.workflow is not None:
        gone = [state.name for state in register.workflow.states if state.draft or state.family == "void"]
        conditions += [table.c.state.not_in(gone)] if gone else []
    return conditions


def _limits(act: Any, form: LinkingForm, field: str | None) -> list[Condition]:
    """Return the condition that a link's field sets, for the record or the line that holds it."""
    if field is None:
        return []
    record, name = form.record, field
    if "." in field:
        lines, index, name = field.split(".")
        record = getattr(record, lines)[int(index)]
    limit = fields_of(record)[name].limit_to
    condition = None if limit is None else limit(act, record)
    return [] if condition is None else [condition]


def _bought_before(connection: Connection, form: LinkingForm, table_name: str) -> Sequence[int]:
    """Return what the customer of the form had on his newest papers of this kind, the most frequent first."""
    head = form.register.record
    customer_id = form.get("customer_id") if "customer_id" in head.__mapper__.columns else None
    for relationship in head.__mapper__.relationships if customer_id is not None else ():
        child = relationship.mapper.local_table
        owner, target = _key_to(child, head.__tablename__), _key_to(child, table_name)
        if relationship.uselist and owner is not None and target is not None:
            papers = head.__table__.c
            newest = (
                select(papers.id).where(papers.customer_id == customer_id).order_by(papers.id.desc()).limit(PAPERS_BACK)
            )
            bought = select(target).where(owner.in_(newest), target.is_not(None)).group_by(target)
            return connection.scalars(bought.order_by(func.count().desc(), target).limit(TARGETS_BACK)).all()
    return ()


def _key_to(table: Any, target: str) -> Any:
    """Return the column of a table that points at another table, None when there is none."""
    return next((key.parent for key in table.foreign_keys if key.column.table.name == target), None)


def _records(desk: Desk, connection: Connection, register: Register, text: str) -> list[tuple[int, Hit]]:
    found = candidates(desk, connection, register, text, OF_EACH, linked=False)
    return [
        (rank, Hit("record", register.name, one.id, one.title, one.detail or tr(register.one))) for rank, one in found
    ]


def _named(desk: Desk, terms: list[str]) -> list[tuple[int, Hit]]:
    """Return the screens, reports and actions whose names match."""
    found: list[tuple[int, Hit]] = []
    for register in desk.menu():
        found += _hit(terms, "screen", register.name, register.title, ())
        if not register.read_only and desk.may(register.name, "create"):
            found += _hit(terms, "action", register.name, _("New {what}").fill(what=register.one), ())
    for report in desk.reports():
        found += _hit(terms, "report", report.name, report.title, report.aliases, report.hint)
    return found


def _hit(
    terms: list[str], kind: str, name: str, label: Text, aliases: tuple[str, ...], hint: Text | None = None
) -> list[tuple[int, Hit]]:
    english = label.format(**label.values) if label.values else str(label)
    words = _words(english, tr(label), aliases)
    if not all(term in words for term in terms):
        return []
    hit = Hit(kind, name, None, tr(label), tr(hint) if hint is not None else "")
    return [(_rank(terms, words, tr(label), aliases), hit)]


def _rank(terms: list[str], words: str, label: str, aliases: tuple[str, ...]) -> int:
    term = " ".join(terms)
    if term in aliases or term == label.lower():
        return EXACT
    if label.lower().startswith(term) or words.startswith(term):
        return BEGINS
    return WORD_BEGINS if f" {term}" in f" {words}" else CONTAINS


@lru_cache(maxsize=1024)
def _words(english: str, shown: str, aliases: tuple[str, ...]) -> str:
    """Return what a name can be found by, in both languages and in pinyin."""
    return search_text((*aliases, shown, english))
