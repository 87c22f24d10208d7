"""Which records may still be chosen: what is disabled, void or a draft is not offered."""

from dentalsales.blueprint.register import Register
from dentalsales.usecases.paths import Condition


def offered(register: Register) -> list[Condition]:
    """Return the conditions of a record that may still be chosen."""
    table = register.record.__table__
    conditions: list[Condition] = []
    if "disabled" in table.c:
        conditions.append(table.c.disabled.is_(False))
    if "active" in table.c:
        conditions.append(table.c.active.is_(True))
    if register.workflow is not None:
        gone = [state.name for state in register.workflow.states if state.draft or state.family == "void"]
        conditions += [table.c.state.not_in(gone)] if gone else []
    return conditions
