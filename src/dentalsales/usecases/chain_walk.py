"""Follows the chain of the history from entry to entry, and tells what was done to it where it breaks."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from dentalsales.blueprint.anchor import Anchor
from dentalsales.i18n import Text, _, n_
from dentalsales.usecases.seals import Row, Seals

MOST = 300
"""So many entries that do not fit are compared with each other; more are told as a whole."""
FEW = 3
SHIFTS = (1, -1, 2, -2, 3, -3)
"""How far the numbers behind an entry may have been moved to hide that it came or went."""

CHANGED = _("Entry {number} ({what}) was changed after it was written.")
SEVERAL = _("Entries {first} to {last} were changed after they were written.")
INSERTED = _("Entry {number} ({what}) was not written by the program.")
SWAPPED = _("Entries {number} and {place} have changed places.")
MOVED = _("Entry {number} was moved to the place of entry {place}.")
MISSING = n_("{count} entry is missing before entry {number}.", "{count} entries are missing before entry {number}.")
CUT_OFF = n_(
    "The newest {count} entry is missing; the history ends with entry {last}.",
    "The newest {count} entries are missing; the history ends with entry {last}.",
)
HEAD_CHANGED = _("The head of the history was changed: it does not fit the newest entry.")
HEAD_GONE = _("The head of the history is missing.")
OTHER_KEY = _("No entry fits the key of the history: the key was changed.")


@dataclass(frozen=True)
class Head:
    """The end of the chain as the company keeps it."""

    last_id: int
    seal: str
    count: int


@dataclass
class _Misfit:
    row: Row
    seal: str
    gap: int
    """How many numbers are not there before this one."""


@dataclass
class _Run:
    """Entries one after the other that do not fit; `before` is the seal of the last one that did."""

    before: str
    misfits: list[_Misfit] = field(default_factory=list)
    count: int = 0
    shift: int = 0

    def add(self, misfit: _Misfit) -> None:
        self.count += 1
        if len(self.misfits) <= MOST:
            self.misfits.append(misfit)
        else:
            self.misfits[-1] = misfit


@dataclass(frozen=True)
class _Guess:
    """The newest misfit fits if the numbers were moved; the next entry says whether they were."""

    shift: int
    inserted: bool


class ChainWalk:
    """Takes the entries in the order of their numbers; `what` names an entry in a sentence."""

    def __init__(self, seals: Seals, what: Any, anchor: Anchor | None = None) -> None:
        self._seals, self._what, self._anchor = seals, what, anchor
        self.total, self.last_id, self.seal = 0, 0, ""
        self.anchored: bool | None = None
        """Whether the entry of the anchor bears its seal; None when there are not so many."""
        self._fitting, self._missing, self._shift = 0, 0, 0
        self._guess: _Guess | None = None
        self._run: _Run | None = None
        self._runs: list[_Run] = []
        self._inserted: list[_Misfit] = []

    def take(self, row: Row, seal: str) -> None:
        """Look at the next entry and the seal it bears."""
        self.total += 1
        if self._anchor is not None and self.total == self._anchor.count:
            self.anchored = seal.startswith(self._anchor.seal)
        if self._guess is not None and self._seal(row, self.seal, self._guess.shift) == seal:
            self._is_right(self._guess)
        self._guess = None
        if self._seal(row, self.seal, self._shift) == seal:
            self._fits(inserted=False)
        elif self._run is None or not self._goes_on(self._run, row, seal):
            self._run = self._run or _Run(self.seal)
            self._run.add(_Misfit(row, seal, row[0] - self.last_id - 1))
        self.last_id, self.seal = row[0], seal

    def _goes_on(self, run: _Run, row: Row, seal: str) -> bool:
        """Say whether the chain goes on here, behind or in spite of the misfits, and close their run."""
        if self._seal(row, run.before, self._shift) == seal:
            return self._fits(inserted=True)
        if run.count == 1 and self._seal(row, self._seal(run.misfits[0].row, run.before, self._shift)) == seal:
            return self._fits(inserted=False)  # nothing but the seal of the one before was changed
        for shift in SHIFTS:
            for inserted, previous in ((False, self.seal), (True, run.before)):
                if self._seal(row, previous, self._shift + shift) == seal:
                    self._guess = _Guess(self._shift + shift, inserted)
        return False

    def _is_right(self, guess: _Guess) -> None:
        """The numbers were moved: the newest misfit is none."""
        run = self._run
        assert run is not None
        run.misfits.pop()
        run.count -= 1
        run.misfits[0].gap += 0 if guess.inserted else max(guess.shift - self._shift, 0)
        self._shift = guess.shift
        self._fits(guess.inserted)

    def _seal(self, row: Row, previous: str, shift: int = 0) -> str:
        return self._seals.of((row[0] + shift, *row[1:]) if shift else row, previous)

    def _fits(self, inserted: bool) -> bool:
        self._fitting += 1
        self._close(inserted)
        return True

    def end(self, head: Head | None) -> Iterator[Text]:
        """Yield a sentence for everything that is wrong."""
        if self._fitting == 0 and self.total >= FEW:
            yield OTHER_KEY
            return
        end_id, end_seal = self.last_id, self.seal
        if self._guess is not None and head == Head(end_id + self._guess.shift, end_seal, head.count if head else 0):
            self._is_right(self._guess)
        if self._run is not None:
            if self._is_appended(self._run, head):
                end_id, end_seal = self._run.misfits[0].row[0] - 1, self._run.before
                self._close(inserted=True)
            else:
                self._close(inserted=False)
        told, end_seal = self._judged(end_seal)
        yield from told
        yield from (INSERTED.fill(number=one.row[0], what=self._what(one.row)) for one in self._inserted)
        yield from self._compared(head, end_id + self._shift, end_seal, bool(told or self._inserted))

    def _close(self, inserted: bool) -> None:
        if self._run is None:
            return
        if inserted:
            self._inserted += self._run.misfits
        else:
            self._run.shift = self._shift
            self._runs.append(self._run)
        self._run = None

    def _is_appended(self, run: _Run, head: Head | None) -> bool:
        """Say whether the misfits at the end came behind an end that the head knows."""
        return head is not None and head.seal == run.before and run.misfits[0].row[0] + self._shift > head.last_id

    def _judged(self, end_seal: str) -> tuple[list[Text], str]:
        """Return what was done to the misfits that others follow, and the seal that the end should bear."""
        known = [one for run in self._runs for one in run.misfits]
        if len(known) > MOST:
            return [self._as_a_whole(run) for run in self._runs], end_seal
        told: list[Text] = []
        moved: dict[int, int] = {}
        for run in self._runs:
            previous, wrong = run.before, []
            for one in run.misfits:
                there = self._that_belongs_to(one.row[0] + run.shift, previous, known)
                previous = (there or one).seal
                if there is None:
                    wrong.append(one)
                elif there is not one:
                    moved[one.row[0]] = there.row[0]
            told += self._wrong(wrong)
            if run.misfits[-1].row[0] == self.last_id:
                end_seal = previous
        for place, number in moved.items():
            if moved.get(number) != place:
                told.append(MOVED.fill(number=place, place=number))
            elif place < number:
                told.append(SWAPPED.fill(number=place, place=number))
        return told, end_seal

    def _that_belongs_to(self, number: int, previous: str, known: list[_Misfit]) -> _Misfit | None:
        for one in known:
            if self._seals.of((number, *one.row[1:]), previous) == one.seal:
                return one
        return None

    def _wrong(self, wrong: list[_Misfit]) -> Iterator[Text]:
        changed = []
        for one in wrong:
            if one.gap:
                self._missing += one.gap
                yield MISSING.fill(count=one.gap, number=one.row[0])
            else:
                changed.append(one)
        if len(changed) == 1:
            yield CHANGED.fill(number=changed[0].row[0], what=self._what(changed[0].row))
        elif changed:
            yield SEVERAL.fill(first=changed[0].row[0], last=changed[-1].row[0])

    def _as_a_whole(self, run: _Run) -> Text:
        first, last = run.misfits[0], run.misfits[-1]
        if run.count == 1:
            return CHANGED.fill(number=first.row[0], what=self._what(first.row))
        return SEVERAL.fill(first=first.row[0], last=last.row[0])

    def _compared(self, head: Head | None, end_id: int, end_seal: str, broken: bool) -> Iterator[Text]:
        """Compare the end that was reached with the head; a count that is wrong says nothing new where it is broken."""
        if head is None:
            yield HEAD_GONE
            return
        there = self.total - len(self._inserted) + self._missing
        if head.last_id > end_id and head.count > there:
            yield CUT_OFF.fill(count=head.count - there, last=end_id)
        elif head.seal != end_seal or head.last_id < end_id or (head.count != there and not broken):
            yield HEAD_CHANGED
