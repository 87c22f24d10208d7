"""Moving a paper along its workflow: permission, checks, effects and history in one transaction."""

from typing import Any

from dentalsales.blueprint.register import Register
from dentalsales.blueprint.roles import role_names
from dentalsales.blueprint.rules import NotAllowed, RuleBroken
from dentalsales.blueprint.workflow import State, Step, Workflow
from dentalsales.i18n import _, joined
from dentalsales.usecases.keep_history import told_in, write_history
from dentalsales.usecases.second_person import had_a_hand_in


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
    if step.second_person and not act.setting("self_approval") and had_a_hand_in(act, register, record, step):
        raise NotAllowed(
            _("You entered, changed or approved {number}; somebody else does “{step}”."),
            number=record.record_title,
            step=step.label,
        )


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
    act.take_turn()
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
