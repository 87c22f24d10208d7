"""Goods that came and have to leave again on paper: only while they are there, and promised to nobody."""

from collections.abc import Iterable
from typing import Any

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import Text
from dentalsales.registers.products import Product
from dentalsales.registers.stock.promises import available_of, may_be_sold


def all_is_still_there(lines: Iterable[Any], said: Text) -> None:
    """Refuse lines (lot, quantity, factor) whose lot no longer holds what came; `said` may name {lot}."""
    for line in lines:
        if line.lot is None or line.lot.on_hand < line.quantity * line.factor:
            raise RuleBroken(said, lot=line.lot_no or "-")


def nothing_is_promised(lines: Iterable[Any], act: Act, said: Text) -> None:
    """Refuse lines (product_id, lot, quantity, factor) whose goods orders wait for; `said` may name {product}.

    Goods of a lot that may not be sold were promised to nobody.
    """
    leaving: dict[int, int] = {}
    for line in (one for one in lines if may_be_sold(act, one.lot)):
        leaving[line.product_id] = leaving.get(line.product_id, 0) + line.quantity * line.factor
    there = available_of(act, leaving)
    for product_id, quantity in leaving.items():
        if there[product_id] < quantity:
            raise RuleBroken(said, product=act.session.get_one(Product, product_id).record_title)
