"""The days the office works, and moments as whole numbers: index of the working day times 1440 plus the minute."""

from bisect import bisect_left
from datetime import UTC, date, datetime, timedelta

DAY = 1440
OPENS, SHUTS = 8 * 60 + 30, 17 * 60 + 30
LATEST_TODAY = 10 * 60
"""Nothing has happened yet today after ten o'clock."""
SHANGHAI_AHEAD = timedelta(hours=8)
SPRING_FESTIVALS = {
    2014: (1, 31), 2015: (2, 19), 2016: (2, 8), 2017: (1, 28), 2018: (2, 16), 2019: (2, 5), 2020: (1, 25),
    2021: (2, 12),
    2022: (2, 1), 2023: (1, 22), 2024: (2, 10), 2025: (1, 29), 2026: (2, 17), 2027: (2, 6), 2028: (1, 26),
    2029: (2, 13),
    2030: (2, 3), 2031: (1, 23), 2032: (2, 11), 2033: (1, 31), 2034: (2, 19), 2035: (2, 8), 2036: (1, 28),
}  # fmt: skip
SEASONS = (0.95, 0.75, 1.1, 1.1, 1.0, 1.05, 0.95, 0.9, 1.1, 0.9, 1.1, 1.15)
"""How busy a month is; January to December."""


def new_year(year: int) -> date:
    """Return the first day of the Chinese year; beyond the table the usual time of it."""
    return date(year, *SPRING_FESTIVALS.get(year, (2, 5)))


def is_holiday(day: date) -> bool:
    """Say whether the office is closed for a public holiday."""
    if (day.month, day.day) in ((1, 1), (5, 1), (5, 2), (5, 3)) or (day.month == 10 and day.day <= 7):
        return True
    return -1 <= (day - new_year(day.year)).days <= 6


def busyness(day: date) -> float:
    """Return how many orders a day brings, 1 being usual: Mondays more, around the Spring Festival few."""
    apart = (day - new_year(day.year)).days
    festival = 0.35 if -9 <= apart <= 14 else 1.35 if -24 <= apart <= -10 else 1.0
    return SEASONS[day.month - 1] * festival * (1.5 if day.weekday() == 0 else 0.85 if day.weekday() == 4 else 1.0)


class WorkingDays:
    """The working days of the history; today is one of them whatever the calendar says."""

    def __init__(self, first: date, today: date) -> None:
        span = (today - first).days
        days = [first + timedelta(days=count) for count in range(span)]
        self.days = [day for day in days if day.weekday() < 5 and not is_holiday(day)] + [today]
        self.last = (len(self.days) - 1) * DAY + LATEST_TODAY
        self._midnights = [datetime(day.year, day.month, day.day, tzinfo=UTC) - SHANGHAI_AHEAD for day in self.days]

    def day(self, moment: int) -> date:
        """Return the calendar day of a moment."""
        return self.days[moment // DAY]

    def at(self, moment: int) -> datetime:
        """Return the moment in UTC."""
        index, minutes = divmod(moment, DAY)
        return self._midnights[index] + timedelta(minutes=minutes)

    def later(self, moment: int, days: int = 0, minutes: int = 0) -> int:
        """Return a moment so many working days and minutes later; what passes closing time happens next morning."""
        index, minute = divmod(moment, DAY)
        index, minute = index + days, minute + minutes
        if minute > SHUTS:
            index, minute = index + 1, OPENS + minute % 60
        return index * DAY + minute

    def on(self, day: date, minute: int) -> int:
        """Return the moment of the first working day from `day` on; past the end when there is none."""
        return bisect_left(self.days, day) * DAY + minute
