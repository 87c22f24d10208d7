"""The days that the words of the period pickers mean."""

from collections.abc import Callable
from datetime import date, timedelta

from dentalsales.blueprint.report import Period, previous_month


def period_in_words(word: str, today: date) -> Period | None:
    """Return the days that a word of the picker means; None for no limit."""
    monday = today - timedelta(days=today.weekday())
    makers: dict[str, Callable[[], Period]] = {
        "today": lambda: Period.day(today),
        "week": lambda: Period(monday, monday + timedelta(days=6)),
        "month": lambda: Period.month(today),
        "last_month": lambda: Period.month(previous_month(today)),
        "year": lambda: Period(date(today.year, 1, 1), date(today.year, 12, 31)),
    }
    return makers[word]() if word in makers else None
