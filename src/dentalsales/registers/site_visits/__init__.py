"""Customers' visits to us 《客户参观申请表》: applied for ahead, approved by class, followed up (P6, M65-M71)."""

from dentalsales.blueprint.approval import approval
from dentalsales.blueprint.form import Section
from dentalsales.blueprint.persons import Persons
from dentalsales.blueprint.register import Register, Related
from dentalsales.blueprint.roles import (
    AFTER_SALES,
    ASSISTANT,
    LEADER,
    LEADERS,
    MANAGER,
    MANAGERS,
    OFFICE,
    REP,
    SERVICE,
    SERVICE_MANAGER,
    Access,
    roles,
)
from dentalsales.blueprint.table import Filter, Table, View
from dentalsales.blueprint.workflow import State, Step, Turn
from dentalsales.i18n import _, c_
from dentalsales.registers.site_visits.record import SiteVisit, Visitor, it_is_applied_for_in_time
from dentalsales.registers.site_visits.rules import (
    customer_brings_its_words,
    it_says_what_to_do,
    its_day_has_come,
    its_day_is_still_to_come,
    the_follow_up_is_ahead,
    the_route,
    the_sale_class_is_the_customers,
    they_are_who_they_say,
    while_it_is_open,
)

APPLICANTS = roles(REP, ASSISTANT)
HOSTS = roles(REP, ASSISTANT, MANAGER)
IN_TIME = Turn(_("Approve"), check=(its_day_is_still_to_come,))

WORKFLOW = approval(
    route=the_route,
    deciders=(MANAGER, LEADER),
    turns={MANAGER: IN_TIME, LEADER: IN_TIME},
    submitters=APPLICANTS,
    before_submit=(
        the_sale_class_is_the_customers,
        it_is_applied_for_in_time,
        they_are_who_they_say,
        it_says_what_to_do,
    ),
    states=(
        State("received", c_("visit", "Received"), "part"),
        State("followed", _("In follow-up"), "part"),
        State("closed", _("Closed"), "done"),
        State("called_off", _("Called off"), "void"),
    ),
    steps=(
        Step(
            "receive",
            _("Record the visit"),
            ("approved",),
            "received",
            HOSTS,
            (its_day_has_come,),
            asks=("reception_opinion", "result"),
            needs=("reception_opinion", "result"),
            own=True,
            from_day="visit_on",
        ),
        Step(
            "follow",
            _("Arrange the follow-up"),
            ("received",),
            "followed",
            HOSTS,
            (the_follow_up_is_ahead,),
            asks=("follow_up", "follow_up_by_id", "due_on"),
            needs=("follow_up", "follow_up_by_id", "due_on"),
            suggests={"follow_up_by_id": "host_id"},
            own=True,
        ),
        Step(
            "close",
            _("Close"),
            ("followed",),
            "closed",
            HOSTS,
            asks=("followed_up",),
            needs=("followed_up",),
            own=True,
            from_day="due_on",
        ),
        Step("call_off", _("Call off"), ("approved",), "called_off", HOSTS, asks_note=True, own=True, inbox=False),
    ),
)

SITE_VISITS = Register(
    name="site_visits",
    title=_("Site visits"),
    one=_("Site visit"),
    record=SiteVisit,
    number="CG-{day}-{count:03}",
    form=(
        Section(
            _("Application"),
            ("customer_id", "visit_on", "sale_class"),
            ("arrives_at", "leaves_at", "purpose"),
            ("contact", "phone", "address"),
            "reason",
        ),
        Section(c_("people", "Visitors"), ("headcount", "is_verified", "verified_how"), "verified_words", "visitors"),
        Section(
            _("Reception"),
            ("shown_areas", "closed_areas"),
            ("host_id", "budget"),
            ("reception", "reception_words"),
            "proposal",
        ),
        Section(_("What came of it"), "reception_opinion", "result"),
        Section(_("Follow-up"), ("follow_up_by_id", "due_on"), "follow_up", "followed_up"),
        Section(c_("attachments", "Files"), "files"),
    ),
    table=Table(
        "number",
        "visit_on",
        "arrives_at",
        "customer_id",
        "purpose",
        "headcount",
        "host_id",
        "due_on",
        "state",
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
    access=Access(
        view=roles(MANAGERS, LEADERS, ASSISTANT, SERVICE, SERVICE_MANAGER, AFTER_SALES, OFFICE),
        create=APPLICANTS,
        own=roles(REP),
        owner="customer_id.owner_id",
    ),
    workflow=WORKFLOW,
    rules=(the_sale_class_is_the_customers, it_is_applied_for_in_time),
    follows={"customer_id": customer_brings_its_words},
    related=(Related("customers", "customer_id"),),
    persons=Persons(of="customers", path="customer_id", keeps=while_it_is_open),
    empty=_("No visits yet. An application comes at least one day ahead."),
    icon="calendar-event",
    shortcut=8,
)

__all__ = ["SITE_VISITS", "SiteVisit", "Visitor"]
