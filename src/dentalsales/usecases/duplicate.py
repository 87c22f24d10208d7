"""A new draft like an open paper: what may be copied is, what follows follows anew, and the copied cells are marked."""

from dentalsales.blueprint.fields import Field
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _, tr
from dentalsales.usecases.copied_lines import copy_lines_into
from dentalsales.usecases.form import Form, new_form

NEVER = frozenset({"lines", "attachments", "state", "moment"})


def duplicate(form: Form) -> Form:
    """Return an unsaved form with the copied fields and lines of another; NotAllowed without the right to create.

    Fields with `copied=False`, unique ones and those this employee may not type stay as in any new form.
    """
    register = form.register
    if register.only_from_papers or register.read_only:
        raise RuleBroken(_("“{title}” can't be duplicated: each begins from an earlier paper."), title=register.title)
    made = new_form(form.desk, register.name)
    for name, field in form.fields().items():
        value = form.get(name)
        if (
            _is_copied(field)
            and made.can_edit(name)
            and made.may_link(field, value)
            and value not in (None, "")
            and made.get(name) != value
        ):
            made.set(name, value)
    for name, field in form.fields().items():
        if field.kind == "lines" and field.copied and made.can_edit(name):
            copied = copy_lines_into(made, name, getattr(form.record, name))
            if copied.count or copied.left_out:
                made.notes += copied.told(tr(form.title))
    return made


def _is_copied(field: Field) -> bool:
    return field.copied and not field.unique and field.kind not in NEVER
