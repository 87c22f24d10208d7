"""The customer management tracking sheet 《客户管理跟踪表》: every purchase, of one customer or all (M16, M17)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import select

import dentalsales.reports.frame as frame
import dentalsales.reports.sales as sales
from dentalsales.blueprint.act import Act
from dentalsales.blueprint.report import Period, Report
from dentalsales.blueprint.sheet import Block, Opens, Row, Sheet, SheetColumn
from dentalsales.i18n import Text, _
from dentalsales.registers.customers import Customer
from dentalsales.registers.ledger import LEDGER, LedgerEntry
from dentalsales.registers.products import Product
from dentalsales.reports.scope import own_customers, scope_notes

COLUMNS = (
    SheetColumn("customer", _("Customer"), width=26),
    SheetColumn("on", _("Date"), "day", 12),
    SheetColumn("number", _("Number"), width=18),
    SheetColumn("product", _("Product name"), width=24),
    SheetColumn("spec", _("Specification"), width=14),
    SheetColumn("quantity", _("Quantity"), "quantity", 9),
    SheetColumn("unit", _("Unit"), width=6),
    SheetColumn("amount", _("Purchase amount"), "money", 14, total=True),
    SheetColumn("subtotal", _("Subtotal of the customer"), "money", 14),
    SheetColumn("days", _("Days since the last purchase"), "number", 10),
)


def run(act: Act, period: Period, choices: Mapping[str, Any]) -> Sheet:
    """Return every purchase of the period; choices: customer_id."""
    customer_id = choices.get("customer_id")
    block = Block(_("Purchases"), COLUMNS, tuple(_rows(act, period, customer_id)), "purchases")
    notes = (_("Subtotal and days stand on the customer's last row; days count from the last purchase to {today}.")
             .fill(today=act.today), frame.BILLING_DAY, frame.ROUNDING, *scope_notes(act))  # fmt: skip
    return frame.sheet(act, "customer_tracking", CUSTOMER_TRACKING.title, period, "303-R04", block, notes=notes,
                       conditions=_conditions(act, customer_id), landscape=True)  # fmt: skip


def _conditions(act: Act, customer_id: int | None) -> tuple[tuple[Text, str], ...]:
    if customer_id is None:
        return ()
    named = select(Customer.name).where(Customer.id == customer_id, own_customers(act, Customer.id))
    return ((_("Customer"), act.session.scalar(named) or ""),)


def _rows(act: Act, period: Period, customer_id: int | None) -> Iterator[Row]:
    entry = LedgerEntry
    query = (
        select(entry.customer_id, Customer.name, entry.on, entry.number, Product.name, Product.spec, entry.quantity,
               entry.unit, entry.amount, entry.kind, entry.order_id)
        .join(Customer, Customer.id == entry.customer_id)
        .outerjoin(Product, Product.id == entry.product_id)
        .where(*sales.in_period(act, period))
        .order_by(Customer.number, Customer.id, entry.on, entry.id)
    )  # fmt: skip
    if customer_id is not None:
        query = query.where(entry.customer_id == customer_id)
    for _customer, purchases in groupby(act.session.execute(query), itemgetter(0)):
        yield from _purchases(list(purchases), act.today)


def _purchases(purchases: Sequence[Any], today: date) -> Iterator[Row]:
    """The rows of one customer; the last one closes with subtotal and days."""
    subtotal, last_on = Decimal("0.00"), None
    for at, (customer, name, on, number, product, spec, quantity, unit, amount, kind, order) in enumerate(purchases, 1):
        subtotal += amount
        last_on = on if quantity > 0 else last_on
        closing: tuple[Any, ...] = ("", "")
        if at == len(purchases):
            closing = (subtotal, None if last_on is None else (today - last_on).days)
        opens = Opens("orders", order) if order else Opens("customers", customer)
        yield Row((name, on, number, product or "", spec or "", quantity, unit, amount, *closing), opens,
                  "danger" if kind in sales.RED else "")  # fmt: skip


CUSTOMER_TRACKING = Report(
    name="customer_tracking",
    title=_("Customer management tracking sheet"),
    period="range",
    run=run,
    view=LEDGER.access.view | LEDGER.access.own,
    customer=True,
    hint=_("The amount of each purchase, by customer."),
)
