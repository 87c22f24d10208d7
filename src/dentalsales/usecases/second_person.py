"""Somebody else's eyes (PS14): who had a hand in a paper does not approve it, and it does not wait for him either."""

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from dentalsales.blueprint.house_records import History
from dentalsales.blueprint.register import Register
from dentalsales.blueprint.workflow import Step
from dentalsales.storage.history_chain import write_waiting

BEGINNINGS = ("created", "imported")
"""How the history calls the first entry of a record."""
WRITTEN = ("created", "changed")
"""Whoever did this to a paper had a hand in it for good; who submitted or approved it only on that round."""


def had_a_hand_in(act: Any, register: Register, record: Any, step: Step) -> bool:
    """Say whether this employee entered or changed the paper, or submitted or approved it on this round of its route.

    So may the absent colleague for whom he takes the step: what is mine I do not approve through a deputy either.
    """
    if step.about:
        return _wrote(act, register, record, step)
    if record.entered_by_id in _hands(act):
        return True
    if record.id is None:
        return False
    write_waiting(act.session)
    entries = (
        select(History.step, History.employee_id, History.on_behalf_of_id)
        .where(History.register == register.name, History.record_id == record.id)
        .order_by(History.id.desc())
    )
    hands, submits, this_round = _hands(act), _submits(register), True
    for name, employee, absent in act.session.execute(entries):
        if hands & {employee, absent}:
            asked = name in submits or (name == step.name and record.route_position > 0)
            if name in WRITTEN or (this_round and asked):
                return True
        this_round = this_round and name not in submits
    return False


def _submits(register: Register) -> set[str]:
    return {step.name for step in register.workflow.steps if step.submits} if register.workflow is not None else set()


def _hands(act: Any) -> set[int]:
    """Return who takes the step: the employee, and the colleague on whose behalf."""
    return {act.desk.employee_id} | ({act.on_behalf_of_id} if act.on_behalf_of_id else set())


def _wrote(act: Any, register: Register, record: Any, step: Step) -> bool:
    """Say whether this employee wrote what the step answers for, since somebody last took it."""
    if record.id is None:
        return record.entered_by_id in _hands(act)
    write_waiting(act.session)
    query = (
        select(History.step, History.employee_id, History.on_behalf_of_id, History.changes)
        .where(History.register == register.name, History.record_id == record.id)
        .order_by(History.id.desc())
    )
    asked = {one.name: set(one.asked) for one in register.workflow.steps} if register.workflow is not None else {}
    for name, employee, absent, changes in act.session.execute(query):
        if name == step.name:
            return False
        written = set(json.loads(changes or "{}")) & set(step.about)
        if _hands(act) & {employee, absent} and (name in BEGINNINGS or written & asked.get(name, written)):
            return True  # what an effect of a step did, nobody wrote
    return False


def touched_by(register: Register, table: Any, step: Step, hands: Iterable[int]) -> ColumnElement[bool]:
    """Return the condition that `had_a_hand_in` refuses these hands a row of the table, for steps about the whole."""
    mine, submits = list(hands), _submits(register)
    entry, begun = History.__table__.alias(), History.__table__.alias()
    round_began = (
        select(func.max(begun.c.id))
        .where(begun.c.register == register.name, begun.c.record_id == table.c.id, begun.c.step.in_(submits))
        .correlate(table)
        .scalar_subquery()
    )
    asked: list[ColumnElement[bool]] = [entry.c.step.in_(submits)]
    if "route_position" in table.c:
        asked.append(and_(entry.c.step == step.name, table.c.route_position > 0))
    by_hand = (
        select(entry.c.id)
        .where(
            entry.c.register == register.name,
            entry.c.record_id == table.c.id,
            or_(entry.c.employee_id.in_(mine), entry.c.on_behalf_of_id.in_(mine)),
            or_(entry.c.step.in_(WRITTEN), and_(or_(*asked), entry.c.id >= func.coalesce(round_began, 0))),
        )
        .correlate(table)
    )
    return or_(table.c.entered_by_id.in_(mine), by_hand.exists())
