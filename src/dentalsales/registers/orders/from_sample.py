"""An order that begins from samples which the customer liked: the same goods, as many as a month needs."""

from dentalsales.blueprint.act import Act
from dentalsales.registers.orders.pricing import customer_brings_its_terms
from dentalsales.registers.orders.record import ZERO, Order, OrderLine
from dentalsales.registers.samples import Sample


def order_of_samples(sample: Sample, act: Act) -> Order:
    """Begin an order of what was tried: the expected monthly use, or else what was sent."""
    order = Order(customer_id=sample.customer_id, ordered_on=act.today, channel="visit", total=ZERO)
    for line in sample.lines:
        wanted = line.monthly_use or line.quantity
        order.lines.append(OrderLine(product_id=line.product_id, unit=line.unit, quantity=wanted, is_gift=False))
    customer_brings_its_terms(order, act)
    return order
