"""Which tokens of a piece belong together: every quantity takes the words before it, or those after it."""

from dataclasses import dataclass, field
from decimal import Decimal

from dentalsales.usecases.messages.small_talk import FILLERS, FILLING_NAMES
from dentalsales.usecases.messages.tokens import Mark, Token

QUANTITIES = ("quantity", "each", "times")
NAMING = ("marks", "name", "bare")


@dataclass
class Item:
    """What one line of an order says: words and marks name the article."""

    text: str
    words: tuple[str, ...] = ()
    marked: tuple[tuple[Mark, ...], ...] = ()
    """The marks, as they stood together: "57×130" is one pair."""
    quantity: Decimal | None = None
    unit: str = ""
    doubts: set[str] = field(default_factory=set)
    """Why it has to be checked whatever it matches."""
    each: bool = False
    """The quantity counts for every one of several marks."""
    counted: bool = False
    """A quantity was there, even one that can't be read."""
    line: int = 0
    """Where in the message it stands."""

    @property
    def marks(self) -> tuple[Mark, ...]:
        """All marks in order."""
        return tuple(mark for marks in self.marked for mark in marks)

    @property
    def named(self) -> bool:
        """Says what is ordered."""
        return bool(self.words or self.marked)

    @property
    def has_name(self) -> bool:
        """Holds a name in letters, such as a model or a code."""
        return any(mark.unit == "name" for mark in self.marks)

    @property
    def key(self) -> str:
        """What names the article, as it is remembered and as people can read it."""
        return " ".join([*self.words, *("×".join(map(_readable, marks)) for marks in self.marked)])


def _readable(mark: Mark) -> str:
    if mark.unit == "#":
        return f"#{mark.values[0]}"
    return mark.values[-1] + ("" if mark.unit in ("name", "shade", "size", "pack") else mark.unit)


def groups_of(tokens: list[Token]) -> list[list[Token]]:
    """Return the tokens in groups, one a quantity; the rest after the last quantity is a group of its own."""
    tokens = _only_last_quantities(tokens)
    counted = _counted(tokens)
    groups: list[list[Token]] = []
    group: list[Token] = []
    leads = inside = False
    for place, token in enumerate(tokens):
        if place in counted:
            named = any(_names(one) for one in group)
            if named and leads:
                groups.append(group)
                group, leads, named = [], False, False
            group.append(token)
            if named:
                groups.append(group)
                group = []
            else:
                leads = True
        elif token.text == "(" and groups and not any(_names(one) for one in group):
            group, inside = [*groups.pop(), *group, token], True
        elif token.text == ")" and inside:
            groups.append([*group, token])
            group, inside = [], False
        else:
            group.append(token)
    if any(_names(one) or one.number is not None for one in group):
        groups.append(group)
    elif group and groups:
        groups[-1] += group
    elif group:
        groups.append(group)
    return groups


def item_of(text: str, group: list[Token]) -> Item:
    """Return what a group of tokens says."""
    places = _counted(group)
    counted = [group[place] for place in sorted(places)]
    rest = [token for place, token in enumerate(group) if place not in places]
    words = tuple(word for token in rest if token.kind == "word" for word in FILLERS.sub(" ", token.text).split())
    marked = tuple(token.marks for token in rest if token.kind in NAMING and token.text not in FILLING_NAMES)
    item = Item(text, words, marked, counted=bool(counted))
    if counted:
        item.quantity, item.unit, item.each = counted[-1].number, counted[-1].unit, counted[-1].kind == "each"
    if len(counted) > 1 or (counted and counted[-1].kind == "bare" and _touches(group, counted[-1])):
        item.doubts.add("guess")
    if any(token.kind == "price" for token in group):
        item.doubts.add("price")
    return item


def _only_last_quantities(tokens: list[Token]) -> list[Token]:
    """Of two quantities side by side the first belongs to the name ("上颌半副 2副") or has to be asked about."""
    real = [token for token in tokens if token.kind != "space"]
    followed = {
        id(one)
        for one, after in zip(real, real[1:], strict=False)
        if one.kind == "quantity" and after.kind in QUANTITIES and one is not real[0]
    }
    return [Token("word", one.text, one.start) if id(one) in followed else one for one in tokens]


def _counted(tokens: list[Token]) -> set[int]:
    """Return which tokens are quantities; a bare number is one when it can be nothing else."""
    found = {place for place, token in enumerate(tokens) if token.kind in QUANTITIES}
    real = [place for place, token in enumerate(tokens) if _weighs(token)]
    named = marked = False
    for order, place in enumerate(real):
        token = tokens[place]
        after = tokens[real[order + 1]] if order + 1 < len(real) else None
        if place in found:
            named = marked = False
        elif token.kind != "bare":
            named, marked = named or token.kind != "marks", marked or token.kind == "marks"
        elif _is_a_size(token, after, marked) or not (named or marked or order):
            marked = True
        else:
            found.add(place)
            named = marked = False
    return found


def _is_a_size(token: Token, after: Token | None, marked: bool) -> bool:
    """A bare number is a size when it is no whole number, or when another number behind it is the quantity."""
    if token.number is None or token.number != int(token.number) or token.text.startswith("0"):
        return True
    return after is not None and (after.kind in QUANTITIES or (after.kind in ("bare", "marks") and not marked))


def _touches(group: list[Token], bare: Token) -> bool:
    """True when a bare number stands right after letters: "300ml1" may be anything."""
    before = next((one for one in group if one.start + len(one.text) == bare.start), None)
    return before is not None and before.kind in ("marks", "name")


def _weighs(token: Token) -> bool:
    if token.kind == "word":
        return bool(FILLERS.sub("", token.text))
    return token.kind not in ("mark", "price", "space")


def _names(token: Token) -> bool:
    return _weighs(token) and (token.kind == "word" or token.kind in NAMING) and token.text not in FILLING_NAMES
