"""Connects to a company on a PostgreSQL server; its driver is loaded only where there is one."""

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

import dentalsales.storage.column_types  # noqa: F401  (spells the types of the tables)
from dentalsales.storage.engine import BUSY_SECONDS, WRITES
from dentalsales.storage.server_address import ServerAddress
from dentalsales.storage.turn import TAKE, TURN, WRITING

OPEN = WRITING + 1
"""The advisory lock that all connections of the program share: everybody sees who has the company open."""
OPTIONS = (
    f"-c lock_timeout={BUSY_SECONDS}s -c statement_timeout=60s -c idle_in_transaction_session_timeout=60s "
    "-c timezone=UTC -c client_min_messages=warning"
)
ALIVE = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3, "tcp_user_timeout": 30_000}
"""How soon a cable that was pulled is noticed, instead of after two hours."""


def make_server_engine(address: ServerAddress) -> Engine:
    """Return the engine of a company on a server; it connects when it is first used.

    Nobody deletes what another reads or waits for what another only reads; writers wait for each other, so that rules,
    numbers, stock and the order of the history hold as they do in a file.
    """
    arguments: dict[str, Any] = {"options": OPTIONS, "connect_timeout": BUSY_SECONDS, **ALIVE}
    arguments |= {"application_name": "dentalsales", "client_encoding": "utf8"}
    engine = create_engine(address.url, pool_pre_ping=True, pool_size=8, connect_args=arguments)
    event.listen(engine, "connect", _tell_that_it_is_open)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "before_cursor_execute", _before)
    event.listen(engine, "after_cursor_execute", _after)
    return engine


def _tell_that_it_is_open(connection: Any, record: Any) -> None:
    """What a program calls itself, PostgreSQL shows to administrators only; the locks it shows to all."""
    connection.execute(f"SELECT pg_advisory_lock_shared({OPEN})")
    connection.commit()


def _begin(connection: Connection) -> None:
    """A writer takes the lock before it reads anything, or sees to it later that what it decides by is still so."""
    options = connection.get_execution_options()
    if options.get(WRITES, False) and TURN not in options:
        connection.exec_driver_sql(TAKE)


def _before(connection: Connection, _cursor: Any, statement: str, *_more: Any) -> None:
    turn = connection.get_execution_options().get(TURN)
    if turn is not None:
        turn.before(statement)


def _after(connection: Connection, cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
    turn = connection.get_execution_options().get(TURN)
    if turn is not None:
        turn.after(statement, parameters, cursor)
