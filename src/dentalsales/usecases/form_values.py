"""What stands in a form: values and lines, and what follows from them."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from dentalsales.blueprint.fields import Field
from dentalsales.blueprint.record import child_class, fields_of
from dentalsales.blueprint.rules import NotAllowed, RuleBroken
from dentalsales.blueprint.workflow import Step
from dentalsales.i18n import Text, _, inside, yuan
from dentalsales.usecases import form_snapshot
from dentalsales.usecases.blank_record import blank, fill_blanks
from dentalsales.usecases.check_fields import field_problem, fits_kind, record_problems, tidy
from dentalsales.usecases.form_words import FormWords
from dentalsales.usecases.record_shape import lines_names
from dentalsales.usecases.state_label import state_label

Names = set[str]


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


class FormValues(FormWords):
    """Values go in and come out here; what follows from one is filled in at once."""

    @property
    def title(self) -> Text:
        """What a tab and a header call it."""
        if self.is_new:
            return _("New {thing}").fill(thing=inside(self.register.one))
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
        now = step.label
        if step.target is not None and self.state is not None and self.register.workflow is not None:
            now = state_label(self.register.workflow, self.state.name, getattr(self.record, "turn", ""))
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

    def doubt(self, name: str) -> Text | None:
        """Return why what was typed into a field does not suit the day or the rest of the record, None when it does."""
        field = self._fields[name]
        if field.suits is None or self.get(name) in (None, ""):
            return None
        try:
            with self.desk.reading() as act:
                field.suits(self.record, act)
        except RuleBroken as broken:
            return broken.text
        return None

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
        there = {id(one): one for one in self._all_lines()}  # held, so that no new line is taken for one that went
        with self.desk.reading() as act:
            if line is None:
                follow(self.record, act)
            else:
                follow(self.record, line, act)
        for one in self._all_lines():
            if id(one) not in there:
                fill_blanks(one, self.desk)

    def _all_lines(self) -> Iterator[Any]:
        return (line for name in lines_names(type(self.record)) for line in getattr(self.record, name))

    def follow_total(self) -> None:
        """After a line went, let the first remaining line's quantity rule add up again."""
        add_up = getattr(self.record, "add_up", None)
        if add_up is not None:
            add_up()

    def _find(self, owner: int) -> tuple[Any, str]:
        for name in lines_names(type(self.record)):
            for index, line in enumerate(getattr(self.record, name)):
                if id(line) == owner:
                    return line, f"{name}.{index}."
        return self.record, ""
