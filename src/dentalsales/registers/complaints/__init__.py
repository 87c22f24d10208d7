"""Complaints 投诉: about goods and about service, answered in 24 hours, resolved in 48, never deleted (M72-M88)."""

import dentalsales.registers.complaints.goods as goods
import dentalsales.registers.complaints.rules as rules
from dentalsales.blueprint.act import Act
from dentalsales.blueprint.brings import begins
from dentalsales.blueprint.calendar_words import office_day
from dentalsales.blueprint.form import Section
from dentalsales.blueprint.persons import Kept, Persons, kept_until, years_after
from dentalsales.blueprint.register import DraftFrom, Register, Related
from dentalsales.blueprint.roles import ASSISTANT, OFFICE, QUALITY, REP, SERVICE_DESK, Access, roles
from dentalsales.blueprint.table import Filter, Table, View
from dentalsales.i18n import _, c_
from dentalsales.registers.complaints.deadlines import CLOCKS, ENDED, clocks_are_set
from dentalsales.registers.complaints.lots import LOT, OF_A_LOT, a_lot_that_comes_again_is_proposed_to_stop
from dentalsales.registers.complaints.people import HANDLERS, INTAKE, VIEWERS
from dentalsales.registers.complaints.record import Complaint, ComplaintHold, ComplaintPart, about_goods, about_service
from dentalsales.registers.complaints.workflow import OPEN, UNRESOLVED, WORKFLOW
from dentalsales.registers.departments import WRITERS

UNDER_WAY = _("because the complaint is still open")
RECORDS = _("because the law wants the record of the complaint kept")


def as_a_record(complaint: Complaint, act: Act) -> Kept:
    """Who complained is named as long as records of sales are kept."""
    return Kept(RECORDS, years_after(office_day(complaint.received_at), act.setting("record_years")))


FORM = (
    Section(_("Complaint"), ("kind", "customer_id", "received_at"), ("channel", "complainant", "phone"),
            ("severity", "owner_id")),
    Section(
        _("Goods"), ("dispatch_note_id", "goods"), ("product_id", "product_name", "voucher"),
        ("model", "spec", "grade", "shade"), ("lot_no", "lot_id", "expires_on", "registration"),
        ("maker", "purchased_on", "bought", "unit"), ("quantity", "usage"), when=about_goods,
    ),
    Section(_("About whom"), ("department", "person_id"), when=about_service),
    Section(_("What happened"), "description", ("wish", "claim_asked"), "at_once"),
    Section(_("Suspected adverse event"), ("adverse", "adverse_group"), when=about_goods),
    Section(
        _("Report of the event"), ("adverse_known_at", "holder_told_on"),
        ("adverse_call_due_at", "adverse_called_at", "adverse_due_at"), ("adverse_reported_at", "adverse_number"),
        when=about_goods, once=("adverse",),
    ),
    Section(_("Report to the managers"), ("reported_to_id", "to_office"), "proposal",
            when=lambda complaint: about_service(complaint) and complaint.state != "received"),
    Section(_("Departments"), "parts", when=about_goods),
    Section(_("Investigation on site"), ("on_site_on", "on_site_by_id"), "on_site", once=("on_site_on",)),
    Section(
        _("Cause and plan"), ("verdict",), "cause", "plan", ("consent_by", "consent_way", "consent_on"), "result",
        ("told_on", "told_way", "late_reason"), once=("verdict", "cause"),
    ),
    Section(_("First reply and resolution"), ("reply_due_at", "replied_at", "reply"), ("resolve_due_at", "resolved_at"),
            once=("replied_at", "resolved_at")),
    Section(_("Waiting for the customer"), "holds", once=("holds",)),
    Section(
        _("Corrective measure and claim"), "correction", ("correction_told_on", "claim_paid", "claim_result"),
        ("stop_proposed",), "others_checked", when=about_goods, once=("cause",),
    ),
    Section(_("Sanction"), ("sanctioned_id", "sanction"), ("fine", "sanctioned_on"),
            when=lambda complaint: complaint.verdict == "true" and bool(complaint.sanction or complaint.state in OPEN)),
    Section(
        _("Follow-up and archive"), ("followed_on", "satisfaction", "follow_up"),
        ("office_copy_on", "original_kept", "gm_told_on"), "summary", once=("resolved_at",),
    ),
    Section(c_("attachments", "Files"), "files"),
)  # fmt: skip
"""What is about a later state is shown from then on, so that nobody looks for today's part among empty ones."""

TABLE = Table(
    "number", "kind", "customer_id", "product_name", "lot_no", "severity", "owner_id", "due_at", "state",
    more=(
        "received_at", "reply_due_at", "resolve_due_at", "replied_at", "resolved_at", "department", "person_id",
        "verdict", "adverse", "adverse_due_at", "stop_proposed", "claim_asked", "claim_paid", "fine", "satisfaction",
        "product_id",
    ),
    search=("number", "customer_id", "product_name", "lot_no", "voucher"),
    order="-received_at",
    filters=("state", "kind", "severity", "owner_id", "received_at"),
    views=(
        View("open", c_("complaints", "Open"), (Filter("state", "in", UNRESOLVED),), order="due_at"),
        View("overdue", c_("complaints", "Overdue"), (Filter("due_at", "<", "now"),), order="due_at"),
        View("mine", c_("complaints", "Mine"), (Filter("owner_id", "=", "me"), Filter("state", "in", OPEN))),
        View("quality", c_("complaint", "Quality"), (Filter("kind", "=", "quality"),)),
        View("service", c_("complaint", "Service"), (Filter("kind", "=", "service"),)),
        View("adverse", _("Adverse events"), (Filter("adverse", "!=", ""),)),
    ),
)  # fmt: skip

COMPLAINTS = Register(
    name="complaints",
    title=_("Complaints"),
    one=_("Complaint"),
    record=Complaint,
    number="TS-{day}-{count:03}",
    form=FORM,
    table=TABLE,
    access=Access(
        view=VIEWERS,
        create=INTAKE,
        edit=roles(INTAKE, HANDLERS, WRITERS),
        own=roles(REP),
        owner="customer_id.owner_id",
        export=roles(HANDLERS, SERVICE_DESK, ASSISTANT, QUALITY, OFFICE),
    ),
    workflow=WORKFLOW,
    rules=(*rules.SAVED, a_lot_that_comes_again_is_proposed_to_stop),
    kept_in_step=(clocks_are_set,),
    follows={
        "customer_id": goods.customer_brings_his_words,
        "dispatch_note_id": goods.note_brings_its_only_line,
        "goods": goods.goods_bring_their_papers,
        "product_id": goods.product_brings_its_card,
        "lot_id": goods.lot_brings_its_papers,
        "lot_no": goods.number_finds_its_lot,
    },
    insights=(CLOCKS, LOT),
    shows={"lots": (OF_A_LOT,)},
    drafts_from=tuple(
        DraftFrom("complain", _("Log complaint"), source, make, states)
        for source, make, states in (
            ("dispatch_notes", goods.from_note, ("sent", "delivered")),
            ("samples", goods.from_opinion, ("answered", "returned", "closed")),
            (
                "site_visits",
                begins(Complaint, goods.WHO, kind="quality", channel="visit"),
                ("received", "followed", "closed"),
            ),
            ("customers", begins(Complaint, {**goods.WHO, "customer_id": "id"}, kind="quality"), ()),
        )
    ),
    moves=("stop_proposed", "due_at"),
    related=(Related("customers", "customer_id"), Related("dispatch_notes", "dispatch_note_id")),
    persons=Persons(of="customers", path="customer_id", keeps=kept_until(ENDED, UNDER_WAY, as_a_record)),
    empty=_("No complaints."),
    icon="alert-circle",
)

__all__ = ["COMPLAINTS", "UNRESOLVED", "Complaint", "ComplaintHold", "ComplaintPart"]
