import os
import subprocess
import sys
from pathlib import Path

import pytest
from company_tables import company_metadata
from sqlalchemy import MetaData, text

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import tr
from dentalsales.storage.backup import list_backups
from dentalsales.storage.company import Company
from dentalsales.storage.engine import sqlite_module
from dentalsales.storage.folder_company import FolderCompany

HOLDER = """
import sys
from pathlib import Path
from sqlalchemy import MetaData
from dentalsales.storage.company import Company
from dentalsales.storage.folder_company import FolderCompany
company = FolderCompany.open(Path(sys.argv[1]), MetaData())
print("open", "alembic" in sys.modules, flush=True)
sys.stdin.read()
"""

WRITE = """
from sqlalchemy import text
with company.writing() as session:
    session.execute(text("INSERT INTO shop (name, closed) VALUES ('b', 0)"))
print("written", flush=True)
"""


def test_what_is_written_is_there_after_closing(folder: Path, toys: MetaData) -> None:
    company = FolderCompany.create(folder, toys)
    add_shop(company, "爱牙")
    company.close()
    assert sorted(path.name for path in folder.iterdir()) == ["attachments", "backups", "company.db", "company.lock"]
    company = FolderCompany.open(folder, toys)
    assert shops(company) == ["爱牙"]
    company.close()


def test_an_error_leaves_nothing_of_what_was_written(company: Company) -> None:
    with pytest.raises(ZeroDivisionError), company.writing() as session:
        session.execute(text("INSERT INTO shop (name, closed) VALUES ('a', 0)"))
        raise ZeroDivisionError
    assert shops(company) == []


def test_what_a_reading_act_changes_is_not_kept(company: Company) -> None:
    with company.reading() as session:
        session.execute(text("INSERT INTO shop (name, closed) VALUES ('a', 0)"))
    assert shops(company) == []


def test_a_second_window_is_refused_with_the_name_of_the_first(folder: Path, toys: MetaData) -> None:
    FolderCompany.create(folder, toys).close()
    with holder(folder) as process:
        with pytest.raises(RuleBroken) as refused:
            FolderCompany.open(folder, toys)
        assert refused.value.text.startswith("The company is open in another window on this computer")
        assert f"process {process.pid})" in tr(refused.value.text)
        reader = FolderCompany.open(folder, toys, read_only=True)
        assert shops(reader) == []
        with pytest.raises(RuleBroken, match="open only to read"), reader.writing():
            pass
        reader.close()
        process.kill()
        process.wait()
    FolderCompany.open(folder, toys).close()


def test_the_same_program_does_not_open_a_company_twice(company: Company, toys: MetaData) -> None:
    with pytest.raises(RuleBroken, match="open in another window"):
        FolderCompany.open(company.folder, toys)


def test_a_company_is_not_created_over_another(folder: Path, toys: MetaData) -> None:
    FolderCompany.create(folder, toys).close()
    before = (folder / "company.db").read_bytes()
    with pytest.raises(RuleBroken, match="There is a company in"):
        FolderCompany.create(folder, toys)
    assert (folder / "company.db").read_bytes() == before
    FolderCompany.open(folder, toys).close()


def test_a_folder_without_a_company_says_so_and_stays_as_it_is(tmp_path: Path, toys: MetaData) -> None:
    for folder in (tmp_path, tmp_path / "missing"):
        with pytest.raises(RuleBroken, match="There is no company in"):
            FolderCompany.open(folder, toys)
    assert list(tmp_path.iterdir()) == []


def test_a_company_of_a_newer_version_is_left_untouched(folder: Path, toys: MetaData) -> None:
    FolderCompany.create(folder, toys).close()
    execute(folder, "INSERT INTO alembic_version VALUES ('x'); DELETE FROM alembic_version; "
                    "INSERT INTO alembic_version VALUES ('9999')")  # fmt: skip
    before = (folder / "company.db").read_bytes()
    for read_only in (False, True):
        with pytest.raises(RuleBroken, match="newer version of the program"):
            FolderCompany.open(folder, toys, read_only)
    assert (folder / "company.db").read_bytes() == before


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04" + bytes(5000), b"SQLite format 3\x00" + bytes(5000), b"\xff" * 70]
)
def test_a_file_that_is_no_company_is_refused_and_left_as_it_is(folder: Path, toys: MetaData, content: bytes) -> None:
    folder.mkdir()
    (folder / "company.db").write_bytes(content)
    for read_only in (False, True):
        with pytest.raises(RuleBroken, match="is not a company of this program"):
            FolderCompany.open(folder, toys, read_only)
    assert (folder / "company.db").read_bytes() == content


def test_a_database_of_another_program_is_refused(folder: Path, toys: MetaData) -> None:
    folder.mkdir()
    execute(folder, "CREATE TABLE mine (x)")
    with pytest.raises(RuleBroken, match="is not a company of this program"):
        FolderCompany.open(folder, toys)


@pytest.mark.parametrize("damage", ["cut", "zeros", "cut page"])
def test_a_damaged_database_is_refused_and_left_as_it_is(folder: Path, toys: MetaData, damage: str) -> None:
    company = FolderCompany.create(folder, toys)
    for number in range(300):
        add_shop(company, f"Shop {number}")
    company.close()
    path = folder / "company.db"
    content = path.read_bytes()
    damaged = {
        "cut": content[: len(content) // 2],
        "zeros": content[:4096] + bytes(len(content) - 4096),
        "cut page": content[:-100],
    }[damage]
    path.write_bytes(damaged)
    with pytest.raises(RuleBroken, match="is damaged"):
        FolderCompany.open(folder, toys)
    assert path.read_bytes() == damaged


def test_a_missing_table_is_noticed(folder: Path, toys: MetaData) -> None:
    FolderCompany.create(folder, toys).close()
    execute(folder, "DROP TABLE receipt")
    with pytest.raises(RuleBroken) as refused:
        FolderCompany.open(folder, toys)
    assert tr(refused.value.text) == "The database is not complete: receipt is missing. Restore the newest backup."


def test_a_company_in_a_synchronised_folder_is_refused(tmp_path: Path, toys: MetaData) -> None:
    with pytest.raises(RuleBroken) as refused:
        FolderCompany.create(tmp_path / "OneDrive - Example" / "company", toys)
    assert "synchronised by OneDrive" in tr(refused.value.text)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_said_clearly_and_what_was_there_stays(company: Company) -> None:
    add_shop(company, "first")
    set_on_connection(company, "max_page_count", 1)  # not one page more than it has
    with pytest.raises(RuleBroken, match="disk is full"), company.writing() as session:
        for number in range(2000):
            session.execute(text("INSERT INTO shop (name, closed) VALUES (:name, 0)"), {"name": f"{number:0200}"})
    assert shops(company) == ["first"]
    set_on_connection(company, "max_page_count", 100_000)
    add_shop(company, "second")
    assert shops(company) == ["first", "second"]


def test_an_error_of_a_file_that_an_act_reads_is_not_taken_for_one_of_the_company(company: Company) -> None:
    with pytest.raises(PermissionError), company.writing():
        raise PermissionError(13, "not yours", "price list.xlsx")


def test_another_writer_that_stays_too_long_is_said_clearly(company: Company) -> None:
    other = sqlite_module().connect(str(company.database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    set_on_connection(company, "busy_timeout", 10)
    with pytest.raises(RuleBroken, match="Another program is writing"), company.writing() as session:
        session.execute(text("SELECT 1 FROM shop"))
    other.close()


def test_the_rest_of_a_run_that_ended_suddenly_is_there(folder: Path, toys: MetaData) -> None:
    company = FolderCompany.create(folder, toys)
    add_shop(company, "爱牙")
    script = HOLDER.replace("sys.stdin", WRITE + "sys.stdin")
    company.close()
    with holder(folder, script) as process:
        assert process.stdout is not None and process.stdout.readline() == "written\n"
        process.kill()
        process.wait()
    assert (folder / "company.db-wal").stat().st_size > 0
    company = FolderCompany.open(folder, toys)
    assert shops(company) == ["b", "爱牙"]
    company.close()


def test_an_older_company_is_brought_up_to_date_after_a_backup(folder: Path) -> None:
    FolderCompany.create(folder, MetaData()).close()
    execute(folder, "DELETE FROM alembic_version")
    with pytest.raises(RuleBroken, match="made by an older version"):
        FolderCompany.open(folder, company_metadata(), read_only=True)
    company = FolderCompany.open(folder, company_metadata())
    (backup,) = list_backups(company.backups)
    assert (backup.revision, backup.counts) == ("", {"alembic_version": 0})
    company.close()
    FolderCompany.open(folder, company_metadata(), read_only=True).close()


def run(folder: Path, script: str = HOLDER) -> "subprocess.Popen[str]":
    source = str(Path(__file__).parents[2] / "src")
    environment = dict(os.environ, PYTHONPATH=source)
    command = [sys.executable, "-c", script, str(folder)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)


class holder:
    """Another program that has the company open for the length of a block; it needed no Alembic for that."""

    def __init__(self, folder: Path, script: str = HOLDER) -> None:
        self.process = run(folder, script)

    def __enter__(self) -> "subprocess.Popen[str]":
        assert self.process.stdout is not None and self.process.stdout.readline() == "open False\n"
        return self.process

    def __exit__(self, *error: object) -> None:
        self.process.kill()
        self.process.communicate()


def add_shop(company: Company, name: str) -> None:
    with company.writing() as session:
        session.execute(text("INSERT INTO shop (name, closed) VALUES (:name, 0)"), {"name": name})


def shops(company: Company) -> list[str]:
    with company.reading() as session:
        return list(session.execute(text("SELECT name FROM shop ORDER BY name")).scalars())


def set_on_connection(company: Company, pragma: str, value: int) -> None:
    """Change the one connection that the company has used so far and will use again."""
    connection = company.engine.raw_connection()
    connection.cursor().execute(f"PRAGMA {pragma} = {value}")
    connection.close()


def execute(folder: Path, script: str) -> None:
    connection = sqlite_module().connect(str(folder / "company.db"))
    connection.executescript(script)
    connection.close()
