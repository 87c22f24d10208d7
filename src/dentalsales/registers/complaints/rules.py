"""What holds for a complaint: who owns it, who writes which part, and what has to be there before each step."""

from typing import Any

from sqlalchemy import inspect, select

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.house_records import Employee
from dentalsales.blueprint.promises import was_kept
from dentalsales.blueprint.record import has_changed
from dentalsales.blueprint.roles import DIRECTOR, GENERAL_MANAGER, MANAGER, OFFICE, role_names, roles
from dentalsales.blueprint.rules import NotAllowed, RuleBroken
from dentalsales.blueprint.workflow import Rule
from dentalsales.i18n import _, joined
from dentalsales.registers.complaints.deadlines import RESOLUTION, time_to_report
from dentalsales.registers.complaints.people import DECIDERS, DEPARTMENTS, HANDLERS
from dentalsales.registers.complaints.record import Complaint, about_goods, about_service

OWN_WORDS = ("cause", "opinion")
SANCTION = ("sanction", "fine", "sanctioned_id")
ABOUT_YOU = _("The complaint is about you; somebody else decides whether it is true.")
YOUR_SANCTION = _("The sanction is about you; somebody else decides it.")
BETWEEN = _("The moment lies between the arrival of the complaint and now.")
EVENT = ("adverse", "adverse_group", "adverse_known_at")


def is_received_before_now(complaint: Complaint, act: Act) -> None:
    """A complaint came before it was entered; once it was answered, nobody moves the beginning of its clocks."""
    if complaint.received_at > act.now:
        raise RuleBroken(_("A complaint can't come later than now."), field="received_at")
    if complaint.entered_at is not None and complaint.received_at > complaint.entered_at:
        raise RuleBroken(_("A complaint can't come later than it was entered."), field="received_at")
    if inspect(complaint).persistent and has_changed(complaint, "received_at") and complaint.replied_at is not None:
        raise RuleBroken(_("The complaint was answered: its clocks have begun."), field="received_at")


def it_has_an_owner(complaint: Complaint, act: Act) -> None:
    """The manager handles every complaint himself, the director a grave one about quality, however small (M76)."""
    asked = (DIRECTOR, MANAGER) if complaint.is_grave and about_goods(complaint) else (MANAGER, DIRECTOR)
    people = {row.id: row.roles.split(",") for row in act.session.execute(_HERE)}
    if complaint.owner_id is None:
        complaint.owner_id = next((who for role in asked for who, held in people.items() if role in held), None)
    elif has_changed(complaint, "owner_id") and not set(people.get(complaint.owner_id, ())) & set(asked):
        raise RuleBroken(
            _("A complaint is handled by: {roles}."), field="owner_id", roles=joined(role_names((MANAGER, DIRECTOR)))
        )


_HERE = select(Employee.id, Employee.roles).where(Employee.disabled.is_(False)).order_by(Employee.id)


def each_writes_his_own_part(complaint: Complaint, act: Act) -> None:
    """A department answers for itself; what it wrote on paper its manager or director enters (M77)."""
    if act.roles & HANDLERS:
        return
    for index, part in enumerate(complaint.parts):
        known = inspect(part).persistent
        label, writers = DEPARTMENTS[part.department]
        if not known or has_changed(part, "department") or (has_changed(part, *OWN_WORDS) and not act.roles & writers):
            raise NotAllowed(
                _("Line {line}: the part of {department} is filled in by: {roles}."),
                field=f"parts.{index}.cause", line=index + 1, department=label,
                roles=joined(role_names(writers if known else HANDLERS)),
            )  # fmt: skip
    if inspect(complaint).persistent and inspect(complaint).attrs.parts.history.deleted:
        raise NotAllowed(_("Departments are taken off by the sales manager or director."), field="parts")


def nobody_writes_about_himself(complaint: Complaint, act: Act) -> None:
    """Neither the verdict nor a sanction is changed by whom it is about, nor does he put somebody else in his place."""
    for about, names, said in (
        ("person_id", ("person_id", "verdict"), ABOUT_YOU),
        ("sanctioned_id", SANCTION, YOUR_SANCTION),
    ):
        if inspect(complaint).persistent and has_changed(complaint, *names):
            before = inspect(complaint).attrs[about].history
            if {act.employee.id, act.on_behalf_of_id} & {*before.unchanged, *before.deleted} - {None}:
                raise NotAllowed(said, field=names[-1])


def a_sanction_fits(complaint: Complaint, act: Act) -> None:
    """Only what was found true is sanctioned, in service by a fine within its limits (PS9); what is decided stays."""
    if complaint.sanctioned_on is not None and has_changed(complaint, *SANCTION):
        raise RuleBroken(_("The sanction is decided. Drop it first, with the reason."), field="sanction")
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


def departments_are_named(complaint: Complaint, act: Act) -> None:
    """Every department concerned is told at once, by word of mouth."""
    if not complaint.parts:
        raise RuleBroken(_("Enter the departments that are notified."), field="parts")
    for index, part in enumerate(complaint.parts):
        if part.told_on is None:
            raise RuleBroken(
                _("Line {line}: enter when the department was told."), field=f"parts.{index}.told_on", line=index + 1
            )


def departments_answered(complaint: Complaint, act: Act) -> None:
    """Production also has it in writing, and each department said what it found."""
    for index, part in enumerate(complaint.parts):
        words: dict[str, Any] = {"line": index + 1, "department": DEPARTMENTS[part.department][0]}
        if part.department == "production" and part.written_on is None:
            said = _("Line {line}: {department} also gets a written notice.")
            raise RuleBroken(said, field=f"parts.{index}.written_on", **words)
        if not part.cause.strip():
            words["mended_by"] = DEPARTMENTS[part.department][1]
            said = _("Line {line}: {department} has not entered its cause yet.")
            raise RuleBroken(said, field=f"parts.{index}.cause", **words)


def its_cause_is_there(department: str) -> Rule:
    """Return the rule that a department said what it found."""

    def rule(complaint: Complaint, act: Act) -> None:
        for index, part in enumerate(complaint.parts):
            if part.department == department and not part.cause.strip():
                raise RuleBroken(_("Line {line}: enter the cause."), field=f"parts.{index}.cause", line=index + 1)

    return rule


def _holds(employee_id: int | None, wanted: frozenset[str], act: Act) -> bool:
    """Say whether an employee holds one of the roles, or is who acts here in place of an absent one that does."""
    if employee_id == act.employee.id and wanted & act.roles:
        return True
    employee = act.session.get(Employee, employee_id or 0)
    return employee is not None and bool(wanted & set(employee.roles.split(",")))


def reported_upwards(complaint: Complaint, act: Act) -> None:
    """A service complaint is reported to manager or Sales VP; a grave one to the office, with a proposal."""
    if not _holds(complaint.reported_to_id, HANDLERS, act):
        raise RuleBroken(
            _("Choose to whom it was reported: {roles}."), field="reported_to_id", roles=joined(role_names(HANDLERS))
        )
    if complaint.is_grave and not complaint.to_office:
        raise RuleBroken(_("A grave complaint is reported to the company office, too."), field="to_office")
    if complaint.to_office and not complaint.proposal.strip():
        raise RuleBroken(_("Enter the proposal for the company office."), field="proposal")


def the_director_goes(complaint: Complaint, act: Act) -> None:
    """Into a grave complaint the director looks himself, with the departments (M81)."""
    director = roles(DIRECTOR)
    if complaint.is_grave and not _holds(complaint.on_site_by_id, director, act):
        said = _("A grave complaint is investigated on site by: {roles}.")
        raise RuleBroken(said, field="on_site_by_id", mended_by=director, roles=joined(role_names(director)))


def somebody_was_there(complaint: Complaint, act: Act) -> None:
    """A grave complaint is looked into on site; what was investigated has its record (M81)."""
    if complaint.is_grave and complaint.state == "notified":
        raise RuleBroken(_("A grave complaint is investigated on site first."), mended_by=roles(DIRECTOR))
    if complaint.state == "on_site" and not complaint.on_site.strip():
        raise RuleBroken(_("Enter what was found on site."), field="on_site")


def somebody_else_judges(complaint: Complaint, act: Act) -> None:
    """Nobody finds out about himself."""
    if complaint.person_id in (act.employee.id, act.on_behalf_of_id or act.employee.id):
        raise NotAllowed(ABOUT_YOU)


def not_about_me(complaint: Complaint, act: Act) -> None:
    """Nobody decides his own sanction."""
    if complaint.sanctioned_id in (act.employee.id, act.on_behalf_of_id or act.employee.id):
        raise NotAllowed(YOUR_SANCTION)


def first_reply_was_given(complaint: Complaint, act: Act) -> None:
    """What was resolved was answered before."""
    if complaint.replied_at is None:
        raise RuleBroken(_("The first reply is not recorded yet."))


def customer_was_told(complaint: Complaint, act: Act) -> None:
    """The result of a service complaint is told to the customer, on a day and in a way (M84)."""
    if about_service(complaint) and complaint.told_on is None:
        raise RuleBroken(_("Enter when the customer was told the result."), field="told_on")
    if complaint.told_on is not None and not complaint.told_way:
        raise RuleBroken(_("Enter how the customer was told."), field="told_way")


def lateness_is_explained(complaint: Complaint, act: Act) -> None:
    """Whoever resolves too late says why."""
    if was_kept(RESOLUTION, complaint, act) is False and not complaint.late_reason.strip():
        raise RuleBroken(_("It is resolved too late. Enter why it took longer."), field="late_reason")


def the_authority_was_called(complaint: Complaint, act: Act) -> None:
    """Of several people the authority is called first."""
    if complaint.adverse_group and complaint.adverse_called_at is None:
        raise RuleBroken(_("Several people: record the call to the authority first."))


def it_can_be_laid_aside(complaint: Complaint, act: Act) -> None:
    """What goes to the archive is whole: copy, measure, result, event and sanction (M79-M81, M86)."""
    quality, event = about_goods(complaint), bool(complaint.adverse)
    for missing, said, field, who in (
        (complaint.office_copy_on is None, _("The copy is not in the company office yet."), "", roles(OFFICE)),
        (quality and not complaint.correction.strip(), _("Enter the corrective measure."), "correction", None),
        (quality and complaint.correction_told_on is None, _("Enter when the customer was told the measure."),
         "correction_told_on", None),
        (complaint.is_grave and complaint.gm_told_on is None,
         _("The general manager does not know the result yet."), "", roles(GENERAL_MANAGER)),
        (event and complaint.adverse_reported_at is None, _("The suspected adverse event is not reported yet."), "",
         None),
        (event and complaint.holder_told_on is None, _("Enter when the registrant was told."), "holder_told_on", None),
        (bool(complaint.sanction) and complaint.sanctioned_on is None, _("The sanction is not decided yet."), "",
         DECIDERS),
    ):  # fmt: skip
        if missing:
            raise RuleBroken(said, field=field or None, mended_by=who or frozenset())
