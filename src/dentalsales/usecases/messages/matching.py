"""Finds the articles that an item of a message may mean, and says when it can mean only one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dentalsales.usecases.messages.catalogue import Article, Catalogue, Group
from dentalsales.usecases.messages.covering import name_share, potential, word_score
from dentalsales.usecases.messages.grouping import Item
from dentalsales.usecases.messages.tokens import Mark

OFFERED = 9
"""So many candidates are shown, one for each digit."""
LEAST = 28.0
"""An article whose score is lower is no candidate."""
MOST_GROUPS = 60


@dataclass(frozen=True)
class Bought:
    """What a customer took of an article before."""

    quantity: int
    unit: str
    rank: int
    """0 is what was bought last, or most often."""


@dataclass(frozen=True)
class Candidate:
    """An article that an item may mean."""

    article: Article
    score: float
    full: bool
    """Every word and mark is explained by it."""
    complete: bool
    """And everything that tells it from its like was named."""
    name_letters: int


@dataclass
class Match:
    """The candidates of an item, the likeliest first; `only` when it can mean no other."""

    candidates: list[Candidate] = field(default_factory=list)
    only: bool = False

    @property
    def best(self) -> Candidate | None:
        """The likeliest."""
        return self.candidates[0] if self.candidates else None


class Matcher:
    """Matches the items of one message of one customer."""

    def __init__(self, catalogue: Catalogue, history: Mapping[int, Bought]) -> None:
        self._catalogue, self._history = catalogue, history

    def match(self, item: Item, among: Sequence[Group] | None = None) -> Match:
        """Return what an item may mean; `among` are the groups that it is about, when something before named them."""
        coded = self._by_code(item) if among is None else None
        if coded is not None and coded.full:
            return Match([coded], True)
        names = [mark.values[0] for mark in item.marks if mark.unit == "name"]
        groups = self._groups(item.words, names) if among is None else among
        said = _Said(item)
        found = [self._candidate(said, article) for group in groups for article in group.articles]
        found = [one for one in found if one.score >= LEAST or one.full]
        found.sort(key=lambda one: (-one.score, one.article.id))
        named = among is not None or bool(found and found[0].name_letters >= 2)
        only = named and self._means_one(found) and (among is not None or self._number_decides_nothing(item, found))
        if coded is not None and coded.article is not (found[0].article if found else None):
            return Match([coded, *found])
        return Match(found, only and coded is None)

    def _by_code(self, item: Item) -> Candidate | None:
        """An exact code means its article, unless something else in the text speaks against it."""
        for mark in item.marks:
            article = self._catalogue.by_code.get(mark.values[0]) if mark.unit in ("name", "") else None
            if article is not None and len(mark.values[0]) > 2:
                others = [one for one in item.marks if one != mark]
                agrees = all(map(article.has, others)) and word_score(item.words, article) == 1.0
                if agrees or mark.unit == "name":
                    return Candidate(article, 200.0, agrees, agrees, 99)
        return None

    def _groups(self, words: Sequence[str], names: Sequence[str]) -> list[Group]:
        """Return the groups worth a look: those that explain most of the words, by letters or by likeness."""
        groups = self._catalogue.groups
        near = self._catalogue.near(words, names)
        if words:
            ranked = sorted(((potential(words, groups[place]), place) for place in near), reverse=True)
            best = ranked[0][0] if ranked else 0.0
            kept = {place for share, place in ranked if share >= best - 0.3}
            kept |= {place for place in near if names and groups[place].names & set(names)}
            if best < 1.0:
                kept |= self._like(" ".join(words), near)
            return [groups[place] for _share, place in ranked if place in kept][:MOST_GROUPS]
        if not near and names:
            near = self._like(" ".join(names), None)
        return [groups[place] for place in sorted(near)][:MOST_GROUPS]

    def _like(self, text: str, near: set[int] | None) -> set[int]:
        from rapidfuzz import fuzz, process

        groups = self._catalogue.groups
        places = range(len(groups)) if near is None else sorted(near)
        texts = {place: groups[place].text for place in places}
        return {place for _text, _score, place in process.extract(text, texts, scorer=fuzz.partial_ratio, limit=12)}

    def _candidate(self, said: "_Said", article: Article) -> Candidate:
        words, letters = said.words_of(article)
        named = [mark for mark in said.names if article.has(mark)]
        missing = sum(not article.has(mark) for mark in said.marks)
        open_ = [one for one in article.own if not said.names_own(one)]
        full = words == 1.0 and len(named) == len(said.names) and not missing and not said.names_half_of(article, open_)
        letters += sum(len(mark.values[0]) for mark in named if mark.values[0] in article.group.names)
        own = sum(any((value, unit) in article.own for value in mark.values for unit in _UNITS) for mark in said.marks)
        score = 100 * said.share(words, named) - 34 * missing - min(len(open_), 6) * 1.5 + 8 * own
        score += self._habit(article, said.item) + self._unit_fits(article, said.item)
        return Candidate(article, score, full, full and not open_, letters)

    def _habit(self, article: Article, item: Item) -> float:
        bought = self._history.get(article.id)
        if bought is None:
            return 0.0
        weight = 4.0 if "reference" in item.doubts else 1.0
        return weight * max(4.0, 9.0 - bought.rank * 0.3)

    @staticmethod
    def _unit_fits(article: Article, item: Item) -> float:
        if not item.unit or not article.row.units:
            return 0.0
        return 4.0 if item.unit in article.row.units else -3.0

    @staticmethod
    def _number_decides_nothing(item: Item, found: Sequence[Candidate]) -> bool:
        """True when the group is named by more than a number without a measure: "车针1.0" may be another's diameter."""
        bare = {
            marks[0] for marks in item.marked if len(marks) == 1 and not marks[0].unit and "/" not in marks[0].values[0]
        }
        if not bare:
            return True
        rest = [mark for mark in item.marks if mark not in bare]
        top = found[0].article.group
        return not any(
            one.article.group is not top
            and word_score(item.words, one.article) == 1.0
            and all(map(one.article.has, rest))
            for one in found
        )

    @staticmethod
    def _means_one(found: Sequence[Candidate]) -> bool:
        """True when the first explains everything and nothing else does: never by habit, likeness or sound."""
        full = [one for one in found if one.full]
        if not full or full[0] is not found[0]:
            return False
        if len(full) == 1:
            return True
        same_group = all(one.article.group is found[0].article.group for one in full)
        return same_group and found[0].complete and sum(one.complete for one in full) == 1


_UNITS = ("", "#", "ml", "l", "g", "kg", "mm", "cm", "μm", "°", "寸", "shade", "size")


class _Said:
    """What an item says, taken apart once for all the articles it is compared with."""

    def __init__(self, item: Item) -> None:
        self.item, self.all = item, item.marks
        self.names = [mark for mark in self.all if mark.unit == "name"]
        self.marks = [mark for mark in self.all if mark.unit != "name"]
        self._words: dict[tuple[int, tuple[str, ...]], tuple[float, int]] = {}

    def words_of(self, article: Article) -> tuple[float, int]:
        """Return how well an article explains the words, and how many letters its name explains."""
        key = (id(article.group), article.words)
        if key not in self._words:
            words = self.item.words
            self._words[key] = (word_score(words, article), name_share(words, article.group))
        return self._words[key]

    def share(self, words: float, named: Sequence[Mark]) -> float:
        """Join the scores of words and names, each by how much was written of it."""
        letters, latin = sum(map(len, self.item.words)), sum(len(mark.values[0]) for mark in self.names)
        if not letters + latin:
            return 0.6
        return (words * letters + sum(len(mark.values[0]) for mark in named)) / (letters + latin)

    def names_own(self, own: object) -> bool:
        """Say whether something that tells an article from its like was written."""
        if isinstance(own, tuple):
            value, unit = own
            return unit == "pack" or any(
                value in mark.values and (mark.unit in ("", unit) or not unit) for mark in self.all
            )
        text = str(own)
        return any(text in word for word in self.item.words) or any(text in mark.values for mark in self.all)

    def names_half_of(self, article: Article, open_: Sequence[object]) -> bool:
        """True when only a part of what tells an article apart was written: 0.016 of 0.016×0.022, 磨牙 of 前磨牙."""
        if not open_:
            return False
        said = [one for one in article.own if isinstance(one, tuple) and one[1] != "pack" and one not in open_]
        left = {one[1] for one in open_ if isinstance(one, tuple)}
        if said:
            return not left.isdisjoint(unit for _value, unit in said)
        words = [one for one in open_ if isinstance(one, str) and len(one) > 2]
        pieces = [one[at : at + 2] for one in words for at in range(len(one) - 1)]
        return any(piece in word for piece in pieces for word in self.item.words)
