"""Writing a form into the session: the employee's own changes and what followed from them, nothing else."""

from functools import lru_cache, partial
from typing import Any

from sqlalchemy import Select, Table, bindparam, select

from dentalsales.blueprint.fields import Field
from dentalsales.blueprint.record import fields_of
from dentalsales.blueprint.rules import RuleBroken, SeveralRulesBroken
from dentalsales.i18n import _
from dentalsales.usecases import save_record
from dentalsales.usecases.changed_values import values_of
from dentalsales.usecases.form_values import FormValues
from dentalsales.usecases.record_shape import lines_names, stored_names

PROGRAMS_OWN = frozenset({"number", "state", "entered_by_id", "entered_at"})
"""Fields that only steps and saves write, whatever a form holds."""


def write_form(form: FormValues, act: Any) -> Any:
    """Return the checked and kept record that the form becomes; RuleBroken or Conflict when it may not."""
    if form.unfit:
        raise SeveralRulesBroken(form.problems())
    record = _stored(form, act)
    before = None if record.id is None else values_of(record)
    stored = fields_of(record)
    if form.still_open():
        with act.session.no_autoflush:
            _fill_in(form, record)
            save_record.write(act, form.register, record, before, "filled")
        return record
    with act.session.no_autoflush:
        for name in stored_names(type(record)):
            value = getattr(form.record, name)
            if name in stored and name not in PROGRAMS_OWN and _writes(form, stored[name], name, value):
                setattr(record, name, value)
        for name in lines_names(type(record)):
            save_record.copy_lines(form.record, record, name, form.start[name], partial(_writes_in_lines, form))
        save_record.write(act, form.register, record, before)
    return record


def _fill_in(form: FormValues, record: Any) -> None:
    """Take over what may still be filled in, and nothing else of the form."""
    for name in form.still_open():
        head, _dot, cell = name.partition(".")
        typed = {line.id: line for line in getattr(form.record, head)} if cell else {}
        pairs = [(line, typed[line.id]) for line in getattr(record, head) if line.id in typed] if cell else None
        for mine, theirs in pairs or [(record, form.record)]:
            if getattr(mine, cell or head) != getattr(theirs, cell or head):
                setattr(mine, cell or head, getattr(theirs, cell or head))


def _writes(form: FormValues, field: Field, name: str, value: Any) -> bool:
    """Say whether a save writes a field: what the employee or a follow changed here, never what others keep.

    An open form holds old sums of stock and money; only its own changes go back to the database.
    """
    if form.is_new:
        return _writes_in_lines(form, field)
    return value != form.start[name] and (form.may_edit(field) or field.read_only) and not form.is_hidden(field)


def _writes_in_lines(form: FormValues, field: Field) -> bool:
    """Say whether a field of a line, or of a new record, is taken over from the form at all."""
    return not form.is_hidden(field) and (field.copied or not field.read_only)


def _stored(form: FormValues, act: Any) -> Any:
    """Return the record in the session that this form becomes."""
    if not form.is_new and form.still_open():
        return _open_still(form, act)
    form.desk.demand(form.register.name, "create" if form.is_new else "edit")
    act.by_right_of(form.register.access.create if form.is_new else form.register.access.editors)
    if form.is_new:
        return _saved_before(form, act) or _begun(form, act)
    record = save_record.load(act, form.register, form.id or 0, form.version)
    if form.register.workflow is not None and not form.register.workflow.state(record.state).editable:
        raise RuleBroken(_("{number} can't be changed in its state."), number=record.record_title)
    return record


def _open_still(form: FormValues, act: Any) -> Any:
    """Return the stored paper of which something may still be filled in, by the right of whoever fills it in."""
    record = save_record.load(act, form.register, form.id or 0, form.version)
    if form.state is None or record.state != form.state.name:
        raise RuleBroken(_("{number} can't be changed in its state."), number=record.record_title)
    act.by_right_of(frozenset().union(*(form.state.open[name] for name in form.still_open())))
    return record


def _saved_before(form: FormValues, act: Any) -> Any:
    """Return the record of an earlier save of this very form, which was kept though nobody was told."""
    cls: Any = form.register.record
    kept = act.session.connection().scalar(_by_form_key(cls), {"key": form.key})
    return None if kept is None else act.session.get_one(cls, kept)


@lru_cache
def _by_form_key(cls: type[Any]) -> Select[Any]:
    table: Table = cls.__table__
    return select(table.c.id).where(table.c.form_key == bindparam("key"))


def _begun(form: FormValues, act: Any) -> Any:
    record = form.register.record()
    record.form_key = form.key
    if form.register.workflow is not None:
        record.state = form.register.workflow.initial.name
    return record
