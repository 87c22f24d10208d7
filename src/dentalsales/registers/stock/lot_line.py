"""Lines of papers whose goods come out of one lot: which may be chosen, and whether its goods may leave."""

from typing import Any

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.registers.stock.promises import last_sale_day
from dentalsales.registers.stock.record import Lot


def lots_of_the_product(act: Act, line: Any) -> Any:
    """Limit the lot picker to the line's product and what is there."""
    return (Lot.product_id == line.product_id) & (Lot.on_hand > 0)


def the_lot_may_leave(index: int, line: Any, act: Act) -> Lot:
    """Return the lot of a line; RuleBroken unless it is one of its product that is released and not expired."""
    lot: Lot | None = line.lot
    words: dict[str, Any] = {"field": f"lines.{index}.lot_id", "line": index + 1}
    if lot is None or lot.product_id != line.product_id:
        raise RuleBroken(_("Line {line}: choose the lot of {product}."), product=line.product.record_title, **words)
    if lot.condition != "ok":
        said = _("Line {line}: lot {lot} is not released. Take another lot.")
        if lot.condition == "stopped":
            said = _("Line {line}: the sale of lot {lot} is stopped: {reason}. Take another lot.")
        raise RuleBroken(said, lot=lot.printed_number, reason=lot.condition_reason, **words)
    if lot.expires_on is not None and lot.expires_on < last_sale_day(act):
        said = _("Line {line}: lot {lot} expires {expiry} and can't be sold. Take another lot.")
        raise RuleBroken(said, lot=lot.printed_number, expiry=lot.expires_on, **words)
    return lot
