"""Moving a paper along its workflow: permission, checks, effects and history in one transaction."""

from dataclasses import replace
from typing import Any

from dentalsales.blueprint.kept_facts import FACTS, kept
from dentalsales.blueprint.record import fields_of
from dentalsales.blueprint.register import Register
from dentalsales.blueprint.roles import role_names
from dentalsales.blueprint.rules import NotAllowed, RuleBroken
from dentalsales.blueprint.workflow import State, Step, Workflow
from dentalsales.i18n import _, joined
from dentalsales.usecases.changed_values import changes_by_effects, values_of
from dentalsales.usecases.check_fields import lacking
from dentalsales.usecases.keep_history import TURN, told_in, write_history
from dentalsales.usecases.second_person import had_a_hand_in


def step_of(register: Register, name: str, record: Any) -> Step:
    """Return a register's step by name as it stands for a paper now (KeyError when it has none)."""
    if register.workflow is None:
        raise KeyError(name)
    return step_now(register.workflow, register.workflow.step(name), record)


def step_now(workflow: Workflow, step: Step, record: Any) -> Step:
    """Return a step as it stands for a paper: on a route it belongs to the role whose turn it is."""
    if step.whose is not None:
        return replace(step, roles=step.roles & step.whose(record))
    return workflow.in_turn(step, record.turn or "", tuple((record.route or "").split(","))) if step.on_route else step


def demand_step(act: Any, register: Register, record: Any, step: Step) -> None:
    """Raise RuleBroken unless this employee may take this step on this record now; effects are not run."""
    workflow = register.workflow
    assert workflow is not None
    possible = record.state in step.sources
    if possible and not act.roles & step.roles:
        raise NotAllowed(_("“{step}” is done by: {roles}."), step=step.label, roles=joined(role_names(step.roles)))
    if not possible or not step.is_for(record):
        raise RuleBroken(
            _("“{step}” is not possible now: {number} is in state “{state}”."),
            step=step.label,
            number=record.record_title or register.one,
            state=workflow.state(record.state).label,
        )
    act.by_right_of(step.roles)
    if step.second_person and not act.setting("self_approval") and had_a_hand_in(act, register, record, step):
        raise NotAllowed(
            _("You entered, changed or approved {number}; somebody else does “{step}”."),
            number=record.record_title,
            step=step.label,
        )


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
    act.take_turn()
    for name in step.needs:
        value = getattr(record, name)
        if value is False or value in (None, ""):
            raise RuleBroken(lacking(fields_of(record)[name]), field=name)
    for rule in step.check:
        rule(record, act)
    before, turn = workflow.state(record.state), record.turn if step.on_route else ""
    seen = _seen(act, register, record, step, turn)
    target = _target(act, workflow, record, step)
    if before.draft and not target.draft and record.number is None and register.number:
        record.number = act.next_number(register.number)
    record.state = target.name
    record.version += 1
    values = values_of(record)
    if target.name == (step.target or before.name):
        if step.once and step.once not in step.asked:
            setattr(record, step.once, act.now if fields_of(record)[step.once].kind == "moment" else act.today)
        for effect in (*step.effect, *_reactions(act, register, step)):
            effect(record, act)
    for rule in register.kept_in_step:
        rule(record, act)
    act.session.flush()
    told = changes_by_effects(record, values, changes or {})
    told |= {**told_in(act, warned), **({TURN: turn} if turn else {}), **seen}
    write_history(act, register.name, record.id, step.name, before.name, target.name, note, told, record.version)
    act.touched.add(register.name)


def _seen(act: Any, register: Register, record: Any, step: Step, turn: str) -> dict[str, Any]:
    """Return what the history keeps of the facts beside the form, where a turn answers for them."""
    workflow = register.workflow
    if not turn or not step.goes_forward or workflow is None:
        return {}
    if not any(one.keeps_facts for one in workflow.answered(turn, tuple(record.route.split(",")))):
        return {}
    return {FACTS: kept((one.title, one.facts(record, None, act)) for one in register.insights)}


def _reactions(act: Any, register: Register, step: Step) -> list[Any]:
    """Return what later registers do when this step is taken."""
    key = f"{register.name}.{step.name}"
    return [effect for later in act.desk.business.registers for effect in later.reacts.get(key, ())]


def _target(act: Any, workflow: Workflow, record: Any, step: Step) -> State:
    """Return the state after the step; on a route the paper stays until its last role has approved."""
    here = workflow.state(record.state)
    there = here if step.target is None else workflow.state(step.target)
    if step.submits and workflow.route is not None:
        route = tuple(dict.fromkeys(workflow.route(record, act)))
        record.route, record.route_position, record.turn = ",".join(route), 0, route[0]
    elif step.on_route and step.goes_forward:
        record.route_position += 1
        record.turn = _after(record.route.split(","), record.turn)
        return here if record.turn else there
    elif there.name != here.name and workflow.route is not None:
        record.turn = ""
        record.route_position = 0 if there.editable else record.route_position
    return there


def _after(route: list[str], turn: str) -> str:
    """Return whose turn comes after one, "" after the last."""
    later = route[route.index(turn) + 1 :]
    return later[0] if later else ""
