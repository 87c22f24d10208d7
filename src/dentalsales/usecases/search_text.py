"""The text that a search looks at: normalised words, and for Chinese their pinyin in every reading."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import product
from typing import Any

from dentalsales.blueprint.record import child_class, fields_of

CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
COMBINATIONS = 32
"""So many readings of one value are kept: polyphones at its front in all of theirs, later ones in the usual one."""
LONGEST = 60
"""So many letters of one value get pinyin."""
COVERED = "\n"
"""Behind it stand the words that are masked for some roles; no word holds it."""


def normalise(text: str) -> str:
    """Return the text as a search compares it: NFKC, lower case, single spaces (Ａ１ is a1)."""
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


def search_text(values: Iterable[str]) -> str:
    """Return one text of all values, their pinyin initials and full pinyin, separated by spaces."""
    words: dict[str, None] = {}
    for value in values:
        plain = normalise(value)
        if plain:
            words[plain] = None
            words.update(dict.fromkeys(pinyin(plain)))
    return " ".join(words)


def fill_search_text(record: Any) -> None:
    """Set a record's search text from its fields with `search=True`, and those of its lines, such as licences.

    A code counts without its hyphens, too. What is masked for some roles stands apart, behind COVERED.
    """
    cls: Any = type(record)
    values = [getattr(record, name) for name in _searched(cls)]
    for lines, names in _searched_lines(cls):
        values += [getattr(line, name) for line in getattr(record, lines) for name in names]
    values.append(without_hyphens(getattr(record, "code", None)))
    hidden = [getattr(record, name) for name in covered_fields(cls)]
    record.search_text = whole_search_text(values, hidden if covered_fields(cls) else None)


def whole_search_text(values: Iterable[Any], covered: Iterable[Any] | None) -> str:
    """Return the search text of a record: its words, and apart from them those that are masked for some roles.

    `covered` is None where a record has no such field at all.
    """
    found = search_text(value for value in values if isinstance(value, str))
    if covered is None:
        return found
    return f"{found} {COVERED} {search_text(value for value in covered if isinstance(value, str))}"


def open_words(text: str) -> str:
    """Return a search text without what stands behind COVERED."""
    return text.partition(COVERED)[0]


@cache
def covered_fields(cls: Any) -> tuple[str, ...]:
    """Return the fields of a class that are searched, and masked for some roles."""
    return tuple(name for name, field in fields_of(cls).items() if field.search and field.masked)


def without_hyphens(code: str | None) -> str:
    """Return a code as it is typed in haste: ni30 for NI-30."""
    return (code or "").replace("-", "")


@cache
def _searched(cls: type[Any]) -> tuple[str, ...]:
    return tuple(name for name, field in fields_of(cls).items() if field.search and not field.masked)


@cache
def _searched_lines(cls: type[Any]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    children: dict[str, Any] = {
        name: child_class(cls, name) for name, field in fields_of(cls).items() if field.kind == "lines"
    }
    found = [(name, _searched(child)) for name, child in children.items()]
    return tuple((name, names) for name, names in found if names)


def pinyin(text: str) -> list[str]:
    """Return initials and full pinyin of a text in all readings; letters and digits stay where they stand."""
    if text.isascii() or not CHINESE.search(text):
        return []
    readings = _within_bounds(_readings(text[:LONGEST]))
    initials = product(*(dict.fromkeys(one[0] for one in choices) for choices in readings))
    return ["".join(letters) for letters in (*initials, *product(*readings))]


def _readings(text: str) -> list[Sequence[str]]:
    """Return for every letter how it may be read, the usual reading first; punctuation is left out."""
    found: list[Sequence[str]] = []
    end = 0
    for run in CHINESE.finditer(text):
        found += _letters(text[end : run.start()])
        found += _run_readings(run.group())
        end = run.end()
    return found + _letters(text[end:])


def _letters(text: str) -> list[Sequence[str]]:
    return [(letter,) for letter in text if letter.isalnum()]


def _run_readings(run: str) -> list[Sequence[str]]:
    from pypinyin import lazy_pinyin

    usual = lazy_pinyin(run)
    if len(usual) != len(run):
        usual = [_letter_readings(letter)[0] for letter in run]
    return [tuple(dict.fromkeys((first, *_letter_readings(letter)))) for first, letter in zip(usual, run, strict=True)]


@lru_cache(maxsize=8192)
def _letter_readings(letter: str) -> tuple[str, ...]:
    from pypinyin import Style
    from pypinyin import pinyin as readings

    return tuple(dict.fromkeys(readings(letter, style=Style.NORMAL, heteronym=True)[0]))


def _within_bounds(readings: list[Sequence[str]]) -> list[Sequence[str]]:
    """Keep all readings from the front as long as their combinations stay within bounds."""
    kept: list[Sequence[str]] = []
    combinations = 1
    for choices in readings:
        fits = max(1, COMBINATIONS // combinations)
        kept.append(choices[:fits])
        combinations *= len(kept[-1])
    return kept
