"""Making copies: at close, daily, before an import, a restore, and by hand; each verified, and also put elsewhere."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from dentalsales.blueprint.roles import MANAGERS
from dentalsales.blueprint.rules import NotAllowed, RuleBroken
from dentalsales.i18n import _
from dentalsales.storage import backup, open_copy, restore, second_place
from dentalsales.storage.backup_file import OFFICE, BackupInfo
from dentalsales.storage.company import Company
from dentalsales.storage.kept_copies import KeptSet, prune
from dentalsales.storage.restore import RestoreResult
from dentalsales.storage.sealed_file import SealKey
from dentalsales.usecases.backup_key import company_key
from dentalsales.usecases.company_identity import company_identity
from dentalsales.usecases.company_settings import read_settings
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.exports import remember

Progress = Callable[[int, int], None]


def back_up(desk: Desk, folder: Path | None = None) -> BackupInfo:
    """Write a verified copy by hand, into the company's own folder of backups or another one.

    Into another folder only for the manager: who carries a copy away carries everything away.
    """
    if folder is not None:
        carry_away(desk, folder)
    return back_up_company(desk.company, folder)


def demand_elsewhere(desk: Desk) -> None:
    """Raise NotAllowed unless the employee may carry a copy away."""
    if not desk.roles & MANAGERS:
        raise NotAllowed(_("A backup in another folder is made by the sales manager or director."))


def carry_away(desk: Desk, folder: Path) -> None:
    """Demand the right to take a copy to a folder, and tell the history of it: the copy holds all customers (M125)."""
    demand_elsewhere(desk)
    absent = desk.rights.absent_for(MANAGERS, desk.today)
    remember(desk, "settings", str(folder), {"way": "backup"}, absent)


def back_up_company(
    company: Company,
    folder: Path | None = None,
    reason: str = "by_hand",
    rule: KeptSet | None = None,
    thin: bool = True,
    key: SealKey | None = None,
    progress: Progress = lambda _done, _total: None,
) -> BackupInfo:
    """Write a verified copy; in the company's own folder the old ones are thinned out by age, if that is wanted.

    Into another folder it goes under the passphrase, if there is one. `rule` and `key` stand for those of the
    company; `progress` is told of a server, whose rows come one by one.
    """
    from dentalsales.storage.whole_copy import as_folder

    with company.reading() as session:
        values = read_settings(session)
    with as_folder(company, progress) as whole:
        made = backup.make_backup(whole, company.backups, values["company_name"], reason=reason)
    if folder is not None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise RuleBroken(_("“{folder}” is no folder that can be written to."), folder=str(folder)) from error
        copy = second_place.copy_to(made.path, folder, key or company_key(company))
        second_place.remember(company.backups, copy, made.made_at)
        made = backup.read_info(copy)
    if thin:
        prune(company.backups, made.made_at, rule or kept_set(values))
    return made


def before_import(company: Company) -> None:
    """Make the copy to which a wrong file can be taken back; clerks' logins at a server can't make one."""
    if company.seen_whole:
        back_up_company(company, reason="before_import")


def at_close(company: Company) -> bool:
    """Say whether the settings want a copy when the window closes; never of a server that is out of reach then."""
    try:
        with company.reading() as session:
            wanted = bool(read_settings(session)["backup_at_close"])
        return wanted and company.seen_whole
    except RuleBroken:
        if company.exclusive:
            raise
        return False


def copy_elsewhere(company: Company, now: datetime | None = None, progress: Progress | None = None) -> int | None:
    """Write to the second place what it lacks; return how many copies, None when there is none or it is not there."""
    with company.reading() as session:
        values = read_settings(session)
    place = second_place_of(company, values)
    if place is None or not place.present:
        return None
    key, rule = company_key(company), kept_set(values)
    return len(second_place.catch_up(company.backups, place, now or datetime.now(OFFICE), rule, key, progress))


def second_place_of(company: Company, values: dict[str, Any]) -> second_place.SecondPlace | None:
    """Return the second place that the settings name, None when they name none; asks the disk."""
    identity = company_identity(company) if values["backup_place"] else ""
    return second_place.find(Path(values["backup_place"]), values["company_name"], identity) if identity else None


def adopt_second_place(company: Company, chosen: Path) -> None:
    """Prepare a folder of the PC that makes the copies; RuleBroken when it is not there or can't be written to."""
    company.demand_whole()
    with company.reading() as session:
        name = read_settings(session)["company_name"]
    second_place.find(chosen, name, company_identity(company)).adopt()


def kept_set(values: dict[str, Any]) -> KeptSet:
    """Return which copies the settings keep."""
    return KeptSet(*(values[f"backup_{name}"] for name in ("hours", "days", "weeks", "months")))


def daily_is_due(newest: datetime | None, now: datetime, hour: int) -> bool:
    """Say whether the hour of the daily copy has struck since the newest one was made."""
    local = now.astimezone(OFFICE)
    struck = local.replace(hour=hour, minute=0, second=0, microsecond=0)
    if struck > local:
        struck -= timedelta(days=1)
    return newest is None or newest < struck


def last_backup(company: Company) -> BackupInfo | None:
    """Return the newest readable copy in the company's own folder."""
    return second_place.newest_there(backup.list_backups(company.backups))


def list_backups(company: Company) -> list[BackupInfo]:
    """Return the copies in the company's own folder, newest first."""
    return backup.list_backups(company.backups)


def list_elsewhere(company: Company) -> list[BackupInfo]:
    """Return the copies in the second place, newest first; none while it is not there."""
    with company.reading() as session:
        values = read_settings(session)
    place = second_place_of(company, values)
    return backup.list_backups(place.folder) if place is not None and place.present else []


def demand_restore(desk: Desk) -> None:
    """Raise NotAllowed unless the employee manages: a restore takes back what everybody entered since."""
    if not desk.roles & MANAGERS:
        raise NotAllowed(_("Only the sales manager or director restores a backup."))
    desk.company.demand_whole()


def unpack_copy(file: Path, folder: Path, passphrase: str = "") -> BackupInfo:
    """Write a verified copy into an empty folder, as a company to look at; PassphraseNeeded, or RuleBroken."""
    with open_copy.opened(file, passphrase, folder) as (plain, info):
        open_copy.unpack(plain, info, folder)
    return info


def restore_company(file: Path, folder: Path, passphrase: str = "") -> RestoreResult:
    """Put a copy into the place of a closed company, which is kept beside; RuleBroken leaves everything as it was."""
    return restore.restore(file, folder, passphrase=passphrase)
