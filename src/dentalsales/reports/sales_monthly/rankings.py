"""Who sold, who bought and what was bought in a month: the tables by salesperson, customer and product."""

from decimal import Decimal
from typing import Any

from sqlalchemy import case, func, select

import dentalsales.reports.frame as frame
import dentalsales.reports.money_in as money_in
import dentalsales.reports.sales as sales
import dentalsales.reports.salespeople as salespeople
from dentalsales.blueprint.act import Act
from dentalsales.blueprint.report import Period
from dentalsales.blueprint.sheet import Block, Opens, Row, SheetColumn
from dentalsales.blueprint.table import Filter
from dentalsales.i18n import _
from dentalsales.registers.customers import Customer
from dentalsales.registers.ledger import LedgerEntry
from dentalsales.registers.products import Product
from dentalsales.reports.office_days import month_before, month_last_year
from dentalsales.reports.rates import growth, share

ZERO = sales.ZERO
TOP = 20


def by_salesperson(act: Act, month: Period) -> Block:
    """Return amount, target, gap, growth and collection of each salesperson."""
    columns = (
        SheetColumn("rep", _("Salesperson"), width=14),
        SheetColumn("amount", _("Sales"), "money", 15, total=True),
        SheetColumn("target", _("Target"), "money", 15, total=True),
        SheetColumn("completion", _("Completion"), "percent", 11),
        SheetColumn("gap", _("Gap"), "money", 15, total=True),
        SheetColumn("on_month", _("On the month before"), "percent", 11),
        SheetColumn("on_year", _("On last year"), "percent", 11),
        SheetColumn("collected", _("Money received"), "money", 15, total=True),
    )
    now = sales.amount_by_rep(act, month)
    before, last_year = (sales.amount_by_rep(act, one) for one in (month_before(month), month_last_year(month)))
    goals = salespeople.targets(act, month.start, month.start)
    money = money_in.collected_by(act, month, Customer.owner_id)
    rows = []
    for rep, name in salespeople.in_order(act, now, goals, money):
        amount, goal = now.get(rep, ZERO), goals.get(rep or 0, (ZERO, ZERO))[0]
        rows.append(Row((
            name, amount, goal or None, share(amount, goal), goal - amount if goal else None,
            growth(amount, before.get(rep, ZERO)), growth(amount, last_year.get(rep, ZERO)),
            money.get(rep, (0, ZERO))[1],
        ), _ledger(month, Filter("rep_id", "=", rep))))  # fmt: skip
    return Block(_("By salesperson"), columns, tuple(rows), "salespeople")


def by_customer(act: Act, month: Period) -> Block:
    """Return the customers with the greatest amounts."""
    columns = (
        SheetColumn("rank", _("Rank"), "number", 6),
        SheetColumn("number", _("Number"), width=12),
        SheetColumn("customer", _("Customer"), width=30),
        SheetColumn("papers", _("Orders"), "number", 8, total=True),
        SheetColumn("amount", _("Sales"), "money", 16, total=True),
        SheetColumn("share", _("Share"), "percent", 10),
        SheetColumn("on_month", _("On the month before"), "percent", 11),
    )
    amount = func.sum(LedgerEntry.amount)
    papers = func.count(case((LedgerEntry.kind != "return", LedgerEntry.number)).distinct())
    query = (
        select(Customer.id, Customer.number, Customer.name, papers, amount)
        .join(Customer, Customer.id == LedgerEntry.customer_id)
        .where(*sales.in_period(act, month))
        .group_by(Customer.id, Customer.number, Customer.name)
        .order_by(amount.desc(), Customer.id)
        .limit(TOP)
    )
    found = act.session.execute(query).all()
    whole = sales.sold(act, month).amount
    before = _amounts_of(act, month_before(month), [row[0] for row in found])
    rows = tuple(
        Row((rank, number or "", name, papers, sold, share(sold, whole), growth(sold, before.get(customer, ZERO))),
            _ledger(month, Filter("customer_id", "=", customer)))
        for rank, (customer, number, name, papers, sold) in enumerate(found, 1)
    )  # fmt: skip
    return Block(_("Customers, top {count}").fill(count=TOP), columns, rows, "customers")


def _amounts_of(act: Act, period: Period, customers: list[int]) -> dict[int, Decimal]:
    query = (
        select(LedgerEntry.customer_id, func.sum(LedgerEntry.amount))
        .where(*sales.in_period(act, period), LedgerEntry.customer_id.in_(customers))
        .group_by(LedgerEntry.customer_id)
    )
    return {row[0]: row[1] for row in act.session.execute(query)}


def by_product(act: Act, month: Period) -> Block:
    """Return the products with the greatest amounts; quantities in smallest units."""
    columns = (
        SheetColumn("rank", _("Rank"), "number", 6),
        SheetColumn("code", _("Product code"), width=12),
        SheetColumn("product", _("Product name"), width=24),
        SheetColumn("spec", _("Specification"), width=16),
        SheetColumn("shade", _("Shade"), width=8),
        SheetColumn("quantity", _("Quantity"), "quantity", 10),
        SheetColumn("unit", _("Unit"), width=6),
        SheetColumn("amount", _("Sales"), "money", 16, total=True),
        SheetColumn("share", _("Share"), "percent", 10),
    )
    whole = sales.sold(act, month).amount
    rows = tuple(
        Row((rank, row.code or "", row.name or NO_PRODUCT, row.spec or "", row.shade or "", row.quantity,
             row.unit or "", row.amount, share(row.amount, whole)), _ledger(month, Filter("product_id", "=", row.id)))
        for rank, row in enumerate(act.session.execute(_products(act, month)), 1)
    )  # fmt: skip
    return Block(_("Products, top {count}").fill(count=TOP), columns, rows, "products")


NO_PRODUCT = _("Without product")


def _products(act: Act, month: Period) -> Any:
    factor = case((LedgerEntry.unit == Product.pack_unit, func.coalesce(Product.pack_size, 1)), else_=1)
    amount = func.sum(LedgerEntry.amount)
    return (
        select(Product.id, Product.code, Product.name, Product.spec, Product.shade, Product.unit,
               func.sum(LedgerEntry.quantity * factor).label("quantity"), amount.label("amount"))
        .select_from(LedgerEntry)
        .outerjoin(Product, Product.id == LedgerEntry.product_id)
        .where(*sales.in_period(act, month))
        .group_by(Product.id, Product.code, Product.name, Product.spec, Product.shade, Product.unit)
        .order_by(amount.desc(), Product.id)
        .limit(TOP)
    )  # fmt: skip


def _ledger(month: Period, *more: Filter) -> Opens:
    return Opens("ledger", filters=(*frame.days("on", month), *more))
