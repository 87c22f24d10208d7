"""The order slip 《订单单》: what the customer ordered, for his signature (F2)."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import dentalsales.printouts.frame as frame
from dentalsales.blueprint.act import Act
from dentalsales.blueprint.printout import Pair, Paper, Printout
from dentalsales.blueprint.sheet import Block, SheetColumn
from dentalsales.i18n import _, c_
from dentalsales.registers.orders import ORDERS, Order, OrderLine

TITLE = c_("paper", "Order slip")
COLUMNS = (
    SheetColumn("code", _("Product code"), width=10),
    SheetColumn("product", _("Product name"), width=18),
    SheetColumn("model", _("Model"), width=8),
    SheetColumn("spec", _("Specification"), width=10),
    SheetColumn("grade", _("Grade"), width=6),
    SheetColumn("shade", _("Shade"), width=6),
    SheetColumn("unit", _("Unit"), width=5),
    SheetColumn("quantity", _("Quantity"), "quantity", 7, total=True),
    SheetColumn("unit_price", _("Unit price"), "price", 9),
    SheetColumn("amount", _("Amount"), "money", 11, total=True),
    SheetColumn("remarks", _("Requirements and notes"), width=14),
)
LEGAL = (
    SheetColumn("registration", _("Registration or filing number"), width=16),
    SheetColumn("maker", _("Maker"), width=16),
)
SIGNATURES = (_("Made out by"), _("Reviewed by"), _("Customer (signature, seal, date)"))


def make(order: Order, act: Act, options: Mapping[str, Any]) -> Paper:
    """Return the slip; options: size."""
    size = options.get("size", ORDER_SLIP.sizes[0])
    return frame.paper(
        order, act, ORDERS, size, "303-R11",
        name=ORDER_SLIP.name,
        title=TITLE,
        head=_head(order),
        block=_lines(order, size == "A4 landscape"),
        foot=_foot(order, act),
        words=(_("Total in words"), order.total or Decimal("0.00")),
        signatures=SIGNATURES,
        copies=frame.COPIES[:3],
    )  # fmt: skip


def _head(order: Order) -> tuple[Pair, ...]:
    return (
        Pair(_("Customer"), order.customer_name, wide=True),
        Pair(_("Customer number"), order.customer_number),
        Pair(_("Date"), order.ordered_on, "day"),
        Pair(_("Contact"), frame.one_line(order.contact, order.phone)),
        Pair(_("Salesperson"), order.rep.name if order.rep else ""),
        Pair(_("Deliver to"), order.ship_to, wide=True),
        Pair(_("Deliver by"), order.deliver_by or "", "day"),
        Pair(_("Carriage"), frame.word(Order, "carriage", order.carriage)),
        Pair(_("Terms"), frame.word(Order, "terms", order.terms)),
        Pair(_("Other requirements"), order.requirement, wide=True),
    )


def _lines(order: Order, is_wide: bool) -> Block:
    """On the wide sheet every line also names registration and maker."""
    rows = [(*_cells(line), *(_legal(line) if is_wide else ())) for line in order.lines]
    return frame.numbered(_("Products"), (*COLUMNS, *(LEGAL if is_wide else ())), rows)


def _cells(line: OrderLine) -> tuple[Any, ...]:
    remarks = (_("Gift"),) if line.is_gift and not line.remarks else (frame.one_line(line.requirement, line.remarks),)
    return (
        line.product_code, frame.one_line(line.brand, line.product_name), line.model, line.spec, line.grade, line.shade,
        line.unit, line.quantity, line.unit_price, line.amount, *remarks,
    )  # fmt: skip


def _legal(line: OrderLine) -> tuple[str, str]:
    return line.registration, line.maker


def _foot(order: Order, act: Act) -> tuple[Pair, ...]:
    total, paid = order.total or Decimal("0.00"), order.paid or Decimal("0.00")
    return (
        Pair(_("Paid"), paid, "money"),
        Pair(_("To be paid"), total - paid, "money"),
        Pair(_("Consent given by"), frame.one_line(order.consent_by)),
        Pair(_("How the customer agreed"), frame.word(Order, "consent_way", order.consent_way)),
        Pair(_("Made out by"), frame.name_of(act, order.entered_by_id)),
        Pair(_("Reviewed by"), frame.taken_by(act, ORDERS, order, "review")),
    )


ORDER_SLIP = Printout(
    name="order_slip",
    title=TITLE,
    register=ORDERS.name,
    make=make,
    sizes=("A4", "A4 landscape"),
)
