"""The clocks of a complaint: first reply and resolution, holds, and those of the law for an adverse event."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.clocks import ALWAYS, OFFICE, Hours, Stretch, company_hours, in_words, runs_out, tone
from dentalsales.blueprint.insight import Fact, Insight
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import Text, _
from dentalsales.registers.complaints.record import Complaint, ComplaintHold

LEGAL_DAYS = {"death": "adverse_death_days", "injury": "adverse_injury_days", "possible": "adverse_injury_days"}
ENDED = ("archived", "withdrawn")


def hours_of(act: Act) -> Hours:
    """Return when the two clocks of the policy run."""
    found: Hours = act.once("complaint_hours", lambda: company_hours(act.setting))
    return found


def held(complaint: Complaint) -> list[Stretch]:
    """Return the stretches in which the customer was awaited."""
    return [Stretch(one.began_at, one.ended_at) for one in complaint.holds]


def deadlines(complaint: Complaint, act: Act) -> dict[str, datetime | None]:
    """Return by field when each promise runs out, worked out from what happened."""
    hours, start = hours_of(act), complaint.received_at
    reply, resolve = (timedelta(hours=act.setting(key)) for key in ("reply_hours", "resolve_hours"))
    call, report = _of_the_law(complaint, act)
    return {
        "reply_due_at": runs_out(hours, start, reply),
        "resolve_due_at": runs_out(hours, start, resolve, held(complaint)),
        "adverse_call_due_at": call,
        "adverse_due_at": report,
    }


def _of_the_law(complaint: Complaint, act: Act) -> tuple[datetime | None, datetime | None]:
    """Return until when the authority is called and told of an adverse event."""
    known, days = complaint.adverse_known_at, LEGAL_DAYS.get(complaint.adverse)
    if known is None or days is None:
        return None, None
    report = runs_out(ALWAYS, known, timedelta(days=act.setting(days)))
    if not complaint.adverse_group:
        return None, report
    call, told = (timedelta(hours=act.setting(key)) for key in ("adverse_call_hours", "adverse_group_hours"))
    return runs_out(ALWAYS, known, call), runs_out(ALWAYS, known, told)


def clocks_are_set(complaint: Complaint, act: Act) -> None:
    """Keep the deadlines, and the next of them, in step with what happened; once ended only the next one moves."""
    found = deadlines(complaint, act)
    for name, due in found.items():
        if complaint.state not in ENDED and getattr(complaint, name) != due:
            setattr(complaint, name, due)
    next_one = min((due for _label, due in still_open(complaint, found)), default=None)
    if complaint.due_at != next_one:
        complaint.due_at = next_one


def still_open(complaint: Complaint, found: dict[str, datetime | None]) -> Iterator[tuple[Text, datetime]]:
    """Yield label and deadline of what is still to be done in time."""
    going_on = complaint.state not in ENDED
    unanswered = going_on and complaint.resolved_at is None and complaint.replied_at is None
    counts = {
        "reply_due_at": (_("First reply"), unanswered),
        "resolve_due_at": (_("Resolution"), going_on and complaint.resolved_at is None),
        "adverse_call_due_at": (_("Call to the authority"), complaint.adverse_called_at is None),
        "adverse_due_at": (_("Report of the event"), complaint.adverse_reported_at is None),
    }
    for name, (label, is_open) in counts.items():
        due = found[name]
        if is_open and due is not None:
            yield label, due


def is_held(complaint: Complaint) -> bool:
    """Say whether the customer is awaited now."""
    return any(one.ended_at is None for one in complaint.holds)


def hold_begins(complaint: Complaint, act: Act) -> None:
    """From now on the customer is awaited."""
    why, place = act.note.strip()[:400], len(complaint.holds)
    complaint.holds.append(ComplaintHold(began_at=act.now, reason=why, position=place))
    clocks_are_set(complaint, act)


def hold_ends(complaint: Complaint, act: Act) -> None:
    """The customer answered."""
    for one in complaint.holds:
        if one.ended_at is None:
            one.ended_at = act.now
    clocks_are_set(complaint, act)


def not_held(complaint: Complaint, act: Act) -> None:
    """Nothing is resolved while the customer is awaited."""
    if is_held(complaint):
        raise RuleBroken(_("The customer is still awaited. Take “Customer answered” first."))


def clock_facts(complaint: Complaint, line: object, act: Act) -> Iterable[Fact]:
    """How long there is for each promise, or how late it is."""
    if complaint.received_at is None:
        return
    found = deadlines(complaint, act)
    for label, due in still_open(complaint, found):
        promise = _("{promise} by {due}").fill(promise=label, due=_on_the_wall(due))
        yield Fact(promise, in_words(due, act.now), tone=tone(due, act.now))
    for label, until, done in (
        (_("First reply"), found["reply_due_at"], complaint.replied_at),
        (_("Resolution"), found["resolve_due_at"], complaint.resolved_at),
    ):
        if done is not None:
            late = until is not None and done > until
            yield Fact(label, _("late") if late else _("in time"), tone="danger" if late else "good")
    if is_held(complaint):
        yield Fact(_("Waiting for the customer"), complaint.holds[-1].reason, tone="warning")


def _on_the_wall(moment: datetime) -> str:
    return moment.astimezone(OFFICE).strftime("%m-%d %H:%M")


CLOCKS = Insight("clocks", _("Deadlines"), clock_facts)
