"""What an order asks for and the store has not: amber beside the quantity as it is typed, long before the consent."""

from collections.abc import Iterator

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.rules import Caution
from dentalsales.i18n import _
from dentalsales.registers.orders.record import Order
from dentalsales.registers.products import Product
from dentalsales.registers.stock import available_of


def stock_may_not_do(order: Order, act: Act) -> Iterator[Caution]:
    """Yield the lines of a draft whose product is short, all its lines taken together."""
    if order.state not in ("", None, "entered", "waiting"):
        return
    needed: dict[int, int] = {}
    lines: list[tuple[int, int]] = []
    for index, line in enumerate(order.lines):
        if isinstance(line.product_id, int) and isinstance(line.quantity, int):  # pasted words may stand there
            needed[line.product_id] = needed.get(line.product_id, 0) + line.open * (line.factor or 1)
            lines.append((index, line.product_id))
    there = available_of(act, needed) if needed else {}
    products = act.find(Product, [product for product, left in there.items() if left < needed[product]])
    for index, product in lines:
        if product in products:
            said = _("Available: {left} {unit}. Needed: {needed} {unit}.").fill(
                left=max(there[product], 0), needed=needed[product], unit=products[product].unit
            )
            yield Caution(said, f"lines.{index}.quantity")
