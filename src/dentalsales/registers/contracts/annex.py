"""Which contracts of a customer hold on a day, and the products they agree on: supplements change the annex."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, select

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.among import one_of, placed, places_for
from dentalsales.registers.agreed import Agreed, AgreedPrices
from dentalsales.registers.contracts.lines import ContractLine
from dentalsales.registers.contracts.record import Contract

ENDED = ("completed", "terminated")
_PAPER: Any = Contract.__table__
_LINE: Any = ContractLine.__table__
_EFFECTIVE = (
    select(
        _PAPER.c.id, _PAPER.c.supplement_to_id, _PAPER.c.number, _PAPER.c.valid_from, _PAPER.c.valid_to, _PAPER.c.kind
    )
    .where(_PAPER.c.customer_id == bindparam("customer"), _PAPER.c.state == "effective")
    .order_by(_PAPER.c.sealed_on.desc(), _PAPER.c.id.desc())
)


def contracts_in_force(act: Act, customer_id: int, on: date) -> dict[int, list[Any]]:
    """Return the effective papers by the contract they belong to, the newest first, of contracts that hold on a day.

    The newest paper that has begun says when the contract ends: a supplement may change its term.
    """
    families: dict[int, list[Any]] = {}
    for row in act.session.connection().execute(_EFFECTIVE, {"customer": customer_id}):
        families.setdefault(row.supplement_to_id or row.id, []).append(row)
    held: dict[int, list[Any]] = {}
    for root, papers in families.items():
        begun = [one for one in papers if one.valid_from <= on]
        if any(one.id == root for one in begun) and begun[0].valid_to >= on:
            held[root] = begun
    return held


def states_that_count(contract: Contract) -> tuple[str, ...]:
    """Return in which states the papers of a contract count: while it runs those that run, then what ended with it."""
    state = (contract.main or contract).state
    return (state,) if state in ENDED else ("effective",)


def end_of(act: Act, contract: Contract) -> date:
    """Return the day on which a contract ends: that of its newest supplement that counts, or its own."""
    newest = (
        select(Contract.valid_to)
        .where(Contract.supplement_to_id == contract.root_id, Contract.state.in_(states_that_count(contract)))
        .order_by(Contract.sealed_on.desc(), Contract.id.desc())
        .limit(1)
    )
    return act.session.scalar(newest) or contract.valid_to


def contract_prices(act: Act, customer_id: int, products: Iterable[int], on: date) -> AgreedPrices:
    """Return what the contracts of a customer agree about products; one query for a customer who has none."""
    held = contracts_in_force(act, customer_id, on)
    wanted = list(set(products))
    found: AgreedPrices = {}
    if not held or not wanted:
        return found
    for root, papers in held.items():
        numbers = {one.id: one.number for one in papers}
        for product, of in agreed_lines(act, [one.id for one in papers], wanted).items():
            quantity = sum(line.quantity * line.factor for line in of)
            prices = {line.unit: line.unit_price for line in of}
            found.setdefault(product, []).append(Agreed("contract", root, numbers[root], prices, quantity))
    return found


def agreed_lines(act: Act, papers: list[int], products: list[int] | None = None) -> dict[int, list[Any]]:
    """Return the lines that hold by product: those of the first of the papers that names it."""
    asked = placed("paper", papers) | (placed("product", products) if products else {})
    statement = _lines(places_for(papers), places_for(products) if products else 0)
    by_paper: dict[int, dict[int, list[Any]]] = {}
    for row in act.session.connection().execute(statement, asked):
        by_paper.setdefault(row.contract_id, {}).setdefault(row.product_id, []).append(row)
    found: dict[int, list[Any]] = {}
    for paper in papers:
        for product, lines in by_paper.get(paper, {}).items():
            found.setdefault(product, lines)
    return found


@lru_cache
def _lines(papers: int, products: int) -> Select[Any]:
    columns = (_LINE.c.contract_id, _LINE.c.product_id, _LINE.c.unit, _LINE.c.factor, _LINE.c.quantity,
               _LINE.c.unit_price, _LINE.c.amount, _LINE.c.deliver_by, _LINE.c.product_name, _LINE.c.spec)  # fmt: skip
    statement = select(*columns).where(one_of(_LINE.c.contract_id, "paper", papers))
    if products:
        statement = statement.where(one_of(_LINE.c.product_id, "product", products))
    return statement.order_by(_LINE.c.contract_id, _LINE.c.position)
