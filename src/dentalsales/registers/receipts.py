"""Receipts 收款单: money that came in, confirmed by finance only, laid on open papers, the rest kept (M41-M44)."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Index, func, select
from sqlalchemy.orm import Mapped, relationship

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.column_types import difference
from dentalsales.blueprint.fields import (
    attachments,
    choice,
    day,
    lines,
    link,
    money,
    note,
    part_of,
    shown,
    text,
    yes_no,
)
from dentalsales.blueprint.form import Section
from dentalsales.blueprint.house_records import Attachment
from dentalsales.blueprint.insight import Fact, Insight
from dentalsales.blueprint.record import Line, Tracked
from dentalsales.blueprint.register import DraftFrom, Register, Related
from dentalsales.blueprint.roles import ASSISTANT, AUDIT, CLERK, FINANCE, LEADERS, MANAGERS, REP, Access, roles
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.blueprint.table import Filter, Table, View
from dentalsales.blueprint.workflow import State, Step, Workflow
from dentalsales.i18n import _, c_
from dentalsales.registers.customers import Customer
from dentalsales.registers.orders import Order
from dentalsales.registers.receivables import Receivable, settle

ZERO = Decimal("0.00")
KINDS = (
    ("cash", _("Cash")),
    ("cheque", _("Transfer cheque")),
    ("wire", _("Wire slip")),
    ("transfer", _("Bank transfer")),
    ("wechat", _("WeChat Pay")),
    ("alipay", _("Alipay")),
    ("advance", _("Out of the advance")),
)


def papers_of_the_customer(act: Act, line: Any) -> Any:
    """Limit the picker of open papers."""
    return Receivable.amount > Receivable.settled


def unbilled_orders(act: Act, line: Any) -> Any:
    """Limit the picker of orders to those whose money comes first."""
    return Order.state.in_(("reviewed", "paid"))


class Allocation(Line):
    """What of a receipt goes to one open paper, or is kept for one order that is not billed yet."""

    __tablename__ = "allocation"

    receipt_id: Mapped[int] = part_of("receipt")
    receivable_id: Mapped[int | None] = link(_("Open paper"), "receivable", limit_to=papers_of_the_customer)
    order_id: Mapped[int | None] = link(_("Kept for order"), "order", limit_to=unbilled_orders, enter_skips=True)
    amount: Mapped[Decimal] = money(_("Allocated"), required=True, minimum=0, total=True)
    released: Mapped[Decimal] = money(_("Given back"), read_only=True, copied=False)

    receivable: Mapped[Receivable | None] = relationship(foreign_keys="Allocation.receivable_id")
    order: Mapped[Order | None] = relationship(foreign_keys="Allocation.order_id")

    @property
    def net(self) -> Decimal:
        """What still lies on the paper."""
        return (self.amount or ZERO) - (self.released or ZERO)

    def check(self) -> None:
        """An allocation names one paper."""
        if (self.receivable_id is None) == (self.order_id is None):
            raise RuleBroken(_("Choose an open paper, or an order to keep the money for."), field="receivable_id")
        if not self.amount:
            raise RuleBroken(_("Enter an amount, or delete the line."), field="amount")


class Receipt(Tracked):
    """Money from a customer, or the use of an earlier advance."""

    __tablename__ = "receipt"
    __table_args__ = (Index("ix_receipt_received_on", "received_on", "state"),)

    customer_id: Mapped[int] = link(_("Customer"), "customer", required=True)
    received_on: Mapped[date] = day(_("Received on"), required=True, default="today", enter_skips=True)
    kind: Mapped[str] = choice(_("Kind of payment"), *KINDS, default="transfer", enter_skips=True)
    amount: Mapped[Decimal] = money(_("Amount"), required=True, total=True, default=None, minimum=Decimal("0.01"))
    account: Mapped[str] = text(_("Into account"), length=60, enter_skips=True)
    evidence: Mapped[str] = text(_("Slip or cheque number"), length=60, enter_skips=True, copied=False)
    payer: Mapped[str] = text(_("Payer"), length=100, enter_skips=True)
    purpose: Mapped[str] = text(_("For"), enter_skips=True)
    fee: Mapped[Decimal] = money(_("Bank fee"), minimum=0, enter_skips=True)
    stamped_received: Mapped[bool] = yes_no(_("Stamped as received"), enter_skips=True)
    stamped_finance: Mapped[bool] = yes_no(_("Stamped with the finance seal"), enter_skips=True)
    remarks: Mapped[str] = note(_("Notes"))
    lines: Mapped[list[Allocation]] = lines(
        _("Allocation"), "Allocation", "receivable_id", "order_id", "amount", "released"
    )

    files = attachments()
    customer: Mapped[Customer] = relationship(foreign_keys="Receipt.customer_id")

    @shown(_("Allocated"), "money")
    def allocated(self) -> Decimal:
        """The sum that lies on papers."""
        return sum((line.net for line in self.lines), ZERO)

    @shown(_("Kept as advance"), "money")
    def kept(self) -> Decimal:
        """What is not allocated; the use of an advance keeps nothing."""
        allocated: Decimal = self.allocated
        return (self.amount or ZERO) - allocated


def advance_of(act: Act, customer_id: int) -> Decimal:
    """Return the money of a customer that lies on no paper."""
    mine = (Receipt.customer_id == customer_id, Receipt.state == "confirmed")
    came = act.session.scalar(select(func.sum(Receipt.amount)).where(*mine, Receipt.kind != "advance")) or ZERO
    lies = act.session.scalar(
        select(func.sum(difference(Allocation.amount, Allocation.released)))
        .join(Receipt, Receipt.id == Allocation.receipt_id)
        .where(*mine)
    )
    return came - (lies or ZERO)


def open_papers(act: Act, customer_id: int) -> Iterator[tuple[Allocation, Decimal]]:
    """Yield an allocation without amount and what is open, oldest first: debts by due date, then orders to be paid."""
    debts = (
        select(Receivable)
        .where(Receivable.customer_id == customer_id, Receivable.amount > Receivable.settled)
        .order_by(Receivable.due_on, Receivable.id)
    )
    for debt in act.session.scalars(debts):
        yield Allocation(receivable_id=debt.id), debt.open
    orders = (
        select(Order)
        .where(
            Order.customer_id == customer_id,
            Order.state == "reviewed",
            Order.terms == "prepay",
            Order.paid < Order.total,
        )
        .order_by(Order.ordered_on, Order.id)
    )
    for order in act.session.scalars(orders):
        yield Allocation(order_id=order.id), order.total - order.paid


def oldest_first(receipt: Receipt, act: Act) -> None:
    """Lay the amount over the open papers, oldest first; the clerk may change it."""
    if not receipt.customer_id or not receipt.amount:
        return
    left = receipt.amount
    receipt.lines.clear()
    for allocation, open_amount in open_papers(act, receipt.customer_id):
        if left <= ZERO:
            break
        allocation.amount = min(left, open_amount)
        left -= allocation.amount
        receipt.lines.append(allocation)


def allocations_fit(receipt: Receipt, act: Act) -> None:
    """No more is allocated than came in, and only to papers of this customer."""
    if receipt.allocated > receipt.amount:
        raise RuleBroken(
            _("{allocated} are allocated, but only {amount} came in. Lower the allocation."),
            field="lines",
            allocated=receipt.allocated,
            amount=receipt.amount,
        )
    for index, line in enumerate(receipt.lines):
        paper = (
            act.session.get(Receivable, line.receivable_id)
            if line.receivable_id
            else act.session.get(Order, line.order_id)
        )
        if paper is not None and paper.customer_id != receipt.customer_id:
            raise RuleBroken(
                _("Line {line} belongs to another customer. Delete it."),
                field=f"lines.{index}.receivable_id",
                line=index + 1,
            )


def an_advance_is_there(receipt: Receipt, act: Act) -> None:
    """The use of an advance is covered by money that came in, and lies on papers in full."""
    if receipt.kind != "advance":
        return
    there = advance_of(act, receipt.customer_id)
    if receipt.amount > there:
        raise RuleBroken(_("The customer's advance is only {advance}."), field="amount", advance=there)
    if receipt.allocated != receipt.amount:
        raise RuleBroken(_("Allocate the whole {amount} of the advance."), field="lines", amount=receipt.amount)


def it_has_come(receipt: Receipt, act: Act) -> None:
    """Money is entered when it is there."""
    if receipt.received_on > act.today:
        raise RuleBroken(_("The day lies in the future. Enter the day on which the money came."), field="received_on")


def the_slip_is_named(receipt: Receipt, act: Act) -> None:
    """A cheque or wire has its slip number, and a copy of the slip (M42)."""
    if receipt.kind not in ("cheque", "wire"):
        return
    if not receipt.evidence.strip():
        raise RuleBroken(_("Enter the number of the cheque or wire slip."), field="evidence")
    found = act.session.scalar(
        select(Attachment.id)
        .where(Attachment.register == "receipts", Attachment.record_id == (receipt.id or 0))
        .limit(1)
    )
    if found is None:
        act.warn(_("{kind}: attach a copy of the slip."), kind=dict(KINDS)[receipt.kind])


def papers_are_settled(receipt: Receipt, act: Act) -> None:
    """Confirmed money takes debts off and opens the gate of prepaid orders."""
    for index, line in enumerate(receipt.lines):
        _lay_on(line, line.amount, act, index)


def _lay_on(line: Allocation, amount: Decimal, act: Act, index: int = 0) -> None:
    """Put money on a paper, or take it off when negative, and move the order whose gate it is."""
    receivable, order = line.receivable, line.order
    if order is not None:
        receivable = act.session.scalars(select(Receivable).where(Receivable.order_id == order.id)).one_or_none()
        if receivable is None and amount > ZERO and order.state not in ("reviewed", "paid"):
            raise RuleBroken(
                _("{number} takes no money in its state."), field=f"lines.{index}.order_id", number=order.record_title
            )
        if receivable is None and order.paid + amount > order.total:
            raise RuleBroken(
                _("{number} needs only {open}. Allocate less to it."),
                field=f"lines.{index}.amount",
                number=order.number,
                open=order.total - order.paid,
            )
    if receivable is not None:
        settle(act, receivable.id, amount)
        act.session.expire(receivable)
        order = act.session.get(Order, receivable.order_id) if receivable.order_id else order
    if order is None:
        return
    order.paid += amount
    order.version += 1
    if order.state == "reviewed" and order.terms == "prepay" and order.paid >= order.total:
        act.take_step(order, "mark_paid")
    elif order.state == "paid" and order.paid < order.total:
        act.take_step(order, "payment_lost")


def papers_are_open_again(receipt: Receipt, act: Act) -> None:
    """A bounced payment is taken off every paper; orders that wait for it are closed again, also for dispatch."""
    for line in receipt.lines:
        if line.net:
            _lay_on(line, -line.net, act)
            line.released = line.amount
    short = -advance_of(act, receipt.customer_id)
    if short > ZERO:
        _take_back_advances(receipt.customer_id, short, act)


def _take_back_advances(customer_id: int, amount: Decimal, act: Act) -> None:
    """Money that bounced after it was used as an advance is taken off those papers too, newest first."""
    query = (
        select(Allocation)
        .join(Receipt, Receipt.id == Allocation.receipt_id)
        .where(Receipt.customer_id == customer_id, Receipt.kind == "advance", Receipt.state == "confirmed")
        .order_by(Allocation.id.desc())
    )
    left = amount
    for line in act.session.scalars(query):
        part = min(line.net, left)
        if part > ZERO:
            _lay_on(line, -part, act)
            line.released += part
            left -= part


def money_is_free_again(order: Order, act: Act) -> None:
    """A void order gives its money back to the customer's advance."""
    _give_back(order, order.paid, act)


def money_above_the_debt_is_free(order: Order, act: Act) -> None:
    """A red entry leaves money that no debt needs any more: it becomes advance."""
    debt = act.session.scalars(select(Receivable).where(Receivable.order_id == order.id)).one()
    too_much = debt.settled - debt.amount
    if too_much > ZERO:
        debt.settled -= too_much
        _give_back(order, too_much, act)


def _give_back(order: Order, amount: Decimal, act: Act) -> None:
    """Release so much of the allocations that lie on an order, newest first."""
    left = amount
    query = (
        select(Allocation)
        .join(Receipt, Receipt.id == Allocation.receipt_id)
        .outerjoin(Receivable, Receivable.id == Allocation.receivable_id)
        .where(Receipt.state == "confirmed", (Allocation.order_id == order.id) | (Receivable.order_id == order.id))
        .order_by(Allocation.id.desc())
    )
    for line in act.session.scalars(query):
        part = min(line.net, left)
        line.released += part
        left -= part
    order.paid -= amount - left
    if amount > left:
        act.warn(_("{amount} of the customer's money is free again and kept as advance."), amount=amount - left)


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


def from_customer(customer: Customer, act: Act) -> Receipt:
    """Begin a receipt for everything the customer owes."""
    receipt = Receipt(customer_id=customer.id, received_on=act.today, kind="transfer", payer=customer.name)
    receipt.amount = sum((open_ for _paper, open_ in open_papers(act, customer.id)), ZERO) or None  # type: ignore[assignment]
    oldest_first(receipt, act)
    return receipt


def from_order(order: Order, act: Act) -> Receipt:
    """Begin a receipt for what is missing on one order."""
    debt = act.session.scalars(select(Receivable).where(Receivable.order_id == order.id)).one_or_none()
    missing: Decimal = debt.open if debt is not None else order.total - order.paid
    if missing <= ZERO:
        raise RuleBroken(_("{number} is paid."), number=order.number)
    receipt = Receipt(
        customer_id=order.customer_id, received_on=act.today, kind="transfer", amount=missing, payer=order.customer.name
    )
    paper = {"receivable_id": debt.id} if debt is not None else {"order_id": order.id}
    receipt.lines.append(Allocation(amount=missing, **paper))
    return receipt


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
            (it_has_come, allocations_fit, an_advance_is_there, the_slip_is_named),
            (papers_are_settled,),
        ),
        Step(
            "submit",
            _("Submit to Finance"),
            ("draft",),
            "submitted",
            roles(REP),
            (allocations_fit,),
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
            ("customer_id", "amount", "kind", "received_on"),
            ("payer", "account", "evidence", "fee"),
            ("purpose", "stamped_received", "stamped_finance"),
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
    follows={"customer_id": oldest_first, "amount": oldest_first},
    insights=(Insight("open", _("Customer"), receipt_facts),),
    shows={"customers": (Insight("advance", _("Advance"), advance_facts),)},
    reacts={
        "orders.void": (money_is_free_again,),
        "orders.reopen": (money_is_free_again,),
        "orders.reverse": (money_above_the_debt_is_free,),
        "orders.reverse_rest": (money_above_the_debt_is_free,),
    },
    drafts_from=(
        DraftFrom("receipt_of_customer", _("Enter receipt"), "customers", from_customer),
        DraftFrom(
            "receipt_of_order",
            _("Enter receipt"),
            "orders",
            from_order,
            ("reviewed", "billed", "part_sent", "sent", "delivered", "closed"),
        ),
    ),
    related=(Related("customers", "customer_id"),),
    empty=_("No receipts yet."),
    group="money",
    icon="cash",
    shortcut=6,
)
