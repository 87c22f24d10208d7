"""One company's data, wherever it lies: what acts, window and command line may ask of an open company."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import Text, _
from dentalsales.storage.attachment_store import AttachmentStore
from dentalsales.storage.engine import for_reading, for_writing
from dentalsales.storage.history_chain import write_waiting
from dentalsales.storage.layout import BACKUPS
from dentalsales.storage.refusals import said_clearly
from dentalsales.storage.turn import take_any_turn

OWNERS_ONLY = _(
    "A clerk's login can't copy or restore the company, since a copy holds the key of its history. "
    "Whoever looks after the server does it with the login {logins}."
)


class Company(ABC):
    """An open company; every refusal on the way to it is a RuleBroken, and leaves it as it was.

    `FolderCompany` keeps it in a file that one program opens at a time, `ServerCompany` on PostgreSQL, where several
    clerks work at once. Everything above storage knows this class alone.
    """

    files: AttachmentStore
    """The attached files."""
    caution: Text | None = None
    """What whoever opened the company should change before going on, though nothing is refused."""

    def __init__(self, folder: Path, engine: Engine) -> None:
        self.folder = folder
        """Where this PC keeps what belongs to the company: its backups, and of a folder company everything."""
        self.engine = engine
        self.writes = 0
        """How often something was written since the company was opened here."""
        self._reader, self._writer = for_reading(engine), for_writing(engine)

    @property
    @abstractmethod
    def place(self) -> str:
        """Where the company lies, as people say it: a folder, or a database on a server."""

    @property
    @abstractmethod
    def may_write(self) -> bool:
        """True when this program may change the company."""

    @property
    @abstractmethod
    def exclusive(self) -> bool:
        """True when no other program can write to the company as long as it is open here."""

    @property
    def seen_whole(self) -> bool:
        """True when this program sees all that a copy of the company holds; may ask the server."""
        return True

    @property
    def login(self) -> str:
        """By which login this program works in the company; a file has none. May ask the server."""
        return ""

    @property
    def copying_logins(self) -> tuple[str, ...]:
        """The logins that see the company whole and so make its copies; a file has none. May ask the server."""
        return ()

    def demand_whole(self) -> None:
        """Raise RuleBroken, saying which logins do, unless this program sees all that a copy holds."""
        if not self.seen_whole:
            raise RuleBroken(OWNERS_ONLY, logins=" / ".join(self.copying_logins) or "?")

    @property
    def backups(self) -> Path:
        """The folder of the backups on this disk."""
        return self.folder / BACKUPS

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one moment of the company; nothing it changes is kept."""
        take_any_turn()
        with said_clearly(files=False), Session(self._reader, autoflush=False, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def reading_rows(self) -> Iterator[Connection]:
        """A connection that sees one moment of the company: lists need rows and no records, hence no session."""
        take_any_turn()
        with said_clearly(files=False), self._reader.connect() as connection:
            yield connection

    @contextmanager
    def writing(self, late: bool = False) -> Iterator[Session]:
        """A session whose changes are kept together when the block ends, or not at all when it raises.

        One writes at a time, also where several work: whoever comes second waits until the first has ended. On a
        server who is `late` waits only before the first change that others can see, and may find itself Overtaken.
        """
        if not self.may_write:
            raise RuleBroken(_("The company is open only to read. Open it in the program to change something."))
        try:
            with self._turn(), said_clearly(files=False):
                with Session(self._writer, expire_on_commit=False) as session, session.begin():
                    with self._late(session) if late else nullcontext():
                        yield session
                    write_waiting(session)
        finally:
            self.writes += 1

    def _turn(self) -> AbstractContextManager[Any]:
        """Wait until it is our turn to write, where the database itself does not see to it."""
        return nullcontext()

    def _late(self, session: Session) -> AbstractContextManager[Any]:
        """Let a session begin before its turn, where there is something to be gained by it."""
        return nullcontext()

    def close(self) -> None:
        """Give the company free; a second call does nothing."""
        self.engine.dispose()

    @abstractmethod
    def take_away(self) -> None:
        """Close a company that was never finished, and leave nothing of it where it was made."""
