"""What is inside a copy, and what the company would lose if the copy took its place."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from sqlalchemy import func, select

from dentalsales.blueprint.house_records import History
from dentalsales.i18n import Text, _, joined, n_
from dentalsales.storage.backup_file import BackupInfo
from dentalsales.storage.open_copy import opened
from dentalsales.storage.sealed_file import is_sealed
from dentalsales.usecases.back_up import demand_restore, list_backups, list_elsewhere
from dentalsales.usecases.backup_state import age
from dentalsales.usecases.desk import Desk

REASONS: dict[str, Text] = {
    "at_close": _("at close"),
    "daily": _("daily"),
    "by_hand": _("by hand"),
    "before_migration": _("before an update of the program"),
    "before_import": _("before an import"),
    "before_restore": _("before a restore"),
    "before_move": _("before a move to a server"),
    "": _("unknown"),
}


TOTALS: dict[str, Text] = {
    "ledger_entry.amount": _("booked"),
    "receivable.amount": _("receivables"),
    "receipt.amount": _("receipts"),
}


@dataclass(frozen=True)
class KnownCopy:
    """One copy, here, elsewhere or in both places; `info` is of the file that is nearer."""

    info: BackupInfo
    here: bool
    elsewhere: bool

    @property
    def where(self) -> Text:
        """Where it lies, in words."""
        if self.here and self.elsewhere:
            return _("here and elsewhere")
        return _("here") if self.here else _("elsewhere")


@dataclass(frozen=True)
class InsideRow:
    """One register: rows in the copy and today, and the last number in the copy."""

    title: Text
    then: int
    today: int
    last_number: str


@dataclass(frozen=True)
class CopyInside:
    """What an opened copy holds, beside today's figures."""

    info: BackupInfo
    rows: tuple[InsideRow, ...]
    changes: int
    """Entries in the history that the copy does not have."""
    other_company: bool


def known_copies(desk: Desk) -> list[KnownCopy]:
    """Return the copies in both places, the newest first."""
    here = {info.path.name: info for info in list_backups(desk.company)}
    there = {info.path.name: info for info in list_elsewhere(desk.company)}
    found = [KnownCopy(here.get(name) or there[name], name in here, name in there) for name in {*here, *there}]
    return sorted(found, key=lambda copy: copy.info.made_at, reverse=True)


def look_inside(desk: Desk, file: Path, passphrase: str = "") -> CopyInside:
    """Verify a copy and say what is in it; PassphraseNeeded when it is sealed, RuleBroken when it is damaged.

    Only who may restore looks into a copy: it holds what roles keep apart in the window.
    """
    demand_restore(desk)
    with opened(file, passphrase) as (_plain, info), desk.reading() as act:
        rows = []
        for register in desk.business.registers:
            table = register.record.__tablename__
            today = act.session.scalar(select(func.count()).select_from(register.record)) or 0
            then = info.counts.get(table, 0)
            if register.in_menu and (then or today):
                rows.append(InsideRow(register.title, then, today, info.last_numbers.get(table, "")))
        entries = act.session.scalar(select(func.count()).select_from(History)) or 0
        changes = max(0, entries - info.counts.get(History.__tablename__, 0))
        other = bool(info.company) and info.company != act.setting("company_name")
    return CopyInside(info, tuple(rows), changes, other)


def facts_of_file(file: Path, passphrase: str = "") -> BackupInfo:
    """Verify a copy, also from inside its passphrase, and return what it says; needs no company."""
    with opened(file, passphrase) as (_plain, info):
        return info


def needs_passphrase(file: Path) -> bool:
    """Say whether a file is a copy under a passphrase."""
    return file.is_file() and is_sealed(file)


def lost_words(desk: Desk, inside: CopyInside) -> Text:
    """Return what a restore would take back."""
    passed = age(desk.now() - inside.info.made_at)
    gone = [_("{title} {count}").fill(title=row.title, count=row.today - row.then) for row in _more(inside.rows)]
    if not gone and not inside.changes:
        return _("Nothing was entered since this copy was made ({age}); a restore loses nothing.").fill(age=passed)
    text = n_(
        "{changes} change was recorded since this copy was made ({age}); a restore takes it back.",
        "{changes} changes were recorded since this copy was made ({age}); a restore takes them back.",
        "changes",
    )
    if gone:
        text = _(
            "Since this copy was made ({age}) were entered: {what}; changes in all: {changes}. "
            "They leave the program if this copy is restored."
        ).fill(what=joined(gone))
    return text.fill(changes=inside.changes, age=passed)


def totals_of(info: BackupInfo) -> list[tuple[Text, Decimal]]:
    """Return the sums of money in a copy, in yuan."""
    return [(title, Decimal(info.sums[key]) / 100) for key, title in TOTALS.items() if key in info.sums]


def _more(rows: Iterable[InsideRow]) -> list[InsideRow]:
    return [row for row in rows if row.today > row.then]
