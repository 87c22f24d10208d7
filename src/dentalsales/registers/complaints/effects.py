"""What a step of a complaint leaves behind: days that nobody types, and what falls when it is taken up again."""

from collections.abc import Callable
from decimal import Decimal

from dentalsales.blueprint.act import Act
from dentalsales.registers.complaints.record import Complaint


def today_in(field: str) -> Callable[[Complaint, Act], None]:
    """Return the effect that a field holds the day of the step."""
    return lambda complaint, act: setattr(complaint, field, act.today)


def no_sanction(complaint: Complaint, act: Act) -> None:
    """The sanction is dropped; the history tells why, and what it was."""
    complaint.sanction, complaint.fine = "", Decimal("0.00")
    complaint.sanctioned_id = complaint.sanctioned_on = None


def event_is_told_anew(complaint: Complaint, act: Act) -> None:
    """What was reported of an event is no more the event as it is known now."""
    complaint.adverse_called_at = complaint.adverse_reported_at = None
    complaint.adverse_number = ""


def not_resolved_after_all(complaint: Complaint, act: Act) -> None:
    """The clocks go on from where they were, and a plan is agreed anew."""
    complaint.resolved_at = complaint.told_on = complaint.followed_on = complaint.consent_on = None
    complaint.told_way = complaint.consent_by = complaint.consent_way = complaint.satisfaction = ""
    complaint.office_copy_on = complaint.gm_told_on = None
