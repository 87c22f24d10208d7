"""The kinds of field: one line gives the column, the label, the rule and everything that screens and papers read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Boolean, Date, ForeignKey, Integer, String
from sqlalchemy.orm import mapped_column, relationship

from dentalsales.blueprint.column_types import Moment, Money, Rate, UnitPrice
from dentalsales.blueprint.messages import FromMessages
from dentalsales.i18n import Text, _, c_

Choices = Sequence[tuple[str, Text]]
_CHINA = r"(?:\+?86[\s-]?)?"
_MOBILE = r"1[3-9]\d(?:[\s-]?\d{4}){2}(?!\d)"
_OTHER = r"(?!1[3-9])\d(?:[\s().-]*\d){4,17}(?:\s*(?:转|ext\.?|#)\s*\d+)?"
_PHONE = rf"[^\d/、,;]{{0,12}}{_CHINA}(?:{_MOBILE}|{_OTHER})[^\d/、,;]{{0,12}}"
CONTACT, PARTY = "contact", "party"
PERSONS = (CONTACT, PARTY)
"""Somebody at the other side with address and number; and the other side itself, where it is a person."""
BY_STEP: Mapping[str, Any] = {"read_only": True, "copied": False}
"""The words of a field that only steps and effects fill in: a duplicate of the paper begins without it."""
PHONES = rf"{_PHONE}(?:[/、,;\s]{_PHONE})*"
"""A mobile number has eleven digits; others have at least five, with area code and extension as people write them."""
DATES = frozenset({"day", "month"})
"""Kinds whose value is a date."""
IN_TIME = DATES | {"moment"}
"""Kinds that are filtered by days, and grouped by month."""
NO_PHONE = _("This is no whole phone number. Enter it like 13800138000 or 010-88886666, several with a slash between.")


@dataclass(frozen=True)
class Field:
    """What a form, a list, an import, Excel and PDF need to know about one field."""

    kind: str
    label: Text
    required: bool = False
    help: Text | None = None
    unit: Text | None = None
    choices: tuple[tuple[str, Text], ...] = ()
    choices_of: Callable[..., Any] | None = None
    """(record or line, act) -> pairs of value and label, where the choices depend on the record."""
    target: str | None = None
    """Table that a link points at."""
    limit_to: Callable[..., Any] | None = None
    """(act, record) -> SQL condition narrowing what a link may choose."""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    length: int | None = None
    pattern: str | None = None
    """A regular expression that the whole text has to match; `pattern_help` is the sentence when it does not."""
    pattern_help: Text | None = None
    suits: Callable[..., None] | None = None
    """(record, act): raises RuleBroken while the value does not suit the day or the rest of the record; that is said
    beside the field as soon as it is typed. Whether it also stops a save or a step, their own rules say."""
    unique: bool = False
    default: Any = None
    search: bool = False
    """Goes into the record's search text, with pinyin."""
    read_only: bool = False
    """Kept by the program; never typed."""
    edit_roles: frozenset[str] | None = None
    """If given, only these roles may change the field."""
    see_roles: frozenset[str] | None = None
    """If given, only these roles see the field anywhere: form, list, export, print."""
    enter_skips: bool = False
    """Enter passes over it in a form or grid: it usually has its default."""
    enter_stops: bool = False
    """Of a tick: Enter stops at it as long as it is not set, since the paper needs it."""
    copied: bool = True
    """Taken along when a paper is duplicated."""
    restarts_route: bool = False
    masked: bool = False
    """Personal data: shown as 138****1234 to roles without need."""
    personal: str = ""
    """Whose data it is, one of PERSONS; it is replaced for good when that person is anonymised."""
    total: bool = False
    """Summed in the list's total row."""
    bulk: bool = False
    """May be changed for all checked records of a list at once."""
    synonyms: tuple[str, ...] = ()
    """Column headings in other people's workbooks, Chinese and English."""
    columns: tuple[str, ...] = ()
    """Of a lines field: the child's fields in the order of the grid."""
    child: str | None = None
    """Of a lines field: the child's class name."""
    grows: bool = True
    """Of a lines field: lines are added and deleted by hand; else they come by themselves, and are only filled in."""
    shrinks: bool = False
    """Of a lines field that does not grow: what came by itself may be deleted."""
    deadline: bool = False
    """Of a moment: a promise; lists tell how long it is until then, or since."""
    from_messages: FromMessages | None = None
    """Of a lines field: how a pasted message fills it."""


def in_sentence(field: Field, value: Any) -> Any:
    """Return a value as a sentence names it: a decimal inside a sentence is read as money, so other ones are words."""
    if not isinstance(value, Decimal) or field.kind in ("money", "price"):
        return value
    return f"{value:,f}%" if field.kind == "percent" else f"{value:,f}"


def text(label: Text, *, length: int = 200, unique: bool = False, column: Any = None, **words: Any) -> Any:
    """One line of text; kept NFKC-normalised and trimmed."""
    required = words.get("required", False)
    return mapped_column(
        String(length),
        nullable=False,
        default="",
        unique=unique or None,
        info={"field": Field("text", label, length=length, unique=unique, **_tidy(words, required))},
    )


def phone(label: Text, **words: Any) -> Any:
    """One or several phone numbers, with a slash between; a name may stand before or behind."""
    return text(label, length=60, pattern=PHONES, pattern_help=NO_PHONE, **words)


def optional_unique_text(label: Text, *, length: int = 200, **words: Any) -> Any:
    """One line of text that no two records share; an empty one counts as none (kept as NULL)."""
    field = Field("text", label, length=length, unique=True, **_tidy(words, words.get("required", False)))
    return mapped_column(String(length), nullable=True, unique=True, info={"field": field})


def note(label: Text, *, length: int = 4000, **words: Any) -> Any:
    """Several lines of text."""
    return mapped_column(
        String(length), nullable=False, default="", info={"field": Field("note", label, length=length, **words)}
    )


def number(label: Text, *, default: int | None = None, **words: Any) -> Any:
    """A whole number."""
    return _column(BigInteger, Field("number", label, default=default, **_limits(words)), default)


def how_many(label: Text, *, default: int | None = None, **words: Any) -> Any:
    """A whole number of the unit that stands beside it."""
    return _column(BigInteger, Field("quantity", label, default=default, **_limits(words)), default)


def money(label: Text, *, default: Decimal | None = Decimal("0.00"), **words: Any) -> Any:
    """Yuan and fen."""
    return _column(Money, Field("money", label, default=default, **_limits(words)), default)


def price(label: Text, *, default: Decimal | None = Decimal("0.0000"), **words: Any) -> Any:
    """Yuan per unit, tax included, four decimals."""
    return _column(UnitPrice, Field("price", label, default=default, **_limits(words)), default)


def percent(label: Text, *, default: Decimal | None = Decimal("0.00"), **words: Any) -> Any:
    """A percentage: 13 means 13 %."""
    return _column(Rate, Field("percent", label, default=default, **_limits(words)), default)


def day(label: Text, **words: Any) -> Any:
    """A calendar day; `default="today"` fills the business day in a new form."""
    return mapped_column(Date, nullable=not words.get("required", False), info={"field": Field("day", label, **words)})


def month(label: Text, **words: Any) -> Any:
    """A month of the calendar, kept as its first day, whichever of its days is given."""
    field = Field("month", label, **words)
    return mapped_column(Date, nullable=not field.required, info={"field": field})


def moment(label: Text, **words: Any) -> Any:
    """A point in time; `default="now"` fills the moment in a new form."""
    required = words.get("required", False)
    return mapped_column(Moment, nullable=not required, info={"field": Field("moment", label, **words)})


def yes_no(label: Text, *, default: bool = False, **words: Any) -> Any:
    """A tick."""
    field = Field("yes_no", label, default=default, **words)
    return mapped_column(Boolean, nullable=False, default=default, info={"field": field})


def choice(label: Text, *choices: tuple[str, Text], default: str | None = None, **words: Any) -> Any:
    """One of a few words; without a default and not required it may stay empty."""
    words.setdefault("required", default is not None)
    field = Field("choice", label, choices=tuple(choices), default=default if default is not None else "", **words)
    return mapped_column(String(40), nullable=False, default=field.default, info={"field": field})


def choices(label: Text, *options: tuple[str, Text], **words: Any) -> Any:
    """Any number of a few words, kept as one text with commas."""
    field = Field("choices", label, choices=tuple(options), default="", **words)
    return mapped_column(String(400), nullable=False, default="", info={"field": field})


def link(label: Text, target: str, *, index: bool = True, on_delete: str = "RESTRICT", **words: Any) -> Any:
    """A reference to a record of the table `target`."""
    field = Field("link", label, target=target, **words)
    key = ForeignKey(f"{target}.id", ondelete=on_delete)
    return mapped_column(Integer, key, nullable=not field.required, index=index, info={"field": field})


def part_of(target: str) -> Any:
    """The reference from a child record (an order line, a licence) to the record it is part of."""
    return mapped_column(Integer, ForeignKey(f"{target}.id", ondelete="CASCADE"), nullable=False, index=True)


def lines(label: Text, child: str, *columns: str, **words: Any) -> Any:
    """The child records of a record, edited in one grid; `columns` are the child's fields in order."""
    field = Field("lines", label, child=child, columns=tuple(columns), **words)
    return relationship(
        child,
        order_by=f"{child}.position",
        cascade="all, delete-orphan",
        passive_deletes=True,
        info={"field": field},
    )


def attachments() -> "Shown":
    """Files that belong to the record; they live in the attachment store, found by register and record."""
    return shown(c_("attachments", "Files"), "attachments")(lambda record: ())


class Shown(property):
    """A value that follows from others; it is shown and printed like a field, never typed."""

    field: Field


def shown(label: Text, kind: str = "text", **words: Any) -> Callable[[Callable[[Any], Any]], Shown]:
    """Make a property that forms, lists of lines and papers can name."""

    def decorate(getter: Callable[[Any], Any]) -> Shown:
        made = Shown(getter)
        made.field = Field(kind, label, read_only=True, **words)
        return made

    return decorate


def _tidy(words: dict[str, Any], required: bool) -> dict[str, Any]:
    return {**words, "required": required}


def _limits(words: dict[str, Any]) -> dict[str, Any]:
    return {
        name: Decimal(value) if name in ("minimum", "maximum") and value is not None else value
        for name, value in words.items()
    }


def _column(kind: Any, field: Field, default: Any) -> Any:
    nullable = default is None and not field.required
    return mapped_column(kind, nullable=nullable, default=default, info={"field": field})
