"""Acts on all checked records of a list: each through its form, so every right, rule and history entry is kept.

What one record refuses stops no other; the result names those refused with the reason.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from dentalsales.blueprint.fields import Field
from dentalsales.blueprint.on_failure import on_failure
from dentalsales.blueprint.record import fields_of
from dentalsales.blueprint.rules import RuleBroken, problems_of
from dentalsales.blueprint.workflow import Step
from dentalsales.i18n import Text
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.form import open_form
from dentalsales.usecases.list_groups import groups
from dentalsales.usecases.list_query import Query
from dentalsales.usecases.list_window import ids

Progress = Callable[[int, int], None]
"""Told how many records of how many are done; what it raises ends the act."""


@dataclass
class BulkResult:
    """What became of the checked records."""

    changed: list[tuple[int, Any]] = field(default_factory=list)
    """Id and former value of each record that was changed, for taking it back."""
    refused: list[tuple[str, Text]] = field(default_factory=list)
    """Title and reason."""
    warned: list[tuple[str, Text]] = field(default_factory=list)
    """Title and what is to be said of a record that moved on."""


def bulk_fields(desk: Desk, register_name: str) -> dict[str, Field]:
    """Return the fields that this employee may change for many records at once."""
    register = desk.business.register(register_name)
    if register.read_only or not desk.may(register_name, "edit"):
        return {}
    found = {name: one for name, one in fields_of(register.record).items() if one.bulk and not one.read_only}
    return {
        name: one
        for name, one in found.items()
        if all(roles is None or roles & desk.roles for roles in (one.edit_roles, one.see_roles))
    }


def bulk_steps(desk: Desk, query: Query) -> list[tuple[Step, int]]:
    """Return the steps that this employee's roles take on some of a query's records, and on how many.

    Steps that ask for fields of their own are taken one by one.
    """
    workflow = desk.business.register(query.register).workflow
    if workflow is None:
        return []
    counts = {group.filter.value: group.count for group in groups(desk, replace(query, group="state"))}
    offered = [step for step in workflow.steps if not step.asked and (step.roles & desk.roles or step.own)]
    found = [(step, sum(counts.get(state, 0) for state in step.sources)) for step in offered if not step.by_program]
    return [(step, count) for step, count in found if count]


def change_all(desk: Desk, query: Query, name: str, value: Any, progress: Progress) -> BulkResult:
    """Give a field of all records of a query a value; an act that is stopped takes back what it had changed."""
    if name not in bulk_fields(desk, query.register):
        desk.demand(query.register, "edit")
        raise KeyError(name)
    result, wanted = BulkResult(), ids(desk, query)
    with on_failure(lambda: take_back(desk, query.register, name, value, result)):
        for done, record_id in enumerate(wanted):
            progress(done, len(wanted))
            _change(desk, query.register, record_id, name, value, result)
    return result


def take_back(desk: Desk, register_name: str, name: str, value: Any, result: BulkResult) -> BulkResult:
    """Give the records of a result their former values, but those that somebody changed since."""
    undone = BulkResult()
    for record_id, former in result.changed:
        form = open_form(desk, register_name, record_id)
        if form.get(name) == value:
            _change(desk, register_name, record_id, name, former, undone)
    return undone


def step_all(desk: Desk, query: Query, step_name: str, note: str, progress: Progress) -> BulkResult:
    """Take a step with all records of a query; one that is stopped leaves those that were moved where they are."""
    result, wanted = BulkResult(), ids(desk, query)
    for done, record_id in enumerate(wanted):
        progress(done, len(wanted))
        title = f"#{record_id}"
        try:
            form = open_form(desk, query.register, record_id)
            title = str(form.number or form.shown(_named_by(form)))
            form.take(step_name, note)
        except RuleBroken as refusal:
            result.refused.append((title, problems_of(refusal)[0].text))
        else:
            result.changed.append((record_id, None))
            result.warned += [(str(form.number or title), warning) for warning in form.warnings]
    return result


def _change(desk: Desk, register_name: str, record_id: int, name: str, value: Any, result: BulkResult) -> None:
    form = open_form(desk, register_name, record_id)
    former = form.get(name)
    if former == value:
        return
    try:
        form.set(name, value)
        form.save()
    except RuleBroken as refusal:
        result.refused.append((str(form.shown(_named_by(form))), problems_of(refusal)[0].text))
    else:
        result.changed.append((record_id, former))


def _named_by(form: Any) -> str:
    """Return the field whose value names a record in a message."""
    known = fields_of(form.record)
    return next((name for name in form.record.title_fields if name in known), "id")
