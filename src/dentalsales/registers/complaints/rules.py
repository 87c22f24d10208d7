"""What holds for a complaint: who owns it, who writes what, what stays, and what has to be there before each step."""

from sqlalchemy import inspect, select

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.demands import by_others, filled, has_come, held_by, stays
from dentalsales.blueprint.departments import Departments
from dentalsales.blueprint.house_records import Employee
from dentalsales.blueprint.promises import was_kept
from dentalsales.blueprint.record import has_changed
from dentalsales.blueprint.roles import DIRECTOR, GENERAL_MANAGER, MANAGER, OFFICE, role_names, roles
from dentalsales.blueprint.rules import NotAllowed, RuleBroken
from dentalsales.i18n import _, joined
from dentalsales.registers.complaints.deadlines import RESOLUTION, time_to_report
from dentalsales.registers.complaints.people import DECIDERS, DEPARTMENTS, HANDLERS
from dentalsales.registers.complaints.record import (
    EVENT,
    Complaint,
    ComplaintPart,
    about_goods,
    about_service,
    has_sanction,
    is_grave,
    is_suspected,
)

SANCTION = ("sanction", "fine", "sanctioned_id")
ABOUT_YOU = _("The complaint is about you; somebody else decides whether it is true.")
YOUR_SANCTION = _("The sanction is about you; somebody else decides it.")
BETWEEN = _("The moment lies between the arrival of the complaint and now.")
PARTS = Departments(
    "parts", ComplaintPart, DEPARTMENTS, HANDLERS, named=True, own=("cause", "opinion"), states=("notified", "on_site"),
    step="answer", hand_in=_("Hand in the part of {department}"), missing=_("Line {line}: enter the cause."),
    not_yours=_("Line {line}: the part of {department} is filled in by: {roles}."),
)  # fmt: skip
"""A department answers for itself; what it wrote on paper its manager or director enters (M77)."""


def is_received_before_now(complaint: Complaint, act: Act) -> None:
    """A complaint came before it was entered."""
    if complaint.received_at > act.now:
        raise RuleBroken(_("A complaint can't come later than now."), field="received_at")
    if complaint.entered_at is not None and complaint.received_at > complaint.entered_at:
        raise RuleBroken(_("A complaint can't come later than it was entered."), field="received_at")


def it_has_an_owner(complaint: Complaint, act: Act) -> None:
    """The manager handles every complaint himself, the director a grave one about quality, however small (M76)."""
    asked = (DIRECTOR, MANAGER) if is_grave(complaint) and about_goods(complaint) else (MANAGER, DIRECTOR)
    people = {row.id: row.roles.split(",") for row in act.session.execute(_HERE)}
    if complaint.owner_id is None:
        complaint.owner_id = next((who for role in asked for who, held in people.items() if role in held), None)
    elif has_changed(complaint, "owner_id") and not set(people.get(complaint.owner_id, ())) & set(asked):
        raise RuleBroken(
            _("A complaint is handled by: {roles}."), field="owner_id", roles=joined(role_names((MANAGER, DIRECTOR)))
        )


_HERE = select(Employee.id, Employee.roles).where(Employee.disabled.is_(False)).order_by(Employee.id)


def handlers_call_it_less_grave(complaint: Complaint, act: Act) -> None:
    """Of a complaint on its way only who handles it takes the weight away."""
    lighter = has_changed(complaint, "severity") and complaint.severity == "ordinary" and is_on_its_way(complaint)
    if lighter and not act.roles & HANDLERS:
        said = _("A grave complaint is called an ordinary one by: {roles}.")
        raise NotAllowed(said, field="severity", roles=joined(role_names(HANDLERS)))


def is_on_its_way(complaint: Complaint) -> bool:
    """Somebody works on it already."""
    return bool(inspect(complaint).persistent) and complaint.state != "received"


def a_sanction_fits(complaint: Complaint, act: Act) -> None:
    """Only what was found true is sanctioned, in service by a fine within its limits (PS9)."""
    wanted = set(filter(None, complaint.sanction.split(",")))
    if not wanted and not complaint.fine:
        return
    if complaint.verdict != "true":
        raise RuleBroken(_("A sanction follows a complaint that was found to be true."), field="sanction")
    if complaint.sanctioned_id is None:
        raise RuleBroken(_("Enter who is sanctioned."), field="sanctioned_id")
    if ("fine" in wanted) != bool(complaint.fine):
        raise RuleBroken(_("A fine has an amount, and nothing else has one."), field="fine")
    least, most = act.setting("fine_minimum"), act.setting("fine_maximum")
    if complaint.fine and about_service(complaint) and not least <= complaint.fine <= most:
        raise RuleBroken(_("A fine is between {least} and {most}."), field="fine", least=least, most=most)


def an_event_is_known_since(complaint: Complaint, act: Act) -> None:
    """The clock of the law begins when we knew of the event, at the latest when the complaint came in."""
    if complaint.adverse and complaint.adverse_known_at is None:
        complaint.adverse_known_at = complaint.received_at
    if complaint.adverse_known_at is not None and complaint.adverse_known_at > act.now:
        raise RuleBroken(_("An event can't be known later than now."), field="adverse_known_at")


def an_event_is_not_put_off(complaint: Complaint, act: Act) -> None:
    """What was suspected once may become graver on the form; less of it, or later, takes a step that says why."""
    before = complaint.adverse_due_at
    if before is None or not has_changed(complaint, *EVENT):
        return
    within = time_to_report(complaint, act)
    late = within is None or complaint.adverse_known_at is None or complaint.adverse_known_at + within > before
    if late or complaint.adverse_reported_at is not None:
        raise RuleBroken(_("The event has its deadline already. Take “Correct the event”, with the reason."),
                         field="adverse")  # fmt: skip


def lateness_is_explained(complaint: Complaint, act: Act) -> None:
    """Whoever resolves too late says why."""
    if was_kept(RESOLUTION, complaint, act) is False and not complaint.late_reason.strip():
        raise RuleBroken(_("It is resolved too late. Enter why it took longer."), field="late_reason")


def somebody_was_there(complaint: Complaint, act: Act) -> None:
    """A grave complaint is looked into on site (M81)."""
    if is_grave(complaint) and complaint.state == "notified":
        raise RuleBroken(_("A grave complaint is investigated on site first."), mended_by=roles(DIRECTOR))


NOT_TOMORROW = tuple(
    has_come(name)
    for name in (
        "on_site_on", "told_on", "followed_on", "correction_told_on", "holder_told_on", "parts.told_on",
        "parts.written_on",
    )
)  # fmt: skip
"""What was told or done on a day was so today at the latest."""
STAYS = (
    stays("received_at", said=_("The complaint was answered: its clocks have begun."),
          when=lambda complaint: complaint.replied_at is not None),
    stays("kind", said=_("The complaint is on its way already. Take “Customer withdraws” and log another one."),
          when=is_on_its_way),
    stays(*SANCTION, said=_("The sanction is decided. Drop it first, with the reason."), field="sanction",
          when=lambda complaint: complaint.sanctioned_on is not None),
    stays("stop_proposed", said=_("The stop-sale is proposed. Take “Go on selling the lot”, with the reason."),
          when=lambda one: not (one.stop_proposed or has_changed(one, "lot_no", "product_id", "kind"))),
)  # fmt: skip
"""What a form takes back no more: each kind goes its own way, and what was proposed or decided a step answers."""
NOT_ABOUT_HIMSELF = (by_others("person_id", ABOUT_YOU, "person_id", "verdict"),
                     by_others("sanctioned_id", YOUR_SANCTION, *SANCTION))  # fmt: skip
"""Neither verdict nor sanction is changed by whom it is about, nor does he put somebody else in his place."""
SAVED = (
    is_received_before_now, handlers_call_it_less_grave, *STAYS, *NOT_TOMORROW, an_event_is_known_since,
    an_event_is_not_put_off, it_has_an_owner, PARTS.each_writes_its_own, *NOT_ABOUT_HIMSELF, a_sanction_fits,
)  # fmt: skip

TOLD = (
    filled("parts", _("Enter the departments that are notified.")),
    filled("parts.told_on", _("Line {line}: enter when the department was told.")),
)
"""Every department concerned is told at once, by word of mouth."""
REPORTED = (
    held_by("reported_to_id", HANDLERS, _("Choose to whom it was reported: {roles}.")),
    filled("to_office", _("A grave complaint is reported to the company office, too."), is_grave),
    filled("proposal", _("Enter the proposal for the company office."), lambda complaint: complaint.to_office),
)
"""A service complaint is reported to manager or Sales VP; a grave one to the office, with a proposal."""
WENT = (
    *NOT_TOMORROW,
    held_by("on_site_by_id", roles(DIRECTOR), _("A grave complaint is investigated on site by: {roles}."), is_grave),
)
"""Into a grave complaint the director looks himself, with the departments (M81)."""
ANSWERED = (
    PARTS.each_has_answered(_("Line {line}: {department} has not entered its cause yet.")),
    filled("parts.written_on", _("Line {line}: production also gets a written notice."),
           lambda part: part.department == "production"),
    somebody_was_there,
    filled("on_site", _("Enter what was found on site."), lambda complaint: complaint.state == "on_site"),
)  # fmt: skip
"""Each department said what it found, and what was investigated on site has its record."""
CUSTOMER_TOLD = (
    filled("told_on", _("Enter when the customer was told the result."), about_service),
    filled("told_way", _("Enter how the customer was told."), lambda complaint: complaint.told_on is not None),
)
"""The result of a service complaint is told to the customer, on a day and in a way (M84)."""
LAID_ASIDE = (
    filled("office_copy_on", _("The copy is not in the company office yet."), None, roles(OFFICE), by_step=True),
    filled("correction", _("Enter the corrective measure."), about_goods),
    filled("correction_told_on", _("Enter when the customer was told the measure."), about_goods),
    filled("gm_told_on", _("The general manager does not know the result yet."), is_grave, roles(GENERAL_MANAGER),
           by_step=True),
    filled("adverse_reported_at", _("The suspected adverse event is not reported yet."), is_suspected, by_step=True),
    filled("holder_told_on", _("Enter when the registrant was told."), is_suspected),
    filled("sanctioned_on", _("The sanction is not decided yet."), has_sanction, DECIDERS, by_step=True),
)  # fmt: skip
"""What goes to the archive is whole: copy, measure, result, event and sanction (M79-M81, M86)."""
