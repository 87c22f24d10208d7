"""Execution notes 合同执行记录: how a contract goes on, and what the customer was told of it (M34, M135, F82)."""

from datetime import date, timedelta
from typing import Any, ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Mapped, relationship

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.demands import has_come, stays
from dentalsales.blueprint.fields import CONTACT, choice, day, link, note, text
from dentalsales.blueprint.form import Section
from dentalsales.blueprint.house_records import Employee
from dentalsales.blueprint.persons import Persons
from dentalsales.blueprint.record import Record
from dentalsales.blueprint.register import DraftFrom, Register, Related
from dentalsales.blueprint.roles import ASSISTANT, CONTRACT_ADMIN, MANAGER, REP, SERVICE, Access, roles
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.blueprint.table import Filter, Table, View
from dentalsales.i18n import _
from dentalsales.registers.contracts import SEEN_BY, Contract
from dentalsales.registers.contracts.rules import as_long_as_it_is_needed
from dentalsales.registers.customers import Customer
from dentalsales.registers.orders import missed_nodes

WRITERS = roles(ASSISTANT, CONTRACT_ADMIN, MANAGER, REP, SERVICE)
AGAIN_AFTER = timedelta(days=7)
"""So long after a note the next one is due, while a delivery is late."""


class ContractProgress(Record):
    """One note on how a contract goes on."""

    __tablename__ = "contract_progress"
    title_fields: ClassVar[tuple[str, ...]] = ("on",)

    contract_id: Mapped[int] = link(_("Contract"), "contract", required=True)
    customer_id: Mapped[int] = link(_("Customer"), "customer", required=True, read_only=True)
    on: Mapped[date] = day(_("Date"), required=True, default="today")
    progress: Mapped[str] = note(_("Progress"), required=True)
    told_to: Mapped[str] = text(_("Told to"), length=60, personal=CONTACT)
    told_by: Mapped[str] = choice(
        _("How the customer was told"),
        ("phone", _("Phone")),
        ("wechat", _("WeChat")),
        ("paper", _("In writing")),
        ("visit", _("Sales call")),
    )
    written_by_id: Mapped[int | None] = link(_("Entered by"), "employee", read_only=True)

    contract: Mapped[Contract] = relationship(foreign_keys="ContractProgress.contract_id")
    customer: Mapped[Customer] = relationship(foreign_keys="ContractProgress.customer_id")
    written_by: Mapped[Employee | None] = relationship(foreign_keys="ContractProgress.written_by_id")

    def check(self) -> None:
        """Whoever was told, was told somehow."""
        if self.told_to and not self.told_by:
            raise RuleBroken(_("Choose how the customer was told."), field="told_by")


_NOTE: Any = ContractProgress.__table__


def it_bears_contract_and_author(progress: ContractProgress, act: Act) -> None:
    """The customer is the contract's; who wrote a note stays on it."""
    contract = act.session.get(Contract, progress.contract_id or 0)
    if contract is not None:
        progress.customer_id = contract.customer_id
    if progress.id is None:
        progress.written_by_id = act.employee.id


NOTES_STAY = stays(
    "contract_id", "told_to", "told_by", "on", "progress", since="on",
    said=_("This note is of an earlier day. Enter a new one."),
)  # fmt: skip
"""What was written on an earlier day is not rewritten, nor made older: a new note follows it."""


def note_on(contract: Contract, act: Act) -> ContractProgress:
    """Begin a note on a contract."""
    return ContractProgress(contract_id=contract.id, customer_id=contract.customer_id, on=act.today)


def the_customer_waits(contract: Any, today: date) -> Any:
    """Return the condition of contracts with a missed node of which nobody has written or told anything for a week."""
    missed = missed_nodes(contract, today)
    told = select(_NOTE.c.id).where(
        _NOTE.c.contract_id == contract.c.id,
        _NOTE.c.on > today - AGAIN_AFTER,
        _NOTE.c.on > missed.selected_columns.deliver_by,
    )
    return missed.where(~told.correlate_except(_NOTE).exists()).exists()


CONTRACT_PROGRESS = Register(
    name="contract_progress",
    title=_("Execution notes"),
    one=_("Execution note"),
    record=ContractProgress,
    form=(
        Section(
            _("Execution note"),
            ("contract_id", "customer_id", "on"),
            "progress",
            ("told_to", "told_by", "written_by_id"),
        ),
    ),
    table=Table(
        "on",
        "contract_id",
        "customer_id",
        "progress",
        "told_to",
        "told_by",
        "written_by_id",
        search=("contract_id", "customer_id"),
        order="-on",
        filters=("on", "customer_id", "written_by_id"),
        views=(View("month", _("This month"), (Filter("on", ">=", "this_month"),)),),
    ),
    access=Access(view=SEEN_BY, create=WRITERS, own=roles(REP), owner="customer_id.owner_id"),
    rules=(it_bears_contract_and_author, has_come("on"), NOTES_STAY),
    follows={"contract_id": it_bears_contract_and_author},
    drafts_from=(
        DraftFrom(
            "progress",
            _("Enter progress"),
            "contracts",
            note_on,
            ("effective",),
            late=the_customer_waits,
            told=roles(ASSISTANT, CONTRACT_ADMIN, REP),
        ),
    ),
    related=(Related("contracts", "contract_id"),),
    persons=Persons(
        of="customers",
        path="customer_id",
        keeps=lambda progress, act: as_long_as_it_is_needed(act.session.get_one(Contract, progress.contract_id), act),
    ),
    empty=_("No notes yet."),
    group="records",
    icon="history",
)
