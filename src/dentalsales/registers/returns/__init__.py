"""Returns 退货单: goods that a customer gives back, by lot; received into stock, then credited by somebody else."""

import dentalsales.registers.returns.effects as effects
import dentalsales.registers.returns.filling as filling
from dentalsales.blueprint.demands import has_come
from dentalsales.blueprint.form import Section
from dentalsales.blueprint.persons import Persons
from dentalsales.blueprint.register import DraftFrom, Register, Related
from dentalsales.blueprint.roles import (
    AUDIT,
    CLERK,
    EVERYONE,
    FINANCE,
    MANAGER,
    MANAGERS,
    MARKETING,
    OFFICE,
    REP,
    TECHNICIAN,
    WAREHOUSE,
    Access,
    roles,
)
from dentalsales.blueprint.table import Filter, Table, View
from dentalsales.blueprint.workflow import State, Step, Workflow
from dentalsales.i18n import _, c_
from dentalsales.registers.returns.holders import HOLDERS_OF_A_LOT, who_holds
from dentalsales.registers.returns.record import CAME, GoodsReturn, ReturnLine
from dentalsales.registers.returns.told import OF_LOT, OF_NOTE, OF_ORDER, QUOTA, the_quota_is_watched

TAKERS = roles(WAREHOUSE, CLERK)

WORKFLOW = Workflow(
    states=(
        State("draft", _("Draft"), "draft", editable=True, draft=True),
        State("received", c_("returns", "Received"), "part"),
        State("credited", c_("returns", "Credited"), "done"),
        State("void", _("Void"), "void"),
    ),
    steps=(
        Step(
            "receive", c_("returns", "Receive"), ("draft",), "received", TAKERS,
            (
                has_come("returned_on", _("The day lies between {day}, when the goods left, and today."),
                         since="dispatched_on"),
                filling.no_more_than_was_sent,
            ),
            (filling.price_parts, effects.sound_goods_lie_in_their_lot, the_quota_is_watched), submits=True,
        ),
        Step(
            "credit", c_("returns", "Credit"), ("received",), "credited", roles(MANAGER, FINANCE), (),
            (effects.sale_is_taken_back,), second_person=True, once="credited_on",
        ),
        Step(
            "void", _("Void"), ("received",), "void", roles(MANAGER), (effects.goods_may_leave_again,),
            (effects.goods_leave_again,), asks_note=True, inbox=False,
            final=_("The goods leave the stock again; the number is kept."),
        ),
    ),
)  # fmt: skip

RETURNS = Register(
    name="returns",
    title=_("Returns"),
    one=c_("register", "Return"),
    record=GoodsReturn,
    number="TH-{day}-{count:03}",
    form=(
        Section(
            c_("register", "Return"), ("customer_id", "order_id", "dispatch_note_id"),
            ("returned_on", "reason", "credited_on"),
        ),
        Section(_("Goods"), "lines", ("total",)),
        Section(c_("attachments", "Files"), "files"),
        Section(_("Notes"), "remarks"),
    ),
    table=Table(
        "number", "returned_on", "customer_id", "order_id", "dispatch_note_id", "reason", "total", "credited_on",
        "state",
        more=("entered_by_id", "remarks"),
        search=("number", "customer_id", "order_id", "dispatch_note_id"),
        filters=("state", "reason", "returned_on"),
        views=(
            View("to_credit", _("To credit"), (Filter("state", "=", "received"),)),
            View("month", _("This month"), (Filter("returned_on", ">=", "this_month"),)),
        ),
    ),
    access=Access(
        view=EVERYONE - {AUDIT, OFFICE, MARKETING, TECHNICIAN, REP}, create=TAKERS, own=roles(REP),
        owner="customer_id.owner_id", export=roles(MANAGERS, CLERK, WAREHOUSE, FINANCE),
    ),
    workflow=WORKFLOW,
    rules=(filling.a_draft_is_priced, filling.no_more_than_was_sent),
    follows={
        "reason": filling.reason_proposes_the_condition,
        "lines.quantity": filling.quantity_moves_the_amount,
    },
    shows={
        "dispatch_notes": (OF_NOTE,), "orders": (OF_ORDER,), "lots": (HOLDERS_OF_A_LOT, OF_LOT), "contracts": (QUOTA,),
    },
    drafts_from=(
        DraftFrom("return", _("Take goods back"), "dispatch_notes", filling.what_is_not_back, ("sent", "delivered")),
    ),
    related=(
        Related("dispatch_notes", "dispatch_note_id"), Related("orders", "order_id"),
        Related("customers", "customer_id"),
    ),
    persons=Persons(of="customers", path="customer_id", keeps=effects.as_long_as_the_sale),
    empty=_("Nothing has come back. Returns begin from the dispatch note with which the goods left."),
    icon="arrow-back-up",
    only_from_papers=True,
)  # fmt: skip

__all__ = ["CAME", "RETURNS", "GoodsReturn", "ReturnLine", "who_holds"]
