"""Verifying the history: every entry as it was written, none gone or added, every record as its last entry left it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, func, select, text

from dentalsales.blueprint.anchor import Anchor, anchor_of
from dentalsales.blueprint.calendar_words import OFFICE
from dentalsales.blueprint.house_records import History, HistoryHead
from dentalsales.blueprint.roles import MANAGERS
from dentalsales.blueprint.rules import NotAllowed
from dentalsales.i18n import Text, _, n_
from dentalsales.storage.blanked_history import named_states
from dentalsales.storage.history_chain import AT, FIELDS, moment_text
from dentalsales.usecases.chain_walk import ChainWalk, Head
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.seals import Row, WithChanges, seals_of
from dentalsales.usecases.unwritten_changes import unwritten_changes

PAGE = 20_000
MOST = 50
"""So many sentences are told; what is more is counted."""
Progress = Callable[[int, int], object]
"""(entries done, entries in all); whatever it raises stops the work."""
_PAGE = text(f"SELECT {', '.join(FIELDS)}, seal FROM history WHERE id > :last ORDER BY id LIMIT {PAGE}")
_HEAD: Any = HistoryHead.__table__

KEY_GONE = _("The key of the history is missing, so no entry can be verified.")
STANDS = n_(
    "The {count} entry up to the one on the paper stands as it was printed.",
    "The {count} entries up to the one on the paper stand as they were printed.",
)
BROKEN_BEFORE = _("The entry on the paper bears the printed seal, but something else is wrong; see below.")
DIFFERS = _("Entry {count} is not the one on the paper: something up to it was changed since it was printed.")
TOO_FEW = _("The paper says {count} entries; there are only {there} now.")
MORE = n_("And {count} more finding.", "And {count} more findings.")


@dataclass(frozen=True)
class HistoryReport:
    """What came of it."""

    at: datetime
    entries: int
    records: int
    """How many records were compared with their last entry."""
    head: Anchor
    """The history as it stands now."""
    findings: tuple[Text, ...]
    """A sentence for everything that is wrong, but for what the paper says."""
    paper: Text | None = None
    """What came of the comparison with a paper."""
    paper_holds: bool = True
    """False when the history is not what the paper says."""

    @property
    def is_sound(self) -> bool:
        """True when nothing is wrong, and a paper says so too."""
        return self.paper_holds and not self.findings

    @property
    def summary(self) -> Text:
        """What was found, in a sentence."""
        if self.is_sound:
            told = _("{entries} entries of the history are as they were written, {records} records as they say.")
        else:
            told = _("{entries} entries and {records} records were verified; something is wrong.")
        return told.fill(entries=f"{self.entries:,}", records=f"{self.records:,}")


def may_verify(desk: Desk) -> bool:
    """Say whether the employee may verify the history: what is wrong with it names records of everybody."""
    return bool(desk.roles & MANAGERS)


def verify(desk: Desk, paper: Anchor | None = None, progress: Progress | None = None) -> HistoryReport:
    """Verify the history, and whether it still is what a paper says; NotAllowed unless the employee manages."""
    if not may_verify(desk):
        raise NotAllowed(_("The history is verified by the sales manager or director."))
    entries, head, findings, anchored = _walked(desk, paper, progress or (lambda done, total: None))
    records, unwritten = unwritten_changes(desk)
    findings += unwritten
    told: Text | None
    if paper is not None and anchored is not True:
        told = DIFFERS.fill(count=paper.count)
        if anchored is None:
            told = TOO_FEW.fill(count=paper.count, there=entries)
    else:
        told = None if paper is None else (BROKEN_BEFORE if findings else STANDS).fill(count=paper.count)
    rest = len(findings) - MOST
    shown = (*findings[:MOST], *([MORE.fill(count=rest)] if rest > 0 else ()))
    return HistoryReport(desk.now(), entries, records, head, shown, told, paper is None or anchored is True)


def head_of(connection: Connection) -> Head | None:
    """Return where the chain of the history ends."""
    found = connection.execute(select(_HEAD.c.last_id, _HEAD.c.seal, _HEAD.c.count)).first()
    return Head(*found) if found is not None else None


def _walked(desk: Desk, paper: Anchor | None, progress: Progress) -> tuple[int, Anchor, list[Text], bool | None]:
    """Walk the chain page by page; each is read by itself, so that nobody who writes waits for it."""
    with desk.company.reading() as session:
        total = session.scalar(select(func.count()).select_from(History)) or 0
    of_company = seals_of(desk.company)
    if of_company is None:
        return total, Anchor(0, ""), [KEY_GONE], False if paper is not None else None
    seals = WithChanges(of_company)
    walk = ChainWalk(seals, _namer(desk), paper)
    head: Head | None = None
    more = True
    while more:
        progress(walk.total, max(total, walk.total))
        with desk.company.reading() as session:
            connection = session.connection()
            rows = connection.execute(_PAGE, {"last": walk.last_id}).all()
            seals.hear(named_states(connection, head.last_id if head is not None else 0))
            head = head_of(connection)
        entries = [_plain(row) for row in rows]
        seals.look_ahead(entries, walk.seal)
        for values, seal in entries:
            walk.take(values, seal)
        more = len(rows) == PAGE
    progress(walk.total, walk.total)
    anchor = anchor_of(head.count, head.seal) if head is not None else Anchor(0, "")
    return walk.total, anchor, list(islice(walk.end(head), 1000)), walk.anchored


def _plain(row: Any) -> tuple[Row, str]:
    """Return an entry as its seal covers it; SQLite keeps a moment as that text."""
    *values, seal = row
    if isinstance(values[AT], datetime):
        values[AT] = moment_text(values[AT])
    return values, seal


def _in_office(moment: str) -> str:
    """Return a moment on the office's clock; what somebody made of it otherwise, as it stands."""
    try:
        there = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    except ValueError:
        return moment
    return there.astimezone(OFFICE).strftime("%Y-%m-%d %H:%M")


def _namer(desk: Desk) -> Callable[[Row], Text]:
    titles = {register.name: register.title for register in desk.business.registers}
    what, where = _("{title} #{record}, {moment}"), {name: place for place, name in enumerate(FIELDS)}

    def name(row: Row) -> Text:
        register = row[where["register"]]
        moment = _in_office(str(row[where["at"]]))
        return what.fill(title=titles.get(register, register), record=row[where["record_id"]], moment=moment)

    return name
