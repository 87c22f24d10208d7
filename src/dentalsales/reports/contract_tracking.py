"""The contract tracking sheet 《客户跟踪管理表》: sealed contracts, their archive and progress (F9)."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select

import dentalsales.reports.frame as frame
from dentalsales.blueprint.act import Act
from dentalsales.blueprint.report import Period, Report
from dentalsales.blueprint.sheet import Block, Row, Sheet, SheetColumn
from dentalsales.i18n import _
from dentalsales.registers.contract_progress import ContractProgress
from dentalsales.registers.contracts import CONTRACTS, Contract
from dentalsales.registers.customers import Customer
from dentalsales.reports.scope import own_customers, scope_notes

COLUMNS = (
    SheetColumn("customer", _("Customer"), width=24),
    SheetColumn("number", _("Contract number"), width=18),
    SheetColumn("kind", _("Kind of contract"), width=12),
    SheetColumn("sealed_on", _("Sealed on"), "day", 11),
    SheetColumn("valid_to", _("Valid to"), "day", 11),
    SheetColumn("total", _("Contract amount"), "money", 14),
    SheetColumn("state", _("State"), width=9),
    SheetColumn("archive", _("Archive"), width=20),
    SheetColumn("on", _("Last note"), "day", 11),
    SheetColumn("progress", _("Progress"), width=30),
    SheetColumn("told_to", _("Told to"), width=10),
)


def run(act: Act, period: Period, choices: Mapping[str, Any]) -> Sheet:
    """Return the contracts that were sealed in the period, with the newest note of each; choices: customer_id."""
    block = Block(_("Contracts"), COLUMNS, tuple(_rows(act, period, choices.get("customer_id"))), "contracts")
    notes = (_("A contract appears by itself on the day of its seal."), *scope_notes(act))
    return frame.sheet(
        act, "contract_tracking", CONTRACT_TRACKING.title, period, "303-R35", block, notes=notes, landscape=True
    )


def _rows(act: Act, period: Period, customer_id: int | None) -> Iterator[Row]:
    query = (
        select(Contract)
        .join(Customer, Customer.id == Contract.customer_id)
        .where(
            Contract.sealed_on >= period.start, Contract.sealed_on <= period.end, own_customers(act, Customer.id),
            Contract.state.in_(("effective", "completed", "terminated")),
        )
        .order_by(Customer.number, Contract.sealed_on, Contract.id)
    )  # fmt: skip
    if customer_id is not None:
        query = query.where(Contract.customer_id == customer_id)
    found = list(act.session.scalars(query))
    notes = select(ContractProgress).where(ContractProgress.contract_id.in_([one.id for one in found]))
    newest = {one.contract_id: one for one in act.session.scalars(notes.order_by(ContractProgress.on))}
    assert CONTRACTS.workflow is not None
    for contract in found:
        note = newest.get(contract.id)
        cells = (
            contract.party_name, contract.number or "", _kind(contract),
            contract.sealed_on, contract.valid_to, contract.total, CONTRACTS.workflow.state(contract.state).label,
            " ".join(filter(None, (contract.archive_place, contract.archive_number))),
            note.on if note else None, note.progress if note else "", note.told_to if note else "",
        )  # fmt: skip
        yield Row(cells, frame.opens("contracts", contract.id), "" if contract.archived_on else "warning")


def _kind(contract: Contract) -> str:
    """A supplement says of what: its amount stands in place of the contract's, so the sheet sums none."""
    if contract.main is not None:
        return _("Supplement to {number}").fill(number=contract.main.number)
    return frame.word(Contract, "kind", contract.kind)


CONTRACT_TRACKING = Report(
    name="contract_tracking",
    title=_("Customer tracking management sheet"),
    period="range",
    run=run,
    view=CONTRACTS.access.view | CONTRACTS.access.own,
    customer=True,
    hint=_("Sealed contracts with archive and progress."),
)
