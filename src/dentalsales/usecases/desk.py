"""The signed-in employee at work: session, today, roles, settings; every act starts here."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cached_property, lru_cache
from typing import Any, TypeVar

from sqlalchemy import Select, inspect, select
from sqlalchemy.orm import Session

from dentalsales.blueprint.among import one_of, placed, places_for
from dentalsales.blueprint.business import Business
from dentalsales.blueprint.calendar_words import office_day
from dentalsales.blueprint.house_records import Employee
from dentalsales.blueprint.register import GROUPS, Register
from dentalsales.blueprint.report import Report
from dentalsales.blueprint.roles import COST_ROLES
from dentalsales.blueprint.rules import NotAllowed
from dentalsales.blueprint.sheet import Letterhead
from dentalsales.i18n import Text, _, tr
from dentalsales.storage.company import Company
from dentalsales.storage.turn import Overtaken, take_turn
from dentalsales.usecases import number, take_step
from dentalsales.usecases.company_settings import letterhead_of, read_settings
from dentalsales.usecases.keep_history import write_history
from dentalsales.usecases.rights import REFUSALS, Rights, read_rights

RIGHTS = frozenset({"employees", "delegations"})
"""The registers that say who may do what."""
Result = TypeVar("Result")
NOTHING = Rights(frozenset())


class WorkingAct:
    """The `Act` of one unit of work."""

    def __init__(self, desk: "Desk", session: Session, note: str = "") -> None:
        self.desk, self.session, self.note = desk, session, note
        self.roles = desk.roles
        self.now = desk.now()
        self.today = office_day(self.now)
        self.warnings: list[Text] = []
        self.touched: set[str] = set()
        self.on_behalf_of_id: int | None = None
        """The absent colleague whose role this act needed."""
        self._once: dict[Hashable, Any] = {}
        self._held: list[Any] = []

    @cached_property
    def employee(self) -> Employee:
        """Who acts; loaded when somebody asks."""
        return self.session.get_one(Employee, self.desk.employee_id)

    def find(self, record_class: Any, ids: Iterable[int]) -> dict[int, Any]:
        """Return records by id, those that are there; what this act knows already is not read again."""
        wanted, known = set(ids), self.session.identity_map
        key_of = inspect(record_class).identity_key_from_primary_key
        found = {one: record for one in wanted if (record := known.get(key_of((one,)))) is not None}
        missing = list(wanted - found.keys())
        if missing:
            with self.session.no_autoflush:
                read = self.session.scalars(_by_ids(record_class, places_for(missing)), placed("id", missing)).all()
            self._held += read  # a session forgets what nobody holds
            found |= {record.id: record for record in read}
        return found

    def setting(self, key: str) -> Any:
        """Return the company's value of a declared setting, read once per unit of work."""
        return self.once("settings", lambda: read_settings(self.session))[key]

    def once(self, key: Hashable, read: Callable[[], Any]) -> Any:
        """Return what `read` returns, asked once per unit of work."""
        if key not in self._once:
            self._once[key] = read()
        return self._once[key]

    def by_right_of(self, allowed: frozenset[str]) -> None:
        """Remember on whose behalf the employee acts, when only the role of an absent colleague allows it (M123)."""
        self.on_behalf_of_id = self.on_behalf_of_id or self.desk.rights.absent_for(allowed, self.today)

    def next_number(self, pattern: str) -> str:
        """Take the next document number in this transaction."""
        return number.next_number(self.session, pattern, self.today)

    def take_turn(self) -> None:
        """Wait until nobody else writes before the end of this act: for what many change, such as stock and credit."""
        take_turn(self.session)

    def take_step(self, record: Any, name: str, note: str = "", changes: dict[str, Any] | None = None) -> None:
        """Move another record, as an effect of this act that changed it before."""
        register = self.desk.business.register_of(record)
        step = take_step.step_of(register, name, record)
        take_step.move(self, register, record, step, note, len(self.warnings), changes)

    def log(self, record: Any, step: str, note: str = "", changes: dict[str, Any] | None = None) -> None:
        """Write an entry into a record's history."""
        register = self.desk.business.register_of(record)
        state = getattr(record, "state", "")
        version = getattr(record, "version", None)
        write_history(self, register.name, record.id, step, state, state, note, changes, version)
        self.touched.add(register.name)

    def warn(self, text: Text, **values: Any) -> None:
        """Keep a warning for the user."""
        self.warnings.append(text.fill(**values))


class Desk:
    """One employee signed in to one company."""

    def __init__(
        self, business: Business, company: Company, employee: Employee, clock: Callable[[], datetime] | None = None
    ) -> None:
        self.business, self.company = business, company
        self.employee_id, self.name, self.login = employee.id, employee.name, employee.login
        self._rights: Rights | None = None
        self.now = clock or (lambda: datetime.now(UTC))
        self.files = company.files
        self.changed: list[Callable[[str], None]] = []
        self.only_to_look: Text | None = None  # what it is that nothing may be changed in, such as a copy of a day

    @property
    def rights(self) -> Rights:
        """The own roles, and those lent by absent colleagues; none at all for somebody who was disabled."""
        if self._rights is None:
            with self.company.reading() as session:
                self._rights = read_rights(session, self.employee_id) or NOTHING
        return self._rights

    @property
    def roles(self) -> frozenset[str]:
        """The roles that the employee holds today."""
        rights = self.rights
        return rights.on(self.today) if rights.lent else rights.own  # asked so often that the day's time counts

    @property
    def sees_cost(self) -> bool:
        """Say whether cost and margin are shown to the employee."""
        return bool(self.roles & COST_ROLES)

    def look_up_rights(self) -> None:
        """Forget which roles are held: they are read again when the next act asks."""
        self._rights = None

    @property
    def today(self) -> date:
        """The business day in Asia/Shanghai."""
        return office_day(self.now())

    @contextmanager
    def reading(self) -> Iterator[WorkingAct]:
        """A unit of work that only reads."""
        with self.company.reading() as session:
            yield WorkingAct(self, session)

    @contextmanager
    def writing(self, note: str = "", late: bool = False) -> Iterator[WorkingAct]:
        """A unit of work that is committed at its end, or leaves nothing when it is refused.

        One that is `late` may have to be done again (Overtaken): `perform` sees to that.
        """
        with self.company.writing(late) as session:
            if not self.company.exclusive:
                self._demand_place(session)
            act = WorkingAct(self, session, note)
            yield act
        if act.touched & RIGHTS:
            self.look_up_rights()
        for listener in tuple(self.changed):
            for register in act.touched:
                listener(register)

    def perform(self, work: Callable[[WorkingAct], Result], note: str = "") -> Result:
        """Return what a unit of work returns once it is committed.

        On a server it does what it can while others write, and is done again in its turn when that came to nothing;
        so `work` changes nothing but what it finds in the act.
        """
        try:
            with self.writing(note, late=True) as act:
                return work(act)
        except Overtaken:
            pass
        with self.writing(note) as act:
            return work(act)

    def _demand_place(self, session: Session) -> None:
        """Where several programs share a company, another one may have taken roles away: ask before every write."""
        rights = read_rights(session, self.employee_id)
        if rights is None:
            raise NotAllowed(_("You do not work in this company any more. Ask the sales manager."))
        self._rights = rights

    def setting(self, key: str) -> Any:
        """Return the company's value of a setting."""
        with self.company.reading() as session:
            return read_settings(session)[key]

    def letterhead(self) -> Letterhead:
        """Return the company as its papers name it."""
        with self.company.reading() as session:
            return letterhead_of(read_settings(session))

    @property
    def signs_as(self) -> str:
        """Return whose name printed papers bear, and from what they were printed if that is not the company."""
        return (
            self.name
            if self.only_to_look is None
            else tr(_("{name} · {what}").fill(name=self.name, what=self.only_to_look))
        )

    def may(self, register_name: str, what: str) -> bool:
        """Say whether the employee may view, create, edit or export in a register."""
        if self.only_to_look is not None and what != "view":
            return False
        access = self.business.register(register_name).access
        wanted = {"view": access.view, "create": access.create, "edit": access.editors, "export": access.exporters}
        return bool(self.roles & (wanted[what] | (access.own if what == "view" else frozenset())))

    def may_begin(self, register_name: str) -> bool:
        """Say whether the employee may begin a new record from nothing; some papers begin only from an earlier one."""
        register = self.business.register(register_name)
        return not register.read_only and not register.only_from_papers and self.may(register_name, "create")

    def demand(self, register_name: str, what: str) -> None:
        """Raise NotAllowed unless `may`."""
        if not self.may(register_name, what):
            raise NotAllowed(REFUSALS[what], title=self.business.register(register_name).title)

    def menu(self) -> list[Register]:
        """Return the registers the employee sees, in the order of the menu."""
        seen = [one for one in self.business.registers if one.in_menu and self.may(one.name, "view")]
        return sorted(seen, key=lambda register: list(GROUPS).index(register.group))

    def reports(self) -> list[Report]:
        """Return the reports the employee may read."""
        return [report for report in self.business.reports if self.roles & report.view]


@lru_cache
def _by_ids(record_class: type[Any], places: int) -> Select[Any]:
    return select(record_class).where(one_of(record_class.id, "id", places))
