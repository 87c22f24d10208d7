"""Where the price of an order line comes from: approved special price, the customer's level, the list (M36)."""

from dentalsales.blueprint.act import Act
from dentalsales.registers.customers import Customer
from dentalsales.registers.orders.record import ZERO, Order, OrderLine
from dentalsales.registers.prices import list_price
from dentalsales.registers.products import Product
from dentalsales.registers.special_prices import special_price


def customer_brings_its_terms(order: Order, act: Act) -> None:
    """The customer fills contact, address, salesperson, terms and level, and every line is priced anew."""
    customer = act.session.get(Customer, order.customer_id or 0)
    if customer is None:
        return
    order.contact, order.phone = customer.contact, customer.phone
    order.ship_to = customer.addresses[0].address if customer.addresses else customer.address
    terms_follow_the_customer(order, customer)
    for line in order.lines:
        product_brings_unit_and_price(order, line, act)


def terms_follow_the_customer(order: Order, customer: Customer) -> None:
    """Copy what the manager decided about the customer onto the paper."""
    order.rep_id = customer.owner_id
    order.terms, order.terms_days = customer.terms, customer.terms_days
    order.price_level, order.sale_class = customer.price_level, customer.sale_class


def product_brings_unit_and_price(order: Order, line: OrderLine, act: Act) -> None:
    """A product brings its unit, tax rate and price; the source tells where the price comes from."""
    product = act.session.get(Product, line.product_id or 0)
    if product is None:
        line.unit_price, line.price_source, line.amount = None, "", ZERO
        order.add_up()
        return
    if line.unit not in product.units:
        line.unit = product.usual_unit
    line.tax_rate, line.factor = product.tax_rate, product.factor(line.unit) or 1
    set_price(order, line, product, act)
    quantity_moves_the_amount(order, line, act)


def set_price(order: Order, line: OrderLine, product: Product, act: Act) -> None:
    """Take the first source that has a price; a gift costs nothing."""
    line.unit_price, line.price_source = None, ""
    if line.is_gift:
        line.unit_price, line.price_source = ZERO, "gift"
        return
    on = order.ordered_on or act.today
    special = special_price(act, order.customer_id or 0, product, line.unit, on)
    sources = [("special", special)]
    if special is None and order.price_level not in ("", "list"):
        sources.append(("level", list_price(act, product, order.price_level, line.unit, on)))
    if all(found is None for _source, found in sources):
        sources.append(("list", list_price(act, product, "list", line.unit, on)))
    for source, found in sources:
        if found is not None:
            line.unit_price, line.price_source = found, source


def quantity_moves_the_amount(order: Order, line: OrderLine, act: Act) -> None:
    """Amount and total follow the quantity."""
    line.price_it()
    order.add_up()
