"""What is not taken back on the form of a complaint, nor told before it was done."""

from sqlalchemy import inspect

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.record import has_changed
from dentalsales.blueprint.roles import DIRECTOR, QUALITY, role_names, roles
from dentalsales.blueprint.rules import NotAllowed, RuleBroken
from dentalsales.i18n import _, joined
from dentalsales.registers.complaints.people import HANDLERS
from dentalsales.registers.complaints.record import Complaint
from dentalsales.registers.stock import lots_numbered

DONE_ON = ("on_site_on", "told_on", "followed_on", "correction_told_on", "holder_told_on")


def what_it_is_stays(complaint: Complaint, act: Act) -> None:
    """Each kind goes its own way, so that one on its way stays of its kind; who handles it calls it less grave."""
    if not inspect(complaint).persistent or complaint.state == "received":
        return
    if has_changed(complaint, "kind"):
        raise RuleBroken(
            _("The complaint is on its way already. Take “Customer withdraws” and log another one."), field="kind"
        )
    if has_changed(complaint, "severity") and complaint.severity == "ordinary" and not act.roles & HANDLERS:
        said = _("A grave complaint is called an ordinary one by: {roles}.")
        raise NotAllowed(said, field="severity", roles=joined(role_names(HANDLERS)))


def nothing_is_done_tomorrow(complaint: Complaint, act: Act) -> None:
    """What was told or done on a day was so today at the latest."""
    days = [(name, getattr(complaint, name)) for name in DONE_ON]
    for index, part in enumerate(complaint.parts):
        days += [(f"parts.{index}.{name}", getattr(part, name)) for name in ("told_on", "written_on")]
    for name, on in days:
        if on is not None and on > act.today:
            raise RuleBroken(_("The day lies in the future."), field=name)


def a_proposal_is_answered_by_a_step(complaint: Complaint, act: Act) -> None:
    """The stop of a lot that was proposed is not unticked: it is stopped, or goes on being sold for a reason."""
    dropped = has_changed(complaint, "stop_proposed") and not complaint.stop_proposed
    if dropped and inspect(complaint).persistent and not has_changed(complaint, "lot_no", "product_id", "kind"):
        raise RuleBroken(_("The stop-sale is proposed. Take “Go on selling the lot”, with the reason."),
                         field="stop_proposed")  # fmt: skip


def the_stop_is_decided(complaint: Complaint, act: Act) -> None:
    """No complaint goes to the archive with a proposal that nobody answered; a lot that is stopped is an answer."""
    if complaint.stop_proposed:
        lots = lots_numbered(act, complaint.product_id, complaint.lot_no)
        if not any(lot.condition == "stopped" for lot in lots):
            said = _("The stop-sale that is proposed is not decided yet.")
            raise RuleBroken(said, mended_by=roles(QUALITY, DIRECTOR))
