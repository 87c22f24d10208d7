"""What may be sold today, and what is promised to orders."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, func, or_, select, update

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.among import one_of, placed, places_for
from dentalsales.registers.products import Product
from dentalsales.registers.stock.record import Lot, StockLevel


def last_sale_day(act: Act) -> date:
    """Return the earliest expiry a lot must have to be sold today; the last day of sale is a setting."""
    days = int(act.setting("minimum_shelf_days"))
    extra = 1 if act.setting("last_sale_day") == "before" else 0
    return act.today + timedelta(days=days + extra)


def may_be_sold(act: Act, lot: Lot) -> bool:
    """Say whether goods of a lot may be sold today: it is released and has not expired."""
    return lot.condition == "ok" and (lot.expires_on is None or lot.expires_on >= last_sale_day(act))


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
    """Return what may still be promised of each product, in one query."""
    wanted = list(set(products))
    if not wanted:
        return {}
    asked = {"last_sale_day": last_sale_day(act), **placed("product", wanted)}
    found = act.session.connection().execute(_available(places_for(wanted)), asked).all()
    return dict.fromkeys(wanted, 0) | {product: int(left) for product, left in found}


def available_in(level: Any, day: Any) -> Any:
    """Return the SQL of what may still be promised of the product of a level; `day` is the last sale day."""
    return _sellable(level.product_id, day).correlate(level).scalar_subquery() - level.reserved


def _sellable(product: Any, day: Any) -> Select[Any]:
    return select(func.coalesce(func.sum(_LOT.on_hand), 0)).where(
        _LOT.product_id == product,
        _LOT.condition == "ok",
        or_(_LOT.expires_on.is_(None), _LOT.expires_on >= day),
    )


_LOT: Any = Lot.__table__.c
_LEVEL: Any = StockLevel.__table__.c
_PRODUCT: Any = Product.__table__.c
_SELLABLE = _sellable(_PRODUCT.id, bindparam("last_sale_day")).scalar_subquery()
_RESERVED = select(_LEVEL.reserved).where(_LEVEL.product_id == _PRODUCT.id).scalar_subquery()


@lru_cache
def _available(products: int) -> Select[Any]:
    left = _SELLABLE - func.coalesce(_RESERVED, 0)
    return select(_PRODUCT.id, left).where(one_of(_PRODUCT.id, "product", products))


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
    rows = [{"of_product": product, "more": quantities[product]} for product in sorted(quantities)]
    connection = act.session.connection()
    if rows and connection.execute(_MORE_RESERVED, rows).rowcount != len(rows):
        made = levels_are_there(act, quantities)
        missed = [row for row in rows if row["of_product"] in made]
        if missed:
            connection.execute(_MORE_RESERVED, missed)


_MORE_RESERVED = (
    update(StockLevel.__table__)  # type: ignore[arg-type]
    .where(_LEVEL.product_id == bindparam("of_product"))
    .values(reserved=_LEVEL.reserved + bindparam("more"))
)


def levels_are_there(act: Act, products: Iterable[int]) -> set[int]:
    """Make sure that every product has a row of its level; return the products that had none."""
    wanted = set(products)
    there = set(act.session.scalars(select(StockLevel.product_id).where(StockLevel.product_id.in_(wanted))))
    for product in sorted(wanted - there):
        act.session.add(StockLevel(product_id=product, on_hand=0, reserved=0))
    if wanted - there:
        act.session.flush()
    return wanted - there
