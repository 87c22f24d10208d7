"""Customer requirement records 客户要求记录: the need, the departments' analysis, the agreement (M19, F81)."""

from datetime import date

from sqlalchemy.orm import Mapped, relationship

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.approval import voiding
from dentalsales.blueprint.demands import filled
from dentalsales.blueprint.departments import Department, Departments
from dentalsales.blueprint.effects import today_in
from dentalsales.blueprint.fields import BY_STEP, CONTACT, attachments, choice, day, lines, link, note, part_of, text
from dentalsales.blueprint.form import Section
from dentalsales.blueprint.persons import Persons, kept_until
from dentalsales.blueprint.record import Line, Tracked
from dentalsales.blueprint.register import Register, Related
from dentalsales.blueprint.roles import (
    ASSISTANT,
    CLERK,
    CONTRACT_ADMIN,
    LEADERS,
    MANAGER,
    MANAGERS,
    QUALITY,
    REP,
    SERVICE,
    WAREHOUSE,
    Access,
    roles,
)
from dentalsales.blueprint.table import Filter, Table, View
from dentalsales.blueprint.workflow import State, Step, Workflow
from dentalsales.i18n import _, c_
from dentalsales.registers.customers import Customer
from dentalsales.registers.departments import DEPARTMENTS

KEEPERS = roles(MANAGER, ASSISTANT, REP, SERVICE, CONTRACT_ADMIN)
ASKED = {
    name: Department(DEPARTMENTS[name].label, roles(name) if name in ("quality", "warehouse") else roles())
    for name in ("sales", "quality", "purchasing", "production", "warehouse", "finance")
}
"""The departments that are asked; quality and the warehouse write here themselves."""
STILL_OPEN = _("because its contract is still being prepared")


class RequirementAnalysis(Line):
    """What one department says to it."""

    __tablename__ = "requirement_analysis"

    requirement_record_id: Mapped[int] = part_of("requirement_record")
    department: Mapped[str] = choice(
        _("Department"), *((name, one.label) for name, one in ASKED.items()), required=True
    )
    analysis: Mapped[str] = note(_("Analysis"), required=True, length=1000)
    analysed_by: Mapped[str] = text(c_("analysis", "By"), length=60)
    on: Mapped[date] = day(_("Date"), required=True, default="today")


class RequirementRecord(Tracked):
    """What a customer asks of us before there is a contract."""

    __tablename__ = "requirement_record"

    customer_id: Mapped[int] = link(_("Customer"), "customer", required=True, edit_roles=KEEPERS)
    asked_on: Mapped[date] = day(_("Date"), required=True, default="today", edit_roles=KEEPERS)
    told_by: Mapped[str] = text(_("Told by"), length=60, personal=CONTACT, edit_roles=KEEPERS)
    need: Mapped[str] = note(_("What the customer needs"), required=True, edit_roles=KEEPERS)
    analyses: Mapped[list[RequirementAnalysis]] = lines(
        _("Analysis of the departments"),
        "RequirementAnalysis",
        "department",
        "analysis",
        "analysed_by",
        "on",
        copied=False,
    )
    agreement: Mapped[str] = note(_("What was agreed"), edit_roles=KEEPERS, copied=False)
    agreed_on: Mapped[date | None] = day(_("Agreed on"), **BY_STEP)
    files = attachments()

    customer: Mapped[Customer] = relationship(foreign_keys="RequirementRecord.customer_id")


def whoever_writes_signs(record: RequirementRecord, line: RequirementAnalysis, act: Act) -> None:
    """An analysis bears the name of who writes it, unless another one stands there."""
    line.analysed_by = line.analysed_by or act.employee.name


ANALYSES = Departments(
    "analyses", RequirementAnalysis, ASKED, KEEPERS, named=False, own=("analysis", "analysed_by", "on"),
    states=("in_analysis",), step="analyse", hand_in=_("Hand in the analysis of {department}"),
    missing=_("Enter what your department says under “Analysis of the departments”."),
    not_yours=_("The analysis of {department} is written by: {roles}."),
)  # fmt: skip
"""A department writes its own analysis; those who keep the record write what one said, and nobody else does."""
AGREED = (
    filled("analyses", _("Enter what the departments say before it is agreed.")),
    filled("agreement", _("Enter what was agreed with the customer.")),
)
"""What is agreed rests on the analysis of at least one department; a contract is based on words, not on memory."""


REQUIREMENT_RECORDS = Register(
    name="requirement_records",
    title=_("Requirements"),
    one=_("Requirement record"),
    record=RequirementRecord,
    number="KY-{day}-{count:03}",
    form=(
        Section(_("Requirement record"), ("customer_id", "asked_on", "told_by"), "need"),
        Section(_("Analysis of the departments"), "analyses"),
        Section(_("Agreement"), "agreement", "agreed_on"),
        Section(c_("attachments", "Files"), "files"),
    ),
    table=Table(
        "number",
        "asked_on",
        "customer_id",
        "need",
        "agreed_on",
        "state",
        search=("number", "customer_id"),
        filters=("state", "asked_on", "customer_id"),
        views=(View("open", _("In analysis"), (Filter("state", "=", "in_analysis"),)),),
    ),
    access=Access(
        view=roles(KEEPERS, MANAGERS, LEADERS, QUALITY, WAREHOUSE, CLERK),
        create=KEEPERS,
        edit=roles(KEEPERS, QUALITY, WAREHOUSE),
        own=roles(REP),
        owner="customer_id.owner_id",
    ),
    workflow=Workflow(
        (
            State("draft", _("Draft"), "draft", editable=True, draft=True),
            State("in_analysis", _("In analysis"), "pending", editable=True),
            State("agreed", _("Agreed"), "done"),
            State("void", _("Void"), "void"),
        ),
        (
            Step("hand_out", _("Hand to the departments"), ("draft",), "in_analysis", KEEPERS, own=True, inbox=False),
            *ANALYSES.steps(),
            Step(
                "agree", c_("step", "Agree"), ("in_analysis",), "agreed", KEEPERS, AGREED, (today_in("agreed_on"),),
                asks=("agreement",), own=True, waits=ANALYSES.there,
            ),
            voiding(roles(MANAGER), ("in_analysis", "agreed")),
        ),
    ),
    rules=(ANALYSES.each_writes_its_own,),
    follows={"analyses.analysis": whoever_writes_signs},
    related=(Related("customers", "customer_id"),),
    persons=Persons(of="customers", path="customer_id", keeps=kept_until(("agreed", "void"), STILL_OPEN)),
    empty=_("No requirement records yet."),
    group="records",
    icon="clipboard-check",
)  # fmt: skip
