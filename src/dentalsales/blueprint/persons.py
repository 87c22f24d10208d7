"""Whose data the records of a register hold, who may take it out for good, and how long some of it has to stay."""

from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import MAXYEAR, date
from typing import Any

from dentalsales.blueprint.act import Act
from dentalsales.i18n import Text


@dataclass(frozen=True)
class Kept:
    """Why a record still keeps a person's data, and the last day on which it has to; None without an end."""

    why: Text
    until: date | None = None


Keeps = Callable[[Any, Act], Kept | None]


def years_after(day: date, years: int) -> date:
    """Return the same day some years later, of a 29 February the 28th."""
    year = min(day.year + years, MAXYEAR)
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)


def law_keeps(left_on: date, expires_on: date | None, act: Act) -> date:
    """Return the last day on which the law wants the record of goods that left: some years after their expiry."""
    if expires_on is None:
        return years_after(left_on, act.setting("record_years"))
    return years_after(expires_on, act.setting("record_years_after_expiry"))


def kept_until(done: Container[str], why: Text, then: Keeps | None = None) -> Keeps:
    """Return why a paper keeps its person: `why` until it is in one of the states in which it is done, `then` after."""

    def keeps(record: Any, act: Act) -> Kept | None:
        if record.state not in done:
            return Kept(why)
        return then(record, act) if then is not None else None

    return keeps


@dataclass(frozen=True)
class Persons:
    """Of a register: its fields with `personal` are data of the person that a record is, or that it links to."""

    roles: frozenset[str] = frozenset()
    """Who may anonymise; nobody where the person is another register's record."""
    of: str = ""
    """The register whose record the person is, when it is not the record itself."""
    path: str = ""
    """The link that leads there."""
    keeps: Keeps | None = None
    """(record, act) -> why the record's data have to stay for now, None when they may go."""
    demands: Callable[[Any, Act], None] | None = None
    """(record, act): raises RuleBroken while the person can't be anonymised."""
    after: Callable[[Any, Act], None] | None = None
    """(record, act): what else of the person goes."""
    asks_party: bool = False
    """The record may be a firm or a person: it is asked whether its own name goes, too."""
