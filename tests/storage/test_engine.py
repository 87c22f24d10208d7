from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, MetaData, insert, select, text
from sqlalchemy.exc import DBAPIError

from dentalsales.storage.company import Company
from dentalsales.storage.engine import for_writing, make_engine, make_unchanging_engine, sqlite_module
from dentalsales.storage.folder_company import FolderCompany


def test_every_connection_has_the_settings_that_lose_nothing(company: Company) -> None:
    expected = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}
    with company.engine.connect() as one, company.engine.connect() as other:
        for connection in (one, other):
            found = {name: connection.execute(text(f"PRAGMA {name}")).scalar() for name in expected}
            assert found == expected


def test_the_sqlite_in_use_knows_no_race_in_its_journal() -> None:
    assert sqlite_module().sqlite_version_info >= (3, 51, 3)


def test_every_table_is_strict(company: Company) -> None:
    with company.engine.connect() as connection:
        listed = connection.execute(text("SELECT name, strict FROM pragma_table_list WHERE type = 'table'")).all()
    assert {name: strict for name, strict in listed if not name.startswith("sqlite_")} == {
        "shop": 1, "receipt": 1, "alembic_version": 1,
    }  # fmt: skip


def test_a_wrong_type_is_refused_by_the_table_itself(company: Company) -> None:
    with pytest.raises(DBAPIError, match="cannot store TEXT value in INTEGER column"), company.writing() as session:
        session.execute(text("INSERT INTO receipt (id, shop_id, amount) VALUES (1, 1, 'twelve')"))


def test_a_yes_or_no_is_zero_or_one(company: Company) -> None:
    with pytest.raises(DBAPIError, match="CHECK constraint"), company.writing() as session:
        session.execute(text("INSERT INTO shop (name, closed) VALUES ('a', 2)"))


def test_dates_are_kept_as_iso_text_and_come_back_as_dates(company: Company, toys: MetaData) -> None:
    shop = toys.tables["shop"]
    with company.writing() as session:
        row = {"name": "爱牙", "opened_on": date(2026, 11, 22), "visited_at": datetime(2026, 11, 22, 7, 30)}
        session.execute(insert(shop).values(**row))
    with company.reading() as session:
        assert session.execute(text("SELECT typeof(opened_on), opened_on FROM shop")).one() == ("text", "2026-11-22")
        assert session.execute(select(shop.c.opened_on, shop.c.visited_at, shop.c.closed)).one() == (
            date(2026, 11, 22), datetime(2026, 11, 22, 7, 30), False,
        )  # fmt: skip


def test_a_record_is_not_deleted_from_under_another(company: Company) -> None:
    with pytest.raises(DBAPIError, match="FOREIGN KEY"), company.writing() as session:
        session.execute(text("INSERT INTO receipt (id, shop_id, amount) VALUES (1, 99, 5)"))


def test_a_writer_takes_the_lock_when_it_begins_and_a_reader_takes_none(company: Company) -> None:
    hasty = sqlite_module().connect(str(company.database), timeout=0, isolation_level=None)
    with company.reading() as session:
        session.execute(text("SELECT 1 FROM shop")).all()
        hasty.execute("BEGIN IMMEDIATE")
        hasty.execute("ROLLBACK")
    with company.writing() as session:
        session.execute(text("SELECT 1 FROM shop")).all()
        with pytest.raises(sqlite_module().OperationalError, match="locked"):
            hasty.execute("BEGIN IMMEDIATE")
    hasty.close()


def test_what_a_reader_sees_does_not_change_while_it_reads(company: Company) -> None:
    with company.reading() as reader:
        assert count(reader) == 0
        with company.writing() as writer:
            writer.execute(text("INSERT INTO shop (name, closed) VALUES ('a', 0)"))
        assert count(reader) == 0
    with company.reading() as reader:
        assert count(reader) == 1


def test_a_reading_engine_cannot_write(company: Company) -> None:
    engine: Engine = for_writing(make_engine(company.database, read_only=True))
    with pytest.raises(DBAPIError, match="readonly"), engine.begin() as connection:
        connection.execute(text("INSERT INTO shop (name, closed) VALUES ('a', 0)"))
    engine.dispose()


def test_a_medium_that_cannot_be_written_to_is_read_without_a_trace(folder: Path, toys: MetaData) -> None:
    FolderCompany.create(folder, toys).close()
    before = sorted(folder.iterdir())
    engine = make_unchanging_engine(folder / "company.db")
    with engine.connect() as connection:
        assert count(connection) == 0
        assert sorted(folder.iterdir()) == before
    engine.dispose()


def count(session: object) -> int:
    return session.execute(text("SELECT count(*) FROM shop")).scalar()  # type: ignore[attr-defined]
