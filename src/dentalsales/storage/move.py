"""Moves a company over: from its folder to a server, or back; what is left behind is whole and takes in no more."""

import json
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, MetaData, insert

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.safe_file import write_safely
from dentalsales.storage.attachment_store import AttachmentStore
from dentalsales.storage.engine import for_reading, for_writing
from dentalsales.storage.folder_attachments import FolderAttachments
from dentalsales.storage.folder_company import FolderCompany
from dentalsales.storage.layout import ATTACHMENTS, MOVED
from dentalsales.storage.refusals import MOVED_STATE, said_clearly
from dentalsales.storage.server_address import ServerAddress
from dentalsales.storage.server_attachments import BYTES
from dentalsales.storage.server_company import UNHURRIED, ServerCompany
from dentalsales.storage.server_others import refuse_others
from dentalsales.storage.table_copy import Progress, TableFacts, copy_tables

CLOSE = (
    "CREATE FUNCTION moved_away() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION 'moved away' USING ERRCODE = '{MOVED_STATE}'; END $$",
    "CREATE TRIGGER moved_away BEFORE UPDATE ON history_head EXECUTE FUNCTION moved_away()",
)
"""Every act writes an entry of the history and thereby its head; without that nothing is kept."""


@dataclass(frozen=True)
class Moved:
    """What was moved: what each table holds, here and there alike, and how many attached files came along."""

    place: str
    tables: tuple[TableFacts, ...]
    files: int

    @property
    def rows(self) -> int:
        """All rows together."""
        return sum(table.rows for table in self.tables)


def move_to_server(
    company: FolderCompany, address: ServerAddress, own_folder: Path, metadata: MetaData, progress: Progress
) -> Moved:
    """Bring the company of a folder into an empty database; what raises on the way leaves both as they were.

    All comes in one transaction, which is kept when every table was read back and found alike. The folder then opens
    only to read and says where the company is; whoever called closes it.
    """
    if not company.exclusive:
        raise RuleBroken(_("Close the window of the company first, then move it over."))
    fill = fill_from(company, metadata, progress)
    with said_clearly():
        ServerCompany.create(address, own_folder, metadata, fill).close()
        _mark(company.folder, str(address))
    return Moved(str(address), tuple(fill.tables), len(fill.files))


class fill_from:  # noqa: N801 - read as the act that it is
    """Fills the empty tables of a server with all that a folder's company holds, and knows afterwards what that was."""

    def __init__(self, company: FolderCompany, metadata: MetaData, progress: Progress) -> None:
        self._company, self._metadata, self._progress = company, metadata, progress
        self.tables: list[TableFacts] = []
        self.files: list[str] = []

    def __call__(self, target: Connection) -> None:
        """Fill them, in the transaction of whoever made them."""
        for statement in UNHURRIED:
            target.exec_driver_sql(statement)
        self.files = _files_to_server(self._company.files, target)
        with for_reading(self._company.engine).connect() as source:
            self.tables = copy_tables(source, target, self._metadata, self._progress)


def move_to_folder(company: ServerCompany, folder: Path, metadata: MetaData, progress: Progress) -> Moved:
    """Bring the company of a server into a folder where there is none, and let nobody write to it on the server.

    RuleBroken when others still have it open there: what they type would be lost.
    """
    company.engine.dispose()  # our own connections that rest
    with said_clearly(), for_writing(company.engine).begin() as source:
        for statement in UNHURRIED:
            source.exec_driver_sql(statement)
        refuse_others(source)
        copied = _into_folder(company, source, folder, metadata, progress)
        for statement in CLOSE:
            source.exec_driver_sql(statement)
        return copied


def copy_into_folder(company: ServerCompany, folder: Path, metadata: MetaData, progress: Progress) -> Moved:
    """Bring one moment of a server's company into an empty folder, while others go on working."""
    with said_clearly(), for_reading(company.engine).begin() as source:
        for statement in UNHURRIED:
            source.exec_driver_sql(statement)
        return _into_folder(company, source, folder, metadata, progress)


def _into_folder(
    company: ServerCompany, source: Connection, folder: Path, metadata: MetaData, progress: Progress
) -> Moved:
    tables: list[TableFacts] = []
    made = FolderCompany.create(
        folder, metadata, lambda target: tables.extend(copy_tables(source, target, metadata, progress))
    )
    with closing(made):
        files = FolderAttachments(folder / ATTACHMENTS).keep_all(company.files)
    return Moved(str(folder), tuple(tables), files)


def _files_to_server(files: AttachmentStore, target: Connection) -> list[str]:
    """Send the attached files; the check of the company names those that are missing or damaged since long."""
    sent = []
    for sha256 in files.hashes():
        kept = files.file_of(sha256)
        if kept is not None:
            target.execute(insert(BYTES), {"sha256": sha256, "bytes": kept.read_bytes()})
            sent.append(sha256)
    return sent


def _mark(folder: Path, place: str) -> None:
    told = {"place": place, "at": datetime.now(UTC).isoformat(timespec="seconds")}
    with write_safely(folder / MOVED) as draft:
        draft.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
