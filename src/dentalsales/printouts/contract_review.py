"""What stays in the house beside a contract: the review sheet with every signature, and the sheet of deviations."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

import dentalsales.printouts.contract_examples as examples
import dentalsales.printouts.frame as frame
from dentalsales.blueprint.act import Act
from dentalsales.blueprint.calendar_words import OFFICE
from dentalsales.blueprint.house_records import History
from dentalsales.blueprint.insight import Fact
from dentalsales.blueprint.kept_facts import FACTS, read
from dentalsales.blueprint.printout import Pair, Paper, Printout
from dentalsales.blueprint.sheet import Block, SheetColumn
from dentalsales.i18n import Text, _, c_, tr, yuan
from dentalsales.registers.contracts import CONTRACTS, Contract
from dentalsales.registers.contracts.insights import REVIEWED

REVIEW = c_("paper", "Contract review sheet")
DEVIATIONS = c_("paper", "Contract deviation sheet")
CHANGED = (
    SheetColumn("clause", _("Clause"), "number", 5, law=True),
    SheetColumn("old", _("Wording of the template"), width=32, law=True),
    SheetColumn("new", _("Changed wording"), width=32, law=True),
    SheetColumn("reason", _("Reason"), width=14, law=True),
)


def review(contract: Contract, act: Act, options: Mapping[str, Any]) -> Paper:
    """Return the review sheet; it is not given to the customer. Options: size."""
    return frame.paper(
        contract, act, CONTRACTS, options.get("size", CONTRACT_REVIEW.sizes[0]), "303-R32",
        name=CONTRACT_REVIEW.name,
        title=REVIEW,
        whose=contract.party_name,
        head=(*_contract(contract), *_facts(contract, act)),
        extra_blocks=(_changed(contract),) if contract.deviations else (),
        foot=(
            frame.written_by(act, CONTRACTS, contract),
            *frame.approved_by(act, CONTRACTS, contract),
            *_seal(contract),
        ),
        notes=(tr(_("Internal: not given to the customer.")),),
    )  # fmt: skip


def _contract(contract: Contract) -> tuple[Pair, ...]:
    return (
        Pair(_("Customer"), contract.party_name, wide=True, name="customer", law=True),
        Pair(_("Kind of contract"), frame.word(Contract, "kind", contract.kind), name="kind"),
        Pair(_("Contract template"), contract.template.record_title, name="template"),
        Pair(_("Valid from"), contract.valid_from, "day", name="valid_from"),
        Pair(_("Valid to"), contract.valid_to, "day", name="valid_to"),
        Pair(_("Total"), contract.total, "money", name="total", law=True),
        Pair(_("Goods can meet the contract"), _yes(contract.can_be_met), name="can_be_met", law=True),
    )


def _facts(contract: Contract, act: Act) -> tuple[Pair, ...]:
    """What the review rested on: stock, prices, credit, licences, special clauses, each in one box."""
    if contract.id is None:
        return tuple(Pair(one.title, "", wide=True, name=f"facts_{one.name}") for one in REVIEWED)
    found = _kept_at_the_review(contract, act)
    as_of = _("{day}, when it was reviewed") if found else _("{day}, when this was printed")
    day, groups = found or (act.today, [(one.title, list(one.facts(contract, None, act))) for one in REVIEWED])
    return (
        Pair(_("Facts of"), tr(as_of.fill(day=day)), wide=True, name="facts_of", law=True),
        *(
            Pair(title, _told(facts) or tr(_("Nothing to note")), wide=True, name=f"facts_{one.name}")
            for one, (title, facts) in zip(REVIEWED, groups, strict=False)
        ),
    )


def _kept_at_the_review(contract: Contract, act: Act) -> tuple[date, list[tuple[Text, list[Fact]]]] | None:
    """Return day and facts of the review on the round that stands; None while there is none."""
    entries = (
        select(History.step, History.changes, History.at)
        .where(History.register == CONTRACTS.name, History.record_id == contract.id)
        .order_by(History.id.desc())
    )
    for step, changes, at in act.session.execute(entries):
        if step in (*frame.FALLEN, "submit"):
            break
        told = json.loads(changes).get(FACTS) if changes else None
        if told:
            return at.astimezone(OFFICE).date(), read(told)
    return None


def _told(facts: Iterable[Fact]) -> str:
    """Return facts as words, each with what it is about."""
    words = (tr(_("{label}: {value}").fill(label=tr(one.label), value=_shown(one.value, one.kind))) for one in facts)
    return tr(_("; ")).join(words)


def _shown(value: Any, kind: str) -> str:
    """Return the value of a fact as words."""
    if isinstance(value, Text):
        return tr(value)
    if value is None:
        return "—"
    return yuan(value) if kind in ("money", "price") else f"{value}%" if kind == "percent" else str(value)


def _yes(value: bool) -> Text:
    return _("Yes") if value else _("No")


def _changed(contract: Contract) -> Block:
    rows = [(one.clause, one.old_text, one.new_text, one.reason) for one in contract.deviations]
    return frame.numbered(_("Deviations from the template"), CHANGED, rows)


def _seal(contract: Contract) -> tuple[Pair, ...]:
    return (
        Pair(_("Signed on"), frame.one_line(str(contract.signed_on or ""), contract.signed_at), name="signed"),
        Pair(_("Sealed on"), contract.sealed_on or "", "day", name="sealed_on", law=True),
        Pair(_("Kind of seal"), frame.word(Contract, "seal", contract.seal), name="seal", law=True),
        Pair(_("Copies"), contract.copies or "", "quantity", name="copies", law=True),
        Pair(_("Sealed by"), contract.sealed_by, name="sealed_by", law=True),
        Pair(_("Archived"), frame.one_line(str(contract.archived_on or ""), contract.archive_place,
                                           contract.archive_number), name="archived"),
    )  # fmt: skip


def deviations(contract: Contract, act: Act, options: Mapping[str, Any]) -> Paper:
    """Return the old wording beside the new one, and who approved it; options: size."""
    return frame.paper(
        contract, act, CONTRACTS, options.get("size", DEVIATION_SHEET.sizes[0]), "303-R33",
        name=DEVIATION_SHEET.name,
        title=DEVIATIONS,
        whose=contract.party_name,
        head=(
            Pair(_("Customer"), contract.party_name, wide=True, name="customer", law=True),
            Pair(_("Contract template"), contract.template.record_title, name="template", law=True),
            Pair(_("State"), _state(contract), name="state"),
        ),
        block=_changed(contract),
        foot=(frame.written_by(act, CONTRACTS, contract), *frame.approved_by(act, CONTRACTS, contract)),
    )  # fmt: skip


def _state(contract: Contract) -> Text:
    assert CONTRACTS.workflow is not None
    return CONTRACTS.workflow.state(contract.state or "draft").label


CONTRACT_REVIEW = Printout(
    name="contract_review",
    title=REVIEW,
    register=CONTRACTS.name,
    make=review,
    sizes=("A4",),
    example=examples.contract,
    undone=frame.UNDONE,
)
DEVIATION_SHEET = Printout(
    name="deviation_sheet",
    title=DEVIATIONS,
    register=CONTRACTS.name,
    make=deviations,
    sizes=("A4",),
    example=examples.contract,
    undone=frame.UNDONE,
)
