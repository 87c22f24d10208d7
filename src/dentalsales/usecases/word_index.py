"""What the records of one register can be found by, held in memory: any part of their words, the likeliest first.

Every two neighbouring bytes of a record's words are kept with the set of records that hold them, one bit a record.
The records that hold all pairs of a search are few; only those are looked at. Nothing is read from the database.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from time import sleep
from typing import Any, NamedTuple

from dentalsales.usecases.search_text import COVERED

EXACT, USUAL, BEGINS, WORD_BEGINS, CONTAINS = range(5)
"""How likely a record is meant, the likeliest first."""
LAST_DIGITS = 3
"""From so many digits on, the end of a number names a record as well as its beginning."""
LAST_LETTER = "\U0010ffff"
BEGINNINGS = (2, 3)
"""So many bytes of a word's beginning are kept apart: two or three letters, or one Chinese character."""
BREATHE = 20
"""After so many records other threads get their turn: an index is made while somebody types."""
PIECE_BITS = 60
PIECE = (1 << PIECE_BITS) - 1


class Entry(NamedTuple):
    """A record as it is found and sorted."""

    id: int
    code: str
    title: str
    words: str


class WordIndex:
    """Finds records by parts of their words; places are numbers of records in the order of their titles."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        kept = sorted(entries, key=lambda one: (one.title, -one.id))
        self._ids = [one.id for one in kept]
        self._place = {record_id: place for place, record_id in enumerate(self._ids)}
        codes = [one.code.lower() for one in kept]
        self._words = [f" {one.words} ".encode() for one in kept]
        self._open_to = [words.find(COVERED.encode()) for words in self._words]
        self._by_code = sorted((code, place) for place, code in enumerate(codes))
        self._by_title = sorted((one.title.lower(), place) for place, one in enumerate(kept))
        self._by_end = sorted((code.replace("-", "")[::-1], place) for place, code in enumerate(codes))
        self._holders = _holders(map(_pairs, self._words), len(kept))
        self._beginners = _holders(map(_beginnings, self._words), len(kept))

    def __len__(self) -> int:
        return len(self._ids)

    def holding(self, term: str, covered: bool = False) -> Iterator[int]:
        """Yield the ids of the records whose words hold a term anywhere; `covered` looks at the open words only."""
        part = term.encode()
        return (self._ids[place] for place in _places(self._perhaps(part)) if self._holds(place, part, covered))

    def _holds(self, place: int, part: bytes, covered: bool) -> bool:
        words, end = self._words[place], self._open_to[place]
        return words.find(part, 0, end) >= 0 if covered and end >= 0 else part in words

    def ranked(self, terms: Sequence[str], usual: Sequence[int], covered: bool = False) -> Iterator[tuple[int, int]]:
        """Yield id and rank of every record that holds all terms, the likeliest first; `usual` ids are preferred.

        Where some words are `covered`, they neither find a record nor bring it forward.
        """
        parts, term = [one.encode() for one in terms], " ".join(terms)
        perhaps = -1
        for part in parts:
            perhaps &= self._perhaps(part)
        done: set[int] = set()
        for rank, places in (
            (EXACT, self._exact(term)),
            (USUAL, (self._place[one] for one in usual if one in self._place)),
            (BEGINS, self._beginning(term)),
            (WORD_BEGINS, self._word_beginning(term, perhaps, covered)),
            (CONTAINS, _places(perhaps)),
        ):
            for place in places:
                if place not in done and all(self._holds(place, part, covered) for part in parts):
                    done.add(place)
                    yield self._ids[place], rank

    def _perhaps(self, part: bytes) -> int:
        """Return the set of the places that hold all pairs of neighbouring bytes; they need not hold them in a row."""
        if len(part) == 1:
            found = 0
            for pair in (part + bytes((after,)) for after in range(256)):
                found |= self._holders.get(_number(pair), 0)
            return found
        found = -1
        for number in _pairs(part):
            found &= self._holders.get(number, 0)
        return found

    def _exact(self, term: str) -> list[int]:
        start = bisect_left(self._by_code, (term, -1))
        return [place for code, place in self._by_code[start : start + 1] if code == term]

    def _beginning(self, term: str) -> list[int]:
        """Return the places whose code or title begins with the term, or whose number ends with its digits."""
        found = {*_beginning_so(self._by_code, term), *_beginning_so(self._by_title, term)}
        if term.isdigit() and len(term) >= LAST_DIGITS:
            found.update(_beginning_so(self._by_end, term[::-1]))
        return sorted(found)

    def _word_beginning(self, term: str, perhaps: int, covered: bool) -> Iterator[int]:
        part = term.encode()
        if len(part) >= min(BEGINNINGS):
            perhaps &= self._beginners.get(part[: max(BEGINNINGS)], 0)
        wanted = b" " + part
        return (place for place in _places(perhaps & self._perhaps(wanted)) if self._holds(place, wanted, covered))


def _beginning_so(known: Sequence[tuple[str, int]], term: str) -> Iterator[int]:
    start, end = bisect_left(known, (term, -1)), bisect_left(known, (term + LAST_LETTER, -1))
    return (place for _word, place in known[start:end])


def _holders(parts: Iterable[Iterable[Any]], count: int) -> dict[Any, int]:
    """Return for every part the set of the places that have it."""
    size = count // 8 + 1
    sets: dict[Any, bytearray] = {}
    for place, found in enumerate(parts):
        at, bit = place >> 3, 1 << (place & 7)
        for part in found:
            try:
                sets[part][at] |= bit
            except KeyError:
                sets[part] = bytearray(size)
                sets[part][at] = bit
        if place % BREATHE == 0:
            sleep(0)
    return {part: int.from_bytes(places, "little") for part, places in sets.items()}


def _pairs(text: bytes) -> set[int]:
    """Return all pairs of neighbouring bytes as numbers; a cast reads those at even places, another those at odd."""
    return set(chain.from_iterable(_number_each(text[start : len(text) - (len(text) - start) % 2]) for start in (0, 1)))


def _number_each(text: bytes) -> memoryview:
    return memoryview(text).cast("H")


def _number(pair: bytes) -> int:
    found: int = _number_each(pair)[0]
    return found


def _beginnings(text: bytes) -> set[bytes]:
    """Return how the words of a text begin."""
    words = text.split()
    return {word[:length] for length in BEGINNINGS for word in words}


def _places(bits: int) -> Iterator[int]:
    """Yield the numbers of the bits that are set, the lowest first; in pieces, as a step costs the number's length."""
    offset = 0
    while bits:
        piece, bits = bits & PIECE, bits >> PIECE_BITS
        while piece:
            lowest = piece & -piece
            yield offset + lowest.bit_length() - 1
            piece ^= lowest
        offset += PIECE_BITS
