"""The same again: the last papers of the same customer, and their lines taken into the one that is filled in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from dentalsales.blueprint.record import child_class, fields_of
from dentalsales.blueprint.register import Register
from dentalsales.blueprint.repeat import Repeat
from dentalsales.blueprint.rules import NotAllowed, RuleBroken
from dentalsales.i18n import Text, _
from dentalsales.usecases import save_record
from dentalsales.usecases.copied_lines import CopiedLines, copy_lines_into, links_of_line, standing_of
from dentalsales.usecases.desk import WorkingAct
from dentalsales.usecases.earlier_rows import RowsKey, lines_of_rows, papers_of_rows
from dentalsales.usecases.form_values import FormValues
from dentalsales.usecases.list_frame import names_of
from dentalsales.usecases.own_records import own_records

LAST = 10


@dataclass(frozen=True)
class EarlierPaper:
    """One paper that may be repeated; `contents` are the titles of what its first lines name."""

    key: int | RowsKey
    number: str
    on: date | None
    total: Decimal | None
    contents: Text

    @property
    def called(self) -> str:
        """How sentences name it; what was brought in without a number is named by its day."""
        return self.number or _("Past sales of {day}").fill(day=self.on.isoformat() if self.on else "")


@dataclass(frozen=True)
class EarlierLine:
    """One line of it, in the words of the grid, and what stands in its way."""

    cells: dict[str, Any]
    reason: Text | None


def earlier_papers(form: FormValues, limit: int = LAST) -> list[EarlierPaper]:
    """Return the last papers with the same value, newest first; RuleBroken until that value has been entered."""
    register, repeat = form.register, _repeat(form)
    form.desk.demand(register.name, "view")
    same = form.get(repeat.by)
    if not isinstance(same, int):
        raise RuleBroken(_("Enter “{field}” first.").fill(field=form.fields()[repeat.by].label), field=repeat.by)
    record = register.record
    kept = [getattr(record, repeat.by) == same, record.id != (form.id or 0), *_stood(register)]
    own = own_records(register, form.desk.roles, form.desk.employee_id)
    with form.desk.reading() as act:
        query = select(record).where(*kept, *([] if own is None else [own])).order_by(record.id.desc()).limit(limit)
        papers = [_earlier(form, register, paper, repeat.lines) for paper in act.session.scalars(query)]
    for key, total in papers_of_rows(form, repeat, limit):
        contents = _contents(form, repeat.lines, lines_of_rows(form, repeat, key))
        papers.append(EarlierPaper(key, key.number, key.on, total, contents))
    return sorted(papers, key=lambda paper: paper.on or date.min, reverse=True)[:limit]


def lines_of(form: FormValues, key: int | RowsKey) -> list[EarlierLine]:
    """Return the lines of one of them as they stand there, each with the reason why it can't be taken."""
    repeat = _repeat(form)
    with form.desk.reading() as act:
        lines = _earlier_lines(form, repeat, key, act)
        gone, _cautions = standing_of(form, repeat.lines, lines)
        form.read_titles(lines)
        shown = form.line_fields(repeat.lines)
        found = []
        for line in lines:
            cells = {name: form.shown_of(line, name) if one.kind == "link" else getattr(line, name)
                     for name, one in shown.items()}  # fmt: skip
            reasons = [gone[link] for link in links_of_line(form, repeat.lines, line) if link in gone]
            found.append(EarlierLine(cells, reasons[0] if reasons else None))
        return found


def repeat_lines(form: FormValues, key: int | RowsKey) -> CopiedLines:
    """Take the lines of an earlier paper into the form, priced by today's rules; NotAllowed or RuleBroken when not."""
    repeat = _repeat(form)
    if not form.can_edit(repeat.lines):
        raise NotAllowed(
            _("“{label}” can't be changed here."), field=repeat.lines, label=form.fields()[repeat.lines].label
        )
    with form.desk.reading() as act:
        return copy_lines_into(form, repeat.lines, _earlier_lines(form, repeat, key, act))


def _earlier_lines(form: FormValues, repeat: Repeat, key: int | RowsKey, act: WorkingAct) -> list[Any]:
    if isinstance(key, RowsKey):
        return lines_of_rows(form, repeat, key)
    lines: list[Any] = getattr(save_record.load(act, form.register, key), repeat.lines)
    return lines


def _repeat(form: FormValues) -> Repeat:
    if form.register.repeat is None:
        raise RuleBroken(_("There is nothing to repeat here."))
    return form.register.repeat


def _stood(register: Register) -> list[Any]:
    """Papers with a number that were not taken back count; a draft is still being written."""
    gone = [state.name for state in register.workflow.states if state.family == "void"] if register.workflow else []
    record: Any = register.record
    return [record.number.is_not(None), record.state.not_in(gone)]


def _earlier(form: FormValues, register: Register, paper: Any, name: str) -> EarlierPaper:
    known = fields_of(register.record)
    usual = [one for one in names_of(register) if one in known]
    on = next((one for one in usual if known[one].kind == "day"), None)
    total = next((one for one in usual if known[one].kind == "money" and known[one].total), None)
    return EarlierPaper(
        paper.id,
        paper.number,
        getattr(paper, on) if on else None,
        getattr(paper, total) if total else None,
        _contents(form, name, getattr(paper, name)),
    )


def _contents(form: FormValues, name: str, lines: Sequence[Any]) -> Text:
    form.read_titles(lines)
    link = next(one for one in form.line_fields(name) if fields_of(child_class(form.record, name))[one].kind == "link")
    titles = list(dict.fromkeys(form.shown_of(line, link) for line in lines[:3]))
    words = _("{titles} … ({count} lines)") if len(lines) > 3 else _("{titles}")
    return words.fill(titles=", ".join(titles), count=len(lines))
