"""Market activities: exhibitions, trainings and promotions we pay for (M118)."""

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.approval import approval
from dentalsales.blueprint.fields import attachments, choice, day, how_many, link, money, note, text
from dentalsales.blueprint.form import Section
from dentalsales.blueprint.record import Routed
from dentalsales.blueprint.register import Register, Related
from dentalsales.blueprint.roles import ASSISTANT, LEADERS, MANAGER, MANAGERS, MARKETING, REP, Access, roles
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.blueprint.table import Filter, Table, View
from dentalsales.i18n import _, c_


class MarketActivity(Routed):
    """One event, from the plan to what it brought."""

    __tablename__ = "market_activity"

    title: Mapped[str] = text(_("Title"), required=True, search=True)
    kind: Mapped[str] = choice(
        _("Kind"),
        ("exhibition", _("Exhibition")),
        ("seminar", _("Seminar")),
        ("training", _("Training")),
        ("promotion", _("Promotion")),
        default="exhibition",
    )
    host_id: Mapped[int | None] = link(_("Hosted by"), "customer")
    place: Mapped[str] = text(_("Place"))
    starts_on: Mapped[date] = day(_("Starts on"), required=True)
    ends_on: Mapped[date] = day(_("Ends on"), required=True)
    budget: Mapped[Decimal] = money(_("Budget"), minimum=0, total=True)
    spent: Mapped[Decimal] = money(_("Spent"), minimum=0, total=True)
    visitors: Mapped[int | None] = how_many(_("Visitors"), minimum=0)
    goal: Mapped[str] = note(_("Goal"))
    result: Mapped[str] = note(_("Result"))
    files = attachments()

    def check(self) -> None:
        """An activity does not end before it starts."""
        if self.ends_on < self.starts_on:
            raise RuleBroken(_("The activity ends before it starts."), field="ends_on")


def has_a_budget(activity: MarketActivity, act: Act) -> None:
    """What we approve costs something that somebody planned."""
    if activity.budget <= 0:
        raise RuleBroken(_("Enter a budget before you submit."), field="budget")


MARKET_ACTIVITIES = Register(
    name="market_activities",
    title=_("Market activities"),
    one=_("Market activity"),
    record=MarketActivity,
    number="MA-{year}-{count:04}",
    form=(
        Section(_("Activity"), "title", ("kind", "host_id", "place"), ("starts_on", "ends_on")),
        Section(_("Plan"), ("budget", "spent", "visitors"), "goal", "result"),
        Section(c_("attachments", "Files"), "files"),
    ),
    table=Table(
        "number",
        "title",
        "kind",
        "host_id",
        "starts_on",
        "ends_on",
        "budget",
        "spent",
        "state",
        search=("number", "title"),
        order="-starts_on",
        filters=("kind", "state", "starts_on"),
        views=(View("coming", _("Coming"), (Filter("starts_on", ">=", "today"),)),),
    ),
    access=Access(
        view=roles(MANAGERS, LEADERS, ASSISTANT, MARKETING, REP), create=roles(MANAGER, MARKETING, ASSISTANT, REP)
    ),
    workflow=approval(submitters=roles(MANAGER, MARKETING, ASSISTANT, REP), before_submit=(has_a_budget,)),
    related=(Related("customers", "host_id"),),
    empty=_("No market activities yet."),
    group="office",
    icon="speakerphone",
)
