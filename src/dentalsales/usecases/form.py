"""A record while it is filled in: values, what follows, what is wrong, which steps are open; no widget, no session."""

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from dentalsales.blueprint.fields import Field
from dentalsales.blueprint.insight import Fact
from dentalsales.blueprint.record import child_class, fields_of
from dentalsales.blueprint.register import DraftFrom, Register
from dentalsales.blueprint.rules import NotAllowed, RuleBroken, SeveralRulesBroken
from dentalsales.blueprint.workflow import State, Step
from dentalsales.i18n import Text, _, tr
from dentalsales.usecases import form_history, form_snapshot, save_record, take_step
from dentalsales.usecases.blank_record import blank, detached, fill_blanks
from dentalsales.usecases.browse import titles
from dentalsales.usecases.check_fields import field_problem, fits_kind, record_problems, tidy
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.keep_history import write_history
from dentalsales.usecases.masking import hidden_from, masked
from dentalsales.usecases.own_records import own_records
from dentalsales.usecases.record_shape import lines_names, stored_names
from dentalsales.usecases.step_offers import StepOffer, offer

Names = set[str]
Ids = set[int]


@dataclass(frozen=True)
class Changed:
    """What an act left behind."""

    register: str
    record_id: int
    number: str


def new_form(desk: Desk, register_name: str, **preset: Any) -> "Form":
    """Begin a new record with its defaults; NotAllowed without the right."""
    register = desk.business.register(register_name)
    desk.demand(register_name, "create")
    form = Form(desk, register, blank(register.record, desk))
    for name, value in preset.items():
        form.set(name, value)
    form.settle()
    return form


def open_form(desk: Desk, register_name: str, record_id: int) -> "Form":
    """Open a record that the employee may see."""
    register = desk.business.register(register_name)
    with desk.reading() as act:
        record = save_record.load(act, register, record_id)
        form = Form(desk, register, detached(record), record_id, getattr(record, "version", 1))
    return form


def form_from(desk: Desk, source_register: str, source_id: int, draft_name: str) -> "Form":
    """Begin a new paper from an earlier one; RuleBroken when there is nothing to begin."""
    for draft, target in drafts_offered(desk, source_register, source_id):
        if draft.name == draft_name:
            with desk.reading() as act:
                source = save_record.load(act, desk.business.register(source_register), source_id)
                made = draft.make(source, act)
                fill_blanks(made, desk)
            return Form(desk, target, made)
    raise RuleBroken(_("This can't begin from here now."))


def drafts_offered(desk: Desk, source_register: str, source_id: int) -> list[tuple[DraftFrom, Register]]:
    """Return what the employee may begin from a record in its state."""
    source = desk.business.register(source_register)
    with desk.reading() as act:
        state = getattr(save_record.load(act, source, source_id), "state", "")
    return [
        (draft, register)
        for register in desk.business.registers
        if desk.may(register.name, "create")
        for draft in register.drafts_from
        if draft.source == source_register and (not draft.states or state in draft.states)
    ]


class LineView:
    """One line of a form's grid."""

    def __init__(self, form: "Form", name: str, line: Any) -> None:
        self._form, self._name, self.record = form, name, line

    @property
    def index(self) -> int:
        """Where it stands now."""
        return next(i for i, line in enumerate(getattr(self._form.record, self._name)) if line is self.record)

    def get(self, field: str) -> Any:
        """Return a value, or the text that did not fit."""
        return self._form.value_of(self.record, field)

    def set(self, field: str, value: Any) -> Names:
        """Set a value and let follow what follows; return the names that changed, head names with a dot before."""
        return self._form.set_in_line(self._name, self.record, field, value)

    def shown(self, field: str) -> str:
        """Return the value in words: titles of links, labels of choices."""
        return self._form.shown_of(self.record, field)

    def choices(self, field: str) -> tuple[tuple[str, str], ...]:
        """Return value and label of what a choice may be in this line."""
        return self._form.choices_of(self.record, field)


class Form:
    """A record on the desk; every screen, the import and the command line fill records in through it."""

    def __init__(
        self, desk: Desk, register: Register, record: Any, record_id: int | None = None, version: int = 1
    ) -> None:
        self.desk, self.register, self.record = desk, register, record
        self.id, self.version = record_id, version
        self.key = str(uuid.uuid4())
        self.warnings: list[Text] = []
        self._unfit: dict[tuple[int, str], Any] = {}
        self._titles: dict[tuple[str, int], str] = {}
        self._fields = self._visible(register.record)
        self._start = form_snapshot.taken(record)

    # what it is

    @property
    def number(self) -> str:
        """The document number, empty while there is none."""
        return getattr(self.record, "number", None) or ""

    @property
    def title(self) -> Text:
        """What a tab and a header call it."""
        if self.is_new:
            return _("New: {one}").fill(one=self.register.one)
        if self.state is not None and self.state.draft and not self.number:
            return _("{one}, {state}").fill(one=self.register.one, state=self.state.label)
        words = (self.shown(name) for name in self.record.title_fields if name in fields_of(self.record))
        return _("{one} {title}").fill(one=self.register.one, title=" ".join(filter(None, words)) or f"#{self.id}")

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
    def is_changed(self) -> bool:
        """Holds something that is not saved."""
        return bool(self._unfit) or form_snapshot.taken(self.record) != self._start

    @property
    def editable(self) -> bool:
        """May anything be changed by this employee now."""
        if self.register.read_only:
            return False
        if self.state is not None and not self.state.editable:
            return False
        access = self.register.access
        return bool(self.desk.roles & (access.create if self.is_new else access.editors))

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
        field = self.line_fields(head).get(tail) if tail else self._fields[head]
        return field is not None and self._may_edit(field) and self._may_edit(self._fields[head])

    # values

    def get(self, name: str) -> Any:
        """Return a value, or the text that did not fit."""
        return self.value_of(self.record, name)

    def set(self, name: str, value: Any) -> Names:
        """Set a value and let follow what follows; return the names that changed."""
        if not self.can_edit(name):
            raise NotAllowed(_("“{label}” can't be changed here."), field=name, label=self._label(name))
        before = form_snapshot.taken(self.record)
        self._demand_link(self._fields[name], value)
        self._put(self.record, name, self._fields[name], value)
        self._follow(name, None)
        return form_snapshot.differences(before, form_snapshot.taken(self.record)) | {name}

    def shown(self, name: str) -> str:
        """Return a value in words: titles of links, labels of choices."""
        return self.shown_of(self.record, name)

    def choices(self, name: str) -> tuple[tuple[str, str], ...]:
        """Return value and label of what a choice may be."""
        return self.choices_of(self.record, name)

    def lines(self, name: str) -> list[LineView]:
        """Return the lines of a grid."""
        return [LineView(self, name, line) for line in getattr(self.record, name)]

    def add_line(self, name: str, at: int | None = None) -> LineView:
        """Add an empty line at the end, or before the line at `at`."""
        line = blank(child_class(self.record, name), self.desk)
        lines = getattr(self.record, name)
        lines.insert(len(lines) if at is None else at, line)
        return LineView(self, name, line)

    def remove_line(self, name: str, index: int) -> None:
        """Take a line away; totals follow."""
        line = getattr(self.record, name).pop(index)
        self._unfit = {key: value for key, value in self._unfit.items() if key[0] != id(line)}
        self._total_follows()

    def set_in_line(self, name: str, line: Any, field: str, value: Any) -> Names:
        """Set a cell and let follow what follows in its line and the head; head names come with a dot before them."""
        if not self.can_edit(f"{name}.{field}"):
            raise NotAllowed(
                _("“{label}” can't be changed here."), field=f"{name}.{field}", label=fields_of(line)[field].label
            )
        before, head = form_snapshot.columns(line), form_snapshot.columns(self.record)
        self._put(line, field, fields_of(line)[field], value)
        self._follow(f"{name}.{field}", line)
        changed = form_snapshot.differences(before, form_snapshot.columns(line)) | {field}
        return changed | {f".{one}" for one in form_snapshot.differences(head, form_snapshot.columns(self.record))}

    def value_of(self, record: Any, name: str) -> Any:
        """Return a value of the record or a line, masked for roles without need."""
        if (id(record), name) in self._unfit:
            return self._unfit[id(record), name]
        field = fields_of(record)[name]
        if self._is_hidden(field):
            return None
        value = getattr(record, name)
        return masked(value) if self._is_masked(field) else value

    def shown_of(self, record: Any, name: str) -> str:
        """Return a value of the record or a line in words."""
        value, field = self.value_of(record, name), fields_of(record)[name]
        if value is None or (id(record), name) in self._unfit:
            return "" if value is None else str(value)
        if field.kind == "link" and field.target is not None:
            return self.title_of(field.target, value)
        if field.kind == "choice":
            return tr(dict(field.choices).get(value, Text("")))
        if field.kind == "choices":
            return ", ".join(tr(label) for key, label in field.choices if key in value.split(","))
        return (
            tr(self.state.label)
            if field.kind == "state" and self.state
            else tr(value)
            if isinstance(value, str)
            else str(value)
        )

    def choices_of(self, record: Any, name: str) -> tuple[tuple[str, str], ...]:
        """Return value and label of what a field may be, asking the blueprint where it depends on the record."""
        field = fields_of(record)[name]
        if field.choices_of is None:
            return tuple((value, tr(label)) for value, label in field.choices)
        with self.desk.reading() as act:
            return tuple((value, tr(label)) for value, label in field.choices_of(record, act))

    def title_of(self, table: str, record_id: int) -> str:
        """Return the words that name a linked record."""
        if (table, record_id) not in self._titles:
            found = titles(self.desk, table, self._linked(table) | {record_id})
            self._titles.update({(table, key): title for key, title in found.items()})
        return self._titles.get((table, record_id), f"#{record_id}")

    # what is wrong, what is known, what comes next

    def problems(self) -> list[RuleBroken]:
        """Return everything that is wrong now; grids name cells as "lines.3.quantity", counted from 0."""
        unfit = []
        for (_owner, name), value in self._unfit.items():
            record, path = self._find(_owner)
            problem = field_problem(fields_of(record)[name], value)
            if problem is not None:
                unfit.append(RuleBroken(problem, field=path + name))
        named = {one.field for one in unfit}
        return unfit + [one for one in record_problems(self.record) if one.field not in named]

    def insights(self, line: int | None = None, name: str = "lines") -> list[tuple[Text, list[Fact]]]:
        """Return the facts beside the form, for the line under the cursor if there is one."""
        lines = getattr(self.record, name, [])
        row = lines[line] if line is not None and 0 <= line < len(lines) else None
        insights = [
            *self.register.insights,
            *(one for register in self.desk.business.registers for one in register.shows.get(self.register.name, ())),
        ]
        with self.desk.reading() as act:
            found = [(insight.title, list(insight.facts(self.record, row, act))) for insight in insights]
        return [(title, facts) for title, facts in found if facts]

    def steps(self) -> list[StepOffer]:
        """Return the steps from here; the first allowed one is what the primary button does."""
        if self.register.workflow is None or self.state is None:
            return []
        steps = [step for step in self.register.workflow.steps_from(self.state.name) if not step.by_program]
        with self.desk.reading() as act:
            record = None if self.is_new else save_record.load(act, self.register, self.id or 0)
            return [offer(act, self.register, step, record, self.record) for step in steps]

    def suggested(self, step: Step) -> dict[str, Any]:
        """Return what the fields that a step asks for start with; a choice only when it is one of theirs."""
        return {name: self.get(name) or self._suggestion(name, step.suggests.get(name)) for name in step.asks}

    def _suggestion(self, name: str, source: str | None) -> Any:
        if source is None:
            return self.get(name)
        value = self.desk.today if source == "today" else getattr(self.record, source)
        field = fields_of(self.record)[name]
        return value if field.kind != "choice" or value in dict(field.choices) else self.get(name)

    # acts

    def save(self) -> Changed:
        """Keep what was entered; RuleBroken or Conflict leave form and database as they were."""
        with self.desk.writing() as act:
            kept = detached(self._write(act))
            self.warnings = list(act.warnings)
        self.record, self.version = kept, getattr(kept, "version", 1)
        return self._kept()

    def take(self, step_name: str, note: str = "", asked: dict[str, Any] | None = None) -> Changed:
        """Save what was entered and take a step, both or neither."""
        step = take_step.step_of(self.register, step_name)
        with self.desk.writing(note) as act:
            record = (
                self._write(act)
                if self.is_new or self.is_changed
                else save_record.load(act, self.register, self.id or 0, self.version)
            )
            take_step.demand_step(act, self.register, record, step)
            save_record.connect(act, record)
            for name, value in (asked or {}).items():
                if name in step.asks:
                    setattr(record, name, tidy(fields_of(record)[name], value))
            take_step.move(act, self.register, record, step, note)
            self.warnings = list(act.warnings)
        return self._saved(record)

    def reload(self) -> None:
        """Drop what was entered and show what is saved."""
        fresh = open_form(self.desk, self.register.name, self.id or 0)
        self.record, self.version, self._start, self._unfit = fresh.record, fresh.version, fresh._start, {}

    def delete(self) -> None:
        """Delete a draft; what left draft is void, never deleted."""
        if self.state is None or not self.state.draft:
            raise RuleBroken(_("Only a draft can be deleted."))
        if self.number:
            raise RuleBroken(_("{number} has its number already. Void it instead."), number=self.number)
        with self.desk.writing() as act:
            self.desk.demand(self.register.name, "create")
            record = save_record.load(act, self.register, self.id or 0, self.version)
            if not self.register.workflow.state(record.state).draft:  # type: ignore[union-attr]
                raise RuleBroken(_("Only a draft can be deleted."))
            if record.number:
                raise RuleBroken(_("{number} has its number already. Void it instead."), number=record.number)
            write_history(
                act,
                self.register.name,
                record.id,
                "deleted",
                record.state,
                "",
                changes=save_record.changes_of({}, save_record.values_of(record)),
            )
            act.session.delete(record)
            act.touched.add(self.register.name)

    def history(self) -> list[form_history.HistoryEntry]:
        """Return what happened to the record, newest first."""
        return [] if self.id is None else form_history.entries(self.desk, self.register, self.id)

    def snapshot(self) -> dict[str, Any]:
        """Return everything entered as plain JSON values, for undo and for the copy that survives a crash."""
        return form_snapshot.as_json(self.record, self._is_hidden)

    def restore(self, snapshot: dict[str, Any]) -> None:
        """Take a snapshot back into the form."""
        form_snapshot.restore(self, snapshot)
        self._total_follows()
        self._unfit = {}

    def settle(self) -> None:
        """Call what is entered so far the starting point: closing it now asks nothing."""
        self._start = form_snapshot.taken(self.record)

    # inside

    def _visible(self, record: type[Any]) -> dict[str, Field]:
        return {
            name: field
            for name, field in fields_of(record).items()
            if field.see_roles is None or field.see_roles & self.desk.roles
        }

    def _label(self, name: str) -> Any:
        field = self._fields.get(name)
        return field.label if field else name

    def _may_edit(self, field: Field) -> bool:
        if field.read_only or self._is_masked(field):
            return False
        return field.edit_roles is None or bool(field.edit_roles & self.desk.roles)

    def _is_masked(self, field: Field) -> bool:
        return hidden_from(self.register.access, field, self.desk.roles)

    def _demand_link(self, field: Field, value: Any) -> None:
        """A salesperson links own customers only."""
        if field.kind != "link" or field.target is None or not isinstance(value, int):
            return
        try:
            target = self.desk.business.register_of_table(field.target)
        except KeyError:
            return
        own = own_records(target, self.desk.roles, self.desk.employee_id)
        if own is None or not self.desk.may(target.name, "view"):
            return
        with self.desk.reading() as act:
            if act.session.scalar(select(target.record.id).where(target.record.id == value, own)) is None:
                raise NotAllowed(_("This record belongs to another salesperson's customer."))

    def _put(self, record: Any, name: str, field: Field, value: Any) -> None:
        value = tidy(field, value)
        self._unfit.pop((id(record), name), None)
        if not fits_kind(field, value):
            self._unfit[id(record), name] = value
            value = None
        setattr(record, name, value)

    def _follow(self, name: str, line: Any) -> None:
        follow = self.register.follows.get(name)
        if follow is None:
            return
        with self.desk.reading() as act:
            if line is None:
                follow(self.record, act)
            else:
                follow(self.record, line, act)

    def _total_follows(self) -> None:
        """After a line went, let the first remaining line's quantity rule add up again."""
        add_up = getattr(self.record, "add_up", None)
        if add_up is not None:
            add_up()

    def _linked(self, table: str) -> Ids:
        everything = [
            self.record,
            *(line for name in lines_names(type(self.record)) for line in getattr(self.record, name)),
        ]
        return {
            getattr(one, name)
            for one in everything
            for name, field in fields_of(one).items()
            if field.target == table and isinstance(getattr(one, name), int)
        }

    def _find(self, owner: int) -> tuple[Any, str]:
        for name in lines_names(type(self.record)):
            for index, line in enumerate(getattr(self.record, name)):
                if id(line) == owner:
                    return line, f"{name}.{index}."
        return self.record, ""

    def _write(self, act: Any) -> Any:
        if self._unfit:
            raise SeveralRulesBroken(self.problems())
        record = self._stored(act)
        before = None if record.id is None else save_record.values_of(record)
        stored = fields_of(record)
        with act.session.no_autoflush:
            for name in stored_names(type(record)):
                value = getattr(self.record, name)
                if name in stored and name not in PROGRAMS_OWN and self._writes(stored[name], name, value):
                    setattr(record, name, value)
            for name in lines_names(type(record)):
                save_record.copy_lines(self.record, record, name, self._start[name], self._writes_in_lines)
            save_record.write(act, self.register, record, before)
        return record

    def _writes(self, field: Field, name: str, value: Any) -> bool:
        """Say whether a save writes a field: what the employee or a follow changed here, never what others keep.

        An open form holds old sums of stock and money; only its own changes go back to the database.
        """
        if self.is_new:
            return self._writes_in_lines(field)
        return value != self._start[name] and (self._may_edit(field) or field.read_only) and not self._is_hidden(field)

    def _writes_in_lines(self, field: Field) -> bool:
        """Say whether a field of a line, or of a new record, is taken over from the form at all."""
        return not self._is_hidden(field) and (field.copied or not field.read_only)

    def _is_hidden(self, field: Field) -> bool:
        return field.see_roles is not None and not field.see_roles & self.desk.roles

    def _stored(self, act: Any) -> Any:
        """Return the record in the session that this form becomes."""
        self.desk.demand(self.register.name, "create" if self.is_new else "edit")
        if self.is_new:
            return self._saved_before(act) or self._begun(act)
        record = save_record.load(act, self.register, self.id or 0, self.version)
        if self.register.workflow is not None and not self.register.workflow.state(record.state).editable:
            raise RuleBroken(_("{number} can't be changed in its state."), number=record.record_title)
        return record

    def _saved_before(self, act: Any) -> Any:
        """Return the record of an earlier save of this very form, which was kept though nobody was told."""
        cls = self.register.record
        return act.session.scalar(select(cls).where(cls.form_key == self.key))

    def _begun(self, act: Any) -> Any:
        record = self.register.record()
        record.form_key = self.key
        if self.register.workflow is not None:
            record.state = self.register.workflow.initial.name
        act.session.add(record)
        return record

    def _saved(self, record: Any) -> Changed:
        """Follow what the database holds now."""
        fresh = open_form(self.desk, self.register.name, record.id)
        self.record, self.version = fresh.record, fresh.version
        return self._kept()

    def _kept(self) -> Changed:
        """From here on the form stands for what is in the database."""
        self.id, self._start = self.record.id, form_snapshot.taken(self.record)
        return Changed(self.register.name, self.id or 0, self.number)


PROGRAMS_OWN = frozenset({"number", "state", "entered_by_id", "entered_at"})
"""Fields that only steps and saves write, whatever a form holds."""
