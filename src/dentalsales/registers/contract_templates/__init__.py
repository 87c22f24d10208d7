"""Contract templates 合同模板: the uniform clauses that nobody changes privately; VP and head office approve them."""

from dentalsales.blueprint.approval import STATES, decisions, submission, voiding, withdrawal
from dentalsales.blueprint.form import Section
from dentalsales.blueprint.register import DraftFrom, Register
from dentalsales.blueprint.roles import (
    ASSISTANT,
    AUDIT,
    CONTRACT_ADMIN,
    GENERAL_MANAGER,
    LEADER,
    MANAGERS,
    REP,
    VP,
    Access,
    roles,
)
from dentalsales.blueprint.table import Filter, Table, View
from dentalsales.blueprint.workflow import Workflow
from dentalsales.i18n import _
from dentalsales.registers.contract_templates import rules
from dentalsales.registers.contract_templates.record import (
    BLANK,
    CONTRACT_KINDS,
    ContractClause,
    ContractTemplate,
    blanks_of,
)
from dentalsales.registers.contract_templates.rules import in_force
from dentalsales.registers.contract_templates.shipped import shipped_clauses

KEEPERS = roles(CONTRACT_ADMIN)
ROUTE = (VP, GENERAL_MANAGER)

CONTRACT_TEMPLATES = Register(
    name="contract_templates",
    title=_("Contract templates"),
    one=_("Contract template"),
    record=ContractTemplate,
    number="MB-{year}-{count:03}",
    form=(
        Section(_("Contract template"), ("name", "kind"), ("edition", "valid_from", "valid_to"), "change"),
        Section(_("Clauses"), "clauses"),
    ),
    table=Table(
        "number",
        "name",
        "kind",
        "edition",
        "valid_from",
        "valid_to",
        "state",
        search=("number", "name"),
        order="-id",
        filters=("kind", "state"),
        views=(View("in_force", _("In force"), (Filter("state", "=", "approved"), Filter("valid_to", "empty"))),),
    ),
    access=Access(
        view=roles(MANAGERS, VP, GENERAL_MANAGER, LEADER, CONTRACT_ADMIN, ASSISTANT, AUDIT, REP), create=KEEPERS
    ),
    workflow=Workflow(
        STATES,
        (
            submission(KEEPERS, (rules.IT_BEGINS_TODAY_OR_LATER,)),
            *decisions(frozenset(ROUTE), "approved", "rejected", (rules.the_version_before_ends,)),
            withdrawal(KEEPERS),
            voiding(KEEPERS, ("draft", "in_review", "rejected")),
        ),
        lambda template, act: ROUTE,
    ),
    moves=("valid_from", "valid_to"),
    rules=(rules.clauses_are_numbered,),
    follows={"kind": rules.kind_brings_the_shipped_clauses},
    drafts_from=(DraftFrom("next_version", _("New version"), "contract_templates", rules.new_version, ("approved",)),),
    empty=_("No contract templates yet. Choose a kind in a new one: its usual clauses come by themselves."),
    group="records",
    icon="file-text",
)

__all__ = [
    "BLANK",
    "CONTRACT_KINDS",
    "CONTRACT_TEMPLATES",
    "ContractClause",
    "ContractTemplate",
    "blanks_of",
    "in_force",
    "shipped_clauses",
]
