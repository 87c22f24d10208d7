"""The titles of records, as links show them."""

from collections.abc import Iterable

from sqlalchemy import select

from dentalsales.usecases.desk import Desk
from dentalsales.usecases.paths import class_of, title


def titles(desk: Desk, table_name: str, ids: Iterable[int]) -> dict[int, str]:
    """Return the titles of some records of a table by id; ids that do not exist are missing."""
    record = class_of(table_name, desk.business.registers[0].record)
    table = record.__table__
    wanted = select(table.c.id, title(record, table)).where(table.c.id.in_(sorted(set(ids))))
    with desk.company.reading() as session:
        return {record_id: words or "" for record_id, words in session.connection().execute(wanted)}
