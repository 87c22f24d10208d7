"""Turns a cell of a stranger's file into text, a number or a day, or says in a sentence why it cannot."""

import re
import unicodedata
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _

Cell = str | int | float | Decimal | bool | date | datetime | None

INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"))
DIGITS_EXCEL_KEEPS = 15
SERIALS = range(20_000, 80_001)  # October 1954 to January 2119: a bare number outside is no date anybody meant

UNCALCULATED = "#UNCALCULATED!"
FORMULA_ERRORS = frozenset(
    "#NULL! #DIV/0! #VALUE! #REF! #NAME? #NUM! #N/A #GETTING_DATA #SPILL! #CALC! #FIELD! #BLOCKED! #CONNECT! #UNKNOWN! "
    "#BUSY! #PYTHON! #EXTERNAL!".split()
)
EXPONENT = re.compile(r"[+-]?\d(?P<point>\.(?P<decimals>\d+))?E(?(point)\+?|\+)(?P<power>\d{2,3})", re.IGNORECASE)
NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?")
MONEY_WORDS = re.compile(r"^(?:rmb|cny|[¥$])|(?:元整?|圆整?|yuan|rmb|cny)$", re.IGNORECASE)
SPACE_IN_DAY = re.compile(r"\s*([年月/.-])\s*|\s+(?=[日号])")
TIME_OF_DAY = r"(?:[T ]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
DAY_FORMS = tuple(
    re.compile(form + TIME_OF_DAY)
    for form in (
        r"(\d{4})-(\d{1,2})-(\d{1,2})",
        r"(\d{4})/(\d{1,2})/(\d{1,2})",
        r"(\d{4})\.(\d{1,2})\.(\d{1,2})",
        r"(\d{4})年(\d{1,2})月(\d{1,2})[日号]",
        r"(\d{4})(\d{2})(\d{2})",
    )
)


class CellProblem(RuleBroken):
    """A cell cannot be taken as what its column wants; `text` says why and what to do."""


def as_text(cell: Cell) -> str:
    """Return the cell as a clean text; a number never has an exponent or a needless ".0"; a blank cell is "".

    Raises CellProblem for a formula's error and for digits that Excel has already thrown away.
    """
    if cell is None:
        return ""
    if isinstance(cell, str):
        return _clean(cell)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="minutes" if cell.second == 0 else "seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    number = _exact(cell)
    if isinstance(cell, int | float) and abs(number) >= 10**DIGITS_EXCEL_KEEPS:
        raise CellProblem(
            _(
                "Excel keeps only 15 digits of a number, so the end of {value} is lost. "
                "Format the column as text and enter it again."
            ),
            value=f"{number:f}",
        )
    return _plain(number)


def as_decimal(cell: Cell) -> Decimal | None:
    """Return the cell as a number, None when it is blank; "1,234.50", "￥12", "(12.5)", "12.5元" and "13%" count.

    Raises CellProblem for anything else.
    """
    if isinstance(cell, bool | date):
        raise _no_number(as_text(cell))
    if isinstance(cell, int | float | Decimal):
        return _exact(cell)
    shown = as_text(cell)
    if not shown:
        return None
    text = _without_money_words(re.sub(r"\s+", "", unicodedata.normalize("NFKC", shown)).replace("−", "-"))
    negative = text.startswith("(") and text.endswith(")")
    if negative:
        text = text[1:-1]
    text, minus = _without_sign(text)
    percent = text.endswith("%")
    text = text.removesuffix("%")
    if (negative and minus) or not NUMBER.fullmatch(text) or not any(digit.isdigit() for digit in text):
        raise _no_number(shown)
    number = Decimal(text.replace(",", ""))
    number = number / 100 if percent else number
    return -number if negative or minus else number


def as_date(cell: Cell, since_1904: bool = False) -> date | None:
    """Return the cell as a day, None when it is blank; a number counts as Excel's serial when it is plausible.

    `since_1904` is the source's own flag. Raises CellProblem for two-digit years, months alone and all else.
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    shown = as_text(cell)
    if not shown:
        return None
    text = SPACE_IN_DAY.sub(r"\1", unicodedata.normalize("NFKC", shown))
    for form in DAY_FORMS:
        if match := form.fullmatch(text):
            return _day(shown, *(int(part) for part in match.groups()))
    serial = _serial(text)
    if serial is None or isinstance(cell, bool):
        raise CellProblem(_("{value} is not a date. Write it with year, month and day, like 2026-11-22."), value=shown)
    return date(1904, 1, 1) + timedelta(serial) if since_1904 else date(1899, 12, 30) + timedelta(serial)


def _clean(text: str) -> str:
    clean = text.translate(INVISIBLE).replace("\r\n", "\n").replace("\r", "\n").strip()
    if clean == UNCALCULATED:
        raise CellProblem(
            _("This cell holds a formula without a result. Open the file in Excel, save it there, and choose it again.")
        )
    if clean in FORMULA_ERRORS:
        raise CellProblem(_("The formula in this cell gives the error {value}. Correct it in the file."), value=clean)
    if (match := EXPONENT.fullmatch(clean)) is None:
        return clean
    if len(match["decimals"] or "") < int(match["power"]):
        raise CellProblem(
            _(
                "Excel has shortened this number to {value}. Format the column as a number without decimals "
                "and save the file again."
            ),
            value=clean,
        )
    return _plain(Decimal(clean))


def _exact(number: int | float | Decimal) -> Decimal:
    """A float is read to the 15 digits Excel shows, so that 0.30000000000000004 is 0.3."""
    exact = Decimal(f"{number:.{DIGITS_EXCEL_KEEPS}g}") if isinstance(number, float) else Decimal(number)
    if not exact.is_finite():
        raise _no_number(str(number))
    return exact


def _plain(number: Decimal) -> str:
    digits = f"{number:f}"
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return "0" if digits == "-0" else digits


def _without_sign(text: str) -> tuple[str, bool]:
    text = _without_money_words(text)
    minus = text.startswith("-")
    rest = text[1:] if minus or text.startswith("+") else text
    return _without_money_words(rest), minus


def _without_money_words(text: str) -> str:
    return MONEY_WORDS.sub("", text)


def _no_number(shown: str) -> CellProblem:
    return CellProblem(_("{value} is not a number. Write it with digits only, like 1234.50."), value=shown)


def _serial(text: str) -> int | None:
    try:
        serial = int(Decimal(text))
    except (InvalidOperation, ValueError, OverflowError):
        return None
    return serial if serial in SERIALS else None


def _day(shown: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise CellProblem(_("There is no day {value}. Correct the date in the file."), value=shown) from None
