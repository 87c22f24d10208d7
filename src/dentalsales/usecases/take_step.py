"""Moving a paper along its workflow: permission, checks, effects and history in one transaction."""

import json
from typing import Any

from sqlalchemy import select

from dentalsales.blueprint.house_records import History
from dentalsales.blueprint.register import Register
from dentalsales.blueprint.roles import role_names
from dentalsales.blueprint.rules import NotAllowed, RuleBroken
from dentalsales.blueprint.workflow import State, Step, Workflow
from dentalsales.i18n import _, joined
from dentalsales.storage.history_chain import write_waiting
from dentalsales.usecases.keep_history import told_in, write_history

BEGINNINGS = ("created", "imported")
"""How the history calls the first entry of a record."""


def step_of(register: Register, name: str) -> Step:
    """Return a register's step by name (KeyError when it has none)."""
    if register.workflow is None:
        raise KeyError(name)
    return register.workflow.step(name)


def demand_step(act: Any, register: Register, record: Any, step: Step) -> None:
    """Raise RuleBroken unless this employee may take this step on this record now; effects are not run."""
    workflow = register.workflow
    assert workflow is not None
    if record.state not in step.sources:
        raise RuleBroken(
            _("“{step}” is not possible now: {number} is in state “{state}”."),
            step=step.label,
            number=record.record_title or register.one,
            state=workflow.state(record.state).label,
        )
    allowed = roles_now(workflow, record, step)
    if not act.roles & allowed:
        raise NotAllowed(_("“{step}” is done by: {roles}."), step=step.label, roles=joined(role_names(allowed)))
    act.by_right_of(allowed)
    if step.second_person and not act.setting("self_approval") and _had_a_hand_in(act, register, record, step):
        raise NotAllowed(
            _("You entered, changed or approved {number}; somebody else does “{step}”."),
            number=record.record_title,
            step=step.label,
        )


def _had_a_hand_in(act: Any, register: Register, record: Any, step: Step) -> bool:
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
            if name in ("created", "changed") or (this_round and asked):
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
    for name, employee, absent, changes in act.session.execute(query):
        if name == step.name:
            return False
        if _hands(act) & {employee, absent} and (
            name in BEGINNINGS or set(json.loads(changes or "{}")) & set(step.about)
        ):
            return True
    return False


def roles_now(workflow: Workflow, record: Any, step: Step) -> frozenset[str]:
    """Return who may take the step: in a route only the role whose turn it is."""
    if workflow.route and step.roles == frozenset(workflow.route):
        position = record.route_position or 0  # a record that was never stored has none yet
        return frozenset({workflow.route[min(position, len(workflow.route) - 1)]})
    return step.roles


def move(
    act: Any,
    register: Register,
    record: Any,
    step: Step,
    note: str = "",
    warned: int = 0,
    changes: dict[str, Any] | None = None,
) -> None:
    """Check, move, run the effects and write the history; the permission was demanded before.

    The history keeps what the employee was warned of, without the first `warned` warnings: another paper has those.
    Beside it stand the `changes` that came with the step.
    """
    workflow = register.workflow
    assert workflow is not None
    if record.state not in step.sources:
        demand_step(act, register, record, step)
    if step.asks_note and not note.strip():
        raise RuleBroken(_("Enter a reason for “{step}”."), field="note", step=step.label)
    act.note = note
    for rule in step.check:
        rule(record, act)
    before = workflow.state(record.state)
    target = _target(workflow, record, step)
    if before.draft and not target.draft and record.number is None and register.number:
        record.number = act.next_number(register.number)
    record.state = target.name
    record.version += 1
    for effect in (
        (*step.effect, *_reactions(act, register, step)) if target.name == (step.target or before.name) else ()
    ):
        effect(record, act)
    act.session.flush()
    told = {**(changes or {}), **told_in(act, warned)}
    write_history(act, register.name, record.id, step.name, before.name, target.name, note, told, record.version)
    act.touched.add(register.name)


def _reactions(act: Any, register: Register, step: Step) -> list[Any]:
    """Return what later registers do when this step is taken."""
    key = f"{register.name}.{step.name}"
    return [effect for later in act.desk.business.registers for effect in later.reacts.get(key, ())]


def _target(workflow: Workflow, record: Any, step: Step) -> State:
    """Return the state after the step; a route moves on only when its last role has approved."""
    here = workflow.state(record.state)
    if workflow.route and step.roles == frozenset(workflow.route) and step.target != here.name and not step.asks_note:
        record.route_position += 1
        if record.route_position < len(workflow.route):
            return here
    elif step.target is not None and workflow.state(step.target).editable:
        record.route_position = 0
    return here if step.target is None else workflow.state(step.target)
