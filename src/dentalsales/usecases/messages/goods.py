"""What the database knows for reading a message: what is sold, what the customer bought, what his words mean."""

from collections.abc import Sequence
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import func, select

from dentalsales.blueprint.messages import FromMessages, Spoken
from dentalsales.blueprint.record import child_class
from dentalsales.blueprint.register import Register
from dentalsales.usecases.messages.catalogue import ArticleRow, Catalogue
from dentalsales.usecases.messages.items import key_of
from dentalsales.usecases.offered import offered
from dentalsales.usecases.own_records import own_records

ORDERS_BACK = 40
"""So many of a customer's newest papers are looked at."""
Orders = list[list[tuple[int, int, str]]]


def catalogue(act: Any, register: Register) -> Catalogue:
    """Return what a register offers, as messages are matched with it; made anew when a record of it has changed."""
    own = own_records(register, act.roles, act.desk.employee_id)
    if own is not None:
        return _catalogue(act, register, [*offered(register), own])
    table = register.record.__table__.c
    stamp = act.session.execute(select(func.count(), func.max(table.id), func.sum(table.version))).one()
    kept = _CATALOGUES.setdefault(act.desk.company, {})
    if register.name not in kept or kept[register.name][0] != tuple(stamp):
        kept[register.name] = (tuple(stamp), _catalogue(act, register, offered(register)))
    return kept[register.name][1]


_CATALOGUES: WeakKeyDictionary[Any, dict[str, tuple[tuple[Any, ...], Catalogue]]] = WeakKeyDictionary()


def _catalogue(act: Any, register: Register, conditions: Sequence[Any]) -> Catalogue:
    spoken = register.spoken
    assert spoken is not None
    names = ("id", *dict.fromkeys((*register.record.title_fields, *spoken.codes, *spoken.named, *spoken.told)))
    columns = [register.record.__table__.c[name] for name in names]
    units = spoken.units(act)
    rows = act.session.execute(select(*columns).where(*conditions).order_by(columns[0]))
    made = [_row(dict(zip(names, row, strict=True)), register, spoken) for row in rows]
    return Catalogue([one._replace(units=tuple(units.get(one.id, ()))) for one in made], spoken.called)


def _row(values: dict[str, Any], register: Register, spoken: Spoken) -> ArticleRow:
    def texts(names: Sequence[str]) -> tuple[str, ...]:
        return tuple(str(values[name] or "") for name in names)

    title = " ".join(filter(None, texts(register.record.title_fields)))
    return ArticleRow(values["id"], title, texts(spoken.codes), texts(spoken.named), texts(spoken.told))


def orders_before(act: Any, register: Register, lines: str, words: FromMessages, whose: int, but: int | None) -> Orders:
    """Return what somebody ordered on his newest papers, newest first; void papers and the one at hand do not count."""
    head, child = register.record.__table__, child_class(register.record, lines).__table__
    conditions = [head.c[words.whose] == whose, head.c.id != (but or 0)]
    if register.workflow is not None:
        void = [state.name for state in register.workflow.states if state.family == "void"]
        conditions.append(head.c.state.not_in(void))
    newest = act.session.scalars(select(head.c.id).where(*conditions).order_by(head.c.id.desc()).limit(ORDERS_BACK))
    papers: dict[int, list[tuple[int, int, str]]] = {paper: [] for paper in newest}
    owner = next(key.parent for key in child.foreign_keys if key.column.table is head)
    columns = (owner, child.c[words.article], child.c[words.quantity], child.c[words.unit])
    ordered = select(*columns).where(owner.in_(papers)).order_by(owner.desc(), child.c.position)
    for paper, article, quantity, unit in act.session.execute(ordered):
        papers[paper].append((article, quantity, unit))
    return [lines for lines in papers.values() if lines]


def words_known(act: Any, remembered: Register, words: FromMessages, whose: int) -> dict[str, int]:
    """Return what the words of somebody were found to mean."""
    table = remembered.record.__table__
    query = select(table.c.said, table.c[words.article]).where(table.c[words.whose] == whose)
    found = {said: article for said, article in act.session.execute(query)}
    return {**{key_of(said): article for said, article in found.items()}, **found}
