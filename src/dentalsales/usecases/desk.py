"""The signed-in employee at work: session, today, roles, settings; every act starts here."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from dentalsales.blueprint.business import Business
from dentalsales.blueprint.house_records import Employee
from dentalsales.blueprint.register import GROUPS, Register
from dentalsales.blueprint.report import Report
from dentalsales.blueprint.roles import COST_ROLES
from dentalsales.blueprint.rules import NotAllowed
from dentalsales.blueprint.sheet import Letterhead
from dentalsales.i18n import Text, _, tr
from dentalsales.storage.company import Company
from dentalsales.storage.turn import Overtaken
from dentalsales.usecases.rights import Rights, read_rights
from dentalsales.usecases.working_act import SHANGHAI, WorkingAct, read_settings

RIGHTS = frozenset({"employees", "delegations"})
"""The registers that say who may do what."""
Result = TypeVar("Result")
NOTHING = Rights(frozenset())


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
        return self.rights.on(self.today)

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
        return self.now().astimezone(SHANGHAI).date()

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


REFUSALS = {
    "view": _("Your roles do not include seeing “{title}”. Ask the sales manager."),
    "create": _("Your roles do not include new entries in “{title}”. Ask the sales manager."),
    "edit": _("Your roles do not include changes in “{title}”. Ask the sales manager."),
    "export": _("Your roles do not include exporting “{title}”. Ask the sales manager."),
}


def letterhead_of(values: dict[str, Any]) -> Letterhead:
    """Return the letterhead that the company settings hold."""
    return Letterhead(
        values["company_name"],
        values["company_address"],
        values["company_phone"],
        values["company_licence"],
        values["company_credit_code"],
        values["company_bank"],
        values["company_bank_account"],
    )
