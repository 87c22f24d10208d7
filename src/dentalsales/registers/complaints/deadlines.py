"""The promises of a complaint: first reply and resolution, and those of the law for an adverse event."""

from collections.abc import Iterable
from datetime import timedelta

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.holds import is_held
from dentalsales.blueprint.insight import Fact, Insight
from dentalsales.blueprint.promises import Promise, facts_of, keeping, office_clock
from dentalsales.i18n import _
from dentalsales.registers.complaints.record import EVENT, Complaint

LEGAL_DAYS = {"death": "adverse_death_days", "injury": "adverse_injury_days", "possible": "adverse_injury_days"}
ENDED = ("archived", "withdrawn")


def time_to_call(complaint: Complaint, act: Act) -> timedelta | None:
    """Of several people the authority is called before it has the report."""
    several = complaint.adverse and complaint.adverse_group
    return timedelta(hours=act.setting("adverse_call_hours")) if several else None


def time_to_report(complaint: Complaint, act: Act) -> timedelta | None:
    """Death is reported sooner than injury, and several people sooner than one."""
    if not complaint.adverse:
        return None
    days = LEGAL_DAYS[complaint.adverse]
    return timedelta(hours=act.setting("adverse_group_hours") if complaint.adverse_group else 24 * act.setting(days))


REPLY = Promise(
    "reply_due_at", _("First reply"), "received_at", "reply_hours", ("replied_at", "resolved_at"), ENDED,
    hours=office_clock,
)  # fmt: skip
RESOLUTION = Promise(
    "resolve_due_at", _("Resolution"), "received_at", "resolve_hours", ("resolved_at",), ENDED, hours=office_clock,
    holds="holds",
)  # fmt: skip
CALL = Promise(
    "adverse_call_due_at", _("Call to the authority"), "adverse_known_at", time_to_call, ("adverse_called_at",),
    depends=EVENT,
)  # fmt: skip
REPORT = Promise(
    "adverse_due_at", _("Report of the event"), "adverse_known_at", time_to_report, ("adverse_reported_at",),
    depends=EVENT,
)  # fmt: skip
PROMISES = (REPLY, RESOLUTION, CALL, REPORT)
clocks_are_set = keeping(PROMISES, "due_at", frozen=ENDED)


def clock_facts(complaint: Complaint, line: object, act: Act) -> Iterable[Fact]:
    """How long there is for each promise, or how late it is."""
    if complaint.received_at is not None:
        yield from facts_of(PROMISES, complaint, act)
    if is_held(complaint):
        yield Fact(_("Waiting for the customer"), complaint.holds[-1].reason, tone="warning")


CLOCKS = Insight("clocks", _("Deadlines"), clock_facts)
