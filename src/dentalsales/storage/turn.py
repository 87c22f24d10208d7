"""When an act on a server takes its turn: late, once all that it has read until then is found to be so still.

One writes at a time, from its turn to its commit. Reading, rules and prices take longest and need no turn; what they
decide holds if whoever has the turn reads the same again. If not, the act is given up, and done again in its turn.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

TURN = "dentalsales_turn"
"""Where a session, and as an execution option its connection, keep the turn that was not taken from the beginning."""
WRITING = 0x44534C31
"""The advisory lock that whoever writes holds until the end of the transaction; a database has locks of its own."""
TAKE = f"SELECT pg_advisory_xact_lock({WRITING})"
MOST = 60
"""Who has asked so much takes the turn at once: all of it would be asked again while others wait."""
IN_THE_WAY = ("23", "40")
"""How the letters begin with which PostgreSQL says that somebody else's row was there first: the same unique value,
or a row that this act waited for while its owner waited for this act's turn."""


class Overtaken(Exception):
    """Others changed what an act had read before its turn. Nothing of it was kept; it has to be done again."""


class _Read(NamedTuple):
    """A question, and the rows that came as the driver got them."""

    statement: str
    parameters: Any
    answer: Any


class Turn:
    """The turn of one act that begins without it, on a connection of its own."""

    def __init__(self, session: Session) -> None:
        self.taken = False
        self._own = session.connection(execution_options={TURN: self})
        self._beside: Connection | None = None
        self._before: list[_Read] = []
        self._since: list[_Read] = []

    def before(self, statement: str) -> None:
        """Take the turn if a statement is one that needs it: every change, but for rows that nobody else sees yet.

        What was read before the first of these is read again on another connection, which does not see them either.
        What is read after it is read again beside them, so that no others may come after it.
        """
        if self.taken or _reads(statement):
            return
        if self._since or not _adds(statement):
            self.take()
        elif self._beside is None:
            self._beside = self._own.engine.connect().execution_options(isolation_level="AUTOCOMMIT")

    def after(self, statement: str, parameters: Any, cursor: Any) -> None:
        """Remember what was read."""
        if self.taken or not _reads(statement):
            return
        reads = self._before if self._beside is None else self._since
        reads.append(_Read(statement, parameters, cursor.pgresult))
        if len(self._before) + len(self._since) >= MOST:
            self.take()

    def take(self) -> None:
        """Wait for the turn and read again what was read without it; Overtaken if it is not the same."""
        if self.taken:
            return
        self.taken = True
        self._own.exec_driver_sql(TAKE)
        for connection, reads in ((self._beside or self._own, self._before), (self._own, self._since)):
            if reads and not _still_so(connection, reads):
                raise Overtaken

    def end(self) -> None:
        """Give back what the act borrowed."""
        if self._beside is not None:
            self._beside.close()


def take_turn(session: Session) -> None:
    """Wait until nobody else writes before the end of this transaction; returns at once where that is so already."""
    turn = session.info.get(TURN)
    if turn is not None:
        turn.take()


def take_any_turn() -> None:
    """Take the turn of the act that is under way here, before it reads what it would not read again."""
    turn = _under_way.get()
    if turn is not None:
        turn.take()


@contextmanager
def late(session: Session) -> Iterator[None]:
    """Let a transaction begin without its turn; Overtaken when it has to be done again.

    A refusal is a decision like any other: it stands when what it was decided by is found to be so still.
    """
    turn = session.info[TURN] = Turn(session)
    token = _under_way.set(turn)
    try:
        try:
            yield
        except (Overtaken, DBAPIError):
            raise
        except Exception:
            if not session.is_active:
                raise Overtaken from None
            turn.take()
            raise
        turn.take()
    except DBAPIError as error:
        if str(getattr(error.orig, "sqlstate", None) or "").startswith(IN_THE_WAY):
            raise Overtaken from error
        raise
    finally:
        _under_way.reset(token)
        turn.end()


_under_way: ContextVar[Turn | None] = ContextVar("turn", default=None)


def _reads(statement: str) -> bool:
    return statement.startswith(("SELECT", "WITH")) and "FOR UPDATE" not in statement


def _adds(statement: str) -> bool:
    return statement.startswith("INSERT") and "SELECT" not in statement


def _still_so(connection: Connection, reads: list[_Read]) -> bool:
    """Ask again, all at once, and say whether every answer is the same to the letter."""
    driver: Any = connection.connection.driver_connection
    try:
        with driver.pipeline():
            cursors = [driver.execute(read.statement, read.parameters) for read in reads]
    except connection.dialect.loaded_dbapi.Error as error:
        raise DBAPIError(TAKE, None, error) from error
    return all(_same(read.answer, cursor.pgresult) for read, cursor in zip(reads, cursors, strict=True))


def _same(old: Any, new: Any) -> bool:
    rows, columns = old.ntuples, range(old.nfields)
    if new.ntuples != rows:
        return False
    return all(old.get_value(row, column) == new.get_value(row, column) for row in range(rows) for column in columns)
