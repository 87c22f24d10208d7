import ast
import sys
from pathlib import Path
from typing import Any

import pytest
from company_tables import company_metadata
from sqlalchemy import Column, Engine, ForeignKey, Integer, MetaData, String, Table, inspect, text

from dentalsales.blueprint.column_types import Money
from dentalsales.blueprint.record import Base
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.storage.engine import for_writing, make_engine
from dentalsales.storage.migrate import MIGRATIONS, create_schema, current_revision, head_revision, revisions, upgrade
from dentalsales.storage.refusals import FULL
from dentalsales.storage.write_migration import write_migration

SECOND = '''"""Rebuilds the shops, to which receipts belong."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    with op.batch_alter_table("shop") as batch:
        batch.add_column(sa.Column("town", sa.String(), nullable=False, server_default=""))
        batch.alter_column("name", existing_type=sa.String(), nullable=True)
'''


@pytest.fixture
def engine(tmp_path: Path) -> Any:
    engine = make_engine(tmp_path / "a.db")
    yield engine
    engine.dispose()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of migrations of which the first was written from the two tables of a toy company."""
    (tmp_path / "migrations" / "versions").mkdir(parents=True)
    write_migration(toy_metadata(), "first", tmp_path / "migrations")
    return tmp_path / "migrations"


@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
def test_migrating_from_nothing_gives_the_schema_of_the_records(tmp_path: Path, engine: Engine) -> None:
    upgrade(engine, lambda: None)
    other = make_engine(tmp_path / "b.db")
    with for_writing(other).begin() as connection:
        create_schema(connection, company_metadata())
    assert described(engine) == described(other)
    other.dispose()


def test_the_newest_revision_is_known_without_asking_alembic(engine: Engine) -> None:
    upgrade(engine, lambda: None)
    with engine.connect() as connection:
        assert current_revision(connection) == head_revision() == revisions()[-1]


def test_a_current_database_is_neither_backed_up_nor_changed(engine: Engine) -> None:
    backups: list[int] = []
    assert upgrade(engine, lambda: backups.append(1))
    assert not upgrade(engine, lambda: backups.append(2))
    assert backups == [1]


def test_a_backup_that_cannot_be_made_stops_the_update(engine: Engine, folder: Path) -> None:
    def backup() -> None:
        raise RuleBroken(FULL)

    with pytest.raises(RuleBroken, match="disk is full"):
        upgrade(engine, backup, folder)
    assert inspect(engine).get_table_names() == []


def test_a_rebuilt_table_keeps_its_children_and_stays_strict(engine: Engine, folder: Path) -> None:
    upgrade(engine, lambda: None, folder)
    fill(engine)
    (folder / "versions" / "0002_town.py").write_text(SECOND)
    assert upgrade(engine, lambda: None, folder)
    with engine.connect() as connection:
        assert current_revision(connection) == "0002"
        assert connection.execute(text("SELECT count(*) FROM receipt")).scalar() == 2
        assert connection.execute(text("SELECT strict FROM pragma_table_list WHERE name = 'shop'")).scalar() == 1
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1


def test_a_migration_that_breaks_off_leaves_the_schema_as_it_was(engine: Engine, folder: Path) -> None:
    upgrade(engine, lambda: None, folder)
    fill(engine)
    before = described(engine)
    (folder / "versions" / "0002_town.py").write_text(SECOND + "    raise RuntimeError('power cut')\n")
    with pytest.raises(RuntimeError):
        upgrade(engine, lambda: None, folder)
    assert described(engine) == before
    with engine.connect() as connection:
        assert current_revision(connection) == "0001"
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1


def test_a_migration_that_orphans_records_is_undone(engine: Engine, folder: Path) -> None:
    upgrade(engine, lambda: None, folder)
    fill(engine)
    (folder / "versions" / "0002_town.py").write_text(SECOND + '    op.execute("DELETE FROM shop")\n')
    with pytest.raises(RuleBroken, match="would lose what they belong to"):
        upgrade(engine, lambda: None, folder)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM shop")).scalar() == 1


def test_a_written_migration_spells_plain_types_and_only_what_changed(folder: Path, engine: Engine) -> None:
    first = (folder / "versions" / "0001_first.py").read_text()
    assert "sa.BigInteger()" in first and "dentalsales" not in first and first.count("sqlite_strict=True") == 2
    changed = toy_metadata()
    Table("town", changed, Column("id", Integer, primary_key=True))
    second = write_migration(changed, "add towns", folder)
    assert second.name == "0002_add_towns.py"
    assert second.read_text().count("op.") == 2 and '"town"' in second.read_text().replace("'", '"')
    upgrade(engine, lambda: None, folder)
    assert set(inspect(engine).get_table_names()) == {"alembic_version", "receipt", "shop", "town"}


def test_migrations_import_nothing_of_the_program() -> None:
    for path in (MIGRATIONS / "versions").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            assert all(name.split(".")[0] in sys.stdlib_module_names | {"sqlalchemy", "alembic"} for name in names), (
                path.name
            )


def toy_metadata() -> MetaData:
    metadata = MetaData(naming_convention=dict(Base.metadata.naming_convention))
    Table(
        "shop",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("name", String(40), nullable=False, index=True),
    )
    Table(
        "receipt",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("shop_id", ForeignKey("shop.id"), nullable=False),
        Column("amount", Money, nullable=False),
    )
    return metadata


def fill(engine: Engine) -> None:
    with for_writing(engine).begin() as connection:
        connection.execute(text("INSERT INTO shop VALUES (1, 'a')"))
        connection.execute(text("INSERT INTO receipt VALUES (1, 1, 5), (2, 1, 6)"))


def described(engine: Engine) -> dict[str, Any]:
    """Return all that matters of a schema, independent of the order in which it was made."""
    inspector = inspect(engine)
    with engine.connect() as connection:
        strict = dict(connection.execute(text("SELECT name, strict FROM pragma_table_list")).all())
        sql = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        indexes = {name: " ".join(made.split()) for name, made in connection.execute(text(sql)).all()}
    tables = {}
    for name in inspector.get_table_names():
        columns = {
            column["name"]: (str(column["type"]), column["nullable"], column["default"])
            for column in inspector.get_columns(name)
        }
        tables[name] = {
            "columns": columns,
            "key": inspector.get_pk_constraint(name)["constrained_columns"],
            "strict": strict[name],
            "uniques": sorted(tuple(unique["column_names"]) for unique in inspector.get_unique_constraints(name)),
            "links": sorted(
                (tuple(key["constrained_columns"]), key["referred_table"], str(key["options"]))
                for key in inspector.get_foreign_keys(name)
            ),
            "checks": sorted(check["sqltext"] for check in inspector.get_check_constraints(name)),
        }
    return {"tables": tables, "indexes": indexes}
