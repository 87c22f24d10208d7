"""The company on a PostgreSQL server, where several clerks work at once; this PC keeps only its own files of it."""

from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, inspect, text
from sqlalchemy.orm import Session

from dentalsales.blueprint.house_records import HistoryKey
from dentalsales.blueprint.rules import NothingThere, RuleBroken
from dentalsales.i18n import _
from dentalsales.storage.before_migration import copy_older
from dentalsales.storage.company import Company
from dentalsales.storage.database_file import has_all_tables
from dentalsales.storage.engine import for_writing
from dentalsales.storage.migrate import (
    VERSION,
    Fill,
    create_schema,
    current_revision,
    head_revision,
    refuse_newer,
    upgrade_at_once,
)
from dentalsales.storage.pinyin_order import MAKE_COLLATION
from dentalsales.storage.refusals import said_clearly
from dentalsales.storage.server_address import ServerAddress
from dentalsales.storage.server_attachments import SERVER_TABLES, ServerAttachments
from dentalsales.storage.server_blanks import CLERKS_BLANKS, make_blanks
from dentalsales.storage.server_engine import make_server_engine
from dentalsales.storage.server_guards import drop_guards, guards_differ, make_guards
from dentalsales.storage.server_others import refuse_others
from dentalsales.storage.server_refusals import connecting
from dentalsales.storage.server_roles import (
    caution_of,
    drop_contents,
    drop_roles,
    go_on_as_owner,
    grant_rights,
    make_roles,
    owners_of,
    works_as_clerk,
)
from dentalsales.storage.server_seal import CLERKS_FUNCTIONS, make_seal
from dentalsales.storage.turn import late

OLDEST = 13
"""The first PostgreSQL that it was made for; older ones are no longer mended by their makers."""
STRANGERS = _("The database {database} on {server} holds tables of another program. Name an empty database.")
UNHURRIED = (
    "SET LOCAL statement_timeout = 0",
    "SET LOCAL idle_in_transaction_session_timeout = 0",
)
"""A whole company takes longer than an act may."""


class ServerCompany(Company):
    """The company of a PostgreSQL database; nobody has it for himself, and each writes in turn."""

    def __init__(self, address: ServerAddress, folder: Path, metadata: MetaData) -> None:
        super().__init__(folder, make_server_engine(address))
        self.address, self.metadata = address, metadata
        self.files = ServerAttachments(self.engine)

    @property
    def place(self) -> str:
        """The database and its server."""
        return str(self.address)

    @property
    def may_write(self) -> bool:
        """Several write, each in turn; what a login may not do, the server refuses."""
        return True

    @property
    def exclusive(self) -> bool:
        """Others may write at any moment."""
        return False

    @property
    def seen_whole(self) -> bool:
        """What makes and migrates the company sees all of it; clerks' logins don't see the key of the history."""
        with said_clearly(files=False), self._reader.connect() as connection:
            return not works_as_clerk(connection, self.address)

    @property
    def login(self) -> str:
        """What the server calls whoever works here."""
        with said_clearly(files=False), self._reader.connect() as connection:
            return str(connection.scalar(text("SELECT session_user")))

    @property
    def copying_logins(self) -> tuple[str, ...]:
        """Who made the company, and whoever was made an owner beside."""
        with said_clearly(files=False), self._reader.connect() as connection:
            return owners_of(connection, self.address)

    @classmethod
    def create(
        cls,
        address: ServerAddress,
        folder: Path,
        metadata: MetaData,
        fill: Fill | None = None,
        replaces: bool = False,
    ) -> "ServerCompany":
        """Make a new company in an empty database and open it; RuleBroken when there is one or the server is unfit.

        It is empty, or holds what `fill` puts into its tables; when that raises, the database is as it was. One that
        `replaces` takes the place of a company that nobody else has open.
        """
        with connecting(address), ExitStack() as undo:
            company = cls(address, folder, metadata)
            undo.callback(company.engine.dispose)
            with for_writing(company.engine).begin() as connection:
                if replaces and current_revision(connection):
                    refuse_others(connection)
                    drop_contents(connection, address)
                refuse_unfit(connection, address)
                make_roles(connection, address)
                connection.exec_driver_sql(MAKE_COLLATION)
                SERVER_TABLES.create_all(connection)
                create_schema(connection, metadata, fill)
                company._guard(connection)
                company.caution = caution_of(connection, address)
            company.backups.mkdir(parents=True, exist_ok=True)
            undo.pop_all()
            return company

    def _late(self, session: Session) -> AbstractContextManager[Any]:
        """Several programs do all but the last part of their acts at once."""
        return late(session)

    def take_away(self) -> None:
        """Drop its tables and roles, so that the database is as empty as before, and close it."""
        with for_writing(self.engine).begin() as connection:
            drop_roles(connection, self.address)
        self.close()

    @classmethod
    def open(cls, address: ServerAddress, folder: Path, metadata: MetaData) -> "ServerCompany":
        """Open a company to work in it, beside others; NothingThere when the database is empty."""
        with connecting(address), ExitStack() as undo:
            company = cls(address, folder, metadata)
            undo.callback(company.engine.dispose)
            with company.engine.connect() as connection:
                behind = _is_behind(connection, address)
                company.caution = caution_of(connection, address)
                stale = not works_as_clerk(connection, address) and company._is_guarded_otherwise(connection)
            if behind:
                company._bring_up_to_date()
            elif stale:
                company._guard_anew()
            has_all_tables(company.engine, metadata)
            company.backups.mkdir(parents=True, exist_ok=True)
            undo.pop_all()
            return company

    def _bring_up_to_date(self) -> None:
        """Copy, then migrate in one transaction, while nobody else has the company open; the clerks get what is new.

        What stops the copy stops the migration. Nobody can write in between: the transaction has the lock of writers.
        """
        self.engine.dispose()
        with for_writing(self.engine).begin() as connection:
            for statement in UNHURRIED:
                connection.exec_driver_sql(statement)
            refuse_others(connection)
            go_on_as_owner(connection, self.address)
            copy_older(connection, self.files, self.folder, self.backups)
            drop_guards(connection)
            upgrade_at_once(connection)
            SERVER_TABLES.create_all(connection)
            self._guard(connection)

    def _is_guarded_otherwise(self, connection: Connection) -> bool:
        return HistoryKey.__tablename__ in self.metadata.tables and guards_differ(connection, self.metadata)

    def _guard_anew(self) -> None:
        """Guard the papers as this version declares them; the schema stays, and whoever writes meanwhile waits."""
        with for_writing(self.engine).begin() as connection:
            go_on_as_owner(connection, self.address)
            drop_guards(connection)
            self._guard(connection)

    def _guard(self, connection: Connection) -> None:
        """Give the clerks their rights, and the tables the triggers that hold what rights can't tell."""
        calls: list[str] = []
        if HistoryKey.__tablename__ in self.metadata.tables:
            make_seal(connection)
            make_blanks(connection, self.metadata)
            calls = [*CLERKS_FUNCTIONS, *CLERKS_BLANKS, *make_guards(connection, self.metadata)]
        grant_rights(connection, self.address, (self.metadata, SERVER_TABLES, VERSION.metadata), calls)


def _is_behind(connection: Connection, address: ServerAddress) -> bool:
    """Say whether the schema has to be migrated first; RuleBroken when there is none, or this login may not do that."""
    revision = current_revision(connection)
    if not revision:
        raise NothingThere(
            _("There is no company in the database {database} on {server} yet. Open the window with it to make one."),
            database=address.database,
            server=address.server,
        )
    refuse_newer(revision)
    if revision != head_revision() and works_as_clerk(connection, address):
        raise RuleBroken(
            _(
                "The company on {server} was made by an older version (schema {revision}). "
                "Whoever looks after the server opens it once with the login that made it; that brings it up to date."
            ),
            server=address.server,
            revision=revision,
        )
    return revision != head_revision()


def refuse_unfit(connection: Connection, address: ServerAddress) -> None:
    """Raise RuleBroken when the database is not an empty one in which Chinese names can be kept and sorted."""
    there = set(inspect(connection).get_table_names())
    told = {"database": address.database, "server": address.server}
    if VERSION.name in there:
        raise RuleBroken(
            _("There is a company in the database {database} on {server} already. Open it, or name another database."),
            **told,
        )
    if there:
        raise RuleBroken(STRANGERS, **told)
    version, encoding, sorts = connection.execute(
        text(
            "SELECT current_setting('server_version_num')::int / 10000, current_setting('server_encoding'), "
            "EXISTS (SELECT 1 FROM pg_collation WHERE collname = 'zh-x-icu')"
        )
    ).one()
    if version < OLDEST:
        raise RuleBroken(
            _("The server {server} runs PostgreSQL {version}. Install PostgreSQL {oldest} or newer."),
            server=address.server, version=version, oldest=OLDEST,
        )  # fmt: skip
    if encoding != "UTF8":
        raise RuleBroken(
            _("The database {database} on {server} can't hold all Chinese characters. Create it with ENCODING 'UTF8'."),
            **told,
        )
    if not sorts:
        raise RuleBroken(
            _("PostgreSQL on {server} can't sort by pinyin. Install an edition with ICU, as its makers offer it."),
            server=address.server,
        )
