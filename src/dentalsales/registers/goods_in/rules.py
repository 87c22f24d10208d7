"""What must hold before goods are received, or sent back on paper."""

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.registers.goods_in.record import GoodsIn
from dentalsales.registers.products import Product, factor_of
from dentalsales.registers.stock import all_is_still_there, last_sale_day, nothing_is_promised, other_expiry


def lots_and_expiries_are_there(paper: GoodsIn, act: Act) -> None:
    """Goods that have lots name them; regulated goods with a shelf life name their expiry."""
    for index, line in enumerate(paper.lines):
        product = act.session.get_one(Product, line.product_id)
        factor_of(line, act)
        if product.has_lot and not (line.lot_no or line.serial_no):
            raise RuleBroken(
                _("Line {line}: enter the lot of {product}."),
                field=f"lines.{index}.lot_no",
                line=index + 1,
                product=product.record_title,
            )
        if (other := other_expiry(act, product.id, line.lot_no, line.expires_on)) is not None:
            act.warn(
                _("Line {line}: lot {lot} of {product} came with the expiry {other} before. Check the goods."),
                line=index + 1,
                lot=line.lot_no,
                product=product.record_title,
                other=other,
            )
        if product.shelf_life_months and not line.expires_on:
            raise RuleBroken(
                _("Line {line}: enter the expiry of {product}."),
                field=f"lines.{index}.expires_on",
                line=index + 1,
                product=product.record_title,
            )


def the_same_goods_twice_are_said(paper: GoodsIn, act: Act) -> None:
    """Two lines of one lot are often one too many; another lot, or another unit, is a line of its own."""
    if paper.state not in ("", "draft"):
        return
    first: dict[tuple[object, ...], int] = {}
    for index, line in enumerate(paper.lines):
        before = first.setdefault((line.product_id, line.unit, line.lot_no, line.serial_no), index)
        if before != index:
            act.warn(
                _("Line {line}: {product} with lot {lot} stands on line {other} already."),
                line=index + 1,
                product=act.session.get_one(Product, line.product_id).record_title,
                lot=line.lot_no or line.serial_no or "-",
                other=before + 1,
            )


def they_have_come(paper: GoodsIn, act: Act) -> None:
    """Goods are received when they are there, and were made before; those that expired can only be sent back."""
    if paper.arrived_on > act.today:
        raise RuleBroken(_("The day lies in the future. Enter the day on which the goods came."), field="arrived_on")
    for index, line in enumerate(paper.lines):
        words = {"line": index + 1, "product": act.session.get_one(Product, line.product_id).record_title}
        if line.made_on and line.made_on > paper.arrived_on:
            raise RuleBroken(
                _("Line {line}: {product} was made after it arrived. Check the day."),
                field=f"lines.{index}.made_on",
                **words,
            )
        if line.expires_on and line.expires_on < last_sale_day(act):
            act.warn(
                _("Line {line}: lot {lot} of {product} expires {expiry} and can't be sold."),
                lot=line.lot_no or line.serial_no,
                expiry=line.expires_on,
                **words,
            )


def goods_are_still_there(paper: GoodsIn, act: Act) -> None:
    """Goods that were sold or moved cannot be sent back on paper."""
    all_is_still_there(paper.lines, _("Some goods of lot {lot} have left already, so this goods-in stays."))


def goods_are_not_promised(paper: GoodsIn, act: Act) -> None:
    """Goods that orders wait for stay."""
    nothing_is_promised(paper.lines, act, _("{product} is promised to orders, so this goods-in stays."))
