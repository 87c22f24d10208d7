"""Taking a person out of the books for good: cards, finished papers, search and the old values of the history.

Lots, sums and numbers stay as they are. What the law wants kept on a paper stays there until its time is over; doing it
again after that takes out the rest.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, false, or_, select

from dentalsales.blueprint.guard import personal_words
from dentalsales.blueprint.house_records import History
from dentalsales.blueprint.masking import ANONYMOUS
from dentalsales.blueprint.persons import Persons
from dentalsales.blueprint.record import child_class, fields_of, personal_columns
from dentalsales.blueprint.register import Register
from dentalsales.blueprint.roles import role_names
from dentalsales.blueprint.rules import NotAllowed, RuleBroken
from dentalsales.i18n import _, joined, tr
from dentalsales.storage.blanked_history import STEP, Blank, blank_history
from dentalsales.usecases import save_record
from dentalsales.usecases.anonymise_plan import Plan, kinds_of, plan_of, stand_in
from dentalsales.usecases.chosen_words import replace_chosen
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.keep_history import WARNINGS, entry_of, write_history
from dentalsales.usecases.record_shape import lines_names
from dentalsales.usecases.search_text import fill_search_text

NOTHING_LEFT = _("Nothing of {name} is left that could be replaced now.")
SHORTEST = 2
"""Shorter words are no names: they stand in choices for other things."""


def may_anonymise(desk: Desk, register_name: str) -> bool:
    """Say whether the employee may anonymise the people of a register."""
    persons = desk.business.register(register_name).persons
    return persons is not None and desk.only_to_look is None and bool(desk.roles & persons.roles)


def plan(desk: Desk, register_name: str, record_id: int, party: bool = False, rest: bool = False) -> Plan:
    """Return what anonymising the person of a record would do; NotAllowed without the right, RuleBroken if it can't be.

    With `party` the record's own name goes as well, where it is a person and no firm. With `rest` only what an earlier
    anonymisation had to leave goes, and nothing of whoever was entered since.
    """
    with desk.reading() as act:
        return plan_of(act, *_demanded(act, register_name, record_id), party, rest)


def anonymise(desk: Desk, register_name: str, record_id: int, party: bool = False, rest: bool = False) -> Plan:
    """Do it, in one transaction, and return what was done; it can't be undone."""
    with desk.writing() as act:
        register, persons, record = _demanded(act, register_name, record_id)
        act.by_right_of(persons.roles)
        done = plan_of(act, register, persons, record, party, rest)
        if done.is_empty:
            raise RuleBroken(NOTHING_LEFT, name=done.name)
        told = [tr(one) for one in (*done.goes, *done.keeps)]
        kinds = kinds_of(party)
        blanks = [
            Blank(of.name, one.id, personal_words(of.record, kinds)) for of, records in done.told for one in records
        ]
        old = set() if rest else _words(record, kinds)
        for of, records in done.replaced:
            for one in records:
                _replace(act, of, one, kinds, entry=one is not record)
        blanks += [] if rest else _deleted_drafts(act, register, record.id, kinds)
        words = {**dict.fromkeys(old, ANONYMOUS), done.name: record.record_title}
        replace_chosen(act.session, words, _personal_fields(act))
        if persons.after is not None:
            persons.after(record, act)
        act.session.flush()
        state = getattr(record, "state", "")
        entry = entry_of(act, register.name, record.id, STEP, state, state, version=record.version)
        blank_history(act.session, entry, blanks, {WARNINGS: told})
        act.touched.add(register.name)
        return done


def is_of_nobody(
    desk: Desk, register_name: str, record_id: int | None, values: Mapping[str, Any], at: datetime
) -> bool:
    """Say whether what was typed into a form at a moment is about somebody who was anonymised since."""
    persons = desk.business.register(register_name).persons
    if persons is None:
        return False
    keys = [(register_name, record_id), (persons.of, values.get(persons.path))]
    same = [and_(History.register == name, History.record_id == key) for name, key in keys if isinstance(key, int)]
    query = select(History.id).where(History.step == STEP, History.at >= at, or_(false(), *same)).limit(1)
    with desk.reading() as act:
        return act.session.scalar(query) is not None


def _demanded(act: Any, register_name: str, record_id: int) -> tuple[Register, Persons, Any]:
    register = act.desk.business.register(register_name)
    persons = register.persons
    if persons is None or not persons.roles:
        raise RuleBroken(_("“{title}” holds nobody who could be anonymised."), title=register.title)
    if not may_anonymise(act.desk, register_name):
        raise NotAllowed(_("Anonymising is done by: {roles}."), roles=joined(role_names(persons.roles)))
    record = save_record.load(act, register, record_id)
    if persons.demands is not None:
        persons.demands(record, act)
    return register, persons, record


def _words(record: Any, kinds: Sequence[str]) -> set[str]:
    """Return the words of a person on a card and its lines."""
    cls = type(record)
    found = {getattr(record, name) for name in personal_columns(cls, kinds)}
    for lines in lines_names(cls):
        names = personal_columns(child_class(cls, lines), kinds)
        found |= {getattr(line, name) for line in getattr(record, lines) for name in names}
    return {one for one in found if isinstance(one, str) and len(one) >= SHORTEST} - {ANONYMOUS}


def _personal_fields(act: Any) -> set[str]:
    """Return how fields are called, of records and of lines, in which any register keeps data of persons."""
    records: list[type[Any]] = [register.record for register in act.desk.business.registers]
    lines = [child_class(one, name) for one in records for name in lines_names(one)]
    return {name for one in (*records, *lines) for name in personal_columns(one)}


def _replace(act: Any, register: Register, record: Any, kinds: Sequence[str], entry: bool) -> None:
    cls = type(record)
    for name in personal_columns(cls, kinds):
        if getattr(record, name) not in (None, ""):
            setattr(record, name, stand_in(record, name))
    for name in lines_names(cls):
        _replace_lines(getattr(record, name), child_class(cls, name), kinds)
    record.version += 1
    fill_search_text(record)
    act.session.flush()
    if entry:
        state = getattr(record, "state", "")
        write_history(act, register.name, record.id, STEP, state, state, version=record.version)
        act.touched.add(register.name)


def _replace_lines(lines: list[Any], child: type[Any], kinds: Sequence[str]) -> None:
    """A line that is nothing without the person goes, in others the person is replaced."""
    names, fields = personal_columns(child, kinds), fields_of(child)
    if any(fields[name].required for name in names):
        lines.clear()
        return
    for line in lines:
        for name in names:
            if getattr(line, name):
                setattr(line, name, ANONYMOUS)


def _deleted_drafts(act: Any, register: Register, record_id: int, kinds: Sequence[str]) -> list[Blank]:
    """Return what the history still tells of drafts about the person that somebody deleted."""
    found = []
    for other in act.desk.business.registers:
        if other.persons is not None and other.persons.of == register.name:
            entries = select(History.record_id).where(
                History.register == other.name,
                History.step == "deleted",
                History.changes.contains(f'"{other.persons.path}":[null,{record_id}]', autoescape=True),
            )
            words = personal_words(other.record, kinds)
            found += [Blank(other.name, one, words) for one in act.session.scalars(entries)]
    return found
