"""The way of a complaint: its states, and who takes which step when; some steps only one of the two kinds knows."""

from functools import partial
from typing import Any

from sqlalchemy import select

import dentalsales.registers.complaints.effects as effects
import dentalsales.registers.complaints.lots as lots
import dentalsales.registers.complaints.rules as rules
from dentalsales.blueprint.roles import (
    ASSISTANT,
    DIRECTOR,
    GENERAL_MANAGER,
    MANAGERS,
    OFFICE,
    QUALITY,
    REP,
    roles,
)
from dentalsales.blueprint.workflow import State, Step, Workflow
from dentalsales.i18n import _, c_
from dentalsales.registers.complaints.deadlines import clocks_are_set, hold_begins, hold_ends, is_held, not_held
from dentalsales.registers.complaints.people import DEPARTMENTS, DESK, HANDLERS
from dentalsales.registers.complaints.record import Complaint, ComplaintPart, about_goods, about_service

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
FRONT = roles(DESK, MANAGERS, REP)
side = partial(Step, target=None, sources=OPEN)
"""What is only recorded: the complaint stays where it is."""


def unanswered(complaint: Complaint) -> bool:
    """Nobody has replied yet."""
    return complaint.replied_at is None


def _answer(department: str) -> Step:
    """The step with which a department hands in its part; until its cause is there the complaint waits for it."""
    label, writers = DEPARTMENTS[department]
    part = ComplaintPart.__table__.c

    def waits(complaint: Any) -> Any:
        mine = (part.complaint_id == complaint.c.id, part.department == department, part.cause == "")
        return select(part.id).where(*mine).correlate(complaint).exists()

    return side(
        f"answer_{department}", _("Hand in the part of {department}").fill(department=label), roles=writers,
        sources=("notified", "on_site"), check=(rules.its_cause_is_there(department),), waits=waits,
        when=lambda complaint: any(one.department == department for one in complaint.parts),
    )  # fmt: skip


MAIN = (
    Step(
        "notify", _("Notify departments"), ("received",), "notified", HANDLERS,
        (rules.departments_are_named,), (clocks_are_set,), when=about_goods,
        waits=lambda complaint: complaint.c.kind == "quality",
    ),
    Step(
        "report", c_("complaint", "Report"), ("received",), "reported", roles(DESK, MANAGERS),
        (rules.reported_upwards,), (clocks_are_set,), asks=("reported_to_id", "to_office", "proposal"),
        when=about_service, waits=lambda complaint: complaint.c.kind == "service",
    ),
    Step(
        "go_on_site", _("Investigate on site"), ("notified",), "on_site", roles(MANAGERS),
        (rules.filled("on_site_on", _("Enter the day on site.")),), (clocks_are_set,),
        asks=("on_site_on", "on_site_by_id"), suggests={"on_site_on": "today"}, when=about_goods, inbox=False,
    ),
    Step(
        "find_cause", _("Record the cause"), ("notified", "on_site"), "found", HANDLERS,
        (
            rules.departments_answered,
            rules.somebody_was_there,
            rules.filled("cause", _("Enter the cause that was found.")),
        ),
        (clocks_are_set,), asks=("cause",), when=about_goods, inbox_checks=True,
        waits=lambda complaint: complaint.c.kind == "quality",
    ),
    Step(
        "judge", _("Decide whether it is true"), ("reported",), "found", HANDLERS,
        (
            rules.somebody_else_judges,
            rules.filled("verdict", _("Enter whether the complaint is true.")),
            rules.filled("cause", _("Enter what was found out.")),
        ),
        (clocks_are_set,), asks=("verdict", "cause"), when=about_service,
        waits=lambda complaint: complaint.c.kind == "service",
    ),
    Step(
        "agree", _("Record the customer's consent"), ("found",), "agreed", roles(DESK, MANAGERS),
        (
            rules.filled("plan", _("Enter the plan that the customer agreed to.")),
            rules.filled("consent_by", _("Enter who agreed for the customer.")),
            rules.filled("consent_way", _("Enter how the customer agreed.")),
        ),
        (effects.consent_has_its_day, clocks_are_set), asks=("plan", "consent_by", "consent_way"),
        suggests={"consent_by": "complainant", "consent_way": "channel"},
    ),
    Step(
        "resolve", _("Resolve"), ("agreed",), "resolved", roles(DESK, MANAGERS),
        (
            rules.first_reply_was_given, not_held, rules.resolved_in_its_time,
            rules.filled("result", _("Enter what was done.")), rules.customer_was_told,
        ),
        (clocks_are_set, effects.lateness_is_named), asks=("resolved_at", "result", "told_on", "told_way"),
        suggests={"resolved_at": "now", "told_on": "today", "told_way": "channel"},
    ),
    Step(
        "follow_up", c_("complaint", "Follow up"), ("resolved",), "followed", FRONT,
        (
            rules.filled("satisfaction", _("Enter how satisfied the customer is.")),
            rules.filled("follow_up", _("Enter what the customer said afterwards.")),
        ),
        (clocks_are_set,), asks=("followed_on", "satisfaction", "follow_up"), suggests={"followed_on": "today"},
        own=True,
    ),
    Step(
        "archive", c_("complaint", "Archive"), ("followed",), "archived", roles(MANAGERS, ASSISTANT),
        (
            rules.filled("office_copy_on", _("The copy is not in the company office yet."), mended_by=roles(OFFICE)),
            rules.filled("correction", _("Enter the corrective measure."), when=about_goods),
            rules.filled("correction_told_on", _("Enter when the customer was told the measure."), when=about_goods),
            rules.filled("gm_told_on", _("The general manager does not know the result yet."), when=rules.grave,
                         mended_by=roles(GENERAL_MANAGER)),
            rules.the_event_is_reported,
            rules.a_sanction_is_decided,
            rules.filled("original_kept", _("Tick that Sales keeps the original.")),
            rules.filled("summary", _("Enter the summary.")),
        ),
        (clocks_are_set,), asks=("original_kept", "summary"), inbox_checks=True,
    ),
)  # fmt: skip

BESIDE = (
    Step(
        "reply", _("Record the first reply"), UNRESOLVED, None, FRONT,
        (rules.reply_is_told,), (clocks_are_set,), asks=("replied_at", "reply"), suggests={"replied_at": "now"},
        own=True, when=unanswered, waits=lambda complaint: complaint.c.replied_at.is_(None),
    ),
    Step(
        "hold", _("Wait for the customer"), UNRESOLVED, None, roles(DESK, MANAGERS),
        effect=(hold_begins,), asks_note=True, when=lambda complaint: not is_held(complaint), inbox=False,
    ),
    Step(
        "resume", _("Customer answered"), UNRESOLVED, None, roles(DESK, MANAGERS),
        effect=(hold_ends,), when=is_held, inbox=False,
    ),
    side(
        "file_copy", _("Copy received"), roles=roles(OFFICE), sources=("resolved", "followed"),
        effect=(effects.copy_is_here,), when=lambda complaint: complaint.office_copy_on is None,
        waits=lambda complaint: complaint.c.office_copy_on.is_(None),
    ),
    side(
        "tell_gm", _("Take note of the result"), roles=roles(GENERAL_MANAGER, DIRECTOR),
        sources=("resolved", "followed"),
        effect=(effects.general_manager_knows,),
        when=lambda complaint: complaint.is_grave and complaint.gm_told_on is None,
        waits=lambda complaint: (complaint.c.severity == "grave") & complaint.c.gm_told_on.is_(None),
    ),
    side(
        "decide_sanction", _("Decide the sanction"), roles=rules.DECIDERS,
        sources=("found", "agreed", "resolved", "followed"),
        check=(rules.a_sanction_is_proposed, rules.not_about_me), effect=(effects.sanction_has_its_day,),
        second_person=True, about=("sanction", "fine", "sanctioned_id"),
        when=lambda complaint: bool(complaint.sanction) and complaint.sanctioned_on is None,
        waits=lambda complaint: (complaint.c.sanction != "") & complaint.c.sanctioned_on.is_(None),
    ),
    side(
        "drop_sanction", _("Refuse the sanction"), roles=rules.DECIDERS, check=(rules.not_about_me,),
        effect=(effects.no_sanction,), asks_note=True,
        when=lambda complaint: bool(complaint.sanction) and complaint.sanctioned_on is None, inbox=False,
    ),
    side(
        "stop_sale", _("Stop the sale of the lot"), roles=roles(QUALITY, MANAGERS), check=(lots.the_lot_is_on_sale,),
        effect=(lots.sale_stops,), asks_note=True, when=about_goods, inbox_checks=True,
        waits=lambda complaint: complaint.c.stop_proposed,
    ),
    side(
        "keep_selling", _("Go on selling the lot"), roles=roles(QUALITY, DIRECTOR), check=(lots.the_lot_is_on_sale,),
        effect=(lots.proposal_is_dropped,), asks_note=True, inbox=False,
        when=lambda complaint: bool(complaint.stop_proposed),
    ),
    side(
        "lift_stop", _("Lift the stop-sale"), roles=roles(QUALITY, DIRECTOR), sources=(*OPEN, "archived", "withdrawn"),
        check=(lots.the_lot_is_stopped,), effect=(lots.sale_goes_on,), asks_note=True, when=about_goods, inbox=False,
    ),
    side(
        "report_event", _("Record the report of the event"), roles=roles(QUALITY, MANAGERS),
        sources=(*OPEN, "withdrawn"), check=(rules.event_is_told,), effect=(clocks_are_set,),
        asks=("adverse_called_at", "adverse_reported_at", "adverse_number"),
        suggests={"adverse_reported_at": "now"},
        when=lambda complaint: bool(complaint.adverse) and complaint.adverse_reported_at is None,
        waits=lambda complaint: (complaint.c.adverse != "") & complaint.c.adverse_reported_at.is_(None),
    ),
    Step(
        "reopen", _("Take up again"), ("resolved", "followed"), "found", roles(DESK, MANAGERS),
        effect=(effects.not_resolved_after_all, clocks_are_set), asks_note=True, inbox=False,
    ),
    Step(
        "withdraw", _("Customer withdraws"), UNRESOLVED, "withdrawn", roles(MANAGERS),
        effect=(clocks_are_set,), asks_note=True, final=_("This can't be undone; the number is kept."), inbox=False,
    ),
)  # fmt: skip
ANSWERS = tuple(_answer(name) for name, (_label, writers) in DEPARTMENTS.items() if writers != HANDLERS)
WORKFLOW = Workflow(STATES, (*ANSWERS, *MAIN, *BESIDE))
