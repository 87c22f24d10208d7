"""What a contract holds: both parties, template and blanks, annex, deviations, instalments, seal and archive (P3)."""

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped, relationship

from dentalsales.blueprint.fields import (
    BY_STEP,
    CONTACT,
    PARTY,
    attachments,
    choice,
    day,
    how_many,
    lines,
    link,
    money,
    note,
    percent,
    text,
    yes_no,
)
from dentalsales.blueprint.house_records import Employee
from dentalsales.blueprint.record import Routed
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _, c_
from dentalsales.registers.contract_templates import CONTRACT_KINDS, ContractTemplate, in_force
from dentalsales.registers.contracts.lines import (
    ZERO,
    ContractBlank,
    ContractDeviation,
    ContractInstalment,
    ContractLine,
)
from dentalsales.registers.customers import Customer
from dentalsales.registers.requirement_records import RequirementRecord

SEALED = ("effective", "completed", "terminated")
"""States of a contract that was effective once."""
SEALS = (("contract", _("Contract seal")), ("company", _("Company seal")))


class Contract(Routed):
    """A sales contract, from the draft to the sealed, archived and fulfilled paper; a supplement is one of its own."""

    __tablename__ = "contract"

    customer_id: Mapped[int] = link(_("Customer"), "customer", required=True)
    template_id: Mapped[int] = link(_("Contract template"), "contract_template", required=True, limit_to=in_force)
    kind: Mapped[str] = choice(_("Kind of contract"), *CONTRACT_KINDS, read_only=True)
    supplement_to_id: Mapped[int | None] = link(_("Supplement to"), "contract", read_only=True)
    requirement_id: Mapped[int | None] = link(_("Requirement record"), "requirement_record")
    subject: Mapped[str] = text(c_("contract", "Subject"), length=120, search=True)
    valid_from: Mapped[date] = day(_("Valid from"), required=True, default="today")
    valid_to: Mapped[date] = day(_("Valid to"), required=True)
    party_name: Mapped[str] = text(_("Customer's full name"), personal=PARTY, read_only=True)
    party_code: Mapped[str] = text(_("Unified social credit code"), length=18, personal=PARTY, read_only=True)
    party_licence: Mapped[str] = text(_("Licence number"), length=80, read_only=True)
    party_legal_person: Mapped[str] = text(_("Legal person"), length=60, personal=CONTACT, enter_skips=True)
    party_agent: Mapped[str] = text(_("Customer's representative"), length=60, personal=CONTACT, enter_skips=True)
    party_phone: Mapped[str] = text(_("Phone"), length=60, masked=True, personal=CONTACT, enter_skips=True)
    party_address: Mapped[str] = text(_("Address"), personal=CONTACT, enter_skips=True)
    party_bank: Mapped[str] = text(_("Bank"), length=100, enter_skips=True)
    party_account: Mapped[str] = text(_("Bank account"), length=40, personal=PARTY, enter_skips=True)
    our_agent_id: Mapped[int | None] = link(_("Our representative"), "employee")
    total: Mapped[Decimal] = money(_("Total"), read_only=True, total=True)
    commitment: Mapped[Decimal] = money(_("Purchase commitment"), minimum=0, enter_skips=True)
    rebate: Mapped[Decimal] = percent(_("Rebate"), minimum=0, maximum=100, enter_skips=True)
    return_quota: Mapped[Decimal] = percent(_("Return quota"), minimum=0, maximum=100, enter_skips=True)
    service_content: Mapped[str] = note(_("Content of the service"))
    service_time: Mapped[str] = text(_("Time limit of the service"), length=120)
    blanks: Mapped[list[ContractBlank]] = lines(
        _("Blanks of the clauses"), "ContractBlank", "name", "value", grows=False
    )
    deviations: Mapped[list[ContractDeviation]] = lines(
        _("Deviations from the template"), "ContractDeviation", "clause", "old_text", "new_text", "reason"
    )
    instalments: Mapped[list[ContractInstalment]] = lines(
        _("Collection plan"), "ContractInstalment", "due_on", "amount", "condition", "responsible_id"
    )
    lines: Mapped[list[ContractLine]] = lines(
        _("Product annex"),
        "ContractLine",
        "product_id",
        "unit",
        "quantity",
        "list_price",
        "unit_price",
        "amount",
        "deliver_by",
        "requirement",
        "grade",
        "shade",
        "model",
        "spec",
        "registration",
    )
    remarks: Mapped[str] = note(_("Internal notes"))
    can_be_met: Mapped[bool] = yes_no(_("Goods can meet the contract"), **BY_STEP)
    signed_on: Mapped[date | None] = day(_("Signed on"), **BY_STEP)
    signed_at: Mapped[str] = text(_("Signed at"), length=60, **BY_STEP)
    sealed_on: Mapped[date | None] = day(_("Sealed on"), **BY_STEP)
    seal: Mapped[str] = choice(_("Kind of seal"), *SEALS, **BY_STEP)
    copies: Mapped[int | None] = how_many(_("Copies"), minimum=1, maximum=20, **BY_STEP)
    sealed_by: Mapped[str] = text(_("Sealed by"), length=60, **BY_STEP)
    archived_on: Mapped[date | None] = day(_("Archived on"), **BY_STEP)
    archive_place: Mapped[str] = text(_("Place in the archive"), length=60, **BY_STEP)
    archive_number: Mapped[str] = text(_("Archive number"), length=40, **BY_STEP)
    ended_on: Mapped[date | None] = day(_("Ended on"), **BY_STEP)
    files = attachments()

    customer: Mapped[Customer] = relationship(foreign_keys="Contract.customer_id")
    template: Mapped[ContractTemplate] = relationship(foreign_keys="Contract.template_id")
    our_agent: Mapped[Employee | None] = relationship(foreign_keys="Contract.our_agent_id")
    requirement: Mapped[RequirementRecord | None] = relationship(foreign_keys="Contract.requirement_id")
    main: Mapped["Contract | None"] = relationship(foreign_keys="Contract.supplement_to_id", remote_side="Contract.id")

    @property
    def root_id(self) -> int:
        """The contract that a supplement belongs to, or the contract itself."""
        return self.supplement_to_id or self.id

    def check(self) -> None:
        """A contract does not end before it begins."""
        if self.valid_to < self.valid_from:
            raise RuleBroken(_("The contract ends before it begins."), field="valid_to")

    def add_up(self) -> None:
        """Keep the total in step with the annex."""
        self.total = sum((line.amount or ZERO for line in self.lines), ZERO)
