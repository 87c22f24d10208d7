"""Employees: who works here, with which roles; disabled when they leave, never deleted (M120, M127)."""

from collections.abc import Iterable

from sqlalchemy import delete, select

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.form import Section
from dentalsales.blueprint.house_records import Employee, PersonalValue, SavedView
from dentalsales.blueprint.insight import Fact, Insight
from dentalsales.blueprint.persons import Persons
from dentalsales.blueprint.register import Register
from dentalsales.blueprint.roles import EVERYONE, MANAGERS, Access
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.blueprint.table import Filter, Table, View
from dentalsales.i18n import _


def somebody_stays_in_charge(employee: Employee, act: Act) -> None:
    """You cannot disable yourself or give away your own management role: nobody could undo it."""
    if employee.id == act.employee.id and (employee.disabled or not employee.role_set & MANAGERS):
        raise RuleBroken(_("You can't take this away from yourself. Let another manager do it."), field="roles")


def has_password(employee: Employee, act: Act) -> bool:
    """Say whether somebody can sign in; the books are asked, for a password is set beside the form."""
    if employee.id is None:
        return False
    with act.session.no_autoflush:
        return bool(act.session.scalar(select(Employee.password_hash).where(Employee.id == employee.id)))


def who_cannot_sign_in_is_told(employee: Employee, act: Act) -> None:
    """A new employee needs a password before the first sign-in."""
    if not employee.disabled and not has_password(employee, act):
        act.warn(_("{name} has no password yet and can't sign in. Set one with “Set password”."), name=employee.name)


def sign_in_facts(employee: Employee, line: None, act: Act) -> Iterable[Fact]:
    """Whether the employee can sign in; only who may set passwords is told."""
    if not act.employee.role_set & MANAGERS or employee.disabled:
        return
    if has_password(employee, act):
        yield Fact(_("Password"), _("set"), tone="good")
    else:
        later = _("set it after saving") if employee.id is None else _("not set: no sign-in yet")
        yield Fact(_("Password"), later, tone="warning")


def has_left(employee: Employee, act: Act) -> None:
    """Only who works here no longer is anonymised: approvals and the history need names of those who do."""
    if not employee.disabled:
        raise RuleBroken(_("{name} still works here. Disable the employee first."), name=employee.name)


def nothing_of_his_own_stays(employee: Employee, act: Act) -> None:
    """Nobody signs in with the name again, and what was chosen at the own desk goes."""
    employee.password_hash = ""
    act.session.execute(delete(PersonalValue).where(PersonalValue.employee_id == employee.id))
    mine = SavedView.employee_id == employee.id
    act.session.execute(delete(SavedView).where(mine, SavedView.shared.is_(False)))


EMPLOYEES = Register(
    name="employees",
    title=_("Employees"),
    one=_("Employee"),
    record=Employee,
    form=(
        Section(_("Employee"), ("name", "login"), ("work_number", "joined_on"), ("phone", "certificate")),
        Section(_("Roles"), "roles", "disabled"),
    ),
    table=Table(
        "name",
        "login",
        "work_number",
        "roles",
        "phone",
        "last_sign_in_at",
        "disabled",
        search=("name", "login", "work_number"),
        order="name",
        views=(View("working", _("Working here"), (Filter("disabled", "=", False),)),),
    ),
    access=Access(view=EVERYONE, create=MANAGERS, export=MANAGERS),
    rules=(somebody_stays_in_charge, who_cannot_sign_in_is_told),
    insights=(Insight("sign_in", _("Sign-in"), sign_in_facts),),
    persons=Persons(roles=MANAGERS, demands=has_left, after=nothing_of_his_own_stays),
    own_acts=("set_password",),
    group="office",
    icon="user",
)
