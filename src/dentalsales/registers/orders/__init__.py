"""Orders: from the phone call over stock, consent, review and money to billing, dispatch and delivery (P4, M37-M48)."""

from dentalsales.blueprint.form import Section
from dentalsales.blueprint.matrix import Matrix
from dentalsales.blueprint.persons import Persons
from dentalsales.blueprint.register import DraftFrom, Register, Related
from dentalsales.blueprint.repeat import EarlierRows, Repeat
from dentalsales.blueprint.roles import (
    ASSISTANT,
    AUDIT,
    CLERK,
    EVERYONE,
    FINANCE,
    MANAGERS,
    MARKETING,
    OFFICE,
    QUALITY,
    REP,
    SERVICE,
    SERVICE_MANAGER,
    TECHNICIAN,
    Access,
    roles,
)
from dentalsales.blueprint.table import Column, Filter, Table, View
from dentalsales.i18n import _, c_
from dentalsales.registers.ledger import LedgerEntry
from dentalsales.registers.orders import rules
from dentalsales.registers.orders.agreed import SENT, WHOLE, more_than_was_agreed
from dentalsales.registers.orders.effects import entry_of, lower_receivable, track_purchase
from dentalsales.registers.orders.from_sample import order_of_samples
from dentalsales.registers.orders.fulfilment import FULFILMENT, Done, fulfilment, percent
from dentalsales.registers.orders.insights import FILLABLE, INSIGHTS
from dentalsales.registers.orders.late_nodes import missed_nodes
from dentalsales.registers.orders.price_history import PRICE_HISTORY, brought_in
from dentalsales.registers.orders.pricing import (
    customer_brings_its_terms,
    from_contract,
    price_lines,
    product_brings_unit_and_price,
    quantity_moves_the_amount,
)
from dentalsales.registers.orders.record import Order, OrderLine
from dentalsales.registers.orders.shortage import stock_may_not_do
from dentalsales.registers.orders.to_send import STILL_TO_SEND, still_to_send
from dentalsales.registers.orders.workflow import ENTRY, WORKFLOW
from dentalsales.registers.stock import available_of

ORDERS = Register(
    name="orders",
    title=_("Orders"),
    one=_("Order"),
    record=Order,
    number="SO-{day}-{count:03}",
    form=(
        Section(
            _("Order"),
            ("customer_id", "ordered_on", "deliver_by"),
            ("contact", "phone", "ship_to"),
            ("rep_id", "terms", "price_level"),
        ),
        Section(_("Products"), "lines", ("units", "paid", "total")),
        Section(
            _("Consent and delivery"),
            ("channel", "carriage", "requirement"),
            ("consent_by", "consent_way", "consent_at"),
            ("credit_released", "billed_on", "delivered_on"),
        ),
        Section(_("Internal notes"), "remarks"),
        Section(c_("attachments", "Files"), "files"),
    ),
    table=Table(
        "number",
        "ordered_on",
        "customer_id",
        "rep_id",
        "total",
        "paid",
        Column("to_send", _("Still to send"), "money", still_to_send, total=True),
        "terms",
        "deliver_by",
        "state",
        more=("channel", "billed_on", "delivered_on", "entered_by_id", "ship_to", "sale_class"),
        search=("number", "customer_id"),
        order="-id",
        filters=("state", "ordered_on", "rep_id", "terms", "customer_id"),
        views=(
            View("entered", _("Entered"), (Filter("state", "=", "entered"),)),
            View("to_review", _("To review"), (Filter("state", "=", "stock_confirmed"),)),
            View("waiting", _("Waiting for supply"), (Filter("state", "=", "waiting"),)),
            View("to_bill", _("To bill"), (Filter("state", "in", ("reviewed", "paid")),)),
            View("to_send", _("To dispatch"), (Filter("state", "in", STILL_TO_SEND),)),
            View("month", _("This month"), (Filter("ordered_on", ">=", "this_month"),)),
        ),
    ),
    access=Access(
        view=EVERYONE - {AUDIT, QUALITY, OFFICE, MARKETING, TECHNICIAN, REP},
        create=ENTRY,
        own=roles(REP),
        owner="customer_id.owner_id",
        export=roles(MANAGERS, CLERK, SERVICE, SERVICE_MANAGER, ASSISTANT, REP, FINANCE),
    ),
    workflow=WORKFLOW,
    moves=(
        "consent_by",
        "consent_way",
        "consent_at",
        "credit_released",
        "paid",
        "billed_on",
        "delivered_on",
        "lines.sent",
        "lines.sent_amount",
    ),
    rules=(
        rules.the_order_is_not_of_the_future,
        rules.terms_are_those_of_the_customer,
        rules.prices_are_those_of_the_source,
        rules.the_same_product_twice_is_said,
    ),
    follows={
        "customer_id": customer_brings_its_terms,
        "lines.product_id": product_brings_unit_and_price,
        "lines.unit": product_brings_unit_and_price,
        "lines.is_gift": product_brings_unit_and_price,
        "lines.quantity": quantity_moves_the_amount,
    },
    follows_lines={"lines": price_lines},
    cautions=(stock_may_not_do, more_than_was_agreed),
    line_history=PRICE_HISTORY,
    matrix=Matrix(
        "product_id",
        "quantity",
        series="family",
        name="name",
        share=("brand",),
        axes=("spec", "shade"),
        or_by="model",
        alone=_(
            "This product has no other shades or sizes of its family. "
            "Fill in “Product family” and the shade on the product cards."
        ),
        fact=_("Available"),
        facts=available_of,
    ),
    repeat=Repeat("customer_id", also=EarlierRows(LedgerEntry, "number", "on", "amount", brought_in)),
    insights=INSIGHTS,
    shows={"goods_in": (FILLABLE,), "contracts": (FULFILMENT,)},
    drafts_from=(
        DraftFrom("order_from_contract", _("Order from contract"), "contracts", from_contract, ("effective",)),
        DraftFrom("order_of_samples", _("Order"), "samples", order_of_samples, ("answered", "returned", "closed")),
    ),
    related=(Related("customers", "customer_id"),),
    persons=Persons(of="customers", path="customer_id", keeps=rules.WHILE_IT_IS_OPEN),
    empty=_("No orders yet."),
    icon="clipboard-list",
    shortcut=4,
)

__all__ = [
    "ORDERS",
    "SENT",
    "STILL_TO_SEND",
    "WHOLE",
    "Done",
    "Order",
    "OrderLine",
    "entry_of",
    "fulfilment",
    "lower_receivable",
    "missed_nodes",
    "percent",
    "still_to_send",
    "track_purchase",
]
