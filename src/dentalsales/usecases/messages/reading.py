"""Reads a message into the lines of an order: what is sure, what has to be checked, what was not found or left out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dentalsales.usecases.messages.catalogue import Catalogue, Group
from dentalsales.usecases.messages.covering import unexplained
from dentalsales.usecases.messages.grouping import Item
from dentalsales.usecases.messages.items import split
from dentalsales.usecases.messages.matching import OFFERED, Bought, Candidate, Match, Matcher
from dentalsales.usecases.messages.rows import CHECK, MISSING, REASONS, SURE, Reading, Row

LIKELY = 38.0
"""Below this the best candidate is only offered, not proposed."""
MOST = 100_000
"""Nobody orders more of one line in a message."""


def read(
    message: str,
    catalogue: Catalogue,
    orders: Sequence[Sequence[tuple[int, int, str]]] = (),
    known: Mapping[str, int] | None = None,
) -> Reading:
    """Return what a message orders.

    `orders` are the customer's earlier ones, newest first, as (article, quantity, unit); `known` are the words
    that were confirmed for this customer.
    """
    return _Reader(catalogue, orders, known or {}).read(message)


class _Reader:
    def __init__(
        self, catalogue: Catalogue, orders: Sequence[Sequence[tuple[int, int, str]]], known: Mapping[str, int]
    ) -> None:
        self._catalogue, self._known = catalogue, known
        self._last = orders[0] if orders else ()
        self._bought: dict[int, Bought] = {}
        for order in orders:
            for article, quantity, unit in order:
                if article in catalogue.by_id:
                    self._bought.setdefault(article, Bought(quantity, unit, len(self._bought)))
        self._matcher = Matcher(catalogue, self._bought)
        self._rows: list[tuple[Row, Item, Match]] = []
        self._skipped: list[str] = []

    def read(self, message: str) -> Reading:
        parts = split(message)
        self._skipped = list(parts.skipped)
        if parts.whole_order:
            return Reading(self._last_order(parts.whole_order), self._skipped)
        for item in parts.items:
            self._item(item)
        return Reading([row for row, _item, _match in self._rows], self._skipped)

    def _last_order(self, text: str) -> list[Row]:
        bought = [one for one in self._last if one[0] in self._catalogue.by_id]
        if not bought:
            return [Row(text, reasons=(REASONS["reference"], REASONS["nothing"]))]
        return [
            Row(text, CHECK, article, quantity, unit, unit, (article,), (REASONS["reference"],))
            for article, quantity, unit in bought
        ]

    def _item(self, item: Item) -> None:
        if "complaint" in item.doubts:
            self._rows.append((Row(item.text, reasons=(REASONS["complaint"],)), item, Match()))
        elif "takes_back" in item.doubts:
            self._take_back(item)
        elif "change" in item.doubts and self._change(item):
            return
        else:
            self._order(item)

    def _order(self, item: Item) -> None:
        match, whole, context = self._matched(item)
        if self._says_more(item, match, context):
            return
        item = whole
        row = self._row(item, match, context)
        self._rows.append((row, item, match))

    def _says_more(self, item: Item, match: Match, context: bool) -> bool:
        """Words behind a line that name nothing and count nothing belong to it: "要效期长的"."""
        best = match.best
        likely = best is not None and (best.full or (not context and best.score >= LIKELY))
        if likely or item.counted or item.marks or not self._rows or self._rows[-1][1].line != item.line:
            return False
        row = self._rows[-1][0]
        if row.state == MISSING or not row.candidates:
            return False
        row.text, row.rest = f"{row.text} {item.text}", " ".join(filter(None, (row.rest, item.text)))
        row.state, row.reasons = CHECK, tuple(dict.fromkeys((*row.reasons, REASONS["tail"])))
        return True

    def _matched(self, item: Item) -> tuple[Match, Item, bool]:
        """Return the match of an item; one that names no article is about that of the line before it."""
        alone = self._matcher.match(item) if item.words or item.has_name else Match()
        before = self._before()
        best = alone.best
        named = best is not None and best.name_letters >= 2
        if before is None or (named and best is not None and best.score >= LIKELY):
            return alone, item, False
        groups, known = before
        inherited = _with_marks_of(known, item)
        for one in (inherited, item):
            match = self._matcher.match(one, groups)
            if match.best is not None and match.best.full:
                return match, Item(**{**vars(one), "words": (*known.words, *item.words)}), True
        match = self._matcher.match(inherited, groups)
        if best is not None and (match.best is None or best.score >= match.best.score):
            return alone, item, False
        return match, Item(**{**vars(inherited), "words": (*known.words, *item.words)}), True

    def _before(self) -> tuple[list[Group], Item] | None:
        """Return the groups of the line before, and what it said."""
        for row, item, match in reversed(self._rows):
            if row.state == SURE and row.article:
                return [self._catalogue.by_id[row.article].group], item
            if match.candidates and row.state != MISSING:
                top = [one for one in match.candidates if one.score >= match.candidates[0].score - 12]
                return list(dict.fromkeys(one.article.group for one in top)), item
        return None

    def _row(self, item: Item, match: Match, context: bool) -> Row:
        reasons = [name for name in REASONS if name in item.doubts]
        only = match.only and (not context or self._rows[-1][0].state == SURE)
        article = self._known.get(item.key) if "reference" not in item.doubts else None
        candidates = [one.article.id for one in match.candidates]
        if article is not None and article in self._catalogue.by_id:
            candidates, only = [article, *(one for one in candidates if one != article)], True
        elif match.best is not None and (match.best.score >= LIKELY or context):
            tied = any(one.score == match.best.score for one in match.candidates[1:])
            proposed = not tied and self._has_what_was_written(item, match.best)
            article = match.best.article.id if proposed else None
            reasons += [] if only else ["several" if match.best.full else "near"]
        else:
            article = None
            reasons.append("nothing")
        state = MISSING if "nothing" in reasons else CHECK
        row = Row(item.text, state, article, candidates=tuple(candidates[:OFFERED]))
        row.said_unit = item.unit
        row.key = "" if item.doubts & {"reference", "nameless"} else item.key
        reasons += self._fill(row, item)
        if state == CHECK and not only:
            self._keep_rest(row, item, article or candidates[0])
        row.reasons = tuple(REASONS[name].fill(unit=item.unit) if name == "unit" else REASONS[name] for name in reasons)
        if article and only and not reasons:
            row.state = SURE
        return row

    def _has_what_was_written(self, item: Item, best: Candidate) -> bool:
        """False when another size, shade or number was written: that is never proposed, so that no Enter takes it."""
        by_code = self._catalogue.by_code
        return all(
            best.article.has(mark) or any(by_code.get(value) is best.article for value in mark.values)
            for mark in item.marks
        )

    def _keep_rest(self, row: Row, item: Item, article: int) -> None:
        """Words that are no part of the name go into the line, and not into what is remembered."""
        left = unexplained(item.words, self._catalogue.by_id[article])
        if len(left) < len(item.words):
            row.rest = " ".join(left)
            named = replace(item, words=tuple(word for word in item.words if word not in left))
            row.key = named.key if row.key else ""

    def _fill(self, row: Row, item: Item) -> list[str]:
        """Read quantity and unit into a row; return what has to be asked."""
        asked = []
        quantity, unit = item.quantity, item.unit
        habit = self._bought.get(row.article or 0) if "reference" in item.doubts else None
        if not item.counted and habit is not None:
            quantity, unit = habit.quantity, unit or habit.unit  # type: ignore[assignment]
        if quantity is not None and quantity == int(quantity) and 0 < quantity <= MOST:
            row.quantity = int(quantity)
        else:
            asked.append("quantity")
        if row.article is None:
            row.unit = unit
            return asked
        units = self._catalogue.by_id[row.article].row.units
        if unit and unit not in units:
            asked.append("unit")
        else:
            row.unit = unit or (units[0] if units else "")
            if not unit and len(units) > 1:
                asked.append("usual_unit")
        return asked

    def _take_back(self, item: Item) -> None:
        place = self._meant_before(item)
        if place is None:
            row = Row(item.text, reasons=(REASONS["takes_back"],))
            self._rows.append((row, item, Match()))
        else:
            gone = self._rows.pop(place)[0]
            self._skipped += [gone.text, item.text]

    def _change(self, item: Item) -> bool:
        """Change the quantity of an earlier line; False when none is meant."""
        place = self._meant_before(item)
        if place is None:
            return False
        row, said, _match = self._rows[place]
        said.quantity, said.unit, said.counted = item.quantity, item.unit or said.unit, True
        said.doubts.add("change")
        changed = self._row(said, self._rows[place][2], False)
        changed.text = f"{row.text}, {item.text}"
        self._rows[place] = (changed, said, self._rows[place][2])
        return True

    def _meant_before(self, item: Item) -> int | None:
        """Return the place of the line that an item names again, the last one of them."""
        fitting: list[tuple[float, int]] = []
        for place, (_row, said, match) in enumerate(self._rows):
            groups = list(dict.fromkeys(one.article.group for one in match.candidates[:OFFERED]))
            found: list[Candidate] = self._matcher.match(item, groups).candidates if groups else []
            mine = [one for one in found if one.full and one.article.id == match.candidates[0].article.id]
            if mine and (item.words or item.marks) and set(item.marks) <= set(said.marks):
                fitting.append((mine[0].score, place))
        return fitting[-1][1] if fitting else None


def _with_marks_of(before: Item, item: Item) -> Item:
    """Add what the line before said of another kind: "98×18 A1 2块, A2 3块" is 98×18 both times."""
    shapes = {tuple(mark.unit for mark in marks) for marks in item.marked}
    more = tuple(marks for marks in before.marked if tuple(mark.unit for mark in marks) not in shapes)
    return Item(**{**vars(item), "marked": (*more, *item.marked)})
