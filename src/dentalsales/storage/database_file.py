"""Looks at a database file before it is opened, without changing a byte of it."""

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, MetaData, inspect

from dentalsales.i18n import _
from dentalsales.storage.engine import file_address, sqlite_module
from dentalsales.storage.migrate import refuse_newer
from dentalsales.storage.refusals import DAMAGED, DamagedCompany

MAGIC = b"SQLite format 3\x00"
APPLICATION_ID = 0x44534C31
"""What SQLite's header calls our files: DSL1."""
CHECKED_UP_TO = 50 * 1024 * 1024
"""Bytes up to which a database is checked at every start; bigger ones are checked with each backup."""
NOT_OURS = _("{file} is not a company of this program. Choose another folder, or restore a backup.")


def check_database(path: Path, thorough: bool = False) -> None:
    """Raise RuleBroken when a file is no database, not ours, of a newer version, cut off or damaged."""
    size = path.stat().st_size
    with path.open("rb") as file:
        header = file.read(100)
    if len(header) < 100 or not header.startswith(MAGIC) or int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise DamagedCompany(NOT_OURS, file=str(path))
    journal = path.with_name(path.name + "-wal")
    if size < _size_in(header) and not (journal.exists() and journal.stat().st_size):
        raise DamagedCompany(DAMAGED)
    # Without a journal nobody else has the file open, and SQLite need not put one beside it.
    mode = "ro" if journal.exists() else "ro&immutable=1"
    connection = sqlite_module().connect(file_address(path, mode), uri=True, isolation_level=None)
    try:
        refuse_newer(_revision(connection))
        if thorough and size < CHECKED_UP_TO and connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise DamagedCompany(DAMAGED)
    finally:
        connection.close()


def has_all_tables(engine: Engine, metadata: MetaData) -> None:
    """Raise RuleBroken when a table that the program needs is missing."""
    missing = set(metadata.tables) - set(inspect(engine).get_table_names())
    if missing:
        raise DamagedCompany(
            _("The database is not complete: {tables} is missing. Restore the newest backup."),
            tables=", ".join(sorted(missing)[:3]),
        )


def _size_in(header: bytes) -> int:
    """The size in bytes that the header claims; 0 when it does not say."""
    page = int.from_bytes(header[16:18], "big")
    page = 65536 if page == 1 else page
    claims_hold = header[24:28] == header[92:96]
    return page * int.from_bytes(header[28:32], "big") if claims_hold else 0


def _revision(connection: Any) -> str:
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite_module().OperationalError as error:
        if "no such table" in str(error):
            return ""
        raise
    return row[0] if row else ""
