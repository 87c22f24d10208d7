"""What the stock room knows: lots, movements and the level of each product."""

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dentalsales.blueprint.fields import Field, choice, day, how_many, link, moment, number, price, text
from dentalsales.blueprint.record import Entry, Record
from dentalsales.blueprint.roles import COST_ROLES, QUALITY, WAREHOUSE, roles
from dentalsales.i18n import _
from dentalsales.registers.products import Product

MOVEMENT_KINDS = (
    ("in", _("Goods-in")),
    ("opening", _("Opening stock")),
    ("out", _("Dispatch")),
    ("in_reversed", _("Goods-in reversed")),
    ("out_reversed", _("Dispatch reversed")),
    ("found", _("Stock-take surplus")),
    ("loss", _("Written off")),
    ("sample", _("Sample")),
    ("sample_back", _("Sample returned")),
    ("return", _("Return")),
    ("return_reversed", _("Return reversed")),
)
RETURNED_AS = (("sound", _("Sound, back into stock")), ("spent", _("Used or damaged, not back into stock")))
"""How goods are that were outside the house."""


LABEL_ROLES = roles(WAREHOUSE, QUALITY)


class Lot(Record):
    """Goods of one product that arrived under one lot; what its papers said then stays with it."""

    __tablename__ = "lot"
    __table_args__ = (
        Index("ix_lot_pick", "product_id", "expires_on"),
        Index("ix_lot_on_hand", "on_hand", "expires_on"),
    )
    title_fields: ClassVar[tuple[str, ...]] = ("lot_no",)
    suggest_detail_fields: ClassVar[tuple[str, ...]] = ("expires_on", "on_hand")

    product_id: Mapped[int] = link(_("Product"), "product", required=True, index=False, read_only=True)
    lot_no: Mapped[str] = text(
        _("Lot"),
        length=60,
        edit_roles=LABEL_ROLES,
        search=True,
        help=_("What is empty may be entered once."),
    )
    serial_no: Mapped[str] = text(_("Serial number"), length=60, edit_roles=LABEL_ROLES, search=True)
    made_on: Mapped[date | None] = day(_("Made on"), edit_roles=LABEL_ROLES)
    expires_on: Mapped[date | None] = day(_("Expiry"), edit_roles=LABEL_ROLES)
    on_hand: Mapped[int] = how_many(_("On hand"), default=0, read_only=True)
    condition: Mapped[str] = choice(
        _("Condition"),
        ("ok", _("Released")),
        ("waiting", _("Waiting for inspection")),
        ("failed", _("Failed")),
        ("stopped", _("Stop-sale")),
        default="ok",
        edit_roles=roles(QUALITY),
    )
    condition_reason: Mapped[str] = mapped_column(
        String(200),
        nullable=False,
        default="",
        server_default="",
        info={"field": Field("text", _("Reason of the condition"), length=200, edit_roles=roles(QUALITY))},
    )
    registration: Mapped[str] = text(_("Registration or filing number"), length=60, read_only=True)
    registrant: Mapped[str] = text(_("Registrant or filer"), read_only=True)
    maker: Mapped[str] = text(_("Maker"), read_only=True)
    maker_licence: Mapped[str] = text(_("Maker's licence number"), length=80, read_only=True)
    supplier_id: Mapped[int | None] = link(_("Supplier"), "supplier", read_only=True)
    arrived_on: Mapped[date | None] = day(_("Arrived on"), read_only=True)
    cost: Mapped[Decimal | None] = price(
        _("Cost per smallest unit"), default=None, minimum=0, see_roles=COST_ROLES, edit_roles=COST_ROLES
    )

    product: Mapped[Product] = relationship(foreign_keys="Lot.product_id")

    @property
    def printed_number(self) -> str:
        """The number by which the goods are known, of those that stand on them."""
        return self.lot_no or self.serial_no


class Movement(Entry):
    """One row of the movement ledger; quantities in smallest units, negative when goods leave."""

    __tablename__ = "movement"

    lot_id: Mapped[int] = link(_("Lot"), "lot", required=True)
    product_id: Mapped[int] = link(_("Product"), "product", required=True)
    quantity: Mapped[int] = how_many(_("Quantity"), required=True, total=True)
    kind: Mapped[str] = choice(_("Kind"), *MOVEMENT_KINDS, default="in")
    paper: Mapped[str] = text(_("Paper"), length=40, search=True)
    paper_register: Mapped[str] = mapped_column(String(40), nullable=False, default="")
    paper_line_id: Mapped[int | None] = mapped_column(Integer, index=True)
    on: Mapped[date] = day(_("Date"), required=True)
    at: Mapped[datetime] = moment(_("At"), required=True)
    employee_id: Mapped[int | None] = link(_("By"), "employee", index=False)


class StockLevel(Record):
    """What is there of a product, in smallest units, and what is promised to orders."""

    __tablename__ = "stock_level"
    title_fields: ClassVar[tuple[str, ...]] = ("product_id",)

    product_id: Mapped[int] = link(_("Product"), "product", required=True, read_only=True, index=False)
    on_hand: Mapped[int] = how_many(_("On hand"), default=0, read_only=True)
    reserved: Mapped[int] = number(_("Reserved"), default=0, read_only=True)

    product: Mapped[Product] = relationship(foreign_keys="StockLevel.product_id")
    __table_args__ = (Index("uq_stock_level_product_id", "product_id", unique=True),)
