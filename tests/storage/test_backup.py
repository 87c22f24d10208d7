import gzip
import random
import threading
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import MetaData, text

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.storage.backup import list_backups, make_backup
from dentalsales.storage.backup_file import OFFICE, BackupInfo, verify
from dentalsales.storage.company import Company
from dentalsales.storage.folder_attachments import FolderAttachments
from dentalsales.storage.folder_company import FolderCompany

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=OFFICE)


@pytest.fixture
def backup(company: Company, tmp_path: Path) -> BackupInfo:
    (tmp_path / "许可证.pdf").write_bytes(b"licence" * 300)
    FolderAttachments(company.attachments).keep(tmp_path / "许可证.pdf")
    add_receipts(company, 100, 250)
    return make_backup(company, company.backups, "爱牙", NOON)


def test_a_backup_says_what_is_in_it(backup: BackupInfo, company: Company) -> None:
    assert backup.path.name == "20261122-120000.dsbackup"
    assert (backup.made_at, backup.company, backup.attachments) == (NOON, "爱牙", 1)
    assert backup.verified and backup.size == backup.path.stat().st_size
    assert backup.counts == {"alembic_version": 1, "receipt": 2, "shop": 1}
    assert backup.sums == {"receipt.amount": 350}
    assert verify(backup.path) == backup
    assert list(company.backups.iterdir()) == [backup.path]


def test_a_backup_is_a_zip_that_any_program_opens(backup: BackupInfo) -> None:
    with zipfile.ZipFile(backup.path) as archive:
        assert archive.testzip() is None
        assert gzip.decompress(archive.read("company.db.gz")).startswith(b"SQLite format 3\x00")


def test_any_changed_bit_and_any_missing_end_is_noticed(backup: BackupInfo, tmp_path: Path) -> None:
    content, chance = backup.path.read_bytes(), random.Random(22)
    damaged = tmp_path / "damaged.dsbackup"
    for _round in range(60):
        place, bit = chance.randrange(len(content)), 1 << chance.randrange(8)
        damaged.write_bytes(content[:place] + bytes([content[place] ^ bit]) + content[place + 1 :])
        with pytest.raises(RuleBroken, match="is damaged or incomplete"):
            verify(damaged)
    for length in (0, 10, len(content) // 2, len(content) - 1):
        damaged.write_bytes(content[:length])
        with pytest.raises(RuleBroken, match="is damaged or incomplete"):
            verify(damaged)


def test_a_file_that_is_no_backup_is_listed_as_not_verified(backup: BackupInfo, company: Company) -> None:
    (company.backups / "mine.dsbackup").write_text("not a zip")
    assert {info.path.name: info.verified for info in list_backups(company.backups)} == {
        backup.path.name: True, "mine.dsbackup": False,
    }  # fmt: skip
    with pytest.raises(RuleBroken, match="is damaged"):
        verify(company.backups / "mine.dsbackup")


def test_a_backup_with_strange_names_inside_is_refused(tmp_path: Path) -> None:
    for name in ("../outside.txt", "/etc/passwd", "attachments/ab/../../../x", "C:\\x"):
        with zipfile.ZipFile(tmp_path / "bad.dsbackup", "w") as archive:
            archive.comment = b"0" * 64
            archive.writestr(name, "x")
            archive.writestr("manifest.json", "{}")
        with pytest.raises(RuleBroken, match="is damaged"):
            verify(tmp_path / "bad.dsbackup")


def test_backups_of_one_second_have_two_names_and_the_newest_comes_first(backup: BackupInfo, company: Company) -> None:
    second = make_backup(company, company.backups, now=NOON)
    third = make_backup(company, company.backups, now=NOON + timedelta(seconds=1))
    assert second.path.name == "20261122-120000-2.dsbackup"
    listed = [info.path for info in list_backups(company.backups)]
    assert listed[0] == third.path and set(listed[1:]) == {backup.path, second.path}
    assert list_backups(company.folder / "missing") == []


def test_a_backup_made_while_others_write_is_one_moment(company: Company) -> None:
    add_receipts(company, 0)
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            add_receipts(company, 7, -7)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [make_backup(company, company.backups) for _round in range(5)]
    finally:
        stop.set()
        writer.join()
    for info in made:
        assert verify(info.path).sums == {"receipt.amount": 0}
        assert info.counts["receipt"] % 2 == 1


def test_a_reading_act_makes_a_backup_beside_an_open_window(company: Company, toys: MetaData, tmp_path: Path) -> None:
    add_receipts(company, 5)
    reader = FolderCompany.open(company.folder, toys, read_only=True)
    assert make_backup(reader, tmp_path / "stick").sums == {"receipt.amount": 5}
    reader.close()


def test_a_backup_that_does_not_come_to_its_end_leaves_nothing(company: Company, tmp_path: Path) -> None:
    (company.attachments / "ab").mkdir()
    (company.attachments / "ab" / ("c" * 62)).mkdir()
    with pytest.raises(IsADirectoryError):
        make_backup(company, company.backups)
    assert list(company.backups.iterdir()) == []
    assert list(company.folder.glob(".copy-*")) == []


def add_receipts(company: Company, *amounts: int) -> None:
    with company.writing() as session:
        session.execute(text("INSERT OR IGNORE INTO shop (id, name, closed) VALUES (1, 'a', 0)"))
        for amount in amounts:
            session.execute(text("INSERT INTO receipt (shop_id, amount) VALUES (1, :amount)"), {"amount": amount})
