"""Money for contracts: which instalments of the collection plan have come, and a receipt for the next one."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Numeric, and_, case, cast, func, select, type_coerce

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.insight import Fact, Insight
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.registers.contracts import Contract, ContractInstalment
from dentalsales.registers.ledger import LedgerEntry
from dentalsales.registers.orders import SENT, WHOLE, Order, OrderLine, fulfilment
from dentalsales.registers.receipts.filling import another_amount
from dentalsales.registers.receipts.record import ZERO, Allocation, Receipt
from dentalsales.registers.receivables import Receivable

_PLAN: Any = ContractInstalment.__table__
_RECEIPT: Any = Receipt.__table__
_LINE: Any = OrderLine.__table__
_ORDER: Any = Order.__table__
_DEBT: Any = Receivable.__table__
_LEDGER: Any = LedgerEntry.__table__
YUAN = 100
"""Fen."""


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


def instalment_is_late(contract: Any, today: date) -> Any:
    """Return the condition of contracts whose instalments of before today have not come, as `collected` counts it.

    Shares of orders are not rounded here line by line: what lacks less than a yuan is not late.
    """
    root = func.coalesce(contract.c.supplement_to_id, contract.c.id)
    due = (
        select(func.sum(type_coerce(_PLAN.c.amount, Numeric)))
        .where(_PLAN.c.contract_id == contract.c.id, _PLAN.c.due_on < today)
        .correlate_except(_PLAN)
    )
    named = (
        select(func.coalesce(func.sum(type_coerce(_RECEIPT.c.amount, Numeric)), 0))
        .where(_RECEIPT.c.contract_id == root, _RECEIPT.c.state == "confirmed", _RECEIPT.c.kind != "advance")
        .correlate_except(_RECEIPT)
    )
    back = (
        select(func.coalesce(func.sum(type_coerce(_LEDGER.c.amount, BigInteger)), 0))
        .where(_LEDGER.c.order_line_id == _LINE.c.id, _LEDGER.c.kind == "return")
        .correlate(_LINE)
        .scalar_subquery()
    )
    taken = case((_ORDER.c.state.in_(WHOLE), _LINE.c.amount), else_=_LINE.c.sent_amount)
    kept = cast(type_coerce(taken, BigInteger) + back, Numeric)
    owed = cast(type_coerce(func.coalesce(_DEBT.c.amount, _ORDER.c.total), BigInteger), Numeric)
    share = cast(type_coerce(_ORDER.c.paid, BigInteger), Numeric) * kept / owed
    on_orders = (
        select(func.coalesce(func.sum(case((share > kept, kept), else_=share)), 0))
        .select_from(
            _LINE.join(_ORDER, _ORDER.c.id == _LINE.c.order_id).outerjoin(_DEBT, _DEBT.c.order_id == _ORDER.c.id)
        )
        .where(_LINE.c.contract_id == root, _ORDER.c.state.in_((*WHOLE, *SENT)), owed > 0)
        .correlate_except(_LINE, _ORDER, _DEBT)
    )
    missing = due.scalar_subquery() - YUAN
    return and_(
        contract.c.state.in_(("signed", "effective")),
        missing >= named.scalar_subquery(),
        missing >= on_orders.scalar_subquery(),
    )


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
    """Begin a receipt for the next instalment of a contract: it pays its orders first, then the oldest debts."""
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
    receipt.lines = [Allocation(receivable_id=debt) for debt in act.session.scalars(_debts(contract))]
    another_amount(receipt, act)
    return receipt


def _debts(contract: Contract) -> Any:
    """Return the statement of the open debts of orders that called the contract off, the oldest first."""
    called_off = select(OrderLine.id).where(
        OrderLine.order_id == Receivable.order_id, OrderLine.contract_id == contract.root_id
    )
    return (
        select(Receivable.id)
        .where(Receivable.amount > Receivable.settled, called_off.exists())
        .order_by(Receivable.due_on, Receivable.id)
    )


PLAN = Insight("plan", _("Collection plan"), plan_facts)
