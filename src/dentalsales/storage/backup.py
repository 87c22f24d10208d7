"""Makes backups while others work, and lists them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

from sqlalchemy import Engine

from dentalsales.blueprint.anchor import anchor_of
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.safe_file import DRAFT, write_safely
from dentalsales.storage.backup_file import ENDING, OFFICE, BackupInfo, read_info, verify, write_backup
from dentalsales.storage.engine import sqlite_module
from dentalsales.storage.folder_attachments import FolderAttachments
from dentalsales.storage.layout import DATABASE, free_name
from dentalsales.storage.leftovers import remove_leftovers
from dentalsales.storage.location import is_writable
from dentalsales.storage.refusals import said_clearly

COPY = ".copy-"
MONEY_TABLES = ("ledger_entry", "receivable", "receipt")


class Source(Protocol):
    """What a backup needs of an open company."""

    folder: Path
    engine: Engine

    @property
    def attachments(self) -> Path:
        """The folder of the attached files."""


def make_backup(
    company: Source, folder: Path, company_name: str = "", now: datetime | None = None, reason: str = "by_hand"
) -> BackupInfo:
    """Write a backup that was read back before it got its name; others may read and write meanwhile.

    `reason` is kept in it: at_close, daily, by_hand, before_migration, before_import, before_restore or before_move.
    RuleBroken when the disk is full, the folder can't be written to, or the copy is not what the company is.
    """
    now = now or datetime.now(OFFICE)
    with said_clearly():
        folder.mkdir(parents=True, exist_ok=True)
        remove_leftovers(folder, DRAFT + "*" + ENDING)
        with _copied_database(company) as (database, facts):
            path = free_name(folder, now.astimezone(OFFICE).strftime("%Y%m%d-%H%M%S"), ENDING)
            store = FolderAttachments(company.attachments)
            attachments = ((sha256, store.path_of(sha256)) for sha256 in store.hashes())
            told = {"company": company_name, "made_at": now.isoformat(timespec="seconds"), "reason": reason, **facts}
            with write_safely(path) as draft:
                write_backup(draft, database, attachments, told)
                verify(draft)
    return read_info(path)


def list_backups(folder: Path) -> list[BackupInfo]:
    """Return the backups in a folder, the newest first; a missing folder has none."""
    found = [read_info(path) for path in folder.glob("*" + ENDING) if not path.name.startswith(DRAFT)]
    return sorted(found, key=lambda info: info.made_at, reverse=True)


def last_numbers(connection: Any) -> dict[str, str]:
    """Return the highest number of each table whose rows are numbered papers."""
    found = {}
    for table in _tables(connection):
        columns = {name for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,)).fetchall()}
        if {"number", "state"} <= columns:
            found[table] = connection.execute(f'SELECT max(number) FROM "{table}"').fetchone()[0]
    return {table: number for table, number in found.items() if number}


def figures(connection: Any) -> dict[str, Any]:
    """Return the schema revision, the rows of each table and the sums of the money tables of a connection."""
    tables = _tables(connection)
    counts = {table: connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in tables}
    sums = {}
    for table in set(MONEY_TABLES).intersection(tables):
        for column in _summed_columns(connection, table):
            total = connection.execute(f'SELECT coalesce(sum("{column}"), 0) FROM "{table}"').fetchone()[0]
            sums[f"{table}.{column}"] = total
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    head = _history_head(connection) if "history_head" in tables else ""
    return {"revision": row[0] if row else "", "counts": counts, "sums": sums, "history_head": head}


def _history_head(connection: Any) -> str:
    """Return the anchor of the history; what is copied has to end with the same entry."""
    query = "SELECT count, seal, (SELECT seal FROM history ORDER BY id DESC LIMIT 1) FROM history_head"
    count, seal, newest = connection.execute(query).fetchone() or (0, "", "")
    return str(anchor_of(count, seal if seal == newest else newest or ""))


@contextmanager
def _copied_database(company: Source) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Copy the database as it is at one moment, and compare the copy with that moment."""
    place = company.folder if is_writable(company.folder) else None
    remove_leftovers(company.folder, COPY + "*")
    with TemporaryDirectory(prefix=COPY, dir=place, ignore_cleanup_errors=True) as temporary:
        copy = Path(temporary) / DATABASE
        facts = copy_database(company.engine, copy)
        refuse_unlike(copy, facts)
        yield copy, facts


def copy_database(engine: Engine, copy: Path) -> dict[str, Any]:
    """Copy in one step, since small steps begin anew with every write; figures and copy see the same snapshot."""
    pooled = engine.raw_connection()
    try:
        source: Any = pooled.dbapi_connection
        target = sqlite_module().connect(str(copy), isolation_level=None)
        try:
            target.execute("PRAGMA synchronous = OFF")
            source.execute("BEGIN")
            facts = {**figures(source), "last_numbers": last_numbers(source)}
            source.backup(target, pages=-1)
            target.execute("PRAGMA journal_mode = DELETE")
        finally:
            target.close()
            source.execute("ROLLBACK")
    finally:
        pooled.close()
    return facts


def refuse_unlike(database: Path, facts: dict[str, Any]) -> None:
    """Raise RuleBroken when a copied database is damaged or its figures are not the expected ones."""
    connection = sqlite_module().connect(str(database), isolation_level=None)
    try:
        sound = connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
        if not sound or any(facts[name] != value for name, value in figures(connection).items() if name in facts):
            raise RuleBroken(_("The copy of the database is not complete. Check the disk, then make the backup again."))
    finally:
        connection.close()


def _tables(connection: Any) -> list[str]:
    listed = connection.execute("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
    return sorted(name for (name,) in listed.fetchall() if not name.startswith("sqlite_"))


def _summed_columns(connection: Any, table: str) -> list[str]:
    rows = connection.execute("SELECT name, type FROM pragma_table_info(?)", (table,)).fetchall()
    return [name for name, kind in rows if kind == "INTEGER" and not re.fullmatch(r"id|version|\w+_id", name)]
