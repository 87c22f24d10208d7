"""The way of a complaint: its states, and who takes which step when; some steps only one of the two kinds knows."""

from functools import partial

import dentalsales.registers.complaints.lots as lots
import dentalsales.registers.complaints.rules as rules
from dentalsales.blueprint.demands import by_others, filled, has_come
from dentalsales.blueprint.effects import emptied, today_in
from dentalsales.blueprint.holds import hold_ends, holding, not_held
from dentalsales.blueprint.roles import ASSISTANT, DIRECTOR, GENERAL_MANAGER, MANAGERS, OFFICE, QUALITY, REP, roles
from dentalsales.blueprint.workflow import State, Step, Workflow
from dentalsales.i18n import _, c_
from dentalsales.registers.complaints.people import DECIDERS, FRONT, HANDLERS
from dentalsales.registers.complaints.record import (
    EVENT,
    about_goods,
    about_service,
    has_sanction,
    is_grave,
    is_suspected,
)

STATES = (
    State("received", c_("complaint", "Received"), "draft", editable=True),
    State("notified", _("Departments notified"), "pending", editable=True, when=about_goods),
    State("reported", _("Reported"), "pending", editable=True, when=about_service),
    State("on_site", _("Investigated on site"), "part", editable=True, when=about_goods),
    State("found", _("Cause known"), "pending", editable=True),
    State("agreed", _("Plan agreed"), "confirmed", editable=True),
    State("resolved", _("Resolved"), "sent", editable=True),
    State("followed", _("Followed up"), "sent", editable=True),
    State("archived", c_("complaint", "Archived"), "done"),
    State("withdrawn", c_("complaint", "Withdrawn"), "void"),
)
UNRESOLVED = ("received", "notified", "reported", "on_site", "found", "agreed")
ANSWERED = ("resolved", "followed")
OPEN = (*UNRESOLVED, *ANSWERED)
EVER = (*OPEN, "archived", "withdrawn")
happened = partial(has_come, since="received_at", said=rules.BETWEEN)
step = partial(Step, roles=FRONT)
side = partial(Step, target=None, sources=OPEN, roles=FRONT)
"""What is only recorded: the complaint stays where it is."""
NOT_RESOLVED = emptied(
    "resolved_at", "told_on", "told_way", "consent_by", "consent_way", "consent_on", "followed_on", "satisfaction",
    "office_copy_on", "gm_told_on",
)  # fmt: skip
"""The clocks go on from where they were, and a plan is agreed anew."""
TOLD_ANEW = emptied(
    "adverse_called_at", "adverse_reported_at", "adverse_number", "adverse_call_due_at", "adverse_due_at"
)
"""What was reported of an event is no more the event as it is known now, and its clocks are others."""

MAIN = (
    step("notify", _("Notify departments"), ("received",), "notified", roles=HANDLERS, check=rules.TOLD,
         of=about_goods),
    step("report", c_("complaint", "Report"), ("received",), "reported", check=rules.REPORTED, of=about_service,
         asks=("reported_to_id", "to_office", "proposal")),
    step("go_on_site", _("Investigate on site"), ("notified",), "on_site", roles=MANAGERS, check=rules.WENT,
         needs=("on_site_on",), asks=("on_site_by_id",), of=about_goods,
         suggests={"on_site_on": "today", "on_site_by_id": "owner_id"},
         waits=lambda complaint: is_grave(complaint.c)),
    step("find_cause", _("Record the cause"), ("notified", "on_site"), "found", roles=HANDLERS, check=rules.ANSWERED,
         needs=("verdict", "cause"), of=about_goods, inbox_checks=True),
    step("judge", _("Decide whether it is true"), ("reported",), "found", roles=HANDLERS,
         check=(by_others("person_id", rules.ABOUT_YOU),), needs=("verdict", "cause"), of=about_service),
    step("agree", _("Record the customer's consent"), ("found",), "agreed", effect=(today_in("consent_on"),),
         needs=("plan", "consent_by", "consent_way"),
         suggests={"consent_by": "complainant", "consent_way": "channel"}),
    step("resolve", _("Resolve"), ("agreed",), "resolved",
         check=(filled("replied_at", _("The first reply is not recorded yet."), by_step=True), not_held,
                happened("resolved_at"), *rules.CUSTOMER_TOLD, rules.LATENESS_IS_EXPLAINED, *rules.NOT_TOMORROW),
         needs=("resolved_at", "result"), asks=("told_on", "told_way", "late_reason"),
         suggests={"resolved_at": "now", "told_on": "today", "told_way": "channel"}),
    step("follow_up", c_("complaint", "Follow up"), ("resolved",), "followed", roles=roles(FRONT, REP),
         check=rules.NOT_TOMORROW, needs=("followed_on", "satisfaction", "follow_up"),
         suggests={"followed_on": "today"}, own=True),
    step("archive", c_("complaint", "Archive"), ("followed",), "archived", roles=roles(MANAGERS, ASSISTANT),
         check=(*rules.LAID_ASIDE, lots.DECIDED), needs=("original_kept", "summary"), inbox_checks=True),
)  # fmt: skip
BESIDE = (
    side("reply", _("Record the first reply"), sources=UNRESOLVED, roles=roles(FRONT, REP),
         check=(happened("replied_at"),), needs=("replied_at", "reply"), own=True, once="replied_at"),
    *holding(UNRESOLVED, FRONT),
    side("file_copy", _("Copy received"), sources=ANSWERED, roles=roles(OFFICE), once="office_copy_on"),
    side("tell_gm", _("Take note of the result"), sources=ANSWERED, roles=roles(GENERAL_MANAGER, DIRECTOR),
         of=is_grave, once="gm_told_on"),
    side("decide_sanction", _("Decide the sanction"), sources=("found", "agreed", *ANSWERED), roles=DECIDERS,
         check=(by_others("sanctioned_id", rules.YOUR_SANCTION),), second_person=True, about=rules.SANCTION,
         of=has_sanction, once="sanctioned_on"),
    side("drop_sanction", _("Drop the sanction"), roles=DECIDERS,
         check=(by_others("sanctioned_id", rules.YOUR_SANCTION),), effect=(emptied(*rules.SANCTION, "sanctioned_on"),),
         asks_note=True, of=has_sanction, inbox=False),
    side("stop_sale", _("Stop the sale of the lot"), roles=roles(QUALITY, MANAGERS), check=lots.MAY_BE_STOPPED,
         effect=(lots.sale_stops,), asks_note=True, of=about_goods, inbox_checks=True,
         waits=lambda complaint: complaint.c.stop_proposed),
    side("keep_selling", _("Go on selling the lot"), roles=roles(QUALITY, DIRECTOR),
         check=lots.MAY_BE_SOLD_ON, effect=(lots.it_is_decided,), asks_note=True, inbox=False,
         of=lambda complaint: complaint.stop_proposed),
    side("lift_stop", _("Lift the stop-sale"), sources=EVER, roles=roles(QUALITY, DIRECTOR),
         check=lots.MAY_BE_LIFTED, effect=(lots.sale_goes_on,), asks_note=True, of=about_goods, inbox=False),
    side("call_authority", _("Record the call to the authority"), sources=(*OPEN, "withdrawn"),
         roles=roles(QUALITY, MANAGERS), check=(happened("adverse_called_at"),), needs=("adverse_called_at",),
         once="adverse_called_at", of=is_suspected, when=lambda complaint: bool(complaint.adverse_group),
         waits=lambda complaint: complaint.c.adverse_group),
    side("report_event", _("Record the report of the event"), sources=(*OPEN, "withdrawn"),
         roles=roles(QUALITY, MANAGERS),
         check=(filled("adverse_called_at", _("Several people: record the call to the authority first."),
                       lambda complaint: complaint.adverse_group, by_step=True), happened("adverse_reported_at")),
         needs=("adverse_reported_at",), asks=("adverse_number",), of=is_suspected, once="adverse_reported_at"),
    side("correct_event", _("Correct the event"), roles=roles(QUALITY, DIRECTOR), asks=EVENT,
         check=(rules.KNOWN_BY_NOW,), effect=(rules.an_event_is_known_since, TOLD_ANEW), asks_note=True,
         of=is_suspected, inbox=False),
    step("reopen", _("Take up again"), ANSWERED, "found", effect=(NOT_RESOLVED,), asks_note=True, inbox=False),
    step("withdraw", _("Customer withdraws"), UNRESOLVED, "withdrawn", roles=MANAGERS, effect=(hold_ends,),
         asks_note=True, final=_("This can't be undone; the number is kept."), inbox=False),
)  # fmt: skip
WORKFLOW = Workflow(STATES, (*rules.PARTS.steps(), *MAIN, *BESIDE))
