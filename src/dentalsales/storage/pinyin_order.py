"""The order in which Chinese readers look names up: by pinyin, syllable by syllable; digits and letters come first."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any

from sqlalchemy import String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

FUNCTION = "pinyin_order"
COLLATION = "by_pinyin"
MAKE_COLLATION = (
    f"CREATE COLLATION {COLLATION} (provider = icu, locale = 'zh-u-co-pinyin-kr-space-punct-symbol-digit-latn-hani')"
)
"""PostgreSQL sorts Chinese by itself; left alone it would put names in letters behind all others."""
HAN = "~"
"""Stands before a syllable: behind every letter and digit."""
SURNAMES = {"曾": "zeng", "仇": "qiu"}
"""Read otherwise at the beginning of a name than in the middle of a sentence."""
SOUNDS_LIKE = {"曾": "增", "仇": "求", "长": "常"}
"""PostgreSQL knows one sound of each letter; at the beginning of a name it takes those that sound like the name."""


class by_pinyin(GenericFunction[str]):  # noqa: N801 - SQLAlchemy names functions like this
    """What to sort by in place of a text; SQLite asks Python, PostgreSQL has an order of its own for it."""

    type = String()
    inherit_cache = True
    name = FUNCTION


@compiles(by_pinyin, "postgresql")
def _collated(element: by_pinyin, compiler: SQLCompiler, **words: Any) -> str:
    name = compiler.process(element.clauses, **words)
    read = " ".join(f"WHEN '{letter}' THEN '{like}' || substr({name}, 2)" for letter, like in SOUNDS_LIKE.items())
    return f'(CASE left({name}, 1) {read} ELSE {name} END) COLLATE "{COLLATION}"'


def teach_pinyin(connection: Any) -> None:
    """Let a connection of SQLite sort by pinyin."""
    connection.create_function(FUNCTION, 1, pinyin_order, deterministic=True)


@lru_cache(maxsize=65_536)
def pinyin_order(text: str | None) -> str | None:
    """Return what a text is sorted by; names that sound alike stand together, each by itself."""
    if text is None or text.isascii():
        return text if text is None else text.lower()
    plain = text.lower()
    key = "".join(_run_key(is_han, "".join(letters)) for is_han, letters in groupby(plain, _is_han))
    if plain[0] in SURNAMES:
        key = f"{HAN}{SURNAMES[plain[0]]} " + key.split(" ", 1)[1]
    return f"{key}\x01{text}"


def _run_key(is_han: bool, run: str) -> str:
    return "".join(f"{HAN}{syllable} " for syllable in _syllables(run)) if is_han else run


def _syllables(run: str) -> Sequence[str]:
    from pypinyin import lazy_pinyin

    return lazy_pinyin(run)


def _is_han(letter: str) -> bool:
    return "\u3400" <= letter <= "\u9fff" or letter >= "\U00020000"
