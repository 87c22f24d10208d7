"""How safe the company is now: its newest verified copy here and elsewhere, and how old they are, in words."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import Text, _, n_
from dentalsales.storage import second_place
from dentalsales.storage.backup import list_backups
from dentalsales.storage.company import Company
from dentalsales.usecases.back_up import daily_is_due, second_place_of
from dentalsales.usecases.backup_key import company_key
from dentalsales.usecases.company_settings import read_settings
from dentalsales.usecases.copies_told import ToldCopies, tell_others, told_copies

OLD = timedelta(days=7)
"""A copy elsewhere that is older than this is a warning."""


@dataclass(frozen=True)
class BackupState:
    """What the status bar and the backup page say; moments are those at which the copies were made."""

    now: datetime
    here: datetime | None
    elsewhere: datetime | None
    place: str
    """The chosen second place, "" for none."""
    present: bool
    """The second place is there now."""
    sealed: bool
    missing: bool
    """The second place lacks a copy that it should have."""
    daily_due: bool
    oldest: datetime | None = None
    made_by: str = ""
    """Clerks' logins at a server make no copies: which login does, and at which PC once one was made; here and
    elsewhere are then what that PC told, "" when the copies are made by this program."""

    @property
    def old_elsewhere(self) -> bool:
        """True when the newest copy elsewhere is too old; without any, when the company has had a week to make one."""
        since = self.elsewhere or self.oldest
        return since is not None and self.now - since > OLD

    @property
    def warns(self) -> bool:
        """True when something is to be done."""
        return self.here is None or self.now - self.here > OLD or self.old_elsewhere


def backup_state(company: Company, now: datetime | None = None) -> BackupState:
    """Ask the disks; may take long when a share is gone, so never in the window's thread."""
    now = now or datetime.now(UTC)
    with company.reading() as session:
        values, told = read_settings(session), told_copies(session)
    if not company.seen_whole:
        return _told_state(company, now, told, values["backup_place"])
    mine = [info for info in list_backups(company.backups) if info.verified]
    place = second_place_of(company, values)
    present = place is not None and place.present
    theirs = list_backups(place.folder) if place is not None and present else []
    known = second_place.remembered(company.backups)
    moments = [info.made_at for info in theirs if info.verified] + ([known.made_at] if known is not None else [])
    there = {info.path.name for info in theirs}
    return BackupState(
        now,
        mine[0].made_at if mine else None,
        max(moments, default=None),
        values["backup_place"],
        present,
        company_key(company) is not None,
        present and any(info.path.name not in there for info in mine if info.made_at == mine[0].made_at),
        bool(values["backup_daily"]) and daily_is_due(mine[0].made_at if mine else None, now, values["backup_hour"]),
        mine[-1].made_at if mine else None,
    )


def _told_state(company: Company, now: datetime, told: ToldCopies | None, place: str) -> BackupState:
    """What a clerk's PC knows: what was told by the PC that makes the copies, whose disks it can't ask."""
    sealed, logins = company_key(company) is not None, " / ".join(company.copying_logins) or "?"
    if told is None:
        return BackupState(now, None, None, place, False, sealed, False, False, None, logins)
    by = f"{told.login} ({told.computer})"
    return BackupState(now, told.here, told.elsewhere, place, True, sealed, False, False, told.oldest, by)


def tell_state(company: Company, state: BackupState) -> None:
    """Let the others at a server know how new the copies of this PC are, nothing twice; what fails is told later."""
    if state.here is not None and state.oldest is not None and not state.made_by:
        with suppress(RuleBroken):  # the copies are made, whether or not it can be told just now
            tell_others(company, state.here, state.elsewhere, state.oldest)


def short_words(state: BackupState) -> Text:
    """Return what the status bar says."""
    if state.here is None:
        return _("No backup yet")
    here = age(state.now - state.here)
    if state.elsewhere is None:
        return _("Backup {here} · none elsewhere").fill(here=here)
    text = _("Backup {here} · elsewhere {elsewhere}")
    if state.place and not state.present:
        text = _("Backup {here} · elsewhere {elsewhere}, not plugged in now")
    return text.fill(here=here, elsewhere=age(state.now - state.elsewhere))


def long_words(state: BackupState) -> Text:
    """Return what to do, or that all is well, in a sentence or two."""
    if state.made_by:
        return _words_for_clerks(state).fill(login=state.made_by)
    if state.here is None:
        return _("There is no backup yet. It takes seconds.")
    if not state.place:
        return _(
            "All backups lie on this disk. Choose a second place, so that a broken disk does not take them with it."
        )
    if not state.present and state.old_elsewhere:
        return _(
            "The second place has not been there for more than a week. Plug the stick in: it is caught up by itself."
        )
    if not state.present:
        return _("The second place is not there now. It is caught up by itself as soon as it returns.")
    if state.missing:
        return _("The second place is there and is being caught up.")
    return _("Here and elsewhere there is a verified copy. Nothing needs to be done.")


def _words_for_clerks(state: BackupState) -> Text:
    """Say who does what; a clerk's login can do nothing but tell him."""
    if state.here is None:
        return _(
            "Nobody has made a copy of this company yet. Tell whoever looks after the server: copies are made by "
            "themselves where the program is opened with the login {login}."
        )
    if state.now - state.here > OLD:
        return _(
            "The newest copy is more than a week old. Copies are made with the login {login}: have the program opened "
            "there once, then it is made by itself."
        )
    if state.old_elsewhere and not state.place:
        return _(
            "All copies lie on the PC that makes them, with the login {login}. Have a second place chosen there, so "
            "that a broken disk does not take them with it."
        )
    if state.old_elsewhere:
        return _(
            "The copies are made with the login {login}, but its second place got none for more than a week. "
            "Have the stick plugged in there: it is caught up by itself."
        )
    return _("Copies of this company are made and verified with the login {login}. Nothing needs to be done here.")


def age(passed: timedelta) -> Text:
    """Return an age in words: how long ago."""
    minutes = int(passed.total_seconds()) // 60
    if minutes < 1:
        return _("just now")
    if minutes < 60:
        return n_("{count} minute ago", "{count} minutes ago").fill(count=minutes)
    if minutes < 48 * 60:
        return n_("{count} hour ago", "{count} hours ago").fill(count=minutes // 60)
    return n_("{count} day ago", "{count} days ago").fill(count=minutes // 60 // 24)
