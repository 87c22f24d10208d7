"""What an application for a customer's visit holds: who comes, why, who they are, and what came of it."""

from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, relationship

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.fields import (
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
from dentalsales.blueprint.house_records import Employee
from dentalsales.blueprint.record import Line, Routed
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _, c_
from dentalsales.registers.customers import SALE_CLASSES, Customer

TIME = r"([01]?\d|2[0-3]):[0-5]\d"
EDITABLE = ("draft", "rejected")
NO_TIME = _("This is no time of the day. Enter it like {time}.").fill(time="9:30")


def it_is_applied_for_in_time(visit: "SiteVisit", act: Act) -> None:
    """The application comes some days ahead (PS8, K16); what is past its draft keeps the day that was approved."""
    lead = int(act.setting("visit_lead_days"))
    earliest = act.today + timedelta(days=lead)
    if (visit.state or "draft") in EDITABLE and visit.visit_on < earliest:
        raise RuleBroken(
            _("A visit is applied for at least {lead} days ahead: today for {day} or later."),
            field="visit_on",
            lead=lead,
            day=earliest,
        )


class Visitor(Line):
    """One person who comes."""

    __tablename__ = "visitor"

    site_visit_id: Mapped[int] = part_of("site_visit")
    name: Mapped[str] = text(_("Name"), required=True, length=60, personal=CONTACT)
    post: Mapped[str] = text(_("Post"), length=60, enter_skips=True)
    phone: Mapped[str] = phone(_("Phone"), enter_skips=True, masked=True, personal=CONTACT)


class SiteVisit(Routed):
    """A customer who wants to come to us."""

    __tablename__ = "site_visit"
    __table_args__ = (Index("ix_site_visit_visit_on", "visit_on"),)

    customer_id: Mapped[int] = link(_("Customer"), "customer", required=True)
    sale_class: Mapped[str] = choice(_("Sale class"), *SALE_CLASSES, read_only=True)
    address: Mapped[str] = text(_("Address"), enter_skips=True, personal=CONTACT)
    contact: Mapped[str] = text(_("Contact"), length=60, enter_skips=True, personal=CONTACT)
    phone: Mapped[str] = text(_("Phone"), length=60, enter_skips=True, masked=True, personal=CONTACT)
    visit_on: Mapped[date] = day(_("Day of the visit"), required=True, copied=False, suits=it_is_applied_for_in_time)
    arrives_at: Mapped[str] = text(_("Arrives at"), length=5, pattern=TIME, pattern_help=NO_TIME)
    leaves_at: Mapped[str] = text(_("Leaves at"), length=5, pattern=TIME, pattern_help=NO_TIME, enter_skips=True)
    purpose: Mapped[str] = choice(
        _("Purpose of the visit"),
        ("look", _("To look at the company")),
        ("negotiate", _("Negotiation")),
        ("training", _("Training")),
        ("after_sales", _("After-sales matter")),
        ("audit", _("Factory audit")),
        default="look",
    )
    reason: Mapped[str] = note(_("What it is about"), enter_skips=True)
    headcount: Mapped[int | None] = how_many(_("Number of visitors"), required=True, minimum=1, maximum=500)
    visitors: Mapped[list[Visitor]] = lines(c_("people", "Visitors"), "Visitor", "name", "post", "phone", required=True)
    is_verified: Mapped[bool] = yes_no(_("Verified: customer, no competitor"), copied=False)
    verified_how: Mapped[str] = choice(
        _("How it was verified"),
        ("called_back", _("Called back under the number on file")),
        ("licence", _("Licence seen and compared")),
        ("known", _("Known in person to our salesperson")),
        ("referred", _("Confirmed by a known customer")),
        copied=False,
    )
    verified_words: Mapped[str] = text(_("What was found"), enter_skips=True, copied=False)
    shown_areas: Mapped[str] = text(_("What is shown"))
    closed_areas: Mapped[str] = text(_("Kept confidential"))
    host_id: Mapped[int | None] = link(_("Host"), "employee")
    reception: Mapped[str] = choices(
        _("Reception"),
        ("pick_up", _("Pick-up")),
        ("meal", _("Meal")),
        ("lodging", _("Lodging")),
        ("room", _("Meeting room")),
        ("papers", _("Brochures and gifts")),
    )
    reception_words: Mapped[str] = text(_("Arrangements"), enter_skips=True)
    budget: Mapped[Decimal] = money(_("Budget"), minimum=0, total=True, enter_skips=True)
    proposal: Mapped[str] = note(_("Handling proposal"))
    reception_opinion: Mapped[str] = note(_("Reception opinion"), read_only=True, copied=False)
    result: Mapped[str] = note(_("Result of the visit"), read_only=True, copied=False)
    follow_up: Mapped[str] = note(_("Follow-up"), read_only=True, copied=False)
    follow_up_by_id: Mapped[int | None] = link(
        _("Responsible for the follow-up"), "employee", read_only=True, copied=False
    )
    due_on: Mapped[date | None] = day(_("Follow-up due on"), read_only=True, copied=False)
    followed_up: Mapped[str] = note(_("What the follow-up brought"), read_only=True, copied=False)

    files = attachments()
    customer: Mapped[Customer] = relationship(foreign_keys="SiteVisit.customer_id")
    host: Mapped[Employee | None] = relationship(foreign_keys="SiteVisit.host_id")
    follow_up_by: Mapped[Employee | None] = relationship(foreign_keys="SiteVisit.follow_up_by_id")

    def check(self) -> None:
        """Nobody leaves before arriving, and nobody comes who is not counted."""
        if self.arrives_at and self.leaves_at and _minutes(self.leaves_at) <= _minutes(self.arrives_at):
            raise RuleBroken(_("The visitors leave before they arrive."), field="leaves_at")
        if self.headcount is not None and self.headcount < len(self.visitors):
            raise RuleBroken(_("More visitors are named than are counted."), field="headcount")


def _minutes(time: str) -> int:
    hours, minutes = time.split(":")
    return int(hours) * 60 + int(minutes)
