"""What a return holds: lines of one dispatch note that came back, with the words they left with."""

from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey, Integer
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dentalsales.blueprint.fields import (
    BY_STEP,
    attachments,
    choice,
    day,
    how_many,
    lines,
    link,
    money,
    note,
    part_of,
    price,
    text,
)
from dentalsales.blueprint.record import Line, Tracked
from dentalsales.i18n import _, c_
from dentalsales.registers.dispatch_notes import DispatchLine, DispatchNote
from dentalsales.registers.orders import Order
from dentalsales.registers.products import Product
from dentalsales.registers.stock import RETURNED_AS, Lot

ZERO = Decimal("0.00")
CAME = ("received", "credited")
"""States in which the goods are back."""


class ReturnLine(Line):
    """Goods of one line of the dispatch note; what is sound goes back into the lot it came from."""

    __tablename__ = "goods_return_line"

    goods_return_id: Mapped[int] = part_of("goods_return")
    dispatch_line_id: Mapped[int] = mapped_column(ForeignKey("dispatch_line.id", ondelete="RESTRICT"), index=True)
    product_id: Mapped[int] = link(_("Product"), "product", required=True, read_only=True)
    unit: Mapped[str] = text(_("Unit"), length=10, read_only=True)
    quantity: Mapped[int] = how_many(_("Quantity"), required=True, minimum=1)
    returned_as: Mapped[str] = choice(c_("returns", "Condition"), *RETURNED_AS, required=True)
    lot_no: Mapped[str] = text(_("Lot or serial number"), length=60, read_only=True)
    expires_on: Mapped[date | None] = day(_("Expiry"), read_only=True)
    registration: Mapped[str] = text(_("Registration or filing number"), length=60, read_only=True)
    unit_price: Mapped[Decimal] = price(_("Unit price"), read_only=True)
    amount: Mapped[Decimal] = money(_("Amount"), read_only=True, total=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id", ondelete="RESTRICT"), index=True)
    factor: Mapped[int] = mapped_column(Integer, nullable=False, default=1)
    """Smallest units in one unit, as it was when they were sold."""

    dispatch_line: Mapped[DispatchLine] = relationship(foreign_keys="ReturnLine.dispatch_line_id")
    product: Mapped[Product] = relationship(foreign_keys="ReturnLine.product_id")
    lot: Mapped[Lot] = relationship(foreign_keys="ReturnLine.lot_id")


class GoodsReturn(Tracked):
    """What came back of one dispatch note on one day."""

    __tablename__ = "goods_return"

    customer_id: Mapped[int] = link(_("Customer"), "customer", required=True, read_only=True)
    order_id: Mapped[int] = link(_("Order"), "order", required=True, read_only=True)
    dispatch_note_id: Mapped[int] = link(_("Dispatch note"), "dispatch_note", required=True, read_only=True)
    returned_on: Mapped[date] = day(c_("returns", "Returned on"), required=True, default="today", enter_skips=True)
    reason: Mapped[str] = choice(
        _("Reason"), ("quality", c_("returns", "Quality")), ("near_expiry", _("Near expiry")),
        ("wrong", _("Wrong goods")), ("surplus", _("Not needed any more")), ("other", _("Other")), required=True,
    )  # fmt: skip
    remarks: Mapped[str] = note(_("Notes"))
    lines: Mapped[list[ReturnLine]] = lines(
        _("Goods"), "ReturnLine", "product_id", "unit", "quantity", "returned_as", "lot_no", "expires_on",
        "unit_price", "amount", "registration", required=True, grows=False, shrinks=True,
    )  # fmt: skip
    total: Mapped[Decimal] = money(_("Total"), read_only=True, total=True)
    credited_on: Mapped[date | None] = day(_("Credited on"), **BY_STEP)

    files = attachments()
    order: Mapped[Order] = relationship(foreign_keys="GoodsReturn.order_id")
    dispatch_note: Mapped[DispatchNote] = relationship(foreign_keys="GoodsReturn.dispatch_note_id")

    @property
    def dispatched_on(self) -> date:
        """The day on which the goods left."""
        return self.dispatch_note.dispatched_on

    def add_up(self) -> None:
        """Keep the total in step with the lines."""
        self.total = sum((line.amount or ZERO for line in self.lines), ZERO)
