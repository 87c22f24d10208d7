"""Connects to a database file: SQLite with the settings that lose nothing; a server is met in `server_engine`."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

import dentalsales.storage.column_types  # noqa: F401  (spells the types of STRICT tables)
from dentalsales.storage.pinyin_order import teach_pinyin

WRITES = "dentalsales_write"
"""The execution option of connections whose transactions write."""
BUSY_SECONDS = 5


def sqlite_module() -> ModuleType:
    """Return the newest SQLite at hand; Python's own may be older than 3.51.3, which mends a race in WAL."""
    try:
        from pysqlite3 import dbapi2
    except ImportError:
        from sqlite3 import dbapi2  # type: ignore[no-redef]
    return dbapi2  # type: ignore[no-any-return]


def make_engine(path: Path, read_only: bool = False) -> Engine:
    """Return the engine of a database file."""
    return _sqlite_engine(Path(path), "ro" if read_only else "rwc")


def make_unchanging_engine(path: Path) -> Engine:
    """Return the engine of a file on a medium that cannot be written to, where not even readers can be coordinated."""
    return _sqlite_engine(path, "ro&immutable=1")


def for_writing(engine: Engine) -> Engine:
    """Return the same engine whose transactions take the write lock when they begin."""
    if engine.dialect.name == "postgresql":  # a waiting writer has to see what the one before it has kept
        engine = engine.execution_options(isolation_level="READ COMMITTED", postgresql_readonly=False)
    return engine.execution_options(**{WRITES: True})


def for_reading(engine: Engine) -> Engine:
    """Return the same engine whose transactions see one moment; SQLite's do so by themselves."""
    if engine.dialect.name == "postgresql":
        return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return engine


def _sqlite_engine(path: Path, mode: str) -> Engine:
    engine = create_engine(
        "sqlite://",
        module=sqlite_module(),
        creator=_connector(path, mode),
        poolclass=QueuePool,
        pool_size=8,
        pool_use_lifo=True,  # the connection that was used last has read most of what is asked next
    )
    event.listen(engine, "connect", _set_up_writable if mode == "rwc" else _set_up_readable)
    event.listen(engine, "begin", _begin)
    return engine


def file_address(path: Path, mode: str) -> str:
    """Return the URI by which SQLite opens a file in a mode; safe for any letters in its name."""
    return "file:/" + quote(path.resolve().as_posix().lstrip("/"), safe="/:") + "?mode=" + mode


def _connector(path: Path, mode: str) -> Callable[[], Any]:
    address = file_address(path, mode)

    def connect() -> Any:
        return sqlite_module().connect(address, uri=True, timeout=BUSY_SECONDS, check_same_thread=False)

    return connect


def _set_up_readable(connection: Any, record: Any) -> None:
    connection.isolation_level = None
    teach_pinyin(connection)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")


def _set_up_writable(connection: Any, record: Any) -> None:
    _set_up_readable(connection, record)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA secure_delete = ON")  # of a person who was taken out nothing stays in free pages


def _begin(connection: Connection) -> None:
    """The driver opens no transaction by itself; a writer that begins as a reader fails however long it waits."""
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
