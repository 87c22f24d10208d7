"""Customers' visits to us 《客户参观申请表》: applied for ahead, approved by class, followed up (P6, M65-M71)."""

from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, relationship

import dentalsales.registers.by_class as by_class
from dentalsales.blueprint.act import Act
from dentalsales.blueprint.approval import EDITABLE, approval
from dentalsales.blueprint.demands import filled, has_come, is_ahead
from dentalsales.blueprint.effects import emptied
from dentalsales.blueprint.fields import (
    BY_STEP,
    CONTACT,
    attachments,
    choice,
    choices,
    day,
    how_many,
    lines,
    link,
    money,
    note,
    part_of,
    phone,
    text,
    yes_no,
)
from dentalsales.blueprint.form import Section
from dentalsales.blueprint.house_records import Employee
from dentalsales.blueprint.persons import Persons, kept_until
from dentalsales.blueprint.record import Line
from dentalsales.blueprint.register import Register, Related
from dentalsales.blueprint.roles import LEADER, MANAGER, OFFICE
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.blueprint.table import Filter, Table, View
from dentalsales.blueprint.workflow import State, Step, Turn
from dentalsales.i18n import _, c_
from dentalsales.registers.by_class import APPLICANTS, CARERS

TIME = r"([01]?\d|2[0-3]):[0-5]\d"
NO_TIME = _("This is no time of the day. Enter it like {time}.").fill(time="9:30")
STILL_OPEN = _("because the visit is still open")


def it_is_applied_for_in_time(visit: "SiteVisit", act: Act) -> None:
    """The application comes some days ahead (PS8, K16); what is past its draft keeps the day that was approved."""
    lead = int(act.setting("visit_lead_days"))
    earliest = act.today + timedelta(days=lead)
    if (visit.state or "draft") in EDITABLE and visit.visit_on < earliest:
        said = _("A visit is applied for at least {lead} days ahead: today for {day} or later.")
        raise RuleBroken(said, field="visit_on", lead=lead, day=earliest)


class Visitor(Line):
    """One person who comes."""

    __tablename__ = "visitor"

    site_visit_id: Mapped[int] = part_of("site_visit")
    name: Mapped[str] = text(_("Name"), required=True, length=60, personal=CONTACT)
    post: Mapped[str] = text(_("Post"), length=60, enter_skips=True)
    phone: Mapped[str] = phone(_("Phone"), enter_skips=True, masked=True, personal=CONTACT)


class SiteVisit(by_class.ByClass):
    """A customer who wants to come to us."""

    __tablename__ = "site_visit"
    __table_args__ = (Index("ix_site_visit_visit_on", "visit_on"),)

    address: Mapped[str] = text(_("Address"), enter_skips=True, personal=CONTACT)
    visit_on: Mapped[date] = day(_("Day of the visit"), required=True, copied=False, suits=it_is_applied_for_in_time)
    arrives_at: Mapped[str] = text(_("Arrives at"), length=5, pattern=TIME, pattern_help=NO_TIME)
    leaves_at: Mapped[str] = text(_("Leaves at"), length=5, pattern=TIME, pattern_help=NO_TIME, enter_skips=True)
    purpose: Mapped[str] = choice(
        _("Purpose of the visit"), ("look", _("To look at the company")), ("negotiate", _("Negotiation")),
        ("training", _("Training")), ("after_sales", _("After-sales matter")), ("audit", _("Factory audit")),
        default="look",
    )  # fmt: skip
    reason: Mapped[str] = note(_("What it is about"), enter_skips=True)
    headcount: Mapped[int | None] = how_many(_("Number of visitors"), required=True, minimum=1, maximum=500)
    visitors: Mapped[list[Visitor]] = lines(c_("people", "Visitors"), "Visitor", "name", "post", "phone", required=True)
    is_verified: Mapped[bool] = yes_no(
        _("Identity verified"), help=_("Not a competitor."), enter_stops=True, copied=False
    )
    verified_how: Mapped[str] = choice(
        _("How it was verified"), ("called_back", _("Called back under the number on file")),
        ("licence", _("Licence seen and compared")), ("known", _("Known in person to our salesperson")),
        ("referred", _("Confirmed by a known customer")), copied=False,
    )  # fmt: skip
    verified_words: Mapped[str] = text(_("What was found"), enter_skips=True, copied=False)
    shown_areas: Mapped[str] = text(_("What is shown"))
    closed_areas: Mapped[str] = text(_("Kept confidential"))
    host_id: Mapped[int | None] = link(_("Host"), "employee")
    reception: Mapped[str] = choices(
        _("Reception"), ("pick_up", c_("visit", "Pick-up")), ("meal", _("Meal")), ("lodging", _("Lodging")),
        ("room", _("Meeting room")), ("papers", _("Brochures and gifts")),
    )  # fmt: skip
    reception_words: Mapped[str] = text(_("Arrangements"), enter_skips=True)
    budget: Mapped[Decimal] = money(_("Budget"), minimum=0, total=True, enter_skips=True)
    proposal: Mapped[str] = note(_("Handling proposal"))
    reception_opinion: Mapped[str] = note(_("Reception opinion"), **BY_STEP)
    result: Mapped[str] = note(_("Result of the visit"), **BY_STEP)
    follow_up: Mapped[str] = note(_("Follow-up"), **BY_STEP)
    follow_up_by_id: Mapped[int | None] = link(_("Responsible for the follow-up"), "employee", **BY_STEP)
    due_on: Mapped[date | None] = day(_("Follow-up due on"), **BY_STEP)
    followed_up: Mapped[str] = note(_("What the follow-up brought"), **BY_STEP)

    files = attachments()
    host: Mapped[Employee | None] = relationship(foreign_keys="SiteVisit.host_id")
    follow_up_by: Mapped[Employee | None] = relationship(foreign_keys="SiteVisit.follow_up_by_id")

    def check(self) -> None:
        """Nobody leaves before arriving, and nobody comes who is not counted."""
        if self.arrives_at and self.leaves_at and self.leaves_at.zfill(5) <= self.arrives_at.zfill(5):
            raise RuleBroken(_("The visitors leave before they arrive."), field="leaves_at")
        if self.headcount is not None and self.headcount < len(self.visitors):
            raise RuleBroken(_("More visitors are named than are counted."), field="headcount")


def the_route(visit: SiteVisit, act: Act) -> tuple[str, ...]:
    """Unified sales: the sales department; local sales, or always where the company wants it: the leader (C3)."""
    always = act.setting("visit_route") == "leader"
    return (LEADER,) if always or visit.sale_class == "local" else (MANAGER,)


def customer_brings_its_words(visit: SiteVisit, act: Act) -> None:
    """The customer fills address, contact and sale class, and who looks after it is the host.

    Whoever was checked came from the former customer.
    """
    emptied("is_verified", "verified_how", "verified_words")(visit, act)
    customer = by_class.customer_brings_its_words(visit, act)
    if customer is not None:
        visit.address, visit.host_id = customer.address, visit.host_id or customer.owner_id


IN_TIME = Turn(
    _("Approve"),
    check=(
        is_ahead("visit_on", _("The day of this visit is over. Reject it, so that another day can be applied for.")),
    ),
)
RULES = (by_class.class_is_the_customers, it_is_applied_for_in_time)
WORKFLOW = approval(
    route=the_route,
    deciders=(MANAGER, LEADER),
    turns={MANAGER: IN_TIME, LEADER: IN_TIME},
    submitters=APPLICANTS,
    before_submit=(
        *RULES,
        filled("is_verified", _("Check first that the visitors are from the customer.")),  # M71
        filled("verified_how", _("Choose how it was verified.")),
        filled("proposal", _("Enter how the visit is to be handled.")),
        filled("shown_areas", _("Enter what the visitors are shown.")),
    ),
    states=(
        State("received", c_("visit", "Received"), "part"),
        State("followed", _("In follow-up"), "part"),
        State("closed", _("Closed"), "done"),
        State("called_off", _("Called off"), "void"),
    ),
    steps=(
        Step("receive", _("Record the visit"), ("approved",), "received", CARERS,
             (has_come("visit_on", _("The visit is on {day}.")),),
             needs=("reception_opinion", "result"), own=True, from_day="visit_on"),
        Step("follow", _("Arrange the follow-up"), ("received",), "followed", CARERS,
             (is_ahead("due_on", _("The follow-up is due today or later.")),),
             needs=("follow_up", "follow_up_by_id", "due_on"), suggests={"follow_up_by_id": "host_id"}, own=True),
        Step("close", _("Close"), ("followed",), "closed", CARERS, needs=("followed_up",), own=True, from_day="due_on"),
        Step("call_off", _("Call off"), ("approved",), "called_off", CARERS, asks_note=True, own=True, inbox=False),
    ),
)  # fmt: skip

SITE_VISITS = Register(
    name="site_visits",
    title=_("Site visits"),
    one=_("Site visit"),
    record=SiteVisit,
    number="CG-{day}-{count:03}",
    form=(
        Section(
            _("Application"), ("customer_id", "visit_on", "sale_class"), ("arrives_at", "leaves_at", "purpose"),
            ("contact", "phone", "address"), "reason",
        ),
        Section(_("Identity check"), ("headcount", "is_verified", "verified_how"), "verified_words", "visitors"),
        Section(
            _("Reception"), ("shown_areas", "closed_areas"), ("host_id", "budget"), ("reception", "reception_words"),
            "proposal",
        ),
        Section(_("What came of it"), "reception_opinion", "result"),
        Section(_("Follow-up"), ("follow_up_by_id", "due_on"), "follow_up", "followed_up"),
        Section(c_("attachments", "Files"), "files"),
    ),
    table=Table(
        "number", "visit_on", "arrives_at", "customer_id", "purpose", "headcount", "host_id", "due_on", "state",
        more=("sale_class", "follow_up_by_id", "budget", "entered_by_id"),
        search=("number", "customer_id"),
        order="-visit_on",
        filters=("state", "visit_on", "host_id", "purpose"),
        views=(
            View("coming", _("Coming"), (Filter("visit_on", ">=", "today"), Filter("state", "=", "approved"))),
            View("in_review", _("In review"), (Filter("state", "=", "in_review"),)),
            View("followed", _("In follow-up"), (Filter("state", "in", ("received", "followed")),), "due_on"),
        ),
    ),
    access=by_class.access(OFFICE),
    workflow=WORKFLOW,
    rules=RULES,
    follows={"customer_id": customer_brings_its_words},
    related=(Related("customers", "customer_id"),),
    persons=Persons(of="customers", path="customer_id", keeps=kept_until(("closed", "called_off", "void"), STILL_OPEN)),
    empty=_("No visits yet. An application comes at least one day ahead."),
    icon="calendar-event",
    shortcut=8,
)  # fmt: skip
