"""What confirmed, bounced and freed money does to receivables and orders."""

from decimal import Decimal

from sqlalchemy import select

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.registers.orders import Order
from dentalsales.registers.receipts.filling import advance_of
from dentalsales.registers.receipts.record import ZERO, Allocation, Receipt
from dentalsales.registers.receivables import Receivable, settle
from dentalsales.registers.returns import GoodsReturn


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
    before = order.paid
    order.paid += amount
    changes = {"paid": [before, order.paid]}
    if order.state == "reviewed" and order.terms == "prepay" and order.paid >= order.total:
        act.take_step(order, "mark_paid", changes=changes)
    elif order.state == "paid" and order.paid < order.total:
        act.take_step(order, "payment_lost", changes=changes)
    else:
        order.version += 1
        act.log(order, "paid", changes=changes)


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


def money_of_returned_goods_is_free(paper: GoodsReturn, act: Act) -> None:
    """So does a return that is credited; its order takes no step, so an entry tells what it counts as paid."""
    order, before = paper.order, paper.order.paid
    money_above_the_debt_is_free(order, act)
    if order.paid != before:
        order.version += 1
        act.log(order, "paid", changes={"paid": [before, order.paid]})


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
