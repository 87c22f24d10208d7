"""The lines of an earlier paper in a new form: today's prices, marks on what was copied, nothing dropped silently."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from dentalsales.blueprint.fields import Field
from dentalsales.blueprint.record import child_class, fields_of
from dentalsales.i18n import Text, _, n_
from dentalsales.usecases.fill_lines import add_lines
from dentalsales.usecases.form_values import FormValues, LineView
from dentalsales.usecases.offered import offered

Reason = tuple[str, Text]
"""The title of a record, and why somebody has to know of it."""


@dataclass
class CopiedLines:
    """What became of an earlier paper's lines."""

    count: int = 0
    moved: int = 0
    """Lines that have another price today."""
    changed: list[tuple[str, Text, str, str]] = field(default_factory=list)
    """Title of the record, label of a cell that could not be kept, what it said and what it says now."""
    left_out: list[Reason] = field(default_factory=list)
    cautions: list[Reason] = field(default_factory=list)

    def told(self, source: str) -> list[Text]:
        """Return what the employee reads above the lines; `source` names the earlier paper."""
        said = [TAKEN.fill(count=self.count, source=source)]
        said += [MOVED.fill(count=self.moved)] if self.moved else []
        said += [LEFT_OUT.fill(title=title, reason=reason) for title, reason in self.left_out]
        said += [CHANGED.fill(title=one[0], label=one[1], former=one[2], now=one[3]) for one in self.changed]
        return said + [CAUTION.fill(title=title, reason=reason) for title, reason in self.cautions]


def copy_lines_into(form: FormValues, name: str, source: Iterable[Any]) -> CopiedLines:
    """Add copies of some lines: only fields that are copied and that this employee may type; the rest follows anew."""
    lines, copied = list(source), CopiedLines()
    names = copied_fields(form, name)
    gone, cautions = standing_of(form, name, lines)
    kept = [line for line in lines if not any(link in gone for link in links_of_line(form, name, line))]
    for line in lines:
        for link in links_of_line(form, name, line):
            if link in gone:
                copied.left_out.append((form.title_of(*link), gone[link]))
            elif link in cautions:
                copied.cautions.append((form.title_of(*link), cautions[link]))
    made = add_lines(form, name, [{one: getattr(line, one) for one in names} for line in kept])
    prices = [one for one, known in form.line_fields(name).items() if known.kind == "price" and one not in names]
    for before, now in zip(kept, made, strict=True):
        for one in (one for one in names if now.get(one)):
            form.marks.put(now.record, one)
            if getattr(before, one) and getattr(before, one) != now.get(one):
                _tell_changed(form, copied, name, before, now, one)
        differing = [one for one in prices if _differs(getattr(before, one), now.get(one))]
        for one in differing:
            form.marks.put(now.record, one, f"{getattr(before, one):,.2f}")
        copied.moved += bool(differing)
    copied.count = len(made)
    return copied


def _tell_changed(form: FormValues, copied: CopiedLines, name: str, before: Any, now: LineView, one: str) -> None:
    """A unit that the product no longer has would make another amount of the same quantity: nobody may miss it."""
    former = form.shown_of(before, one)
    form.marks.put(now.record, one, former)
    titles = [form.title_of(*link) for link in links_of_line(form, name, before)]
    copied.changed.append((", ".join(titles), form.line_fields(name)[one].label, former, now.shown(one)))


def copied_fields(form: FormValues, name: str) -> list[str]:
    """Return the columns of a grid that are taken along."""
    return [one for one, known in form.line_fields(name).items() if known.copied and form.can_edit(f"{name}.{one}")]


def links_of_line(form: FormValues, name: str, line: Any) -> list[tuple[str, int]]:
    """Return the records (table, id) that the columns of a line point at."""
    found = [(known.target or "", getattr(line, one)) for one, known in _links(form, name)]
    return [(table, record_id) for table, record_id in found if isinstance(record_id, int)]


def standing_of(form: FormValues, name: str, lines: Iterable[Any]) -> tuple[dict[Any, Text], dict[Any, Text]]:
    """Return why some of the records that lines point at can't be used any more, and what to know of the others."""
    lines = list(lines)
    gone: dict[Any, Text] = {}
    cautions: dict[Any, Text] = {}
    tables = {register.table_name: register for register in form.desk.business.registers}
    with form.desk.reading() as act:
        for one, known in _links(form, name):
            register = tables.get(known.target or "")
            ids = {value for line in lines if isinstance(value := getattr(line, one), int)}
            if register is None or not ids:
                continue
            record = register.record
            still = set(act.session.scalars(select(record.id).where(record.id.in_(ids), *offered(register))))
            gone |= {(register.table_name, lost): NO_LONGER for lost in ids - still}
            for found in act.session.scalars(select(record).where(record.id.in_(still))):
                if (caution := found.caution(act.today)) is not None:
                    cautions[register.table_name, found.id] = caution
    return gone, cautions


def _links(form: FormValues, name: str) -> list[tuple[str, Field]]:
    known = fields_of(child_class(form.record, name))
    return [(one, known[one]) for one in form.line_fields(name) if known[one].kind == "link"]


def _differs(before: Any, now: Any) -> bool:
    return before is not None and before != now


TAKEN = n_(
    "{count} line taken from {source}; its cells are marked until you touch them.",
    "{count} lines taken from {source}; their cells are marked until you touch them.",
)
MOVED = n_(
    "{count} line has another price today; the former one is struck through.",
    "{count} lines have another price today; the former one is struck through.",
)
CHANGED = _("Check: {title}: {label} was “{former}” and is now “{now}”.")
LEFT_OUT = _("Left out: {title}: {reason}")
CAUTION = _("Check: {title}: {reason}")
NO_LONGER = _("no longer used")
