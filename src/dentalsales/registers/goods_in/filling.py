"""What follows while an arrival is filled in."""

from dentalsales.blueprint.act import Act
from dentalsales.registers.goods_in.record import GoodsIn, GoodsInLine
from dentalsales.registers.products import Product


def the_usual_unit(paper: GoodsIn, line: GoodsInLine, act: Act) -> None:
    """A product brings its usual unit."""
    product = act.session.get(Product, line.product_id or 0)
    if product is not None and line.unit not in product.units:
        line.unit = product.usual_unit
