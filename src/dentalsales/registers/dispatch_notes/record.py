"""What a dispatch note holds: head, and lines by lot with the snapshot of the legal record."""

from datetime import date
from decimal import Decimal

from sqlalchemy import Index, Integer
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dentalsales.blueprint.fields import (
    CONTACT,
    PARTY,
    attachments,
    day,
    how_many,
    lines,
    link,
    money,
    note,
    part_of,
    price,
    text,
    yes_no,
)
from dentalsales.blueprint.record import Line, Tracked
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.registers.orders import Order
from dentalsales.registers.products import Product
from dentalsales.registers.stock import Lot, lots_of_the_product

ZERO = Decimal("0.00")


class DispatchLine(Line):
    """Goods of one lot; the snapshot is copied when the goods leave and never changes."""

    __tablename__ = "dispatch_line"

    dispatch_note_id: Mapped[int] = part_of("dispatch_note")
    order_line_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    product_id: Mapped[int] = link(_("Product"), "product", required=True, read_only=True)
    unit: Mapped[str] = text(_("Unit"), length=10, read_only=True)
    quantity: Mapped[int] = how_many(_("Quantity"), required=True, minimum=1)
    lot_id: Mapped[int | None] = link(_("Lot"), "lot", limit_to=lots_of_the_product)
    expires_on: Mapped[date | None] = day(_("Expiry"), read_only=True)
    made_on: Mapped[date | None] = day(_("Made on"), read_only=True)
    registration: Mapped[str] = text(_("Registration or filing number"), length=60, read_only=True)
    has_certificate: Mapped[bool] = yes_no(_("Certificate"), default=True, enter_skips=True)
    unit_price: Mapped[Decimal] = price(_("Unit price"), read_only=True)
    amount: Mapped[Decimal] = money(_("Amount"), read_only=True, total=True)
    remarks: Mapped[str] = text(_("Notes"), length=120, enter_skips=True)
    product_name: Mapped[str] = text(_("Product name"), read_only=True)
    model: Mapped[str] = text(_("Model"), length=80, read_only=True)
    spec: Mapped[str] = text(_("Specification"), length=120, read_only=True)
    shade: Mapped[str] = text(_("Shade"), length=20, read_only=True)
    lot_no: Mapped[str] = text(_("Lot"), length=60, read_only=True)
    serial_no: Mapped[str] = text(_("Serial number"), length=60, read_only=True)
    registrant: Mapped[str] = text(_("Registrant or filer"), read_only=True)
    maker: Mapped[str] = text(_("Maker"), read_only=True)
    maker_licence: Mapped[str] = text(_("Maker's licence number"), length=80, read_only=True)
    storage: Mapped[str] = text(_("Storage"), length=40, read_only=True)
    is_regulated: Mapped[bool] = yes_no(_("Regulated"), read_only=True)

    lot: Mapped[Lot | None] = relationship(foreign_keys="DispatchLine.lot_id")
    product: Mapped[Product] = relationship(foreign_keys="DispatchLine.product_id")


class DispatchNote(Tracked):
    """One parcel, or one load, of one order."""

    __tablename__ = "dispatch_note"
    __table_args__ = (Index("ix_dispatch_note_dispatched_on", "dispatched_on", "id"),)

    order_id: Mapped[int] = link(_("Order"), "order", required=True, read_only=True)
    customer_id: Mapped[int] = link(_("Customer"), "customer", required=True, read_only=True)
    dispatched_on: Mapped[date] = day(_("Dispatched on"), required=True, default="today", enter_skips=True)
    ship_to: Mapped[str] = text(_("Deliver to"), required=True, enter_skips=True, personal=CONTACT)
    contact: Mapped[str] = text(_("Contact"), length=60, enter_skips=True, personal=CONTACT)
    phone: Mapped[str] = text(_("Phone"), length=60, enter_skips=True, masked=True, personal=CONTACT)
    carrier: Mapped[str] = text(_("Carrier"), length=60, enter_skips=True)
    waybill: Mapped[str] = text(_("Waybill"), length=60, enter_skips=True)
    freight: Mapped[Decimal] = money(_("Freight"), minimum=0, enter_skips=True)
    pieces: Mapped[int | None] = how_many(_("Pieces"), minimum=1, enter_skips=True)
    has_instructions: Mapped[bool] = yes_no(_("Instructions enclosed"), default=True, enter_skips=True)
    has_invoice: Mapped[bool] = yes_no(_("Invoice enclosed"), enter_skips=True)
    invoice_number: Mapped[str] = text(_("Invoice number"), length=60, enter_skips=True)
    invoice_on: Mapped[date | None] = day(_("Invoice date"), enter_skips=True)
    invoice_amount: Mapped[Decimal | None] = money(_("Invoice amount"), default=None, minimum=0, enter_skips=True)
    remarks: Mapped[str] = note(_("Notes"))
    lines: Mapped[list[DispatchLine]] = lines(
        _("Goods"),
        "DispatchLine",
        "product_id",
        "unit",
        "quantity",
        "lot_id",
        "expires_on",
        "made_on",
        "registration",
        "has_certificate",
        "unit_price",
        "amount",
        "remarks",
        required=True,
        grows=False,
        shrinks=True,
    )
    total: Mapped[Decimal] = money(_("Total"), read_only=True, total=True)
    buyer_name: Mapped[str] = text(_("Buyer"), read_only=True, personal=PARTY)
    buyer_address: Mapped[str] = text(_("Buyer's address"), read_only=True, personal=CONTACT)
    buyer_contact: Mapped[str] = text(_("Buyer's contact"), length=120, read_only=True, masked=True, personal=CONTACT)
    buyer_licence: Mapped[str] = text(_("Buyer's licence number"), length=80, read_only=True)
    signed_by: Mapped[str] = text(_("Signed by"), length=60, copied=False, personal=CONTACT)
    delivered_on: Mapped[date | None] = day(_("Delivered on"), copied=False)

    files = attachments()
    order: Mapped[Order] = relationship(foreign_keys="DispatchNote.order_id")

    def add_up(self) -> None:
        """Keep the total in step with the lines."""
        self.total = sum((line.amount or ZERO for line in self.lines), ZERO)

    def check(self) -> None:
        """A ticked invoice has its number."""
        if self.has_invoice and not self.invoice_number:
            raise RuleBroken(_("Enter the invoice number, or take the tick away."), field="invoice_number")
