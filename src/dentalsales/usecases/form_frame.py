"""What a form is: whose record it holds, and what this employee may see and change in it."""

import uuid
from typing import Any

from sqlalchemy import select

from dentalsales.blueprint.fields import Field
from dentalsales.blueprint.masking import hidden_from
from dentalsales.blueprint.record import child_class, fields_of
from dentalsales.blueprint.register import Register
from dentalsales.blueprint.rules import NotAllowed
from dentalsales.blueprint.workflow import State
from dentalsales.i18n import Text, _
from dentalsales.usecases import form_snapshot
from dentalsales.usecases.copy_marks import CopyMarks
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.own_records import own_records


class FormFrame:
    """A record on the desk, with the fields that its employee may see."""

    def __init__(
        self, desk: Desk, register: Register, record: Any, record_id: int | None = None, version: int = 1
    ) -> None:
        self.desk, self.register, self.record = desk, register, record
        self.id, self.version = record_id, version
        self.key = str(uuid.uuid4())
        self.warnings: list[Text] = []
        self.unfit: dict[tuple[int, str], Any] = {}
        self.marks = CopyMarks()
        self.notes: list[Text] = []
        """What the employee should read first in a form that was begun for him."""
        self._titles: dict[tuple[str, int], str] = {}
        self._titled: set[str] = set()
        self._fields = self._visible(register.record)
        self.start = form_snapshot.taken(record)

    @property
    def number(self) -> str:
        """The document number, empty while there is none."""
        return getattr(self.record, "number", None) or ""

    @property
    def state(self) -> State | None:
        """Where it stands in its workflow, None for records without one."""
        if self.register.workflow is None:
            return None
        return self.register.workflow.state(self.record.state or self.register.workflow.initial.name)

    @property
    def is_new(self) -> bool:
        """Not saved yet."""
        return self.id is None

    @property
    def editable(self) -> bool:
        """May anything be changed by this employee now."""
        if self.register.read_only or self.desk.only_to_look is not None:
            return False
        if self.state is not None and not self.state.editable:
            return bool(self.still_open())
        access = self.register.access
        return bool(self.desk.roles & (access.create if self.is_new else access.editors))

    def still_open(self) -> tuple[str, ...]:
        """Return what this employee may still fill in of a paper that can't be changed any more."""
        if self.state is None or self.state.editable:
            return ()
        return tuple(name for name, roles in self.state.open.items() if roles & self.desk.roles)

    def fields(self) -> dict[str, Field]:
        """Return the fields that the employee may see."""
        return self._fields

    def line_fields(self, name: str) -> dict[str, Field]:
        """Return the columns of a grid in their order."""
        visible = self._visible(child_class(self.record, name))
        return {column: visible[column] for column in self._fields[name].columns if column in visible}

    def can_edit(self, name: str) -> bool:
        """Say whether a field ("lines.quantity" in a grid) may be changed now."""
        head, _dot, tail = name.partition(".")
        if head not in self._fields or not self.editable:
            return False
        if self.state is not None and not self.state.editable and name not in self.still_open():
            return False
        field = self.line_fields(head).get(tail) if tail else self._fields[head]
        return field is not None and self.may_edit(field) and self.may_edit(self._fields[head])

    def may_edit(self, field: Field) -> bool:
        """Say whether the employee may write a field at all, wherever the record stands."""
        if field.read_only or self.is_masked(field):
            return False
        return field.edit_roles is None or bool(field.edit_roles & self.desk.roles)

    def is_masked(self, field: Field) -> bool:
        """Shown with its middle covered, for roles without need."""
        return hidden_from(self.register.access, field, self.desk.roles)

    def is_hidden(self, field: Field) -> bool:
        """Absent for roles that may not see it."""
        return field.see_roles is not None and not field.see_roles & self.desk.roles

    def _visible(self, record: type[Any]) -> dict[str, Field]:
        return {
            name: field
            for name, field in fields_of(record).items()
            if field.see_roles is None or field.see_roles & self.desk.roles
        }

    def _label(self, name: str) -> Any:
        field = self._fields.get(name)
        return field.label if field else name

    def may_link(self, field: Field, value: Any) -> bool:
        """Say whether a link may point there: a salesperson links own customers only."""
        if field.kind != "link" or field.target is None or not isinstance(value, int):
            return True
        try:
            target = self.desk.business.register_of_table(field.target)
        except KeyError:
            return True
        own = own_records(target, self.desk.roles, self.desk.employee_id)
        if own is None or not self.desk.may(target.name, "view"):
            return True
        with self.desk.reading() as act:
            return act.session.scalar(select(target.record.id).where(target.record.id == value, own)) is not None

    def _demand_link(self, field: Field, value: Any) -> None:
        if not self.may_link(field, value):
            raise NotAllowed(_("This record belongs to another salesperson's customer."))
