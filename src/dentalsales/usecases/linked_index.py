"""The records that a link may choose, held for as long as one copied block is read: which record does a row name?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, not_, select

from dentalsales.blueprint.record import fields_of
from dentalsales.i18n import Text, _, n_
from dentalsales.usecases.blank_record import blank
from dentalsales.usecases.check_fields import KIND_PROBLEMS
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.masking import hides_words, is_masked
from dentalsales.usecases.offered import offered
from dentalsales.usecases.own_records import own_records
from dentalsales.usecases.paths import code_of, title
from dentalsales.usecases.search import bought_before
from dentalsales.usecases.search_text import normalise, open_words

MOST = 20_000
"""So many of the newest records are looked at."""
OFFERED = 12
FREE = ""
"""Part of a row that may name its record in any way: by code, name, specification."""


@dataclass(frozen=True)
class Named:
    """What a row's words were taken for; `asks` says why somebody has to look, None when there is no doubt."""

    id: int | None
    choices: tuple[tuple[int, str], ...] = ()
    asks: Text | None = None
    gone: bool = False
    """It names a record that is no longer used."""


@dataclass(frozen=True)
class _Record:
    id: int
    code: str
    title: str
    shown: str
    words: str
    row: Any

    parts: dict[str, str]

    def part(self, name: str) -> str:
        """Return one of the fields that tell records apart; only those that a row's words have found are asked."""
        if name not in self.parts:
            self.parts[name] = normalise(getattr(self.row, f"part_{name}") or "")
        return self.parts[name]


class LinkedIndex:
    """Finds by code, by title, by what tells records apart, at last by all words; never takes one of several."""

    def __init__(self, desk: Desk, form: Any, child: type[Any], name: str) -> None:
        self.field = fields_of(child)[name]
        register = desk.business.register_of_table(self.field.target or "")
        table = register.record.__table__
        known, roles = fields_of(register.record), desk.roles
        self._covered = hides_words(desk.business, register.record, roles)
        self.part_names = tuple(
            key
            for key, field in known.items()
            if field.search and not is_masked(desk.business, register.record, field, roles)
        )
        columns = (table.c.id, code_of(register).label("code"), title(register.record, table).label("title"))
        parts = [table.c[key].label(f"part_{key}") for key in self.part_names]
        with desk.reading() as act:
            own = own_records(register, desk.roles, desk.employee_id)
            seen = [] if own is None else [own]
            limit = None if self.field.limit_to is None else self.field.limit_to(act, blank(child, desk))
            still = [*offered(register), *([] if limit is None else [limit])]
            connection = act.session.connection()
            rows = connection.execute(
                select(*columns, table.c.search_text, *parts)
                .where(*still, *seen)
                .order_by(table.c.id.desc())
                .limit(MOST)
            ).all()
            gone = connection.execute(select(*columns).where(*seen, not_(and_(*still)))).all() if still else []
            self._usual = tuple(bought_before(connection, form, table.name))
        self._found: dict[tuple[tuple[str, str], ...], Named] = {}
        self._records = [self._record(row) for row in rows]
        self._by_code = {one.code: one for one in self._records if one.code}
        self._by_title = {one.title: one for one in reversed(self._records)}
        self._gone = {word for row in gone for word in (normalise(row.code or ""), normalise(row.title or "")) if word}

    def find(self, parts: Mapping[str, str]) -> Named:
        """Return what a row names by its parts: field of the record -> text, or FREE -> text."""
        asked = tuple(parts.items())
        if asked not in self._found:  # the same words stand in many rows, and a column is tried before it is read
            self._found[asked] = self._find(parts)
        return self._found[asked]

    def _find(self, parts: Mapping[str, str]) -> Named:
        said = {key: text for key, value in parts.items() if (text := normalise(value))}
        if not said:
            return Named(None)
        for text in said.values():
            exact = self._by_code.get(text) or self._by_title.get(text)
            if exact is not None:
                return self._checked(exact, said)
        words = " ".join(value.strip() for value in parts.values() if value.strip())
        terms = " ".join(said.values()).split()
        found = [one for one in self._records if all(term in one.words for term in terms)]
        alike = [one for one in found if self._is_meant(one, said)]
        if len(alike) == 1:
            return Named(alike[0].id)
        if not found:
            gone = any(text in self._gone for text in said.values())
            reason = NO_LONGER if gone else KIND_PROBLEMS["link"]
            return Named(None, (), reason.fill(value=words, field=self.field.label), gone)
        if len(found) == 1:
            return Named(found[0].id, self._choices(found), LOOKS_LIKE.fill(value=words, title=found[0].shown))
        return Named(None, self._choices(alike or found), SEVERAL.fill(value=words, count=len(alike or found)))

    def title_of(self, record_id: int | None) -> str:
        """Return the words of a record that was found."""
        return next((one.shown for one in self._records if one.id == record_id), "")

    def _record(self, row: Any) -> _Record:
        shown = row.title or ""
        words = row.search_text or ""
        words = open_words(words) if self._covered else words
        return _Record(row.id, normalise(row.code or ""), normalise(shown), shown, words, row, {})

    def _checked(self, one: _Record, said: Mapping[str, str]) -> Named:
        """A code is a code; but what else the row says about the record has to be true of it."""
        odd = [text for key, text in said.items() if key != FREE and not _says(one, text)]
        if not odd:
            return Named(one.id)
        return Named(one.id, self._choices([one]), NOT_ALIKE.fill(title=one.shown, value=" ".join(odd)))

    def _is_meant(self, one: _Record, said: Mapping[str, str]) -> bool:
        """True when every part that a row gives is the record's own, and free words are one of its parts."""
        return all(
            one.part(key) == text if key else text in (one.part(name) for name in self.part_names)
            for key, text in said.items()
        )

    def _choices(self, found: Sequence[_Record]) -> tuple[tuple[int, str], ...]:
        places = {record_id: place for place, record_id in enumerate(self._usual)}
        ranked = sorted(found, key=lambda one: (places.get(one.id, len(places)), one.title))
        return tuple((one.id, one.shown) for one in ranked[:OFFERED])


def _says(one: _Record, text: str) -> bool:
    return all(term in one.words or term in one.title for term in text.split())


SEVERAL = n_("“{value}” is {count} record. Choose it.", "“{value}” may be {count} records. Choose one.")
LOOKS_LIKE = _("“{value}” is probably {title}. Check it.")
NOT_ALIKE = _("{title} has the code, but “{value}” is not said of it. Check it.")
NO_LONGER = _("“{value}” is no longer used. Choose another “{field}”.")
