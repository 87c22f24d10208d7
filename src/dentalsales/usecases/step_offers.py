"""The steps that a form offers: which I may take now, and if not, what is missing and who can."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from dentalsales.blueprint.house_records import Employee
from dentalsales.blueprint.record import fields_of
from dentalsales.blueprint.register import Register
from dentalsales.blueprint.roles import role_names
from dentalsales.blueprint.rules import NotAllowed, RuleBroken
from dentalsales.blueprint.workflow import Step
from dentalsales.i18n import Text, _, joined
from dentalsales.usecases import take_step
from dentalsales.usecases.paths import target_of
from dentalsales.usecases.rights import holders

PEOPLE = 3


@dataclass(frozen=True)
class StepOffer:
    """A step from here: whether I may take it now, and if not, what is missing and who can."""

    step: Step
    allowed: bool
    reason: Text | None
    roles: tuple[Text, ...]
    mine: bool
    """My roles take this step; what stands in the way is something else."""
    people: tuple[str, ...] = ()
    """Names of those who can do what is missing."""
    waited: bool = True
    """The paper waits for this step; else it may be taken, and nobody expects it now."""


def offers(act: Any, register: Register, steps: Sequence[Step], record: Any, unsaved: Any) -> list[StepOffer]:
    """Return steps as they stand for a stored record; for an `unsaved` one (record None) only the roles are asked."""
    waited = _waited_for(act, register, steps, record)
    return [replace(_offer(act, register, step, record, unsaved), waited=step.name in waited) for step in steps]


def _waited_for(act: Any, register: Register, steps: Sequence[Step], record: Any) -> set[str]:
    """Return the names of the steps that a record really waits for, found out with one question."""
    table: Any = register.record.__table__
    asked = {step.name: step.awaited(table) for step in steps} if record is not None else {}
    conditions = [condition.label(name) for name, condition in asked.items() if condition is not None]
    if not conditions:
        return {step.name for step in steps}
    found = act.session.execute(select(*conditions).where(table.c.id == record.id)).one()._mapping
    return {step.name for step in steps if found.get(step.name, True)}


def _offer(act: Any, register: Register, step: Step, record: Any, unsaved: Any) -> StepOffer:
    """Return one step as it stands for a record."""
    workflow = register.workflow
    assert workflow is not None
    step = take_step.step_now(workflow, step, unsaved if record is None else record)
    who, mine = role_names(step.roles), bool(act.roles & step.roles)
    try:
        if record is not None:
            take_step.demand_step(act, register, record, step)
            probe(act, step, record, _files(record))
        elif not act.roles & step.roles:
            raise NotAllowed(_("“{step}” is done by: {roles}."), step=step.label, roles=joined(who))
    except RuleBroken as broken:
        wanted = broken.mended_by or (frozenset() if mine else step.roles)
        return StepOffer(step, False, broken.text, who, mine, _people(act, register, record, wanted))
    return StepOffer(step, True, None, who, mine)


def _people(act: Any, register: Register, record: Any, wanted: frozenset[str]) -> tuple[str, ...]:
    """Return the names of those who hold one of the roles, at most three; of those who see their own, the owner."""
    owners = register.access.own & wanted if record is not None and register.access.owner else frozenset()
    found = holders(act.session, wanted - owners, act.today) if wanted - owners else []
    owner = _owner(act, register, record) if owners else None
    if owner is not None and owners & set(owner.roles.split(",")) and not owner.disabled:
        found = [owner.name, *(name for name in found if name != owner.name)]
    return tuple(found[:PEOPLE])


def _owner(act: Any, register: Register, record: Any) -> Employee | None:
    """Return the employee whose record it is, along the path that the register names."""
    *links, last = (register.access.owner or "").split(".")
    for name in links:
        record = act.session.get(target_of(type(record), name), getattr(record, name) or 0)
        if record is None:
            return None
    found: Employee | None = act.session.get(Employee, getattr(record, last) or 0)
    return found


def probe(act: Any, step: Step, record: Any, added_here: Collection[str] = ()) -> None:
    """Run the checks of a step without taking it; what the step itself asks for does not count as missing.

    Nor do fields that are `added_here`.
    """
    for rule in step.check:
        try:
            rule(record, act)
        except RuleBroken as broken:
            if broken.field not in (*step.asked, *added_here):
                raise


def _files(record: Any) -> list[str]:
    """Return the fields to which a file can be added in any state: a step without it leads there."""
    return [name for name, field in fields_of(record).items() if field.kind == "attachments"]
