"""Reads what is typed into a cell of the filter row: >100, 100-200, today, 11-01..11-15, part of a word, pinyin."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from dentalsales.blueprint.fields import IN_TIME
from dentalsales.blueprint.table import Filter
from dentalsales.exchange.cell_text import RIGHT_ALIGNED
from dentalsales.i18n import Text, _, c_, tr
from dentalsales.ui.typed_values import day_typed, number_typed, plain_number
from dentalsales.usecases.search_text import search_text

DAYS: tuple[tuple[str, Text, tuple[str, ...]], ...] = (
    ("today", c_("days", "today"), ("今天", "today")),
    ("today-1", c_("days", "yesterday"), ("昨天", "yesterday")),
    ("today+1", c_("days", "tomorrow"), ("明天", "tomorrow")),
    ("this_week", c_("days", "this week"), ("本周", "这周", "this week")),
    ("last_week", c_("days", "last week"), ("上周", "last week")),
    ("this_month", c_("days", "this month"), ("本月", "这个月", "this month")),
    ("last_month", c_("days", "last month"), ("上月", "上个月", "last month")),
    ("this_year", c_("days", "this year"), ("今年", "this year")),
    ("last_year", c_("days", "last year"), ("去年", "last year")),
)
"""What a filter keeps, how it is shown, and how it may be typed in either language."""
_SIGN = re.compile(r"(>=|<=|<>|!=|≥|≤|≠|>|<|=)\s*(.*)")
_SIGNS = {"≥": ">=", "≤": "<=", "≠": "!=", "<>": "!="}
_RANGE = re.compile(r"(.*?)\s*(?:\.\.+|~|到|至)\s*(.*)")
_NUMBERS = re.compile(r"(-?[\d.,]+)\s*-\s*(-?[\d.,]+)")
_RELATIVE = re.compile(r"(?:今天|today|t)?\s*([+-]\d{1,4})(?:天|d|日)?")
_MONTH = re.compile(r"(?:(\d{4})\s*[-/年])\s*(\d{1,2})月?")
_MONTH_ALONE = re.compile(r"(\d{1,2})月")
_APART = re.compile(r"[,，、|]")
_EMPTY, _NOT_EMPTY = ("空", "empty", "="), ("非空", "not empty", "!=", "<>", "*")
Read = Callable[[str], Any]


def typed_filters(column: Any, typed: str, today: date) -> list[Filter]:
    """Return the conditions that were typed for a column; none when nothing was; ValueError when they make no sense."""
    text = unicodedata.normalize("NFKC", typed).strip()
    low = text.lower()
    if not text:
        return []
    if low in _EMPTY or low in _NOT_EMPTY:
        return [Filter(column.name, "empty" if low in _EMPTY else "not_empty")]
    if column.kind in RIGHT_ALIGNED:
        return _compared(column.name, text, lambda part: _number(part, column.kind), _NUMBERS)
    if column.kind in IN_TIME:
        return _compared(column.name, low, lambda part: _days(part, today), None)
    if column.kind in ("choice", "choices", "state"):
        return [Filter(column.name, "in", tuple(_choices(column, low)))]
    if column.kind == "yes_no":
        return [Filter(column.name, "=", _yes(low))]
    return _words(column, text)


def filter_words(column: Any, filters: list[Filter]) -> str | None:
    """Return what would have to be typed for these conditions; None when no words of one cell mean them."""
    say = _sayer(column)
    if say is None or not filters:
        return None
    if len(filters) == 2:
        ends = {one.operator: one.value for one in filters}
        if set(ends) == {">=", "<="}:
            return f"{say(ends['>='])}..{say(ends['<='])}"
        return None
    (one,) = filters[:1] if len(filters) == 1 else (None,)
    if one is None:
        return None
    if one.operator in ("empty", "not_empty"):
        return "=" if one.operator == "empty" else "!="
    if one.operator == "in":
        return "、".join(say(value) for value in one.value) if column.kind in ("choice", "choices", "state") else None
    if one.operator == "has":
        return str(one.value)
    plain = one.operator == "=" and column.kind not in ("text", "note")
    if column.kind == "link" and one.value != "me":
        return None
    return say(one.value) if plain else f"{one.operator}{say(one.value)}"


def _compared(name: str, text: str, read: Read, dashed: re.Pattern[str] | None) -> list[Filter]:
    """Return the conditions of "> x", "x .. y", "x -y" or "x"."""
    if (sign := _SIGN.fullmatch(text)) and sign.group(2):
        return [Filter(name, _SIGNS.get(sign.group(1), sign.group(1)), read(sign.group(2)))]
    found = _RANGE.fullmatch(text) or (dashed.fullmatch(text) if dashed is not None else None)
    if found is None:
        return [Filter(name, "=", read(text))]
    ends = [(">=", found.group(1)), ("<=", found.group(2))]
    if not any(end for _operator, end in ends):
        raise ValueError(text)
    return [Filter(name, operator, read(end)) for operator, end in ends if end]


def _number(text: str, kind: str) -> Any:
    value = number_typed(text, kind)
    if value is None or isinstance(value, str):
        raise ValueError(text)
    return value


def _days(text: str, today: date) -> str:
    """Return the day or days that a filter keeps: words stay words, so that a saved view moves with the calendar."""
    text = text.strip()
    for value, _label, typed in DAYS:
        if text in typed:
            return value
    if relative := _RELATIVE.fullmatch(text):
        return f"today{int(relative.group(1)):+d}"
    if month := _MONTH.fullmatch(text):
        return _month(int(month.group(1)), int(month.group(2)))
    if month := _MONTH_ALONE.fullmatch(text):
        return _month(today.year, int(month.group(1)))
    day = day_typed(text, today)
    if not isinstance(day, date):
        raise ValueError(text)
    return day.isoformat()


def _month(year: int, month: int) -> str:
    return f"{date(year, month, 1):%Y-%m}"


def _choices(column: Any, text: str) -> list[str]:
    found: list[str] = []
    for part in filter(None, (part.strip() for part in _APART.split(text))):
        labels = {value: tr(label).lower() for value, label in column.choices}
        exact = [value for value, label in labels.items() if label == part]
        matching = exact or [value for value, label in labels.items() if part in search_text([label])]
        if not matching:
            raise ValueError(part)
        found += [value for value in matching if value not in found]
    return found


def _yes(text: str) -> bool:
    if text in ("是", "yes", "y", "1", "有", "shi", "s"):
        return True
    if text in ("否", "no", "n", "0", "无", "fou", "f"):
        return False
    raise ValueError(text)


def _words(column: Any, text: str) -> list[Filter]:
    if column.kind == "link":
        mine = column.target == "employee" and text.lower() in ("我", "me")
        return [Filter(column.name, "=", "me") if mine else Filter(column.name, "has", text)]
    if (sign := _SIGN.fullmatch(text)) and sign.group(1) == "=" and sign.group(2):
        return [Filter(column.name, "=", sign.group(2))]
    return [Filter(column.name, "has", text)]


def _sayer(column: Any) -> Callable[[Any], str] | None:
    """Return what makes words of a value."""
    if column.kind in RIGHT_ALIGNED:
        return lambda value: plain_number(_as_number(value), column.kind)
    if column.kind in IN_TIME:
        return _said_day
    if column.kind in ("choice", "choices", "state"):
        labels = {value: tr(label) for value, label in column.choices}
        return lambda value: labels.get(value, str(value))
    if column.kind == "yes_no":
        return lambda value: tr(_("Yes")) if value in (True, "1", "true") else tr(_("No"))
    if column.kind == "link":
        return lambda value: tr(c_("filter", "me"))
    return str


def _as_number(value: Any) -> Any:
    return Decimal(value) if isinstance(value, str) else value


def _said_day(value: Any) -> str:
    """Words of the calendar in the language, "today-60" as it stands, days as ISO."""
    for word, label, _typed in DAYS:
        if value == word:
            return tr(label)
    text = value.isoformat() if isinstance(value, date) else str(value)
    today = next(tr(label) for word, label, _typed in DAYS if word == "today")
    return text.replace("today", today)
