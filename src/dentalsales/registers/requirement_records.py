"""Customer requirement records 客户要求记录: the need, the departments' analysis, the agreement (M19, F81)."""

from datetime import date
from typing import Any

from sqlalchemy import inspect, select, true
from sqlalchemy.orm import Mapped, relationship

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.approval import voiding
from dentalsales.blueprint.fields import CONTACT, attachments, choice, day, lines, link, note, part_of, text
from dentalsales.blueprint.form import Section
from dentalsales.blueprint.persons import Kept, Persons
from dentalsales.blueprint.record import Line, Tracked, fields_of, has_changed
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
    role_names,
    roles,
)
from dentalsales.blueprint.rules import NotAllowed, RuleBroken
from dentalsales.blueprint.table import Filter, Table, View
from dentalsales.blueprint.workflow import State, Step, Workflow
from dentalsales.i18n import Text, _, c_, joined
from dentalsales.registers.customers import Customer

KEEPERS = roles(MANAGER, ASSISTANT, REP, SERVICE, CONTRACT_ADMIN)
ANALYSTS = {"quality": QUALITY, "warehouse": WAREHOUSE}
"""Departments that write here themselves."""
SAID = ("department", "analysis", "analysed_by", "on")
STILL_OPEN = _("because its contract is still being prepared")


class RequirementAnalysis(Line):
    """What one department says to it."""

    __tablename__ = "requirement_analysis"

    requirement_record_id: Mapped[int] = part_of("requirement_record")
    department: Mapped[str] = choice(
        _("Department"),
        ("sales", _("Sales")),
        ("quality", _("Quality")),
        ("purchasing", _("Purchasing")),
        ("production", _("Production")),
        ("warehouse", _("Warehouse and logistics")),
        ("finance", _("Finance")),
        required=True,
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
    agreed_on: Mapped[date | None] = day(_("Agreed on"), read_only=True, copied=False)
    files = attachments()

    customer: Mapped[Customer] = relationship(foreign_keys="RequirementRecord.customer_id")


def whoever_writes_signs(record: RequirementRecord, line: RequirementAnalysis, act: Act) -> None:
    """An analysis bears the name of who writes it, unless another one stands there."""
    line.analysed_by = line.analysed_by or act.employee.name


def each_says_its_own(record: RequirementRecord, act: Act) -> None:
    """A department writes its own analysis; those who keep the record write what one said, and nobody else does."""
    if act.roles & KEEPERS:
        return
    mine = {department for department, role in ANALYSTS.items() if role in act.roles}
    words = dict(fields_of(RequirementAnalysis)["department"].choices)
    written = [line for line in record.analyses if has_changed(line, *SAID)]
    for line in (*written, *inspect(record).attrs.analyses.history.deleted):
        for department in {line.department, *inspect(line).attrs.department.history.deleted} - mine:
            said = _("The analysis of {department} is written by: {roles}.")
            who = roles(KEEPERS, *(role for name, role in ANALYSTS.items() if name == department))
            raise NotAllowed(said, field="analyses", department=words[department], roles=joined(role_names(who)))


def said_by(department: str) -> Any:
    """Return the SQL of the analyses of a department; of any where it is ""."""
    line: Any = RequirementAnalysis.__table__
    record: Any = RequirementRecord.__table__
    return (
        select(line.c.id)
        .where(line.c.requirement_record_id == record.c.id, (line.c.department == department) if department else true())
        .correlate_except(line)
        .exists()
    )


def analysis_of(department: str, role: str, label: Text) -> Step:
    """Return how a department hands in what it says; until then the record waits for it on Today.

    Whether it said something is asked when it hands that in: what was just typed counts.
    """

    def it_has_said_something(record: RequirementRecord, act: Act) -> None:
        if not any(line.department == department for line in record.analyses):
            raise RuleBroken(
                _("Enter what your department says under “Analysis of the departments”."), field="analyses"
            )

    return Step(
        f"analyse_{department}", label, ("in_analysis",), None, roles(role), effect=(it_has_said_something,),
        waits=lambda record: ~said_by(department),
    )  # fmt: skip


def departments_have_answered(record: RequirementRecord, act: Act) -> None:
    """What is agreed rests on the analysis of at least one department."""
    if not record.analyses:
        raise RuleBroken(_("Enter what the departments say before it is agreed."), field="analyses")


def the_agreement_is_written_down(record: RequirementRecord, act: Act) -> None:
    """A contract is based on words, not on memory."""
    if not record.agreement.strip():
        raise RuleBroken(_("Enter what was agreed with the customer."), field="agreement")


def day_is_kept(record: RequirementRecord, act: Act) -> None:
    """Keep the day of the agreement."""
    record.agreed_on = act.today


def while_it_is_open(record: RequirementRecord, act: Act) -> Kept | None:
    """Until it is agreed somebody has to know whom to ask."""
    return Kept(STILL_OPEN) if record.state in ("draft", "in_analysis") else None


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
            analysis_of("quality", QUALITY, _("Hand in quality's analysis")),
            analysis_of("warehouse", WAREHOUSE, _("Hand in the warehouse's analysis")),
            Step(
                "agree",
                c_("step", "Agree"),
                ("in_analysis",),
                "agreed",
                KEEPERS,
                (departments_have_answered, the_agreement_is_written_down),
                (day_is_kept,),
                asks=("agreement",),
                own=True,
                waits=lambda record: said_by(""),
            ),
            voiding(roles(MANAGER), ("in_analysis", "agreed")),
        ),
    ),
    rules=(each_says_its_own,),
    follows={"analyses.analysis": whoever_writes_signs},
    related=(Related("customers", "customer_id"),),
    persons=Persons(of="customers", path="customer_id", keeps=while_it_is_open),
    empty=_("No requirement records yet."),
    group="records",
    icon="clipboard-check",
)
