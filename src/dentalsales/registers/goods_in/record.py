"""What an arrival holds: its paper, and each lot that came (Order 54, article 32)."""

from datetime import date
from decimal import Decimal

from sqlalchemy import Integer
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dentalsales.blueprint.fields import attachments, choice, day, how_many, lines, link, note, part_of, price, text
from dentalsales.blueprint.record import Line, Tracked
from dentalsales.blueprint.roles import COST_ROLES
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.registers.products import unit_choices
from dentalsales.registers.stock import Lot
from dentalsales.registers.suppliers import Supplier


class GoodsInLine(Line):
    """Goods of one product and lot."""

    __tablename__ = "goods_in_line"

    goods_in_id: Mapped[int] = part_of("goods_in")
    product_id: Mapped[int] = link(_("Product"), "product", required=True)
    unit: Mapped[str] = text(_("Unit"), required=True, length=10, choices_of=unit_choices, enter_skips=True)
    quantity: Mapped[int] = how_many(_("Quantity"), required=True, minimum=1)
    lot_no: Mapped[str] = text(_("Lot"), length=60)
    expires_on: Mapped[date | None] = day(_("Expiry"))
    made_on: Mapped[date | None] = day(_("Made on"), enter_skips=True)
    serial_no: Mapped[str] = text(_("Serial number"), length=60, enter_skips=True)
    cost: Mapped[Decimal | None] = price(
        _("Cost per unit"), default=None, minimum=0, see_roles=COST_ROLES, enter_skips=True
    )
    factor: Mapped[int] = mapped_column(Integer, nullable=False, default=1)
    """Smallest units in one unit, as it was on arrival."""
    lot_id: Mapped[int | None] = link(_("Lot made"), "lot", read_only=True)

    lot: Mapped[Lot | None] = relationship(foreign_keys="GoodsInLine.lot_id")

    def check(self) -> None:
        """Goods do not expire before they were made."""
        if self.made_on and self.expires_on and self.expires_on < self.made_on:
            raise RuleBroken(_("The expiry lies before the production date."), field="expires_on")


class GoodsIn(Tracked):
    """One arrival."""

    __tablename__ = "goods_in"

    supplier_id: Mapped[int] = link(_("Supplier"), "supplier", required=True)
    arrived_on: Mapped[date] = day(_("Arrived on"), required=True, default="today", enter_skips=True)
    kind: Mapped[str] = choice(
        _("Kind"),
        ("in", _("Purchase")),
        ("opening", _("Opening stock")),
        ("found", _("Stock-take surplus")),
        default="in",
        enter_skips=True,
    )
    delivery_note: Mapped[str] = text(_("Supplier's delivery note"), length=60)
    inspected_by: Mapped[str] = text(_("Inspected by"), length=60)
    remarks: Mapped[str] = note(_("Notes"))
    lines: Mapped[list[GoodsInLine]] = lines(
        _("Goods"),
        "GoodsInLine",
        "product_id",
        "unit",
        "quantity",
        "lot_no",
        "expires_on",
        "made_on",
        "serial_no",
        "cost",
        required=True,
    )

    files = attachments()
    supplier: Mapped[Supplier] = relationship(foreign_keys="GoodsIn.supplier_id")
