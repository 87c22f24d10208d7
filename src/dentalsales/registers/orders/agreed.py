"""What is left of agreed prices: contracts and special prices hold within their quantities, line by line."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, case, func, select

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.among import one_of, one_of_these, placed, places_for
from dentalsales.blueprint.rules import Caution, RuleBroken
from dentalsales.i18n import _
from dentalsales.registers.agreed import Agreed, AgreedPrices
from dentalsales.registers.contracts import contract_prices, contracts_in_force
from dentalsales.registers.customers import Customer
from dentalsales.registers.orders.record import Order, OrderLine
from dentalsales.registers.prices import priced_in
from dentalsales.registers.products import Product
from dentalsales.registers.special_prices import special_prices

WHOLE = ("stock_confirmed", "reviewed", "paid", "billed", "part_sent")
"""States in which an order calls off all that it says; afterwards it has called off what was sent."""
SENT = ("sent", "delivered", "closed", "reversed")
COLUMNS = {"contract": "contract_id", "special": "special_price_id"}
_ORDER: Any = Order.__table__.c
_LINE: Any = OrderLine.__table__.c


class Rest:
    """What is left of each agreement while the lines of an order take from it, one after the other."""

    def __init__(self, agreed: AgreedPrices, used: dict[tuple[str, int, int], int]) -> None:
        self.agreed, self._used = agreed, dict(used)

    def left(self, one: Agreed, product: int) -> int | None:
        """Return the smallest units that are left; None without limit."""
        if one.quantity is None:
            return None
        return max(one.quantity - self._used.get((one.source, one.paper_id, product), 0), 0)

    def take(self, line: OrderLine, product: Product, unit: str) -> tuple[Agreed, Decimal] | None:
        """Return the first agreement that covers the whole line, with its price in the unit, and take it from there."""
        needed = (line.quantity or 0) * (product.factor(unit) or 1)
        for one in self.agreed.get(line.product_id, ()):
            price = priced_in(product, dict(one.prices), unit)
            if price is None:
                continue
            left = self.left(one, line.product_id)
            if left is None or (left > 0 and left >= needed):
                self.use(one.source, one.paper_id, line.product_id, needed)
                return one, price
        return None

    def use(self, source: str, paper: int, product: int, quantity: int) -> None:
        """Take a quantity away."""
        key = (source, paper, product)
        self._used[key] = self._used.get(key, 0) + quantity


def rest_for(order: Order, lines: Iterable[OrderLine], act: Act) -> Rest:
    """Return what is left for some lines of an order: what other orders and its other lines call off is taken away."""
    lines = list(lines)
    products = frozenset(line.product_id for line in lines if line.product_id)
    agreed = agreed_now(act, order.customer_id or 0, products)
    rest = Rest(agreed, act.once(("called off", order.customer_id, products), lambda: called_off(act, agreed)))
    if agreed:
        mine = {id(line) for line in lines}
        for other in order.lines:
            if id(other) not in mine and other.product_id in products:
                for source, column in COLUMNS.items():
                    if paper := getattr(other, column):
                        rest.use(source, paper, other.product_id, (other.quantity or 0) * (other.factor or 1))
    return rest


def agreed_now(act: Act, customer: int, products: frozenset[int]) -> AgreedPrices:
    """Return what is agreed today about products: contracts before special prices."""

    def read() -> AgreedPrices:
        found = contract_prices(act, customer, products, act.today)
        for product, special in special_prices(act, customer, products, act.today).items():
            found.setdefault(product, []).extend(special)
        return found

    found: AgreedPrices = act.once(("agreed", customer, products), read) if products else {}
    return found


def called_off(act: Act, agreed: AgreedPrices) -> dict[tuple[str, int, int], int]:
    """Return (source, paper, product) -> smallest units that orders called off; nothing is asked without a limit."""
    found: dict[tuple[str, int, int], int] = {}
    for source in COLUMNS:
        papers = {one.paper_id for every in agreed.values() for one in every
                  if one.source == source and one.quantity is not None}  # fmt: skip
        if papers:
            for paper, product, quantity in act.session.connection().execute(
                _called(source, places_for(papers)), placed("paper", list(papers))
            ):
                found[source, paper, product] = int(quantity or 0)
    return found


@lru_cache
def _called(source: str, papers: int) -> Select[Any]:
    paper = _LINE[COLUMNS[source]]
    whole = one_of_these(_ORDER.state, WHOLE)
    quantity = func.sum(case((whole, _LINE.quantity), else_=_LINE.sent) * _LINE.factor)
    return (
        select(paper, _LINE.product_id, quantity)
        .join(Order.__table__, _ORDER.id == _LINE.order_id)
        .where(one_of(paper, "paper", papers), one_of_these(_ORDER.state, (*WHOLE, *SENT)))
        .group_by(paper, _LINE.product_id)
    )


def more_than_was_agreed(order: Order, act: Act) -> Iterator[Caution]:
    """Yield the lines of a draft whose quantity passes what is left of an agreed price: they have another one."""
    if order.state not in ("", None, "entered", "waiting"):
        return
    outside = [
        (index, line)
        for index, line in enumerate(order.lines)
        if isinstance(line.product_id, int) and line.price_source not in (*COLUMNS, "gift") and line.quantity
    ]
    if not outside or not agreed_now(act, order.customer_id or 0, frozenset(line.product_id for _i, line in outside)):
        return
    for index, line in outside:
        rest = rest_for(order, (line,), act)
        for one in rest.agreed.get(line.product_id, ())[:1]:
            left = (rest.left(one, line.product_id) or 0) // (line.factor or 1)
            said = _("{number} has only {left} {unit} left: this line has another price. Split the line.")
            yield Caution(said.fill(number=one.number, left=left, unit=line.unit), f"lines.{index}.quantity")


def an_effective_contract_is_there(order: Order, act: Act) -> None:
    """Where the company wants a contract for each order, a customer without an effective one is refused (PS5, C5).

    A contract on services is none on goods.
    """
    if not act.setting("contract_required"):
        return
    held = contracts_in_force(act, order.customer_id, act.today)
    if any(paper.kind != "service" for papers in held.values() for paper in papers):
        return
    raise RuleBroken(
        _("{name} has no effective contract on goods. Orders need one; begin it under “Contracts”."),
        field="customer_id",
        name=act.session.get_one(Customer, order.customer_id).name,
    )
