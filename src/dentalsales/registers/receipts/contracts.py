"""Money for contracts: which instalments of the collection plan have come, and a receipt for the next one."""

from collections.abc import Iterable
from decimal import Decimal

from sqlalchemy import func, select

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.insight import Fact, Insight
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.registers.contracts import Contract
from dentalsales.registers.orders import fulfilment
from dentalsales.registers.receipts.filling import oldest_first
from dentalsales.registers.receipts.record import ZERO, Receipt


def collected(contract: Contract, act: Act) -> Decimal:
    """Return what came for a contract: on receipts that name it, or on its orders, whichever is more."""
    named = act.session.scalar(
        select(func.sum(Receipt.amount)).where(
            Receipt.contract_id == contract.root_id, Receipt.state == "confirmed", Receipt.kind != "advance"
        )
    )
    on_orders = sum((one.collected for one in fulfilment(contract, act)), ZERO)
    return max(named or ZERO, on_orders)


def instalments_paid(contract: Contract, money: Decimal) -> int:
    """Return how many instalments money covers, the earliest first."""
    paid = 0
    for one in sorted(contract.instalments, key=lambda instalment: instalment.due_on):
        money -= one.amount
        if money < ZERO:
            break
        paid += 1
    return paid


def plan_facts(contract: Contract, line: object, act: Act) -> Iterable[Fact]:
    """Say “2 of 4 instalments”, and which one is due next."""
    if not contract.instalments or contract.id is None or contract.state in ("draft", "in_review", "rejected"):
        return
    plan = sorted(contract.instalments, key=lambda instalment: instalment.due_on)
    paid = instalments_paid(contract, collected(contract, act))
    said = _("{paid} of {count}").fill(paid=paid, count=len(plan))
    yield Fact(_("Instalments collected"), said, tone="good" if paid == len(plan) else "")
    if paid < len(plan):
        late = plan[paid].due_on < act.today
        yield Fact(_("Next instalment due on"), plan[paid].due_on, "day", "danger" if late else "")
        yield Fact(_("Next instalment"), plan[paid].amount, "money")


def from_contract(contract: Contract, act: Act) -> Receipt:
    """Begin a receipt for the next instalment of a contract."""
    plan = sorted(contract.instalments, key=lambda instalment: instalment.due_on)
    money = collected(contract, act)
    paid = instalments_paid(contract, money)
    if paid == len(plan):
        raise RuleBroken(_("No instalment of {number} is open."), number=contract.number)
    missing = sum((one.amount for one in plan[: paid + 1]), ZERO) - money
    receipt = Receipt(
        customer_id=contract.customer_id,
        contract_id=contract.root_id,
        received_on=act.today,
        kind="transfer",
        payer=contract.party_name,
        amount=missing,
    )
    oldest_first(receipt, act)
    return receipt


PLAN = Insight("plan", _("Collection plan"), plan_facts)
