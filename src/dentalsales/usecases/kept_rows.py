"""Which rows a query keeps: the employee's own where his roles see no more, the filters, the search."""

from sqlalchemy import Connection

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
    if query.search.strip():
        matching = search(connection, register, query.search)
        if matching is None:
            return None
        found.append(matching)
    return found
