"""The way of a complaint: its states, and who takes which step when; some steps only one of the two kinds knows."""

from functools import partial
from typing import Any

from sqlalchemy import or_, select

import dentalsales.registers.complaints.effects as effects
import dentalsales.registers.complaints.lots as lots
import dentalsales.registers.complaints.rules as rules
from dentalsales.blueprint.demands import has_happened
from dentalsales.blueprint.roles import ASSISTANT, DIRECTOR, GENERAL_MANAGER, MANAGERS, OFFICE, QUALITY, REP, roles
from dentalsales.blueprint.workflow import State, Step, Workflow
from dentalsales.i18n import _, c_
from dentalsales.registers.complaints.deadlines import hold_begins, hold_ends, is_held, not_held
from dentalsales.registers.complaints.kept import nothing_is_done_tomorrow, the_stop_is_decided
from dentalsales.registers.complaints.people import DECIDERS, DEPARTMENTS, FRONT, HANDLERS
from dentalsales.registers.complaints.record import GRAVE_EVENTS, ComplaintPart, about_goods, about_service

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
OPEN = (*UNRESOLVED, "resolved", "followed")
EVER = (*OPEN, "archived", "withdrawn")
happened = partial(has_happened, since="received_at", said=rules.BETWEEN)
step = partial(Step, roles=FRONT)
side = partial(Step, target=None, sources=OPEN, roles=FRONT)
"""What is only recorded: the complaint stays where it is."""


def needing(*names: str) -> dict[str, Any]:
    """Return the words of a step that asks for fields, and is not taken without any of them."""
    return {"asks": names, "needs": names}


def of_kind(kind: str) -> Any:
    """Return the condition that a complaint is of a kind."""
    return lambda complaint: complaint.c.kind == kind


def grave(complaint: Any) -> Any:
    """Return the condition that a complaint goes up to director and general manager."""
    return or_(complaint.c.severity == "grave", complaint.c.adverse.in_(GRAVE_EVENTS))


def _answer(department: str) -> Step:
    """The step with which a department hands in its part; until its cause is there the complaint waits for it.

    Whether the cause is there is asked when it is handed in: what was just typed counts.
    """
    label, writers = DEPARTMENTS[department]
    part = ComplaintPart.__table__.c

    def waits(complaint: Any) -> Any:
        mine = (part.complaint_id == complaint.c.id, part.department == department, part.cause == "")
        return select(part.id).where(*mine).correlate(complaint).exists()

    return side(
        f"answer_{department}", _("Hand in the part of {department}").fill(department=label), roles=writers,
        sources=("notified", "on_site"), effect=(rules.its_cause_is_there(department),), waits=waits,
        when=lambda complaint: any(one.department == department for one in complaint.parts),
    )  # fmt: skip


MAIN = (
    step("notify", _("Notify departments"), ("received",), "notified", roles=HANDLERS,
         check=(rules.departments_are_named,), when=about_goods, waits=of_kind("quality")),
    step("report", c_("complaint", "Report"), ("received",), "reported", check=(rules.reported_upwards,),
         asks=("reported_to_id", "to_office", "proposal"), when=about_service, waits=of_kind("service")),
    step("go_on_site", _("Investigate on site"), ("notified",), "on_site", roles=MANAGERS,
         check=(nothing_is_done_tomorrow, rules.the_director_goes), asks=("on_site_on", "on_site_by_id"),
         needs=("on_site_on",), suggests={"on_site_on": "today", "on_site_by_id": "owner_id"},
         when=about_goods, waits=grave),
    step("find_cause", _("Record the cause"), ("notified", "on_site"), "found", roles=HANDLERS,
         check=(rules.departments_answered, rules.somebody_was_there), **needing("verdict", "cause"), when=about_goods,
         inbox_checks=True, waits=of_kind("quality")),
    step("judge", _("Decide whether it is true"), ("reported",), "found", roles=HANDLERS,
         check=(rules.somebody_else_judges,),
         **needing("verdict", "cause"), when=about_service, waits=of_kind("service")),
    step("agree", _("Record the customer's consent"), ("found",), "agreed",
         **needing("plan", "consent_by", "consent_way"), effect=(effects.today_in("consent_on"),),
         suggests={"consent_by": "complainant", "consent_way": "channel"}),
    step("resolve", _("Resolve"), ("agreed",), "resolved",
         check=(rules.first_reply_was_given, not_held, happened("resolved_at"), rules.customer_was_told,
                rules.lateness_is_explained, nothing_is_done_tomorrow),
         asks=("resolved_at", "result", "told_on", "told_way", "late_reason"), needs=("resolved_at", "result"),
         suggests={"resolved_at": "now", "told_on": "today", "told_way": "channel"}),
    step("follow_up", c_("complaint", "Follow up"), ("resolved",), "followed", roles=roles(FRONT, REP),
         check=(nothing_is_done_tomorrow,),
         **needing("followed_on", "satisfaction", "follow_up"), suggests={"followed_on": "today"}, own=True),
    step("archive", c_("complaint", "Archive"), ("followed",), "archived", roles=roles(MANAGERS, ASSISTANT),
         check=(rules.it_can_be_laid_aside, the_stop_is_decided), **needing("original_kept", "summary"),
         inbox_checks=True),
)  # fmt: skip
BESIDE = (
    side("reply", _("Record the first reply"), sources=UNRESOLVED, roles=roles(FRONT, REP),
         check=(happened("replied_at"),), **needing("replied_at", "reply"), suggests={"replied_at": "now"},
         own=True, when=lambda complaint: complaint.replied_at is None,
         waits=lambda complaint: complaint.c.replied_at.is_(None)),
    side("hold", _("Wait for the customer"), sources=UNRESOLVED, effect=(hold_begins,), asks_note=True,
         when=lambda complaint: not is_held(complaint), inbox=False),
    side("resume", _("Customer answered"), sources=UNRESOLVED, effect=(hold_ends,), when=is_held, inbox=False),
    side("file_copy", _("Copy received"), sources=("resolved", "followed"), roles=roles(OFFICE),
         effect=(effects.today_in("office_copy_on"),), when=lambda complaint: complaint.office_copy_on is None,
         waits=lambda complaint: complaint.c.office_copy_on.is_(None)),
    side("tell_gm", _("Take note of the result"), sources=("resolved", "followed"),
         roles=roles(GENERAL_MANAGER, DIRECTOR), effect=(effects.today_in("gm_told_on"),),
         when=lambda complaint: complaint.is_grave and complaint.gm_told_on is None,
         waits=lambda complaint: grave(complaint) & complaint.c.gm_told_on.is_(None)),
    side("decide_sanction", _("Decide the sanction"), sources=("found", "agreed", "resolved", "followed"),
         roles=DECIDERS, check=(rules.not_about_me,), effect=(effects.today_in("sanctioned_on"),),
         second_person=True, about=rules.SANCTION,
         when=lambda complaint: bool(complaint.sanction) and complaint.sanctioned_on is None,
         waits=lambda complaint: (complaint.c.sanction != "") & complaint.c.sanctioned_on.is_(None)),
    side("drop_sanction", _("Drop the sanction"), roles=DECIDERS, check=(rules.not_about_me,),
         effect=(effects.no_sanction,), asks_note=True, when=lambda complaint: bool(complaint.sanction), inbox=False),
    side("stop_sale", _("Stop the sale of the lot"), roles=roles(QUALITY, MANAGERS), check=(lots.the_lot_is_on_sale,),
         effect=(lots.sale_stops,), asks_note=True, when=about_goods, inbox_checks=True,
         waits=lambda complaint: complaint.c.stop_proposed),
    side("keep_selling", _("Go on selling the lot"), roles=roles(QUALITY, DIRECTOR),
         check=(lots.the_lot_is_not_stopped,), effect=(lots.it_is_decided,), asks_note=True, inbox=False,
         when=lambda complaint: bool(complaint.stop_proposed)),
    side("lift_stop", _("Lift the stop-sale"), sources=EVER, roles=roles(QUALITY, DIRECTOR),
         check=(lots.the_lot_is_stopped,), effect=(lots.sale_goes_on,), asks_note=True, when=about_goods, inbox=False),
    side("call_authority", _("Record the call to the authority"), sources=(*OPEN, "withdrawn"),
         roles=roles(QUALITY, MANAGERS), check=(happened("adverse_called_at"),), **needing("adverse_called_at"),
         suggests={"adverse_called_at": "now"},
         when=lambda complaint: complaint.adverse_call_due_at is not None and complaint.adverse_called_at is None,
         waits=lambda complaint: complaint.c.adverse_call_due_at.is_not(None)
         & complaint.c.adverse_called_at.is_(None)),
    side("report_event", _("Record the report of the event"), sources=(*OPEN, "withdrawn"),
         roles=roles(QUALITY, MANAGERS), check=(rules.the_authority_was_called, happened("adverse_reported_at")),
         asks=("adverse_reported_at", "adverse_number"), needs=("adverse_reported_at",),
         suggests={"adverse_reported_at": "now"},
         when=lambda complaint: bool(complaint.adverse) and complaint.adverse_reported_at is None,
         waits=lambda complaint: (complaint.c.adverse != "") & complaint.c.adverse_reported_at.is_(None)),
    side("correct_event", _("Correct the event"), roles=roles(QUALITY, DIRECTOR), asks=rules.EVENT,
         effect=(rules.an_event_is_known_since, effects.event_is_told_anew), asks_note=True,
         when=lambda complaint: bool(complaint.adverse), inbox=False),
    step("reopen", _("Take up again"), ("resolved", "followed"), "found", effect=(effects.not_resolved_after_all,),
         asks_note=True, inbox=False),
    step("withdraw", _("Customer withdraws"), UNRESOLVED, "withdrawn", roles=MANAGERS, effect=(hold_ends,),
         asks_note=True,
         final=_("This can't be undone; the number is kept."), inbox=False),
)  # fmt: skip
ANSWERS = tuple(_answer(name) for name, (_label, writers) in DEPARTMENTS.items() if writers != HANDLERS)
WORKFLOW = Workflow(STATES, (*ANSWERS, *MAIN, *BESIDE))
