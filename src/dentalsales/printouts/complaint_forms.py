"""The two forms of a complaint, about quality and about service, filled in or blank (M85, F12, F13)."""

from collections.abc import Mapping
from typing import Any

import dentalsales.printouts.examples as examples
import dentalsales.printouts.frame as frame
from dentalsales.blueprint.act import Act
from dentalsales.blueprint.printout import Pair, Paper, Printout
from dentalsales.blueprint.record import fields_of
from dentalsales.blueprint.sheet import Block, Row, SheetColumn
from dentalsales.i18n import _, c_, joined
from dentalsales.registers.complaints import COMPLAINTS, Complaint, ComplaintPart

COPIES = (_("Original: Sales"), _("Duplicate: company office"))
BLANK_PARTS = 4
PARTS = (
    SheetColumn("department", _("Department"), width=12),
    SheetColumn("told_on", _("Told orally on"), "day", 10),
    SheetColumn("written_on", _("Written notice on"), "day", 10),
    SheetColumn("cause", _("Cause"), width=24),
    SheetColumn("opinion", _("Opinion"), width=20),
    SheetColumn("signed", c_("complaint", "Signature"), width=10),
)


def quality(complaint: Complaint, act: Act, options: Mapping[str, Any]) -> Paper:
    """Return the form of a complaint about goods; options: size."""
    return frame.paper(
        complaint, act, COMPLAINTS, options.get("size", QUALITY.sizes[0]), "303-R21",
        name=QUALITY.name,
        title=QUALITY.title,
        whose=_customer(complaint),
        head=(*_beginning(complaint, act), *_goods(complaint), *_story(complaint),
              Pair(_("Measures at once"), complaint.at_once, wide=True, name="at_once"), *_adverse(complaint)),
        extra_blocks=(_departments(complaint),),
        foot=(
            *_site(complaint, act),
            *_verdict(complaint, act, "find_cause"),
            *_plan(complaint),
            Pair(_("Corrective measure"), complaint.correction, wide=True, name="correction"),
            Pair(_("Corrective measure told on"), complaint.correction_told_on, "day", name="correction_told"),
            Pair(_("Claimed"), complaint.claim_asked or None, "money", name="claimed"),
            Pair(_("Compensated"), complaint.claim_paid or None, "money", name="compensated"),
            Pair(_("Result of the claim"), complaint.claim_result, name="claim_result"),
            Pair(_("Other customers of the lot"), complaint.others_checked, wide=True, name="others"),
            *_sanction(complaint, act),
            *_ending(complaint, act),
        ),
        signatures=frame.APPROVAL,
        copies=COPIES,
    )  # fmt: skip


def service(complaint: Complaint, act: Act, options: Mapping[str, Any]) -> Paper:
    """Return the form of a complaint about service; options: size."""
    return frame.paper(
        complaint, act, COMPLAINTS, options.get("size", SERVICE.sizes[0]), "303-R22",
        name=SERVICE.name,
        title=SERVICE.title,
        whose=_customer(complaint),
        head=(
            *_beginning(complaint, act),
            Pair(_("Department complained of"), _word(complaint, "department"), name="department"),
            Pair(_("Person complained of"), frame.name_of(act, complaint.person_id), name="person"),
            *_story(complaint),
        ),
        foot=(
            Pair(_("Reported to"), frame.name_of(act, complaint.reported_to_id), name="reported_to"),
            Pair(_("Reported to the company office"), _tick(complaint, "to_office"), "yes_no", name="to_office"),
            Pair(_("Proposal"), complaint.proposal, wide=True, name="proposal"),
            *_verdict(complaint, act, "judge"),
            *_plan(complaint),
            *_sanction(complaint, act),
            *_ending(complaint, act),
        ),
        signatures=frame.APPROVAL,
        copies=COPIES,
    )  # fmt: skip


def _customer(complaint: Complaint) -> str:
    return complaint.customer.name if complaint.customer is not None else ""


def _word(complaint: Complaint, field: str) -> str:
    return frame.word(Complaint, field, getattr(complaint, field) or "")


def _tick(complaint: Complaint, field: str) -> Any:
    """A blank form has boxes for the pen, not the answer no."""
    return bool(getattr(complaint, field)) if complaint.number else ""


def _beginning(complaint: Complaint, act: Act) -> tuple[Pair, ...]:
    return (
        Pair(_("Customer"), _customer(complaint), name="customer", law=True),
        Pair(_("Received at"), complaint.received_at, "moment", name="received", law=True),
        Pair(c_("complaint", "Taken down by"), frame.name_of(act, complaint.entered_by_id), name="received_by"),
        Pair(_("Who complains"), frame.one_line(complaint.complainant or "", complaint.phone or ""), name="who"),
        Pair(_("Came by"), _word(complaint, "channel"), name="channel"),
        Pair(_("Severity"), _word(complaint, "severity"), name="severity"),
        Pair(_("Owner"), frame.name_of(act, complaint.owner_id), name="owner"),
    )


def _goods(complaint: Complaint) -> tuple[Pair, ...]:
    bought, unit = complaint.bought, complaint.unit or ""
    return (
        Pair(_("Voucher"), complaint.voucher, name="voucher", law=True),
        Pair(_("Purchased on"), complaint.purchased_on, "day", name="purchased", law=True),
        Pair(_("Product name"), complaint.product_name, name="product", law=True),
        Pair(_("Model"), complaint.model, name="model"),
        Pair(_("Specification"), complaint.spec, name="spec", law=True),
        Pair(_("Grade"), complaint.grade, name="grade", law=True),
        Pair(_("Shade"), complaint.shade, name="shade", law=True),
        Pair(_("Lot or serial number"), complaint.lot_no, name="lot", law=True),
        Pair(_("Expiry"), complaint.expires_on, "day", name="expiry"),
        Pair(_("Registration or filing number"), complaint.registration, name="registration", law=True),
        Pair(_("Maker"), complaint.maker, name="maker"),
        Pair(_("Quantity bought"), "" if bought is None else f"{bought} {unit}".strip(), name="bought", law=True),
        Pair(_("Quantity concerned"), "" if complaint.quantity is None else f"{complaint.quantity} {unit}".strip(),
             name="quantity", law=True),
        Pair(_("How it was used"), complaint.usage, name="usage"),
    )  # fmt: skip


def _story(complaint: Complaint) -> tuple[Pair, ...]:
    return (
        Pair(_("Customer's wish"), _word(complaint, "wish"), name="wish"),
        Pair(_("What happened"), complaint.description, wide=True, name="description", law=True),
        Pair(_("Reply due"), complaint.reply_due_at, "moment", name="reply_due"),
        Pair(_("First reply at"), complaint.replied_at, "moment", name="replied"),
        Pair(_("First reply"), complaint.reply, name="reply"),
    )


def _adverse(complaint: Complaint) -> tuple[Pair, ...]:
    return (
        Pair(_("Suspected adverse event"), _word(complaint, "adverse"), name="adverse"),
        Pair(_("Known since"), complaint.adverse_known_at, "moment", name="adverse_known"),
        Pair(_("Event reported at"), complaint.adverse_reported_at, "moment", name="adverse_reported"),
        Pair(_("Number of the report"), complaint.adverse_number, name="adverse_number"),
    )


def _departments(complaint: Complaint) -> Block:
    rows = [
        (frame.word(ComplaintPart, "department", part.department), part.told_on or "", part.written_on or "",
         part.cause, part.opinion, "")
        for part in complaint.parts
    ]  # fmt: skip
    blank = [("", *["\u3000" * 4] * 2, "\u3000" * 12 + "\n", "\u3000" * 8, "")] * (
        0 if complaint.number else BLANK_PARTS
    )
    return Block(_("Departments"), PARTS, tuple(Row(cells) for cells in (*rows, *blank)), "parts")


def _site(complaint: Complaint, act: Act) -> tuple[Pair, ...]:
    return (
        Pair(_("On site on"), complaint.on_site_on, "day", name="on_site_on"),
        Pair(_("On site by"), frame.name_of(act, complaint.on_site_by_id), name="on_site_by"),
        Pair(_("Found on site"), complaint.on_site, wide=True, name="on_site"),
    )


def _plan(complaint: Complaint) -> tuple[Pair, ...]:
    return (
        Pair(_("Cause found"), complaint.cause, wide=True, name="cause", law=True),
        Pair(c_("complaint", "Plan"), complaint.plan, wide=True, name="plan", law=True),
        Pair(_("Plan agreed by"), complaint.consent_by, name="consent_by"),
        Pair(c_("complaint", "Agreed on"), complaint.consent_on, "day", name="consent_on"),
        Pair(_("Resolution due"), complaint.resolve_due_at, "moment", name="resolve_due"),
        Pair(_("Resolved at"), complaint.resolved_at, "moment", name="resolved"),
        Pair(c_("complaint", "Result"), complaint.result, wide=True, name="result", law=True),
        Pair(_("Why it took longer"), complaint.late_reason, name="late"),
        Pair(_("Customer told on"), complaint.told_on, "day", name="told"),
    )


def _verdict(complaint: Complaint, act: Act, step: str) -> tuple[Pair, ...]:
    return (
        Pair(_("Found to be"), _word(complaint, "verdict"), name="verdict"),
        Pair(_("Decided by"), frame.taken_by(act, COMPLAINTS, complaint, step), name="judged"),
    )


def _sanction(complaint: Complaint, act: Act) -> tuple[Pair, ...]:
    words = dict(fields_of(Complaint)["sanction"].choices)
    said = joined([words[one] for one in (complaint.sanction or "").split(",") if one])
    label = _("Sanction") if complaint.kind == "service" else _("Sanction under 《考核方案》")
    return (
        Pair(_("Who is sanctioned"), frame.name_of(act, complaint.sanctioned_id), name="sanctioned"),
        Pair(label, said, name="sanction"),
        Pair(_("Amount of the fine"), complaint.fine or None, "money", name="fine"),
        Pair(_("Sanction decided on"), complaint.sanctioned_on, "day", name="sanctioned_on"),
    )


def _ending(complaint: Complaint, act: Act) -> tuple[Pair, ...]:
    return (
        Pair(_("Followed up on"), complaint.followed_on, "day", name="followed"),
        Pair(_("Satisfaction"), _word(complaint, "satisfaction"), name="satisfaction"),
        Pair(c_("complaint", "Follow-up"), complaint.follow_up, name="follow_up"),
        Pair(_("General manager told"), complaint.gm_told_on, "day", name="gm"),
        Pair(_("Office copy since"), complaint.office_copy_on, "day", name="office_copy"),
        Pair(_("Original kept by Sales"), _tick(complaint, "original_kept"), "yes_no", name="original"),
        Pair(c_("complaint", "Summary"), complaint.summary, wide=True, name="summary"),
    )


def _blank(kind: str) -> Complaint:
    return Complaint(**{**frame.nothing(Complaint), "kind": kind}, parts=[])


QUALITY = Printout(
    name="quality_complaint",
    title=c_("paper", "Quality complaint form"),
    register=COMPLAINTS.name,
    make=quality,
    sizes=("A4",),
    example=examples.quality_complaint,
    undone=frame.UNDONE,
    when=lambda complaint: complaint.kind == "quality",
    blank=lambda: _blank("quality"),
    copies=2,
)
SERVICE = Printout(
    name="service_complaint",
    title=c_("paper", "Service complaint form"),
    register=COMPLAINTS.name,
    make=service,
    sizes=("A4",),
    example=examples.service_complaint,
    undone=frame.UNDONE,
    when=lambda complaint: complaint.kind == "service",
    blank=lambda: _blank("service"),
    copies=2,
)
