"""The titles of records, as links show them."""

from collections.abc import Iterable

from sqlalchemy import select

from dentalsales.usecases.desk import Desk
from dentalsales.usecases.own_records import own_records
from dentalsales.usecases.paths import class_of, title


def titles(desk: Desk, table_name: str, ids: Iterable[int]) -> dict[int, str]:
    """Return the titles of some records of a table by id; ids that do not exist are missing.

    Missing are also the records of others, for who sees only own ones; whoever sees none of a register reads their
    names on the papers that he does see.
    """
    record = class_of(table_name, desk.business.registers[0].record)
    table = record.__table__
    wanted = select(table.c.id, title(record, table)).where(table.c.id.in_(sorted(set(ids))))
    register = next((one for one in desk.business.registers if one.record is record), None)
    if register is not None and desk.may(register.name, "view"):
        own = own_records(register, desk.roles, desk.employee_id)
        wanted = wanted if own is None else wanted.where(own)
    with desk.company.reading_rows() as connection:
        return {record_id: words or "" for record_id, words in connection.execute(wanted)}
