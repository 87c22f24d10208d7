"""The copies in a second place: there with each copy, caught up when a stick returns, read back, thinned out."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.storage import second_place
from dentalsales.storage.backup import make_backup
from dentalsales.storage.backup_file import OFFICE, verify
from dentalsales.storage.folder_company import FolderCompany
from dentalsales.storage.kept_copies import KeptSet
from dentalsales.storage.restore import restore
from dentalsales.storage.sealed_file import new_key
from dentalsales.storage.second_place import SecondPlace, catch_up, folder_name, remembered

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=OFFICE)
WORDS = "correct horse battery"


@pytest.fixture
def stick(tmp_path: Path) -> SecondPlace:
    (tmp_path / "stick").mkdir()
    place = SecondPlace(tmp_path / "stick", folder_name("爱牙/杭州", "ab12cd34ef"))
    place.adopt()
    return place


def test_a_stick_that_returns_gets_the_kept_copies_it_lacks(company: FolderCompany, stick: SecondPlace) -> None:
    assert stick.folder.name == "爱牙 杭州-ab12cd34"
    made = [make_backup(company, company.backups, "", NOON - timedelta(hours=hour)) for hour in (100, 96, 3)]
    assert catch_up(company.backups, stick, NOON, KeptSet(), None) == [
        stick.folder / made[2].path.name, stick.folder / made[1].path.name,
    ]  # of one day the newest only, and the newest day first  # fmt: skip
    assert verify(stick.folder / made[2].path.name).made_at == made[2].made_at
    assert catch_up(company.backups, stick, NOON, KeptSet(), None) == []
    known = remembered(company.backups)
    assert known and known.made_at == made[2].made_at
    later = NOON + timedelta(days=20)
    make_backup(company, company.backups, "", later)
    catch_up(company.backups, stick, later, KeptSet(), None)
    assert len(list(stick.folder.iterdir())) == 2  # a week's newest and the new one


def test_a_stick_of_somebody_else_is_not_there_and_one_that_cannot_be_written_is_refused(
    stick: SecondPlace, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    assert stick.present and not SecondPlace(tmp_path / "other", stick.company).present
    with pytest.raises(RuleBroken, match="Plug the stick in"):
        SecondPlace(tmp_path / "gone", "a").adopt()


def test_a_copy_that_does_not_read_back_is_no_copy(
    company: FolderCompany, stick: SecondPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_backup(company, company.backups, "", NOON)
    whole = second_place._copy

    def bad_stick(source: Path, target: Path) -> None:
        whole(source, target)
        content = bytearray(target.read_bytes())
        content[len(content) // 2] ^= 1
        target.write_bytes(content)

    monkeypatch.setattr(second_place, "_copy", bad_stick)
    with pytest.raises(RuleBroken, match="is damaged"):
        catch_up(company.backups, stick, NOON, KeptSet(), None)
    assert list(stick.folder.iterdir()) == [] and remembered(company.backups) is None


def test_a_sealed_copy_is_made_without_the_passphrase_and_restored_only_with_it(
    company: FolderCompany, stick: SecondPlace, tmp_path: Path
) -> None:
    with company.writing() as session:
        session.execute(text("INSERT INTO shop (id, name, closed) VALUES (1, '爱牙门诊', 0)"))
    make_backup(company, company.backups, "爱牙", NOON, "at_close")
    [made] = catch_up(company.backups, stick, NOON, KeptSet(), new_key(WORDS))
    info = verify(made)
    assert (info.sealed, info.made_at, info.reason, info.counts) == (True, NOON, "at_close", {})
    for passphrase, said in (("", "is under a passphrase"), ("wrong horse battery", "does not open this copy")):
        with pytest.raises(RuleBroken, match=said):
            restore(made, tmp_path / "new", passphrase=passphrase)
        assert not (tmp_path / "new").exists()
    assert restore(made, tmp_path / "new", passphrase=WORDS).backup.counts["shop"] == 1
