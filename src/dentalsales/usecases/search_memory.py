"""Keeps the words of the registers that are typed most often in memory, for as long as they are what the company holds.

An index is made and renewed beside the window, when a field is entered that may need it. A search never waits for one:
while there is none, or somebody has changed something since, the database is asked. What an employee may see is not
known here; whoever shows what was found asks the database for it.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, func, select

from dentalsales.blueprint.house_records import History
from dentalsales.blueprint.record import fields_of
from dentalsales.blueprint.register import Register
from dentalsales.storage.company import Company
from dentalsales.storage.prepared import Prepared
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.paths import code_of, title
from dentalsales.usecases.word_index import Entry, WordIndex

MOST = 20_000
"""So many records of a register are held; one that has more is searched in the database."""


@dataclass
class _Held:
    """The words of one table; `moment` is when they were last compared with what the company holds."""

    moment: Hashable
    versions: Sequence[Any]
    """Id, version and code of every record: a step may give a code without a change of version."""
    index: WordIndex


_held: "WeakKeyDictionary[Company, dict[str, _Held]]" = WeakKeyDictionary()
_making = Lock()


def is_held(register: Register) -> bool:
    """Say whether a register's records are found by their own words alone; papers are many, and found by number."""
    table, fields = register.record.__table__, fields_of(register.record)
    names = register.table.search
    worded = bool(names) and all(name in fields and fields[name].search for name in names)
    return worded and "search_text" in table.c and register.record.title_fields != ("number",)


def index_of(desk: Desk, register: Register) -> WordIndex | None:
    """Return the words of a register when they are surely what the company holds now."""
    held = _held.get(desk.company, {}).get(register.record.__tablename__)
    return held.index if held is not None and held.moment == _moment(desk) else None


def make_ready(desk: Desk, table_name: str) -> None:
    """Read the words of a table if they are not held, or not those of now; takes up to a second: call it aside."""
    register = desk.business.register_of_table(table_name)
    if not is_held(register):
        return
    with _making, desk.reading() as act:
        moment, table = _moment(desk), register.record.__table__  # before anything is read: what follows may be newer
        connection = act.session.connection()
        known = _held.setdefault(desk.company, {})
        held = known.get(table_name)
        if held is not None and held.moment == moment:
            return
        versions = connection.execute(select(table.c.id, table.c.version, code_of(register)).order_by(table.c.id)).all()
        if held is not None and held.versions == versions:
            held.moment = moment
        elif len(versions) <= MOST:
            known[table_name] = _Held(moment, versions, WordIndex(_entries(connection, register)))
        else:
            known.pop(table_name, None)


def _moment(desk: Desk) -> Hashable:
    """Return what changes with every write: here it is counted, elsewhere it leaves an entry in the history."""
    return desk.company.writes, _LAST_ENTRY.rows(desk.company.engine)[0][0]


_LAST_ENTRY = Prepared(select(func.max(History.__table__.c.id)))


def _entries(connection: Connection, register: Register) -> list[Entry]:
    table: Any = register.record.__table__
    words = select(table.c.id, code_of(register), title(register.record, table), table.c.search_text)
    return [Entry(key, code or "", named or "", text or "") for key, code, named, text in connection.execute(words)]
