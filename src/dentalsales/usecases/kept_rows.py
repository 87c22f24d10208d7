"""Which rows a query keeps: the employee's own where his roles see no more, the filters, the search, the checked."""

from typing import Any

from sqlalchemy import Connection, bindparam

from dentalsales.usecases.desk import Desk
from dentalsales.usecases.list_filter import conditions
from dentalsales.usecases.list_query import Query
from dentalsales.usecases.list_search import search
from dentalsales.usecases.own_records import own_records
from dentalsales.usecases.paths import Condition


def kept_rows(desk: Desk, connection: Connection, query: Query) -> list[Condition] | None:
    """Return the conditions of a query; None when its search finds nothing at all."""
    register = desk.business.register(query.register)
    found = conditions(desk, register, query.filters)
    own = own_records(register, desk.roles, desk.employee_id)
    if own is not None:
        found.append(own)
    id_ = register.record.__table__.c.id
    if query.only:
        found.append(id_.in_(_ids(query.only)))
    if query.without:
        found.append(id_.not_in(_ids(query.without)))
    if query.search.strip():
        matching = search(desk, connection, register, query.search)
        if matching is None:
            return None
        found.append(matching)
    return found


def _ids(ids: tuple[int, ...]) -> Any:
    """Return ids to be written into the statement: a database takes only so many values beside it."""
    return bindparam(None, [int(one) for one in ids], expanding=True, literal_execute=True, unique=True)
