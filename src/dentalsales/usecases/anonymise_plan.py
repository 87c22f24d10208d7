"""What anonymising somebody would do: which records lose the person, and which keep it, why and until when."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import func, select

from dentalsales.blueprint.fields import CONTACT, PARTY
from dentalsales.blueprint.guard import personal_words
from dentalsales.blueprint.house_records import GONE, Attachment, History
from dentalsales.blueprint.masking import ANONYMOUS
from dentalsales.blueprint.persons import Persons
from dentalsales.blueprint.record import child_class, fields_of, personal_columns
from dentalsales.blueprint.register import Register
from dentalsales.i18n import Text, _, n_
from dentalsales.storage.blanked_history import STEP
from dentalsales.usecases.record_shape import lines_names, links_of

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
    earlier: datetime | None = None
    """When somebody was anonymised here the last time."""

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


def kinds_of(party: bool) -> tuple[str, ...]:
    """Return whose data goes."""
    return (CONTACT, PARTY) if party else (CONTACT,)


def plan_of(act: Any, register: Register, persons: Persons, record: Any, party: bool, rest: bool) -> Plan:
    """Return what would be done; `rest` leaves the record itself and what was begun after the last time."""
    made, kinds = Plan(record.record_title, persons.asks_party), kinds_of(party)
    same = History.register == register.name, History.record_id == record.id
    made.earlier = act.session.scalar(select(func.max(History.at)).where(*same, History.step == STEP))
    stays: dict[tuple[str, str], Stays] = {}
    for of, about, found in _records(act, register, persons, record, kinds):
        going = []
        if rest and made.earlier is not None:
            found = [one for one in found if one is not record and _begun(one, register.record) <= made.earlier]
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


def _begun(record: Any, person: type[Any]) -> datetime:
    """Return when a paper was begun, or the earlier one that it was begun from, whose people it took over."""
    earlier = (getattr(record, one) for _link, one, target in links_of(type(record)) if target is not person)
    moments = (getattr(one, "entered_at", None) for one in (record, *earlier))
    return min((one for one in moments if one is not None), default=datetime.max.replace(tzinfo=UTC))


def _is_left(record: Any, kinds: Sequence[str]) -> bool:
    cls = type(record)
    if any(getattr(record, name) not in (None, "", stand_in(record, name)) for name in personal_columns(cls, kinds)):
        return True
    return any(
        getattr(line, one) not in (None, "", ANONYMOUS)
        for name in lines_names(cls)
        for line in getattr(record, name)
        for one in personal_columns(child_class(cls, name), kinds)
    )


def stand_in(record: Any, name: str) -> str | None:
    """Return what stands in place of a value: nothing where none has to be, a word of its own where all must differ."""
    column = type(record).__mapper__.columns[name]
    if column.unique:
        return None if column.nullable else f"{ANONYMOUS}{record.id}"
    return f"{ANONYMOUS}{record.id}" if name in type(record).title_fields else ANONYMOUS


def _files(act: Any, register: Register, ids: Iterable[int]) -> int:
    query = select(func.count()).select_from(Attachment).where(Attachment.kind != GONE)
    return act.session.scalar(query.where(Attachment.register == register.name, Attachment.record_id.in_(ids))) or 0
