"""Delegations: a manager or leader who is away lends roles to a deputy for some days; his acts are kept as on behalf.

P19, M123: it is the manager who marks the absence, so others lend nothing themselves.
"""

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.demands import stays
from dentalsales.blueprint.form import Section
from dentalsales.blueprint.house_records import Delegation, Employee
from dentalsales.blueprint.record import has_changed
from dentalsales.blueprint.register import Register
from dentalsales.blueprint.roles import EVERYONE, LEADERS, MANAGERS, Access, role_names, roles
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.blueprint.table import Filter, Table, View
from dentalsales.i18n import _, joined


def all_of_his_roles(delegation: Delegation, act: Act) -> None:
    """Start with all roles of the absent colleague."""
    absent = act.session.get(Employee, delegation.absent_id or 0)
    if absent is not None:
        delegation.roles = absent.roles


def only_who_may_lends(delegation: Delegation, act: Act) -> None:
    """A leader lends his own roles; a manager also those of anybody who is away or ill, though never to himself."""
    me = act.employee
    if delegation.absent_id != me.id and not me.role_set & MANAGERS:
        raise RuleBroken(_("You can only lend your own roles. Let the sales manager enter others."), field="absent_id")
    if delegation.deputy_id == me.id and not delegation.withdrawn:
        raise RuleBroken(_("You can't make yourself the deputy. Let the absent colleague do it."), field="deputy_id")


def only_roles_that_he_holds(delegation: Delegation, act: Act) -> None:
    """What was lent to somebody is not lent on."""
    absent = act.session.get_one(Employee, delegation.absent_id)
    others = {*delegation.roles.split(",")} - absent.role_set
    if others and has_changed(delegation, "roles", "absent_id"):
        raise RuleBroken(
            _("{name} does not hold: {roles}. Leave them out."),
            field="roles",
            name=absent.name,
            roles=joined(role_names(others)),
        )


def the_deputy_works_here(delegation: Delegation, act: Act) -> None:
    """Somebody who left stands in for nobody."""
    deputy = act.session.get_one(Employee, delegation.deputy_id)
    if deputy.disabled and not delegation.withdrawn:
        raise RuleBroken(_("{name} does not work here any more. Choose another deputy."), field="deputy_id",
                         name=deputy.name)  # fmt: skip


WHAT_BEGAN_STAYS = stays(
    "absent_id", "deputy_id", "roles", "starts_on", since="starts_on",
    said=_("This absence began on {day}. Withdraw it and enter a new one."),
)  # fmt: skip
"""Who stood in for whom is not rewritten: an absence that has begun is made longer, shorter or withdrawn."""


DELEGATIONS = Register(
    name="delegations",
    title=_("Delegations"),
    one=_("Delegation"),
    record=Delegation,
    form=(
        Section(_("Delegation"), ("absent_id", "deputy_id"), "roles", ("starts_on", "ends_on"), "reason", "withdrawn"),
    ),
    table=Table(
        "absent_id",
        "deputy_id",
        "roles",
        "starts_on",
        "ends_on",
        "reason",
        "withdrawn",
        search=("absent_id", "deputy_id", "reason"),
        order="-starts_on",
        views=(View("today", _("Today"), (Filter("ends_on", ">=", "today"), Filter("withdrawn", "=", False))),),
    ),
    access=Access(view=EVERYONE, create=roles(MANAGERS, LEADERS)),
    rules=(only_who_may_lends, only_roles_that_he_holds, the_deputy_works_here, WHAT_BEGAN_STAYS),
    follows={"absent_id": all_of_his_roles},
    empty=_("Nobody is absent. Managers and leaders lend roles to a deputy here."),
    group="office",
    icon="calendar-event",
)
