"""A list in groups: which values a column has under a query, how many rows each, and their sums, in one statement."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select

from dentalsales.blueprint.fields import IN_TIME
from dentalsales.blueprint.register import Register
from dentalsales.blueprint.table import Filter
from dentalsales.i18n import Text, _
from dentalsales.storage.pinyin_order import pinyin_order
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.kept_rows import kept_rows
from dentalsales.usecases.list_filter import seen_place
from dentalsales.usecases.list_frame import choices_of, names_of, places
from dentalsales.usecases.list_query import Group, Query
from dentalsales.usecases.office_month import month_of_day, month_of_moment
from dentalsales.usecases.paths import Place, Source
from dentalsales.usecases.titles import titles

GROUPED = frozenset({"choice", "state", "link", "yes_no", *IN_TIME, "text"})
"""Kinds of column whose equal values may stand together."""
MOST = 5000
"""So many groups are shown; a column with more values is no way to group."""
NOTHING = _("Empty")


def groups(desk: Desk, query: Query) -> list[Group]:
    """Return the groups of a query by the column `query.group`; NotAllowed without the right to see the register.

    Choices and states come in the order of their declaration, days by month with the newest first, all else by value.
    """
    desk.demand(query.register, "view")
    register = desk.business.register(query.register)
    place = seen_place(desk, register, query.group)
    source = Source(desk, register.record)
    summed = [one for one in places(desk, register, query.columns or names_of(register)) if one.total]
    value = _grouped_value(source, place)
    sums = [func.sum(source.value(one), type_=source.value(one).type) for one in summed]
    statement: Select[Any] = select(value.label("value"), func.count(), *sums).select_from(source.clause)
    with desk.company.reading_rows() as connection:
        kept = kept_rows(desk, connection, query)
        if kept is None:
            return []
        raw = connection.execute(statement.where(*kept).group_by(value).order_by(value).limit(MOST)).all()
    return _made(desk, register, place, raw, [one.name for one in summed])


def group_places(desk: Desk, query: Query, made: Sequence[Group]) -> dict[int, int]:
    """Return for each record of a query the place of its group among the groups of that query."""
    register = desk.business.register(query.register)
    place, source = seen_place(desk, register, query.group), Source(desk, register.record)
    at = {None if one.filter.operator == "empty" else one.filter.value: number for number, one in enumerate(made)}
    statement: Select[Any] = select(register.record.id, _grouped_value(source, place)).select_from(source.clause)
    with desk.company.reading_rows() as connection:
        kept = kept_rows(desk, connection, query)
        raw = connection.execute(statement.where(*kept)).all() if kept is not None else []
    last = len(made)
    return {row[0]: at.get(None if row[1] is None else _kept(place, row[1]), last) for row in raw}


def may_group(kind: str) -> bool:
    """Say whether a list can be grouped by a column of this kind."""
    return kind in GROUPED


def _grouped_value(source: Source, place: Place) -> ColumnElement[Any]:
    value = source.value(place)
    if place.kind in IN_TIME:
        return month_of_moment(value) if place.kind == "moment" else month_of_day(value)
    return func.nullif(value, "") if place.kind in ("choice", "text") else value


def _made(desk: Desk, register: Register, place: Place, raw: Sequence[Row[Any]], summed: Sequence[str]) -> list[Group]:
    words = _words(desk, place, [row[0] for row in raw])
    made = []
    for row in raw:
        value, count, *sums = tuple[Any, ...](row)
        which = Filter(place.name, "empty") if value is None else Filter(place.name, "=", _kept(place, value))
        totals = {name: amount or 0 for name, amount in zip(summed, sums, strict=True)}
        made.append(Group(NOTHING if value is None else words(value), _shown_kind(place), count, totals, which))
    return sorted(made, key=_place_of_group(desk, place))


def _shown_kind(place: Place) -> str:
    return "yes_no" if place.kind == "yes_no" else "text"


def _kept(place: Place, value: Any) -> Any:
    return bool(value) if place.kind == "yes_no" else value


def _words(desk: Desk, place: Place, values: Sequence[Any]) -> Callable[[Any], Any]:
    """Return what makes words of a group's value."""
    if place.kind in ("choice", "state"):
        labels = dict(choices_of(desk, place))
        return lambda value: labels.get(value) or Text(str(value))
    if place.kind == "link" and place.field is not None and place.field.target is not None:
        named = titles(desk, place.field.target, [value for value in values if value is not None])
        return lambda value: named.get(value, f"#{value}")
    return lambda value: _kept(place, value)


def _place_of_group(desk: Desk, place: Place) -> Callable[[Group], Any]:
    """Return the sort key of the groups of a column."""
    if place.kind in ("choice", "state"):
        declared = {name: at for at, (name, _label) in enumerate(choices_of(desk, place))}
        return lambda group: declared.get(group.filter.value, len(declared))
    if place.kind in IN_TIME:
        return lambda group: -_month_number(group.filter.value)
    return lambda group: (group.filter.operator == "empty", pinyin_order(str(group.words)))


def _month_number(month: Any) -> int:
    return int(str(month).replace("-", "")) if isinstance(month, str) else 0
