"""Special prices that were approved in a month."""

from sqlalchemy import select

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.house_records import History
from dentalsales.blueprint.report import Period
from dentalsales.blueprint.sheet import Block, Opens, Row, SheetColumn
from dentalsales.i18n import _
from dentalsales.registers.customers import Customer
from dentalsales.registers.products import Product
from dentalsales.registers.special_prices import SPECIAL_PRICES, SpecialPrice, SpecialPriceLine
from dentalsales.reports.office_days import moments
from dentalsales.reports.rates import share
from dentalsales.reports.scope import own_customers


def special_prices(act: Act, month: Period) -> Block:
    """Return the lines of the special prices whose last approval lies in the month."""
    columns = (
        SheetColumn("number", _("Number"), width=18),
        SheetColumn("customer", _("Customer"), width=26),
        SheetColumn("product", _("Product name"), width=22),
        SheetColumn("unit", _("Unit"), width=6),
        SheetColumn("list_price", _("List price"), "price", 12),
        SheetColumn("unit_price", _("Special price"), "price", 12),
        SheetColumn("share", _("Of the list price"), "percent", 10),
        SheetColumn("valid_to", _("Valid to"), "day", 12),
    )
    start, end = moments(month)
    approved = select(History.record_id).where(
        History.register == SPECIAL_PRICES.name, History.to_state == "approved", History.at >= start, History.at < end,
    )  # fmt: skip
    paper, line = SpecialPrice, SpecialPriceLine
    query = (
        select(paper.id, paper.number, Customer.name, Product.name, line.unit, line.list_price, line.unit_price,
               paper.valid_to)
        .join(line, line.special_price_id == paper.id)
        .join(Customer, Customer.id == paper.customer_id)
        .join(Product, Product.id == line.product_id)
        .where(paper.id.in_(approved), paper.state == "approved", own_customers(act, paper.customer_id))
        .order_by(paper.id, line.position)
    )  # fmt: skip
    rows = tuple(
        Row((number or "", customer, product, unit, usual, special, share(special, usual or 0), valid_to),
            Opens(SPECIAL_PRICES.name, paper_id))
        for paper_id, number, customer, product, unit, usual, special, valid_to in act.session.execute(query)
    )  # fmt: skip
    return Block(_("Special prices approved"), columns, rows, "special_prices")
