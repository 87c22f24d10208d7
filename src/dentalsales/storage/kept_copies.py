"""Which copies are kept: all of the last hours, then one a day, a week and a month."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from dentalsales.storage.backup_file import ENDING, moment_in
from dentalsales.storage.refusals import said_clearly


@dataclass(frozen=True)
class KeptSet:
    """How long all copies are kept, then the newest of each day, week and month."""

    hours: int = 48
    days: int = 14
    weeks: int = 12
    months: int = 24

    def groups(self) -> tuple[tuple[timedelta, Callable[[datetime], Any]], ...]:
        """Return up to which age what is the same group, of which the newest stays."""
        return (
            (timedelta(days=self.days), lambda moment: moment.date()),
            (timedelta(weeks=self.weeks), lambda moment: moment.isocalendar()[:2]),
            (timedelta(days=31 * self.months - self.months // 2), lambda moment: (moment.year, moment.month)),
        )


def kept(moments: Iterable[datetime], now: datetime, rule: KeptSet) -> set[datetime]:
    """Return the moments whose copies stay; the newest one always does, and so does one of the future."""
    newest_first = sorted(set(moments), reverse=True)
    stay = {moment for moment in newest_first if now - moment <= timedelta(hours=rule.hours)} | set(newest_first[:1])
    for age, group in rule.groups():
        newest: dict[Any, datetime] = {}
        for moment in newest_first:
            if now - moment <= age:
                newest.setdefault(group(moment), moment)
        stay.update(newest.values())
    return stay


def prune(folder: Path, now: datetime, rule: KeptSet | None = None) -> list[Path]:
    """Remove the copies that are past keeping and return them; only files that bear a copy's own name are looked at."""
    moments = copies_in(folder)
    stay = kept(moments.values(), now, rule or KeptSet())
    removed = [path for path, moment in moments.items() if moment not in stay]
    with said_clearly():
        for path in removed:
            path.unlink(missing_ok=True)
    return sorted(removed)


def copies_in(folder: Path) -> dict[Path, datetime]:
    """Return the copies of a folder with the moments that their names tell."""
    return {path: moment for path in folder.glob("*" + ENDING) if (moment := moment_in(path)) is not None}
