"""The rules that stand in a field's own line: required, kind, range, length, choice, pattern."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from dentalsales.blueprint.fields import DATES, Field, in_sentence
from dentalsales.blueprint.masking import ANONYMOUS
from dentalsales.blueprint.record import Line, fields_of
from dentalsales.blueprint.rules import RuleBroken, problems_of
from dentalsales.i18n import Text, _

DECIMALS = {"money": 2, "price": 4, "percent": 2}
LARGEST = Decimal(10) ** 9
TEXT_KINDS = frozenset({"text", "note", "choice", "choices"})
UNCHECKED = frozenset({"lines", "attachments", "state"})


def tidy(field: Field, value: Any) -> Any:
    """Return the value as it is kept: text NFKC-normalised and trimmed, whole Decimals for money."""
    if isinstance(value, str) and field.kind == "text":
        return " ".join(unicodedata.normalize("NFKC", value).split())
    if isinstance(value, str) and field.kind == "note":
        return value.strip()
    if field.kind in DECIMALS and isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if field.kind == "text" and value is None:
        return ""
    return value.replace(day=1) if field.kind == "month" and isinstance(value, date) else value


def fits_kind(field: Field, value: Any) -> bool:
    """Say whether a value is of the field's Python type (None always is)."""
    if value is None:
        return True
    if field.kind in DECIMALS:
        return isinstance(value, Decimal) and value.is_finite()
    if field.kind == "link":
        return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**31
    if field.kind in ("number", "quantity"):
        return isinstance(value, int) and not isinstance(value, bool)
    if field.kind in DATES:
        return isinstance(value, date) and not isinstance(value, datetime)
    if field.kind == "moment":
        return isinstance(value, datetime)
    if field.kind == "yes_no":
        return isinstance(value, bool)
    return field.kind not in TEXT_KINDS or isinstance(value, str)


def field_problem(field: Field, value: Any) -> Text | None:
    """Return what is wrong with a value, None when nothing is."""
    if value is None or value == "":
        return lacking(field) if field.required and field.kind != "yes_no" else None
    if not fits_kind(field, value):
        return KIND_PROBLEMS.get(field.kind, _("“{value}” does not fit “{field}”.")).fill(
            value=in_sentence(field, value), field=field.label
        )
    return _text_problem(field, value) if isinstance(value, str) else _number_problem(field, value)


def lacking(field: Field) -> Text:
    """Return the sentence about a needed field that is empty."""
    said = _("Tick “{field}”.") if field.kind == "yes_no" else _("Enter “{field}”.")
    return said.fill(field=field.label)


KIND_PROBLEMS = {
    "money": _("“{value}” is no amount. Enter a number for “{field}”."),
    "price": _("“{value}” is no price. Enter a number for “{field}”."),
    "percent": _("“{value}” is no percentage. Enter a number for “{field}”."),
    "number": _("“{value}” is no whole number. Enter one for “{field}”."),
    "quantity": _("“{value}” is no whole number. Enter one for “{field}”."),
    "day": _("“{value}” is no date. Enter “{field}” like 2026-11-22."),
    "moment": _("“{value}” is no moment. Enter “{field}” like 2026-11-22 09:30, or 9:30 for today."),
    "month": _("“{value}” is no month. Enter “{field}” like 2026-11."),
    "link": _("“{value}” was not found. Choose “{field}” from the list."),
}


def _text_problem(field: Field, value: str) -> Text | None:
    if field.length is not None and len(value) > field.length:
        return _("“{field}” takes {length} characters at most.").fill(field=field.label, length=field.length)
    known = {name for name, _label in field.choices}
    if field.kind == "choice" and value not in known:
        return _("“{value}” is not a choice of “{field}”.").fill(value=value, field=field.label)
    if field.kind == "choices" and not set(value.split(",")) <= known:
        return _("“{value}” is not a choice of “{field}”.").fill(value=value, field=field.label)
    if field.pattern and value != ANONYMOUS and not re.fullmatch(field.pattern, value):
        return field.pattern_help or _("“{value}” does not fit “{field}”.").fill(value=value, field=field.label)
    return None


def _number_problem(field: Field, value: Any) -> Text | None:
    if isinstance(value, date):
        inside = date(1900, 1, 1) <= _day(value) <= date(2999, 12, 31)
        return None if inside else _("“{field}” lies outside 1900 to 2999.").fill(field=field.label)
    if isinstance(value, bool):
        return None
    return _amount_problem(field, Decimal(value))


def _amount_problem(field: Field, value: Decimal) -> Text | None:
    if field.minimum is not None and value < field.minimum:
        return _("“{field}” is at least {minimum}.").fill(field=field.label, minimum=in_sentence(field, field.minimum))
    if field.maximum is not None and value > field.maximum:
        return _("“{field}” is at most {maximum}.").fill(field=field.label, maximum=in_sentence(field, field.maximum))
    if abs(value) >= LARGEST:
        return _("“{field}” is too large.").fill(field=field.label)
    places = DECIMALS.get(field.kind)
    if places is not None and value != round(value, places):
        return _("“{field}” has {places} decimals at most.").fill(field=field.label, places=places)
    return None


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def record_problems(record: Any, prefix: str = "") -> Iterator[RuleBroken]:
    """Yield everything that is wrong with a record and its lines; check() runs when every field's own rule held."""
    clean = True
    cls: Any = type(record)
    checked, lines = _checked(cls)
    for name, field in checked:
        problem = field_problem(field, getattr(record, name))
        if problem is not None:
            clean = False
            yield RuleBroken(problem, field=prefix + name)
    for name, field in lines:
        found = list(_lines_problems(record, name, field))
        clean = clean and not found
        yield from found
    if clean:
        yield from _check(record, prefix)


@cache
def _checked(cls: Any) -> tuple[list[tuple[str, Field]], list[tuple[str, Field]]]:
    """Return the fields of a record that are checked by themselves, and those that hold lines."""
    known = fields_of(cls)
    free = {name for name, field in known.items() if field.read_only and not field.required}
    own = [(name, field) for name, field in known.items() if field.kind not in UNCHECKED and name not in free]
    return own, [(name, field) for name, field in known.items() if field.kind == "lines"]


def _lines_problems(record: Any, name: str, field: Field) -> Iterator[RuleBroken]:
    lines = getattr(record, name)
    if field.required and not lines:
        yield RuleBroken(_("Enter at least one line in “{field}”.").fill(field=field.label), field=name)
    for index, line in enumerate(lines):
        yield from record_problems(line, f"{name}.{index}.")


def _check(record: Any, prefix: str) -> Iterator[RuleBroken]:
    try:
        record.check()
    except RuleBroken as broken:
        for one in problems_of(broken):
            text = one.text
            if isinstance(record, Line) and prefix:
                text = _("Line {line}: {problem}").fill(line=int(prefix.split(".")[1]) + 1, problem=text)
            yield RuleBroken(text, field=prefix + one.field if one.field else prefix.rstrip(".") or None)
