"""Where the price of an order line comes from: contract, special price, the customer's level, the list (M36)."""

from collections.abc import Iterable
from decimal import Decimal

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.registers.agreed import Agreed
from dentalsales.registers.contracts import Contract, agreed_lines, contracts_in_force
from dentalsales.registers.customers import Customer
from dentalsales.registers.orders.agreed import COLUMNS, agreed_now, called_off, rest_for
from dentalsales.registers.orders.record import ZERO, Order, OrderLine
from dentalsales.registers.prices import Prices, list_prices, priced_in
from dentalsales.registers.products import Product


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
    prices = _prices_now(act, order.price_level or "list", ids) if ids else {}
    rest = rest_for(order, lines, act)
    for line in lines:
        product = products.get(line.product_id or 0)
        if product is None:
            line.keep(unit_price=None, price_source="", contract_id=None, special_price_id=None)
        else:
            unit = line.unit if line.unit in product.units else product.usual_unit
            factor = product.factor(unit) or 1
            taken = None if line.is_gift else rest.take(line, product, unit)
            price, source = price_of(order, product, unit, line.is_gift, prices, taken)
            line.keep(unit=unit, unit_price=price, price_source=source, tax_rate=product.tax_rate, factor=factor)
            line.keep(**{column: taken[0].paper_id if taken and taken[0].source == of else None
                         for of, column in COLUMNS.items()})  # fmt: skip
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


def _prices_now(act: Act, level: str, products: frozenset[int]) -> Prices:
    """Return today's prices, whatever day the order bears: nobody picks a price by its date."""

    def read() -> Prices:
        return list_prices(act, products, {level, "list"}, act.today)

    found: Prices = act.once(("prices", level, products), read)
    return found


def price_of(
    order: Order, product: Product, unit: str, is_gift: bool, prices: Prices, taken: tuple[Agreed, Decimal] | None
) -> tuple[Decimal | None, str]:
    """Return the price in a unit and its source: what was agreed, the level, the list; a gift costs nothing."""
    if is_gift:
        return ZERO, "gift"
    if taken is not None:
        return taken[1], taken[0].source
    for source, level in {"level": order.price_level, "list": "list"}.items():
        if source == "level" and level in ("", "list"):
            continue
        found = priced_in(product, prices.get((product.id, level), {}), unit)
        if found is not None:
            return found, source
    return None, ""


def quantity_moves_the_amount(order: Order, line: OrderLine, act: Act) -> None:
    """Amount and total follow the quantity, and so does an agreed price that holds for so many only."""
    if line.product_id and agreed_now(act, order.customer_id or 0, frozenset((line.product_id,))):
        price_lines(order, [one for one in order.lines if one.product_id == line.product_id], act)
        return
    before = line.amount or ZERO
    line.price_it()
    order.total = (order.total or ZERO) + line.amount - before


def from_contract(contract: Contract, act: Act) -> Order:
    """Begin an order with everything that is left to call off from a contract."""
    root = contract.root_id
    held = contracts_in_force(act, contract.customer_id, act.today).get(root)
    if held is None:
        raise RuleBroken(_("{number} does not hold today."), number=contract.number)
    lines = agreed_lines(act, [one.id for one in held])
    agreed = agreed_now(act, contract.customer_id, frozenset(lines))
    used = called_off(act, agreed)
    order = Order(customer_id=contract.customer_id, ordered_on=act.today, total=ZERO)
    for product, of in lines.items():
        whole = sum(line.quantity * line.factor for line in of) - used.get(("contract", root, product), 0)
        if whole >= of[0].factor:
            order.lines.append(OrderLine(product_id=product, unit=of[0].unit, quantity=whole // of[0].factor))
    if not order.lines:
        raise RuleBroken(_("Everything of {number} has been called off."), number=contract.number)
    customer_brings_its_terms(order, act)
    return order
