"""The file of a backup: a sealed zip of the database, the attachments and a manifest of what must be in them."""

import hashlib
import json
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from dentalsales.blueprint.calendar_words import OFFICE
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.storage.layout import ATTACHMENTS, DATABASE
from dentalsales.storage.packing import pack, unpack
from dentalsales.storage.sealed_file import SEAL_LENGTH, hash_before_seal, is_sealed, read_header, refuse_damaged

ENDING = ".dsbackup"
NAME = re.compile(r"(\d{8}-\d{6})(-\d+)?" + re.escape(ENDING))
MANIFEST, PACKED_DATABASE = "manifest.json", DATABASE + ".gz"
NAMES = re.compile(rf"{re.escape(PACKED_DATABASE)}|{re.escape(MANIFEST)}|{ATTACHMENTS}/[0-9a-f]{{2}}/[0-9a-f]{{62}}")
BLOCK = 1024 * 1024
FORMAT = 1
UNREADABLE = (
    OSError,
    ValueError,
    KeyError,
    TypeError,
    EOFError,
    NotImplementedError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What a damaged zip or manifest may raise."""
DAMAGED = _("The backup {file} is damaged or incomplete. Choose another one.")
NEWER_FORMAT = _("The backup {file} was made by a newer version of the program. Update the program on this computer.")


@dataclass(frozen=True)
class BackupInfo:
    """What a backup says about itself; `verified` means that it was read back completely, or was when it was made."""

    path: Path
    made_at: datetime
    size: int
    verified: bool
    revision: str = ""
    company: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    """Rows of each table."""
    sums: dict[str, int] = field(default_factory=dict)
    """Sums of the integer columns of the money tables, as "table.column"."""
    attachments: int = 0
    reason: str = ""
    """Why: at_close, daily, by_hand, before_migration, before_import, before_restore, before_move; "" is unknown."""
    last_numbers: dict[str, str] = field(default_factory=dict)
    """The highest number of each table of numbered papers."""
    history_head: str = ""
    """The head of the chained history, where there is one."""
    sealed: bool = False
    """Under a passphrase: counts, sums and numbers are known only when it was opened."""


def moment_in(path: Path) -> datetime | None:
    """Return the moment that a backup's name tells, None when the name is none of ours."""
    found = NAME.fullmatch(path.name)
    return datetime.strptime(found[1], "%Y%m%d-%H%M%S").replace(tzinfo=OFFICE) if found else None


def write_backup(path: Path, database: Path, attachments: Iterable[tuple[str, Path]], facts: dict[str, Any]) -> None:
    """Write the zip; `facts` are what the manifest says beside the hashes, attachments come as (SHA-256, file)."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.comment = b"0" * SEAL_LENGTH  # the last bytes of a zip
        with database.open("rb") as source, archive.open(PACKED_DATABASE, "w", force_zip64=True) as target:
            sha256, blocks = pack(source, target)
        manifest = {"format": FORMAT, **facts, "database": {"sha256": sha256, "blocks": blocks}}
        manifest["attachments"] = [_add_attachment(archive, *attachment) for attachment in attachments]
        archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, sort_keys=True, indent=1))
    with path.open("r+b") as written:
        seal = hash_before_seal(written)
        written.seek(-SEAL_LENGTH, 2)
        written.write(seal)


def verify(path: Path) -> BackupInfo:
    """Read a whole backup back; RuleBroken when a single bit of it has changed, or it is of a newer format.

    One under a passphrase is read up to its seal, which shows damage as well; nobody can look inside without opening.
    """
    try:
        if is_sealed(path):
            refuse_damaged(path)
            return _sealed_info(path)
        with path.open("rb") as file:
            seal = hash_before_seal(file)
            sealed = file.read(SEAL_LENGTH) == seal
        with zipfile.ZipFile(path) as archive:
            manifest = read_manifest(archive)
            refuse_newer_format(manifest, path)
            if not sealed or not _is_as_written(archive, manifest):
                raise RuleBroken(DAMAGED, file=path.name)
            return _info(path, manifest)
    except UNREADABLE as error:
        raise RuleBroken(DAMAGED, file=path.name) from error


def read_info(path: Path) -> BackupInfo:
    """Return what the manifest says without reading the rest; a file that is no backup is not `verified`."""
    try:
        if is_sealed(path):
            return _sealed_info(path)
        with zipfile.ZipFile(path) as archive:
            return _info(path, read_manifest(archive))
    except UNREADABLE:
        status = path.stat()
        return BackupInfo(path, datetime.fromtimestamp(status.st_mtime).astimezone(), status.st_size, False)


def read_manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    """Return the manifest; ValueError when a name in the zip is none of ours."""
    for name in archive.namelist():
        if not NAMES.fullmatch(name):
            raise ValueError(name)
    manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
    return manifest


def refuse_newer_format(manifest: dict[str, Any], path: Path) -> None:
    """Raise RuleBroken when this program does not know the format of a backup."""
    if manifest["format"] > FORMAT:
        raise RuleBroken(NEWER_FORMAT, file=path.name)


def unpack_backup(path: Path, folder: Path) -> None:
    """Write database and attachments of a verified backup into a folder, in the layout of a company."""
    with zipfile.ZipFile(path) as archive:
        manifest = read_manifest(archive)
        with archive.open(PACKED_DATABASE) as source, (folder / DATABASE).open("wb") as database:
            unpack(source, manifest["database"]["blocks"], database)
        for sha256 in manifest["attachments"]:
            file = folder / _name_of(sha256)
            file.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(_name_of(sha256)) as source, file.open("wb") as copy:
                shutil.copyfileobj(source, copy, BLOCK)


def _is_as_written(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> bool:
    names = [_name_of(sha256) for sha256 in manifest["attachments"]]
    if sorted(archive.namelist()) != sorted([*names, PACKED_DATABASE, MANIFEST]):
        return False
    with archive.open(PACKED_DATABASE) as source:
        if unpack(source, manifest["database"]["blocks"]) != manifest["database"]["sha256"] or source.read(1):
            return False
    for sha256 in manifest["attachments"]:
        with archive.open(_name_of(sha256)) as source:
            if hashlib.file_digest(source, "sha256").hexdigest() != sha256:  # type: ignore[arg-type]
                return False
    return True


def _info(path: Path, manifest: dict[str, Any]) -> BackupInfo:
    return BackupInfo(
        path=path,
        made_at=datetime.fromisoformat(manifest["made_at"]),
        size=path.stat().st_size,
        verified=True,
        revision=manifest["revision"],
        company=manifest["company"],
        counts=manifest["counts"],
        sums=manifest["sums"],
        attachments=len(manifest["attachments"]),
        reason=str(manifest.get("reason", "")),
        last_numbers=dict(manifest.get("last_numbers", {})),
        history_head=str(manifest.get("history_head") or ""),
    )


def _sealed_info(path: Path) -> BackupInfo:
    header = read_header(path)
    made_at, size = datetime.fromisoformat(header["made_at"]), path.stat().st_size
    return BackupInfo(path, made_at, size, True, "", header["company"], reason=header["reason"], sealed=True)


def _add_attachment(archive: zipfile.ZipFile, sha256: str, file: Path) -> str:
    with file.open("rb") as source, archive.open(_name_of(sha256), "w") as copy:
        shutil.copyfileobj(source, copy, BLOCK)
    return sha256


def _name_of(sha256: str) -> str:
    return f"{ATTACHMENTS}/{sha256[:2]}/{sha256[2:]}"
