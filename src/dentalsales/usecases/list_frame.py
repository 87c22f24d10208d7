"""The part of a list's statement that stays the same from page to page: columns, joins, order and making of cells."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, Select, null, select

from dentalsales.blueprint.fields import Choices
from dentalsales.blueprint.masking import masked
from dentalsales.blueprint.register import Register
from dentalsales.i18n import Text, joined
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.list_order import Order, may_be_null, order_of
from dentalsales.usecases.list_query import ListColumn, ListRow, Query
from dentalsales.usecases.masking import is_masked
from dentalsales.usecases.own_records import is_seen
from dentalsales.usecases.paths import Place, Source, place_of, state_choices
from dentalsales.usecases.state_label import state_label

WIDTHS = {
    "number": 8, "quantity": 8, "money": 13, "price": 12, "percent": 8, "day": 11, "month": 14, "moment": 17,
    "yes_no": 6, "choice": 10, "choices": 20, "state": 10, "link": 20, "note": 30, "text": 16,
}  # fmt: skip
"""Characters that a column of a kind needs at first."""
UNSORTED = frozenset({"note", "choices"})

ID, STATE, TURN = range(3)
"""Where a frame's statement has the id, the state and the role whose turn it is."""

Columns = Sequence[Sequence[Any]]
"""The values of the statement, one sequence a selected column: cells are made a column at a time, which is fast."""
Make = Callable[[Columns], Iterable[Any]]


@dataclass(frozen=True)
class Frame:
    """One statement without its conditions, and how its columns become cells."""

    columns: tuple[ListColumn, ...]
    select: Select[Any]
    order: Order
    keys: tuple[int, ...]
    """Where the statement has the sorted values, the id last."""
    makers: tuple[Make, ...]
    families: dict[str, str]
    """Colour family of every state."""
    parts: dict[tuple[bool, bool, bool], Select[Any]] = field(default_factory=dict)
    """The statement sorted, by stretch of the pages and by what is selected; kept so that it is built once."""

    def rows(self, raw: Sequence[Any]) -> list[ListRow]:
        """Make list rows of rows of the statement."""
        if not raw:
            return []
        values = list(zip(*raw, strict=True))
        cells = zip(*(make(values) for make in self.makers), strict=True) if self.makers else ((),) * len(raw)
        if not self.families:
            return list(map(ListRow, values[ID], cells))
        families = map(self.families.get, values[STATE], ("",) * len(raw))
        return list(map(ListRow, values[ID], cells, values[STATE], families))


_frames: "WeakKeyDictionary[Desk, dict[tuple[Any, ...], Frame]]" = WeakKeyDictionary()


def frame_of(desk: Desk, query: Query, backwards: bool = False) -> Frame:
    """Return the frame of a query, made once for its register, columns and order; `backwards` begins at its end.

    Roles come and go with a deputy's days: a frame is of the roles for which it was made.
    """
    frames = _frames.setdefault(desk, {})
    shape = (query.register, query.columns, query.order, backwards, desk.roles)
    if shape not in frames:
        if backwards:
            forwards = frame_of(desk, query)
            frames[shape] = replace(forwards, order=forwards.order.backwards, parts={})
        else:
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
        if is_seen(desk, register, place):
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
        place.field is not None and place.field.deadline,
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
    source = Source(desk, register.record)
    shown = places(desk, register, query.columns or names_of(register))
    order = order_of(desk, register, source, query.order)
    root, workflow = source.root, register.workflow
    turn = root.c.turn if workflow and workflow.route else null()
    state = [root.c.state if workflow else null(), turn]
    selected: list[ColumnElement[Any]] = [root.c.id, *state]
    makers = [_maker(desk, register, one, value, _index(selected, value)) for one, value in _values(source, shown)]
    sorted_by = [order.value, *(one.value for one in order.then), order.id]
    keys = tuple(_index(selected, value) for value in sorted_by)
    named = [value.label(f"c{index}") for index, value in enumerate(selected)]
    return Frame(
        tuple(list_column(desk, place) for place in shown),
        select(*named).select_from(source.clause),
        order,
        keys,
        tuple(makers),
        {one.name: one.family for one in workflow.states} if workflow else {},
    )


def _values(source: Source, shown: Sequence[Place]) -> list[tuple[Place, ColumnElement[Any]]]:
    return [(place, source.shown(place)) for place in shown]


def _index(selected: list[ColumnElement[Any]], value: ColumnElement[Any]) -> int:
    """Return where a value is selected; one that is not yet is added."""
    for index, one in enumerate(selected):
        if one is value:
            return index
    selected.append(value)
    return len(selected) - 1


def _maker(desk: Desk, register: Register, place: Place, value: ColumnElement[Any], at: int) -> Make:
    """Return how the cells of a column are made."""
    if is_masked(desk.business, place.record, place.field, desk.roles):
        return lambda columns: [masked(text or "") for text in columns[at]]
    words = dict(choices_of(desk, place))
    if place.kind == "state" and place.path == ("state",) and register.workflow and register.workflow.route:
        label = partial(state_label, register.workflow)
        return lambda columns: map(label, columns[STATE], columns[TURN])
    if place.kind in ("choice", "state"):
        return lambda columns: map(words.get, columns[at], columns[at])
    if place.kind == "choices":
        return lambda columns: [_labels(words, text or "") for text in columns[at]]
    if place.kind in ("text", "link") and may_be_null(place, value):
        return lambda columns: [text or "" for text in columns[at]]
    return lambda columns: columns[at]


def _labels(words: dict[str, Text], text: str) -> Text:
    return joined(tuple(words.get(word, Text(word)) for word in text.split(",") if word))
