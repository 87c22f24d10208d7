"""A new record in place: its required fields, begun with what was typed into the link."""

from typing import Any

from PySide6.QtWidgets import QWidget

from dentalsales.blueprint.fields import Field
from dentalsales.blueprint.register import Register
from dentalsales.i18n import _, inside
from dentalsales.ui.messages import attempt_beside
from dentalsales.ui.small_form import SmallForm
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.form import new_form


class QuickForm(SmallForm):
    """Saves the record when it is accepted; `created` is its id then."""

    def __init__(self, desk: Desk, register: Register, typed: str, parent: QWidget) -> None:
        self.created: int | None = None
        form = new_form(desk, register.name, **_begun(register, typed))
        names = [name for name, field in form.fields().items() if _asked(form, name, field)]
        super().__init__(desk, form, names, _("New {thing}").fill(thing=inside(register.one)), _("Create"), parent)
        self.start()

    def finish(self) -> None:
        """Save; a refusal keeps the dialog open."""
        if self.settle() and attempt_beside(self.form.save, self.show_refusal) is not None:
            self.created = self.form.id
            self.accept()


def _asked(form: Any, name: str, field: Field) -> bool:
    title = name in form.register.record.title_fields
    return (field.required or title) and field.kind not in ("lines", "attachments") and bool(form.can_edit(name))


def _begun(register: Register, typed: str) -> dict[str, str]:
    """What was typed goes to the field that names the record: the name when there is one."""
    titles = register.record.title_fields
    name = "name" if "name" in titles else titles[0]
    return {name: typed} if typed else {}
