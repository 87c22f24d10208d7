"""Employees: who works here, with which roles; disabled when they leave, never deleted (M120, M127)."""

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.form import Section
from dentalsales.blueprint.house_records import Employee
from dentalsales.blueprint.register import Register
from dentalsales.blueprint.roles import EVERYONE, MANAGERS, Access
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.blueprint.table import Filter, Table, View
from dentalsales.i18n import _


def somebody_stays_in_charge(employee: Employee, act: Act) -> None:
    """You cannot disable yourself or give away your own management role: nobody could undo it."""
    if employee.id == act.employee.id and (employee.disabled or not employee.role_set & MANAGERS):
        raise RuleBroken(_("You can't take this away from yourself. Let another manager do it."), field="roles")


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
    rules=(somebody_stays_in_charge,),
    own_acts=("set_password",),
    group="office",
    icon="users",
)
