"""What a company sells, as messages are matched with it: groups of articles of one name, each with its marks."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from dentalsales.usecases.messages.tokens import COUNTED, Mark, tokens_of
from dentalsales.usecases.search_text import CHINESE, normalise

_NAMES = re.compile(r"[a-z0-9]+(?:[-:][a-z0-9]+)*")
_ENDS = re.compile(r"([\u3400-\u9fff])(?![\u3400-\u9fff])")
_LETTER = re.compile(r"(?<![a-z0-9-])[a-z](?![a-z0-9-])")
_SOUNDS = 0xF0000
"""Syllables are written as letters of a private plane, so that sounds are compared like texts."""


class ArticleRow(NamedTuple):
    """An article as the database has it."""

    id: int
    title: str
    codes: tuple[str, ...]
    named: tuple[str, ...]
    """What it is called: name, brand, model."""
    told: tuple[str, ...]
    """What tells it from others of that name: specification, shade."""
    units: tuple[str, ...] = ()
    """The units it is sold in, the usual one first."""


@dataclass(eq=False)
class Article:
    """An article that messages may mean."""

    row: ArticleRow
    group: "Group"
    marks: frozenset[tuple[str, str]]
    words: tuple[str, ...]
    names: frozenset[str]
    own: frozenset[object] = frozenset()
    """What tells it from the others of its group."""

    @property
    def id(self) -> int:
        """The record's id."""
        return self.row.id

    def has(self, mark: Mark) -> bool:
        """Say whether a mark is this article's own; a mark without a measure may be any of its numbers."""
        if mark.unit == "name":
            return any(value in self.names or value in self.group.names for value in mark.values)
        if mark.unit:
            return any((value, mark.unit) in self.marks for value in mark.values)
        return any(
            value in self.group.numbers or any((value, unit) in self.marks for unit in _OPEN) for value in mark.values
        )


_OPEN = ("", "#", "ml", "l", "g", "kg", "mm", "cm", "μm", "°", "寸")


@dataclass(eq=False)
class Group:
    """Articles that have everything in common but their marks: specification, shade, and the sizes in their names."""

    text: str
    sound: str
    names: frozenset[str]
    numbers: frozenset[str]
    ends: frozenset[str]
    """Last letters of its names: a single letter counts only there, as 锉 does."""
    articles: list[Article] = field(default_factory=list)
    told: str = ""
    told_sound: str = ""


class Catalogue:
    """All articles with the indexes that find the few that share something with a text."""

    def __init__(self, rows: Iterable[ArticleRow], called: Mapping[str, tuple[str, ...]] | None = None) -> None:
        self.by_id: dict[int, Article] = {}
        self.by_code: dict[str, Article] = {}
        self.groups: list[Group] = []
        self._pairs: dict[str, set[int]] = {}
        self._names: dict[str, set[int]] = {}
        self._called = {normalise(name): tuple(map(normalise, others)) for name, others in (called or {}).items()}
        known: dict[tuple[str, ...], Group] = {}
        for row in rows:
            named, marks = without_marks(row.named)
            group = known.get(named)
            if group is None:
                group = known[named] = self._group(named)
                self.groups.append(group)
            self._add(row, group, marks)
        for place, group in enumerate(self.groups):
            self._finish(place, group)

    def near(self, words: Iterable[str], names: Iterable[str]) -> set[int]:
        """Return the places of the groups that share two letters side by side, two syllables, or a name."""
        found: set[int] = set()
        for word in words:
            for text in (word, sound_of(word)):
                for pair in _pairs(text) or text:
                    found |= self._pairs.get(pair, set())
        for name in names:
            found |= self._names.get(name, set())
        return found

    def _group(self, named: tuple[str, ...]) -> Group:
        text = " ".join(filter(None, named))
        others = [other for name, more in self._called.items() if name in text for other in more]
        whole = " ".join([text, *others])
        names = {part for name in _NAMES.findall(whole) for part in _parts(name)} | set(_LETTER.findall(whole))
        numbers = {part.lstrip("0") for name in _NAMES.findall(text) for part in name.split("-") if part.isdigit()}
        ends = frozenset(_ENDS.findall(whole))
        return Group(whole, sound_of(whole), frozenset(names), frozenset(numbers), ends)

    def _add(self, row: ArticleRow, group: Group, marks: tuple[str, ...]) -> None:
        article = Article(row, group, *_told(" ".join((*row.told, *marks))))
        group.articles.append(article)
        self.by_id[row.id] = article
        self.by_code.update((normalise(code), article) for code in row.codes if code)

    def _finish(self, place: int, group: Group) -> None:
        told = dict.fromkeys(word for article in group.articles for word in article.words)
        group.told = " ".join(told)
        group.told_sound = sound_of(group.told)
        everything = [{*article.marks, *article.words, *article.names} for article in group.articles]
        common = set.intersection(*everything)
        for article, one in zip(group.articles, everything, strict=True):
            article.own = frozenset(one - common)
        pairs = {pair for text in (group.text, group.sound, group.told, group.told_sound) for pair in _pairs(text)}
        for pair in (*pairs, *group.ends, *told):
            self._pairs.setdefault(pair, set()).add(place)
        for name in group.names | {name for article in group.articles for name in article.names}:
            self._names.setdefault(name, set()).add(place)


@lru_cache(maxsize=8192)
def without_marks(named: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return names without their shades, sizes and numbers, and these: many write them there and nowhere else."""
    kept, marks = [], []
    for part in named:
        tokens = tokens_of(normalise(part))
        marked = [any(mark.unit not in ("name", "pack") for mark in token.marks) for token in tokens]
        texts = [" " if mark else token.text for token, mark in zip(tokens, marked, strict=True)]
        kept.append(" ".join("".join(texts).split()))
        marks += [token.text for token, mark in zip(tokens, marked, strict=True) if mark]
    return tuple(kept), tuple(dict.fromkeys(marks))


@lru_cache(maxsize=8192)
def _told(text: str) -> tuple[frozenset[tuple[str, str]], tuple[str, ...], frozenset[str]]:
    """Return the marks, words and names of what tells an article from others."""
    marks: set[tuple[str, str]] = set()
    words: list[str] = []
    names: set[str] = set()
    for token in tokens_of(normalise(text)):
        if token.kind == "quantity" and not token.text[0].isascii():
            words.append(token.text)  # 半副 is half a set, no quantity
        elif token.kind == "word" and not (len(token.text) == 1 and token.text in COUNTED):
            words.append(token.text)
        elif token.kind == "name":
            names |= _parts(token.text)
        elif token.kind in ("quantity", "times") and token.number is not None:
            marks.add((str(token.number), "pack"))
        marks |= {(value, mark.unit) for mark in token.marks for value in mark.values if mark.unit != "name"}
        names |= {value for mark in token.marks for value in mark.values if mark.unit == "name"}
    return frozenset(marks), tuple(words), frozenset(names)


@lru_cache(maxsize=8192)
def sound_of(text: str) -> str:
    """Return a text as it sounds: every Chinese letter by its usual syllable, so that 树脂 and 数脂 are the same."""
    return "".join(_syllable(letter) if CHINESE.match(letter) else letter for letter in text)


@lru_cache(maxsize=16384)
def _syllable(letter: str) -> str:
    from pypinyin import lazy_pinyin

    return chr(_SOUNDS + _number_of_syllable(lazy_pinyin(letter)[0]))


@lru_cache(maxsize=4096)
def _number_of_syllable(syllable: str) -> int:
    return _number_of_syllable.cache_info().currsize


def _pairs(text: str) -> list[str]:
    return [text[at : at + 2] for at in range(len(text) - 1) if not (text[at].isascii() or text[at + 1].isascii())]


def _parts(name: str) -> set[str]:
    """A name in letters, without its hyphens, and the parts that are names themselves."""
    return {name, name.replace("-", ""), *(part for part in re.split("[-:]", name) if len(part) > 1)}
