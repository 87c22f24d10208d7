"""The palette's search: records, screens, reports and beginnings that a few letters mean, by pinyin too."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Connection

from dentalsales.blueprint.record import Entry
from dentalsales.blueprint.register import Register
from dentalsales.i18n import Text, _, inside, tr
from dentalsales.usecases.candidates import BEGINS, CONTAINS, EXACT, WORD_BEGINS, Among, Suggestion, candidates
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.list_search import terms_of
from dentalsales.usecases.search_text import normalise, pinyin

OF_EACH = 5
"""So many records of one register come into the palette."""
HERE, REPORT, SCREEN, ACTION, PAPER, RECORD = range(6)
"""What comes first among things that match equally well: what the place itself offers, numbered papers before cards."""


@dataclass(frozen=True)
class Hit:
    """One thing that the palette opens: a record, screen, report or action; `register` is its name or the report's."""

    kind: str
    register: str
    record_id: int | None
    title: str
    detail: str
    rank: tuple[int, int] = (0, 0)
    """How well it matches, and what kind of thing it is: the smallest comes first."""


def everywhere(desk: Desk, text: str, limit: int = 20, place: str = "") -> list[Hit]:
    """Return what the letters may mean, the likeliest first, the records of the register at hand before others.

    Rows of the ledgers have no page of their own: the papers that they come from are found.
    """
    found = named(desk, text, place)
    if terms_of(text):
        with desk.company.reading() as session:
            for register in desk.menu():
                if register.table.search and not issubclass(register.record, Entry):
                    found += _records(desk, session.connection(), register, text, place)
    return sorted(found, key=lambda hit: hit.rank)[:limit]


def named(desk: Desk, text: str, place: str = "") -> list[Hit]:
    """Return the screens, reports and beginnings whose names match; nothing is read for it."""
    found: list[Hit | None] = []
    for register in desk.menu():
        found.append(_hit(text, "screen", register.name, register.title, SCREEN))
        if desk.may_begin(register.name):
            order = HERE if register.name == place else ACTION
            found.append(_hit(text, "action", register.name, _("New {thing}").fill(thing=inside(register.one)), order))
    for report in desk.reports():
        found.append(_hit(text, "report", report.name, report.title, REPORT, report.aliases, report.hint))
    return sorted((hit for hit in found if hit is not None), key=lambda hit: hit.rank)


def match(text: str, label: Text | str, aliases: Sequence[str] = ()) -> int | None:
    """Return how well letters match a name in any language or in pinyin, None when they do not; 0 is best."""
    terms = terms_of(text)
    english = label.format(**label.values) if isinstance(label, Text) and label.values else str(label)
    words = _words(english, tr(label), tuple(aliases))
    whole = " ".join(words)
    if not terms or not all(term in whole for term in terms):
        return None
    term = " ".join(terms)
    if term in words:
        return EXACT
    if any(word.startswith(term) for word in words):
        return BEGINS
    return WORD_BEGINS if f" {term}" in f" {whole}" else CONTAINS


def _records(desk: Desk, connection: Connection, register: Register, text: str, place: str) -> list[Hit]:
    gives_numbers = register.number and register.record.title_fields == ("number",)
    paper = PAPER if gives_numbers else RECORD  # a debt bears the number of its order, which comes first
    order = HERE if register.name == place else paper
    found = candidates(desk, connection, register, text, OF_EACH, Among(linked=False))
    return [
        Hit("record", register.name, one.id, str(one.title), _behind(one) or tr(register.one), (rank, order))
        for rank, one in found
    ]


def _hit(
    text: str,
    kind: str,
    name: str,
    label: Text,
    order: int,
    aliases: tuple[str, ...] = (),
    hint: Text | None = None,
) -> Hit | None:
    rank = match(text, label, aliases)
    return None if rank is None else Hit(kind, name, None, tr(label), tr(hint) if hint else "", (rank, order))


@lru_cache(maxsize=2048)
def _words(english: str, shown: str, aliases: tuple[str, ...]) -> tuple[str, ...]:
    """Return what a name can be found by: its aliases, both languages, and pinyin as initials and in full."""
    return tuple(dict.fromkeys(word for name in (*aliases, shown, english) for word in _spellings(name)))


def _spellings(name: str) -> tuple[str, ...]:
    return (normalise(name), *pinyin(normalise(name)))


def _behind(one: Suggestion) -> str:
    """Return what stands behind a record's title: its number, unless the title says it, and the details."""
    code = "" if one.title.startswith(one.code) else one.code
    return " · ".join(part for part in (code, one.detail) if part)
