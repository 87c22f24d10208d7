"""The office's time, and how a month is called; in Chinese months are numbers."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from dentalsales.i18n import Text, _, c_

OFFICE = ZoneInfo("Asia/Shanghai")
MONTHS = (
    _("January"), _("February"), _("March"), _("April"), c_("month", "May"), _("June"), _("July"), _("August"),
    _("September"), _("October"), _("November"), _("December"),
)  # fmt: skip


def office_day(moment: datetime) -> date:
    """Return the day on which something happened, as the office's calendar has it; `moment` bears its time zone."""
    return moment.astimezone(OFFICE).date()


def month_in_words(day: date) -> Text:
    """Return the month of a day: November 2026, 2026年11月."""
    return _("{month} {year}").fill(month=MONTHS[day.month - 1], year=str(day.year))
