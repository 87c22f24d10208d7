"""The part of a list's statement that stays the same from page to page: columns, joins, order and making of cells."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, Select, select

from dentalsales.blueprint.fields import Choices
from dentalsales.blueprint.register import Register
from dentalsales.i18n import Text
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.list_query import ListColumn, ListRow, Query
from dentalsales.usecases.masking import is_masked, masked
from dentalsales.usecases.paths import Place, Source, place_of, state_choices
from dentalsales.usecases.state_label import state_label
from dentalsales.usecases.take_step import joined

WIDTHS = {
    "number": 8, "quantity": 8, "money": 13, "price": 12, "percent": 8, "day": 11, "moment": 17, "yes_no": 6,
    "choice": 10, "choices": 20, "state": 10, "link": 20, "note": 30, "text": 16,
}  # fmt: skip
"""Characters that a column of a kind needs at first."""
UNSORTED = frozenset({"note", "choices"})

Make = Callable[[Any], Any]


@dataclass(frozen=True)
class Order:
    """What the rows are sorted by before their id."""

    value: ColumnElement[Any]
    id: ColumnElement[int]
    descending: bool
    nullable: bool


@dataclass(frozen=True)
class Frame:
    """One statement without its conditions; the last selected column is the sorted value."""

    columns: tuple[ListColumn, ...]
    select: Select[Any]
    order: Order
    makers: tuple[tuple[int, Make | None], ...]
    families: dict[str, str]
    """Colour family of every state."""

    def row(self, raw: Any) -> ListRow:
        """Make a list row of a row of the statement: id, state, position in the route, columns, sorted value."""
        cells = tuple([raw[at] if make is None else make(raw) for at, make in self.makers])
        return ListRow(raw[0], cells, raw[1] if self.families else "", self.families.get(raw[1], ""))


_frames: "WeakKeyDictionary[Desk, dict[tuple[Any, ...], Frame]]" = WeakKeyDictionary()


def frame_of(desk: Desk, query: Query) -> Frame:
    """Return the frame of a query, made once for its register, columns and order."""
    frames = _frames.setdefault(desk, {})
    shape = (query.register, query.columns, query.order)
    if shape not in frames:
        frames[shape] = _make_frame(desk, query)
    return frames[shape]


def places(desk: Desk, register: Register, names: Sequence[str]) -> list[Place]:
    """Return what the employee may see of some names; others, and names the list no longer has, are left out."""
    found = []
    for name in names:
        try:
            place = place_of(register, name)
        except KeyError:
            continue
        if place.is_seen_by(desk.roles):
            found.append(place)
    return found


def names_of(register: Register, more: bool = False) -> tuple[str, ...]:
    """Return the names of a register's usual columns, or of all."""
    columns = (*register.table.columns, *register.table.more) if more else register.table.columns
    return tuple(column if isinstance(column, str) else column.name for column in columns)


def list_column(desk: Desk, place: Place) -> ListColumn:
    """Return the words for a column."""
    return ListColumn(
        place.name,
        place.label,
        place.kind,
        WIDTHS.get(place.kind, WIDTHS["text"]),
        place.total,
        place.kind not in UNSORTED,
        tuple(choices_of(desk, place)),
        place.field.target if place.field else None,
    )


def choices_of(desk: Desk, place: Place) -> Choices:
    """Return the words that a place can hold, states included."""
    if place.kind == "state":
        return state_choices(_register_of(desk, place.record))
    return place.field.choices if place.field else ()


def _register_of(desk: Desk, record: type[Any]) -> Register | None:
    try:
        return desk.business.register_of_table(record.__tablename__)
    except KeyError:
        return None


def _make_frame(desk: Desk, query: Query) -> Frame:
    register = desk.business.register(query.register)
    source = Source(register.record)
    shown = places(desk, register, query.columns or names_of(register))
    order = _order(desk, register, source, query.order)
    root, workflow = source.root, register.workflow
    state = [root.c.state, root.c.route_position] if workflow else [root.c.id, root.c.id]
    pairs = [(place, source.shown(place)) for place in shown]
    values = [value.label(f"c{index}") for index, (place, value) in enumerate(pairs)]
    statement = select(root.c.id, *state, *values, order.value.label("sorted")).select_from(source.clause)
    return Frame(
        tuple(list_column(desk, place) for place in shown),
        statement,
        order,
        tuple((at, _maker(desk, register, one, value, at)) for at, (one, value) in enumerate(pairs, 3)),
        {one.name: one.family for one in workflow.states} if workflow else {},
    )


def _order(desk: Desk, register: Register, source: Source, wanted: str) -> Order:
    """Return the wanted order, or the register's own where the employee may not sort by what he wants."""
    id_ = source.root.c.id
    for order in (wanted, register.table.order):
        name = order.removeprefix("-")
        if name == "id":
            return Order(id_, id_, order.startswith("-"), False)
        for place in places(desk, register, [name]):
            value = source.shown(place)
            return Order(value, id_, order.startswith("-"), may_be_null(place, value))
    return Order(id_, id_, True, False)


def may_be_null(place: Place, value: ColumnElement[Any]) -> bool:
    """Say whether the value of a place can be NULL; what an outer join brings always can."""
    return len(place.path) > 1 or place.kind == "link" or getattr(value, "nullable", True)


def _maker(desk: Desk, register: Register, place: Place, value: ColumnElement[Any], at: int) -> Make | None:
    """Return how a cell is made of a raw row; None when the stored value is shown as it is."""
    if is_masked(desk.business, place.record, place.field, desk.roles):
        return lambda raw: masked(raw[at] or "")
    words = dict(choices_of(desk, place))
    if place.kind == "state" and len(place.path) == 1 and register.workflow is not None:
        workflow = register.workflow
        return lambda raw: state_label(workflow, raw[1], raw[2])
    if place.kind in ("choice", "state"):
        return lambda raw: words.get(raw[at], raw[at] or "")
    if place.kind == "choices":
        return lambda raw: joined(tuple(words.get(word, Text(word)) for word in (raw[at] or "").split(",") if word))
    if place.kind in ("text", "link") and may_be_null(place, value):
        return lambda raw: raw[at] or ""
    return None
