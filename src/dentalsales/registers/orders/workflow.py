"""The way of an order: its states, and who takes which step when, from the phone call to the closed delivery."""

from sqlalchemy import and_

import dentalsales.registers.orders.effects as effects
import dentalsales.registers.orders.rules as rules
from dentalsales.blueprint.approval import it_has_its_number
from dentalsales.blueprint.roles import (
    AFTER_SALES,
    CLERK,
    MANAGER,
    PROGRAM,
    SERVICE,
    roles,
)
from dentalsales.blueprint.workflow import Rule, State, Step, Workflow
from dentalsales.i18n import Text, _, c_
from dentalsales.registers.customers import customer_is_served
from dentalsales.registers.orders.agreed import an_effective_contract_is_there
from dentalsales.registers.orders.foreseen import gaps_in_the_sales_record_are_named
from dentalsales.registers.orders.to_bill import may_be_billed
from dentalsales.registers.products import goods_are_on_sale

ENTRY = roles(CLERK, SERVICE, AFTER_SALES)
FINAL = _("This can't be undone; the number is kept.")


def _red_entry(name: str, label: Text, way: tuple[str, str], final: Text, *checks: Rule) -> Step:
    """A manager takes out of the ledger, with a reason, what was billed and not sent; `way` is from where to where."""
    source, target = way
    written = (effects.red_entries_are_written,)
    return Step(
        name, label, (source,), target, roles(MANAGER), checks, written, asks_note=True, final=final, inbox=False
    )


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
                customer_is_served,
                an_effective_contract_is_there,
                rules.prices_and_terms_are_todays,
                rules.every_line_has_a_price,
                goods_are_on_sale,
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
                customer_is_served,
                an_effective_contract_is_there,
                rules.prices_and_terms_are_todays,
                rules.every_line_has_a_price,
                goods_are_on_sale,
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
            (customer_is_served,),
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
                customer_is_served,
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
        _red_entry(
            "reverse",
            _("Red entry"),
            ("billed", "reversed"),
            _("A red entry takes the sale out of the ledger; the number is kept."),
            rules.nothing_was_sent,
        ),
        _red_entry(
            "reverse_rest",
            _("Red entry for the rest"),
            ("part_sent", "sent"),
            _("A red entry takes what was not sent out of the ledger; the number is kept."),
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
