"""What others changed: in one record since it was opened, and in all registers since somebody last asked."""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from dentalsales.blueprint.house_records import Employee, History
from dentalsales.blueprint.register import Register
from dentalsales.i18n import Text
from dentalsales.usecases import save_record
from dentalsales.usecases.desk import RIGHTS, Desk
from dentalsales.usecases.form_history import state_label, step_label

MOST = 500
"""So many entries are read at once; who missed more reads everything again anyway."""


@dataclass(frozen=True)
class Event:
    """One entry of a record's history: who did what, when, and which fields it names."""

    who: str
    at: datetime
    label: Text
    to_label: Text
    moved: bool
    names: frozenset[str]
    version: int


@dataclass(frozen=True)
class News:
    """What came into the history since an entry: the newest entry now, and the registers that were written to."""

    last: int
    registers: frozenset[str] = frozenset()


def newest(desk: Desk) -> int:
    """Return the number of the newest entry, from which `since` goes on."""
    with desk.company.reading() as session:
        return int(session.scalar(select(func.max(History.id))) or 0)


def since(desk: Desk, last: int) -> News:
    """Return which registers were written to after an entry, by whomever; the desk forgets its rights if they may be
    others now.

    Entries have the order of the commits, so nothing that came later has a smaller number.
    """
    with desk.company.reading() as session:
        rows = session.connection().execute(_since(), {"last": last}).all()
    registers = frozenset(row.register for row in rows)
    if registers & RIGHTS:
        desk.look_up_rights()
    known = {register.name for register in desk.business.registers}
    return News(rows[-1].id if rows else last, registers & known)


@lru_cache
def _since() -> Select[Any]:
    table: Any = History.__table__
    return select(table.c.id, table.c.register).where(table.c.id > bindparam("last")).order_by(table.c.id).limit(MOST)


def events_after(desk: Desk, register: Register, record_id: int, version: int) -> list[Event]:
    """Return what happened after a version of it to a record that the employee may see, newest first."""
    with desk.reading() as act:
        save_record.load(act, register, record_id)
        found = act.session.execute(
            _after(), {"register": register.name, "record_id": record_id, "version": version}
        ).all()
    return [_event(register, entry, who or "") for entry, who in found]


@lru_cache
def _after() -> Any:
    return (
        select(History, Employee.name)
        .join(Employee, Employee.id == History.employee_id, isouter=True)
        .where(
            History.register == bindparam("register"),
            History.record_id == bindparam("record_id"),
            History.version > bindparam("version"),
        )
        .order_by(History.id.desc())
        .limit(MOST)
    )


def _event(register: Register, entry: History, who: str) -> Event:
    return Event(
        who,
        entry.at,
        step_label(register, entry.step),
        state_label(register, entry.to_state),
        bool(entry.to_state) and entry.to_state != entry.from_state,
        frozenset(json.loads(entry.changes)) if entry.changes else frozenset(),
        entry.version or 0,
    )
