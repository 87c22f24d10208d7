"""What the steps of an order set in motion: reservation, ledger, receivable, red entries."""

from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select, update

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.registers.customers import Customer
from dentalsales.registers.ledger import LedgerEntry
from dentalsales.registers.orders.record import ZERO, Order, OrderLine
from dentalsales.registers.orders.rules import credit_is_free, needed_of, stock_is_there, terms_are_confirmed
from dentalsales.registers.receivables import Receivable
from dentalsales.registers.stock import give_back, reserve


def stock_is_reserved(order: Order, act: Act) -> None:
    """The recorded consent promises the goods to this order."""
    order.consent_at = act.now
    if reserve(act, {product: needed for product, (needed, _lines) in needed_of(order).items()}):
        stock_is_there(order, act)


def stock_is_given_back(order: Order, act: Act) -> None:
    """What was promised and not sent is free again; without a recorded consent nothing was promised."""
    if order.consent_at is None:
        return
    give_back(act, {product: needed for product, (needed, _lines) in needed_of(order).items()})


def consent_is_void(order: Order, act: Act) -> None:
    """A changed order needs a new check, consent and review."""
    order.consent_by, order.consent_way, order.consent_at, order.credit_released = "", "", None, False


def credit_is_released(order: Order, act: Act) -> None:
    """This one order may pass the limit."""
    order.credit_released = True


def gifts_are_named(order: Order, act: Act) -> None:
    """The reviewer hears of gifts."""
    for index, line in enumerate(order.lines):
        if line.is_gift:
            act.warn(_("Line {line} is a gift: {reason}"), line=index + 1, reason=line.remarks)


def credit_in_the_way_is_named(order: Order, act: Act) -> None:
    """While the customer is still on the phone, and again at the review, it is said what will stop the billing."""
    try:
        terms_are_confirmed(order, act)
        credit_is_free(order, act)
    except RuleBroken as refusal:
        act.warn(refusal.text)


def ledger_is_written(order: Order, act: Act) -> None:
    """Billing writes the ledger and the tracking amount, and raises the receivable, all at once (M17, M45)."""
    order.billed_on = act.today
    for line in order.lines:
        act.session.add(entry_of(order, line, act, "sale", line.quantity, line.amount))
    track_purchase(order, order.total, act, last_purchase_on=act.today)
    days = order.terms_days or 0
    receivable = Receivable(
        number=order.number or "",
        kind="order",
        customer_id=order.customer_id,
        order_id=order.id,
        on=act.today,
        due_on=act.today + timedelta(days=days if order.terms == "account" else 0),
        responsible_id=order.rep_id,
        amount=order.total,
        settled=order.paid,
        search_text=(order.number or "").lower(),
    )
    act.session.add(receivable)


def red_entries_are_written(order: Order, act: Act) -> None:
    """红冲: the part that was not sent leaves ledger, tracking amount and receivable by mirror rows."""
    back = ZERO
    for line in order.lines:
        if line.open > 0:
            amount = line.amount - line.sent_amount
            act.session.add(entry_of(order, line, act, "reversal", -line.open, -amount))
            back += amount
    track_purchase(order, -back, act)
    lower_receivable(order, back, act)
    stock_is_given_back(order, act)


def lower_receivable(order: Order, amount: Decimal, act: Act, why: str = "red_entry") -> None:
    """Take the red amount off the receivable; the receipts give back money that is then too much."""
    receivable = act.session.scalars(select(Receivable).where(Receivable.order_id == order.id)).one()
    before = receivable.amount
    receivable.amount = before - amount
    receivable.version += 1
    act.log(receivable, why, act.note, {"amount": [before, receivable.amount]})


def track_purchase(order: Order, amount: Decimal, act: Act, **last: date) -> None:
    """Add to the amount of the 客户管理跟踪表, which cannot be left out; a red entry is no purchase of its day."""
    act.session.execute(
        update(Customer)
        .where(Customer.id == order.customer_id)
        .values(purchases_total=Customer.purchases_total + amount, **last)
    )


def entry_of(
    order: Order, line: OrderLine, act: Act, kind: str, quantity: int, amount: Decimal, number: str | None = None
) -> LedgerEntry:
    """Return a ledger row of a line, under the order's number or that of the paper it comes from."""
    return LedgerEntry(
        on=act.today,
        kind=kind,
        number=number or order.number or "",
        order_id=order.id,
        order_line_id=line.id,
        customer_id=order.customer_id,
        rep_id=order.rep_id,
        product_id=line.product_id,
        unit=line.unit,
        quantity=quantity,
        unit_price=line.unit_price or ZERO,
        amount=amount,
        tax_rate=line.tax_rate,
        source=line.price_source,
    )
