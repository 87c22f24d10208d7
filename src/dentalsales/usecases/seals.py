"""Who can say which seal an entry should bear: this program, which reads the key of a file, or the server itself."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import select

from dentalsales.blueprint.house_records import HistoryKey
from dentalsales.storage.blanked_history import state_of
from dentalsales.storage.company import Company
from dentalsales.storage.history_chain import CHANGES, DIGEST, SALT, digest_of, seal_of, sealed_text

Row = Sequence[Any]
"""The values that a seal covers, as the database keeps them; the first is the entry's number."""


class Seals(Protocol):
    """Says which seals are right."""

    def of(self, row: Row, previous: str) -> str:
        """Return the seal of an entry that follows the one with the seal `previous`."""

    def look_ahead(self, rows: Sequence[tuple[Row, str]], previous: str) -> None:
        """Hear which entries, each with the seal it bears, will be asked for next."""


def seals_of(company: Company) -> Seals | None:
    """Return who knows the seals of a company, None when its key is missing."""
    with company.reading() as session:
        connection = session.connection()
        if connection.dialect.name == "postgresql":
            from dentalsales.storage.server_seal import has_key

            return _Servers(company) if has_key(connection) else None
        key = session.scalar(select(HistoryKey.__table__.c.key))
    return _Own(bytes.fromhex(key)) if key else None


class WithChanges:
    """Also looks whether the changes are those of the digest, or those that an anonymisation left."""

    def __init__(self, seals: Seals) -> None:
        self._seals = seals
        self._named: dict[int, str] = {}
        self._left: dict[tuple[Row, str], str] = {}
        self._none = secrets.token_hex(32)

    def hear(self, named: Mapping[int, str]) -> None:
        """Hear how entries read that anonymisations changed: number -> `state_of`."""
        self._named.update(named)

    def of(self, row: Row, previous: str) -> str:
        """Return the seal of an entry; one that nobody bears where its changes are not those that it had."""
        if self._left and (left := self._left.get((tuple(row), previous))) is not None:
            return left
        if row[DIGEST] and row[DIGEST] != digest_of(row[CHANGES] or "", row[SALT] or ""):
            return self._none
        return self._seals.of(row, previous)

    def look_ahead(self, rows: Sequence[tuple[Row, str]], previous: str) -> None:
        """Hear which entries come next; those that an anonymisation named keep the seal they had before it."""
        self._seals.look_ahead(rows, previous)
        self._left.clear()
        for row, seal in rows:
            if (state := self._named.get(row[0])) is not None and state == state_of(row, seal, previous):
                self._left[tuple(row), previous] = seal
            previous = seal


class _Own:
    """With the key at hand."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of(self, row: Row, previous: str) -> str:
        return seal_of(self._key, row, previous)

    def look_ahead(self, rows: Sequence[tuple[Row, str]], previous: str) -> None:
        """There is nothing to prepare."""


class _Servers:
    """With a server that keeps the key to itself: what is asked next is asked at once."""

    def __init__(self, company: Company) -> None:
        self._company = company
        self._known: dict[str, str] = {}

    def of(self, row: Row, previous: str) -> str:
        text = sealed_text(row, previous)
        if text not in self._known:
            self._ask([text])
        return self._known[text]

    def look_ahead(self, rows: Sequence[tuple[Row, str]], previous: str) -> None:
        self._known.clear()
        before = [previous, *(seal for _row, seal in rows)]
        self._ask([sealed_text(row, last) for (row, _seal), last in zip(rows, before, strict=False)])

    def _ask(self, texts: list[str]) -> None:
        from dentalsales.storage.server_seal import seals_by_server

        with self._company.reading() as session:
            self._known.update(zip(texts, seals_by_server(session.connection(), texts), strict=True))
