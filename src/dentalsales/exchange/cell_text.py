"""The one way in which values become text, on screen, on paper and in headings."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from dentalsales.blueprint.calendar_words import OFFICE, month_in_words
from dentalsales.i18n import _, tr

UNKNOWN = "—"
FEN = Decimal("0.01")
FOUR_DECIMALS = Decimal("0.0001")

RIGHT_ALIGNED = frozenset({"number", "quantity", "money", "price", "percent"})
NEVER_WRAPPED = RIGHT_ALIGNED | {"day", "month", "moment", "yes_no"}


def shown(value: Any, kind: str = "text") -> str:
    """Return a value of a field kind as the office reads it; an unknown one (None) is a dash.

    Money is in yuan, 13 as a percent is 13 %, a moment is shown in the office's time zone.
    """
    if value is None:
        return UNKNOWN
    if isinstance(value, str):
        return tr(value)
    if isinstance(value, bool):
        return tr(_("Yes")) if value else tr(_("No"))
    if isinstance(value, Decimal | int):
        return _NUMBERS.get(kind, _plain)(value)
    if isinstance(value, datetime):
        return day_in_office(value).isoformat() if kind == "day" else _moment(value)
    if isinstance(value, date):
        return tr(month_in_words(value)) if kind == "month" else value.isoformat()
    return str(value)


def decimals_shown(price: Any) -> int:
    """Return how many digits of a unit price stand behind its point: two to four, none of an unknown one."""
    return len(shown(price, "price").partition(".")[2])


def blank_after(price: Any, most: int) -> int:
    """Return how many digits are left blank behind a unit price, where the longest of its column shows `most`."""
    return most - decimals_shown(price) if most and price is not None else 0


def labelled(label: str, value: str) -> str:
    """Return a label and its value on one line."""
    return tr(_("{label}: {value}").fill(label=tr(label), value=value))


def in_office(moment: datetime) -> datetime:
    """Return a moment on the office's clock; one without a zone is taken as it stands."""
    return moment.astimezone(OFFICE) if moment.tzinfo else moment


def day_in_office(moment: datetime) -> date:
    """Return the business day of a moment."""
    return in_office(moment).date()


def _moment(value: datetime) -> str:
    return in_office(value).strftime("%Y-%m-%d %H:%M")


def _money(value: Decimal | int) -> str:
    return f"{_positive_zero(Decimal(value).quantize(FEN, ROUND_HALF_UP)):,.2f}"


def _price(value: Decimal | int) -> str:
    digits = f"{_positive_zero(Decimal(value).quantize(FOUR_DECIMALS, ROUND_HALF_UP)):,.4f}"
    return digits[:-2] + digits[-2:].rstrip("0")


def _percent(value: Decimal | int) -> str:
    return f"{_positive_zero(Decimal(value).quantize(FEN, ROUND_HALF_UP)):,.2f}%"


def _quantity(value: Decimal | int) -> str:
    digits = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _plain(value: Decimal | int) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _positive_zero(value: Decimal) -> Decimal:
    return value if value else abs(value)


_NUMBERS: dict[str, Callable[[Decimal | int], str]] = {
    "money": _money,
    "price": _price,
    "percent": _percent,
    "quantity": _quantity,
    "number": _quantity,
}
