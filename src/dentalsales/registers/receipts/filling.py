"""How a receipt is filled: over the open papers, oldest first; and what lies on no paper."""

from collections.abc import Iterator
from decimal import Decimal

from sqlalchemy import func, select

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.column_types import difference
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.registers.customers import Customer
from dentalsales.registers.orders import Order
from dentalsales.registers.receipts.record import ZERO, Allocation, Receipt
from dentalsales.registers.receivables import Receivable


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
    """Lay the amount over the open papers of the customer, oldest first; the clerk may change it."""
    receipt.lines.clear()
    another_amount(receipt, act)


def another_amount(receipt: Receipt, act: Act) -> None:
    """Lay the amount anew: first over the papers that the receipt names, as it was begun for one, then oldest first."""
    if not receipt.customer_id or not receipt.amount:
        return
    named = [paper_of(line) for line in receipt.lines]
    papers = sorted(
        [*open_papers(act, receipt.customer_id), *_named_orders(receipt, act)],
        key=lambda found: (named + [paper_of(found[0])]).index(paper_of(found[0])),
    )
    left = receipt.amount
    receipt.lines.clear()
    for allocation, open_amount in papers:
        if left <= ZERO:
            break
        allocation.amount = min(left, open_amount)
        left -= allocation.amount
        receipt.lines.append(allocation)


def _named_orders(receipt: Receipt, act: Act) -> Iterator[tuple[Allocation, Decimal]]:
    """Yield the orders on account that a receipt names before the bill: of themselves they wait for no money."""
    for order_id in dict.fromkeys(line.order_id or 0 for line in receipt.lines):
        order = act.session.get(Order, order_id)
        if order is None or order.customer_id != receipt.customer_id or order.terms == "prepay":
            continue
        if order.state == "reviewed" and order.paid < order.total:
            yield Allocation(order_id=order.id), order.total - order.paid


def paper_of(allocation: Allocation) -> tuple[int | None, int | None]:
    """Return the debt or the order that a line of a receipt is for."""
    return allocation.receivable_id, allocation.order_id


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
