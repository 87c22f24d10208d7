"""Moves a company over: from its folder to a server, or back; what is left behind is whole and takes in no more."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, MetaData, insert

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.storage.attachment_store import AttachmentStore
from dentalsales.storage.engine import for_reading, for_writing
from dentalsales.storage.folder_attachments import FolderAttachments
from dentalsales.storage.folder_company import FolderCompany, forget_company
from dentalsales.storage.layout import ATTACHMENTS
from dentalsales.storage.leftovers import forget_moves
from dentalsales.storage.move_mark import CLOSED, Going, going, is_on_server, say_going, say_moved
from dentalsales.storage.refusals import MOVED_STATE, said_clearly
from dentalsales.storage.server_address import ServerAddress
from dentalsales.storage.server_attachments import BYTES
from dentalsales.storage.server_company import UNHURRIED, ServerCompany
from dentalsales.storage.server_others import refuse_others
from dentalsales.storage.table_copy import Progress, TableFacts, copy_tables

CLOSE = (
    f"CREATE FUNCTION {CLOSED}() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION 'moved away' USING ERRCODE = '{MOVED_STATE}'; END $$",
    f"CREATE TRIGGER {CLOSED} BEFORE UPDATE ON history_head EXECUTE FUNCTION {CLOSED}()",
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
    moves: list[Going] = []

    def fill_and_say(target: Connection) -> None:
        fill(target)
        with for_reading(company.engine).connect() as source:
            moves.append(going(address, source))
        say_going(company.folder, moves[0])

    with said_clearly():
        try:
            ServerCompany.create(address, own_folder, metadata, fill_and_say).close()
        except BaseException:
            there = _is_there(moves)
            if there is None:  # nobody knows where it is, so it is written nowhere
                company.only_read()
            elif not there:
                forget_moves(company.folder)
            if not there:
                raise
        say_moved(company.folder, address)
    return Moved(str(address), tuple(fill.tables), len(fill.files))


def _is_there(moves: list[Going]) -> bool | None:
    """Ask the server how a move ended that broke off there; None when it gives no answer, False when none began."""
    try:
        return bool(moves) and is_on_server(moves[0])
    except RuleBroken:
        return None


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
    moves: list[Going] = []

    def say(source: Connection) -> None:
        moves.append(going(company.address, source))
        say_going(folder, moves[0])

    try:
        with said_clearly(), for_writing(company.engine).begin() as source:
            for statement in UNHURRIED:
                source.exec_driver_sql(statement)
            refuse_others(source)
            copied = _into_folder(company, source, folder, metadata, progress, say)
            for statement in CLOSE:
                source.exec_driver_sql(statement)
    except BaseException:
        there = _is_there(moves)
        if there:
            forget_company(folder)
        if there or not moves or there is None:  # without an answer the folder keeps the question
            raise
    forget_moves(folder)
    return copied


def copy_into_folder(company: ServerCompany, folder: Path, metadata: MetaData, progress: Progress) -> Moved:
    """Bring one moment of a server's company into an empty folder, while others go on working."""
    with said_clearly(), for_reading(company.engine).begin() as source:
        for statement in UNHURRIED:
            source.exec_driver_sql(statement)
        return _into_folder(company, source, folder, metadata, progress)


def _into_folder(
    company: ServerCompany,
    source: Connection,
    folder: Path,
    metadata: MetaData,
    progress: Progress,
    say: Callable[[Connection], None] = lambda _source: None,
) -> Moved:
    tables: list[TableFacts] = []

    def fill(target: Connection) -> None:
        tables.extend(copy_tables(source, target, metadata, progress))
        say(source)

    made = FolderCompany.create(folder, metadata, fill)
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
