"""The printed contract 《销售合同》: parties, annex, clauses from the template, seals, signatures (F1, M28)."""

from collections.abc import Mapping
from typing import Any

import dentalsales.printouts.contract_examples as examples
import dentalsales.printouts.frame as frame
from dentalsales.blueprint.act import Act
from dentalsales.blueprint.printout import Clause, Pair, Paper, Printout
from dentalsales.blueprint.sheet import Block, SheetColumn
from dentalsales.i18n import Text, _, c_, tr
from dentalsales.registers.contract_templates import BLANK, CONTRACT_TEMPLATES, ContractTemplate
from dentalsales.registers.contracts import CONTRACTS, Contract, ContractLine

TITLE = c_("paper", "Sales contract")
WORDING = c_("paper", "Wording of a contract template")
TITLES = {"service": c_("paper", "Service contract"), "exclusive": c_("paper", "Exclusive sales contract")}
SUPPLEMENT = c_("paper", "Supplementary agreement")
EMPTY = "＿＿＿＿＿＿"
"""What stands for a blank that nobody filled in."""
ANNEX = (
    SheetColumn("product", _("Product name"), width=18, law=True),
    SheetColumn("registration", _("Registration or filing number"), width=14, law=True),
    SheetColumn("model", _("Model"), width=8, law=True),
    SheetColumn("spec", _("Specification"), width=10, law=True),
    SheetColumn("grade_shade", _("Grade, shade"), width=8, law=True),
    SheetColumn("unit", _("Unit"), width=4),
    SheetColumn("quantity", _("Quantity"), "quantity", 6, law=True),
    SheetColumn("unit_price", _("Unit price"), "price", 8, law=True),
    SheetColumn("amount", _("Amount"), "money", 10, total=True, law=True),
    SheetColumn("deliver_by", _("Delivery node"), "day", 9, law=True),
    SheetColumn("maker", _("Maker"), width=14),
    SheetColumn("requirement", _("Other requirements"), width=8, law=True),
)
SEALS = (_("Buyer's seal"), _("Seller's seal"))
SIGNATURES = (c_("contract", "Buyer"), c_("contract", "Seller"))


def make(contract: Contract, act: Act, options: Mapping[str, Any]) -> Paper:
    """Return the contract as both parties sign it; options: size."""
    return frame.paper(
        contract, act, CONTRACTS, options.get("size", CONTRACT.sizes[0]), "303-R31",
        name=CONTRACT.name,
        title=title_of(contract),
        whose=contract.party_name,
        head=(*_parties(contract, act), *_terms(contract)),
        block=annex(contract) if contract.lines else None,
        words=(_("Total in words"), contract.total) if contract.lines else None,
        clauses=clauses_of(contract),
        foot=_plan(contract),
        seals=SEALS,
        signatures=SIGNATURES,
        seam=True,
    )  # fmt: skip


def title_of(contract: Contract) -> Text:
    """Return what the paper is called: a supplement and a service contract have names of their own."""
    return SUPPLEMENT if contract.supplement_to_id else TITLES.get(contract.kind, TITLE)


def _parties(contract: Contract, act: Act) -> tuple[Pair, ...]:
    """The buyer's facts at the left, ours beside them."""
    agent = contract.our_agent.name if contract.our_agent else ""
    rows = (
        ("name", _("Buyer (party A)"), contract.party_name, _("Seller (party B)"), act.setting("company_name")),
        ("code", _("Credit code"), contract.party_code, _("Credit code"), act.setting("company_credit_code")),
        ("licence", _("Licence number"), contract.party_licence, _("Licence number"), act.setting("company_licence")),
        ("agent", _("Representative"), contract.party_agent, _("Representative"), agent),
        ("phone", _("Phone"), contract.party_phone, _("Phone"), act.setting("company_phone")),
        ("address", _("Address"), contract.party_address, _("Address"), act.setting("company_address")),
        ("bank", _("Bank"), contract.party_bank, _("Bank"), act.setting("company_bank")),
        ("account", _("Account"), contract.party_account, _("Account"), act.setting("company_bank_account")),
    )
    return tuple(
        pair
        for name, label, buyer, ours, seller in rows
        for pair in (
            Pair(label, buyer, name=f"buyer_{name}", law=name in ("name", "licence")),
            Pair(ours, seller, name=f"seller_{name}", law=name in ("name", "licence")),
        )
    )


def _terms(contract: Contract) -> tuple[Pair, ...]:
    legal = contract.party_legal_person
    pairs = [
        Pair(_("Legal person of the buyer"), legal, name="legal_person"),
        Pair(_("Signed"), frame.one_line(str(contract.signed_on or ""), contract.signed_at), name="signed", law=True),
        Pair(_("Term"), f"{contract.valid_from} — {contract.valid_to}", name="term", law=True),
        Pair(c_("contract", "Subject"), contract.subject, name="subject"),
    ]
    if contract.main is not None:
        pairs.append(Pair(_("Supplement to"), contract.main.number or "", name="main", law=True))
    if contract.commitment:
        pairs.append(Pair(_("Purchase commitment"), contract.commitment, "money", name="commitment"))
    if contract.rebate:
        pairs.append(Pair(_("Rebate"), contract.rebate, "percent", name="rebate"))
    if contract.return_quota:
        pairs.append(Pair(_("Return quota"), contract.return_quota, "percent", name="return_quota"))
    if contract.kind == "service":
        pairs.append(Pair(_("Content of the service"), contract.service_content, wide=True, name="service", law=True))
        pairs.append(Pair(_("Time limit of the service"), contract.service_time, wide=True, name="time", law=True))
    return tuple(pairs)


def annex(contract: Contract) -> Block:
    """Return the product annex."""
    return frame.numbered(_("Product annex"), ANNEX, [_cells(line) for line in contract.lines])


def _cells(line: ContractLine) -> tuple[Any, ...]:
    return (
        line.product_name, line.registration, line.model, line.spec, frame.one_line(line.grade, line.shade), line.unit,
        line.quantity, line.unit_price, line.amount, line.deliver_by or "", line.maker, line.requirement,
    )  # fmt: skip


def clauses_of(contract: Contract) -> tuple[Clause, ...]:
    """Return the clauses of the template with what was filled in; a deviation stands in place of its clause."""
    changed = {one.clause: one.new_text for one in contract.deviations}
    filled = {one.name: one.value for one in contract.blanks}
    return tuple(
        Clause(one.number or 0, one.title, with_blanks(changed.get(one.number or 0, one.body), filled))
        for one in contract.template.clauses
    )


def with_blanks(body: str, filled: Mapping[str, str]) -> str:
    """Return a wording with its blanks filled in."""
    return BLANK.sub(lambda blank: filled.get(blank[1]) or EMPTY, body)


def _plan(contract: Contract) -> tuple[Pair, ...]:
    """The collection plan, an instalment in each line."""
    return tuple(
        Pair(
            _("Instalment {number}").fill(number=place),
            tr(_("{day}: {amount}").fill(day=one.due_on, amount=one.amount)) + frame.one_line("", " " + one.condition),
            wide=True,
            name=f"instalment_{place}",
        )
        for place, one in enumerate(contract.instalments, 1)
    )


def wording(template: ContractTemplate, act: Act, options: Mapping[str, Any]) -> Paper:
    """Return the empty form of a contract from this template: its clauses, blanks to be filled in by hand."""
    return frame.paper(
        template, act, CONTRACT_TEMPLATES, options.get("size", CONTRACT_WORDING.sizes[0]), "303-R31",
        name=CONTRACT_WORDING.name,
        title=WORDING,
        whose=template.name,
        head=(
            Pair(c_("contract template", "Name"), template.name, name="name", law=True),
            Pair(_("Kind of contract"), frame.word(ContractTemplate, "kind", template.kind), name="kind"),
            Pair(_("Version"), template.edition, "number", name="edition", law=True),
            Pair(_("Valid from"), template.valid_from, "day", name="valid_from", law=True),
            *((Pair(_("What changed and why"), template.change, wide=True, name="change"),) if template.change else ()),
        ),
        clauses=tuple(Clause(one.number or 0, one.title, with_blanks(one.body, {})) for one in template.clauses),
        foot=frame.approved_by(act, CONTRACT_TEMPLATES, template),
        seals=SEALS,
        signatures=SIGNATURES,
        seam=True,
    )  # fmt: skip


CONTRACT = Printout(
    name="contract",
    title=TITLE,
    register=CONTRACTS.name,
    make=make,
    sizes=("A4",),
    example=examples.contract,
    undone=(*frame.UNDONE, "terminated"),
    day="sealed_on",
)
CONTRACT_WORDING = Printout(
    name="contract_wording",
    title=WORDING,
    register=CONTRACT_TEMPLATES.name,
    make=wording,
    sizes=("A4",),
    example=examples.contract_template,
    undone=frame.UNDONE,
)
