"""The company of a folder: its database, attachments and backups, opened by one program at a time."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, MetaData

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.storage.company import Company
from dentalsales.storage.database_file import APPLICATION_ID, check_database, has_all_tables
from dentalsales.storage.engine import BUSY_SECONDS, for_writing, make_engine, make_unchanging_engine
from dentalsales.storage.file_lock import FileLock
from dentalsales.storage.folder_attachments import FolderAttachments
from dentalsales.storage.layout import ATTACHMENTS, DATABASE, JOURNALS, LOCK, MOVED, MOVING
from dentalsales.storage.leftovers import forget_moves
from dentalsales.storage.location import Place, look_at, refuse_bad_place
from dentalsales.storage.migrate import Fill, create_schema, current_revision, head_revision
from dentalsales.storage.refusals import BUSY, said_clearly


class FolderCompany(Company):
    """The company of a folder: an SQLite file beside its attachments and backups, open in one program at a time."""

    def __init__(self, folder: Path, engine: Engine, lock: FileLock | None) -> None:
        super().__init__(folder, engine)
        self._lock = lock
        self._turns = Lock()
        self.files = FolderAttachments(self.attachments)

    @property
    def place(self) -> str:
        """The folder."""
        return str(self.folder)

    @property
    def database(self) -> Path:
        """The file of the database."""
        return self.folder / DATABASE

    @property
    def attachments(self) -> Path:
        """The folder of the attached files, named by their SHA-256."""
        return self.folder / ATTACHMENTS

    @property
    def may_write(self) -> bool:
        """True when this program holds the company's lock."""
        return self._lock is not None and self._lock.held

    @property
    def exclusive(self) -> bool:
        """Whoever may write is the only one."""
        return self.may_write

    @classmethod
    def create(cls, folder: Path, metadata: MetaData, fill: Fill | None = None) -> "FolderCompany":
        """Make a new company in a folder and open it; RuleBroken when there is one or the place is unfit.

        It is empty, or holds what `fill` puts into its tables, whose links are checked by whoever does that.
        """
        folder = Path(folder)
        refuse_bad_place(look_at(folder))
        with said_clearly(), ExitStack() as undo:
            folder.mkdir(parents=True, exist_ok=True)
            lock = _taken(folder, undo)
            if (folder / DATABASE).exists():
                raise RuleBroken(
                    _("There is a company in {folder} already. Open it, or choose another folder."), folder=str(folder)
                )
            forget_moves(folder)
            _make_database(folder / DATABASE, metadata, fill)
            company = cls(folder, make_engine(folder / DATABASE), lock)
            company.attachments.mkdir(exist_ok=True)
            company.backups.mkdir(exist_ok=True)
            undo.pop_all()
            return company

    @classmethod
    def open(
        cls,
        folder: Path,
        metadata: MetaData,
        read_only: bool = False,
        knows: Callable[[Any], Any] = lambda server: server,
    ) -> "FolderCompany":
        """Open a company to work in it, or beside an open window only to read; brings an older schema up to date.

        `knows` puts its password to the address of a server, which is asked how a move ended that was cut off.
        """
        folder = Path(folder)
        if not (folder / DATABASE).is_file():
            raise RuleBroken(
                _("There is no company in {folder}. Choose the folder of a company, or create a new one there."),
                folder=str(folder),
            )
        place = look_at(folder)
        refuse_bad_place(place, read_only)
        with said_clearly(), ExitStack() as undo:
            lock = None if read_only else _taken(folder, undo)
            if lock is not None and any((folder / mark).exists() for mark in (MOVED, MOVING)):
                from dentalsales.storage.move_mark import refuse_moved

                refuse_moved(folder, knows)
            check_database(folder / DATABASE, thorough=not read_only)
            engine = _reader(folder, place) if read_only else make_engine(folder / DATABASE)
            undo.callback(engine.dispose)
            company = cls(folder, engine, lock)
            company._bring_up_to_date()
            has_all_tables(engine, metadata)
            undo.pop_all()
            return company

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """One thread after the other: waiting for SQLite's own lock is a lottery that a thread can lose for seconds."""
        if not self._turns.acquire(timeout=BUSY_SECONDS):
            raise RuleBroken(BUSY)
        try:
            yield
        finally:
            self._turns.release()

    def close(self) -> None:
        """Write everything into the one database file and give the company free; a second call does nothing."""
        try:
            if self.may_write:
                with said_clearly():
                    self.checkpoint()
        finally:
            super().close()
            if self._lock is not None:
                self._lock.release()

    def only_read(self) -> None:
        """Write nothing any more: it may be worked in elsewhere."""
        if self._lock is not None:
            self._lock.release()

    def take_away(self) -> None:
        """Close it and remove its database; what else lies in the folder stays."""
        self.close()
        forget_company(self.folder)

    def checkpoint(self) -> None:
        """Move the journal into the database file; for idle moments."""
        connection = self.engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()

    def _bring_up_to_date(self) -> None:
        with self.engine.connect() as connection:
            current = current_revision(connection)
        if current == head_revision():
            return
        if not self.may_write:
            raise RuleBroken(
                _("The company was made by an older version. Open it in the program once to bring it up to date.")
            )
        from dentalsales.storage.backup import make_backup
        from dentalsales.storage.migrate import upgrade

        upgrade(self.engine, lambda: make_backup(self, self.backups, reason="before_migration"))


def forget_company(folder: Path) -> None:
    """Remove the database of a company that never began, and what is said of its move; what else lies there stays."""
    for left in (DATABASE, *JOURNALS):
        (folder / left).unlink(missing_ok=True)
    forget_moves(folder)


def _taken(folder: Path, undo: ExitStack) -> FileLock:
    lock = FileLock(folder / LOCK)
    lock.take()
    undo.callback(lock.release)
    return lock


def _reader(folder: Path, place: Place) -> Engine:
    """Read beside a writer; only where nothing can be written and no journal waits is there surely no writer."""
    if place.writable or (folder / JOURNALS[0]).exists():
        return make_engine(folder / DATABASE, read_only=True)
    return make_unchanging_engine(folder / DATABASE)


def mark_as_ours(connection: Connection) -> None:
    """Let a database file say that it is a company of this program."""
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")


def _make_database(path: Path, metadata: MetaData, fill: Fill | None) -> None:
    """Build the database under another name, so that a half-made one is never taken for a company."""
    draft = path.with_name("company-new.db")
    for leftover in path.parent.glob(draft.name + "*"):
        leftover.unlink()
    engine = make_engine(draft)
    try:
        with for_writing(engine).connect() as connection:
            driver: Any = connection.connection.dbapi_connection
            driver.execute(f"PRAGMA foreign_keys = {'ON' if fill is None else 'OFF'}")  # has to come before BEGIN
            with connection.begin():
                create_schema(connection, metadata, fill)
                mark_as_ours(connection)
    except BaseException:
        engine.dispose()
        for unfinished in path.parent.glob(draft.name + "*"):
            unfinished.unlink()
        raise
    engine.dispose()
    draft.replace(path)
