"""The roles of a company on a server: one owns its tables, the logins of the clerks are members of another."""

import hashlib
from collections.abc import Iterable

from sqlalchemy import Connection, MetaData, Table, text

from dentalsales.blueprint.guard import GUARD, Guard
from dentalsales.blueprint.house_records import (
    Attachment,
    Counter,
    History,
    HistoryHead,
    HistoryKey,
    ImportedFile,
    ImportTemplate,
    PersonalValue,
    PrintRun,
    PrintTemplate,
    SavedView,
    SettingValue,
)
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import Text, _
from dentalsales.storage.migrate import VERSION
from dentalsales.storage.server_address import ServerAddress
from dentalsales.storage.server_attachments import BYTES
from dentalsales.storage.server_seal import TURN

LONGEST = 63
"""Bytes of a name that PostgreSQL tells apart."""
EVERYTHING = "SELECT, INSERT, UPDATE, DELETE"
RIGHTS = {
    HistoryKey.__tablename__: "",
    History.__tablename__: "SELECT",
    HistoryHead.__tablename__: "SELECT",
    TURN.name: "SELECT",
    VERSION.name: "SELECT",
    Counter.__tablename__: "SELECT, INSERT, UPDATE (last)",
    ImportedFile.__tablename__: "SELECT, INSERT",
    BYTES.name: "SELECT, INSERT",
    **dict.fromkeys(
        (
            one.__tablename__
            for one in (Attachment, ImportTemplate, PersonalValue, PrintRun, PrintTemplate, SavedView, SettingValue)
        ),
        EVERYTHING,
    ),
}
"""What a clerk may do with the tables of the house; the history itself is written by a function of the owner's."""
NEEDS = _(
    "To make a company in {database} on {server}, the login {login} has to own the database and be allowed to make "
    "roles. Have both arranged there, or use the administrator's login."
)

DOES_ANYTHING = _(
    "You work with a login that may do anything in the database. Sign in with a clerk's login, a member of the role "
    "{clerks}; then the server guards history and papers."
)


def clerks_role(database: str) -> str:
    """Return the role whose members are the clerks' logins."""
    return _named(database, "clerks")


def owner_role(database: str) -> str:
    """Return the role that owns the tables; whoever migrates the schema is a member."""
    return _named(database, "owner")


def _named(database: str, kind: str) -> str:
    name = f"{database}_{kind}"
    if len(name.encode()) > LONGEST:
        name = f"{hashlib.sha256(database.encode()).hexdigest()[:16]}_{kind}"
    return name


def quoted(name: str) -> str:
    """Return a name as SQL spells it."""
    return '"' + name.replace('"', '""') + '"'


def make_roles(connection: Connection, address: ServerAddress) -> None:
    """Make the roles of an empty database and go on as the owner of its tables; RuleBroken when the login may not."""
    database, owner, clerks = (
        quoted(name) for name in (address.database, owner_role(address.database), clerks_role(address.database))
    )
    refuse_who_may_not(connection, address)
    for role in (owner_role(address.database), clerks_role(address.database)):
        if not connection.scalar(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": role}):
            _run(connection, f"CREATE ROLE {quoted(role)} NOLOGIN")
    _run(
        connection,
        f"GRANT {owner} TO CURRENT_USER",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        f"REVOKE ALL ON DATABASE {database} FROM PUBLIC",
        f"GRANT CONNECT ON DATABASE {database} TO {owner}, {clerks}",
        f"GRANT CREATE, USAGE ON SCHEMA public TO {owner}",
        f"GRANT USAGE ON SCHEMA public TO {clerks}",
    )
    go_on_as_owner(connection, address)


def refuse_who_may_not(connection: Connection, address: ServerAddress) -> None:
    """Raise RuleBroken when the login may not make a company in this database."""
    may = connection.scalar(
        text(
            "SELECT rolsuper OR (rolcreaterole AND pg_has_role(datdba, 'USAGE')) FROM pg_roles, pg_database "
            "WHERE rolname = current_user AND datname = current_database()"
        )
    )
    if not may:
        raise RuleBroken(NEEDS, database=address.database, server=address.server, login=address.login or "?")


def grant_rights(connection: Connection, address: ServerAddress, of: Iterable[MetaData], calls: Iterable[str]) -> None:
    """Let the clerks do with each table what their work needs, call these functions, and nothing else."""
    clerks = quoted(clerks_role(address.database))
    for metadata in of:
        for table in metadata.sorted_tables:
            if rights := rights_of(table):
                _run(connection, f"GRANT {rights} ON {quoted(table.name)} TO {clerks}")
    _run(connection, f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {clerks}")
    _run(connection, "REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC")
    _run(connection, *(f"GRANT EXECUTE ON FUNCTION {one} TO {clerks}" for one in calls))


def rights_of(table: Table) -> str:
    """Return what a clerk may do with a table, "" for nothing."""
    if table.name in RIGHTS:
        return RIGHTS[table.name]
    guard = table.info.get(GUARD, Guard(table.name))
    if guard.written_once:
        return "SELECT, INSERT"
    return EVERYTHING if guard.deletable or guard.drafts else "SELECT, INSERT, UPDATE"


def drop_roles(connection: Connection, address: ServerAddress) -> None:
    """Drop all that the owner of the tables has in this database, and both roles."""
    owner, clerks = quoted(owner_role(address.database)), quoted(clerks_role(address.database))
    _run(
        connection,
        f"DROP OWNED BY {owner} CASCADE",
        f"REVOKE ALL ON SCHEMA public FROM {clerks}",
        f"REVOKE ALL ON DATABASE {quoted(address.database)} FROM {clerks}",
        f"DROP ROLE {owner}, {clerks}",
    )


def go_on_as_owner(connection: Connection, address: ServerAddress) -> None:
    """Let the rest of a transaction be the owner's, so that what it makes belongs to him."""
    _run(connection, f"SET LOCAL ROLE {quoted(owner_role(address.database))}")


def drop_contents(connection: Connection, address: ServerAddress) -> None:
    """Drop all that the owner of the tables has in this database; both roles and their members stay."""
    _run(connection, f"DROP OWNED BY {quoted(owner_role(address.database))} CASCADE")


def works_as_clerk(connection: Connection, address: ServerAddress) -> bool:
    """Say whether the login may do no more than a clerk: the owner's and the administrator's may do anything."""
    role = {"role": owner_role(address.database)}
    return not connection.scalar(text("SELECT pg_has_role(oid, 'USAGE') FROM pg_roles WHERE rolname = :role"), role)


def owners_of(connection: Connection, address: ServerAddress) -> tuple[str, ...]:
    """Return the logins that go on as the owner of the tables; every login may ask that."""
    members = (
        "SELECT member.rolname FROM pg_auth_members AS of JOIN pg_roles AS member ON member.oid = of.member "
        "JOIN pg_roles AS owner ON owner.oid = of.roleid "
        "WHERE owner.rolname = :role AND member.rolcanlogin GROUP BY 1 ORDER BY 1"
    )
    return tuple(connection.scalars(text(members), {"role": owner_role(address.database)}))


def caution_of(connection: Connection, address: ServerAddress) -> Text | None:
    """Return what to say to a login of the owner or the administrator, whom no guard holds back."""
    if works_as_clerk(connection, address):
        return None
    return DOES_ANYTHING.fill(clerks=clerks_role(address.database))


def _run(connection: Connection, *statements: str) -> None:
    for statement in statements:
        connection.exec_driver_sql(statement.replace("%", "%%"))
