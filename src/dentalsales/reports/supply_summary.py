"""The summary of orders and scheduling 《订货排产情况汇总表》: what is ordered, there, promised and short (F7)."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, or_, select

import dentalsales.reports.frame as frame
from dentalsales.blueprint.act import Act
from dentalsales.blueprint.report import Period, Report
from dentalsales.blueprint.sheet import Block, Opens, Row, Sheet, SheetColumn
from dentalsales.i18n import _
from dentalsales.registers.customers import Customer
from dentalsales.registers.orders import ORDERS, Order, OrderLine
from dentalsales.registers.products import Product
from dentalsales.registers.stock import StockLevel
from dentalsales.registers.suppliers import Supplier
from dentalsales.reports.scope import own_customers, scope_notes
from dentalsales.reports.shortage import PROMISED, available, open_quantities, sellable

PRODUCT = (
    SheetColumn("code", _("Product code"), width=12),
    SheetColumn("product", _("Product name"), width=22),
    SheetColumn("spec", _("Specification"), width=14),
    SheetColumn("shade", _("Shade"), width=8),
    SheetColumn("unit", _("Unit"), width=6),
)


def run(act: Act, period: Period, choices: Mapping[str, Any]) -> Sheet:
    """Return the state of the moment."""
    notes = (_("Quantities are in smallest units; short is what waiting orders want beyond what is available."),
             *scope_notes(act, ORDERS.access))  # fmt: skip
    blocks = (_products(act), _waiting_lines(act))
    return frame.sheet(act, "supply_summary", SUPPLY_SUMMARY.title, period, "303-R05", *blocks, notes=notes,
                       landscape=True)  # fmt: skip


def _products(act: Act) -> Block:
    columns = (
        *PRODUCT,
        SheetColumn("ordered", _("Ordered, not sent"), "quantity", 10),
        SheetColumn("waiting", _("Of these waiting"), "quantity", 10),
        SheetColumn("on_hand", _("On hand"), "quantity", 10),
        SheetColumn("reserved", _("Reserved"), "quantity", 10),
        SheetColumn("available", _("Available"), "quantity", 10),
        SheetColumn("short", _("Short"), "quantity", 10),
        SheetColumn("wanted_on", _("Wanted by"), "day", 12),
        SheetColumn("supplier", _("Supplier"), width=18),
    )
    rows = []
    found = act.session.execute(_query(act))
    for product, *head, ordered, waiting, on_hand, reserved, free, wanted_on, supplier in found:
        short = max(waiting - free, 0)
        numbers = (ordered, waiting, on_hand, reserved, free, short)
        cells = (*(one or "" for one in head), *numbers, wanted_on or "", supplier or "")
        rows.append(Row(cells, Opens("products", product), "danger" if short else ""))
    return Block(_("Products on order"), columns, tuple(rows), "products")


def _query(act: Act) -> Any:
    """Every product that an open order names, the shortest first."""
    lots, promised, waiting = sellable(act), open_quantities(*PROMISED), open_quantities("waiting")
    waits, keeps = func.coalesce(waiting.c.quantity, 0), func.coalesce(promised.c.quantity, 0)
    on_hand, reserved = func.coalesce(StockLevel.on_hand, 0), func.coalesce(StockLevel.reserved, 0)
    return (
        select(Product.id, Product.code, Product.name, Product.spec, Product.shade, Product.unit, waits + keeps, waits,
               on_hand, reserved, available(lots), func.coalesce(waiting.c.wanted_on, promised.c.wanted_on),
               Supplier.name)
        .outerjoin(lots, lots.c.product_id == Product.id)
        .outerjoin(promised, promised.c.product_id == Product.id)
        .outerjoin(waiting, waiting.c.product_id == Product.id)
        .outerjoin(StockLevel, StockLevel.product_id == Product.id)
        .outerjoin(Supplier, Supplier.id == Product.supplier_id)
        .where(or_(waiting.c.quantity > 0, promised.c.quantity > 0))
        .order_by((waits - available(lots)).desc(), Product.code)
    )  # fmt: skip


def _waiting_lines(act: Act) -> Block:
    columns = (
        SheetColumn("number", _("Order"), width=18),
        SheetColumn("ordered_on", _("Date"), "day", 12),
        SheetColumn("customer", _("Customer"), width=26),
        *PRODUCT,
        SheetColumn("quantity", _("Wanted"), "quantity", 10),
        SheetColumn("wanted_on", _("Wanted by"), "day", 12),
        SheetColumn("requirement", _("Other requirements"), width=18),
    )
    wanted = (OrderLine.quantity - OrderLine.sent) * OrderLine.factor
    query = (
        select(Order.id, Order.number, Order.ordered_on, Customer.name, Product.code, Product.name, Product.spec,
               Product.shade, Product.unit, wanted, Order.deliver_by, OrderLine.requirement)
        .join(Order, Order.id == OrderLine.order_id)
        .join(Customer, Customer.id == Order.customer_id)
        .join(Product, Product.id == OrderLine.product_id)
        .where(Order.state == "waiting", own_customers(act, Order.customer_id, ORDERS.access))
        .order_by(Order.deliver_by.is_(None), Order.deliver_by, Order.id, OrderLine.position)
    )  # fmt: skip
    rows = tuple(
        Row((number or "", on, *(one or "" for one in texts), quantity, by or "", requirement),
            Opens(ORDERS.name, order_id))
        for order_id, number, on, *texts, quantity, by, requirement in act.session.execute(query)
    )  # fmt: skip
    return Block(_("Orders waiting for supply"), columns, rows, "waiting")


SUPPLY_SUMMARY = Report(
    name="supply_summary",
    title=_("Summary of orders and scheduling"),
    period="now",
    run=run,
    view=ORDERS.access.view | ORDERS.access.own,
    hint=_("What is ordered, on hand, promised and short now."),
)
