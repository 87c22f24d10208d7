"""A company on a server: what it is made in, what is said when it can't be reached, and that all see the same."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from company_tables import company_metadata
from postgres_server import LOCKED, PASSWORD, PostgresServer
from sqlalchemy import Column, Integer, MetaData, String, Table, inspect, select, text
from test_before_migration import put_on_server

from dentalsales.blueprint.house_records import History, HistoryKey
from dentalsales.blueprint.rules import NothingThere, RuleBroken
from dentalsales.i18n import tr
from dentalsales.storage import server_engine, server_others
from dentalsales.storage.history_chain import FIELDS, moment_text, seal_of
from dentalsales.storage.server_address import ServerAddress, is_server
from dentalsales.storage.server_company import ServerCompany
from dentalsales.storage.server_refusals import sentence_of
from dentalsales.storage.server_roles import clerks_role

METADATA = MetaData()
SHOP = Table("shop", METADATA, Column("id", Integer, primary_key=True), Column("name", String(40), nullable=False))
_names = count(1)


@pytest.fixture
def address(postgres: PostgresServer) -> ServerAddress:
    """An empty database."""
    name = f"server_company_{next(_names)}"
    postgres.run(f"CREATE DATABASE {name}")
    return ServerAddress.parse(postgres.url(name))


@pytest.fixture
def company(address: ServerAddress, tmp_path: Path) -> Iterator[ServerCompany]:
    made = ServerCompany.create(address, tmp_path / "one", METADATA)
    yield made
    made.close()


def refusal(address: ServerAddress, folder: Path) -> str:
    with pytest.raises(RuleBroken) as refused:
        ServerCompany.open(address, folder, METADATA)
    return tr(refused.value.text)


def test_what_one_clerk_saves_another_sees(company: ServerCompany, tmp_path: Path) -> None:
    other = ServerCompany.open(company.address, tmp_path / "two", METADATA)
    with company.writing() as session:
        session.execute(SHOP.insert().values(name="爱牙"))
    with other.reading() as session:
        assert session.scalars(select(SHOP.c.name)).all() == ["爱牙"]
    note = tmp_path / "签收单.pdf"
    note.write_bytes(b"signed")
    kept = company.files.keep(note)
    company.files.keep(note)
    assert list(other.files.hashes()) == [kept.sha256]
    assert other.files.open_copy(kept.sha256, kept.name).read_bytes() == b"signed"
    assert other.files.file_of("0" * 64) is None
    other.close()


def test_a_reader_sees_one_moment_and_changes_nothing(company: ServerCompany) -> None:
    with company.reading() as session:
        assert session.scalars(select(SHOP.c.name)).all() == []
        with company.writing() as writer:
            writer.execute(SHOP.insert().values(name="a"))
        assert session.scalars(select(SHOP.c.name)).all() == []
        with pytest.raises(RuleBroken, match="may only be read"), company.reading() as other:
            other.execute(SHOP.insert().values(name="b"))


def test_who_writes_second_waits_and_is_told_when_it_takes_too_long(
    company: ServerCompany, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_engine, "OPTIONS", server_engine.OPTIONS.replace("lock_timeout=5s", "lock_timeout=50ms"))
    other = ServerCompany.open(company.address, tmp_path, METADATA)
    with company.writing() as session:
        session.execute(SHOP.insert().values(name="a"))
        with other.reading() as reader:
            assert reader.scalars(select(SHOP.c.name)).all() == []
        with pytest.raises(RuleBroken, match="Wait a little and try again"), other.writing() as second:
            second.execute(SHOP.insert().values(name="b"))
    with other.writing() as second:
        assert second.scalars(select(SHOP.c.name)).all() == ["a"]
    other.close()


def test_texts_compare_by_their_letters_whatever_the_language_of_the_server(company: ServerCompany) -> None:
    names = ("a", "B", "中", "Z", "é")
    with company.writing() as session:
        session.execute(SHOP.insert(), [{"name": name} for name in names])
        assert session.scalars(select(SHOP.c.name).order_by(SHOP.c.name)).all() == sorted(names)


def test_a_company_that_was_never_finished_leaves_the_database_empty(company: ServerCompany, tmp_path: Path) -> None:
    company.take_away()
    assert inspect(company.engine).get_table_names() == []
    ServerCompany.create(company.address, tmp_path / "again", METADATA).close()


def test_what_stands_in_the_way_is_said_in_one_sentence(postgres: PostgresServer, tmp_path: Path) -> None:
    def said(url: str) -> str:
        return refusal(ServerAddress.parse(url), tmp_path)

    server = f"127.0.0.1:{postgres.port}"
    if not postgres.run(f"SELECT 1 FROM pg_roles WHERE rolname = '{LOCKED}'"):
        postgres.run(f"CREATE ROLE {LOCKED} LOGIN PASSWORD '{PASSWORD}'")
    assert said(postgres.url("nowhere")) == (
        f"There is no database nowhere on {server}. Check the name, or have it created there."
    )
    assert said(postgres.url(login=LOCKED)).startswith(f"{server} wants the password of locked.")
    wrong = postgres.url(login=f"{LOCKED}:wrong")
    assert said(wrong).startswith(f"{server} knows no login locked with this password.")
    assert said(postgres.url(words="?sslmode=require")).startswith(f"{server} offers no encrypted connection,")
    silent = postgres.url().replace(str(postgres.port), "1")
    assert said(silent).startswith("The server 127.0.0.1:1 does not answer.")
    right = ServerAddress.parse(postgres.url(login=f"{LOCKED}:{PASSWORD}"))
    with pytest.raises(NothingThere, match="There is no company in the database postgres"):
        ServerCompany.open(right, tmp_path, METADATA)
    assert PASSWORD not in f"{right} {right!r}"


def test_only_an_empty_database_becomes_a_company(
    company: ServerCompany, address: ServerAddress, postgres: PostgresServer, tmp_path: Path
) -> None:
    with pytest.raises(RuleBroken, match="There is a company in the database"):
        ServerCompany.create(address, tmp_path, METADATA)
    postgres.run("CREATE DATABASE strangers")
    postgres.run("CREATE TABLE theirs (id int)", database="strangers")
    with pytest.raises(RuleBroken, match="holds tables of another program"):
        ServerCompany.create(ServerAddress.parse(postgres.url("strangers")), tmp_path, METADATA)
    postgres.run("CREATE DATABASE ascii ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0")
    with pytest.raises(RuleBroken, match="ENCODING 'UTF8'"):
        ServerCompany.create(ServerAddress.parse(postgres.url("ascii")), tmp_path, METADATA)


def test_a_company_is_made_by_who_owns_the_database_and_may_make_roles(
    address: ServerAddress, postgres: PostgresServer, tmp_path: Path
) -> None:
    login = f"{address.database}_maker"
    maker = ServerAddress.parse(postgres.url(address.database, login))
    postgres.run(f"CREATE ROLE {login} LOGIN CREATEROLE")
    with pytest.raises(RuleBroken, match=f"the login {login} has to own the database and be allowed to make roles"):
        ServerCompany.create(maker, tmp_path, METADATA)
    postgres.run(f"ALTER DATABASE {address.database} OWNER TO {login}")
    made = ServerCompany.create(maker, tmp_path, METADATA)
    postgres.run(f"CREATE ROLE {login}_stranger LOGIN")
    assert refusal(ServerAddress.parse(postgres.url(address.database, f"{login}_stranger")), tmp_path).endswith(
        f"Have it made a member of the role {address.database}_clerks."
    )
    clerk = postgres.clerk(f"{address.database}_clerks")
    opened = ServerCompany.open(ServerAddress.parse(postgres.url(address.database, clerk)), tmp_path, METADATA)
    assert opened.caution is None and made.caution is not None
    assert tr(made.caution).startswith("You work with a login that may do anything in the database. Sign in with a")
    opened.close()
    made.take_away()
    assert postgres.run(f"SELECT rolname FROM pg_roles WHERE rolname IN ('{address.database}_clerks')") == []
    ServerCompany.create(maker, tmp_path, METADATA).close()


def test_a_newer_schema_is_left_as_it_is(company: ServerCompany, tmp_path: Path) -> None:
    with company.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert "newer version of the program" in refusal(company.address, tmp_path)


def test_an_older_schema_is_migrated_by_its_owner_while_nobody_else_works(
    address: ServerAddress, postgres: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    metadata, database = company_metadata(), address.database
    made = ServerCompany.create(address, tmp_path, metadata)

    def schema(company: ServerCompany) -> dict[str, set[tuple[str, str, bool]]]:
        with company.engine.connect() as connection:
            seen = inspect(connection)
            return {
                table: {(one["name"], str(one["type"]), one["nullable"]) for one in seen.get_columns(table)}
                for table in metadata.tables
            }

    newest = schema(made)
    made.take_away()
    put_on_server("0009", address, tmp_path)
    postgres.run(
        f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {clerks_role(database)}",
        "DELETE FROM history",
        "INSERT INTO history (register, record_id, step, from_state, to_state, employee_id, at, note, changes) "
        "VALUES ('customer', 1, 'save', '', '', 1, '2026-11-20 02:00:00', '', '{}')",
        database=database,
    )
    clerk = ServerAddress.parse(postgres.url(database, postgres.clerk(clerks_role(database))))
    with pytest.raises(RuleBroken, match="opens it once with the login that made it"):
        ServerCompany.open(clerk, tmp_path, metadata)
    monkeypatch.setattr(server_others, "LEAVING_SECONDS", 0.1)
    other = server_engine.make_server_engine(clerk)
    with other.connect(), pytest.raises(RuleBroken, match=f"logins: {clerk.login}.*everybody close the program"):
        ServerCompany.open(address, tmp_path, metadata)
    other.dispose()
    monkeypatch.undo()
    migrated = ServerCompany.open(address, tmp_path, metadata)
    assert schema(migrated) == newest
    with migrated.reading() as session:
        (entry,) = session.execute(select(*(History.__table__.c[name] for name in FIELDS), History.seal)).all()
        key = session.scalars(select(HistoryKey.key)).one()
    values = [moment_text(value) if name == "at" else value for name, value in zip(FIELDS, entry[:-1], strict=True)]
    assert entry.seal == seal_of(bytes.fromhex(key), values, "")
    migrated.close()
    ServerCompany.open(clerk, tmp_path, metadata).close()
    postgres.run(  # as a version left them whose registers declared other columns as moving
        "DROP TRIGGER guard_frozen ON complaint", "COMMENT ON FUNCTION guard_fixed() IS 'older'", database=database
    )
    ServerCompany.open(address, tmp_path, metadata).close()
    with server_engine.make_server_engine(address).connect() as connection:
        found = "SELECT count(*) FROM pg_trigger WHERE tgname = 'guard_frozen' AND tgrelid = 'complaint'::regclass"
        assert connection.scalar(text(found)) == 1, "its owner's next opening guards it as the registers say now"


def test_an_address_is_read_and_shown_without_its_password() -> None:
    address = ServerAddress.parse(" postgres://clerk:secret@server:5433/office ")
    assert (address.server, address.database, address.login) == ("server:5433", "office", "clerk")
    assert address.folder_name == "server-5433-office" and "secret" not in f"{address} {address!r}"
    assert is_server("postgresql://x") and not is_server("sqlite:///company.db")
    for wrong in ("postgresql://", "postgresql://server", "mysql://server/db", "office"):
        with pytest.raises(RuleBroken, match="postgresql://LOGIN@SERVER/DATABASE"):
            ServerAddress.parse(wrong)


@pytest.mark.parametrize(
    ("answer", "begins"),
    [
        ('connection failed: FATAL:  用户 "x" Password 认证失败 (SQLSTATE)', "s knows no login x"),
        ('connection failed: FATAL:  数据库 "d" 不存在', "There is no database d on s."),
        (
            'FATAL:  no pg_hba.conf entry for host "1.2.3.4", user "x", database "d", no encryption',
            "s accepts encrypted",
        ),
        ('FATAL:  no pg_hba.conf entry for host "1.2.3.4", user "x", database "d"', "s lets x into d from no computer"),
        ("[Errno -2] Name or service not known", "There is no server called s."),
        ("connection failed: 拒绝连接\n\tIs the server running on that host?", "The server s does not answer."),
        ("SSL error: certificate verify failed", "The encryption of s can't be trusted: SSL error"),
        ("FATAL:  the database system is starting up", "The server s is just starting"),
        ("FATAL:  something else", "The server s refused the connection: something else"),
    ],
)
def test_answers_are_understood_in_the_language_of_the_driver_and_of_the_server(answer: str, begins: str) -> None:
    assert tr(sentence_of(answer, ServerAddress.parse("postgresql://x@s/d"))).startswith(begins)
