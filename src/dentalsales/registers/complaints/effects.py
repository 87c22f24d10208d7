"""What a step of a complaint leaves behind: days that nobody types, and what falls when it is taken up again."""

from decimal import Decimal

from dentalsales.blueprint.act import Act
from dentalsales.i18n import _
from dentalsales.registers.complaints.record import Complaint


def consent_has_its_day(complaint: Complaint, act: Act) -> None:
    """The plan was agreed today."""
    complaint.consent_on = act.today


def lateness_is_named(complaint: Complaint, act: Act) -> None:
    """Whoever resolves too late hears it, and says why on the form."""
    due, done = complaint.resolve_due_at, complaint.resolved_at
    if due is not None and done is not None and done > due and not complaint.late_reason.strip():
        act.warn(_("{number} was resolved too late. Enter why it took longer."), number=complaint.number)


def copy_is_here(complaint: Complaint, act: Act) -> None:
    """The company office has its copy."""
    complaint.office_copy_on = act.today


def general_manager_knows(complaint: Complaint, act: Act) -> None:
    """The result of a grave complaint has come to the general manager."""
    complaint.gm_told_on = act.today


def sanction_has_its_day(complaint: Complaint, act: Act) -> None:
    """The sanction holds from today."""
    complaint.sanctioned_on = act.today


def no_sanction(complaint: Complaint, act: Act) -> None:
    """The proposal is refused; the history tells why, and what it was."""
    complaint.sanction, complaint.fine, complaint.sanctioned_id = "", Decimal("0.00"), None


def not_resolved_after_all(complaint: Complaint, act: Act) -> None:
    """The clocks go on from where they were, and a plan is agreed anew."""
    complaint.resolved_at = complaint.told_on = complaint.followed_on = complaint.consent_on = None
    complaint.told_way = complaint.consent_by = complaint.consent_way = complaint.satisfaction = ""
    complaint.office_copy_on = complaint.gm_told_on = None
