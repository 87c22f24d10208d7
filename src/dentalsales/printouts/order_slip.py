"""The order slip 《订单单》: what the customer ordered, for his signature (F2)."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import select

import dentalsales.printouts.examples as examples
import dentalsales.printouts.frame as frame
from dentalsales.blueprint.act import Act
from dentalsales.blueprint.printout import Pair, Paper, Printout
from dentalsales.blueprint.sheet import Block, SheetColumn
from dentalsales.i18n import _, c_
from dentalsales.registers.orders import ORDERS, Order, OrderLine
from dentalsales.registers.receivables import Receivable

TITLE = c_("paper", "Order slip")
CODE = SheetColumn("code", _("Product code"), width=10)
NAME = SheetColumn("product", _("Product name"), width=18, law=True)
GOODS = (
    SheetColumn("unit", _("Unit"), width=5),
    SheetColumn("quantity", _("Quantity"), "quantity", 7, total=True, law=True),
    SheetColumn("unit_price", _("Unit price"), "price", 9, law=True),
    SheetColumn("amount", _("Amount"), "money", 11, total=True, law=True),
)
REST = (
    SheetColumn("tax_rate", _("Tax rate"), "percent", 6, usual=False),
    SheetColumn("sent", _("Sent"), "quantity", 6, usual=False),
    SheetColumn("open", _("Not sent yet"), "quantity", 6, usual=False),
    SheetColumn("remarks", _("Requirements and notes"), width=14),
    SheetColumn("barcode", _("Barcode"), width=13, usual=False),
)
PRODUCT = (
    CODE,
    NAME,
    SheetColumn("model", _("Model"), width=8, law=True),
    SheetColumn("spec", _("Specification"), width=10, law=True),
    SheetColumn("grade", _("Grade"), width=6),
    SheetColumn("shade", _("Shade"), width=6),
    *GOODS,
)
WIDE = (
    *PRODUCT,
    SheetColumn("registration", _("Registration or filing number"), width=16, law=True),
    SheetColumn("maker", _("Maker"), width=16, law=True),
    *REST,
)
NARROW = (
    *PRODUCT,
    SheetColumn("registration_and_maker", _("Registration, maker"), width=20, law=True),
    *REST,
)
SIGNATURES = (_("Made out by"), _("Reviewed by"), _("Customer (signature, seal, date)"))


def make(order: Order, act: Act, options: Mapping[str, Any]) -> Paper:
    """Return the slip; options: size."""
    size = options.get("size", ORDER_SLIP.sizes[0])
    return frame.paper(
        order, act, ORDERS, size, "303-R11",
        name=ORDER_SLIP.name,
        title=TITLE,
        whose=order.customer_name or order.customer.name,
        head=_head(order),
        block=_lines(order, WIDE if size == "A4 landscape" else NARROW),
        foot=_foot(order, act),
        words=(_("Total in words"), order.total or Decimal("0.00")),
        signatures=SIGNATURES,
        copies=frame.COPIES[:3],
    )  # fmt: skip


def _head(order: Order) -> tuple[Pair, ...]:
    return (
        Pair(_("Customer"), order.customer_name, wide=True, name="customer", law=True),
        Pair(_("Customer number"), order.customer_number, name="customer_number"),
        Pair(_("Date"), order.ordered_on, "day", name="day", law=True),
        Pair(_("Contact"), frame.one_line(order.contact, order.phone), name="contact"),
        Pair(_("Salesperson"), order.rep.name if order.rep else "", name="salesperson"),
        Pair(_("Deliver to"), order.ship_to, wide=True, name="ship_to"),
        Pair(_("Deliver by"), order.deliver_by or "", "day", name="deliver_by"),
        Pair(_("Carriage"), frame.word(Order, "carriage", order.carriage), name="carriage"),
        Pair(_("Terms"), frame.word(Order, "terms", order.terms), name="terms"),
        Pair(_("Other requirements"), order.requirement, wide=True, name="requirement"),
    )


def _lines(order: Order, columns: tuple[SheetColumn, ...]) -> Block:
    rows = [_cells(line) for line in order.lines]
    return frame.numbered(_("Products"), columns, [tuple(row[column.name] for column in columns) for row in rows])


def _cells(line: OrderLine) -> dict[str, Any]:
    return {
        "code": line.product_code,
        "product": frame.one_line(line.brand, line.product_name),
        "model": line.model,
        "spec": line.spec,
        "grade": line.grade,
        "shade": line.shade,
        "unit": line.unit,
        "quantity": line.quantity,
        "unit_price": line.unit_price,
        "amount": line.amount,
        "registration": line.registration,
        "maker": line.maker,
        "registration_and_maker": frame.one_line(line.registration, line.maker),
        "tax_rate": line.tax_rate,
        "sent": line.sent,
        "open": line.open,
        "remarks": _("Gift") if line.is_gift and not line.remarks else frame.one_line(line.requirement, line.remarks),
        "barcode": line.product.barcode,
    }


def _to_be_paid(order: Order, act: Act) -> Decimal:
    """What is open of the debt once the order is billed: a red entry for the rest has lowered it."""
    debt = act.session.scalars(select(Receivable).where(Receivable.order_id == (order.id or 0))).one_or_none()
    whole, settled = (order.total, order.paid) if debt is None else (debt.amount, debt.settled)
    return (whole or Decimal("0.00")) - (settled or Decimal("0.00"))


def _foot(order: Order, act: Act) -> tuple[Pair, ...]:
    paid = order.paid or Decimal("0.00")
    return (
        Pair(_("Paid"), paid, "money", name="paid"),
        Pair(_("To be paid"), _to_be_paid(order, act), "money", name="to_pay"),
        Pair(_("Consent given by"), frame.one_line(order.consent_by), name="consent_by"),
        Pair(_("How the customer agreed"), frame.word(Order, "consent_way", order.consent_way), name="consent_way"),
        Pair(_("Made out by"), frame.name_of(act, order.entered_by_id), name="made_out"),
        Pair(_("Reviewed by"), frame.taken_by(act, ORDERS, order, "review"), name="reviewed"),
    )


ORDER_SLIP = Printout(
    name="order_slip",
    title=TITLE,
    register=ORDERS.name,
    make=make,
    sizes=("A4", "A4 landscape", "A5 landscape", "241x140"),
    example=examples.order,
    wishes=lambda order: frame.wishes(order.customer),
    undone=frame.UNDONE,
    day="ordered_on",
)
