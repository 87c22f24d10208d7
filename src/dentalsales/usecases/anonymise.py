"""Taking a person out of the books for good: cards, finished papers, search and the old values of the history.

Lots, sums and numbers stay as they are. What the law wants kept on a paper stays there until its time is over; doing it
again after that takes out the rest.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, false, func, or_, select

from dentalsales.blueprint.fields import CONTACT, PARTY
from dentalsales.blueprint.guard import personal_words
from dentalsales.blueprint.house_records import Attachment, History
from dentalsales.blueprint.masking import ANONYMOUS
from dentalsales.blueprint.persons import Persons
from dentalsales.blueprint.record import child_class, fields_of, personal_columns
from dentalsales.blueprint.register import Register
from dentalsales.blueprint.roles import role_names
from dentalsales.blueprint.rules import NotAllowed, RuleBroken
from dentalsales.i18n import Text, _, joined, n_, tr
from dentalsales.storage.blanked_history import STEP, Blank, blank_history
from dentalsales.usecases import save_record
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.keep_history import WARNINGS, entry_of, write_history
from dentalsales.usecases.record_shape import lines_names
from dentalsales.usecases.search_text import fill_search_text

NOTHING_LEFT = _("Nothing of {name} is left that could be replaced now.")
REPLACED = n_("{title}: replaced in {count} record.", "{title}: replaced in {count} records.")
STAYS = n_("{title}: stays in {count} record, {why}.", "{title}: stays in {count} records, {why}.")
STAYS_UNTIL = n_(
    "{title}: stays in {count} record until {last}, {why}.",
    "{title}: stays in {count} records until {last}, {why}.",
)
STAYS_FROM_TO = _("{title}: stays in {count} records, in the first until {first}, in the last until {last}, {why}.")
FILES = n_("{count} attached file stays as it is.", "{count} attached files stay as they are.")
BESIDE = _("What was written into notes and reasons stays, and so do earlier backups until they are thinned out.")


@dataclass
class Stays:
    """Records of a register that keep the person's data for the same reason."""

    title: Text
    why: Text
    days: list[date | None] = field(default_factory=list)

    @property
    def sentence(self) -> Text:
        """How many, why and until when."""
        days = sorted(one for one in self.days if one is not None)
        if not days:
            return STAYS.fill(title=self.title, count=len(self.days), why=self.why)
        told = {"title": self.title, "count": len(self.days), "last": days[-1], "why": self.why}
        return STAYS_UNTIL.fill(**told) if days[0] == days[-1] else STAYS_FROM_TO.fill(first=days[0], **told)


@dataclass
class Plan:
    """What anonymising somebody does."""

    name: str
    asks_party: bool
    replaced: list[tuple[Register, list[Any]]] = field(default_factory=list)
    told: list[tuple[Register, list[Any]]] = field(default_factory=list)
    """Records whose history may hold old values of the person, whether or not they themselves still do."""
    stays: list[Stays] = field(default_factory=list)
    fields: tuple[Text, ...] = ()
    """The fields of the card itself that are replaced."""
    files: int = 0

    @property
    def is_empty(self) -> bool:
        """True when nothing is left to replace."""
        return not any(records for _register, records in self.replaced)

    @property
    def goes(self) -> list[Text]:
        """Sentences about what is replaced."""
        return [
            REPLACED.fill(title=register.title, count=len(records)) for register, records in self.replaced if records
        ]

    @property
    def keeps(self) -> list[Text]:
        """Sentences about what stays, why and until when."""
        return [*(one.sentence for one in self.stays), *([FILES.fill(count=self.files)] if self.files else []), BESIDE]


def may_anonymise(desk: Desk, register_name: str) -> bool:
    """Say whether the employee may anonymise the people of a register."""
    persons = desk.business.register(register_name).persons
    return persons is not None and desk.only_to_look is None and bool(desk.roles & persons.roles)


def plan(desk: Desk, register_name: str, record_id: int, party: bool = False) -> Plan:
    """Return what anonymising the person of a record would do; NotAllowed without the right, RuleBroken if it can't be.

    With `party` the record's own name goes as well, where it is a person and no firm.
    """
    with desk.reading() as act:
        return _plan(act, *_demanded(act, register_name, record_id), party)


def anonymise(desk: Desk, register_name: str, record_id: int, party: bool = False) -> Plan:
    """Do it, in one transaction, and return what was done; it can't be undone."""
    with desk.writing() as act:
        register, persons, record = _demanded(act, register_name, record_id)
        act.by_right_of(persons.roles)
        done = _plan(act, register, persons, record, party)
        if done.is_empty:
            raise RuleBroken(NOTHING_LEFT, name=done.name)
        told = [tr(one) for one in (*done.goes, *done.keeps)]
        kinds = _kinds(party)
        blanks = [
            Blank(of.name, one.id, personal_words(of.record, kinds)) for of, records in done.told for one in records
        ]
        for of, records in done.replaced:
            for one in records:
                _replace(act, of, one, kinds, entry=one is not record)
        blanks += _deleted_drafts(act, register, record.id, kinds)
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


def _kinds(party: bool) -> tuple[str, ...]:
    return (CONTACT, PARTY) if party else (CONTACT,)


def _plan(act: Any, register: Register, persons: Persons, record: Any, party: bool) -> Plan:
    made, kinds = Plan(record.record_title, persons.asks_party), _kinds(party)
    stays: dict[tuple[str, str], Stays] = {}
    for of, about, found in _records(act, register, persons, record, kinds):
        going = []
        for one in found:
            kept = about.keeps(one, act) if about.keeps is not None else None
            if kept is not None and (kept.until is None or kept.until >= act.today):
                stays.setdefault((of.name, str(kept.why)), Stays(of.title, kept.why)).days.append(kept.until)
            else:
                going.append(one)
        made.told.append((of, going))
        made.replaced.append((of, [one for one in going if _is_left(one, kinds)]))
        made.files += _files(act, of, [one.id for one in found])
    made.stays = list(stays.values())
    words = personal_words(register.record, kinds)
    made.fields = tuple(field.label for name, field in fields_of(register.record).items() if name in words)
    return made


def _records(
    act: Any, register: Register, persons: Persons, record: Any, kinds: Sequence[str]
) -> Iterator[tuple[Register, Persons, list[Any]]]:
    """Yield the registers that hold data of the person, each with all records about it."""
    yield register, persons, [record]
    for other in act.desk.business.registers:
        about = other.persons
        if about is not None and about.of == register.name and personal_words(other.record, kinds):
            link = getattr(other.record, about.path)
            query = select(other.record).where(link == record.id).order_by(other.record.id)
            yield other, about, list(act.session.scalars(query))


def _is_left(record: Any, kinds: Sequence[str]) -> bool:
    cls = type(record)
    if any(getattr(record, name) not in (None, "", _stand_in(record, name)) for name in personal_columns(cls, kinds)):
        return True
    return any(
        getattr(line, one) not in (None, "", ANONYMOUS)
        for name in lines_names(cls)
        for line in getattr(record, name)
        for one in personal_columns(child_class(cls, name), kinds)
    )


def _stand_in(record: Any, name: str) -> str | None:
    """Return what stands in place of a value: nothing where none has to be, a word of its own where all must differ."""
    column = type(record).__mapper__.columns[name]
    if column.unique:
        return None if column.nullable else f"{ANONYMOUS}{record.id}"
    return f"{ANONYMOUS}{record.id}" if name in type(record).title_fields else ANONYMOUS


def _replace(act: Any, register: Register, record: Any, kinds: Sequence[str], entry: bool) -> None:
    cls = type(record)
    for name in personal_columns(cls, kinds):
        if getattr(record, name) not in (None, ""):
            setattr(record, name, _stand_in(record, name))
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


def _files(act: Any, register: Register, ids: Iterable[int]) -> int:
    query = select(func.count()).select_from(Attachment)
    return act.session.scalar(query.where(Attachment.register == register.name, Attachment.record_id.in_(ids))) or 0
