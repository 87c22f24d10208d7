"""The copies in a second place: a stick, another disk, a share; written when it is there, caught up when it returns."""

import hashlib
import json
import os
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.safe_file import DRAFT, flush_file, write_safely
from dentalsales.storage.backup_file import BackupInfo, read_info, verify
from dentalsales.storage.kept_copies import KeptSet, copies_in, kept, prune
from dentalsales.storage.leftovers import remove_leftovers
from dentalsales.storage.location import is_writable
from dentalsales.storage.refusals import said_clearly
from dentalsales.storage.sealed_file import SealKey, seal_file, unseal_file

REMEMBERED = "elsewhere.json"
"""Says in the folder of the backups which copy elsewhere is the newest, since a stick is often not there to ask."""
BLOCK = 1024 * 1024
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class SecondPlace:
    """A chosen folder, and in it one for each company; without that one, the folder is another stick or empty."""

    chosen: Path
    company: str

    @property
    def folder(self) -> Path:
        """Where the copies lie."""
        return self.chosen / self.company

    @property
    def present(self) -> bool:
        """True when it is there now; a share that is gone keeps one waiting, so never ask in the window's thread."""
        try:
            return self.folder.is_dir()
        except OSError:
            return False

    def adopt(self) -> None:
        """Make the folder of the company; RuleBroken when the chosen folder is not there or can't be written to."""
        if not self.chosen.is_absolute() or not self.chosen.is_dir():
            raise RuleBroken(_("There is no folder {folder}. Plug the stick in, or choose another folder."),
                             folder=str(self.chosen))  # fmt: skip
        if not is_writable(self.chosen):
            raise RuleBroken(
                _("{folder} can't be written to. Choose a folder in which you may create files."),
                folder=str(self.chosen),
            )
        with said_clearly():
            self.folder.mkdir(exist_ok=True)


@dataclass(frozen=True)
class Remembered:
    """The newest verified copy elsewhere, as far as this computer knows."""

    made_at: datetime
    path: Path


def folder_name(company_name: str, identity: str) -> str:
    """Return the name of a company's folder in the second place: readable, and its own."""
    readable = re.sub(r'[\\/:*?"<>|\x00-\x1f]+', " ", company_name).strip(" .")[:40].strip()
    return f"{readable}-{identity[:8]}" if readable else f"dentalsales-{identity[:8]}"


def find(chosen: Path, company_name: str, identity: str) -> SecondPlace:
    """Return the place of a company in a chosen folder: the one it has, whatever it was called then, or its new one."""
    there = next(chosen.glob(f"*-{identity[:8]}"), None)
    return SecondPlace(chosen, there.name if there is not None else folder_name(company_name, identity))


def catch_up(
    here: Path, place: SecondPlace, now: datetime, rule: KeptSet, key: SealKey | None, progress: Progress | None = None
) -> list[Path]:
    """Write the kept copies that the second place lacks, the newest first, each read back; thin out what is too old.

    RuleBroken when one could not be written or read back; those that were written before it stay.
    """
    mine, theirs = copies_in(here), copies_in(place.folder)
    stay = kept({*mine.values(), *theirs.values()}, now, rule)
    names = {path.name for path in theirs}
    missing = [path for path, moment in mine.items() if moment in stay and path.name not in names]
    written = []
    with said_clearly():
        remove_leftovers(place.folder, DRAFT + "*")
        for done, path in enumerate(sorted(missing, key=mine.__getitem__, reverse=True)):
            if progress is not None:
                progress(done, len(missing))
            written.append(copy_to(path, place.folder, key))
            remember(here, written[-1])
        prune(place.folder, now, rule)
    return written


def copy_to(path: Path, folder: Path, key: SealKey | None = None) -> Path:
    """Write a copy into another folder, sealed when there is a key, and read it back from there."""
    target = folder / path.name
    info = read_info(path)
    if not info.verified:
        raise RuleBroken(_("The backup {file} is damaged or incomplete. Choose another one."), file=path.name)
    with write_safely(target) as draft:
        if key is None or info.sealed:
            _copy(path, draft)
            verify(_from_disk(draft))
        else:
            told = {"made_at": info.made_at.isoformat(), "reason": info.reason, "company": info.company}
            file_key = seal_file(path, draft, key, told)
            verify(_from_disk(draft))
            with path.open("rb") as plain:
                same = unseal_file(draft, None, file_key=file_key) == hashlib.file_digest(plain, "sha256").hexdigest()
            if not same:
                raise RuleBroken(_("The copy on {folder} is not what was written. Check the disk or stick."),
                                 folder=str(folder))  # fmt: skip
    return target


def remember(here: Path, path: Path, made_at: datetime | None = None) -> None:
    """Keep in mind the newest copy elsewhere; an older one than the known changes nothing."""
    moment = made_at or read_info(path).made_at
    known = remembered(here)
    if known is None or moment >= known.made_at:
        told = {"made_at": moment.isoformat(), "path": str(path)}
        with write_safely(here / REMEMBERED) as draft:
            draft.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def remembered(here: Path) -> Remembered | None:
    """Return the newest verified copy elsewhere that this computer knows of."""
    try:
        told = json.loads((here / REMEMBERED).read_text(encoding="utf-8"))
        return Remembered(datetime.fromisoformat(told["made_at"]), Path(told["path"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def newest_there(copies: list[BackupInfo]) -> BackupInfo | None:
    """Return the newest of the copies that can be read."""
    return max((info for info in copies if info.verified), key=lambda info: info.made_at, default=None)


def _copy(source: Path, target: Path) -> None:
    with source.open("rb") as here, target.open("wb") as there:
        while block := here.read(BLOCK):
            there.write(block)


def _from_disk(path: Path) -> Path:
    """Let what is read next come from the disk and not from memory, where the system can be asked to forget it."""
    flush_file(path)
    if hasattr(os, "posix_fadvise"):
        with path.open("rb") as file, suppress(OSError):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return path
