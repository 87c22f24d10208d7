"""Samples 《样品提供申请表》: approved by class, taken out of a real lot, sent, and answered (P5, M61-M64)."""

import dentalsales.registers.samples.effects as effects
import dentalsales.registers.samples.rules as rules
from dentalsales.blueprint.approval import approval
from dentalsales.blueprint.demands import has_come, is_ahead
from dentalsales.blueprint.form import Section
from dentalsales.blueprint.persons import Persons
from dentalsales.blueprint.register import Register, Related
from dentalsales.blueprint.roles import ASSISTANT, QUALITY, WAREHOUSE, roles
from dentalsales.blueprint.table import Filter, Table, View
from dentalsales.blueprint.workflow import State, Step, Turn
from dentalsales.i18n import _, c_
from dentalsales.registers.by_class import APPLICANTS, CARERS, access, class_is_the_customers
from dentalsales.registers.customers import customer_is_served
from dentalsales.registers.products import goods_are_on_sale
from dentalsales.registers.samples.record import SAMPLERS, Sample, SampleLine, is_lent

OUT = ("sent", "delivered", "answered")
SAVED = (effects.words_follow_the_cards, class_is_the_customers)

WORKFLOW = approval(
    route=rules.the_route,
    deciders=rules.DECIDERS,
    turns={QUALITY: Turn(_("Countersign"))},
    submitters=APPLICANTS,
    before_submit=(
        *SAVED, customer_is_served, goods_are_on_sale, rules.a_licence_is_missed,
        is_ahead("return_by", _("The goods come back after today."), days=1, when=is_lent),
    ),
    on_approval=(effects.lots_are_proposed,),
    open_when_approved={"lines.lot_id": SAMPLERS},
    states=(
        State("sampled", c_("samples", "Taken"), "part"),
        State("sent", _("Sent"), "sent"),
        State("delivered", _("Delivered"), "sent"),
        State("answered", _("Opinion recorded"), "part"),
        State("returned", _("Returned"), "return"),
        State("closed", _("Closed"), "done"),
    ),
    steps=(
        Step("take", _("Draw"), ("approved",), "sampled", roles(QUALITY), (rules.the_lots_may_leave,),
             (effects.goods_are_taken,), once="sampled_on"),
        Step("dispatch", _("Send out"), ("sampled",), "sent", roles(WAREHOUSE, ASSISTANT),
             (has_come("sent_on", since="sampled_on"),), (rules.no_lot_was_stopped,),
             needs=("sent_on",), asks=("waybill",), suggests={"sent_on": "today"},
             whose=rules.the_right_desk, inbox_checks=True),
        Step("deliver", _("Confirm delivery"), ("sent",), "delivered", roles(APPLICANTS, WAREHOUSE),
             (has_come("delivered_on", since="sent_on"),), (effects.an_opinion_falls_due,),
             needs=("signed_by", "delivered_on"),
             suggests={"signed_by": "contact", "delivered_on": "today"}, own=True),
        Step("ask", _("Record opinion"), ("delivered",), "answered", CARERS, (), (effects.the_return_falls_due,),
             needs=("opinion", "score", "outcome"), once="opinion_on", own=True, from_day="due_on"),
        Step("give_back", _("Record return"), ("answered",), "returned", SAMPLERS,
             (has_come("returned_on", since="delivered_on"),), (effects.what_is_sound_goes_back,),
             needs=("returned_on", "returned_as"),
             suggests={"returned_on": "today"}, of=is_lent, from_day="return_by"),
        Step("close", _("Close"), ("answered", "returned"), "closed", CARERS, (rules.WHAT_WAS_LENT_IS_BACK,), own=True,
             waits=lambda sample: ~is_lent(sample.c) | (sample.c.state == "returned")),
        Step("put_back", _("Put back into stock"), ("sampled", "sent"), "approved", SAMPLERS, (),
             (effects.goods_go_back,), asks_note=True, inbox=False),
    ),
)  # fmt: skip

SAMPLES = Register(
    name="samples",
    title=_("Samples"),
    one=_("Sample"),
    record=Sample,
    number="YP-{day}-{count:03}",
    form=(
        Section(
            _("Application"), ("customer_id", "purpose", "sale_class"), ("competitor", "needed_on", "nature"),
            ("contact", "phone", "ship_to"), ("way", "return_by"),
        ),
        Section(_("Samples"), "lines"),
        Section(_("Reason"), "reason"),
        Section(
            _("Delivery and return"), ("sampled_on", "sent_on", "waybill"), ("signed_by", "delivered_on", "due_on"),
            ("returned_on", "returned_as"),
        ),
        Section(
            _("Customer's opinion"), "opinion", ("score", "outcome", "opinion_on"),
            once=("score",),
        ),
        Section(c_("attachments", "Files"), "files"),
    ),
    table=Table(
        "number", "customer_id", "purpose", "nature", "delivered_on", "due_on", "score", "outcome", "state",
        more=("sale_class", "competitor", "needed_on", "return_by", "sent_on", "returned_on", "entered_by_id"),
        search=("number", "customer_id"),
        filters=("state", "nature", "outcome", "due_on"),
        views=(
            View("opinion", _("Opinion due"), (Filter("state", "=", "delivered"),), "due_on"),
            View("lent", _("Lent, not back"), (Filter("nature", "=", "lent"), Filter("state", "in", OUT)), "return_by"),
            View("in_review", _("In review"), (Filter("state", "=", "in_review"),)),
        ),
    ),
    access=access(WAREHOUSE, QUALITY),
    workflow=WORKFLOW,
    moves=("due_on", "lines.lot_id", "lines.lot_no", "lines.expires_on",
           "lines.registration"),
    rules=SAVED,
    follows={
        "customer_id": effects.customer_brings_its_words,
        "lines.product_id": effects.the_usual_unit,
        "lines.lot_id": effects.the_lot_brings_its_papers,
    },
    related=(Related("customers", "customer_id"),),
    persons=Persons(of="customers", path="customer_id", keeps=rules.UNTIL_IT_IS_DONE),
    empty=_("No samples yet."),
    icon="package",
    shortcut=7,
)  # fmt: skip

__all__ = ["SAMPLES", "Sample", "SampleLine"]
