"""Receipts 收款单: money that came in, confirmed by finance only, laid on open papers, the rest kept (M41-M44)."""

from sqlalchemy import and_

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.form import Section
from dentalsales.blueprint.insight import Fact, Insight
from dentalsales.blueprint.persons import Persons
from dentalsales.blueprint.register import DraftFrom, Register, Related
from dentalsales.blueprint.roles import ASSISTANT, AUDIT, CLERK, FINANCE, LEADERS, MANAGERS, REP, Access, roles
from dentalsales.blueprint.table import Filter, Table, View
from dentalsales.blueprint.workflow import State, Step, Workflow
from dentalsales.i18n import _, c_
from dentalsales.registers.customers import Customer
from dentalsales.registers.receipts.contracts import (
    PLAN,
    collected,
    from_contract,
    instalment_is_late,
    instalments_paid,
)
from dentalsales.registers.receipts.effects import (
    money_above_the_debt_is_free,
    money_is_free_again,
    money_of_returned_goods_is_free,
    papers_are_open_again,
    papers_are_settled,
)
from dentalsales.registers.receipts.filling import (
    advance_of,
    another_amount,
    from_customer,
    from_order,
    oldest_first,
    open_papers,
)
from dentalsales.registers.receipts.record import KINDS, ZERO, Allocation, Receipt
from dentalsales.registers.receipts.rules import (
    allocations_fit,
    an_advance_is_there,
    as_a_voucher,
    it_has_come,
    its_contract_is_the_customers,
    the_customer_is_named,
    the_slip_is_named,
)


def advance_facts(customer: Customer, line: object, act: Act) -> list[Fact]:
    """Return the advance of a customer."""
    return [Fact(_("Advance"), advance_of(act, customer.id), "money")] if customer.id else []


def receipt_facts(receipt: Receipt, line: object, act: Act) -> list[Fact]:
    """Return what a clerk wants to know while entering money."""
    if not receipt.customer_id:
        return []
    waiting = list(open_papers(act, receipt.customer_id))
    return [
        Fact(_("Open papers"), len(waiting), "number"),
        Fact(_("Open in all"), sum((open_ for _paper, open_ in waiting), ZERO), "money"),
        Fact(_("Advance"), advance_of(act, receipt.customer_id), "money"),
    ]


WORKFLOW = Workflow(
    states=(
        State("draft", _("Draft"), "draft", editable=True, draft=True),
        State("submitted", _("Waits for Finance"), "pending", editable=True),
        State("confirmed", _("Confirmed"), "done"),
        State("bounced", _("Bounced"), "overdue"),
        State("void", _("Void"), "void"),
    ),
    steps=(
        Step(
            "confirm",
            _("Confirm receipt"),
            ("draft", "submitted"),
            "confirmed",
            roles(FINANCE),
            (the_customer_is_named, it_has_come, allocations_fit, an_advance_is_there, the_slip_is_named),
            (papers_are_settled,),
        ),
        Step(
            "submit",
            _("Submit to Finance"),
            ("draft",),
            "submitted",
            roles(REP),
            (it_has_come, allocations_fit),
            own=True,
            inbox=False,
        ),
        Step(
            "bounce",
            _("Bounced"),
            ("confirmed",),
            "bounced",
            roles(FINANCE),
            (),
            (papers_are_open_again,),
            asks_note=True,
            final=_("The money is taken off every paper; the number is kept."),
            inbox=False,
        ),
        Step(
            "void",
            _("Void"),
            ("submitted",),
            "void",
            roles(FINANCE),
            asks_note=True,
            final=_("This can't be undone; the number is kept."),
            inbox=False,
        ),
    ),
)


RECEIPTS = Register(
    name="receipts",
    title=_("Receipts"),
    one=_("Receipt"),
    record=Receipt,
    number="SK-{day}-{count:03}",
    form=(
        Section(
            _("Receipt"),
            ("customer_id", "amount", "kind"),
            ("received_on", "payer", "account"),
            ("evidence", "fee", "purpose"),
            "contract_id",
            ("stamped_received", "stamped_finance"),
        ),
        Section(_("Allocation"), "lines", ("allocated", "kept")),
        Section(c_("attachments", "Files"), "files"),
        Section(_("Notes"), "remarks"),
    ),
    table=Table(
        "number",
        "received_on",
        "customer_id",
        "kind",
        "amount",
        "payer",
        "evidence",
        "state",
        more=("account", "fee", "entered_by_id", "purpose"),
        search=("number", "customer_id", "evidence"),
        filters=("state", "kind", "received_on"),
        views=(
            View("to_confirm", _("Waits for Finance"), (Filter("state", "in", ("draft", "submitted")),)),
            View("today", _("Today"), (Filter("received_on", "=", "today"),)),
            View("month", _("This month"), (Filter("received_on", ">=", "this_month"),)),
        ),
    ),
    access=Access(
        view=roles(MANAGERS, LEADERS, CLERK, ASSISTANT, FINANCE, AUDIT),
        create=roles(FINANCE, REP),
        own=roles(REP),
        owner="customer_id.owner_id",
        export=roles(MANAGERS, FINANCE),
    ),
    workflow=WORKFLOW,
    follows_others=("lines.released",),
    rules=(the_customer_is_named, its_contract_is_the_customers),
    follows={"customer_id": oldest_first, "amount": another_amount},
    insights=(Insight("open", _("Customer"), receipt_facts),),
    shows={"customers": (Insight("advance", _("Advance"), advance_facts),), "contracts": (PLAN,)},
    reacts={
        "orders.void": (money_is_free_again,),
        "orders.reopen": (money_is_free_again,),
        "orders.reverse": (money_above_the_debt_is_free,),
        "orders.reverse_rest": (money_above_the_debt_is_free,),
        "returns.credit": (money_of_returned_goods_is_free,),
    },
    drafts_from=(
        DraftFrom("receipt_of_customer", _("Enter receipt"), "customers", from_customer),
        DraftFrom(
            "receipt_of_contract",
            _("Enter receipt"),
            "contracts",
            from_contract,
            ("signed", "effective"),
            late=instalment_is_late,
        ),
        DraftFrom(
            "receipt_of_order",
            _("Enter receipt"),
            "orders",
            from_order,
            ("reviewed", "billed", "part_sent", "sent", "delivered", "closed"),
            waits=lambda order: and_(
                order.c.state == "reviewed", order.c.terms == "prepay", order.c.paid < order.c.total
            ),
        ),
    ),
    related=(Related("contracts", "contract_id"), Related("customers", "customer_id")),
    persons=Persons(of="customers", path="customer_id", keeps=as_a_voucher),
    empty=_("No receipts yet."),
    group="money",
    icon="cash",
    shortcut=6,
)

__all__ = ["KINDS", "RECEIPTS", "Allocation", "Receipt", "advance_of", "collected", "instalments_paid"]
