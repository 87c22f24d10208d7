"""Contracts 合同: from the uniform template over review, signature and seal to archive and completion (P3, F1)."""

from dentalsales.blueprint.form import Section
from dentalsales.blueprint.persons import Persons
from dentalsales.blueprint.register import DraftFrom, Register, Related
from dentalsales.blueprint.roles import (
    ASSISTANT,
    AUDIT,
    CONTRACT_ADMIN,
    CONTRACT_READERS,
    FINANCE,
    MANAGERS,
    REP,
    Access,
    roles,
)
from dentalsales.blueprint.table import Filter, Table, View
from dentalsales.i18n import _, c_
from dentalsales.registers.contracts import filling
from dentalsales.registers.contracts.annex import (
    agreed_lines,
    contract_prices,
    contracts_in_force,
    end_of,
    states_that_count,
)
from dentalsales.registers.contracts.insights import INSIGHTS
from dentalsales.registers.contracts.lines import (
    ContractBlank,
    ContractDeviation,
    ContractInstalment,
    ContractLine,
)
from dentalsales.registers.contracts.record import Contract
from dentalsales.registers.contracts.rules import as_long_as_it_is_needed
from dentalsales.registers.contracts.workflow import WORKFLOW, WRITERS

SEEN_BY = CONTRACT_READERS

CONTRACTS = Register(
    name="contracts",
    title=_("Contracts"),
    one=_("Contract"),
    record=Contract,
    number="HT-{day}-{count:03}",
    form=(
        Section(
            _("Contract"),
            ("customer_id", "template_id", "kind"),
            ("subject", "requirement_id", "supplement_to_id"),
            ("valid_from", "valid_to", "our_agent_id"),
        ),
        Section(_("Product annex"), "lines", "total"),
        Section(_("Blanks of the clauses"), "blanks"),
        Section(_("Deviations from the template"), "deviations"),
        Section(
            c_("contract", "Commitment"),
            ("commitment", "rebate", "return_quota"),
            when=lambda contract: contract.kind != "service",
        ),
        Section(
            c_("contract", "Service"),
            "service_content",
            "service_time",
            when=lambda contract: contract.kind == "service",
        ),
        Section(_("Collection plan"), "instalments"),
        Section(
            _("Customer"),
            ("party_name", "party_code", "party_licence"),
            ("party_legal_person", "party_agent", "party_phone"),
            "party_address",
            ("party_bank", "party_account"),
        ),
        Section(
            _("Review, seal and archive"),
            ("can_be_met", "signed_on", "signed_at"),
            ("sealed_on", "seal", "copies", "sealed_by"),
            ("archived_on", "archive_place", "archive_number", "ended_on"),
            once=("can_be_met", "signed_on", "ended_on"),
        ),
        Section(_("Internal notes"), "remarks"),
        Section(c_("attachments", "Files"), "files"),
    ),
    table=Table(
        "number",
        "customer_id",
        "kind",
        "subject",
        "valid_from",
        "valid_to",
        "total",
        "sealed_on",
        "archived_on",
        "state",
        more=("template_id", "supplement_to_id", "our_agent_id", "signed_on", "ended_on", "entered_by_id"),
        search=("number", "customer_id", "subject"),
        order="-id",
        filters=("state", "kind", "customer_id", "valid_to"),
        views=(
            View("in_review", _("In review"), (Filter("state", "=", "in_review"),)),
            View("to_seal", _("To sign and seal"), (Filter("state", "in", ("ratified", "signed")),)),
            View("effective", c_("contract", "Effective"), (Filter("state", "=", "effective"),)),
            View(
                "ends_soon",
                _("Ends within 30 days"),
                (Filter("state", "=", "effective"), Filter("valid_to", "<=", "today+30")),
            ),
            View(
                "to_archive",
                _("To archive"),
                (
                    Filter("state", "in", ("effective", "completed", "terminated")),
                    Filter("archived_on", "empty"),
                ),
            ),
        ),
    ),
    access=Access(
        view=SEEN_BY,
        create=WRITERS,
        own=roles(REP),
        owner="customer_id.owner_id",
        export=roles(MANAGERS, CONTRACT_ADMIN, ASSISTANT, AUDIT, FINANCE),
    ),
    workflow=WORKFLOW,
    moves=("can_be_met", "ended_on"),
    rules=(filling.what_the_program_fills_is_right,),
    follows={
        "customer_id": filling.customer_brings_its_party,
        "template_id": filling.template_brings_kind_and_blanks,
        "lines.product_id": filling.product_fills_its_line,
        "lines.unit": filling.quantity_or_unit_changed,
        "lines.quantity": filling.quantity_moves_the_amount,
        "lines.unit_price": filling.quantity_moves_the_amount,
        "deviations.clause": filling.clause_shows_its_wording,
        "instalments.due_on": filling.instalment_begins_with_the_rest,
    },
    follows_lines={"lines": filling.lines_came_at_once},
    insights=INSIGHTS,
    drafts_from=(
        DraftFrom(
            "contract", _("Begin contract"), "requirement_records", filling.from_requirement, ("in_analysis", "agreed")
        ),
        DraftFrom("supplement", _("Begin supplement"), "contracts", filling.supplement_to, ("effective",)),
    ),
    related=(
        Related("requirement_records", "requirement_id"),
        Related("contracts", "supplement_to_id"),
        Related("customers", "customer_id"),
    ),
    persons=Persons(of="customers", path="customer_id", keeps=as_long_as_it_is_needed),
    empty=_("No contracts yet. Orders use the price list."),
    icon="signature",
    shortcut=3,
)

__all__ = [
    "CONTRACTS",
    "SEEN_BY",
    "Contract",
    "ContractBlank",
    "ContractDeviation",
    "ContractInstalment",
    "ContractLine",
    "agreed_lines",
    "contract_prices",
    "contracts_in_force",
    "end_of",
    "states_that_count",
]
