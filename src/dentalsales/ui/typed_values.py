"""Reads what a hand types as a number or a day: sums, full-width digits, "t", "+7", "315"."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, DivisionByZero, InvalidOperation

DECIMALS = {"number": 0, "quantity": 0, "money": 2, "price": 4, "percent": 2}
"""Digits after the point that each kind of number keeps."""

_MONTH_FORM = re.compile(r"(?:(20\d\d|\d\d(?=[-/.年]))[-/.年]?)?\s*(\d{1,2})\s*月?")
_MONTH_IN_WORDS = re.compile(r"([a-z]{3,9})\s*(20\d\d)?")
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TOKEN = re.compile(r"\s*(?:(\d+(?:\.\d*)?|\.\d+)|(.))")
_TIME_FORM = re.compile(r"(.*?)[\s-]*(\d{1,2})[:.](\d{2})?")
_SIGNS = str.maketrans({"。": ".", "−": "-", "－": "-", "×": "*", "÷": "/", "、": ",", "·": "."})


def number_typed(typed: str, kind: str) -> int | Decimal | str | None:
    """Return the number that was typed, rounded half up to what its kind keeps; None when empty.

    Full-width digits, thousands separators, a leading = and sums such as 12*3 or 480/5 count. What is no number comes
    back as the text it is, so that the form can say so beside the field. A quantity that is not whole stays a Decimal.
    """
    text = unicodedata.normalize("NFKC", typed.translate(_SIGNS)).replace(",", "").replace("¥", "").strip()
    text = text.strip("=").strip()
    if not text:
        return None
    try:
        value = _Sum(text.removesuffix("%") if kind == "percent" else text).value()
    except (ValueError, InvalidOperation, DivisionByZero):
        return typed
    decimals = DECIMALS[kind]
    if decimals == 0:
        return int(value) if value == value.to_integral_value() else value
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


class _Sum:
    """A small calculator: + - * / and brackets, in Decimal."""

    def __init__(self, text: str) -> None:
        self._tokens = [(number or sign) for number, sign in _TOKEN.findall(text) if number or sign.strip()]
        if len(self._tokens) > 100:
            raise ValueError(text)

    def value(self) -> Decimal:
        """Return the result; ValueError when the text is no sum."""
        result = self._terms()
        if self._tokens:
            raise ValueError(self._tokens[0])
        return result

    def _terms(self) -> Decimal:
        result = self._factors()
        while self._tokens and self._tokens[0] in "+-":
            sign, right = self._tokens.pop(0), self._factors()
            result = result + right if sign == "+" else result - right
        return result

    def _factors(self) -> Decimal:
        result = self._one()
        while self._tokens and self._tokens[0] in "*/":
            sign, right = self._tokens.pop(0), self._one()
            result = result * right if sign == "*" else result / right
        return result

    def _one(self) -> Decimal:
        if not self._tokens:
            raise ValueError("a number is missing")
        token = self._tokens.pop(0)
        if token in "+-":
            return self._one() if token == "+" else -self._one()
        if token == "(":
            inside = self._terms()
            if not self._tokens or self._tokens.pop(0) != ")":
                raise ValueError("a bracket is missing")
            return inside
        return Decimal(token)


_DAY_FORMS = (
    (re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?"), "ymd"),
    (re.compile(r"(\d{4})(\d{2})(\d{2})"), "ymd"),
    (re.compile(r"(\d{2})(\d{2})(\d{2})"), "ymd"),
    (re.compile(r"(\d{1,2})[-/.月](\d{1,2})[日号]?"), "md"),
    (re.compile(r"(\d{1,2})(\d{2})"), "md"),
    (re.compile(r"(\d{1,2})[日号]?"), "d"),
)


def day_typed(typed: str, today: date, current: date | None = None) -> date | str | None:
    """Return the day that was typed; None when empty; the text itself when it is no day.

    `t` and `.` are today; `+` and `-` alone step from the current day; `+7` is in a week; `15` is the 15th of this
    month; `315` and `3-15` are 15 March of this year.
    """
    text = unicodedata.normalize("NFKC", typed.translate(_SIGNS)).strip().lower()
    if not text:
        return None
    if text in ("t", ".", "今天", "今"):
        return today
    if re.fullmatch(r"\++|-+", text):
        return (current or today) + timedelta(len(text) if text[0] == "+" else -len(text))
    if re.fullmatch(r"[+-]\d{1,4}", text):
        return today + timedelta(int(text))
    for form, parts in _DAY_FORMS:
        if match := form.fullmatch(text):
            found = _day(parts, [int(part) for part in match.groups()], today)
            if found is not None:
                return found
    return typed


def moment_typed(typed: str, now: datetime) -> datetime | str | None:
    """Return the moment that was typed, by the clock of `now`; None when empty; the text itself when it is none.

    `t` and `.` are now; `9:30` is today at that time; before the time may stand a day as `day_typed` reads it.
    """
    text = unicodedata.normalize("NFKC", typed.translate(_SIGNS)).strip().lower()
    if not text:
        return None
    text = re.sub(r"\s*[:点]\s*", ":", text)
    if text in ("t", ".", "现在"):
        return now.replace(second=0, microsecond=0)
    match = _TIME_FORM.fullmatch(text)
    day = day_typed(match[1], now.date()) if match and match[1].strip() else now.date()
    if match is None or not isinstance(day, date) or not (int(match[2]) < 24 and int(match[3] or 0) < 60):
        return typed
    return datetime.combine(day, time(int(match[2]), int(match[3] or 0)), now.tzinfo)


def month_typed(typed: str, today: date) -> date | str | None:
    """Return the first day of the month that was typed; None when empty; the text itself when it is no month.

    `11` is November of this year; a month in words of either language is read too, and of a day its month.
    """
    text = unicodedata.normalize("NFKC", typed.translate(_SIGNS)).strip().lower()
    year, month = str(today.year), 0
    if match := _MONTH_FORM.fullmatch(text):
        year, month = match.group(1) or year, int(match.group(2))
    elif match := _MONTH_IN_WORDS.fullmatch(text):
        month = next((at for at, name in enumerate(_MONTH_NAMES, 1) if name.startswith(match.group(1)[:3])), 0)
        year = match.group(2) or year
    if 1 <= month <= 12:
        return date(int(year) + 2000 if len(year) == 2 else int(year), month, 1)
    day = day_typed(typed, today) if len(text) > 2 or not text.isdigit() else typed
    return day.replace(day=1) if isinstance(day, date) else day


def _day(parts: str, numbers: list[int], today: date) -> date | None:
    year, month, day = {"ymd": numbers, "md": [today.year, *numbers], "d": [today.year, today.month, *numbers]}[parts]
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


def plain_number(value: int | Decimal | str | None, kind: str) -> str:
    """Return a number as it is edited and copied: no separators, no currency; money with its two decimals."""
    if value is None or isinstance(value, str):
        return value or ""
    if kind == "money":
        return f"{value:.2f}"
    if isinstance(value, int):
        return str(value)
    digits = f"{value:f}"
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return digits
