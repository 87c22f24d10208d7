"""Who can say which seal an entry should bear: this program, which reads the key of a file, or the server itself."""

from collections.abc import Sequence
from typing import Any, Protocol

from sqlalchemy import select

from dentalsales.blueprint.house_records import HistoryKey
from dentalsales.storage.company import Company
from dentalsales.storage.history_chain import seal_of, sealed_text

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
