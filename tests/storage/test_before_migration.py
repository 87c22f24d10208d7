"""Before a newer program migrates a server's company, a copy of its older schema is made, verified, and can go back."""

import lzma
import os
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from company_tables import company_metadata
from postgres_server import PostgresServer
from sqlalchemy import text

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.storage import server_others
from dentalsales.storage.backup import list_backups
from dentalsales.storage.backup_file import unpack_backup, verify
from dentalsales.storage.before_migration import tables_alike
from dentalsales.storage.engine import for_writing, make_engine, sqlite_module
from dentalsales.storage.given_ids import continue_ids
from dentalsales.storage.migrate import head_revision, upgrade_at_once
from dentalsales.storage.pinyin_order import MAKE_COLLATION
from dentalsales.storage.server_address import ServerAddress
from dentalsales.storage.server_attachments import SERVER_TABLES
from dentalsales.storage.server_company import ServerCompany
from dentalsales.storage.server_engine import make_server_engine
from dentalsales.storage.server_roles import clerks_role, go_on_as_owner, make_roles
from dentalsales.storage.server_seal import make_seal
from dentalsales.storage.table_copy import copy_tables
from dentalsales.storage.whole_copy import restore_to_server

SAMPLES = {path.name[:4]: path for path in sorted((Path(__file__).parents[1] / "samples").glob("*.db.xz"))}
OLDER = sorted(set(SAMPLES) - {head_revision()})
TRIED = OLDER if "DENTALSALES_R3" in os.environ else OLDER[-1:]
"""The long run of the promises tries every released schema; the suite the newest one before today's."""
_names = count(1)


@pytest.fixture
def address(postgres: PostgresServer) -> ServerAddress:
    """A database whose owner is no administrator."""
    name = f"older_{next(_names)}"
    postgres.run(f"CREATE ROLE {name}_maker LOGIN CREATEROLE", f"CREATE DATABASE {name} OWNER {name}_maker")
    return ServerAddress.parse(postgres.url(name, f"{name}_maker"))


def put_on_server(revision: str, address: ServerAddress, scratch: Path) -> dict[str, list[Any]]:
    """Make the company of a sample on the server as the program of that schema made it; return its rows."""
    file = scratch / "sample.db"
    file.write_bytes(lzma.decompress(SAMPLES[revision].read_bytes()))
    engine = make_server_engine(address)
    local = make_engine(file)
    with for_writing(engine).begin() as target, local.connect() as source:
        make_roles(target, address)
        go_on_as_owner(target, address)
        target.exec_driver_sql(MAKE_COLLATION)
        SERVER_TABLES.create_all(target)
        upgrade_at_once(target, revision)
        target.exec_driver_sql("SET LOCAL check_function_bodies = off")
        make_seal(target)
        tables = tables_alike(target, source)
        for table in tables.sorted_tables:
            target.execute(table.delete())
        copy_tables(source, target, tables, lambda _done, _total: None)
        continue_ids(target, tables)
    engine.dispose()
    local.dispose()
    return rows_in(file)


def asked(address: ServerAddress, statement: str) -> list[Any]:
    """Let the login that made the company say something to the server, past the program."""
    with psycopg.connect(address.url.set(drivername="postgresql").render_as_string(), autocommit=True) as raw:
        cursor = raw.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []


def rows_in(file: Path) -> dict[str, list[Any]]:
    with closing(sqlite_module().connect(str(file))) as raw:
        named = raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        tables = sorted(name for (name,) in named.fetchall())
        raw.row_factory = lambda cursor, row: sorted(
            zip([name for name, *_more in cursor.description], row, strict=True)
        )
        return {table: sorted(map(repr, raw.execute(f'SELECT * FROM "{table}"'))) for table in tables}


@pytest.mark.parametrize("revision", TRIED)
def test_a_copy_of_the_older_schema_comes_before_its_migration_and_goes_back_like_any_older_file(
    revision: str, address: ServerAddress, postgres: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Row for row it is what the server held; while somebody works, or no copy can be made, it stays at its schema."""
    before, metadata = put_on_server(revision, address, tmp_path), company_metadata()
    own = tmp_path / "own"
    own.mkdir()

    clerk = postgres.clerk(clerks_role(address.database))
    other = make_server_engine(ServerAddress.parse(postgres.url(address.database, clerk)))
    with monkeypatch.context() as patch, other.connect(), pytest.raises(RuleBroken, match=f"logins: {clerk}"):
        patch.setattr(server_others, "LEAVING_SECONDS", 0.1)
        ServerCompany.open(address, own, metadata)
    other.dispose()
    asked(address, "ALTER TABLE supplier ADD COLUMN fax text")
    with pytest.raises(RuleBroken, match="table supplier on the server is not as the program made it, so no copy can"):
        ServerCompany.open(address, own, metadata)
    assert asked(address, "SELECT version_num FROM alembic_version") == [(revision,)]
    asked(address, "ALTER TABLE supplier DROP COLUMN fax")
    ServerCompany.open(address, own, metadata).close()
    (made,) = list_backups(own / "backups")
    assert verify(made.path).verified and (made.revision, made.reason) == (revision, "before_migration")
    (tmp_path / "unpacked").mkdir()
    unpack_backup(made.path, tmp_path / "unpacked")
    assert rows_in(tmp_path / "unpacked" / "company.db") == before

    restore_to_server(made.path, address, own, metadata)
    with closing(ServerCompany.open(address, own, metadata)) as restored, restored.reading() as session:
        assert session.scalar(text("SELECT version_num FROM alembic_version")) == head_revision()
        assert session.scalar(text('SELECT count(*) FROM "order"')) == len(before["order"])
    assert len(list_backups(own / "backups")) == 1, "what was restored is up to date"
