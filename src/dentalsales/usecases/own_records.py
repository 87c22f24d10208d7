"""Whose records an employee sees: all of a register, or only those he owns (M3), and what lies behind their links."""

from sqlalchemy import ColumnElement, false

from dentalsales.blueprint.register import Register
from dentalsales.usecases import paths
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.paths import Place


def own_records(register: Register, roles: frozenset[str], employee_id: int) -> ColumnElement[bool] | None:
    """Return the condition that keeps an employee to the records he may see, None when he sees all."""
    if not register.access.only_own(roles):
        return None
    owner = register.access.owner
    if owner is None or not roles & register.access.own:
        return false()
    return paths.where(register.record, owner.split("."), lambda column: column == employee_id)


def is_seen(desk: Desk, register: Register, place: Place) -> bool:
    """Say whether the employee may see what a name of a list stands for.

    What a register declares belongs to its papers. Any other field behind a link is of another register, and is seen by
    who sees all that the link may lead to.
    """
    if not place.is_seen_by(desk.roles):
        return False
    if len(place.path) == 1 or place.name in _declared(register):
        return True
    record = register.record
    for number, name in enumerate(place.path[:-1], start=1):
        record = paths.target_of(record, name)
        if not _is_open(desk, register, record, ".".join(place.path[:number])):
            return False
    return True


def _is_open(desk: Desk, register: Register, target: type, path: str) -> bool:
    try:
        there = desk.business.register_of_table(target.__tablename__)  # type: ignore[attr-defined]
    except KeyError:
        return False
    own = there.access.only_own(desk.roles)
    return desk.may(there.name, "view") and (not own or paths.leads_to_own(register, desk.roles, path))


def _declared(register: Register) -> set[str]:
    columns = (*register.table.columns, *register.table.more)
    return {one for one in columns if isinstance(one, str)} | {*register.table.filters, *register.table.search}
