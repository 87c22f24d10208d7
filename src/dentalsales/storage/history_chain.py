"""The chain of the history: every entry bears a seal over what it says and over the seal of the entry before it."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert
from sqlalchemy.orm import Session

from dentalsales.blueprint.house_records import HistoryHead, HistoryKey
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.storage.turn import take_turn

FIELDS = (
    "id",
    "register",
    "record_id",
    "step",
    "from_state",
    "to_state",
    "employee_id",
    "on_behalf_of_id",
    "at",
    "note",
    "changes",
    "version",
    "digest",
    "salt",
)
"""What the seal covers, in this order: the digest in place of the changes where there is one, the salt through it."""
KEY_BYTES, SALT_BYTES = 32, 16
PENDING = "history"
"""Where a session keeps the entries of its transaction until they are written together."""
MANY = 5_000
BROKEN = _(
    "The history can't go on, because its key or its head is missing from the company. "
    "Nothing was changed; restore the newest backup."
)
_LAST = "SELECT last_id, seal, count, (SELECT max(id) FROM history), (SELECT key FROM history_key) FROM history_head"
_ENTRIES = f"INSERT INTO history ({', '.join(FIELDS)}, seal) VALUES ({', '.join('?' * (len(FIELDS) + 1))})"
_NEW_HEAD = "UPDATE history_head SET last_id = ?, seal = ?, count = ?"


def canonical_text(values: Sequence[Any]) -> str:
    """Return the values of FIELDS as one text that no other values give: each as length:value, a missing one as "-".

    Lengths count characters and moments are texts in UTC, so that a database can build the same text.
    """
    return "".join(["-" if value is None else f"{len(text := str(value))}:{text}" for value in values])


def seal_of(key: bytes, values: Sequence[Any], previous: str) -> str:
    """Return the seal (HMAC-SHA256, hex) of an entry that follows the one with the seal `previous`."""
    return hmac.digest(key, sealed_text(values, previous).encode(), "sha256").hex()


def sealed_text(values: Sequence[Any], previous: str) -> str:
    """Return what the seal of an entry that follows `previous` is made of, beside the key.

    Where there is a digest, the changes count as missing, which no entry of before has: neither is taken for the other.
    """
    *plain, digest, _salt = values
    if digest:
        plain[CHANGES] = None
        plain.append(digest)
    return f"{canonical_text(plain)}{len(previous)}:{previous}"


def digest_of(changes: str, salt: str) -> str:
    """Return what stands for the changes of an entry under its seal."""
    return hashlib.sha256(f"{len(salt)}:{salt}{changes}".encode()).hexdigest()


def salted(changes: str) -> tuple[str, str]:
    """Return digest and salt of the changes of a new entry; both are empty where nothing changed."""
    if not changes:
        return "", ""
    salt = secrets.token_hex(SALT_BYTES)
    return digest_of(changes, salt), salt


def moment_text(moment: datetime) -> str:
    """Return a moment as the seal covers it; the database gives it without its zone, which is UTC."""
    there = moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo is not None else moment
    return there.isoformat(" ", "microseconds")


class Chain:
    """The end of the chain, in a transaction that writes: of a file, or of a server as the owner of its tables."""

    def __init__(self, connection: Connection) -> None:
        """Read where the chain stands; RuleBroken when it cannot go on."""
        sqlite = connection.dialect.name == "sqlite"
        driver: Any = connection.connection.cursor() if sqlite else None
        self._connection, self._driver = connection, driver
        head = (driver.execute(_LAST) if sqlite else connection.exec_driver_sql(_LAST + " FOR UPDATE")).fetchone()
        if head is None or not head[4]:
            raise RuleBroken(BROKEN)
        self.last_id, self.seal, self.count = max(head[0], head[3] or 0), head[1], head[2]
        self.key = bytes.fromhex(head[4])

    def add(self, entry: dict[str, Any]) -> list[Any]:
        """Give an entry, with a value for each column that the chain does not fill, place and seal; return its row."""
        self.last_id += 1
        self.count += 1
        entry["id"] = self.last_id
        entry["digest"], entry["salt"] = salted(entry["changes"])
        values = [entry[name] for name in FIELDS]
        values[AT] = moment_text(entry["at"])
        self.seal = entry["seal"] = seal_of(self.key, values, self.seal)
        return [*values, self.seal]

    def write(self, entries: list[dict[str, Any]]) -> None:
        """Write entries and the new head."""
        self._send(_ENTRIES, [tuple(self.add(entry)) for entry in entries])
        self.keep()

    def keep(self) -> None:
        """Write the new head; the entries are written by then."""
        self._send(_NEW_HEAD, [(self.last_id, self.seal, self.count)])

    def _send(self, statement: str, rows: list[tuple[Any, ...]]) -> None:
        """Every act comes through here, so a local file is spared what SQLAlchemy adds to a plain statement."""
        if self._driver is not None:
            self._driver.executemany(statement, rows)
        else:
            self._connection.exec_driver_sql(statement.replace("?", "%s"), rows)


AT, CHANGES, DIGEST, SALT = (FIELDS.index(name) for name in ("at", "changes", "digest", "salt"))


def begin_chain(connection: Connection) -> None:
    """Give a new company its key and the head of a chain without entries."""
    key = {"id": 1, "key": secrets.token_hex(KEY_BYTES)}
    connection.execute(insert(HistoryKey.__table__), key)  # type: ignore[arg-type]
    head = {"id": 1, "last_id": 0, "seal": "", "count": 0}
    connection.execute(insert(HistoryHead.__table__), head)  # type: ignore[arg-type]


def put(session: Session, entry: dict[str, Any]) -> None:
    """Take an entry in; it is written at the end of the transaction, when the head is held only for a moment."""
    waiting = session.info.setdefault(PENDING, [])
    waiting.append(entry)
    if len(waiting) >= MANY and not session.in_nested_transaction():
        write_waiting(session)


def write_waiting(session: Session) -> None:
    """Write the entries that wait, in their order: at the end of a transaction, or before somebody reads them in it."""
    waiting = session.info.get(PENDING)
    if waiting:
        connection = session.connection()
        if connection.dialect.name == "sqlite":
            Chain(connection).write(waiting)
        else:  # whose own function knows the key, gives each its place and seals it
            take_turn(session)
            told = json.dumps([{**entry, "at": moment_text(entry["at"])} for entry in waiting])
            connection.exec_driver_sql("SELECT write_history(%s)", (told,))
        waiting.clear()


@contextmanager
def savepoint(session: Session) -> Iterator[None]:
    """A part of a transaction that may fail by itself: its entries wait no longer then."""
    waiting = session.info.setdefault(PENDING, [])
    mark = len(waiting)
    try:
        with session.begin_nested():
            yield
    except BaseException:
        del waiting[mark:]
        raise
