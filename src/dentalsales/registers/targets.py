"""Monthly targets per salesperson, which the monthly report measures completion and gap against (K3, K4)."""

from datetime import date
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import UniqueConstraint, select
from sqlalchemy.orm import Mapped

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.fields import link, money, month, text
from dentalsales.blueprint.form import Section
from dentalsales.blueprint.record import Record
from dentalsales.blueprint.register import Register
from dentalsales.blueprint.roles import ASSISTANT, LEADERS, MANAGER, MANAGERS, REP, Access, roles
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.blueprint.table import Filter, Table, View
from dentalsales.i18n import _


class Target(Record):
    """What a salesperson should sell in a month."""

    __tablename__ = "target"
    __table_args__ = (UniqueConstraint("month_on", "rep_id"),)
    title_fields: ClassVar[tuple[str, ...]] = ("month_on",)

    month_on: Mapped[date] = month(_("Month"), required=True, synonyms=("月份", "month"))
    rep_id: Mapped[int] = link(_("Salesperson"), "employee", required=True)
    amount: Mapped[Decimal] = money(_("Target"), required=True, minimum=0, total=True)
    collection: Mapped[Decimal] = money(_("Collection target"), minimum=0, total=True)
    remarks: Mapped[str] = text(_("Notes"))


def one_target_a_month(target: Target, act: Act) -> None:
    """A salesperson has one target for a month."""
    same = select(Target.id).where(
        Target.month_on == target.month_on, Target.rep_id == target.rep_id, Target.id != (target.id or 0)
    )
    if act.session.scalar(same) is not None:
        raise RuleBroken(_("This salesperson has a target for this month already. Change that one."), field="rep_id")


TARGETS = Register(
    name="targets",
    title=_("Targets"),
    one=_("Target"),
    record=Target,
    form=(Section(_("Target"), ("month_on", "rep_id"), ("amount", "collection"), "remarks"),),
    table=Table(
        "month_on",
        "rep_id",
        "amount",
        "collection",
        "remarks",
        search=("rep_id",),
        order="-month_on",
        views=(View("this_month", _("This month"), (Filter("month_on", "=", "this_month"),)),),
    ),
    access=Access(view=roles(MANAGERS, LEADERS, ASSISTANT), create=roles(MANAGER), own=roles(REP), owner="rep_id"),
    rules=(one_target_a_month,),
    empty=_("No targets yet. Enter one per salesperson and month."),
    group="office",
    icon="target-arrow",
)
