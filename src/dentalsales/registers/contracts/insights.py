"""What the reviewers of a contract see beside it: stock, prices, credit, licences, special clauses (M23)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.insight import Fact, Insight
from dentalsales.i18n import _
from dentalsales.registers.contracts.lines import ZERO, ContractLine
from dentalsales.registers.contracts.record import SEALED, Contract
from dentalsales.registers.customers import Customer
from dentalsales.registers.products import Product
from dentalsales.registers.receivables import money_facts
from dentalsales.registers.stock import available, available_of

NAMED = 6
"""So many lines are named; how many there are in all is always said."""


def supply_facts(contract: Contract, line: object, act: Act) -> Iterable[Fact]:
    """Which products the stock covers now, and which have to be procured before their delivery node."""
    wanted: dict[int, int] = {}
    for one in contract.lines:
        if one.product_id:
            wanted[one.product_id] = wanted.get(one.product_id, 0) + (one.quantity or 0) * (one.factor or 1)
    if not wanted:
        return
    there = available_of(act, wanted)
    short = {product: needed - there[product] for product, needed in wanted.items() if there[product] < needed}
    yield Fact(
        _("Products in stock"), f"{len(wanted) - len(short)} / {len(wanted)}", tone="warning" if short else "good"
    )
    products = act.find(Product, list(short)[:NAMED])
    for product_id, product in products.items():
        nodes = [one.deliver_by for one in contract.lines if one.product_id == product_id and one.deliver_by]
        first = min(nodes) if nodes else None
        left = _("{short} {unit} to procure").fill(short=short[product_id], unit=product.unit)
        yield Fact(product.record_title, left, tone="danger" if first and first <= act.today else "warning")
        if first is not None:
            yield Fact(_("Delivery node"), first, "day")
    if isinstance(line, ContractLine) and line.product_id:
        yield Fact(_("Available of this line"), available(act, line.product_id), "quantity")


def price_facts(contract: Contract, line: object, act: Act) -> Iterable[Fact]:
    """How far the prices lie below what the customer pays without a contract."""
    priced = [one for one in contract.lines if one.unit_price and one.quantity]
    below = [one for one in priced if one.list_price is not None and one.unit_price < one.list_price]
    if not contract.lines:
        return
    yield Fact(_("Lines below the usual price"), len(below), "number", "warning" if below else "good")
    usual = sum(((one.list_price or one.unit_price) * one.quantity for one in priced), ZERO)
    if usual:
        given = usual - sum((one.amount or ZERO for one in priced), ZERO)
        yield Fact(_("Given off the usual price"), round(given * 100 / usual, 2), "percent")
    if contract.rebate:
        yield Fact(_("Rebate"), contract.rebate, "percent", "warning")
    if isinstance(line, ContractLine) and line.list_price is not None:
        yield Fact(_("Usual price"), line.list_price, "price")


def customer_facts(contract: Contract, line: object, act: Act) -> Iterable[Fact]:
    """Credit, overdue debt and licences of the customer."""
    customer = act.session.get(Customer, contract.customer_id or 0)
    if customer is None:
        return
    yield from money_facts(customer, None, act)
    licence = customer.licence_on(act.today)
    if licence is None:
        yield Fact(_("Licence"), _("None that is valid"), tone="danger")
    else:
        soon = licence.valid_to is not None and licence.valid_to < (contract.valid_to or act.today)
        yield Fact(_("Licence"), licence.number)
        yield Fact(_("Licence valid to"), licence.valid_to or _("Long-term"), tone="warning" if soon else "good")


def product_licence_facts(contract: Contract, line: object, act: Act) -> Iterable[Fact]:
    """Registrations that end before the last delivery."""
    products = act.find(Product, {one.product_id for one in contract.lines if one.product_id})
    last = contract.valid_to or act.today + timedelta(days=1)
    ending = [one for one in products.values() if one.registration_valid_to and one.registration_valid_to < last]
    for product in ending[:NAMED]:
        yield Fact(product.record_title, product.registration_valid_to, "day", "warning")


def clause_facts(contract: Contract, line: object, act: Act) -> Iterable[Fact]:
    """Clauses that differ from the template, with the reason."""
    for deviation in contract.deviations:
        if deviation.clause is None:
            continue
        yield Fact(_("Clause {number}").fill(number=deviation.clause), deviation.reason, tone="warning")


REVIEWED = (
    Insight("supply", _("Stock and procurement"), supply_facts),
    Insight("price", _("Prices"), price_facts),
    Insight("customer", _("Credit and licences"), customer_facts),
    Insight("registrations", _("Registrations that end before the contract"), product_licence_facts),
    Insight("clauses", _("Special clauses"), clause_facts),
)
"""What a review rests on."""
ONCE_EFFECTIVE = ("customer", "registrations")


def _until_it_is_effective(insight: Insight) -> Insight:
    """What is left of a sealed contract says its fulfilment: stock for the whole annex would mislead."""

    def facts(contract: Contract, line: object, act: Act) -> Iterable[Fact]:
        return () if contract.state in SEALED else insight.facts(contract, line, act)

    return insight if insight.name in ONCE_EFFECTIVE else replace(insight, facts=facts)


INSIGHTS = tuple(map(_until_it_is_effective, REVIEWED))
