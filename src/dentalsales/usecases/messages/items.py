"""Makes of a message its items: which words belong to which quantity, which quantity to several, what is no order."""

import re
import unicodedata
from dataclasses import dataclass, replace

from dentalsales.usecases.messages.grouping import Item, groups_of, item_of
from dentalsales.usecases.messages.small_talk import (
    CHANGES,
    COMPLAINTS,
    INSTEAD,
    QUESTIONS,
    REFERENCES,
    SKIPPED,
    TAKES_BACK,
)
from dentalsales.usecases.messages.tokens import Token, tokens_of

LONGEST = 20_000
"""So many letters of a message are read."""
_NUMBERED_LINE = re.compile(r"^\s*(?:\d{1,2}\s*[.、)](?!\d)|[-•·*](?=\s)|[①-⑳⑴-⒇])\s*")
_PICTURES = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d\u2b00-\u2bff]+")
_PARTS = re.compile(r"([,;。!?、]|(?<=\d[盒支板包瓶])\s*\+)")
_ENDS = (";", "。", "!")
_TAIL = re.compile(r"(?:的|那个|那种|那款|那种的)$")


@dataclass(frozen=True)
class Split:
    """A message in its items and what was left out, in order."""

    items: tuple[Item, ...]
    skipped: tuple[str, ...]
    whole_order: str = ""
    """The words by which the message asks for the last order again, and for nothing else."""


def plain(text: str) -> str:
    """Return a text as it is read: full width and half width are one, pictures and list numbers are gone."""
    lines = (_NUMBERED_LINE.sub("", line) for line in text[:LONGEST].replace("\r\n", "\n").split("\n"))
    normal = unicodedata.normalize("NFKC", _PICTURES.sub(" ", "\n".join(lines)))
    return re.sub(r"[\t|]", " ", normal).replace("✕", "×").replace("✖", "×")


def split(message: str) -> Split:
    """Return the items of a message."""
    return _Reader().read(plain(message))


def looks_like_a_message(text: str) -> bool:
    """Say whether a text is written words with quantities, no table and no list of names."""
    if "\t" in text or len(text) > LONGEST:
        return False
    named = [item for item in split(text).items if item.named and item.counted]
    return len(named) > 1 or (len(named) == 1 and "\n" in text.strip())


def key_of(said: str) -> str:
    """Return the words that name an article as they are compared: "手套 M码" and "手套m" are one."""
    return " ; ".join(item.key for item in split(f"{said} 各1").items)  # so that no size at the end is a quantity


class _Reader:
    """Goes through a message piece by piece; an item whose quantity has not come yet waits for it."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.skipped: list[str] = []
        self.whole_order = ""
        self.waiting: Item | None = None
        self._at = 0

    def read(self, text: str) -> Split:
        for self._at, line in enumerate(text.split("\n")):
            self._line(line)
            self._flush()
        if self.items and self.whole_order:
            self.skipped.append(self.whole_order)
        return Split(tuple(self.items), tuple(self.skipped), "" if self.items else self.whole_order)

    def _line(self, line: str) -> None:
        for part in _PARTS.split(SKIPPED.sub(self._skip, line)):
            if part in _ENDS:
                self._flush()
            elif part.strip(" ,、?()~:：-/+."):
                self._piece(part.strip())

    def _skip(self, match: "re.Match[str]") -> str:
        self.skipped.append(match.group().strip())
        return ","

    def _piece(self, text: str) -> None:
        if COMPLAINTS.search(text):
            self._flush()
            self.items.append(Item(text, doubts={"complaint"}))
        elif TAKES_BACK.search(text):
            self._flush()
            self.items.append(item_of(text, tokens_of(_blank(TAKES_BACK, text.lower()))))
            self.items[-1].doubts.add("takes_back")
        else:
            self._named_piece(text)

    def _named_piece(self, text: str) -> None:
        """Read a piece that may order something; words that point, ask or change are remembered as doubts."""
        lower, doubts = text.lower(), set()
        for doubt, words in (("question", QUESTIONS), ("change", CHANGES), ("reference", REFERENCES)):
            if words.search(lower):
                doubts.add(doubt)
                lower = _blank(words, lower)
        if INSTEAD.search(lower):
            doubts.add("total")
        groups = groups_of(tokens_of(lower))
        if "reference" in doubts and not any(item_of("", group).named for group in groups):
            self._note_reference(text)
            return
        for group in groups:
            self._take(item_of(_shown(group, text), group), text, doubts)

    def _take(self, item: Item, text: str, doubts: set[str]) -> None:
        item.doubts |= doubts
        item.line = self._at
        if not item.named:
            if item.quantity is not None or item.counted:
                self._only_quantity(item)
            elif item.text.strip(" ,()~:-/+.的"):
                self.skipped.append(item.text)
        elif item.quantity is None and self._is_tail(text):
            self._append_tail(item)
        elif self.waiting is not None and not item.words and not item.has_name:
            self._merge(item)
        else:
            self._flush()
            self.waiting = item
        if self.waiting is not None and self.waiting.counted:
            self._flush()

    def _note_reference(self, text: str) -> None:
        if self.items or self.waiting is not None:
            self.skipped.append(text)
        else:
            self.whole_order = text

    def _only_quantity(self, item: Item) -> None:
        if self.waiting is not None:
            waiting = self.waiting
            waiting.quantity, waiting.unit, waiting.counted = item.quantity, item.unit, True
            waiting.text = f"{waiting.text} {item.text}"
            waiting.doubts |= item.doubts
        elif self.items and "total" in item.doubts:
            last = self.items[-1]
            last.quantity, last.unit, last.text = item.quantity, item.unit or last.unit, f"{last.text}, {item.text}"
            last.doubts.add("change")
        else:
            item.doubts.add("nameless")
            self.waiting = item

    def _is_tail(self, text: str) -> bool:
        """Words after an item that only say more about it, like "金刚砂的"."""
        return bool(self.items) and self.waiting is None and bool(_TAIL.search(text))

    def _append_tail(self, item: Item) -> None:
        last = self.items[-1]
        last.words, last.marked = last.words + item.words, last.marked + item.marked
        last.text = f"{last.text}, {item.text}"
        last.doubts.add("tail")

    def _merge(self, item: Item) -> None:
        """Marks without words belong to the article that waits: "牙胶尖 25, 30 各1盒"."""
        assert self.waiting is not None
        item.words, item.marked = self.waiting.words, self.waiting.marked + item.marked
        item.text, item.doubts = f"{self.waiting.text} {item.text}", item.doubts | self.waiting.doubts
        self.waiting = item

    def _flush(self) -> None:
        item, self.waiting = self.waiting, None
        if item is not None:
            self.items += _variants(item)


def _blank(words: "re.Pattern[str]", text: str) -> str:
    """Replace words by as many spaces, so that every other letter stays where it is."""
    return words.sub(lambda match: " " * len(match.group()), text)


def _shown(group: list[Token], text: str) -> str:
    """Return the words of a group as the customer wrote them."""
    return text[group[0].start : group[-1].start + len(group[-1].text)].strip(" ,、:")


def _variants(item: Item) -> list[Item]:
    """Several shades or sizes with one quantity are several items: "A1/A2/A3 各5"."""
    shapes = [tuple(mark.unit for mark in marks) for marks in item.marked]
    for shape in dict.fromkeys(shapes):
        several = [marks for marks, one in zip(item.marked, shapes, strict=True) if one == shape]
        if len(several) > 1 and (item.each or shape in _VARIED) and shape != ("name",):
            first = shapes.index(shape)
            others = [marks for marks, one in zip(item.marked, shapes, strict=True) if one != shape]
            made = [(*others[:first], marks, *others[first:]) for marks in several]
            doubts = item.doubts if item.each else item.doubts | {"guess"}
            return [replace(item, marked=tuple(marked), doubts=set(doubts)) for marked in made]
    return [item]


_VARIED = (("shade",), ("#",), ("size",))
