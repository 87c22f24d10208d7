"""Puts a backup in the place of a company, and keeps what was there."""

import os
import shutil
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from dentalsales.safe_file import flush_file, flush_folder
from dentalsales.storage.backup_file import OFFICE, BackupInfo
from dentalsales.storage.file_lock import FileLock
from dentalsales.storage.layout import ATTACHMENTS, BACKUPS, DATABASE, JOURNALS, LOCK, free_name
from dentalsales.storage.leftovers import forget_moves
from dentalsales.storage.location import look_at, refuse_bad_place
from dentalsales.storage.open_copy import opened, unpack
from dentalsales.storage.refusals import said_clearly


@dataclass(frozen=True)
class RestoreResult:
    """What was restored, and where the old company is kept (None when there was none)."""

    folder: Path
    backup: BackupInfo
    kept_as: Path | None


def restore(path: Path, company_folder: Path, now: datetime | None = None, passphrase: str = "") -> RestoreResult:
    """Put a backup in the place of a closed company, or into a new folder.

    Until the last step the old company is whole in its place; afterwards it is a company of its own in
    before-restore-<moment>. RuleBroken when the backup is damaged or too new, or the company is open.
    """
    refuse_bad_place(look_at(company_folder))
    stamp = (now or datetime.now(OFFICE)).strftime("%Y%m%d-%H%M%S")
    with said_clearly(), ExitStack() as ends:
        plain, info = ends.enter_context(opened(path, passphrase, company_folder if company_folder.exists() else None))
        company_folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(company_folder / LOCK)
        lock.take()
        ends.callback(lock.release)
        beside = Path(ends.enter_context(TemporaryDirectory(prefix=".restore-", dir=company_folder)))
        unpack(plain, info, beside)
        kept_as = _keep_old(company_folder, free_name(company_folder, f"before-restore-{stamp}"))
        _put_in_place(beside, company_folder)
    return RestoreResult(company_folder, info, kept_as)


def _keep_old(folder: Path, kept_as: Path) -> Path | None:
    """Make a company of its own from what is there; one inode serves both where the disk can do that."""
    if not (folder / DATABASE).exists():
        return None
    kept_as.mkdir()
    for name in (DATABASE, JOURNALS[0]):
        if (folder / name).exists():
            shutil.copy2(folder / name, kept_as / name)
            flush_file(kept_as / name)
    for old in (folder / ATTACHMENTS).glob("*/*"):
        _link(old, kept_as / old.relative_to(folder))
    flush_folder(kept_as)
    return kept_as


def _put_in_place(beside: Path, folder: Path) -> None:
    """Attachments first, they only add up; then the database, in one step."""
    for new in (beside / ATTACHMENTS).glob("*/*"):
        target = folder / new.relative_to(beside)
        target.parent.mkdir(parents=True, exist_ok=True)
        flush_file(new)
        os.replace(new, target)
        flush_folder(target.parent)
    (folder / ATTACHMENTS).mkdir(exist_ok=True)
    (folder / BACKUPS).mkdir(exist_ok=True)
    flush_file(beside / DATABASE)
    for journal in JOURNALS:  # the old database's journal must never meet the new database
        (folder / journal).unlink(missing_ok=True)
    os.replace(beside / DATABASE, folder / DATABASE)
    forget_moves(folder)  # whoever restores here works here again
    flush_folder(folder)


def _link(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
