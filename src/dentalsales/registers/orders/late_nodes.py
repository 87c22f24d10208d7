"""Which contracts have a delivery node that was missed, asked of all of them at once: Today tells whom it is up to."""

from datetime import date
from typing import Any

from sqlalchemy import func, or_, select, tuple_

from dentalsales.registers.contracts import Contract, ContractLine
from dentalsales.registers.orders.agreed import SENT, WHOLE
from dentalsales.registers.orders.record import Order, OrderLine

_PAPER: Any = Contract.__table__
_NODE: Any = ContractLine.__table__
_LINE: Any = OrderLine.__table__
_ORDER: Any = Order.__table__


def missed_nodes(contract: Any, today: date) -> Any:
    """Return the statement of the days of missed nodes of the contracts of a table: it is asked for one row of that.

    As in `fulfilment`: of a product the newest effective paper tells, and by a node all has to be there until then.
    """
    paper, node = _PAPER.alias(), _NODE.alias()
    newer, there, before = _PAPER.alias(), _NODE.alias(), _NODE.alias()
    replaced = (
        select(there.c.id)
        .join(newer, newer.c.id == there.c.contract_id)
        .where(
            there.c.product_id == node.c.product_id,
            newer.c.state == "effective",
            or_(newer.c.id == contract.c.id, newer.c.supplement_to_id == contract.c.id),
            tuple_(newer.c.sealed_on, newer.c.id) > tuple_(paper.c.sealed_on, paper.c.id),
        )
    )
    until = select(func.sum(before.c.quantity * before.c.factor)).where(
        before.c.contract_id == node.c.contract_id,
        before.c.product_id == node.c.product_id,
        before.c.deliver_by <= node.c.deliver_by,
    )
    sent = (
        select(func.coalesce(func.sum(_LINE.c.sent * _LINE.c.factor), 0))
        .join(_ORDER, _ORDER.c.id == _LINE.c.order_id)
        .where(
            _LINE.c.contract_id == contract.c.id,
            _LINE.c.product_id == node.c.product_id,
            _ORDER.c.state.in_((*WHOLE, *SENT)),
        )
    )
    family = or_(paper.c.id == contract.c.id, paper.c.supplement_to_id == contract.c.id)
    return (
        select(node.c.deliver_by)
        .join(paper, paper.c.id == node.c.contract_id)
        .where(
            contract.c.state == "effective",
            contract.c.supplement_to_id.is_(None),
            paper.c.state == "effective",
            family,
            node.c.deliver_by < today,
            ~replaced.correlate_except(there, newer).exists(),
            sent.correlate_except(_LINE, _ORDER).scalar_subquery() < until.correlate_except(before).scalar_subquery(),
        )
        .correlate_except(node, paper)
    )
