from pathlib import Path, PurePosixPath

import pytest

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import tr
from dentalsales.storage.location import (
    NETWORK_FILE_SYSTEMS,
    Place,
    file_system_of,
    look_at,
    refuse_bad_place,
    sync_program,
)

MOUNTS = r"""
25 1 8:1 / / rw - ext4 /dev/sda1 rw
26 25 0:30 / /mnt/office\040share rw shared:1 - cifs //server/share rw
27 25 0:31 / /home/li/far rw - fuse.sshfs li@far: rw
28 25 8:17 / /media/stick rw - fuseblk /dev/sdb1 rw
29 25 0:32 / /srv rw - nfs4 server:/srv rw
30 29 8:2 / /srv/local rw - xfs /dev/sda2 rw
""".strip()


@pytest.mark.parametrize(
    ("folder", "kind", "refused"),
    [
        ("/home/li/company", "ext4", False),
        ("/mnt/office share/company", "cifs", True),
        ("/mnt/office shared", "ext4", False),
        ("/home/li/far", "fuse.sshfs", True),
        ("/media/stick/company", "fuseblk", False),
        ("/srv/company", "nfs4", True),
        ("/srv/local/company", "xfs", False),
    ],
)
def test_network_shares_are_told_from_disks(folder: str, kind: str, refused: bool) -> None:
    found = file_system_of(PurePosixPath(folder), MOUNTS)
    assert (found, found in NETWORK_FILE_SYSTEMS) == (kind, refused)


@pytest.mark.parametrize(
    ("folder", "program"),
    [
        ("/home/li/OneDrive - Example Dental/sales", "OneDrive"),
        ("/home/li/OneDrive", "OneDrive"),
        ("/home/li/Dropbox (Personal)/sales", "Dropbox"),
        ("/home/li/我的坚果云/sales", "坚果云"),
        ("/home/li/Nutstore/1/sales", "坚果云"),
        ("/home/li/BaiduSyncdisk/sales", "百度网盘"),
        ("/home/li/百度网盘同步空间/sales", "百度网盘"),
        ("/home/li/iCloudDrive/sales", "iCloud"),
        ("/home/li/Library/Mobile Documents/com~apple~CloudDocs/sales", "iCloud"),
        ("/home/li/Google Drive/sales", "Google Drive"),
        ("/home/li/Dropbox-old-papers/sales", ""),
        ("/home/li/销售/sales", ""),
    ],
)
def test_synchronised_folders_are_known_by_name(folder: str, program: str) -> None:
    assert sync_program(Path(folder), {}) == program


def test_synchronised_folders_are_known_by_what_lies_in_them_and_by_windows(tmp_path: Path) -> None:
    (tmp_path / "mine" / "deep").mkdir(parents=True)
    assert sync_program(tmp_path / "mine" / "deep", {}) == ""
    assert sync_program(tmp_path / "mine" / "deep", {"OneDriveCommercial": str(tmp_path)}) == "OneDrive"
    (tmp_path / "mine" / ".stfolder").mkdir()
    assert sync_program(tmp_path / "mine" / "deep", {}) == "Syncthing"


def test_a_link_into_a_synchronised_folder_is_seen_through(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "plain").symlink_to(tmp_path / "Dropbox")
    assert look_at(tmp_path / "plain" / "company").synced_by == "Dropbox"


def test_an_ordinary_folder_is_fit_even_before_it_exists(tmp_path: Path) -> None:
    place = look_at(tmp_path / "new" / "company")
    assert place == Place(tmp_path / "new" / "company")
    refuse_bad_place(place)


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Place(Path("/x"), network=True), "only its backups on the share"),
        (Place(Path("/x"), synced_by="坚果云"), "its backups may go to 坚果云"),
        (Place(Path("/x"), writable=False), "Choose a folder in which you may create files"),
    ],
)
def test_an_unfit_place_says_what_to_do_instead(place: Place, words: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        refuse_bad_place(place)
    assert words in tr(refused.value.text)


def test_a_read_only_folder_is_fit_for_reading() -> None:
    place = Place(Path("/x"), writable=False)
    with pytest.raises(RuleBroken):
        refuse_bad_place(place)
    assert refuse_bad_place(place, reading=True) is None  # type: ignore[func-returns-value]


def test_a_folder_in_which_no_file_can_be_made_is_noticed() -> None:
    assert not look_at(Path("/proc/self")).writable
