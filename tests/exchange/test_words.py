"""Amounts in words follow the rules for filling in bills."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dentalsales.exchange.words import LARGEST, amount_in_words

DIGITS = "零壹贰叁肆伍陆柒捌玖"
UNITS = {"拾": 10, "佰": 100, "仟": 1000}


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("1409.50", "人民币壹仟肆佰零玖元伍角整"),
        ("6007.14", "人民币陆仟零柒元壹角肆分"),
        ("16409.02", "人民币壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "人民币叁佰贰拾伍元零肆分"),
        ("107000.53", "人民币壹拾万柒仟元零伍角叁分"),
        ("1680.32", "人民币壹仟陆佰捌拾元零叁角贰分"),
        ("10", "人民币壹拾元整"),
        ("100010000", "人民币壹亿零壹万元整"),
        ("100000001", "人民币壹亿零壹元整"),
        ("20.00", "人民币贰拾元整"),
        ("0.50", "人民币伍角整"),
        ("0.05", "人民币伍分"),
        ("0", "人民币零元整"),
        ("-0.00", "人民币零元整"),
        ("-12.30", "人民币负壹拾贰元叁角整"),
        ("999999999999.99", "人民币玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_known_amounts(amount: str, words: str) -> None:
    assert amount_in_words(Decimal(amount)) == words


def test_an_amount_too_large_for_words_is_refused() -> None:
    with pytest.raises(ValueError):
        amount_in_words(LARGEST + Decimal("0.01"))


@settings(max_examples=200, deadline=None)
@given(st.integers(-(10**14) + 1, 10**14 - 1))
def test_the_words_say_the_amount_again(fen: int) -> None:
    assert _read(amount_in_words(Decimal(fen) / 100)) == fen


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**14 - 1))
def test_words_end_so_that_nothing_can_be_added(fen: int) -> None:
    assert amount_in_words(Decimal(fen) / 100)[-1] in "整分"


def _read(words: str) -> int:
    """Read the words back into fen, by a way of its own."""
    rest = words.removeprefix("人民币").removesuffix("整")
    sign = -1 if rest.startswith("负") else 1
    yuan, small = rest.removeprefix("负").split("元") if "元" in rest else ("", rest.removeprefix("负"))
    total = 0
    for part, scale in zip(_sections(yuan), (10**8, 10**4, 1), strict=True):
        total += _section(part) * scale
    fen = total * 100
    for unit, worth in (("角", 10), ("分", 1)):
        if unit in small:
            fen += DIGITS.index(small[small.index(unit) - 1]) * worth
    return sign * fen


def _sections(yuan: str) -> tuple[str, str, str]:
    hundred_millions, rest = yuan.split("亿") if "亿" in yuan else ("", yuan)
    ten_thousands, rest = rest.split("万") if "万" in rest else ("", rest)
    return hundred_millions, ten_thousands, rest


def _section(part: str) -> int:
    value = digit = 0
    for character in part:
        if character in DIGITS:
            digit = DIGITS.index(character)
        else:
            value, digit = value + digit * UNITS[character], 0
    return value + digit
