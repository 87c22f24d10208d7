"""Contract fulfilment: what is called off, delivered, billed and collected of each contract, late nodes too (M31)."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import select

import dentalsales.reports.frame as frame
from dentalsales.blueprint.act import Act
from dentalsales.blueprint.report import Period, Report
from dentalsales.blueprint.sheet import Block, Row, Sheet, SheetColumn
from dentalsales.i18n import _, c_
from dentalsales.registers.contracts import CONTRACTS, Contract, end_of
from dentalsales.registers.customers import Customer
from dentalsales.registers.orders import Done, fulfilment, percent
from dentalsales.registers.receipts import collected, instalments_paid
from dentalsales.reports.scope import own_customers, scope_notes

ZERO = Decimal("0.00")
CONTRACT_COLUMNS = (
    SheetColumn("number", _("Contract number"), width=18),
    SheetColumn("customer", _("Customer"), width=24),
    SheetColumn("state", _("State"), width=9),
    SheetColumn("valid_to", _("Valid to"), "day", 11),
    SheetColumn("total", _("Contract amount"), "money", 14, total=True),
    SheetColumn("called", c_("contract", "Called off"), "percent", 9),
    SheetColumn("delivered", _("Delivered"), "percent", 9),
    SheetColumn("billed", _("Billed"), "money", 14, total=True),
    SheetColumn("returned", c_("contract", "Returned"), "money", 12, total=True),
    SheetColumn("collected", _("Collected"), "money", 14, total=True),
    SheetColumn("instalments", _("Instalments"), width=8),
    SheetColumn("archived", _("Archive number"), width=12),
)
LINE_COLUMNS = (
    SheetColumn("number", _("Contract number"), width=18),
    SheetColumn("product", _("Product name"), width=24),
    SheetColumn("spec", _("Specification"), width=14),
    SheetColumn("unit", _("Unit"), width=6),
    SheetColumn("agreed", c_("contract", "Agreed"), "quantity", 9),
    SheetColumn("called", c_("contract", "Called off"), "quantity", 9),
    SheetColumn("delivered", _("Delivered"), "quantity", 9),
    SheetColumn("billed", _("Billed"), "money", 13, total=True),
    SheetColumn("collected", _("Collected"), "money", 13, total=True),
    SheetColumn("next", _("Next delivery node"), "day", 11),
    SheetColumn("late", _("Late since"), "day", 11),
)


def run(act: Act, period: Period, choices: Mapping[str, Any]) -> Sheet:
    """Return the contracts that are sealed, and their products; choices: customer_id."""
    found = [(contract, fulfilment(contract, act)) for contract in _contracts(act, choices.get("customer_id"))]
    contracts = Block(
        _("Contracts"), CONTRACT_COLUMNS, tuple(_contract(one, done, act) for one, done in found), "contracts"
    )
    lines = Block(_("Products"), LINE_COLUMNS, tuple(_lines(found, act)), "lines")
    notes = (
        _("Supplements are counted with their contract. Red rows have a delivery node that was missed."),
        frame.ROUNDING,
        *scope_notes(act),
    )
    return frame.sheet(
        act, "contract_fulfilment", CONTRACT_FULFILMENT.title, period, "303-R34", contracts, lines, notes=notes,
        landscape=True,
    )  # fmt: skip


def _contracts(act: Act, customer_id: int | None) -> list[Contract]:
    query = (
        select(Contract)
        .join(Customer, Customer.id == Contract.customer_id)
        .where(
            Contract.state.in_(("effective", "completed", "terminated")),
            Contract.supplement_to_id.is_(None),
            own_customers(act, Customer.id),
        )
        .order_by(Contract.valid_to, Contract.id)
    )
    if customer_id is not None:
        query = query.where(Contract.customer_id == customer_id)
    return list(act.session.scalars(query))


def _contract(contract: Contract, done: list[Done], act: Act) -> Row:
    agreed, billed = sum(one.agreed for one in done), sum((one.billed for one in done), ZERO)
    money = collected(contract, act)
    count = len(contract.instalments)
    assert CONTRACTS.workflow is not None
    cells = (
        contract.number or "",
        contract.party_name,
        CONTRACTS.workflow.state(contract.state).label,
        end_of(act, contract),
        sum((one.amount for one in done), ZERO),
        percent(sum(one.called for one in done), agreed),
        percent(sum(one.delivered for one in done), agreed),
        billed,
        sum((one.returned for one in done), ZERO),
        money,
        f"{instalments_paid(contract, money)}/{count}" if count else "",
        contract.archive_number,
    )
    late = contract.state == "effective" and any(one.late(act.today) for one in done)
    return Row(cells, frame.opens("contracts", contract.id), "danger" if late else "")


def _lines(found: list[tuple[Contract, list[Done]]], act: Act) -> Iterator[Row]:
    for contract, done in found:
        runs = contract.state == "effective"
        for one in done:
            late = one.late(act.today) if runs else None
            cells = (
                contract.number or "", one.name, one.spec, one.unit, one.agreed, one.called, one.delivered, one.billed,
                one.collected, one.next_node if runs else None, late,
            )  # fmt: skip
            yield Row(cells, frame.opens("contracts", contract.id), "danger" if late else "")


CONTRACT_FULFILMENT = Report(
    name="contract_fulfilment",
    title=_("Contract fulfilment"),
    period="now",
    run=run,
    view=CONTRACTS.access.view | CONTRACTS.access.own,
    customer=True,
    hint=_("Called off, delivered, billed and collected of each contract; late delivery nodes."),
)
