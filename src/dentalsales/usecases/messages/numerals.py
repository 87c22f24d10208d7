"""Numbers as people write them: 3, 两, 十二, 一百二, 半打, 1.2, 一点二."""

from decimal import Decimal
from functools import lru_cache

CHINESE_DIGITS = "零〇一二三四五六七八九十百千两俩仨廿卅"
DOZEN = 12
_ALONE = {"俩": Decimal(2), "仨": Decimal(3)}


@lru_cache(maxsize=4096)
def number_of(text: str) -> Decimal | None:
    """Return the number that a numeral means, None when it means none; 半 is a half."""
    if text in _ALONE:
        return _ALONE[text]
    if text == "半":
        return Decimal("0.5")
    if text[:1].isascii():
        try:
            return Decimal(text)
        except ArithmeticError:
            return None
    if len(text) == 2 and not set(text) & set("十百千廿卅点"):
        return None  # 二三 is two or three, 三五 a few
    from cn2an import cn2an

    try:
        return Decimal(str(cn2an(text.replace("〇", "零"), "smart")))
    except ValueError:
        return None


def canonical(number: str) -> str:
    """Return a number as it is compared: "08" and "8", ".04" and "0.04", "1.0" and "1" are one."""
    head, _dot, tail = number.partition(".")
    whole, part = head.lstrip("0") or "0", tail.rstrip("0")
    return f"{whole}.{part}" if part else whole
