from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import MetaData, text

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.storage.backup import make_backup
from dentalsales.storage.backup_file import OFFICE
from dentalsales.storage.company import Company
from dentalsales.storage.engine import sqlite_module
from dentalsales.storage.folder_attachments import FolderAttachments
from dentalsales.storage.folder_company import FolderCompany
from dentalsales.storage.restore import restore

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=OFFICE)


@pytest.fixture
def backup(folder: Path, toys: MetaData, tmp_path: Path) -> Path:
    """A backup of a closed company with one shop and one attachment; afterwards a second shop was added."""
    company = FolderCompany.create(folder, toys)
    (tmp_path / "a.pdf").write_bytes(b"licence")
    FolderAttachments(company.attachments).keep(tmp_path / "a.pdf")
    add_shop(company, "first")
    path = make_backup(company, tmp_path / "stick").path
    add_shop(company, "second")
    company.close()
    return path


def test_the_company_is_as_it_was_and_the_old_one_is_kept(backup: Path, folder: Path, toys: MetaData) -> None:
    result = restore(backup, folder, NOON)
    assert shops(folder, toys) == ["first"]
    assert result.kept_as == folder / "before-restore-20261122-120000"
    assert shops(result.kept_as, toys) == ["first", "second"]
    for company in (folder, result.kept_as):
        assert len(list(FolderAttachments(company / "attachments").hashes())) == 1
    assert not list(folder.glob(".restore-*"))


def test_two_restores_within_a_second_keep_both_companies_that_were_there(
    backup: Path, folder: Path, toys: MetaData
) -> None:
    kept = [restore(backup, folder, NOON).kept_as, restore(backup, folder, NOON).kept_as]
    assert [shops(place, toys) for place in kept if place] == [["first", "second"], ["first"]]


def test_a_lost_company_comes_back_in_a_new_folder(backup: Path, tmp_path: Path, toys: MetaData) -> None:
    result = restore(backup, tmp_path / "new" / "company")
    assert result.kept_as is None and result.backup.counts["shop"] == 1
    assert shops(tmp_path / "new" / "company", toys) == ["first"]


def test_lost_attachments_and_a_damaged_database_are_mended(backup: Path, folder: Path, toys: MetaData) -> None:
    damaged = (folder / "company.db").read_bytes()[:5000]
    (folder / "company.db").write_bytes(damaged)
    (folder / "company.db-wal").write_bytes(b"left over")
    for kept in (folder / "attachments").glob("*/*"):
        kept.unlink()
    result = restore(backup, folder)
    assert shops(folder, toys) == ["first"]
    assert result.kept_as and (result.kept_as / "company.db").read_bytes() == damaged
    assert (result.kept_as / "company.db-wal").read_bytes() == b"left over"
    assert len(list(FolderAttachments(folder / "attachments").hashes())) == 1


def test_a_damaged_backup_changes_nothing(backup: Path, folder: Path, toys: MetaData) -> None:
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 4
    backup.write_bytes(content)
    before = (folder / "company.db").read_bytes()
    with pytest.raises(RuleBroken, match="is damaged"):
        restore(backup, folder)
    assert (folder / "company.db").read_bytes() == before
    assert shops(folder, toys) == ["first", "second"]


def test_an_open_company_is_not_replaced(backup: Path, folder: Path, toys: MetaData) -> None:
    company = FolderCompany.open(folder, toys)
    with pytest.raises(RuleBroken, match="open in another window"):
        restore(backup, folder)
    company.close()
    assert shops(folder, toys) == ["first", "second"]


def test_a_backup_of_a_newer_version_is_refused(folder: Path, toys: MetaData, tmp_path: Path) -> None:
    company = FolderCompany.create(folder, toys)
    connection = sqlite_module().connect(str(folder / "company.db"))
    connection.executescript("DELETE FROM alembic_version; INSERT INTO alembic_version VALUES ('9999')")
    connection.close()
    path = make_backup(company, tmp_path / "stick").path
    company.close()
    with pytest.raises(RuleBroken, match="newer version of the program"):
        restore(path, tmp_path / "other")
    assert not (tmp_path / "other").exists()


def add_shop(company: Company, name: str) -> None:
    with company.writing() as session:
        session.execute(text("INSERT INTO shop (name, closed) VALUES (:name, 0)"), {"name": name})


def shops(folder: Path, toys: MetaData) -> list[str]:
    company = FolderCompany.open(folder, toys)
    with company.reading() as session:
        found = list(session.execute(text("SELECT name FROM shop ORDER BY name")).scalars())
    company.close()
    return found
