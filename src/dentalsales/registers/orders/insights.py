"""What the clerk sees beside an order while typing: stock by lot, last prices, credit, last orders."""

from collections.abc import Iterable

from sqlalchemy import select

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.insight import Fact, Insight
from dentalsales.i18n import Text, _
from dentalsales.registers.customers import Customer
from dentalsales.registers.goods_in import GoodsIn
from dentalsales.registers.ledger import LedgerEntry
from dentalsales.registers.orders.record import PRICE_SOURCES, Order, OrderLine
from dentalsales.registers.orders.rules import needed_of
from dentalsales.registers.products import Product
from dentalsales.registers.receivables import money_facts
from dentalsales.registers.stock import Lot, available, available_of, sellable_lots

FILLABLE_SHOWN = 20


def customer_facts(order: Order, line: OrderLine | None, act: Act) -> Iterable[Fact]:
    """Credit, debt and overdue of the customer."""
    customer = act.session.get(Customer, order.customer_id or 0)
    if customer is None:
        return
    if customer.state == "to_review":
        yield Fact(_("New customer"), _("Waits for the manager's review"), tone="warning")
    licence = customer.licence_on(act.today)
    if licence is None:
        yield Fact(_("Licence"), _("None that is valid"), tone="danger")
    yield from money_facts(customer, None, act)


def stock_facts(order: Order, line: OrderLine | None, act: Act) -> Iterable[Fact]:
    """What is available of the line's product, and its lots, first expiry first."""
    product = act.session.get(Product, line.product_id or 0) if line else None
    if product is None:
        return
    left = available(act, product.id)
    needed = sum(one.open * one.factor for one in order.lines if one.product_id == product.id)
    needed = needed if order.state in ("", "entered", "waiting") else 0
    yield Fact(_("Available ({unit})").fill(unit=product.unit), left, "quantity", "danger" if left < needed else "good")
    for number, other in enumerate(order.lines, 1):
        if other is not line and other.product_id == product.id and other.quantity:
            yield Fact(_("Also on line {line}").fill(line=number), f"{other.quantity} {other.unit}", tone="warning")
    for lot in sellable_lots(act, product.id)[:4]:
        yield Fact(
            lot.lot_no or lot.serial_no or "-",
            _left(lot),
            opens=("lots", lot.id),
        )


def _left(lot: Lot) -> Text:
    if lot.expires_on is None:
        return _("{quantity} left, no expiry").fill(quantity=lot.on_hand)
    return _("{quantity} left, expires {expiry}").fill(quantity=lot.on_hand, expiry=lot.expires_on)


def price_facts(order: Order, line: OrderLine | None, act: Act) -> Iterable[Fact]:
    """The price's source and the last prices this customer paid; they are shown, never taken."""
    if line is None or not line.product_id:
        return
    source = dict(PRICE_SOURCES).get(line.price_source)
    if source:
        yield Fact(source, line.unit_price, "price")
    query = (
        select(LedgerEntry.on, LedgerEntry.unit_price, LedgerEntry.unit, LedgerEntry.quantity)
        .where(
            LedgerEntry.customer_id == (order.customer_id or 0),
            LedgerEntry.product_id == line.product_id,
            LedgerEntry.quantity > 0,
        )
        .order_by(LedgerEntry.on.desc(), LedgerEntry.id.desc())
        .limit(3)
    )
    for row in act.session.execute(query):
        yield Fact(
            str(row.on),
            _("{price} ×\u00a0{quantity}\u00a0{unit}").fill(price=row.unit_price, quantity=row.quantity, unit=row.unit),
        )


def order_facts(order: Order, line: OrderLine | None, act: Act) -> Iterable[Fact]:
    """The customer's last orders."""
    query = (
        select(Order.id, Order.number, Order.ordered_on, Order.total)
        .where(Order.customer_id == (order.customer_id or 0), Order.id != (order.id or 0), Order.number.is_not(None))
        .order_by(Order.id.desc())
        .limit(5)
    )
    for row in act.session.execute(query):
        yield Fact(f"{row.number}", row.total, "money", opens=("orders", row.id))


def fillable_orders(paper: GoodsIn, line: object, act: Act) -> Iterable[Fact]:
    """After goods-in: the waiting orders that can be filled now."""
    products = {one.product_id for one in paper.lines}
    query = (
        select(Order)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .where(Order.state == "waiting", OrderLine.product_id.in_(products))
        .distinct()
        .order_by(Order.id)
    )
    found = 0
    for order in act.session.scalars(query):
        wanted = needed_of(order)
        there = available_of(act, wanted)
        if all(there[product] >= needed for product, (needed, _lines) in wanted.items()):
            yield Fact(order.customer.name, order.number or order.ordered_on, tone="good", opens=("orders", order.id))
            found += 1
        if found == FILLABLE_SHOWN:
            return


INSIGHTS = (
    Insight("stock", _("Stock"), stock_facts),
    Insight("prices", _("Price"), price_facts),
    Insight("customer", _("Customer"), customer_facts),
    Insight("orders", _("Last orders"), order_facts),
)
FILLABLE = Insight("fillable", _("Waiting orders that can be filled now"), fillable_orders)
