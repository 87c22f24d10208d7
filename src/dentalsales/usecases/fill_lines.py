"""Many lines of a form at once, from a copied block, an earlier paper or a matrix: what follows is asked once."""

from collections.abc import Mapping, Sequence
from typing import Any

from dentalsales.blueprint.record import child_class, fields_of
from dentalsales.blueprint.rules import NotAllowed
from dentalsales.i18n import _
from dentalsales.usecases.blank_record import blank
from dentalsales.usecases.form_values import FormValues, LineView

Row = Mapping[str, Any]
"""Field -> value; a text that does not fit its field is kept as it is and named by the form's problems."""


def add_lines(form: FormValues, name: str, rows: Sequence[Row], at: int | None = None) -> list[LineView]:
    """Add lines with these values at the end or before the line at `at`; NotAllowed for what may not be typed."""
    if not form.can_edit(name):
        raise NotAllowed(_("“{label}” can't be changed here."), field=name, label=form.fields()[name].label)
    _demand(form, name, {field for row in rows for field in row})
    child, lines = child_class(form.record, name), getattr(form.record, name)
    made = [blank(child, form.desk) for _row in rows]
    place = len(lines) if at is None else at
    lines[place:place] = made
    fill_lines(form, name, made, rows)
    return [LineView(form, name, line) for line in made]


def fill_lines(form: FormValues, name: str, lines: Sequence[Any], rows: Sequence[Row]) -> None:
    """Put values into lines that stand in the form already."""
    typed = {field for row in rows for field in row}
    _demand(form, name, typed)
    known = fields_of(child_class(form.record, name))
    for line, row in zip(lines, rows, strict=True):
        for field, value in row.items():
            form.put(line, field, known[field], value)
    form.read_titles(lines)
    together = form.register.follows_lines.get(name)
    follows = {
        field: form.register.follows[f"{name}.{field}"] for field in typed if f"{name}.{field}" in form.register.follows
    }
    with form.desk.reading() as act:
        if together is not None:
            together(form.record, lines, act)
            return
        for line, row in zip(lines, rows, strict=True):
            for field in row:
                if field in follows:
                    follows[field](form.record, line, act)


def _demand(form: FormValues, name: str, typed: set[str]) -> None:
    refused = next((field for field in sorted(typed) if not form.can_edit(f"{name}.{field}")), None)
    if refused is not None:
        label = fields_of(child_class(form.record, name))[refused].label
        raise NotAllowed(_("“{label}” can't be changed here."), field=f"{name}.{refused}", label=label)
