"""What a list tells of a record beside it, without opening it: its state, what its form holds, its lines, its facts."""

from dataclasses import dataclass
from typing import Any

from dentalsales.blueprint.insight import Fact
from dentalsales.blueprint.workflow import State
from dentalsales.i18n import Text
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.form import open_form

MOST_LINES = 8
LINE_FIELDS = 3
LEFT_OUT = frozenset({"lines", "attachments", "state"})


@dataclass(frozen=True)
class Peek:
    """Plain values, safe to hand to any thread."""

    record_id: int
    title: Text
    state: State | None
    facts: tuple[tuple[Text, str, Any], ...]
    """Label, kind and value or words of every field that holds something, in the order of the form."""
    lines: tuple[tuple[Text, int, tuple[tuple[str, ...], ...]], ...]
    """Label, number and the first lines in words."""
    groups: tuple[tuple[Text, tuple[Fact, ...]], ...]


def peek(desk: Desk, register_name: str, record_id: int) -> Peek:
    """Return what the employee may see of a record; RuleBroken when it is not there or not his."""
    form = open_form(desk, register_name, record_id)
    fields = form.fields()
    facts: list[tuple[Text, str, Any]] = []
    lines = []
    for name in form.register.field_names():
        one = fields.get(name)
        if one is None:
            continue
        if one.kind == "lines":
            lines.append((one.label, len(form.lines(name)), _first_lines(form, name)))
        elif one.kind not in LEFT_OUT and (value := form.get(name)) not in (None, "", False, ()):
            worded = one.kind in ("link", "choice", "choices")
            facts.append((one.label, "text" if worded else one.kind, form.shown(name) if worded else value))
    return Peek(
        record_id,
        form.title,
        form.state,
        tuple(facts),
        tuple(lines),
        tuple((title, tuple(found)) for title, found in form.insights()),
    )


def _first_lines(form: Any, name: str) -> tuple[tuple[str, ...], ...]:
    shown = list(form.line_fields(name))[:LINE_FIELDS]
    return tuple(tuple(line.shown(one) for one in shown) for line in form.lines(name)[:MOST_LINES])
