"""Says where a company may lie: on a disk of this computer, neither on a network share nor in a synchronised folder."""

import os
import re
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _

NETWORK_FILE_SYSTEMS = frozenset(
    "nfs nfs4 cifs smbfs smb2 smb3 ncpfs afs ceph glusterfs lustre beegfs davfs 9p v9fs drvfs vboxsf prl_fs vmhgfs "
    "fuse.sshfs fuse.rclone fuse.davfs fuse.s3fs fuse.gvfsd-fuse fuse.kio-fuse fuse.glusterfs fuse.ceph fuse.smbnetfs "
    "fuse.vmhgfs-fuse fuse.onedriver fuse.google-drive-ocamlfuse fuse.curlftpfs".split()
)
SYNC_FOLDERS = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "nutstore": "坚果云",
    "nutstore files": "坚果云",
    "我的坚果云": "坚果云",
    "坚果云": "坚果云",
    "baidunetdisk": "百度网盘",
    "baidusyncdisk": "百度网盘",
    "百度网盘": "百度网盘",
    "百度网盘同步空间": "百度网盘",
    "wps云盘": "WPS云盘",
    "wpsdrive": "WPS云盘",
    "阿里云盘": "阿里云盘",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "syncthing": "Syncthing",
}
SYNC_MARKERS = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".nutstore": "坚果云",
    ".baidusyncdisk": "百度网盘",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".stfolder": "Syncthing",
}
SYNC_VARIABLES = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
DRIVE_REMOTE = 4


@dataclass(frozen=True)
class Place:
    """What is known about a folder before a company is put or opened there."""

    folder: Path
    network: bool = False
    synced_by: str = ""
    """The program that copies the folder elsewhere behind our back."""
    writable: bool = True


def look_at(folder: Path) -> Place:
    """Find out about a folder, or about the nearest existing one above it; answers even when a share is gone."""
    folder = Path(os.path.abspath(folder))
    if is_on_network(folder):  # asked first: resolving a link on a share that is gone would wait for ever
        return Place(folder, network=True)
    real = folder.resolve()
    if is_on_network(real):
        return Place(folder, network=True)
    programs = [sync_program(one) for one in dict.fromkeys((real, folder))]
    return Place(folder, False, next(filter(None, programs), ""), is_writable(real))


def refuse_bad_place(place: Place, reading: bool = False) -> None:
    """Raise RuleBroken when a company may not lie in a place; to read one, the place need not be writable."""
    told = {"folder": str(place.folder), "program": place.synced_by}
    if place.network:
        raise RuleBroken(
            _(
                "{folder} is on a network share, where data would be lost when two computers write. "
                "Put the company on a disk of this computer and only its backups on the share."
            ),
            **told,
        )
    if place.synced_by:
        raise RuleBroken(
            _(
                "{folder} is synchronised by {program}, which would damage the database while it is open. "
                "Put the company in a folder that is not synchronised; its backups may go to {program}."
            ),
            **told,
        )
    if not place.writable and not reading:
        raise RuleBroken(_("{folder} can't be written to. Choose a folder in which you may create files."), **told)


def sync_program(folder: Path, environment: Mapping[str, str] = os.environ) -> str:
    """Return the name of the program that synchronises a folder, "" when there is none."""
    for variable in SYNC_VARIABLES:
        if environment.get(variable) and folder.is_relative_to(environment[variable]):
            return "OneDrive"
    for part in folder.parts:
        name = re.split(r" - | \(", part.casefold())[0]
        if name in SYNC_FOLDERS:
            return SYNC_FOLDERS[name]
    home = Path.home()
    for parent in (folder, *folder.parents):
        for marker, program in SYNC_MARKERS.items():
            if parent != home and (parent / marker).exists():
                return program
    return ""


def is_writable(folder: Path) -> bool:
    """Try whether a file can be created in a folder, or in the nearest existing one above it."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def is_on_network(folder: Path) -> bool:
    """Return True when a folder lies on another computer."""
    if sys.platform == "win32":
        return _is_remote_drive(folder)
    try:
        mounts = Path("/proc/self/mountinfo").read_text(errors="surrogateescape")
    except OSError:
        return False
    return file_system_of(folder, mounts) in NETWORK_FILE_SYSTEMS


def file_system_of(folder: PurePath, mounts: str) -> str:
    """Return the type of file system that Linux's table of mounts names for a folder; it asks no server."""
    found, longest = "", -1
    for line in mounts.splitlines():
        before, _dash, after = line.partition(" - ")
        point = re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), before.split()[4])
        if folder.is_relative_to(point) and len(point) >= longest:
            found, longest = after.split()[0], len(point)
    return found


def _is_remote_drive(folder: Path) -> bool:
    anchor = folder.anchor.replace("/", "\\")
    if anchor.startswith("\\\\") and not anchor.startswith("\\\\?\\"):
        return True
    if anchor.startswith("\\\\?\\UNC\\"):
        return True
    import ctypes

    return ctypes.windll.kernel32.GetDriveTypeW(anchor.removeprefix("\\\\?\\")) == DRIVE_REMOTE  # type: ignore[attr-defined]
