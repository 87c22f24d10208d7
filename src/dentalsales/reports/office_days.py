"""Turns days of the office into moments, and finds the months beside a month."""

from datetime import UTC, datetime, time, timedelta

from dentalsales.blueprint.calendar_words import OFFICE
from dentalsales.blueprint.report import Period, previous_month


def moments(period: Period) -> tuple[datetime, datetime]:
    """Return the first moment of a period and the first after it, in UTC."""
    start = datetime.combine(period.start, time(), OFFICE)
    end = datetime.combine(period.end + timedelta(days=1), time(), OFFICE)
    return start.astimezone(UTC), end.astimezone(UTC)


def month_before(month: Period) -> Period:
    """Return the month before."""
    return Period.month(previous_month(month.start))


def month_last_year(month: Period) -> Period:
    """Return the same month a year earlier."""
    return Period.month(month.start.replace(year=month.start.year - 1))
