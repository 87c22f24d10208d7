"""What samples bring: delivered in a period, answered, and the first order of the same goods within 90 days after."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

import dentalsales.reports.frame as frame
from dentalsales.blueprint.act import Act
from dentalsales.blueprint.house_records import Employee
from dentalsales.blueprint.report import Period, Report
from dentalsales.blueprint.sheet import Block, Row, Sheet, SheetColumn
from dentalsales.i18n import _, c_
from dentalsales.registers.customers import Customer
from dentalsales.registers.ledger import LEDGER
from dentalsales.registers.orders import Order, OrderLine
from dentalsales.registers.products import Product
from dentalsales.registers.samples import SAMPLES, Sample, SampleLine
from dentalsales.reports.rates import share
from dentalsales.reports.salespeople import NOBODY
from dentalsales.reports.scope import own_customers, scope_notes

ZERO = Decimal("0.00")
WITHIN = 90
"""Days after the delivery in which an order counts as brought by the sample."""
MEASURE = _("A sample counts on the day of its delivery. It has brought an order when the customer orders the same "
            "product, or one of its family, within {days} days; the amount is that of these goods in the first such "
            "order.")  # fmt: skip


@dataclass(frozen=True)
class Tried:
    """One line of delivered samples, and what it brought."""

    sample: int
    number: str
    customer: str
    rep: str
    product: str
    delivered_on: date
    score: int | None
    order: int | None
    order_number: str
    ordered_on: date | None
    amount: Decimal


def run(act: Act, period: Period, choices: Mapping[str, Any]) -> Sheet:
    """Return the report of the samples that were delivered in a period."""
    found = tried(act, period)
    blocks = (
        _summed(_("By salesperson"), _("Salesperson"), "reps", found, lambda one: one.rep),
        _summed(_("By product"), _("Product name"), "products", found, lambda one: one.product),
        _one_by_one(found),
    )
    notes = (MEASURE.fill(days=WITHIN), *scope_notes(act, SAMPLES.access))
    return frame.sheet(act, "sample_conversion", SAMPLE_CONVERSION.title, period, "303-R44", *blocks, notes=notes,
                       landscape=True)  # fmt: skip


def tried(act: Act, period: Period) -> list[Tried]:
    """Return the samples that were delivered in a period, line by line, each with the order it brought."""
    query = (
        select(Sample.id, Sample.number, Sample.customer_id, Customer.name, Employee.name, Sample.delivered_on,
               Sample.score, SampleLine.product_id, SampleLine.product_name, Product.family)
        .join(SampleLine, SampleLine.sample_id == Sample.id)
        .join(Product, Product.id == SampleLine.product_id)
        .join(Customer, Customer.id == Sample.customer_id)
        .outerjoin(Employee, Employee.id == Customer.owner_id)
        .where(Sample.delivered_on >= period.start, Sample.delivered_on <= period.end,
               own_customers(act, Sample.customer_id, SAMPLES.access))
        .order_by(Sample.delivered_on, Sample.id, SampleLine.position)
    )  # fmt: skip
    rows = act.session.execute(query).all()
    bought = _bought(act, {row[2] for row in rows}, period)
    found = []
    for key, number, customer, name, rep, on, score, product, goods, family in rows:
        assert on is not None
        order = _first(bought[customer], on, product, family)
        found.append(Tried(key, number or "", name, rep or "", goods, on, score, *order))
    return found


Bought = tuple[date, int, str, int, str, Decimal]
"""Day, id and number of an order, product and family of its line, and the line's amount."""


def _bought(act: Act, customers: Iterable[int], period: Period) -> dict[int, list[Bought]]:
    """Return what these customers ordered from the period on, the earliest first."""
    query = (
        select(Order.customer_id, Order.ordered_on, Order.id, Order.number, OrderLine.product_id, Product.family,
               OrderLine.amount)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .join(Product, Product.id == OrderLine.product_id)
        .where(Order.customer_id.in_(list(customers)), Order.state.not_in(("entered", "void", "reversed")),
               Order.ordered_on >= period.start, Order.ordered_on <= period.end + timedelta(days=WITHIN),
               OrderLine.is_gift.is_(False))
        .order_by(Order.ordered_on, Order.id)
    )  # fmt: skip
    found: dict[int, list[Bought]] = defaultdict(list)
    for customer, *bought in act.session.execute(query):
        found[customer].append(tuple(bought))  # type: ignore[arg-type]
    return found


def _first(
    bought: Sequence[Bought], since: date, product: int, family: str
) -> tuple[int | None, str, date | None, Decimal]:
    """Return id, number, day and amount of the first order that a sample brought."""
    last, first = since + timedelta(days=WITHIN), None
    amount = ZERO
    for on, order, number, article, kin, paid in bought:
        same = article == product or (family and kin == family)
        if since <= on <= last and same and first in (None, (order, number, on)):
            first, amount = (order, number, on), amount + paid
    return (None, "", None, ZERO) if first is None else (*first, amount)


def _summed(title: Any, label: Any, name: str, found: Sequence[Tried], key: Callable[[Tried], str]) -> Block:
    columns = (
        SheetColumn("key", label, width=26),
        SheetColumn("delivered", _("Samples delivered"), "number", 12, total=True),
        SheetColumn("answered", _("Opinions"), "number", 10, total=True),
        SheetColumn("score", _("Average score"), "number", 10),
        SheetColumn("converted", _("With an order"), "number", 12, total=True),
        SheetColumn("rate", _("Conversion"), "percent", 10),
        SheetColumn("amount", _("Amount of the first orders"), "money", 16, total=True),
    )
    groups: dict[str, list[Tried]] = defaultdict(list)
    for one in found:
        groups[key(one)].append(one)
    rows = []
    for words, members in sorted(groups.items()):
        scores = [one.score for one in members if one.score is not None]
        brought = [one for one in members if one.order is not None]
        average = round(Decimal(sum(scores)) / len(scores), 1) if scores else ""
        rate = share(len(brought), len(members))
        amount = sum((one.amount for one in brought), ZERO)
        rows.append(Row((words or NOBODY, len(members), len(scores), average, len(brought), rate, amount)))
    return Block(title, columns, tuple(rows), name)


def _one_by_one(found: Sequence[Tried]) -> Block:
    columns = (
        SheetColumn("number", _("Sample"), width=18),
        SheetColumn("delivered_on", _("Delivered on"), "day", 12),
        SheetColumn("customer", _("Customer"), width=24),
        SheetColumn("product", _("Product name"), width=20),
        SheetColumn("rep", _("Salesperson"), width=12),
        SheetColumn("score", c_("samples", "Score"), "number", 8),
        SheetColumn("order", _("First order"), width=18),
        SheetColumn("ordered_on", c_("samples", "Ordered on"), "day", 12),
        SheetColumn("amount", _("Amount"), "money", 14, total=True),
    )
    rows = tuple(
        Row((one.number, one.delivered_on, one.customer, one.product, one.rep or NOBODY, one.score, one.order_number,
             one.ordered_on or "", one.amount), frame.opens(SAMPLES.name, one.sample))
        for one in found
    )  # fmt: skip
    return Block(_("Samples one by one"), columns, rows, "samples")


SAMPLE_CONVERSION = Report(
    name="sample_conversion",
    title=_("Conversion of samples"),
    period="range",
    run=run,
    view=(SAMPLES.access.view | SAMPLES.access.own) & (LEDGER.access.view | LEDGER.access.own),
    aliases=("yp",),
    hint=_("Samples, opinions, and the first orders they brought, by salesperson and product."),
)
