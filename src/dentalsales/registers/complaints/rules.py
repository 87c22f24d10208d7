"""What holds for a complaint: who owns it, who writes what, what stays, and what has to be there before each step."""

from sqlalchemy import inspect, select

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.demands import by_others, filled, has_come, held_by, stays, that
from dentalsales.blueprint.departments import Departments
from dentalsales.blueprint.house_records import Employee
from dentalsales.blueprint.promises import not_put_off, was_kept
from dentalsales.blueprint.record import has_changed
from dentalsales.blueprint.roles import DIRECTOR, GENERAL_MANAGER, MANAGER, OFFICE, role_names, roles
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _, joined
from dentalsales.registers.complaints.deadlines import REPORT, RESOLUTION
from dentalsales.registers.complaints.people import DECIDERS, HANDLERS
from dentalsales.registers.complaints.record import (
    Complaint,
    ComplaintPart,
    about_goods,
    about_service,
    has_sanction,
    is_grave,
    is_suspected,
)
from dentalsales.registers.departments import DEPARTMENTS

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


def is_on_its_way(complaint: Complaint) -> bool:
    """Somebody works on it already."""
    return bool(inspect(complaint).persistent) and complaint.state != "received"


def is_sanctioned(complaint: Complaint) -> bool:
    """A sanction is wanted, or what only a sanction has."""
    return bool(complaint.sanction or complaint.fine)


def a_fine_has_its_limits(complaint: Complaint, act: Act) -> None:
    """In service a fine is from 20 to 100 yuan (PS9)."""
    least, most = act.setting("fine_minimum"), act.setting("fine_maximum")
    if complaint.fine and about_service(complaint) and not least <= complaint.fine <= most:
        raise RuleBroken(_("A fine is between {least} and {most}."), field="fine", least=least, most=most)


def an_event_is_known_since(complaint: Complaint, act: Act) -> None:
    """The clock of the law begins when we knew of the event, at the latest when the complaint came in."""
    if complaint.adverse and complaint.adverse_known_at is None:
        complaint.adverse_known_at = complaint.received_at


NOT_TOMORROW = tuple(
    has_come(name)
    for name in (
        "on_site_on", "told_on", "followed_on", "correction_told_on", "holder_told_on", "parts.told_on",
        "parts.written_on",
    )
)  # fmt: skip
"""What was told or done on a day was so today at the latest."""
RECEIVED = (
    has_come("received_at", _("A complaint can't come later than now.")),
    has_come("received_at", _("A complaint can't come later than it was entered."), until="entered_at"),
)
KNOWN_BY_NOW = has_come("adverse_known_at", _("An event can't be known later than now."))
NOT_PUT_OFF = not_put_off(
    REPORT, _("The event has its deadline already. Take “Correct the event”, with the reason."), "adverse"
)
"""What was suspected once may become graver on the form; less of it, or later, takes a step that says why."""
STAYS = (
    stays("received_at", said=_("The complaint was answered: its clocks have begun."),
          when=lambda complaint: complaint.replied_at is not None),
    stays("kind", said=_("The complaint is on its way already. Take “Customer withdraws” and log another one."),
          when=is_on_its_way),
    stays("severity", said=_("A grave complaint is called an ordinary one by: {roles}."), unless=HANDLERS,
          when=lambda complaint: is_on_its_way(complaint) and complaint.severity == "ordinary"),
    stays(*SANCTION, said=_("The sanction is decided. Drop it first, with the reason."), field="sanction",
          when=lambda complaint: complaint.sanctioned_on is not None),
    stays("stop_proposed", said=_("The stop-sale is proposed. Take “Go on selling the lot”, with the reason."),
          when=lambda one: not (one.stop_proposed or has_changed(one, "lot_no", "product_id", "kind"))),
)  # fmt: skip
"""What a form takes back no more: each kind goes its own way, and what was proposed or decided a step answers."""
NOT_ABOUT_HIMSELF = (by_others("person_id", ABOUT_YOU, "person_id", "verdict"),
                     by_others("sanctioned_id", YOUR_SANCTION, *SANCTION))  # fmt: skip
"""Neither verdict nor sanction is changed by whom it is about, nor does he put somebody else in his place."""
A_SANCTION_FITS = (
    that(lambda complaint, act: complaint.verdict == "true",
         _("A sanction follows a complaint that was found to be true."), "sanction", is_sanctioned),
    filled("sanctioned_id", _("Enter who is sanctioned."), is_sanctioned),
    that(lambda complaint, act: ("fine" in complaint.sanction) == bool(complaint.fine),
         _("A fine has an amount, and nothing else has one."), "fine"),
    a_fine_has_its_limits,
)  # fmt: skip
SAVED = (
    *RECEIVED, *STAYS, *NOT_TOMORROW, an_event_is_known_since, KNOWN_BY_NOW, NOT_PUT_OFF, it_has_an_owner,
    PARTS.each_writes_its_own, *NOT_ABOUT_HIMSELF, *A_SANCTION_FITS,
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
    that(lambda complaint, act: complaint.state != "notified",
         _("A grave complaint is investigated on site first."), "", is_grave, mended_by=roles(DIRECTOR)),
    filled("on_site", _("Enter what was found on site."), lambda complaint: complaint.state == "on_site"),
)  # fmt: skip
"""Each department said what it found, and what was investigated on site has its record."""
LATENESS_IS_EXPLAINED = that(
    lambda complaint, act: was_kept(RESOLUTION, complaint, act) is not False or complaint.late_reason.strip(),
    _("It is resolved too late. Enter why it took longer."), "late_reason",
)  # fmt: skip
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
