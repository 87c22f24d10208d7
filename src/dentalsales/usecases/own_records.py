"""Whose records an employee sees: all of a register, or only those he owns (M3)."""

from sqlalchemy import ColumnElement, false

from dentalsales.blueprint.register import Register
from dentalsales.usecases import paths


def only_own(register: Register, roles: frozenset[str]) -> bool:
    """Say whether none of the roles sees more than the employee's own records."""
    return not roles & (register.access.view - register.access.own)


def own_records(register: Register, roles: frozenset[str], employee_id: int) -> ColumnElement[bool] | None:
    """Return the condition that keeps an employee to the records he may see, None when he sees all."""
    if not only_own(register, roles):
        return None
    owner = register.access.owner
    if owner is None or not roles & register.access.own:
        return false()
    return paths.where(register.record, owner.split("."), lambda column: column == employee_id)
