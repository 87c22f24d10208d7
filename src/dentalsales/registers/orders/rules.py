"""What has to hold before an order moves on: prices, consent, stock, money, credit (P4)."""

from sqlalchemy import select

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.persons import kept_until
from dentalsales.blueprint.roles import FINANCE, roles
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.registers.orders.pricing import price_facts, price_lines, terms_follow_the_customer
from dentalsales.registers.orders.record import ZERO, Order
from dentalsales.registers.products import Product, factor_of
from dentalsales.registers.receivables import Receivable, overdue, owed
from dentalsales.registers.stock import available_of

STILL_OPEN = _("because the order is still open")


def prices_are_those_of_the_source(order: Order, act: Act) -> None:
    """Before every save of a draft the program prices the lines itself, so that nobody can slip in another price."""
    if order.state not in ("", "entered", "waiting"):
        return
    priced = act.once("prices of orders", dict[int, object])
    if priced.get(id(order)) == price_facts(order):
        return
    price_lines(order, order.lines, act)
    order.add_up()
    for line in order.lines:
        if line.product.factor(line.unit) is None:
            factor_of(line, act)
    priced[id(order)] = price_facts(order)


def the_same_product_twice_is_said(order: Order, act: Act) -> None:
    """Two lines of one product are often one too many; a gift and another unit are lines of their own."""
    if order.state not in ("", "entered", "waiting"):
        return
    first: dict[tuple[int, str, bool], int] = {}
    for index, line in enumerate(order.lines):
        before = first.setdefault((line.product_id, line.unit, bool(line.is_gift)), index)
        if before != index:
            act.warn(
                _("Line {line}: {product} stands on line {other} already."),
                line=index + 1,
                product=line.product.record_title,
                other=before + 1,
            )


def the_order_is_not_of_the_future(order: Order, act: Act) -> None:
    """An order is of today or earlier."""
    if order.ordered_on > act.today:
        raise RuleBroken(
            _("The order's date lies in the future. Use “Deliver by” for a later delivery."), field="ordered_on"
        )


def prices_and_terms_are_todays(order: Order, act: Act) -> None:
    """What holds on the day of submission is frozen; the clerk hears when the total moved since the entry."""
    before = order.total
    terms_are_those_of_the_customer(order, act)
    prices_are_those_of_the_source(order, act)
    if order.total != before:
        act.warn(
            _("Prices changed since the order was entered: {before} is now {total}."), before=before, total=order.total
        )


def terms_are_those_of_the_customer(order: Order, act: Act) -> None:
    """Terms are copied until the paper is submitted; then they are frozen."""
    if order.state in ("", "entered", "waiting"):
        terms_follow_the_customer(order, order.customer)


def every_line_has_a_price(order: Order, act: Act) -> None:
    """Lines without a price stop the order where they stand."""
    for index, line in enumerate(order.lines):
        if line.unit_price is None:
            raise RuleBroken(
                _("Line {line} has no price. Ask the sales manager to enter one in the price list."),
                field=f"lines.{index}.product_id",
                line=index + 1,
            )


def consent_is_named(order: Order, act: Act) -> None:
    """The customer is told before billing and agrees; who agreed and how is recorded (M39)."""
    if not order.consent_by.strip():
        raise RuleBroken(_("Enter who at the customer agreed."), field="consent_by")
    if not order.consent_way:
        raise RuleBroken(_("Choose how the customer agreed."), field="consent_way")


def stock_is_there(order: Order, act: Act) -> None:
    """Everything can be promised now; what is short is named, with what to do."""
    wanted = needed_of(order)
    there = available_of(act, wanted)
    for product_id, (needed, lines) in wanted.items():
        left = there[product_id]
        if left < needed:
            product = act.session.get_one(Product, product_id)
            raise RuleBroken(
                _(
                    "Line {line}: {product} is short: {needed} {unit} needed, {left} available. "
                    "Reduce the quantity, or put the order on the waiting list."
                ),
                field=f"lines.{lines[0]}.quantity",
                line=lines[0] + 1,
                product=product.record_title,
                needed=needed,
                unit=product.unit,
                left=max(left, 0),
            )


def something_is_short(order: Order, act: Act) -> None:
    """Only an order that cannot be filled waits."""
    try:
        stock_is_there(order, act)
    except RuleBroken:
        return
    raise RuleBroken(_("Everything is in stock. Record the customer's consent instead."))


def needed_of(order: Order) -> dict[int, tuple[int, list[int]]]:
    """Return per product the smallest units still to send, and the indexes of its lines."""
    found: dict[int, tuple[int, list[int]]] = {}
    for index, line in enumerate(order.lines):
        quantity, indexes = found.get(line.product_id, (0, []))
        found[line.product_id] = (quantity + line.open * line.factor, [*indexes, index])
    return found


def customer_is_reviewed(order: Order, act: Act) -> None:
    """A customer made inside an order waits for the manager before the first billing."""
    if order.customer.state == "to_review":
        raise RuleBroken(
            _("{name} is a new customer. The sales manager reviews the customer first."), name=order.customer.name
        )


def money_is_there(order: Order, act: Act) -> None:
    """先款后货: a prepaying customer's money is confirmed and reserved for this order (M41, PS1).

    Of a billed order that is what its receivable says: what came back of it has to be paid no more.
    """
    if order.terms == "account" or not act.setting("payment_gate"):
        return
    query = select(Receivable).where(Receivable.order_id == order.id)
    debt = act.session.scalars(query).one_or_none() if order.billed_on else None
    total, missing = (order.total, order.total - order.paid) if debt is None else (debt.amount, debt.open)
    if missing > ZERO:
        raise RuleBroken(
            _("{number} is not paid: {missing} of {total} missing. Waits for Finance to confirm a receipt."),
            number=order.number,
            missing=missing,
            total=total,
            mended_by=roles(FINANCE),
        )


def terms_are_confirmed(order: Order, act: Act) -> None:
    """On account: finance stands behind the terms; the manager's release of an order does not stand in for that."""
    if order.terms == "account" and not order.customer.terms_confirmed:
        raise RuleBroken(_("The terms of {name} wait for Finance to confirm them."), name=order.customer.name)


def credit_is_free(order: Order, act: Act) -> None:
    """On account: nothing overdue, within the limit, unless the manager released this order."""
    if order.terms != "account" or order.credit_released:
        return
    customer = order.customer
    late = overdue(act, customer.id)
    if late > ZERO:
        raise RuleBroken(
            _("{name} owes {late} past the due date. Collect it, or the sales manager releases this order."),
            name=customer.name,
            late=late,
        )
    debt = owed(act, customer.id)
    if debt + order.total - order.paid > customer.credit_limit:
        raise RuleBroken(
            _(
                "{name} owes {debt}; with {total} that passes the limit of {limit}. "
                "Collect first, or the sales manager releases this order."
            ),
            name=customer.name,
            debt=debt,
            total=order.total,
            limit=customer.credit_limit,
        )


def credit_stands_in_the_way(order: Order, act: Act) -> None:
    """There is nothing to release when the credit is free."""
    if order.credit_released:
        raise RuleBroken(_("{number} is released already."), number=order.number)
    try:
        credit_is_free(order, act)
    except RuleBroken:
        return
    raise RuleBroken(_("{number} is within its credit; nothing needs a release."), number=order.number)


def nothing_was_sent(order: Order, act: Act) -> None:
    """Goods that left cannot be undone on paper."""
    if any(line.sent for line in order.lines):
        raise RuleBroken(_("Goods of {number} have left already."), number=order.number)


WHILE_IT_IS_OPEN = kept_until(("closed", "reversed", "void"), STILL_OPEN)
"""The goods need somebody who takes them; afterwards the dispatch notes are the record that has to be kept."""
