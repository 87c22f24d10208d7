"""What a receipt holds: money that came in, and the papers it lies on."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Index, String, and_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.fields import (
    BY_STEP,
    PARTY,
    attachments,
    choice,
    day,
    lines,
    link,
    money,
    note,
    part_of,
    shown,
    text,
    yes_no,
)
from dentalsales.blueprint.record import Line, Tracked
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.registers.contracts import Contract
from dentalsales.registers.customers import Customer
from dentalsales.registers.orders import Order
from dentalsales.registers.receivables import Receivable

ZERO = Decimal("0.00")


KINDS = (
    ("cash", _("Cash")),
    ("cheque", _("Transfer cheque")),
    ("wire", _("Wire slip")),
    ("transfer", _("Bank transfer")),
    ("wechat", _("WeChat Pay")),
    ("alipay", _("Alipay")),
    ("advance", _("Out of the advance")),
)


def papers_of_the_customer(act: Act, line: Any) -> Any:
    """Limit the picker of open papers."""
    return Receivable.amount > Receivable.settled


def unbilled_orders(act: Act, line: Any) -> Any:
    """Limit the picker of orders to those whose money comes first."""
    return Order.state.in_(("reviewed", "paid"))


def contracts_of_the_customer(act: Act, receipt: Any) -> Any:
    """Limit the picker of contracts."""
    return and_(Contract.customer_id == (receipt.customer_id or 0), Contract.supplement_to_id.is_(None))


class Allocation(Line):
    """What of a receipt goes to one open paper, or is kept for one order that is not billed yet."""

    __tablename__ = "allocation"

    receipt_id: Mapped[int] = part_of("receipt")
    receivable_id: Mapped[int | None] = link(_("Open paper"), "receivable", limit_to=papers_of_the_customer)
    order_id: Mapped[int | None] = link(_("Kept for order"), "order", limit_to=unbilled_orders, enter_skips=True)
    amount: Mapped[Decimal] = money(_("Allocated"), required=True, minimum=0, total=True)
    released: Mapped[Decimal] = money(_("Given back"), **BY_STEP)

    receivable: Mapped[Receivable | None] = relationship(foreign_keys="Allocation.receivable_id")
    order: Mapped[Order | None] = relationship(foreign_keys="Allocation.order_id")

    @property
    def net(self) -> Decimal:
        """What still lies on the paper."""
        return (self.amount or ZERO) - (self.released or ZERO)

    def check(self) -> None:
        """An allocation names one paper."""
        if (self.receivable_id is None) == (self.order_id is None):
            raise RuleBroken(_("Choose an open paper, or an order to keep the money for."), field="receivable_id")
        if not self.amount:
            raise RuleBroken(_("Enter an amount, or delete the line."), field="amount")


class Receipt(Tracked):
    """Money from a customer, or the use of an earlier advance."""

    __tablename__ = "receipt"
    __table_args__ = (
        Index("ix_receipt_received_on", "received_on", "state"),
        Index("ix_receipt_state_received_on", "state", "received_on"),
    )

    customer_id: Mapped[int] = link(_("Customer"), "customer", required=True)
    customer_name: Mapped[str] = mapped_column(String(200), nullable=False, default="", info={"personal": PARTY})
    """What the customer was called until finance confirmed the money."""
    received_on: Mapped[date] = day(_("Received on"), required=True, default="today", enter_skips=True)
    kind: Mapped[str] = choice(_("Kind of payment"), *KINDS, default="transfer", enter_skips=True)
    amount: Mapped[Decimal] = money(_("Amount"), required=True, total=True, default=None, minimum=Decimal("0.01"))
    account: Mapped[str] = text(_("Into account"), length=60, enter_skips=True)
    evidence: Mapped[str] = text(_("Slip or cheque number"), length=60, enter_skips=True, copied=False)
    payer: Mapped[str] = text(_("Payer"), length=100, enter_skips=True, personal=PARTY)
    purpose: Mapped[str] = text(_("For"), enter_skips=True)
    contract_id: Mapped[int | None] = link(
        _("For contract"), "contract", limit_to=contracts_of_the_customer, enter_skips=True
    )
    fee: Mapped[Decimal] = money(_("Bank fee"), minimum=0, enter_skips=True)
    stamped_received: Mapped[bool] = yes_no(_("Stamped as received"), enter_skips=True)
    stamped_finance: Mapped[bool] = yes_no(_("Stamped with the finance seal"), enter_skips=True)
    remarks: Mapped[str] = note(_("Notes"))
    lines: Mapped[list[Allocation]] = lines(
        _("Allocation"), "Allocation", "receivable_id", "order_id", "amount", "released"
    )

    files = attachments()
    customer: Mapped[Customer] = relationship(foreign_keys="Receipt.customer_id")
    contract: Mapped[Contract | None] = relationship(foreign_keys="Receipt.contract_id")

    @shown(_("Allocated"), "money")
    def allocated(self) -> Decimal:
        """The sum that lies on papers."""
        return sum((line.net for line in self.lines), ZERO)

    @shown(_("Kept as advance"), "money")
    def kept(self) -> Decimal:
        """What is not allocated; the use of an advance keeps nothing."""
        allocated: Decimal = self.allocated
        return (self.amount or ZERO) - allocated
