"""Complaints 投诉: about goods and about service, answered in 24 hours, resolved in 48, never deleted (M72-M88)."""

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.form import Section
from dentalsales.blueprint.persons import Kept, Persons, years_after
from dentalsales.blueprint.register import DraftFrom, Register, Related
from dentalsales.blueprint.roles import ASSISTANT, OFFICE, QUALITY, REP, Access, roles
from dentalsales.blueprint.table import Filter, Table, View
from dentalsales.i18n import _, c_
from dentalsales.registers.complaints.deadlines import CLOCKS, clocks_are_set
from dentalsales.registers.complaints.goods import (
    customer_brings_his_words,
    from_customer,
    from_note,
    goods_bring_their_papers,
    lot_brings_its_papers,
    note_brings_its_only_line,
    number_finds_its_lot,
    product_brings_its_card,
)
from dentalsales.registers.complaints.lots import LOT, OF_A_LOT, a_lot_that_comes_again_is_proposed_to_stop
from dentalsales.registers.complaints.people import DESK, HANDLERS, INTAKE, PART_WRITERS, VIEWERS
from dentalsales.registers.complaints.record import Complaint, ComplaintHold, ComplaintPart, about_goods, about_service
from dentalsales.registers.complaints.rules import (
    a_sanction_fits,
    an_event_is_known_since,
    each_writes_his_own_part,
    is_received_before_now,
    it_has_an_owner,
    nobody_writes_about_himself,
)
from dentalsales.registers.complaints.workflow import OPEN, UNRESOLVED, WORKFLOW

UNDER_WAY = _("because the complaint is still open")
RECORDS = _("because the law wants the record of the complaint kept")


def until_it_is_over(complaint: Complaint, act: Act) -> Kept | None:
    """Who complained is named while the complaint is open, and as long as records of sales are kept after it."""
    if complaint.state in OPEN:
        return Kept(UNDER_WAY)
    return Kept(RECORDS, years_after(complaint.received_at.date(), act.setting("record_years")))


COMPLAINTS = Register(
    name="complaints",
    title=_("Complaints"),
    one=_("Complaint"),
    record=Complaint,
    number="TS-{day}-{count:03}",
    form=(
        Section(
            _("Complaint"),
            ("kind", "customer_id", "received_at"),
            ("channel", "complainant", "phone"),
            ("severity", "owner_id"),
        ),
        Section(
            _("Goods"),
            ("dispatch_note_id", "goods"),
            ("product_id", "product_name", "voucher"),
            ("model", "spec", "grade", "shade"),
            ("lot_no", "lot_id", "expires_on", "registration"),
            ("maker", "purchased_on", "bought", "unit"),
            ("quantity", "usage"),
            when=about_goods,
        ),
        Section(_("About whom"), ("department", "person_id"), when=about_service),
        Section(_("What happened"), "description", ("wish", "claim_asked"), "at_once"),
        Section(
            _("Report to the managers"), ("reported_to_id", "to_office", "verdict"), "proposal", when=about_service
        ),
        Section(_("Departments"), "parts", when=about_goods),
        Section(_("Investigation on site"), ("on_site_on", "on_site_by_id"), "on_site", when=about_goods),
        Section(
            _("Cause and plan"),
            "cause",
            "plan",
            ("consent_by", "consent_way", "consent_on"),
            "result",
            ("told_on", "told_way", "late_reason"),
        ),
        Section(
            _("Deadlines"),
            ("reply_due_at", "replied_at", "reply"),
            ("resolve_due_at", "resolved_at"),
            "holds",
        ),
        Section(
            _("Corrective measure and claim"),
            "correction",
            ("correction_told_on", "claim_paid", "claim_result"),
            when=about_goods,
        ),
        Section(
            _("Suspected adverse event"),
            ("adverse", "adverse_group", "adverse_known_at", "holder_told_on"),
            ("adverse_call_due_at", "adverse_called_at", "adverse_due_at"),
            ("adverse_reported_at", "adverse_number"),
            ("stop_proposed",),
            "others_checked",
            when=about_goods,
        ),
        Section(
            _("Sanction"),
            ("sanctioned_id", "sanction", "fine", "sanctioned_on"),
        ),
        Section(
            _("Follow-up and archive"),
            ("followed_on", "satisfaction", "follow_up"),
            ("office_copy_on", "original_kept", "gm_told_on"),
            "summary",
        ),
        Section(c_("attachments", "Files"), "files"),
    ),
    table=Table(
        "number",
        "kind",
        "customer_id",
        "product_name",
        "lot_no",
        "severity",
        "owner_id",
        "received_at",
        "due_at",
        "state",
        more=(
            "reply_due_at",
            "resolve_due_at",
            "replied_at",
            "resolved_at",
            "department",
            "person_id",
            "verdict",
            "adverse",
            "adverse_due_at",
            "stop_proposed",
            "claim_asked",
            "claim_paid",
            "fine",
            "satisfaction",
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
    ),
    access=Access(
        view=VIEWERS,
        create=INTAKE,
        edit=roles(INTAKE, HANDLERS, PART_WRITERS),
        own=roles(REP),
        owner="customer_id.owner_id",
        export=roles(HANDLERS, DESK, ASSISTANT, QUALITY, OFFICE),
    ),
    workflow=WORKFLOW,
    rules=(
        is_received_before_now,
        an_event_is_known_since,
        it_has_an_owner,
        each_writes_his_own_part,
        nobody_writes_about_himself,
        a_sanction_fits,
        a_lot_that_comes_again_is_proposed_to_stop,
        clocks_are_set,
    ),
    follows={
        "customer_id": customer_brings_his_words,
        "dispatch_note_id": note_brings_its_only_line,
        "goods": goods_bring_their_papers,
        "product_id": product_brings_its_card,
        "lot_id": lot_brings_its_papers,
        "lot_no": number_finds_its_lot,
    },
    insights=(CLOCKS, LOT),
    shows={"lots": (OF_A_LOT,)},
    drafts_from=(
        DraftFrom("complain", _("Log complaint"), "dispatch_notes", from_note, ("sent", "delivered")),
        DraftFrom("complain", _("Log complaint"), "customers", from_customer),
    ),
    moves=("stop_proposed", "due_at"),
    related=(Related("customers", "customer_id"), Related("dispatch_notes", "dispatch_note_id")),
    persons=Persons(of="customers", path="customer_id", keeps=until_it_is_over),
    empty=_("No complaints."),
    icon="alert-circle",
)

__all__ = ["COMPLAINTS", "UNRESOLVED", "Complaint", "ComplaintHold", "ComplaintPart"]
