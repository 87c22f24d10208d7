"""A report: its parameters, who reads it, and the function that makes its Sheet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.sheet import Sheet
from dentalsales.i18n import Text


@dataclass(frozen=True)
class Period:
    """A stretch of days, both ends included."""

    start: date
    end: date

    @classmethod
    def day(cls, day: date) -> "Period":
        """The single day."""
        return cls(day, day)

    @classmethod
    def month(cls, day: date) -> "Period":
        """The month around a day."""
        first = day.replace(day=1)
        return cls(first, next_month(first) - timedelta(days=1))

    @property
    def is_month(self) -> bool:
        """True when it is exactly one calendar month."""
        return self == Period.month(self.start)

    def __str__(self) -> str:
        if self.start == self.end:
            return self.start.isoformat()
        return f"{self.start:%Y-%m}" if self.is_month else f"{self.start.isoformat()} ~ {self.end.isoformat()}"


def next_month(day: date) -> date:
    """Return the first day of the following month."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def previous_month(day: date) -> date:
    """Return the first day of the month before."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


@dataclass(frozen=True)
class Report:
    """One report of the office; `run` gets (act, period, choices) and yields the Sheet."""

    name: str
    title: Text
    period: str
    """What is picked: "day", "month", "range", or "now" for a state of today."""
    run: Callable[[Act, Period, Mapping[str, Any]], Sheet]
    view: frozenset[str]
    aliases: tuple[str, ...] = ()
    """Short keys for the palette: rb, yb."""
    customer: bool = False
    """Can be narrowed to one customer (choices["customer_id"])."""
    needs_customer: bool = False
    """Says nothing before a customer is chosen; the screen asks for one."""
    hint: Text | None = None
    """One line under the title that tells it from its namesakes."""
