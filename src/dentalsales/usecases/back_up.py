"""Backups: made at close and by hand, verified when made, restored with a safety copy of what was there (M132)."""

from pathlib import Path

from dentalsales.blueprint.roles import MANAGERS
from dentalsales.blueprint.rules import NotAllowed
from dentalsales.i18n import _
from dentalsales.storage import backup, restore
from dentalsales.storage.backup_file import BackupInfo, verify
from dentalsales.storage.company import Company
from dentalsales.storage.restore import RestoreResult
from dentalsales.usecases.desk import Desk, read_settings


def back_up(desk: Desk, folder: Path | None = None) -> BackupInfo:
    """Write a verified backup into the company's own folder of backups, or another one."""
    return back_up_company(desk.company, folder)


def back_up_company(company: Company, folder: Path | None = None) -> BackupInfo:
    """Write a verified backup; in the company's own folder old ones are thinned out by age."""
    with company.reading() as session:
        name = read_settings(session)["company_name"]
    made = backup.make_backup(company, folder or company.backups, name)
    if folder is None:
        backup.prune(company.backups, made.made_at)
    return made


def last_backup(company: Company) -> BackupInfo | None:
    """Return the newest backup in the company's own folder."""
    found = backup.list_backups(company.backups)
    return max(found, key=lambda info: info.made_at) if found else None


def list_backups(company: Company) -> list[BackupInfo]:
    """Return the backups in the company's own folder, newest first."""
    return sorted(backup.list_backups(company.backups), key=lambda info: info.made_at, reverse=True)


def look_inside(file: Path) -> BackupInfo:
    """Verify a backup and say what is in it; RuleBroken when it is damaged."""
    return verify(file)


def demand_restore(desk: Desk) -> None:
    """Raise NotAllowed unless the employee manages: a restore takes back what everybody entered since."""
    if not desk.roles & MANAGERS:
        raise NotAllowed(_("Only the sales manager or director restores a backup."))


def restore_company(file: Path, folder: Path) -> RestoreResult:
    """Put a backup into the place of a closed company, which is kept beside; RuleBroken leaves everything as it was."""
    return restore.restore(file, folder)
