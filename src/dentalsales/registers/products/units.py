"""The units that a line may name of its product."""

from typing import Any

from sqlalchemy import select

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.registers.products.record import Product


def unit_choices(line: object, act: Act) -> tuple[tuple[str, str], ...]:
    """Return the units of the product that a line names."""
    product = act.session.get(Product, getattr(line, "product_id", None) or 0)
    return tuple((unit, unit) for unit in product.units) if product else ()


def units_of_all(act: Act) -> dict[int, tuple[str, ...]]:
    """Return the units of every product, the usual one first."""
    columns = (Product.id, Product.unit, Product.pack_unit, Product.sells_by_pack)
    found: dict[int, tuple[str, ...]] = {}
    for product, unit, pack, by_pack in act.session.execute(select(*columns)):
        found[product] = (unit,) if not pack else (pack, unit) if by_pack else (unit, pack)
    return found


def factor_of(line: Any, act: Act) -> int:
    """Return how many smallest units one unit of the line holds; RuleBroken when the product has no such unit."""
    product = act.session.get_one(Product, line.product_id)
    factor = product.factor(line.unit)
    if factor is None:
        raise RuleBroken(
            _("{product} is not sold by “{unit}”. Choose {units}."),
            field="unit",
            product=product.record_title,
            unit=line.unit,
            units=" / ".join(product.units),
        )
    return factor
