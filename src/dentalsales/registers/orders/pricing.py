"""Where the price of an order line comes from: approved special price, the customer's level, the list (M36)."""

from collections.abc import Iterable
from decimal import Decimal

from sqlalchemy import select

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
    """Price some lines of an order; products and prices of all of them are read in three queries.

    The total moves by what these lines moved: adding a line costs the same whether it is the first or the thousandth.
    """
    lines = list(lines)
    before = amount_of(lines)
    wanted = [line for line in lines if line.product_id]
    on = act.today  # whatever day the order bears: nobody picks a price by its date
    products = [line.product_id for line in wanted]
    known = {
        product.id: product for product in act.session.scalars(select(Product).where(Product.id.in_(set(products))))
    }
    prices = special_prices(act, order.customer_id or 0, products, on) if wanted else {}
    prices |= list_prices(act, products, {order.price_level or "list", "list"}, on) if wanted else {}
    for line in lines:
        product = known.get(line.product_id or 0)
        if product is None:
            line.unit_price, line.price_source = None, ""
        else:
            if line.unit not in product.units:
                line.unit = product.usual_unit
            line.tax_rate, line.factor = product.tax_rate, product.factor(line.unit) or 1
            line.name_it(product)
            take_price(order, line, product, prices)
        line.price_it()
    order.total = (order.total or ZERO) + amount_of(lines) - before


def amount_of(lines: Iterable[OrderLine]) -> Decimal:
    """Return the sum of some lines."""
    return sum((line.amount or ZERO for line in lines), ZERO)


def take_price(order: Order, line: OrderLine, product: Product, prices: Prices) -> None:
    """Take the first source that has a price; a gift costs nothing."""
    line.unit_price, line.price_source = None, ""
    if line.is_gift:
        line.unit_price, line.price_source = ZERO, "gift"
        return
    levels = {"special": "special", "level": order.price_level, "list": "list"}
    for source, level in levels.items():
        if source == "level" and level in ("", "list"):
            continue
        found = priced_in(product, prices.get((product.id, level), {}), line.unit)
        if found is not None:
            line.unit_price, line.price_source = found, source
            return


def quantity_moves_the_amount(order: Order, line: OrderLine, act: Act) -> None:
    """Amount and total follow the quantity."""
    before = line.amount or ZERO
    line.price_it()
    order.total = (order.total or ZERO) + line.amount - before
