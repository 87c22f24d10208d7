"""Printing papers: what comes out, how often it came out before, and the mark on every print after the first."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from dentalsales.blueprint.house_records import PrintRun
from dentalsales.blueprint.print_template import Template, copies_of, tailored
from dentalsales.blueprint.printout import Paper, Printout
from dentalsales.blueprint.register import Register
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.usecases import save_record
from dentalsales.usecases.company_settings import letterhead_of, read_settings
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.keep_history import write_history
from dentalsales.usecases.masking import cover
from dentalsales.usecases.own_records import own_records
from dentalsales.usecases.print_template import logo, read, usual_size
from dentalsales.usecases.record_shape import links_of

Progress = Callable[[int, int], object]
"""(papers done, in all); it raises to stop."""


@dataclass(frozen=True)
class Choice:
    """What whoever prints wants: a size, prices or none; what is left open follows the customer, then the template."""

    size: str = ""
    prices: bool | None = None


@dataclass(frozen=True)
class Print:
    """One record as it is about to be printed; number counts its prints from 1, and is 0 for a draft."""

    record_id: int
    number: int
    size: str
    copies: int
    prices: bool


ONLY_A_COPY = _("From a backup")
"""Stands across a paper that was printed from a copy of the company."""


@dataclass(frozen=True)
class Prepared:
    """Papers ready to draw, every copy of every record, and what has to be counted when they are printed."""

    printout: str
    papers: tuple[Paper, ...]
    prints: tuple[Print, ...]


class PrintedMeanwhile(RuleBroken):
    """Somebody printed one of the papers since it was prepared: the mark on it would be wrong."""


def prepare(
    desk: Desk,
    printout_name: str,
    record_ids: Sequence[int],
    choice: Choice | None = None,
    progress: Progress | None = None,
) -> Prepared:
    """Return the papers of records, sorted by number; RuleBroken when one is not printed in its state."""
    printout = desk.business.printout(printout_name)
    register = desk.business.register(printout.register)
    wanted = choice or Choice()
    papers: list[Paper] = []
    prints: list[Print] = []
    with desk.reading() as act:
        letterhead, sign = letterhead_of(read_settings(act.session)), logo(desk, act.session)
        counts = _counts(act.session, printout_name, record_ids)
        records = _of_this_paper(printout, [save_record.load(act, register, record_id) for record_id in record_ids])
        for done, record in enumerate(sorted(records, key=lambda one: (one.number or "", one.id))):
            if progress is not None:
                progress(done, len(records))
            _printed_in_this_state(printout, record)
            cover(desk.business, record, [relation for _id, relation, _to in links_of(register.record)], desk.roles)
            template, prices = _chosen(act.session, printout, record, wanted)
            made = printout.make(record, act, {"size": template.size, "prices": prices})
            number = 0 if _is_draft(register, record) else counts.get(record.id, 0) + 1
            made = replace(
                made,
                letterhead=letterhead,
                logo=sign,
                printed_at=desk.now(),
                printed_by=desk.signs_as,
                reprint=max(0, number - 1),
                mark=made.mark if desk.only_to_look is None else ONLY_A_COPY,
            )
            copies = copies_of(tailored(made, template), template)
            papers += copies
            prints.append(Print(record.id, number, template.size, len(copies), prices))
    return Prepared(printout_name, tuple(papers), tuple(prints))


def blank(desk: Desk, printout_name: str, size: str = "") -> Prepared:
    """Return a form with nothing filled in, to be written by hand: without number, counted nowhere."""
    printout = desk.business.printout(printout_name)
    desk.demand(printout.register, "view")
    if printout.blank is None:
        raise RuleBroken(_("There is no empty form of “{title}”."), title=printout.title)
    with desk.reading() as act:
        template = read(act.session, printout, size or usual_size(act.session, printout))
        made = printout.make(printout.blank(), act, {"size": template.size, "prices": False})
        letterhead, sign = letterhead_of(read_settings(act.session)), logo(desk, act.session)
    made = replace(made, letterhead=letterhead, logo=sign, mark=None, number="", code=False)
    return Prepared(printout_name, tuple(copies_of(tailored(made, template), template)), ())


def paper(desk: Desk, printout_name: str, record_id: int, **options: Any) -> Paper:
    """Return the first copy of one paper ready to draw; options: size, prices."""
    return prepare(desk, printout_name, [record_id], Choice(**options)).papers[0]


def _of_this_paper(printout: Printout, records: list[Any]) -> list[Any]:
    """Return the records that have such a paper; RuleBroken when none has."""
    found = [one for one in records if printout.when is None or printout.when(one)]
    if records and not found:
        raise RuleBroken(_("None of these has the paper “{title}”."), title=printout.title)
    return found


def claim(desk: Desk, prepared: Prepared, way: str) -> list[int]:
    """Count papers as printed ("paper") or kept ("pdf") and write it into their histories, before they go out.

    Return what `take_back` needs when they do not come out after all. PrintedMeanwhile when a count has moved.
    """
    if desk.only_to_look is not None:  # what is printed from a copy bears its mark and counts nowhere
        return []
    printout = desk.business.printout(prepared.printout)
    register = desk.business.register(printout.register)
    runs: list[PrintRun] = []
    with desk.writing() as act:
        counts = _counts(act.session, prepared.printout, [one.record_id for one in prepared.prints])
        if any(one.number and one.number != counts.get(one.record_id, 0) + 1 for one in prepared.prints):
            raise PrintedMeanwhile(_("Somebody printed this paper just now. Look at it again before you print."))
        for one in prepared.prints:
            _note(act, register, one.record_id, "printed", printout, one, way)
            if one.number:
                run = PrintRun(
                    printout=printout.name, record_id=one.record_id, number=one.number, way=way, size=one.size,
                    copies=one.copies, employee_id=desk.employee_id, at=act.now,
                )  # fmt: skip
                act.session.add(run)
                runs.append(run)
        act.session.flush()
        return [run.id for run in runs]


def take_back(desk: Desk, prepared: Prepared, runs: Sequence[int]) -> None:
    """Count papers as not printed: the printer refused, or the job was stopped. The history keeps both."""
    if desk.only_to_look is not None:
        return
    printout = desk.business.printout(prepared.printout)
    register = desk.business.register(printout.register)
    with desk.writing() as act:
        mine = (
            PrintRun.printout == prepared.printout,
            PrintRun.record_id.in_([one.record_id for one in prepared.prints]),
            PrintRun.employee_id == desk.employee_id,
        )
        act.session.execute(delete(PrintRun).where(PrintRun.id.in_(runs), *mine))
        for one in prepared.prints:
            _note(act, register, one.record_id, "not_printed", printout, one, "")


def printed_before(desk: Desk, printout_name: str, record_ids: Sequence[int]) -> dict[int, int]:
    """Return how often each record was printed, without those that never were; NotAllowed for a stranger's."""
    register = desk.business.register(desk.business.printout(printout_name).register)
    with desk.reading() as act:
        for record_id in record_ids:
            save_record.load(act, register, record_id)
        return _counts(act.session, printout_name, record_ids)


def of_the_day(desk: Desk, printout_name: str) -> list[int]:
    """Return the records of today that count, as far as the employee may see them, in the order of their numbers."""
    printout = desk.business.printout(printout_name)
    register = desk.business.register(printout.register)
    desk.demand(register.name, "view")
    record: Any = register.record
    states = register.workflow.states if register.workflow else ()
    counting = [state.name for state in states if not state.draft and state.name not in printout.undone]
    query = select(record.id).where(getattr(record, printout.day) == desk.today, record.state.in_(counting))
    with desk.reading() as act:
        own = own_records(register, desk.roles, desk.employee_id)
        wanted = query if own is None else query.where(own)
        return list(act.session.scalars(wanted.order_by(record.number, record.id)))


def _chosen(session: Session, printout: Printout, record: Any, wanted: Choice) -> tuple[Template, bool]:
    wishes: Mapping[str, Any] = printout.wishes(record) if printout.wishes is not None else {}
    wished = wishes.get("size", "")
    size = wanted.size or (wished if wished in printout.sizes else usual_size(session, printout))
    template = read(session, printout, size)
    if not printout.prices_optional:
        return template, True
    prices = next((each for each in (wanted.prices, wishes.get("prices")) if each is not None), template.prices)
    return template, bool(prices)


def _printed_in_this_state(printout: Printout, record: Any) -> None:
    if printout.states and record.state not in printout.states:
        raise RuleBroken(_("“{title}” is not printed in this state."), title=printout.title)


def _is_draft(register: Register, record: Any) -> bool:
    workflow = register.workflow
    return workflow is not None and workflow.state(record.state or workflow.initial.name).draft


def _counts(session: Session, printout_name: str, record_ids: Sequence[int]) -> dict[int, int]:
    counted = (
        select(PrintRun.record_id, func.max(PrintRun.number))
        .where(PrintRun.printout == printout_name, PrintRun.record_id.in_(record_ids))
        .group_by(PrintRun.record_id)
    )
    return {record_id: int(number) for record_id, number in session.execute(counted)}


def _note(act: Any, register: Register, record_id: int, step: str, printout: Printout, one: Print, way: str) -> None:
    record = save_record.load(act, register, record_id)
    state = getattr(record, "state", "")
    told = {"printout": printout.name, "number": one.number, "size": one.size, "way": way}
    write_history(act, register.name, record_id, step, state, state, "", {"print": told})
    act.touched.add(register.name)
