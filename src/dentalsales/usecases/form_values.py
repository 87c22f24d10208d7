"""What stands in a form: values, lines, what follows from them, and the words they are shown in."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from dentalsales.blueprint.fields import Field
from dentalsales.blueprint.masking import masked
from dentalsales.blueprint.record import child_class, fields_of
from dentalsales.blueprint.rules import NotAllowed, RuleBroken
from dentalsales.blueprint.workflow import Step
from dentalsales.i18n import Text, _, tr, yuan
from dentalsales.usecases import form_snapshot
from dentalsales.usecases.blank_record import blank
from dentalsales.usecases.browse import titles
from dentalsales.usecases.check_fields import field_problem, fits_kind, record_problems, tidy
from dentalsales.usecases.form_frame import FormFrame
from dentalsales.usecases.record_shape import lines_names

Names = set[str]
Ids = set[int]


class LineView:
    """One line of a form's grid."""

    def __init__(self, form: "FormValues", name: str, line: Any) -> None:
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


class FormValues(FormFrame):
    """Values go in and come out here; what follows from one is filled in at once."""

    @property
    def title(self) -> Text:
        """What a tab and a header call it."""
        if self.is_new:
            return _("New: {one}").fill(one=self.register.one)
        if self.state is not None and self.state.draft and not self.number:
            return _("{one}, {state}").fill(one=self.register.one, state=self.state.label)
        words = (self.title_word(name) for name in self.record.title_fields if name in fields_of(self.record))
        return _("{one} {title}").fill(one=self.register.one, title=" ".join(filter(None, words)) or f"#{self.id}")

    def title_word(self, name: str) -> str:
        """Return a value as a title names it: an amount as in a sentence."""
        value = self.value_of(self.record, name)
        return yuan(value) if isinstance(value, Decimal) else self.shown(name)

    def said_after(self, step: Step) -> Text:
        """What a step that was taken is told by: the new state, or its own name when the paper stays where it was."""
        now = self.state.label if step.target is not None and self.state is not None else step.label
        return _("{what}: {state}").fill(what=self.title, state=now)

    @property
    def is_changed(self) -> bool:
        """Holds something that is not saved."""
        return bool(self.unfit) or form_snapshot.taken(self.record) != self.start

    def get(self, name: str) -> Any:
        """Return a value, or the text that did not fit."""
        return self.value_of(self.record, name)

    def set(self, name: str, value: Any) -> Names:
        """Set a value and let follow what follows; return the names that changed."""
        if not self.can_edit(name):
            raise NotAllowed(_("“{label}” can't be changed here."), field=name, label=self._label(name))
        before = form_snapshot.taken(self.record)
        self._demand_link(self._fields[name], value)
        self.put(self.record, name, self._fields[name], value)
        self.follow(name, None)
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
        self.unfit = {key: value for key, value in self.unfit.items() if key[0] != id(line)}
        self.marks.forget(line)
        self.follow_total()

    def set_in_line(self, name: str, line: Any, field: str, value: Any) -> Names:
        """Set a cell and let follow what follows in its line and the head; head names come with a dot before them."""
        if not self.can_edit(f"{name}.{field}"):
            raise NotAllowed(
                _("“{label}” can't be changed here."), field=f"{name}.{field}", label=fields_of(line)[field].label
            )
        before, head = form_snapshot.columns(line), form_snapshot.columns(self.record)
        self.put(line, field, fields_of(line)[field], value)
        self.marks.touched(line, field)
        self.follow(f"{name}.{field}", line)
        changed = form_snapshot.differences(before, form_snapshot.columns(line)) | {field}
        return changed | {f".{one}" for one in form_snapshot.differences(head, form_snapshot.columns(self.record))}

    def value_of(self, record: Any, name: str) -> Any:
        """Return a value of the record or a line, masked for roles without need."""
        if (id(record), name) in self.unfit:
            return self.unfit[id(record), name]
        field = fields_of(record)[name]
        if self.is_hidden(field):
            return None
        value = getattr(record, name)
        return masked(value) if self.is_masked(field) else value

    def shown_of(self, record: Any, name: str) -> str:
        """Return a value of the record or a line in words."""
        value, field = self.value_of(record, name), fields_of(record)[name]
        if value is None or (id(record), name) in self.unfit:
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
        if (table, record_id) not in self._titles:  # the first time all of the form's, then one by one
            wanted = {record_id} if table in self._titled else linked_ids(self._all(), table) | {record_id}
            self._read_titles(table, wanted)
            self._titled.add(table)
        return self._titles.get((table, record_id), f"#{record_id}")

    def read_titles(self, lines: Iterable[Any]) -> None:
        """Read the titles that some lines will show, all at once."""
        for line in (lines := list(lines))[:1]:
            for table in {field.target for field in fields_of(line).values() if field.target is not None}:
                self._read_titles(table, {one for one in linked_ids(lines, table) if (table, one) not in self._titles})

    def problems(self) -> list[RuleBroken]:
        """Return everything that is wrong now; grids name cells as "lines.3.quantity", counted from 0."""
        unfit = []
        for (_owner, name), value in self.unfit.items():
            record, path = self._find(_owner)
            problem = field_problem(fields_of(record)[name], value)
            if problem is not None:
                unfit.append(RuleBroken(problem, field=path + name))
        named = {one.field for one in unfit}
        return unfit + [one for one in record_problems(self.record) if one.field not in named]

    def snapshot(self) -> dict[str, Any]:
        """Return everything entered as plain JSON values, for undo and for the copy that survives a crash."""
        return form_snapshot.as_json(self)

    def restore(self, snapshot: dict[str, Any]) -> None:
        """Take a snapshot back into the form."""
        self.unfit = {}
        form_snapshot.restore(self, snapshot)
        self.follow_total()

    def settle(self) -> None:
        """Call what is entered so far the starting point: closing it now asks nothing."""
        self.start = form_snapshot.taken(self.record)

    def put(self, record: Any, name: str, field: Field, value: Any) -> None:
        """Put a value into the record or a line, as far as it fits; nothing follows yet."""
        value = tidy(field, value)
        self.unfit.pop((id(record), name), None)
        if not fits_kind(field, value):
            self.unfit[id(record), name] = value
            value = None
        setattr(record, name, value)

    def follow(self, name: str, line: Any) -> None:
        follow = self.register.follows.get(name)
        if follow is None:
            return
        with self.desk.reading() as act:
            if line is None:
                follow(self.record, act)
            else:
                follow(self.record, line, act)

    def follow_total(self) -> None:
        """After a line went, let the first remaining line's quantity rule add up again."""
        add_up = getattr(self.record, "add_up", None)
        if add_up is not None:
            add_up()

    def _all(self) -> list[Any]:
        return [self.record, *(line for name in lines_names(type(self.record)) for line in getattr(self.record, name))]

    def _read_titles(self, table: str, ids: Ids) -> None:
        found = titles(self.desk, table, ids) if ids else {}
        self._titles.update({(table, key): title for key, title in found.items()})

    def _find(self, owner: int) -> tuple[Any, str]:
        for name in lines_names(type(self.record)):
            for index, line in enumerate(getattr(self.record, name)):
                if id(line) == owner:
                    return line, f"{name}.{index}."
        return self.record, ""


def linked_ids(records: Iterable[Any], table: str) -> Ids:
    """Return the ids of a table that some records and lines point at."""
    return {
        value
        for one in records
        for name, field in fields_of(one).items()
        if field.target == table and isinstance(value := getattr(one, name), int)
    }
