"""What may be sold today, and what is promised to orders."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import bindparam, func, or_, select, update

from dentalsales.blueprint.act import Act
from dentalsales.registers.stock.record import Lot, StockLevel


def last_sale_day(act: Act) -> date:
    """Return the earliest expiry a lot must have to be sold today; the last day of sale is a setting."""
    days = int(act.setting("minimum_shelf_days"))
    extra = 1 if act.setting("last_sale_day") == "before" else 0
    return act.today + timedelta(days=days + extra)


def sellable_lots(act: Act, product_id: int) -> list[Lot]:
    """Return the lots that may be sold now, first expiry first; lots without expiry last."""
    query = (
        select(Lot)
        .where(
            Lot.product_id == product_id,
            Lot.on_hand > 0,
            Lot.condition == "ok",
            or_(Lot.expires_on.is_(None), Lot.expires_on >= last_sale_day(act)),
        )
        .order_by(Lot.expires_on.is_(None), Lot.expires_on, Lot.id)
    )
    return list(act.session.scalars(query))


def available(act: Act, product_id: int) -> int:
    """Return what may still be promised: sellable on hand less reserved, in smallest units."""
    return available_of(act, (product_id,))[product_id]


def available_of(act: Act, products: Iterable[int]) -> dict[int, int]:
    """Return what may still be promised of each product, in two queries."""
    wanted = set(products)
    lots = (
        select(Lot.product_id, func.sum(Lot.on_hand))
        .where(
            Lot.product_id.in_(wanted),
            Lot.condition == "ok",
            or_(Lot.expires_on.is_(None), Lot.expires_on >= last_sale_day(act)),
        )
        .group_by(Lot.product_id)
    )
    levels = select(StockLevel.product_id, StockLevel.reserved).where(StockLevel.product_id.in_(wanted))
    sellable = {product: int(total) for product, total in act.session.execute(lots)}
    reserved = {product: int(total) for product, total in act.session.execute(levels)}
    return {product: sellable.get(product, 0) - reserved.get(product, 0) for product in wanted}


def reserve(act: Act, wanted: Mapping[int, int]) -> list[int]:
    """Promise so many smallest units of each product; return the products that are short, and then promise nothing.

    The rows are taken before they are read, in one order, so that two clerks cannot promise the last box twice.
    """
    with act.session.no_autoflush:
        _add_reserved(act, wanted)
        left = available_of(act, wanted)
        short = [product for product in wanted if left[product] < 0]
        if short:
            _add_reserved(act, {product: -quantity for product, quantity in wanted.items()})
    return short


def give_back(act: Act, promised: Mapping[int, int]) -> None:
    """Take back a promise of so many smallest units of each product."""
    _add_reserved(act, {product: -quantity for product, quantity in promised.items()})


def _add_reserved(act: Act, quantities: Mapping[int, int]) -> None:
    levels_are_there(act, quantities)
    table: Any = StockLevel.__table__
    statement = (
        update(table)
        .where(table.c.product_id == bindparam("of_product"))
        .values(reserved=table.c.reserved + bindparam("more"))
    )
    rows = [{"of_product": product, "more": quantities[product]} for product in sorted(quantities)]
    if rows:
        act.session.connection().execute(statement, rows)


def levels_are_there(act: Act, products: Iterable[int]) -> None:
    """Make sure that every product has a row of its level."""
    wanted = set(products)
    there = set(act.session.scalars(select(StockLevel.product_id).where(StockLevel.product_id.in_(wanted))))
    for product in sorted(wanted - there):
        act.session.add(StockLevel(product_id=product, on_hand=0, reserved=0))
    if wanted - there:
        act.session.flush()
