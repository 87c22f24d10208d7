"""The promises of a complaint: first reply and resolution, and those of the law for an adverse event."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.clocks import Hours, company_hours
from dentalsales.blueprint.holds import is_held
from dentalsales.blueprint.insight import Fact, Insight
from dentalsales.blueprint.promises import Promise, facts_of, keeping
from dentalsales.i18n import _
from dentalsales.registers.complaints.record import EVENT, Complaint

LEGAL_DAYS = {"death": "adverse_death_days", "injury": "adverse_injury_days", "possible": "adverse_injury_days"}
ENDED = ("archived", "withdrawn")


def hours_of(act: Act) -> Hours:
    """Return when the two clocks of the policy run."""
    found: Hours = act.once("complaint_hours", lambda: company_hours(act.setting))
    return found


def within(key: str) -> Callable[[Complaint, Act], timedelta]:
    """Return how long something may take: so many hours as a setting says."""
    return lambda complaint, act: timedelta(hours=act.setting(key))


def time_to_call(complaint: Complaint, act: Act) -> timedelta | None:
    """Of several people the authority is called before it has the report."""
    several = complaint.adverse and complaint.adverse_group
    return within("adverse_call_hours")(complaint, act) if several else None


def time_to_report(complaint: Complaint, act: Act) -> timedelta | None:
    """Death is reported sooner than injury, and several people sooner than one."""
    days = LEGAL_DAYS.get(complaint.adverse)
    if days is None:
        return None
    hours = act.setting("adverse_group_hours") if complaint.adverse_group else 24 * act.setting(days)
    return timedelta(hours=hours)


REPLY = Promise(
    "reply_due_at", _("First reply"), "received_at", within("reply_hours"), ("replied_at", "resolved_at"), ENDED,
    hours=hours_of,
)  # fmt: skip
RESOLUTION = Promise(
    "resolve_due_at", _("Resolution"), "received_at", within("resolve_hours"), ("resolved_at",), ENDED, hours=hours_of,
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
