"""Notices of contracts 合同通知: who is told of an effective contract, each ticks that it was seen (M30)."""

from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Mapped, relationship

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.fields import choice, day, link, text
from dentalsales.blueprint.form import Section
from dentalsales.blueprint.house_records import Employee
from dentalsales.blueprint.record import Routed
from dentalsales.blueprint.register import Register, Related
from dentalsales.blueprint.roles import ROLES, Access
from dentalsales.blueprint.table import Filter, Table, View
from dentalsales.blueprint.workflow import State, Step, Workflow
from dentalsales.i18n import _, c_
from dentalsales.registers.contracts import SEEN_BY, Contract
from dentalsales.registers.customers import Customer


class ContractNotice(Routed):
    """One department that is told of one contract; its turn is the department's."""

    __tablename__ = "contract_notice"
    title_fields: ClassVar[tuple[str, ...]] = ("contract_number",)
    suggest_detail_fields: ClassVar[tuple[str, ...]] = ("department", "customer_id")

    contract_id: Mapped[int] = link(_("Contract"), "contract", required=True, read_only=True)
    contract_number: Mapped[str] = text(_("Contract number"), length=40, read_only=True, search=True)
    customer_id: Mapped[int] = link(_("Customer"), "customer", required=True, read_only=True)
    department: Mapped[str] = choice(
        _("Department"), *((role.name, role.label) for role in ROLES), required=True, read_only=True
    )
    told_on: Mapped[date] = day(_("Told on"), required=True, read_only=True)
    seen_on: Mapped[date | None] = day(_("Seen on"), read_only=True)
    seen_by_id: Mapped[int | None] = link(_("Seen by"), "employee", read_only=True)

    contract: Mapped[Contract] = relationship(foreign_keys="ContractNotice.contract_id")
    customer: Mapped[Customer] = relationship(foreign_keys="ContractNotice.customer_id")
    seen_by: Mapped[Employee | None] = relationship(foreign_keys="ContractNotice.seen_by_id")


def departments_are_told(contract: Contract, act: Act) -> None:
    """Every department of the list that the settings name gets its notice when the contract becomes effective."""
    for department in dict.fromkeys(one for one in act.setting("contract_notice").split(",") if one in SEEN_BY):
        notice = ContractNotice(
            contract_id=contract.id,
            contract_number=contract.number or "",
            customer_id=contract.customer_id,
            department=department,
            told_on=act.today,
            state="unseen",
            route=department,
            turn=department,
            entered_by_id=act.employee.id,
            entered_at=act.now,
            search_text=(contract.number or "").lower(),
        )
        act.session.add(notice)
        act.session.flush()
        act.log(notice, "created")


def it_was_seen(notice: ContractNotice, act: Act) -> None:
    """Keep who of the department saw it, and when."""
    notice.seen_on, notice.seen_by_id = act.today, act.employee.id


CONTRACT_NOTICES = Register(
    name="contract_notices",
    title=_("Contract notices"),
    one=_("Contract notice"),
    record=ContractNotice,
    form=(
        Section(
            _("Contract notice"), ("contract_id", "customer_id"), ("department", "told_on"), ("seen_on", "seen_by_id")
        ),
    ),
    table=Table(
        "contract_number",
        "customer_id",
        "department",
        "told_on",
        "seen_on",
        "seen_by_id",
        "state",
        search=("contract_number", "customer_id"),
        filters=("department", "state"),
        views=(View("unseen", _("Not seen yet"), (Filter("state", "=", "unseen"),)),),
    ),
    access=Access(view=SEEN_BY),
    workflow=Workflow(
        (
            State("unseen", _("Not seen yet"), "pending"),
            State("seen", c_("contract notice", "Seen"), "done"),
        ),
        (
            Step(
                "see",
                c_("contract notice", "Tick as seen"),
                ("unseen",),
                "seen",
                SEEN_BY,
                (),
                (it_was_seen,),
                on_route=True,
            ),
        ),
        lambda notice, act: (notice.department,),
    ),
    moves=("seen_on", "seen_by_id"),
    reacts={"contracts.seal": (departments_are_told,)},
    related=(Related("contracts", "contract_id"),),
    empty=_("No notices yet. They come when a contract is sealed."),
    group="records",
    icon="bell",
)
