"""Dispatch notes 《出货单》: goods of a billed order leave by lot, with the whole legal record (M46, M50)."""

from dentalsales.blueprint.form import Section
from dentalsales.blueprint.persons import Persons
from dentalsales.blueprint.register import DraftFrom, Register, Related
from dentalsales.blueprint.roles import (
    ASSISTANT,
    AUDIT,
    CLERK,
    EVERYONE,
    MANAGERS,
    MARKETING,
    OFFICE,
    QUALITY,
    REP,
    SERVICE,
    TECHNICIAN,
    WAREHOUSE,
    Access,
    roles,
)
from dentalsales.blueprint.table import Filter, Table, View
from dentalsales.blueprint.workflow import State, Step, Workflow
from dentalsales.i18n import _, c_
from dentalsales.registers.dispatch_notes.effects import (
    delivered_with_its_notes,
    goods_leave,
    missing_papers_are_named,
    order_follows_its_last_note,
)
from dentalsales.registers.dispatch_notes.filling import (
    lines_belong_to_the_order,
    lot_brings_its_papers,
    open_lines,
    quantity_moves_the_amount,
)
from dentalsales.registers.dispatch_notes.near_expiry import LOT, expiry_comes_near, near_expiry_is_named
from dentalsales.registers.dispatch_notes.record import DispatchLine, DispatchNote
from dentalsales.registers.dispatch_notes.retention import as_a_legal_record, the_legal_record
from dentalsales.registers.dispatch_notes.rules import (
    lines_fit_the_order,
    lots_may_leave,
    order_is_billed,
    order_is_still_paid,
    somebody_signed,
    the_copy_of_the_voucher_is_there,
    the_day_is_between_billing_and_today,
    the_legal_record_is_whole,
    the_same_lot_twice_is_said,
)

WORKFLOW = Workflow(
    states=(
        State("draft", _("Draft"), "draft", editable=True, draft=True),
        State("sent", _("Sent"), "sent"),
        State("delivered", _("Delivered"), "done"),
    ),
    steps=(
        Step(
            "dispatch",
            _("Dispatch"),
            ("draft",),
            "sent",
            roles(WAREHOUSE, CLERK),
            (
                order_is_billed,
                the_day_is_between_billing_and_today,
                order_is_still_paid,
                lines_fit_the_order,
                lots_may_leave,
                the_legal_record_is_whole,
                near_expiry_is_named,
            ),
            (goods_leave, missing_papers_are_named),
        ),
        Step(
            "deliver",
            _("Confirm delivery"),
            ("sent",),
            "delivered",
            roles(SERVICE, CLERK, WAREHOUSE),
            (the_copy_of_the_voucher_is_there, somebody_signed),
            (order_follows_its_last_note,),
            asks=("signed_by", "delivered_on"),
            suggests={"signed_by": "contact", "delivered_on": "today"},
        ),
    ),
)


DISPATCH_NOTES = Register(
    name="dispatch_notes",
    title=_("Dispatch"),
    one=_("Dispatch note"),
    record=DispatchNote,
    number="CK-{day}-{count:03}",
    form=(
        Section(
            _("Dispatch note"),
            ("customer_id", "order_id", "dispatched_on"),
            ("ship_to", "contact", "phone"),
            ("carrier", "waybill", "pieces", "freight"),
            ("has_instructions", "has_invoice", "invoice_number"),
            ("invoice_on", "invoice_amount"),
        ),
        Section(_("Goods"), "lines", ("total",)),
        Section(
            _("Buyer and delivery"),
            ("buyer_name", "buyer_licence"),
            ("buyer_address", "buyer_contact"),
            ("signed_by", "delivered_on"),
        ),
        Section(c_("attachments", "Files"), "files"),
        Section(_("Notes"), "remarks"),
    ),
    table=Table(
        "number",
        "dispatched_on",
        "customer_id",
        "order_id",
        "carrier",
        "waybill",
        "total",
        "has_invoice",
        "state",
        more=("delivered_on", "invoice_number", "freight", "pieces"),
        search=("number", "customer_id", "order_id", "waybill"),
        filters=("state", "dispatched_on", "carrier"),
        views=(
            View("draft", _("Draft"), (Filter("state", "=", "draft"),)),
            View("road", _("On the road"), (Filter("state", "=", "sent"),)),
            View(
                "no_invoice", _("Without invoice"), (Filter("has_invoice", "=", False), Filter("state", "!=", "draft"))
            ),
        ),
    ),
    access=Access(
        view=EVERYONE - {AUDIT, QUALITY, OFFICE, MARKETING, TECHNICIAN, REP},
        create=roles(WAREHOUSE, CLERK),
        own=roles(REP),
        owner="customer_id.owner_id",
        export=roles(MANAGERS, CLERK, WAREHOUSE, SERVICE, ASSISTANT),
    ),
    workflow=WORKFLOW,
    rules=(lines_belong_to_the_order, the_same_lot_twice_is_said),
    follows={"lines.lot_id": lot_brings_its_papers, "lines.quantity": quantity_moves_the_amount},
    cautions=(expiry_comes_near,),
    insights=(LOT,),
    reacts={"orders.reverse_rest": (delivered_with_its_notes,)},
    drafts_from=(
        DraftFrom(
            "dispatch",
            _("Dispatch goods"),
            "orders",
            open_lines,
            ("billed", "part_sent"),
            waits=lambda order: order.c.state.in_(("billed", "part_sent")),
        ),
    ),
    related=(Related("orders", "order_id"), Related("customers", "customer_id")),
    persons=Persons(of="customers", path="customer_id", keeps=the_legal_record),
    empty=_("Nothing dispatched yet. Dispatch notes begin from a billed order."),
    icon="truck-delivery",
    shortcut=5,
    only_from_papers=True,
)

__all__ = ["DISPATCH_NOTES", "DispatchLine", "DispatchNote", "as_a_legal_record"]
