"""What a list is sorted by: one column, further ones for rows that are equal in it, and the id at last."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, literal

from dentalsales.blueprint.column_types import Money, Rate, UnitPrice
from dentalsales.blueprint.fields import DATES
from dentalsales.blueprint.register import Register
from dentalsales.storage.pinyin_order import by_pinyin
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.masking import is_masked
from dentalsales.usecases.own_records import is_seen
from dentalsales.usecases.paths import Place, Source, place_of, target_of

LEAST_DAY = date(1, 1, 1)
LEAST_MOMENT = datetime(1900, 1, 1, tzinfo=UTC)
LEAST_NUMBER = -(10**12)


@dataclass(frozen=True)
class Then:
    """A further column: its value, which is never NULL, and its way."""

    value: ColumnElement[Any]
    descending: bool


@dataclass(frozen=True)
class Order:
    """What the rows are sorted by before their id."""

    value: ColumnElement[Any]
    id: ColumnElement[int]
    descending: bool
    nullable: bool
    then: tuple[Then, ...] = ()

    @property
    def backwards(self) -> "Order":
        """The same rows from the last to the first."""
        then = tuple(replace(one, descending=not one.descending) for one in self.then)
        return replace(self, descending=not self.descending, then=then)


def order_of(desk: Desk, register: Register, source: Source, wanted: str) -> Order:
    """Return the order of names with commas between, such as "-ordered_on,customer_id".

    Names that the employee may not sort by are left out; without any it is the register's own order.
    """
    id_ = source.root.c.id
    for words in (wanted, register.table.order):
        found = _known(desk, register, words.split(","))
        if found:
            (name, descending, first), *others = found
            if first is None:
                return Order(id_, id_, descending, False)
            then = tuple(
                Then(_never_null(place, _sorted(source, place)), down) for _name, down, place in others if place
            )
            value = _sorted(source, first)
            return Order(value, id_, descending, may_be_null(first, source.shown(first)), then)
    return Order(id_, id_, True, False)


def _known(desk: Desk, register: Register, words: Sequence[str]) -> list[tuple[str, bool, Place | None]]:
    """Return name, way and place of what may be sorted by; the id has no place."""
    found: list[tuple[str, bool, Place | None]] = []
    for word in words:
        name, down = word.removeprefix("-"), word.startswith("-")
        if name == "id":
            found.append((name, down, None))
            continue
        try:
            place = place_of(register, name)
        except KeyError:
            continue
        covered = is_masked(desk.business, place.record, place.field, desk.roles)
        if is_seen(desk, register, place) and not covered and name not in {one[0] for one in found}:
            found.append((name, down, place))
    return found


def _sorted(source: Source, place: Place) -> ColumnElement[Any]:
    """Return what sorts a place: names by pinyin, as people look them up; numbers and codes as they stand."""
    value = source.shown(place)
    if place.column is not None or place.kind not in ("text", "link"):
        return value
    record, field = place.record, place.path[-1]
    if place.kind == "link":
        record = target_of(record, field)
        field = record.title_fields[0]
    column = record.__table__.columns.get(field)
    if field == "number" or (column is not None and column.unique):
        return value
    return source.read_order(place) if place.kind == "link" else by_pinyin(value)


def may_be_null(place: Place, value: ColumnElement[Any]) -> bool:
    """Say whether the value of a place can be NULL; what an outer join brings always can."""
    return len(place.path) > 1 or place.kind == "link" or getattr(value, "nullable", True)


def _never_null(place: Place, value: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return the value with the least one of its kind in place of NULL, so that rows without it stand together."""
    if not may_be_null(place, value):
        return value
    if place.kind in DATES:
        least: Any = LEAST_DAY
    elif place.kind == "moment":
        least = LEAST_MOMENT
    elif isinstance(value.type, (Money, UnitPrice, Rate)) or place.kind in ("number", "quantity"):
        least = LEAST_NUMBER
    else:
        least = False if place.kind == "yes_no" else ""
    return func.coalesce(value, literal(least, value.type), type_=value.type)
