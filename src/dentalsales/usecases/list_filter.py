"""The filters of a list as conditions; "today-60", "this_month" and "me" stand for a day, a month and the employee."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select, true

from dentalsales.blueprint.calendar_words import OFFICE, office_day
from dentalsales.blueprint.column_types import FEN, FOUR_DECIMALS
from dentalsales.blueprint.fields import IN_TIME
from dentalsales.blueprint.register import Register
from dentalsales.blueprint.report import Period, previous_month
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.blueprint.table import Filter
from dentalsales.i18n import _
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.masking import is_masked, words_hold
from dentalsales.usecases.own_records import is_seen
from dentalsales.usecases.paths import Condition, Place, Source, place_of, stored, target_of, where
from dentalsales.usecases.search_text import normalise

Column = ColumnElement[Any]
Test = Callable[[Column], Condition]

RELATIVE_DAY = re.compile(r"today([+-]\d{1,5})?")
MONTH = re.compile(r"(\d{4})-(\d{2})")
PERIODS = ("this_week", "last_week", "this_month", "last_month", "this_year", "last_year")
"""Words for stretches of days; a saved view keeps the word, so that it means the days of the day it is opened."""
STEPS = {"money": FEN, "percent": FEN, "price": FOUR_DECIMALS}
NEGATIVE = frozenset({"!=", "empty"})
"""Operators that a record whose link is empty fulfils too."""


def conditions(desk: Desk, register: Register, filters: Sequence[Filter]) -> list[Condition]:
    """Return the conditions of all filters; RuleBroken for one that the list does not have or the employee not see."""
    return [_condition(desk, register, one) for one in filters]


def _condition(desk: Desk, register: Register, one: Filter) -> Condition:
    place = seen_place(desk, register, one.name)
    try:
        test = _test(desk, place, one)
    except (ValueError, TypeError, ArithmeticError):
        raise RuleBroken(
            _("“{value}” does not fit the filter “{name}”. Enter it anew."),
            field=one.name,
            value=str(one.value),
            name=place.label,
        ) from None
    if place.column is not None:
        return test(Source(desk, register.record).value(place))
    return where(register.record, place.path, test, missing=one.operator in NEGATIVE)


def seen_place(desk: Desk, register: Register, name: str) -> Place:
    """Return what a filter's name stands for; RuleBroken when there is no such thing for this employee.

    What is covered for his roles is no filter either: trying digit after digit would uncover it.
    """
    try:
        place = place_of(register, name)
    except KeyError:
        place = None
    if place is None or not is_seen(desk, register, place) or _is_covered(desk, place):
        raise RuleBroken(_("This list can't be filtered by “{name}”. Remove that filter."), name=name)
    return place


def _is_covered(desk: Desk, place: Place) -> bool:
    return is_masked(desk.business, place.record, place.field, desk.roles)


def _test(desk: Desk, place: Place, one: Filter) -> Test:
    """Return the test that a column's value has to pass."""
    if one.operator in ("empty", "not_empty"):
        return _emptiness(place, one.operator == "empty")
    if one.operator == "has":
        return _contains(desk, place, str(one.value))
    if one.operator == "in":
        return _any_of([_test(desk, place, Filter(one.name, "=", value)) for value in one.value])
    if place.kind == "moment" and one.value == "now":
        return _compares(one.operator, desk.now())
    if place.kind in IN_TIME:
        return _in_days(place.kind, one.operator, *days_of(desk, one.value))
    if place.kind == "choices" and one.operator == "=":
        return lambda column: ("," + column + ",").contains(f",{one.value},", autoescape=True)
    return _compares(one.operator, plain_value(desk, place.kind, one.value))


def _any_of(tests: Sequence[Test]) -> Test:
    return lambda column: or_(false(), *(test(column) for test in tests))


def _compares(operator: str, value: Any) -> Test:
    if value is None:
        return (lambda column: column.is_(None)) if operator == "=" else (lambda column: column.is_not(None))
    if operator == "!=":
        return lambda column: or_(column.is_(None), column != value)
    tests: dict[str, Test] = {
        "=": lambda column: column == value,
        "<": lambda column: column < value,
        "<=": lambda column: column <= value,
        ">": lambda column: column > value,
        ">=": lambda column: column >= value,
    }
    return tests[operator]


def _emptiness(place: Place, empty: bool) -> Test:
    def test(column: Column) -> Condition:
        texts = place.kind in ("text", "note", "choice", "choices", "state")
        nothing = or_(column.is_(None), column == "") if texts else column.is_(None)
        return nothing if empty else ~nothing

    return test


def _contains(desk: Desk, place: Place, text: str) -> Test:
    words = normalise(text).split()
    if place.kind != "link":
        return lambda column: and_(true(), *(_has_word(desk, place, column, word) for word in words))
    target = target_of(place.record, place.path[-1])
    inner = target.__table__.alias()
    kept = stored(target, inner, "search_text")
    found = select(inner.c.id).where(*(words_hold(desk.business, target, desk.roles, kept, word) for word in words))
    return lambda column: column.in_(found)


def _has_word(desk: Desk, place: Place, column: Column, word: str) -> Condition:
    """A word is looked for in the column; letters may also be the pinyin of what the record is searched by."""
    contains: Condition = column.icontains(word, autoescape=True)
    field = place.field
    if field is None or not field.search or not (word.isascii() and word.isalpha()) or len(place.path) > 1:
        return contains
    kept = stored(place.record, place.record.__table__, "search_text")
    pinyin = words_hold(desk.business, place.record, desk.roles, kept, word)
    return or_(contains, pinyin)


def days_of(desk: Desk, value: Any) -> tuple[date, date]:
    """Return the first and last day that a filter's value means; ValueError when it means none."""
    if isinstance(value, str):
        return _days_in_words(desk.today, value)
    day = office_day(value) if isinstance(value, datetime) else value
    return day, day


def _days_in_words(today: date, words: str) -> tuple[date, date]:
    if words in PERIODS:
        return _period(today, words)
    if month := MONTH.fullmatch(words):
        of_year = Period.month(date(int(month.group(1)), int(month.group(2)), 1))
        return of_year.start, of_year.end
    relative = RELATIVE_DAY.fullmatch(words)
    day = today + timedelta(days=int(relative.group(1) or 0)) if relative else date.fromisoformat(words)
    return day, day


def _period(today: date, word: str) -> tuple[date, date]:
    which, unit = word.split("_")
    last = which == "last"
    if unit == "week":
        monday = today - timedelta(days=today.weekday() + 7 * last)
        return monday, monday + timedelta(days=6)
    if unit == "month":
        month = Period.month(previous_month(today) if last else today)
        return month.start, month.end
    year = today.year - last
    return date(year, 1, 1), date(year, 12, 31)


def _in_days(kind: str, operator: str, first: date, last: date) -> Test:
    """Return the test of a day, or of a moment by the day it lies in."""
    start: Any = first
    end: Any = last + timedelta(days=1)
    if kind == "moment":
        start, end = (datetime.combine(day, time(), OFFICE) for day in (start, end))
    tests: dict[str, Test] = {
        "=": lambda column: and_(column >= start, column < end),
        "!=": lambda column: or_(column.is_(None), column < start, column >= end),
        "not_since": lambda column: or_(column.is_(None), column < start),
        "<": lambda column: column < start,
        "<=": lambda column: column < end,
        ">": lambda column: column >= end,
        ">=": lambda column: column >= start,
    }
    return tests[operator]


def plain_value(desk: Desk, kind: str, value: Any) -> Any:
    """Return a filter's value as the column keeps it; saved views hold numbers as text."""
    if value is None:
        return None
    if kind == "link":
        return desk.employee_id if value == "me" else int(value)
    if kind in STEPS:
        return Decimal(str(value)).quantize(STEPS[kind])
    if kind in ("number", "quantity"):
        return int(value)
    if kind == "yes_no":
        return value in (True, 1, "1", "true")
    return value
