"""The units that a line may name of its product."""

from typing import Any

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.registers.products.record import Product


def unit_choices(line: object, act: Act) -> tuple[tuple[str, str], ...]:
    """Return the units of the product that a line names."""
    product = act.session.get(Product, getattr(line, "product_id", None) or 0)
    return tuple((unit, unit) for unit in product.units) if product else ()


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
