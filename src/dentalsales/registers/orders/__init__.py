"""Orders: from the phone call over stock, consent, review and money to billing, dispatch and delivery (P4, M37-M48)."""

from sqlalchemy import and_

from dentalsales.blueprint.approval import it_has_its_number
from dentalsales.blueprint.form import Section
from dentalsales.blueprint.matrix import Matrix
from dentalsales.blueprint.register import Register, Related
from dentalsales.blueprint.repeat import EarlierRows, Repeat
from dentalsales.blueprint.roles import (
    AFTER_SALES,
    ASSISTANT,
    AUDIT,
    CLERK,
    EVERYONE,
    FINANCE,
    MANAGER,
    MANAGERS,
    MARKETING,
    OFFICE,
    PROGRAM,
    QUALITY,
    REP,
    SERVICE,
    SERVICE_MANAGER,
    TECHNICIAN,
    Access,
    roles,
)
from dentalsales.blueprint.table import Column, Filter, Table, View
from dentalsales.blueprint.workflow import State, Step, Workflow
from dentalsales.i18n import _, c_
from dentalsales.registers.ledger import LedgerEntry
from dentalsales.registers.orders import effects, rules
from dentalsales.registers.orders.foreseen import gaps_in_the_sales_record_are_named
from dentalsales.registers.orders.insights import FILLABLE, INSIGHTS
from dentalsales.registers.orders.price_history import PRICE_HISTORY, brought_in
from dentalsales.registers.orders.pricing import (
    customer_brings_its_terms,
    price_lines,
    product_brings_unit_and_price,
    quantity_moves_the_amount,
)
from dentalsales.registers.orders.record import Order, OrderLine
from dentalsales.registers.orders.shortage import stock_may_not_do
from dentalsales.registers.orders.to_bill import may_be_billed
from dentalsales.registers.orders.to_send import STILL_TO_SEND, still_to_send
from dentalsales.registers.stock import available_of

ENTRY = roles(CLERK, SERVICE, AFTER_SALES)
FINAL = _("This can't be undone; the number is kept.")

WORKFLOW = Workflow(
    states=(
        State("entered", _("Entered"), "draft", editable=True, draft=True),
        State("waiting", _("Waiting for supply"), "pending", editable=True),
        State("stock_confirmed", _("Stock confirmed"), "pending"),
        State("reviewed", _("Reviewed"), "confirmed"),
        State("paid", _("Paid"), "confirmed"),
        State("billed", _("Billed"), "confirmed"),
        State("part_sent", _("Part sent"), "part"),
        State("sent", _("Sent"), "sent"),
        State("delivered", _("Delivered"), "sent"),
        State("closed", _("Closed"), "done"),
        State("reversed", _("Reversed"), "return"),
        State("void", _("Void"), "void"),
    ),
    steps=(
        Step(
            "confirm_stock",
            _("Record consent"),
            ("entered", "waiting"),
            "stock_confirmed",
            ENTRY,
            (
                rules.customer_may_be_served,
                rules.prices_and_terms_are_todays,
                rules.every_line_has_a_price,
                rules.stock_is_there,
                rules.consent_is_named,
            ),
            (effects.stock_is_reserved, effects.credit_in_the_way_is_named, gaps_in_the_sales_record_are_named),
            asks=("consent_by", "consent_way"),
            suggests={"consent_by": "contact", "consent_way": "channel"},
            inbox=False,
        ),
        Step(
            "wait",
            _("Put on waiting list"),
            ("entered",),
            "waiting",
            ENTRY,
            (
                rules.customer_may_be_served,
                rules.prices_and_terms_are_todays,
                rules.every_line_has_a_price,
                rules.something_is_short,
            ),
            inbox=False,
        ),
        Step(
            "review",
            _("Review order"),
            ("stock_confirmed",),
            "reviewed",
            roles(MANAGER, CLERK, SERVICE),
            (rules.customer_may_be_served,),
            (effects.gifts_are_named, effects.credit_in_the_way_is_named, gaps_in_the_sales_record_are_named),
            second_person=True,
        ),
        Step("mark_paid", _("Payment confirmed"), ("reviewed",), "paid", PROGRAM, (rules.money_is_there,)),
        Step("payment_lost", _("Payment lost"), ("paid",), "reviewed", PROGRAM),
        Step(
            "release_credit",
            c_("step", "Release"),
            ("reviewed",),
            None,
            roles(MANAGER),
            (rules.terms_are_confirmed, rules.credit_stands_in_the_way),
            (effects.credit_is_released,),
            asks_note=True,
            second_person=True,
            waits=lambda order: and_(order.c.terms == "account", order.c.credit_released.is_(False)),
            inbox_checks=True,
        ),
        Step(
            "bill",
            _("Bill"),
            ("reviewed", "paid"),
            "billed",
            roles(CLERK),
            (
                rules.customer_may_be_served,
                rules.customer_is_reviewed,
                rules.money_is_there,
                rules.terms_are_confirmed,
                rules.credit_is_free,
            ),
            (effects.ledger_is_written,),
            waits=may_be_billed,
            inbox_checks=True,
        ),
        Step("send_part", _("Part sent"), ("billed", "part_sent"), "part_sent", PROGRAM),
        Step("send_all", _("All sent"), ("billed", "part_sent"), "sent", PROGRAM),
        Step("deliver", _("Delivered"), ("sent",), "delivered", PROGRAM),
        Step("close", _("Close"), ("delivered",), "closed", roles(SERVICE, CLERK)),
        Step(
            "reopen",
            _("Reopen for change"),
            ("stock_confirmed", "reviewed", "paid"),
            "entered",
            roles(CLERK, SERVICE, MANAGER),
            (),
            (effects.stock_is_given_back, effects.consent_is_void),
            asks_note=True,
            inbox=False,
        ),
        Step(
            "reverse",
            _("Red entry"),
            ("billed",),
            "reversed",
            roles(MANAGER),
            (rules.nothing_was_sent,),
            (effects.red_entries_are_written,),
            asks_note=True,
            final=_("A red entry takes the sale out of the ledger; the number is kept."),
            inbox=False,
        ),
        Step(
            "reverse_rest",
            _("Red entry for the rest"),
            ("part_sent",),
            "sent",
            roles(MANAGER),
            (),
            (effects.red_entries_are_written,),
            asks_note=True,
            final=_("A red entry takes what was not sent out of the ledger; the number is kept."),
            inbox=False,
        ),
        Step(
            "void",
            _("Void order"),
            ("entered", "waiting", "stock_confirmed", "reviewed", "paid"),
            "void",
            roles(MANAGER),
            (it_has_its_number,),
            (effects.stock_is_given_back,),
            asks_note=True,
            final=FINAL,
            inbox=False,
        ),
    ),
)

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
    cautions=(stock_may_not_do,),
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
    shows={"goods_in": (FILLABLE,)},
    related=(Related("customers", "customer_id"),),
    empty=_("No orders yet."),
    icon="clipboard-list",
    shortcut=4,
)

__all__ = ["ORDERS", "STILL_TO_SEND", "Order", "OrderLine", "still_to_send"]
