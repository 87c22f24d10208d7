"""Records that are not as their last entry in the history left them: somebody changed them past the program."""

from functools import cache
from typing import Any

from sqlalchemy import Select, Table, case, func, literal, null, or_, select

from dentalsales.blueprint.house_records import History
from dentalsales.blueprint.record import RecordWords
from dentalsales.blueprint.register import Register
from dentalsales.blueprint.roles import MANAGERS
from dentalsales.blueprint.rules import NotAllowed
from dentalsales.i18n import Text, _
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.paths import title

MOST = 50
"""So many records of a register are named."""

CHANGED = _("{title} {name} was changed without the history: version {version} now, {told} in its last entry.")
MOVED = _("{title} {name} was moved without the history: “{state}” now, “{told}” in its last entry.")
GONE = _("{title} #{number} was deleted without the history.")
CAME = _("{title} {name} came without the history: no entry says who made it.")
_H: Any = History.__table__


def unwritten_changes(desk: Desk) -> tuple[int, list[Text]]:
    """Return how many records were compared, and a sentence for each that is not as its last entry says."""
    if not desk.roles & MANAGERS:
        raise NotAllowed(_("The history is verified by the sales manager or director."))
    found: list[Text] = []
    compared = 0
    for register in desk.business.registers:
        if not issubclass(register.record, RecordWords):
            continue
        record: Any = register.record
        count, differing, strangers = _questions(record, register.name, register.workflow is not None)
        with desk.company.reading() as session:
            connection = session.connection()
            compared += connection.scalar(count) or 0
            found += (_told(register, row) for row in connection.execute(differing))
            if register.workflow is not None:
                found += (_came(register, row) for row in connection.execute(strangers))
    return compared, found


@cache
def _questions(record: Any, register: str, has_states: bool) -> tuple[Select[Any], Select[Any], Select[Any]]:
    """Return what is asked of the records of a register: how many there are, which differ, which are strangers.

    Putting the questions together takes many times as long as a small company takes to answer them.
    """
    table: Table = record.__table__
    name = title(record, table)
    differing = _differing(register, table, name, has_states)
    return select(func.count()).select_from(table), differing, _strangers(register, table, name)


def _differing(register: str, table: Table, name: Any, has_states: bool) -> Select[Any]:
    """Return the query for records that are gone, or in another version or state than their newest entries say."""
    newest = (
        select(
            _H.c.record_id,
            func.max(_H.c.id).label("last"),
            func.max(case((_H.c.version.is_not(None), _H.c.id))).label("versioned"),
            func.max(case((_H.c.to_state != "", _H.c.id))).label("stated"),
        )
        .where(_H.c.register == register, _H.c.record_id > 0)
        .group_by(_H.c.record_id)
        .subquery()
    )
    last, versioned, stated = _H.alias("last_entry"), _H.alias("versioned_entry"), _H.alias("stated_entry")
    state: Any = table.c.state if has_states else null()
    wrong = [table.c.id.is_(None) & (last.c.step != "deleted"), table.c.version != versioned.c.version]
    if has_states:
        wrong.append(table.c.state != stated.c.to_state)
    return (
        select(
            newest.c.record_id,
            table.c.id,
            name,
            table.c.version,
            versioned.c.version,
            state,
            stated.c.to_state,
        )
        .select_from(newest)
        .join(last, last.c.id == newest.c.last)
        .outerjoin(versioned, versioned.c.id == newest.c.versioned)
        .outerjoin(stated, stated.c.id == newest.c.stated)
        .outerjoin(table, table.c.id == newest.c.record_id)
        .where(or_(*wrong))
        .order_by(newest.c.record_id)
        .limit(MOST)
    )


def _told(register: Register, row: Any) -> Text:
    number, there, name, version, told_version, state, told_state = row
    words = {"title": register.title, "name": name or f"#{number}"}
    if there is None:
        return GONE.fill(title=register.title, number=number)
    if state is not None and told_state and state != told_state:
        return MOVED.fill(**words, state=_state(register, state), told=_state(register, told_state))
    return CHANGED.fill(**words, version=version, told=told_version)


def _state(register: Register, name: str) -> Text:
    states = {state.name: state.label for state in register.workflow.states} if register.workflow else {}
    return states.get(name, Text(name))


def _strangers(register: str, table: Table, name: Any) -> Select[Any]:
    """Return the query for papers that no entry knows."""
    entry = select(literal(1)).where(_H.c.register == register, _H.c.record_id == table.c.id)
    return select(table.c.id, name).where(~entry.exists()).order_by(table.c.id).limit(MOST)


def _came(register: Register, row: Any) -> Text:
    number, name = row
    return CAME.fill(title=register.title, name=name or f"#{number}")
