"""The first steps of a new company: which are done, and which this employee may take."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dentalsales.blueprint.tile import FirstStep
from dentalsales.usecases.desk import Desk


def first_steps(desk: Desk) -> list[tuple[FirstStep, bool]]:
    """Return the steps that the employee may take, and whether each is done; none once the last one is."""
    declared = desk.business.first_steps
    if not declared:
        return []
    with desk.company.reading() as session:
        if _is_done(desk, session, declared[-1]):
            return []
        return [(step, _is_done(desk, session, step)) for step in declared if _may_take(desk, step)]


def _may_take(desk: Desk, step: FirstStep) -> bool:
    if step.import_kind:
        return bool(desk.roles & desk.business.import_kind(step.import_kind).roles)
    return desk.may_begin(step.register)


def _is_done(desk: Desk, session: Session, step: FirstStep) -> bool:
    record: Any = desk.business.register(step.register).record
    return len(session.execute(select(record.id).limit(step.enough)).all()) == step.enough
