"""How far a contract is fulfilled: called off, delivered, billed, collected, by product and in total (M31, M34)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.column_types import round_money
from dentalsales.blueprint.insight import Fact, Insight
from dentalsales.i18n import _, c_
from dentalsales.registers.contracts import Contract, ContractLine, agreed_lines, end_of, states_that_count
from dentalsales.registers.ledger import LedgerEntry
from dentalsales.registers.orders.agreed import SENT, WHOLE
from dentalsales.registers.orders.record import ZERO, Order, OrderLine
from dentalsales.registers.receivables import Receivable

ENDED = ("effective", "completed", "terminated")
NAMED = 5


@dataclass
class Done:
    """One product of a contract; quantities in the unit of its line."""

    product_id: int
    name: str
    spec: str
    unit: str
    agreed: int
    amount: Decimal
    nodes: list[tuple[date, int]]
    """Delivery nodes, each with all that has to be delivered by then."""
    called: int = 0
    delivered: int = 0
    billed: Decimal = ZERO
    returned: Decimal = ZERO
    """What was credited of it, because goods came back."""
    collected: Decimal = ZERO

    def late(self, today: date) -> date | None:
        """Return the first node that has passed and was not met."""
        return next((day for day, until in self.nodes if day < today and self.delivered < until), None)

    @property
    def next_node(self) -> date | None:
        """The next delivery node that is not met yet."""
        return next((day for day, until in self.nodes if self.delivered < until), None)


def fulfilment(contract: Contract, act: Act) -> list[Done]:
    """Return the products of a contract with its supplements, in the order of its annex."""
    root = contract.root_id
    papers = select(Contract.id).where(
        (Contract.id == root) | (Contract.supplement_to_id == root), Contract.state.in_(states_that_count(contract))
    )
    ids = list(act.session.scalars(papers.order_by(Contract.sealed_on.desc(), Contract.id.desc())))
    if not ids:
        return []
    annex = agreed_lines(act, ids)
    found = {product: _agreed(product, lines) for product, lines in annex.items()}
    back = _returned(act, root)
    for line in _called_off(act, root):
        done = found.get(line.product_id)
        if done is not None:
            _count(done, line, back.get(line.id, ZERO))
    for product, done in found.items():
        factor = annex[product][0].factor
        done.called, done.delivered = done.called // factor, done.delivered // factor
    return list(found.values())


def _agreed(product: int, lines: list[Any]) -> Done:
    nodes: list[tuple[date, int]] = []
    until = 0
    for line in sorted(lines, key=lambda one: one.deliver_by or date.max):
        until += line.quantity
        if line.deliver_by:
            nodes.append((line.deliver_by, until))
    first = lines[0]
    amount = sum((line.amount for line in lines), ZERO)
    return Done(product, first.product_name, first.spec, first.unit, until, amount, nodes)


def _called_off(act: Act, root: int) -> Iterable[Any]:
    """Return the lines; `due` is what has to be paid for all of their order, without what left the books again."""
    due = func.coalesce(Receivable.amount, Order.total).label("due")
    columns = (OrderLine.id, OrderLine.product_id, OrderLine.quantity, OrderLine.sent, OrderLine.factor,
               OrderLine.amount, OrderLine.sent_amount, Order.state, Order.billed_on, Order.paid, due)  # fmt: skip
    query = (
        select(*columns)
        .join(Order, Order.id == OrderLine.order_id)
        .outerjoin(Receivable, Receivable.order_id == Order.id)
        .where(OrderLine.contract_id == root, Order.state.in_((*WHOLE, *SENT)))
    )
    return act.session.execute(query)


def _returned(act: Act, root: int) -> dict[int, Decimal]:
    """Return by order line the amount that was credited, because goods came back."""
    query = (
        select(OrderLine.id, func.sum(LedgerEntry.amount))
        .join(LedgerEntry, LedgerEntry.order_line_id == OrderLine.id)
        .where(OrderLine.contract_id == root, LedgerEntry.kind == "return")
        .group_by(OrderLine.id)
    )
    return {row[0]: -row[1] for row in act.session.execute(query)}


def _count(done: Done, line: Any, returned: Decimal) -> None:
    """Add what one line took, in smallest units: loose pieces of several orders make a pack together.

    What was paid for an order lies on its lines by what the customer keeps of them.
    """
    whole = line.state in WHOLE
    done.called += (line.quantity if whole else line.sent) * line.factor
    done.delivered += line.sent * line.factor
    amount = line.amount if whole else line.sent_amount
    if line.billed_on is not None:
        done.billed += amount
    done.returned += returned
    if line.due:
        done.collected += min(round_money(line.paid * (amount - returned) / line.due), amount - returned)


def percent(part: Decimal | int, whole: Decimal | int) -> Decimal:
    """Return a share in percent; of nothing it is nothing."""
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.01")) if whole else ZERO


def fulfilment_facts(contract: Contract, line: object, act: Act) -> Iterable[Fact]:
    """What is delivered, billed and collected of a contract, its late nodes, and what its commitment still needs."""
    if contract.state not in ENDED:
        return
    done = fulfilment(contract, act)
    total = sum((one.amount for one in done), ZERO)
    if isinstance(line, ContractLine) and line.product_id:
        done_of = [one for one in done if one.product_id == line.product_id]
        for one in done_of:
            yield Fact(_("Left to call off of this line"), max(one.agreed - one.called, 0), "quantity")
    if total:
        agreed = sum(one.agreed for one in done)
        yield Fact(c_("contract", "Called off"), percent(sum(one.called for one in done), agreed), "percent")
        yield Fact(_("Delivered"), percent(sum(one.delivered for one in done), agreed), "percent")
        yield Fact(_("Billed"), percent(sum((one.billed for one in done), ZERO), total), "percent")
        yield Fact(_("Collected"), percent(sum((one.collected for one in done), ZERO), total), "percent")
    for number, order, amount in _newest_orders(contract, act):
        yield Fact(number, amount, "money", opens=("orders", order))
    for one in [one for one in done if one.late(act.today)][:NAMED]:
        yield Fact(_("Late since {day}").fill(day=one.late(act.today)), one.name, tone="danger")
    yield from _commitment(contract, sum((one.billed - one.returned for one in done), ZERO), act)


def _newest_orders(contract: Contract, act: Act) -> Iterable[Any]:
    """Return number, id and amount under the contract of the last orders that called it off."""
    query = (
        select(Order.number, Order.id, func.sum(OrderLine.amount))
        .join(OrderLine, OrderLine.order_id == Order.id)
        .where(OrderLine.contract_id == contract.root_id, Order.state.in_((*WHOLE, *SENT)))
        .group_by(Order.number, Order.id)
        .order_by(Order.id.desc())
        .limit(NAMED)
    )
    return act.session.execute(query)


def _commitment(contract: Contract, bought: Decimal, act: Act) -> Iterator[Fact]:
    """What counts is what was billed less what came back."""
    if not contract.commitment:
        return
    yield Fact(_("Bought to date"), bought, "money")
    yield Fact(_("Commitment reached"), percent(bought, contract.commitment), "percent")
    missing = max(contract.commitment - bought, ZERO)
    end = end_of(act, contract)
    months = max((end.year - act.today.year) * 12 + end.month - act.today.month, 1)
    if missing and end >= act.today:
        yield Fact(_("Needed each month"), round_money(missing / months), "money")
    elif contract.rebate and not missing:
        yield Fact(_("Rebate reached"), round_money(bought * contract.rebate / 100), "money", "good")


FULFILMENT = Insight("fulfilment", _("Fulfilment"), fulfilment_facts)
