"""A list as a sheet for Excel and PDF: exactly what it shows; every export is remembered (M125)."""

from collections.abc import Iterator, Sequence
from typing import Any, cast

from sqlalchemy import Connection

from dentalsales.blueprint.fields import IN_TIME
from dentalsales.blueprint.register import Register
from dentalsales.blueprint.report import Period
from dentalsales.blueprint.sheet import NUMBER_KINDS, Block, Opens, Row, Sheet, SheetColumn
from dentalsales.blueprint.table import Filter
from dentalsales.i18n import Text, _, c_, joined, tr
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.exports import remember
from dentalsales.usecases.kept_rows import kept_rows
from dentalsales.usecases.keyset import ordered, stretches
from dentalsales.usecases.list_filter import days_of, plain_value, seen_place
from dentalsales.usecases.list_frame import Frame, choices_of, frame_of
from dentalsales.usecases.list_groups import group_places, groups
from dentalsales.usecases.list_query import Group, ListColumn, Query
from dentalsales.usecases.paths import Place
from dentalsales.usecases.titles import titles

OPERATORS = {
    "=": _("{value}"),
    "!=": _("not {value}"),
    "<": _("below {value}"),
    "<=": _("up to {value}"),
    ">": _("above {value}"),
    ">=": _("from {value}"),
    "in": _("{value}"),
    "has": _("contains “{value}”"),
    "empty": _("empty"),
    "not_empty": _("not empty"),
    "not_since": _("not since {value}"),
}
CHUNK = 5000
"""So many rows are made at a time."""
WIDE = 7
"""A sheet with more columns lies across the paper."""


def sheet(desk: Desk, query: Query) -> Sheet:
    """Return all rows of a query as a sheet and remember the export; NotAllowed without the right to export.

    A list in groups has its rows group by group, and a second table with count and sums of each group.
    """
    desk.demand(query.register, "view")
    desk.demand(query.register, "export")
    register = desk.business.register(query.register)
    frame = frame_of(desk, query)
    with desk.company.reading_rows() as connection:
        rows = _rows(desk, connection, frame, query)
    made = groups(desk, query) if query.group else []
    if made:
        places = group_places(desk, query, made)
        rows = tuple(sorted(rows, key=lambda row: places.get(_id_of(row), len(made))))
    remember_export(desk, query, len(rows), "sheet")
    columns = tuple(_column(column) for column in frame.columns)
    return Sheet(
        register.name,
        register.title,
        "",
        (Block(register.title, columns, rows, register.name), *_sums_of(desk, register, query, columns, made)),
        desk.letterhead(),
        landscape=len(columns) > WIDE,
        made_at=desk.now(),
        made_by=desk.signs_as,
        conditions=_conditions(desk, register, query),
    )


def remember_export(desk: Desk, query: Query, count: int, way: str) -> None:
    """Leave an entry that says how many rows left the program, with which columns and filters, and by which way."""
    register = desk.business.register(query.register)
    told = {
        "count": count,
        "columns": [tr(column.label) for column in frame_of(desk, query).columns],
        "filters": [[tr(label), tr(value)] for label, value in _conditions(desk, register, query)],
        "checked": len(query.only),
        "way": way,
    }
    remember(desk, register.name, str(count), told, desk.rights.absent_for(register.access.exporters, desk.today))


def _rows(desk: Desk, connection: Connection, frame: Frame, query: Query) -> tuple[Row, ...]:
    kept = kept_rows(desk, connection, query)
    if kept is None:
        return ()
    parts = [ordered(frame, empty).where(*kept) for empty in stretches(frame.order)]
    chunks = (chunk for part in parts for chunk in connection.execute(part).partitions(CHUNK))
    return tuple(Row(row.cells, Opens(query.register, row.id)) for chunk in chunks for row in frame.rows(chunk))


def _id_of(row: Row) -> int:
    return row.opens.record_id or 0 if row.opens is not None else 0


def _sums_of(
    desk: Desk, register: Register, query: Query, columns: Sequence[SheetColumn], made: Sequence[Group]
) -> Iterator[Block]:
    """Give the table of the groups: words, how many rows, and the sums of the columns that the list sums."""
    if not made:
        return
    label = seen_place(desk, register, query.group).label
    summed = [column for column in columns if column.total]
    head = (
        SheetColumn("group", label, made[0].kind, 30),
        SheetColumn("count", c_("group", "Records"), "number", 10, total=True),
    )
    rows = tuple(Row((one.words, one.count, *(one.sums.get(column.name) for column in summed))) for one in made)
    yield Block(_("Sums by {column}").fill(column=label), (*head, *summed), rows, "groups")


def _column(column: ListColumn) -> SheetColumn:
    return SheetColumn(
        column.name, column.label, column.kind, column.width, column.total and column.kind in NUMBER_KINDS
    )


def _conditions(desk: Desk, register: Register, query: Query) -> tuple[tuple[Text, str], ...]:
    """Return the search and the filters in words."""
    found: list[tuple[Text, str]] = [(_("Search"), query.search.strip())] if query.search.strip() else []
    for one in query.filters:
        place = seen_place(desk, register, one.name)
        found.append((place.label, OPERATORS[one.operator].fill(value=_words(desk, place, one))))
    return tuple(found)


def _words(desk: Desk, place: Place, one: Filter) -> str:
    values = one.value if one.operator == "in" else [one.value]
    return joined(cast(tuple[Text, ...], tuple(_word(desk, place, value) for value in values)))


def _word(desk: Desk, place: Place, value: Any) -> str:
    if value is None:
        return ""
    if place.kind == "moment" and value == "now":
        return _("now")
    if place.kind in IN_TIME:
        return str(Period(*days_of(desk, value)))
    if place.kind == "yes_no":
        return _("yes") if plain_value(desk, place.kind, value) else _("no")
    if place.field is not None and place.field.target is not None:
        target_id = plain_value(desk, "link", value)
        return titles(desk, place.field.target, [target_id]).get(target_id, str(value))
    return dict(choices_of(desk, place)).get(value) or str(value)
