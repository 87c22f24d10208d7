"""The copy of a server's company before it is migrated: a file of the very schema that it still has."""

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Column, Connection, MetaData, PrimaryKeyConstraint, Table, inspect

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.storage.attachment_store import AttachmentStore
from dentalsales.storage.backup import COPY, make_backup
from dentalsales.storage.backup_file import BackupInfo
from dentalsales.storage.engine import for_writing, make_engine
from dentalsales.storage.folder_attachments import FolderAttachments
from dentalsales.storage.folder_company import FolderCompany, mark_as_ours
from dentalsales.storage.layout import ATTACHMENTS, DATABASE
from dentalsales.storage.leftovers import remove_leftovers
from dentalsales.storage.migrate import VERSION, current_revision, upgrade_at_once
from dentalsales.storage.table_copy import copy_tables


def copy_older(source: Connection, files: AttachmentStore, folder: Path, backups: Path) -> BackupInfo:
    """Copy a company of an earlier schema into a verified backup of that schema; a restore then migrates it.

    The file is made by the migrations up to that schema, as any file of it was; then it gets the server's rows.
    `folder` is this PC's own for the company. RuleBroken when the copy is not what the server holds.
    """
    remove_leftovers(folder, COPY + "*")
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=COPY, dir=folder, ignore_cleanup_errors=True) as temporary:
        place = Path(temporary)
        _make_file(place / DATABASE, source)
        FolderAttachments(place / ATTACHMENTS).keep_all(files)
        with closing(FolderCompany(place, make_engine(place / DATABASE), None)) as copy:
            return make_backup(copy, backups, reason="before_migration")


def _make_file(path: Path, source: Connection) -> None:
    engine = make_engine(path)
    try:
        with for_writing(engine).connect() as target:
            driver: Any = target.connection.dbapi_connection
            driver.execute("PRAGMA foreign_keys = OFF")  # has to come before BEGIN; the links are checked at the end
            with target.begin():
                upgrade_at_once(target, current_revision(source))
                tables = tables_alike(source, target)
                for table in tables.sorted_tables:  # what a migration puts in, such as a key, comes from the server
                    target.execute(table.delete())
                copy_tables(source, target, tables, lambda _done, _total: None)
                mark_as_ours(target)
    finally:
        engine.dispose()


def tables_alike(server: Connection, file: Connection) -> MetaData:
    """Describe the tables of a file as the server says them, which knows days from texts; RuleBroken when they differ.

    What only a server has, such as the attached files, is not among them.
    """
    here, there = (inspect(one).get_multi_columns() for one in (file, server))
    keys, found = inspect(server).get_multi_pk_constraint(), MetaData()
    for place, columns in here.items():
        name = place[1]
        if name == VERSION.name:
            continue
        told = there.get(place, ())
        if {one["name"] for one in columns} != {one["name"] for one in told}:
            raise RuleBroken(
                _(
                    "The table {table} on the server is not as the program made it, so no copy can be made and nothing "
                    "was changed. Ask whoever looks after the server."
                ),
                table=name,
            )
        made = [Column(one["name"], one["type"].as_generic()) for one in told]
        Table(name, found, *made, PrimaryKeyConstraint(*keys[place]["constrained_columns"]))
    return found
