"""R3 and R4: a company of every earlier schema comes up to date whole, also when the program is killed meanwhile."""

import lzma
import random
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from company_tables import company_metadata
from desks import Clock, Desks
from figures import Record, proved, rounds
from killing import Workers, needs_fork
from makers import an_order

from dentalsales import app
from dentalsales.storage.engine import sqlite_module
from dentalsales.storage.folder_company import FolderCompany
from dentalsales.storage.layout import DATABASE
from dentalsales.storage.migrate import head_revision, revisions
from dentalsales.usecases.check_company import check
from dentalsales.usecases.verify_history import verify

ROUNDS = rounds("R3", 10)
SAMPLES = Path(__file__).parents[1] / "samples"
FOUND_BY = {"search_text"}
"""Columns made of others, which a new version may make anew."""
Picture = dict[str, tuple[tuple[str, ...], list[tuple[Any, ...]]]]


@pytest.fixture(scope="module")
def samples() -> dict[str, bytes]:
    """The databases of the kept files, by their schema."""
    return {path.name[:4]: lzma.decompress(path.read_bytes()) for path in sorted(SAMPLES.glob("*.db.xz"))}


def test_every_released_schema_has_its_kept_sample_file(samples: dict[str, bytes]) -> None:
    """The newest schema gets its file by the last version that writes it: before the migration after it joins."""
    missing = set(revisions()[:-1]) - set(samples)
    assert not missing, f"run tests/samples/make_sample.py at the commit before the next migration: {sorted(missing)}"


def test_r4_every_earlier_schema_comes_up_to_date_with_every_row_as_it_was(
    samples: dict[str, bytes], template: Path, tmp_path: Path, record_property: Record
) -> None:
    """Rows, totals, lots and history are equal before and after; the books agree, and the clerk goes on."""
    rows, differences, findings, newest = 0, 0, 0, new_schema(template)
    for revision, content in samples.items():
        folder = tmp_path / revision
        folder.mkdir()
        (folder / DATABASE).write_bytes(content)
        before = picture(folder / DATABASE)
        company = FolderCompany.open(folder, company_metadata())
        after = picture(folder / DATABASE)
        with opened(folder / DATABASE) as database:
            differences += described(database) != newest
        rows += sum(len(found) for _columns, found in before.values())
        differences += len(different(before, after))
        desks = Desks(app.business(), company, Clock())
        findings += len(check(company)) + len(verify(desks["manager"]).findings)
        (customer, *_others), (product, *_more) = (ids(after, name) for name in ("customer", "product"))
        assert an_order(desks, customer, (product, 1)).id is not None
        assert revision == head_revision() or any(company.backups.iterdir()), "a backup comes before a migration"
        company.close()
    proved(record_property, "R4", schemas=len(samples), rows=rows, differences=differences, findings=findings)
    assert (differences, findings) == (0, 0) and rows > 100 * len(samples)


@needs_fork
def test_r3_a_company_that_was_killed_while_it_was_brought_up_to_date_is_never_half_of_both(
    program: Workers, samples: dict[str, bytes], template: Path, tmp_path: Path, record_property: Record
) -> None:
    """After each kill it has one schema, whole, with every row; the next start goes on, and is killed in its turn."""
    chance, schemas = random.Random(3), {head_revision(): new_schema(template)}
    schemas |= {revision: schema_of(tmp_path, content) for revision, content in samples.items()}
    half, lost, kills, between = 0, 0, 0, 0
    path = tmp_path / "older.db"
    for revision, content in samples.items():
        if revision == head_revision():
            continue
        restored(path, content)
        before, now = picture(path), revision
        seconds = 0.015 * (1 + len(revisions()) - revisions().index(revision))
        for _round in range(ROUNDS):
            if now == head_revision():
                restored(path, content)
            program.begin("migrate", database=path).follow(1).kill(chance, seconds)
            with opened(path) as database:
                (now,) = database.execute("SELECT version_num FROM alembic_version").fetchone()
                half += described(database) != schemas[now]
            lost += len(different(before, picture(path)))
            kills += 1
            between += revision < now < head_revision()
        program.begin("migrate", database=path).done()
        lost += len(different(before, picture(path)))
    proved(
        record_property, "R3", schemas=len(samples), kills=kills, killed_between=between, half_migrated=half, lost=lost
    )
    assert (half, lost) == (0, 0) and between > 0


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    with closing(sqlite_module().connect(str(path))) as database:
        yield database


def restored(path: Path, content: bytes) -> None:
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    path.write_bytes(content)


def picture(path: Path) -> Picture:
    """Return the columns and rows of all tables, without those that a new version makes anew."""
    with opened(path) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found: Picture = {}
        for table in sorted(set(tables) - {"alembic_version"}):
            columns = tuple(row[1] for row in database.execute(f'PRAGMA table_info("{table}")'))
            kept = tuple(name for name in columns if name not in FOUND_BY)
            words = ", ".join(f'"{name}"' for name in kept)
            found[table] = kept, database.execute(f'SELECT {words} FROM "{table}" ORDER BY 1').fetchall()
    return found


def different(before: Picture, after: Picture) -> list[str]:
    """Return the tables of which a row is missing, new, or says something else than before."""
    found = []
    for table, (columns, rows) in before.items():
        names, now = after.get(table, ((), []))
        if not set(columns) <= set(names):
            found.append(table)
            continue
        places = [names.index(name) for name in columns]
        if sorted(map(repr, rows)) != sorted(repr(tuple(row[place] for place in places)) for row in now):
            found.append(table)
    return found


def ids(rows: Picture, table: str) -> list[int]:
    columns, found = rows[table]
    return [row[columns.index("id")] for row in found]


def new_schema(template: Path) -> Any:
    """Return the schema of a company that was made by this version."""
    with opened(template / DATABASE) as database:
        return described(database)


def schema_of(place: Path, content: bytes) -> Any:
    restored(place / "schema.db", content)
    with opened(place / "schema.db") as database:
        return described(database)


def described(database: Any) -> Any:
    """Return the columns, indexes and triggers of a database by their names."""
    columns = (
        "SELECT made.name, part.name, part.type, part.[notnull] FROM sqlite_master AS made, "
        "pragma_table_info(made.name) AS part WHERE made.type = 'table'"
    )
    others = "SELECT type, name, tbl_name FROM sqlite_master WHERE type <> 'table' AND sql IS NOT NULL"
    return set(database.execute(columns)), set(database.execute(others))
