"""What is printed on the goods: a lot has one expiry, and what nobody entered on arrival can be entered later."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import inspect, select

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.record import has_changed
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.registers.stock.record import Lot

PRINTED = ("lot_no", "serial_no", "expires_on", "made_on")


def what_is_printed_is_entered_once(lot: Lot, act: Act) -> None:
    """The warehouse enters what was left empty on arrival; what was entered belongs to papers that were given away."""
    state = inspect(lot)
    for name in PRINTED:
        old = state.attrs[name].history.deleted
        if state.persistent and old and old[0] not in (None, ""):
            raise RuleBroken(
                _("The lot has “{old}” here already. Reverse its goods-in if that is wrong."), field=name, old=old[0]
            )
    if lot.made_on and lot.expires_on and lot.expires_on < lot.made_on:
        raise RuleBroken(_("The expiry lies before the production date."), field="expires_on")
    with act.session.no_autoflush:
        other = other_expiry(act, lot.product_id, lot.lot_no, lot.expires_on, lot.id)
    if other is not None:
        raise RuleBroken(
            _("Lot {lot} of this product expires on {other}, not on {expiry}. Check the goods."),
            field="expires_on",
            lot=lot.lot_no,
            other=other,
            expiry=lot.expires_on,
        )


def a_condition_says_why(lot: Lot, act: Act) -> None:
    """Who stops a lot, or lets it be sold again, says why; the history keeps who and when."""
    if has_changed(lot, "condition") and not (lot.condition_reason.strip() and has_changed(lot, "condition_reason")):
        raise RuleBroken(_("Enter the reason of the condition."), field="condition_reason")


def other_expiry(
    act: Act, product_id: int, lot_no: str, expires_on: date | None, but: int | None = None
) -> date | None:
    """Return the expiry that the same lot of a product already has, when it is another day."""
    if not lot_no or expires_on is None:
        return None
    return act.session.scalar(
        select(Lot.expires_on).where(
            Lot.product_id == product_id,
            Lot.lot_no == lot_no,
            Lot.expires_on.is_not(None),
            Lot.expires_on != expires_on,
            Lot.id != (but or 0),
        )
    )


def without_any_number(act: Act, products: Iterable[int]) -> set[int]:
    """Return the products of which goods without lot and serial number are on hand."""
    wanted = set(products)
    if not wanted:
        return set()
    query = select(Lot.product_id).where(
        Lot.product_id.in_(wanted), Lot.on_hand > 0, Lot.lot_no == "", Lot.serial_no == ""
    )
    return set(act.session.scalars(query))
