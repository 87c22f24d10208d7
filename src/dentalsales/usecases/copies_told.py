"""Who makes the copies of a company on a server, and how new they are: told in the company, for every clerk to see."""

import json
import platform
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from dentalsales.blueprint.house_records import SettingValue
from dentalsales.storage.company import Company

KEY = "copies"
"""No setting of the office has this name."""


@dataclass(frozen=True)
class ToldCopies:
    """What the PC that makes the copies tells all others; moments are those at which the copies were made."""

    computer: str
    login: str
    here: datetime
    """The newest on that PC."""
    elsewhere: datetime | None
    """The newest in its second place."""
    oldest: datetime

    def is_older_than(self, other: "ToldCopies") -> bool:
        """Say whether the other one tells something newer."""
        return (self.here, self.elsewhere or self.oldest) < (other.here, other.elsewhere or other.oldest)


def told_copies(session: Session) -> ToldCopies | None:
    """Return what was told last, None when nothing was."""
    found = session.scalar(select(SettingValue.value).where(SettingValue.key == KEY))
    if not found:
        return None
    try:
        told = json.loads(found)
        here, oldest = (_moment(told[name]) for name in ("here", "oldest"))
        elsewhere = _moment(told["elsewhere"]) if told["elsewhere"] else None
        return ToldCopies(str(told["computer"]), str(told["login"]), here, elsewhere, oldest)
    except (ValueError, KeyError, TypeError):  # written past the program: nothing is known
        return None


def _moment(words: str) -> datetime:
    """Read a moment; without its zone it is none."""
    moment = datetime.fromisoformat(words)
    if moment.tzinfo is None:
        raise ValueError(words)
    return moment


def tell_others(company: Company, here: datetime, elsewhere: datetime | None, oldest: datetime) -> None:
    """Let the others know of this PC's newest verified copies, unless they know of newer ones.

    A file has no others, and a clerk's login makes no copies.
    """
    if company.exclusive or not company.may_write or not company.seen_whole:
        return
    mine = ToldCopies(platform.node() or "?", company.login, here, elsewhere, oldest)
    with company.reading() as session:
        known = told_copies(session)
    if known is not None and not known.is_older_than(mine):
        return
    moments = {name: moment.isoformat() if moment else "" for name, moment in
               (("here", here), ("elsewhere", elsewhere), ("oldest", oldest))}  # fmt: skip
    told = json.dumps({"computer": mine.computer, "login": mine.login, **moments}, ensure_ascii=False)
    with company.writing() as session:
        session.execute(delete(SettingValue).where(SettingValue.key == KEY))
        session.add(SettingValue(key=KEY, value=told))
