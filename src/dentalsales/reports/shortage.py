"""What is there of every product against what was ordered: one query for the reports that warn of too little."""

from typing import Any

from sqlalchemy import Subquery, func, or_, select

from dentalsales.blueprint.act import Act
from dentalsales.registers.orders import Order, OrderLine
from dentalsales.registers.products import Product
from dentalsales.registers.stock import Lot, StockLevel, last_sale_day

PROMISED = ("stock_confirmed", "reviewed", "paid", "billed", "part_sent")
"""States of an order whose goods are reserved."""


def sellable(act: Act) -> Subquery:
    """Return by product what may be sold now, in smallest units."""
    return (
        select(Lot.product_id, func.sum(Lot.on_hand).label("quantity"))
        .where(Lot.on_hand > 0, Lot.condition == "ok",
               or_(Lot.expires_on.is_(None), Lot.expires_on >= last_sale_day(act)))
        .group_by(Lot.product_id)
        .subquery()
    )  # fmt: skip


def available(lots: Subquery) -> Any:
    """Return the expression of what may still be promised: sellable less reserved."""
    return func.coalesce(lots.c.quantity, 0) - func.coalesce(StockLevel.reserved, 0)


def open_quantities(*states: str) -> Subquery:
    """Return by product what orders in these states still want, in smallest units, and the first day it is wanted."""
    return (
        select(
            OrderLine.product_id,
            func.sum((OrderLine.quantity - OrderLine.sent) * OrderLine.factor).label("quantity"),
            func.min(Order.deliver_by).label("wanted_on"),
            func.count(Order.id.distinct()).label("orders"),
        )
        .join(Order, Order.id == OrderLine.order_id)
        .where(Order.state.in_(states), OrderLine.quantity > OrderLine.sent)
        .group_by(OrderLine.product_id)
        .subquery()
    )


def products_below_minimum(act: Act) -> int:
    """Return how many products that are sold have less available than their minimum stock."""
    lots = sellable(act)
    query = (
        select(func.count())
        .select_from(Product)
        .outerjoin(lots, lots.c.product_id == Product.id)
        .outerjoin(StockLevel, StockLevel.product_id == Product.id)
        .where(Product.minimum_stock > 0, Product.disabled.is_(False), available(lots) < Product.minimum_stock)
    )
    return act.session.scalar(query) or 0
