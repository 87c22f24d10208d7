"""What a complaint holds: what was said, about which goods or whom, its clocks, and what every department added."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, relationship

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.fields import (
    BY_STEP,
    CONTACT,
    attachments,
    choice,
    choices,
    day,
    how_many,
    lines,
    link,
    moment,
    money,
    note,
    part_of,
    phone,
    text,
    yes_no,
)  # fmt: skip
from dentalsales.blueprint.holds import Hold
from dentalsales.blueprint.record import Line, Tracked
from dentalsales.blueprint.roles import QUALITY, SERVICE_DESK, roles
from dentalsales.i18n import _, c_
from dentalsales.registers.complaints.people import HANDLERS, INTAKE
from dentalsales.registers.customers import Customer
from dentalsales.registers.departments import DEPARTMENT_WORDS
from dentalsales.registers.dispatch_notes import DispatchNote
from dentalsales.registers.dispatch_notes.delivered import goods_to_choose
from dentalsales.registers.products import Product
from dentalsales.registers.stock import Lot

WAYS = (
    ("phone", _("Phone")),
    ("wechat", _("WeChat")),
    ("letter", _("Letter")),
    ("visit", c_("complaint", "In person")),
)
CHANNELS = (*WAYS, ("return_visit", _("Return visit")), ("opinion", c_("complaint", "Opinion")))
Words = dict[str, Any]
AT_INTAKE: Words = {"edit_roles": INTAKE, "enter_skips": True}
BY_HANDLERS: Words = {"edit_roles": HANDLERS, "copied": False}
BY_HANDLERS_AND_DESK: Words = {"edit_roles": roles(HANDLERS, SERVICE_DESK), "copied": False}
BY_QUALITY_TOO: Words = {"edit_roles": roles(HANDLERS, QUALITY), "copied": False}
OF_THE_EVENT: Words = {"edit_roles": roles(INTAKE, QUALITY), "enter_skips": True, "copied": False}
EVENT = ("adverse", "adverse_group", "adverse_known_at")


def notes_of_the_customer(act: Act, complaint: "Complaint") -> object:
    """Limit the notes to what left for the customer."""
    return (DispatchNote.customer_id == (complaint.customer_id or 0)) & (DispatchNote.state != "draft")


def lots_of_the_product(act: Act, complaint: "Complaint") -> object:
    """Limit the lots to the product's."""
    return Lot.product_id == (complaint.product_id or 0)


class ComplaintPart(Line):
    """What one department was told and answered."""

    __tablename__ = "complaint_part"

    complaint_id: Mapped[int] = part_of("complaint")
    department: Mapped[str] = choice(_("Department"), *DEPARTMENT_WORDS, required=True, edit_roles=HANDLERS)
    told_on: Mapped[date | None] = day(_("Told orally on"), default="today", edit_roles=HANDLERS, enter_skips=True)
    written_on: Mapped[date | None] = day(_("Written notice on"), edit_roles=HANDLERS, enter_skips=True)
    cause: Mapped[str] = text(_("Cause"), length=400)
    opinion: Mapped[str] = text(_("Opinion"), length=400)


class ComplaintHold(Hold):
    """A stretch in which the customer's answer was awaited: the clock of the resolution stood still."""

    __tablename__ = "complaint_hold"

    complaint_id: Mapped[int] = part_of("complaint")


class Complaint(Tracked):
    """One complaint of a customer, about goods or about how he was served (P7, P8)."""

    __tablename__ = "complaint"
    __table_args__ = (
        Index("ix_complaint_received_at", "received_at", "id"),
        Index("ix_complaint_due_at", "due_at"),
        Index("ix_complaint_lot", "product_id", "lot_no"),
    )

    kind: Mapped[str] = choice(
        _("Kind"), ("quality", c_("complaint", "Quality")), ("service", c_("complaint", "Service")),
        default="quality", edit_roles=INTAKE,
    )  # fmt: skip
    received_at: Mapped[datetime] = moment(_("Received at"), required=True, default="now", copied=False, **AT_INTAKE)
    channel: Mapped[str] = choice(_("Came by"), *CHANNELS, default="phone", **AT_INTAKE)
    customer_id: Mapped[int] = link(_("Customer"), "customer", required=True, edit_roles=INTAKE)
    complainant: Mapped[str] = text(_("Who complains"), length=60, personal=CONTACT, **AT_INTAKE)
    phone: Mapped[str] = phone(_("Phone"), masked=True, personal=CONTACT, **AT_INTAKE)
    severity: Mapped[str] = choice(
        _("Severity"), ("ordinary", _("Ordinary")), ("grave", _("Grave")), default="ordinary", **AT_INTAKE
    )
    description: Mapped[str] = note(_("What happened"), required=True, edit_roles=INTAKE)
    wish: Mapped[str] = choice(
        _("Customer's wish"), ("return", _("Return")), ("exchange", _("Exchange")),
        ("compensation", _("Compensation")), ("explanation", _("Explanation")), **AT_INTAKE,
    )  # fmt: skip
    owner_id: Mapped[int | None] = link(_("Owner"), "employee", edit_roles=HANDLERS, enter_skips=True)

    dispatch_note_id: Mapped[int | None] = link(
        _("Dispatch note"), "dispatch_note", limit_to=notes_of_the_customer, edit_roles=INTAKE
    )
    goods: Mapped[str] = text(_("Delivered goods"), length=60, choices_of=goods_to_choose, edit_roles=INTAKE)
    voucher: Mapped[str] = text(_("Voucher"), length=80, search=True, **AT_INTAKE)
    product_id: Mapped[int | None] = link(_("Product"), "product", index=False, **AT_INTAKE)
    product_name: Mapped[str] = text(_("Product name"), read_only=True, search=True)
    model: Mapped[str] = text(_("Model"), length=80, read_only=True)
    spec: Mapped[str] = text(_("Specification"), length=120, read_only=True)
    grade: Mapped[str] = text(_("Grade"), length=20, read_only=True)
    shade: Mapped[str] = text(_("Shade"), length=20, read_only=True)
    lot_id: Mapped[int | None] = link(_("Lot in stock"), "lot", limit_to=lots_of_the_product, **AT_INTAKE)
    lot_no: Mapped[str] = text(_("Lot or serial number"), length=60, search=True, **AT_INTAKE)
    expires_on: Mapped[date | None] = day(_("Expiry"), read_only=True)
    registration: Mapped[str] = text(_("Registration or filing number"), length=60, read_only=True)
    maker: Mapped[str] = text(_("Maker"), read_only=True)
    purchased_on: Mapped[date | None] = day(_("Purchased on"), **AT_INTAKE)
    bought: Mapped[int | None] = how_many(_("Quantity bought"), minimum=0, read_only=True)
    unit: Mapped[str] = text(_("Unit"), length=10, read_only=True)
    quantity: Mapped[int | None] = how_many(_("Quantity concerned"), minimum=1, **AT_INTAKE)
    usage: Mapped[str] = text(_("How it was used"), length=400, **AT_INTAKE)

    department: Mapped[str] = choice(_("Department complained of"), *DEPARTMENT_WORDS, edit_roles=INTAKE)
    person_id: Mapped[int | None] = link(_("Person complained of"), "employee", edit_roles=INTAKE)
    reported_to_id: Mapped[int | None] = link(_("Reported to"), "employee", **BY_HANDLERS)
    to_office: Mapped[bool] = yes_no(_("Reported to the company office"), **BY_HANDLERS)
    proposal: Mapped[str] = note(_("Proposal"), **BY_HANDLERS)
    verdict: Mapped[str] = choice(
        _("Found to be"), ("true", c_("verdict", "True")), ("untrue", c_("verdict", "Not true")), **BY_HANDLERS
    )

    replied_at: Mapped[datetime | None] = moment(_("First reply at"), **BY_STEP)
    reply: Mapped[str] = text(_("First reply"), length=400, **BY_STEP)
    reply_due_at: Mapped[datetime | None] = moment(_("Reply due"), deadline=True, **BY_STEP)
    resolved_at: Mapped[datetime | None] = moment(_("Resolved at"), **BY_STEP)
    resolve_due_at: Mapped[datetime | None] = moment(_("Resolution due"), deadline=True, **BY_STEP)
    due_at: Mapped[datetime | None] = moment(_("Next deadline"), deadline=True, **BY_STEP)
    holds: Mapped[list[ComplaintHold]] = lines(
        _("Waiting for the customer"), "ComplaintHold", "began_at", "ended_at", "reason", **BY_STEP
    )

    parts: Mapped[list[ComplaintPart]] = lines(
        _("Departments"), "ComplaintPart", "department", "told_on", "written_on", "cause", "opinion", copied=False
    )
    at_once: Mapped[str] = note(_("Measures at once"), edit_roles=INTAKE, copied=False)
    on_site_on: Mapped[date | None] = day(_("On site on"), **BY_HANDLERS)
    on_site_by_id: Mapped[int | None] = link(_("On site by"), "employee", **BY_HANDLERS)
    on_site: Mapped[str] = note(_("Found on site"), **BY_HANDLERS)
    cause: Mapped[str] = note(_("Cause found"), **BY_HANDLERS)
    plan: Mapped[str] = note(c_("complaint", "Plan"), **BY_HANDLERS_AND_DESK)
    consent_by: Mapped[str] = text(_("Plan agreed by"), length=60, personal=CONTACT, **BY_STEP)
    consent_way: Mapped[str] = choice(_("Agreed by way of"), *WAYS, **BY_STEP)
    consent_on: Mapped[date | None] = day(c_("complaint", "Agreed on"), **BY_STEP)
    result: Mapped[str] = note(c_("complaint", "Result"), **BY_HANDLERS_AND_DESK)
    told_on: Mapped[date | None] = day(_("Customer told on"), **BY_STEP)
    told_way: Mapped[str] = choice(_("Told by way of"), *WAYS, **BY_STEP)
    late_reason: Mapped[str] = text(
        _("Why it took longer"), length=400, help=_("Needed when it is resolved too late."), **BY_HANDLERS_AND_DESK
    )
    correction: Mapped[str] = note(_("Corrective measure"), **BY_QUALITY_TOO)
    correction_told_on: Mapped[date | None] = day(_("Corrective measure told on"), **BY_HANDLERS_AND_DESK)
    claim_asked: Mapped[Decimal] = money(_("Claimed"), minimum=0, edit_roles=INTAKE, copied=False, total=True)
    claim_paid: Mapped[Decimal] = money(_("Compensated"), minimum=0, total=True, **BY_HANDLERS)
    claim_result: Mapped[str] = text(_("Result of the claim"), length=200, **BY_HANDLERS)

    adverse: Mapped[str] = choice(
        _("Suspected adverse event"), ("possible", _("May cause serious injury")), ("injury", _("Serious injury")),
        ("death", _("Death")), **OF_THE_EVENT,
    )  # fmt: skip
    adverse_group: Mapped[bool] = yes_no(_("Several people"), **OF_THE_EVENT)
    adverse_known_at: Mapped[datetime | None] = moment(_("Known since"), **OF_THE_EVENT)
    holder_told_on: Mapped[date | None] = day(_("Registrant told on"), **BY_QUALITY_TOO)
    adverse_call_due_at: Mapped[datetime | None] = moment(_("Call due"), deadline=True, **BY_STEP)
    adverse_called_at: Mapped[datetime | None] = moment(_("Authority called at"), **BY_STEP)
    adverse_due_at: Mapped[datetime | None] = moment(_("Report due"), deadline=True, **BY_STEP)
    adverse_reported_at: Mapped[datetime | None] = moment(_("Event reported at"), **BY_STEP)
    adverse_number: Mapped[str] = text(_("Number of the report"), length=60, **BY_STEP)
    others_checked: Mapped[str] = note(_("Other customers of the lot"), **BY_QUALITY_TOO)
    stop_proposed: Mapped[bool] = yes_no(_("Stop-sale of the lot proposed"), **BY_HANDLERS)

    sanctioned_id: Mapped[int | None] = link(_("Who is sanctioned"), "employee", **BY_HANDLERS)
    sanction: Mapped[str] = choices(
        _("Sanction"), ("criticism", _("Circular criticism")), ("fine", _("Fine")), ("dismissal", _("Dismissal")),
        help=_("Of a complaint about goods under the appraisal scheme 《考核方案》."), **BY_HANDLERS,
    )  # fmt: skip
    fine: Mapped[Decimal] = money(_("Amount of the fine"), minimum=0, total=True, **BY_HANDLERS)
    sanctioned_on: Mapped[date | None] = day(_("Sanction decided on"), **BY_STEP)

    followed_on: Mapped[date | None] = day(_("Followed up on"), **BY_STEP)
    satisfaction: Mapped[str] = choice(
        _("Satisfaction"), ("good", _("Satisfied")), ("fair", c_("satisfaction", "Fair")),
        ("poor", _("Not satisfied")), **BY_STEP,
    )  # fmt: skip
    follow_up: Mapped[str] = text(c_("complaint", "Follow-up"), length=400, **BY_STEP)
    office_copy_on: Mapped[date | None] = day(_("Copy in the office since"), **BY_STEP)
    original_kept: Mapped[bool] = yes_no(_("Original kept by Sales"), **BY_HANDLERS)
    gm_told_on: Mapped[date | None] = day(_("General manager told on"), **BY_STEP)
    summary: Mapped[str] = note(c_("complaint", "Summary"), **BY_HANDLERS)
    files = attachments()

    customer: Mapped[Customer] = relationship(foreign_keys="Complaint.customer_id")
    product: Mapped[Product | None] = relationship(foreign_keys="Complaint.product_id")
    lot: Mapped[Lot | None] = relationship(foreign_keys="Complaint.lot_id")


def about_goods(complaint: Any) -> Any:
    """A complaint about quality; here as below of one complaint, or a condition in the columns of all."""
    return complaint.kind != "service"


def about_service(complaint: Any) -> Any:
    """A complaint about how somebody was served."""
    return complaint.kind == "service"


def is_grave(complaint: Any) -> Any:
    """Goes up to the director and the general manager."""
    return (complaint.severity == "grave") | (complaint.adverse == "injury") | (complaint.adverse == "death")


def is_suspected(complaint: Any) -> Any:
    """Goods may have harmed somebody: the law has its own clocks."""
    return complaint.adverse != ""


def has_sanction(complaint: Any) -> Any:
    """Somebody is to be sanctioned for it."""
    return complaint.sanction != ""
