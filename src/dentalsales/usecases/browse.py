"""Lists: plain rows page by page, their totals, their columns and views, and the lists on a record's card."""

from decimal import Decimal
from typing import Any

from sqlalchemy import Select, func, select

from dentalsales.blueprint.table import Filter, View
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.kept_rows import kept_rows
from dentalsales.usecases.keyset import fetch, key_of
from dentalsales.usecases.list_frame import frame_of, list_column, names_of, places
from dentalsales.usecases.list_groups import groups, may_group
from dentalsales.usecases.list_query import Group, ListColumn, ListRow, Page, Query, RelatedList, Totals, Window
from dentalsales.usecases.list_sheet import sheet
from dentalsales.usecases.list_views import is_seen
from dentalsales.usecases.list_window import ids, window
from dentalsales.usecases.paths import Source
from dentalsales.usecases.titles import titles

__all__ = ["Group", "ListColumn", "ListRow", "Page", "Query", "RelatedList", "Totals", "Window", "all_columns",
           "columns", "groups", "ids", "may_group", "page", "related", "sheet", "shown_columns", "titles", "totals",
           "views", "window"]  # fmt: skip


def columns(desk: Desk, register_name: str) -> list[ListColumn]:
    """Return the usual columns of a list, as far as the employee may see them."""
    return _columns(desk, register_name, more=False)


def all_columns(desk: Desk, register_name: str) -> list[ListColumn]:
    """Return every column that a list can show this employee, the usual ones first."""
    return _columns(desk, register_name, more=True)


def shown_columns(desk: Desk, query: Query) -> list[ListColumn]:
    """Return the columns of a query's cells in their order; what the employee may not see is missing."""
    desk.demand(query.register, "view")
    return list(frame_of(desk, query).columns)


def page(desk: Desk, query: Query, after: Any | None = None, limit: int = 200) -> Page:
    """Return up to `limit` rows after another page's `next`; NotAllowed without the right to see the register."""
    desk.demand(query.register, "view")
    frame = frame_of(desk, query)
    with desk.company.reading_rows() as connection:
        found = kept_rows(desk, connection, query)
        if found is None:
            return Page([])
        raw = fetch(connection, frame, found, after, limit + 1)
    return Page(frame.rows(raw[:limit]), key_of(frame, raw[limit - 1]) if len(raw) > limit else None)


def totals(desk: Desk, query: Query) -> Totals:
    """Return how many rows a query has and the sums of its total columns, in one statement."""
    desk.demand(query.register, "view")
    register = desk.business.register(query.register)
    source = Source(desk, register.record)
    summed = [place for place in places(desk, register, query.columns or names_of(register)) if place.total]
    values = [source.value(place) for place in summed]
    sums_of: list[Any] = [func.sum(value, type_=value.type) for value in values]
    counted: Select[Any] = select(func.count(), *sums_of).select_from(source.clause)
    with desk.company.reading_rows() as connection:
        found = kept_rows(desk, connection, query)
        if found is None:
            return Totals(0, {place.name: Decimal(0) for place in summed})
        count, *sums = connection.execute(counted.where(*found)).one()
    return Totals(count, {place.name: amount or Decimal(0) for place, amount in zip(summed, sums, strict=True)})


def views(desk: Desk, register_name: str) -> tuple[View, ...]:
    """Return the views that a register offers, without those that filter by something the employee may not see."""
    desk.demand(register_name, "view")
    register = desk.business.register(register_name)
    return tuple(view for view in register.table.views if is_seen(desk, register, view.filters))


def related(desk: Desk, register_name: str, record_id: int) -> list[RelatedList]:
    """Return the tabs of a record's card: the lists of the registers that name this one, as far as they may be seen."""
    return [
        RelatedList(register, register.title, Query(register.name, filters=(Filter(one.path, "=", record_id),)))
        for register in desk.business.registers
        for one in register.related
        if one.target == register_name and desk.may(register.name, "view")
    ]


def _columns(desk: Desk, register_name: str, more: bool) -> list[ListColumn]:
    desk.demand(register_name, "view")
    register = desk.business.register(register_name)
    return [list_column(desk, place) for place in places(desk, register, names_of(register, more))]
