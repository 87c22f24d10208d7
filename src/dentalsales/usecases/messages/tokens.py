"""Cuts a text into what it is made of: words, sizes and other marks, quantities, separators."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from dentalsales.usecases.messages.numerals import CHINESE_DIGITS, DOZEN, canonical, number_of

COUNTED = "盒箱包袋支只个根枚副付套块片张卷桶罐筒板版件瓶把台本颗粒组提排份条双对打"
"""Measure words of goods; 打 is a dozen."""
MEASURES = {
    "毫升": "ml", "ml": "ml", "cc": "ml", "升": "l", "克": "g", "g": "g", "公斤": "kg", "千克": "kg", "kg": "kg",
    "毫米": "mm", "mm": "mm", "厘米": "cm", "公分": "cm", "cm": "cm", "μm": "μm", "um": "μm", "微米": "μm", "度": "°",
    "°": "°", "寸": "寸", "英寸": "寸",
}  # fmt: skip
SIZES = "xxl|xl|s|m|l"
JOINERS = "和跟与及、,/&+"
_DIGITS = f"[{CHINESE_DIGITS}]+(?:点[{CHINESE_DIGITS}]+)?"
_NUMBER = r"(?:\d+(?:\.\d+)?|\.\d+)"
_MEASURE = "|".join(sorted(MEASURES, key=len, reverse=True))
_UNIT = f"[{COUNTED}]"
_ENGLISH_UNIT = "|".join(("boxes", "box", "pcs", "packs", "pack", "bottles", "bottle"))
_TIMES = r"[x*×]"

TOKENS = re.compile(
    rf"""
    (?P<each>各(?:自)?(?:要|来|买|拿|订)?(?P<each_n>\d+|{_DIGITS}|半)(?P<each_u>{_UNIT})?)
  | (?P<price>(?:¥|￥)\s*\d+(?:\.\d+)?|\d+(?:\.\d+)?\s*(?:元|块钱|rmb)(?:\s*[/每一]\s*{_UNIT})?
        |\d+(?:\.\d+)?块[一/每]{_UNIT}|单价\s*\d+(?:\.\d+)?)
  | (?P<packed>{_NUMBER}\s*{_UNIT}\s*/\s*{_UNIT}|{_NUMBER}{_UNIT}装)
  | (?P<dims>φ?(?<![\d.]){_NUMBER}(?:{_MEASURE})?(?:\s*{_TIMES}\s*{_NUMBER}(?:{_MEASURE}))
        |φ?(?<![\d.]){_NUMBER}\s*{_TIMES}\s*{_NUMBER}(?![\d.]*\s*{_UNIT})
        |φ?(?<![\d.]){_NUMBER}(?:{_MEASURE}){_TIMES}{_NUMBER}{_UNIT}(?=[^,。]*(?:\d|[{CHINESE_DIGITS}]){_UNIT}|$))
  | (?P<fraction>(?<![\d.])\d{{1,3}}/\d{{1,3}}(?![\d])\s*(?:英?寸)?|(?<![\d-])\d-\d(?!\d|\s*{_UNIT}))
  | (?P<times>{_TIMES}\s*(?P<times_n>\d+)(?P<times_u>{_UNIT})?(?![\d.]))
  | (?P<measure>φ?(?:{_NUMBER}|{_DIGITS})\s*(?:{_MEASURE})(?![a-z])(?:装)?)
  | (?P<numbered>\#\s*\d+(?:\.\d+)?|\d+(?:\.\d+)?\#|(?:\d+|{_DIGITS})号)
  | (?P<set>[{CHINESE_DIGITS}\d]+件套|第[{CHINESE_DIGITS}\d]+)
  | (?P<quantity>(?P<q_n>\d+(?:\.\d+)?|{_DIGITS}|半)\s*(?P<q_u>{_UNIT}|(?:{_ENGLISH_UNIT})\b)(?!性|件套))
  | (?P<shade>(?<![a-z0-9])[a-d][1-4](?:\.5)?(?![\d]|\.\d|[a-wyz](?![1-4]))(?:色)?)
  | (?P<shades>(?<=[a-d][1-4])[a-d][1-4](?:\.5)?(?![\d.]))
  | (?P<size>(?<![a-z0-9])(?:{SIZES})(?:码|号)?(?=\d+\s*{_UNIT})|(?<![a-z0-9&-])(?:{SIZES})(?![a-z0-9-])(?:码|号)?)
  | (?P<letter>(?<![a-z0-9-])[a-z](?=\d+(?:号|\#)))
  | (?P<name>[a-z][a-z0-9]*(?:[-:][a-z0-9]+)*)
  | (?P<bare>φ?{_NUMBER}(?![a-z]))
  | (?P<mixed>\d+[a-z][a-z0-9-]*)
  | (?P<numeral>{_DIGITS}(?![\u4e00-\u9fff])|[{CHINESE_DIGITS}]+点[{CHINESE_DIGITS}])
  | (?P<word>[\u3400-\u9fff])
  | (?P<space>\s+)
  | (?P<mark>.)
    """,
    re.VERBOSE,
)
"""The order counts: what is longer or more special comes first."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A size, shade, number or name in letters that has to be the article's own, never nearly."""

    values: tuple[str, ...]
    """How its number may be meant: "04" is 4 and 0.04."""
    unit: str = ""
    """Measure, "#" for a numbered size, "shade", "size", "name" for letters, "pack" for how many are in a pack."""


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of a text; a quantity carries its number and unit, a mark what it compares with."""

    kind: str
    text: str
    start: int
    """Where it begins; the next one begins where it ends."""
    marks: tuple[Mark, ...] = ()
    number: Decimal | None = None
    unit: str = ""


def tokens_of(text: str) -> list[Token]:
    """Return the tokens of a text in lower case."""
    found: list[Token] = []
    for match in TOKENS.finditer(text):
        kind = match.lastgroup or ""
        kind = next(name for name in _KINDS if match.group(name) is not None) if kind not in _KINDS else kind
        found += _made(kind, match)
    return _run_together(found)


_KINDS = (
    "each", "price", "packed", "dims", "fraction", "times", "measure", "numbered", "set", "quantity", "shade", "shades",
    "size", "letter", "name", "bare", "mixed", "numeral", "word", "space", "mark",
)  # fmt: skip


def _made(kind: str, match: "re.Match[str]") -> list[Token]:
    text, start = match.group(), match.start()
    if kind in _COUNTS:
        return [_quantity(kind, match)]
    if kind == "letter":
        return [Token("name", text, start, (Mark((text,), "name"),))]
    if kind == "name":
        return _name_and_times(text, start)
    if kind in _MARKS:
        return [Token("marks", text, start, _MARKS[kind](text))]
    if kind == "set":
        return [Token("word", text, start)]
    if kind == "numeral":
        number = number_of(text)
        marks = () if number is None else (Mark((canonical(str(number)),)),)
        return [Token("bare", text, start, marks, number)]
    if kind == "bare":
        return [Token("bare", text, start, (Mark(_values(text)),), _whole(text))]
    return [Token(kind, text, start)]


def _quantity(kind: str, match: "re.Match[str]") -> Token:
    number = number_of(match.group(_COUNTS[kind][0]))
    unit = match.group(_COUNTS[kind][1]) or ""
    if unit == "打":
        number, unit = (None if number is None else number * DOZEN), ""
    return Token(kind, match.group(), match.start(), (), number, _UNITS_IN_ENGLISH.get(unit, unit))


_COUNTS = {"each": ("each_n", "each_u"), "times": ("times_n", "times_u"), "quantity": ("q_n", "q_u")}
_UNITS_IN_ENGLISH = {
    "box": "盒",
    "boxes": "盒",
    "pcs": "",
    "pack": "包",
    "packs": "包",
    "bottle": "瓶",
    "bottles": "瓶",
}


def _name_and_times(text: str, start: int) -> list[Token]:
    """A name in letters; in "a2x3" the end is a quantity."""
    split = re.fullmatch(r"(.*\d)x(\d{1,3})", text)
    if split is None:
        return [Token("name", text, start, (Mark((text,), "name"),))]
    head, count = split.groups()
    times = Token("times", f"x{count}", start + len(head), (), Decimal(count))
    if re.fullmatch(r"[a-d][1-4]", head):
        return [Token("marks", head, start, (Mark((head,), "shade"),)), times]
    return [Token("name", head, start, (Mark((head,), "name"),)), times]


def _values(text: str) -> tuple[str, ...]:
    digits = text.removeprefix("φ")
    plain = canonical(digits)
    if digits.startswith("0") and "." not in digits and len(digits) > 1:
        return (plain, canonical(f"0.{digits}"))
    return (plain,)


def _whole(text: str) -> Decimal | None:
    return Decimal(text) if text.isdigit() else None


def _parts(text: str) -> tuple[Mark, ...]:
    """The numbers of "27g×21mm" or "57×130mm", each with its measure."""
    found = re.findall(rf"({_NUMBER})\s*({_MEASURE}|{_UNIT})?", text)
    last = found[-1][1]
    whole = all(not unit for _number, unit in found[:-1])
    return tuple(Mark(_values(number), _measure(unit or (last if whole else ""))) for number, unit in found)


def _measure(unit: str) -> str:
    return "pack" if unit and unit in COUNTED else MEASURES.get(unit, unit)


def _measured(text: str) -> tuple[Mark, ...]:
    match = re.fullmatch(rf"φ?({_NUMBER}|{_DIGITS})\s*({_MEASURE})装?", text)
    assert match is not None
    number = number_of(match.group(1))
    values = _values(match.group(1)) if match.group(1)[0] in ".0123456789" else (canonical(str(number)),)
    return (Mark(values, MEASURES[match.group(2)]),)


def _numbered(text: str) -> tuple[Mark, ...]:
    digits = text.strip("#号 ")
    number = number_of(digits)
    return (Mark((canonical(digits if digits[0].isascii() else str(number)),), "#"),)


def _fraction(text: str) -> tuple[Mark, ...]:
    upper, lower = re.findall(r"\d+", text)
    return (Mark((f"{canonical(upper)}/{canonical(lower)}",), ""),)


_MARKS: dict[str, Callable[[str], tuple[Mark, ...]]] = {
    "packed": lambda text: (Mark((canonical(re.findall(_NUMBER, text)[0]),), "pack"),),
    "dims": _parts,
    "fraction": _fraction,
    "measure": _measured,
    "numbered": _numbered,
    "shade": lambda text: (Mark((text.removesuffix("色"),), "shade"),),
    "shades": lambda text: (Mark((text,), "shade"),),
    "size": lambda text: (Mark((text.rstrip("码号"),), "size"),),
    "mixed": lambda text: (Mark((text,), "name"),),
}


def _run_together(tokens: list[Token]) -> list[Token]:
    """Chinese letters side by side are one run; so is a letter that belongs to them, as in K锉."""
    found: list[Token] = []
    for token in tokens:
        if token.kind == "word" and found and found[-1].kind == "word":
            found[-1] = Token("word", found[-1].text + token.text, found[-1].start)
        elif token.kind == "word" and found and found[-1].kind == "name" and len(found[-1].text) == 1:
            found[-1] = Token("word", found[-1].text + token.text, found[-1].start)
        else:
            found.append(token)
    return found
