"""A record in three versions: as it was opened, as it stands in a form, and as somebody else saved it meanwhile.

What differs is listed field by field and line by line; each may be taken from one side, and the form then stands on the
newer version with what was chosen.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from dentalsales.blueprint.fields import Field
from dentalsales.blueprint.masking import masked
from dentalsales.blueprint.record import child_class, fields_of
from dentalsales.i18n import Text, _, tr
from dentalsales.usecases.changes import Event, events_after
from dentalsales.usecases.form import Form, open_form
from dentalsales.usecases.form_snapshot import UNKNOWN
from dentalsales.usecases.merged_lines import Lines, matched
from dentalsales.usecases.record_shape import lines_names, stored_names

Side = Literal["mine", "theirs", ""]
Cells = tuple[tuple[Any, str], ...] | None
"""(value, kind) of a field, or of each cell of a line; None where there is no such line."""


@dataclass
class Difference:
    """A field or a whole line that is not the same in all three versions, and which side is taken ("" for none yet)."""

    name: str
    line: int | None
    """Which line (its key), None for a field of the head."""
    field: str
    """Of a line: the field in it, empty when it is about the whole line."""
    label: Text
    opened: Cells
    mine: Cells
    theirs: Cells
    changed_here: bool
    changed_there: bool
    event: Event | None
    """Who changed it there and when."""
    free: bool
    """May this employee choose; else what is saved stands."""
    takes: Side = ""

    def __post_init__(self) -> None:
        if not self.free or not self.changed_here:
            self.takes = "theirs"
        elif not self.changed_there:
            self.takes = "mine"


class Comparison:
    """The three versions of a form's record; RuleBroken when it is not there any more."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.fresh = open_form(form.desk, form.register.name, form.id or 0)
        self.events = events_after(form.desk, form.register, form.id or 0, form.version)
        self._lines = {
            name: matched(form, self.fresh, name) for name in lines_names(type(form.record)) if self._is_shown(name)
        }
        self.differences = [*self._head(), *(one for name in self._lines for one in self._in_lines(name))]

    @property
    def editable(self) -> bool:
        """May the employee still change the record as it stands now."""
        return self.fresh.editable

    @property
    def undecided(self) -> list[Difference]:
        """What both changed, while neither side is taken."""
        return [one for one in self.differences if not one.takes]

    @property
    def nothing_to_ask(self) -> bool:
        """Say whether the newer version holds just what stands here, as after a save whose answer was lost."""
        return not self.differences and not any(event.moved for event in self.events)

    def take_all(self, side: Side) -> None:
        """Take everything that may be chosen from one side."""
        for one in self.differences:
            if one.free:
                one.takes = side

    def merge(self) -> None:
        """Put what was chosen into the form, upon the newer version; RuleBroken leaves the form as it was.

        Each field is set as if it were typed, so that what follows from it does; what is chosen has the last word.
        """
        merged, form = self.fresh, self.form
        head = {name: self._chosen(name) for name in self._fields(merged.record, "")}
        self._settle(merged.record, "", head)
        for name, lines in self._lines.items():
            kept = lines.put_together(
                {one.line: one.takes for one in self.differences if one.name == name and not one.field}
            )
            setattr(merged.record, name, [line for line, _key in kept])
            merged.follow_total()
            for line, key in kept:
                self._carry_line(name, line, key, lines)
        for name, value in head.items():
            if entered(merged, merged.record, name) != value:
                merged.put(merged.record, name, fields_of(merged.record)[name], value)
        merged.follow_total()
        form.record, form.version, form.start, form.unfit = merged.record, merged.version, merged.start, merged.unfit

    def _carry_line(self, name: str, line: Any, key: int, lines: Lines) -> None:
        mine, merged = lines.mine.get(key), self.fresh
        if line is mine:
            own = {at: value for at, value in self.form.unfit.items() if at[0] == id(line)}
            merged.unfit |= own
        elif mine is not None and key in lines.theirs:
            taken = {one.field: one.takes for one in self.differences if (one.name, one.line) == (name, key)}
            if "mine" in taken.values():
                fields = self._fields(line, name)
                sides = {"mine": self.form, "theirs": merged, "": merged}
                values = {at: (mine if taken.get(at) == "mine" else line, sides[taken.get(at, "")]) for at in fields}
                self._settle(line, name, {at: entered(side, one, at) for at, (one, side) in values.items()})

    def _settle(self, record: Any, lines: str, values: dict[str, Any]) -> None:
        """Set fields to their values until what follows from them leaves them alone."""
        merged = self.fresh
        for _round in range(3):
            moved = [name for name, value in values.items() if entered(merged, record, name) != value]
            for name in moved:
                if entered(merged, record, name) != values[name]:
                    merged.put(record, name, fields_of(record)[name], values[name])
                    merged.follow(f"{lines}.{name}" if lines else name, record if lines else None)

    def _chosen(self, name: str) -> Any:
        takes = next((one.takes for one in self.differences if one.line is None and one.name == name), "theirs")
        side = self.form if takes == "mine" else self.fresh
        return entered(side, side.record, name)

    def _head(self) -> Iterator[Difference]:
        mine, theirs, start = self.form, self.fresh, self.form.start
        for name, field in self._fields(theirs.record, "").items():
            values = [start.get(name), entered(mine, mine.record, name), getattr(theirs.record, name)]
            yield from self._differing(name, None, "", field.label, field, values, theirs.can_edit(name))

    def _in_lines(self, name: str) -> Iterator[Difference]:
        lines, fields = self._lines[name], self._fields(child_class(self.form.record, name), name)
        free = self.fresh.can_edit(name)
        for place, key in enumerate(lines.keys, 1):
            mine, theirs, row = lines.mine.get(key), lines.theirs.get(key), lines.start.get(key)
            values = [
                {at: row[at] for at in fields} if row is not None else None,
                {at: entered(self.form, mine, at) for at in fields} if mine is not None else None,
                {at: getattr(theirs, at) for at in fields} if theirs is not None else None,
            ]
            words = self._line_words(name, place, next(one for one in (values[1], values[2]) if one is not None))
            if mine is not None and theirs is not None:
                for at, field in fields.items():
                    three = [None if one is None else one[at] for one in values]
                    label = _("{line}, {label}").fill(line=words, label=field.label)
                    yield from self._differing(name, key, at, label, field, three, free and self.fresh.may_edit(field))
            else:
                cells = [None if one is None else self._cells(fields, one) for one in values]
                yield self._difference(name, key, "", words, values, cells, free)

    def _differing(
        self, name: str, line: int | None, at: str, label: Text, field: Field, values: list[Any], free: bool
    ) -> Iterator[Difference]:
        """Yield the difference of a field, unless both versions hold the same now."""
        if values[1] != values[2]:
            cells = [self._cells({at: field}, {at: value}) for value in values]
            yield self._difference(name, line, at, label, values, cells, free)

    def _difference(
        self, name: str, line: int | None, at: str, label: Text, values: list[Any], cells: list[Cells], free: bool
    ) -> Difference:
        opened, mine, theirs = values
        event = self._event(name) if theirs != opened else None
        was, here, there = cells
        return Difference(name, line, at, label, was, here, there, mine != opened, theirs != opened, event, free)

    def _event(self, name: str) -> Event | None:
        """Return who changed a field last; what only followed from a step is the step's."""
        return next((one for one in self.events if name in one.names), next(iter(self.events), None))

    def _fields(self, record: Any, lines: str) -> dict[str, Field]:
        """Return the fields that somebody types: seen by the employee, stored, and not kept by the program."""
        cls = record if isinstance(record, type) else type(record)
        stored = stored_names(cls)
        return {
            name: field
            for name, field in fields_of(cls).items()
            if name in stored and not field.read_only and not self.form.is_hidden(field) and field.kind != "state"
        }

    def _is_shown(self, name: str) -> bool:
        return not self.form.is_hidden(fields_of(self.form.record)[name])

    def _line_words(self, name: str, place: int, values: dict[str, Any]) -> Text:
        fields = self._fields(child_class(self.form.record, name), name)
        columns = [at for at in self.form.fields()[name].columns if at in fields]
        named = next((str(self._worded(fields[at], values[at])[0]) for at in columns if values[at]), "")
        return _("Line {number} {what}").fill(number=place, what=named)

    def _cells(self, fields: dict[str, Field], values: dict[str, Any]) -> Cells:
        if len(fields) > 1:
            return tuple(
                self._worded(field, values[at]) for at, field in fields.items() if values[at] not in (None, "", UNKNOWN)
            )
        return tuple(self._worded(field, values[at]) for at, field in fields.items())

    def _worded(self, field: Field, value: Any) -> tuple[Any, str]:
        """Return a value as the employee may read it, and the kind that says how it is written."""
        if value is None or value == "" or value is UNKNOWN:
            return None, field.kind
        if self.form.is_masked(field):
            return masked(str(value)), "text"
        if field.kind == "link" and isinstance(value, int) and field.target is not None:
            return self.form.title_of(field.target, value), "text"
        if field.kind in ("choice", "choices"):
            labels = dict(field.choices)
            return ", ".join(tr(labels.get(one, one)) for one in str(value).split(",")), "text"
        return value, field.kind


def entered(form: Form, record: Any, name: str) -> Any:
    """Return what stands in a field of the record or of a line, unmasked, or the text that did not fit."""
    return form.unfit.get((id(record), name), getattr(record, name))
