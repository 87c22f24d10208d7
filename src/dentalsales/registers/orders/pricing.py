"""Where the price of an order line comes from: approved special price, the customer's level, the list (M36)."""

from collections.abc import Iterable
from decimal import Decimal

from dentalsales.blueprint.act import Act
from dentalsales.registers.customers import Customer
from dentalsales.registers.orders.record import ZERO, Order, OrderLine
from dentalsales.registers.prices import Prices, list_prices, priced_in
from dentalsales.registers.products import Product
from dentalsales.registers.special_prices import special_prices


def customer_brings_its_terms(order: Order, act: Act) -> None:
    """The customer fills contact, address, salesperson, terms and level, and every line is priced anew."""
    customer = act.session.get(Customer, order.customer_id or 0)
    if customer is None:
        return
    order.contact, order.phone = customer.contact, customer.phone
    order.ship_to = customer.addresses[0].address if customer.addresses else customer.address
    terms_follow_the_customer(order, customer)
    price_lines(order, order.lines, act)
    order.add_up()


def terms_follow_the_customer(order: Order, customer: Customer) -> None:
    """Copy what the card calls the customer, and what the manager decided about it, onto the paper."""
    order.customer_number, order.customer_name = customer.number or "", customer.name
    order.rep_id = customer.owner_id
    order.terms, order.terms_days = customer.terms, customer.terms_days
    order.price_level, order.sale_class = customer.price_level, customer.sale_class


def product_brings_unit_and_price(order: Order, line: OrderLine, act: Act) -> None:
    """A product brings its unit, tax rate and price; the source tells where the price comes from."""
    price_lines(order, (line,), act)


def price_lines(order: Order, lines: Iterable[OrderLine], act: Act) -> None:
    """Price some lines of an order; products and prices of all of them are read in three queries, once per act.

    The total moves by what these lines moved: adding a line costs the same whether it is the first or the thousandth.
    """
    lines = list(lines)
    before = amount_of(lines)
    ids = frozenset(line.product_id for line in lines if line.product_id)
    products = act.find(Product, ids)
    prices = _prices_now(act, order.customer_id or 0, order.price_level or "list", ids) if ids else {}
    for line in lines:
        product = products.get(line.product_id or 0)
        if product is None:
            line.keep(unit_price=None, price_source="")
        else:
            unit = line.unit if line.unit in product.units else product.usual_unit
            price, source = price_of(order, product, unit, line.is_gift, prices)
            factor = product.factor(unit) or 1
            line.keep(unit=unit, unit_price=price, price_source=source, tax_rate=product.tax_rate, factor=factor)
            line.name_it(product)
        line.price_it()
    order.total = (order.total or ZERO) + amount_of(lines) - before


def price_facts(order: Order) -> object:
    """Return what the prices of an order follow, and themselves: while it is the same they need not be found anew."""
    lines = [
        (line.product_id, line.unit, line.quantity, line.is_gift, line.unit_price, line.amount) for line in order.lines
    ]
    return order.customer_id, order.price_level, order.total, lines


def amount_of(lines: Iterable[OrderLine]) -> Decimal:
    """Return the sum of some lines."""
    return sum((line.amount or ZERO for line in lines), ZERO)


def _prices_now(act: Act, customer: int, level: str, products: frozenset[int]) -> Prices:
    """Return today's prices, whatever day the order bears: nobody picks a price by its date."""

    def read() -> Prices:
        return special_prices(act, customer, products, act.today) | list_prices(
            act, products, {level, "list"}, act.today
        )

    found: Prices = act.once(("prices", customer, level, products), read)
    return found


def price_of(order: Order, product: Product, unit: str, is_gift: bool, prices: Prices) -> tuple[Decimal | None, str]:
    """Return the price in a unit and its source: the first that has one; a gift costs nothing."""
    if is_gift:
        return ZERO, "gift"
    levels = {"special": "special", "level": order.price_level, "list": "list"}
    for source, level in levels.items():
        if source == "level" and level in ("", "list"):
            continue
        found = priced_in(product, prices.get((product.id, level), {}), unit)
        if found is not None:
            return found, source
    return None, ""


def quantity_moves_the_amount(order: Order, line: OrderLine, act: Act) -> None:
    """Amount and total follow the quantity."""
    before = line.amount or ZERO
    line.price_it()
    order.total = (order.total or ZERO) + line.amount - before
