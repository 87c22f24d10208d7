"""Goods come and go: one movement, with lot and level kept in step."""

from datetime import date

from sqlalchemy import update

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.registers.stock.promises import levels_are_there
from dentalsales.registers.stock.record import Lot, Movement, StockLevel


def move_goods(
    act: Act,
    lot: Lot,
    quantity_: int,
    kind: str,
    paper: str,
    register: str,
    line_id: int | None,
    on: date | None = None,
) -> None:
    """Write a movement and keep lot and level in step; RuleBroken when the lot has not enough."""
    act.session.flush()
    taken = act.session.execute(
        update(Lot).where(Lot.id == lot.id, Lot.on_hand + quantity_ >= 0).values(on_hand=Lot.on_hand + quantity_)
    )
    if taken.rowcount == 0:  # type: ignore[attr-defined]
        raise RuleBroken(
            _("Lot {lot} of {product} has only {left} left. Take another lot."),
            lot=lot.lot_no or "-",
            product=lot.product.record_title,
            left=lot.on_hand,
        )
    levels_are_there(act, (lot.product_id,))
    act.session.execute(
        update(StockLevel).where(StockLevel.product_id == lot.product_id).values(on_hand=StockLevel.on_hand + quantity_)
    )
    act.session.refresh(lot, ["on_hand"])
    act.session.add(
        Movement(
            lot_id=lot.id,
            product_id=lot.product_id,
            quantity=quantity_,
            kind=kind,
            paper=paper,
            paper_register=register,
            paper_line_id=line_id,
            on=on or act.today,
            at=act.now,
            employee_id=act.employee.id,
        )
    )
