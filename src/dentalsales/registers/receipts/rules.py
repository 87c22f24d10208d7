"""What has to hold before finance confirms money."""

from sqlalchemy import select

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.house_records import Attachment
from dentalsales.blueprint.persons import Kept, years_after
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.registers.orders import Order
from dentalsales.registers.receipts.filling import advance_of
from dentalsales.registers.receipts.record import KINDS, Receipt
from dentalsales.registers.receivables import Receivable

NOT_CONFIRMED = _("because the money is not confirmed yet")
VOUCHER = _("because vouchers have to be kept")


def the_customer_is_named(receipt: Receipt, act: Act) -> None:
    """The paper bears the customer's name of the day on which finance confirms it."""
    if receipt.state in ("", "draft", "submitted"):
        receipt.customer_name = receipt.customer.name


def its_contract_is_the_customers(receipt: Receipt, act: Act) -> None:
    """Money of one customer pays no contract of another."""
    if receipt.contract is not None and receipt.contract.customer_id != receipt.customer_id:
        raise RuleBroken(_("This contract is with another customer. Choose one of this customer."), field="contract_id")


def allocations_fit(receipt: Receipt, act: Act) -> None:
    """No more is allocated than came in, and only to papers of this customer."""
    if receipt.allocated > receipt.amount:
        raise RuleBroken(
            _("{allocated} are allocated, but only {amount} came in. Lower the allocation."),
            field="lines",
            allocated=receipt.allocated,
            amount=receipt.amount,
        )
    for index, line in enumerate(receipt.lines):
        paper = (
            act.session.get(Receivable, line.receivable_id)
            if line.receivable_id
            else act.session.get(Order, line.order_id)
        )
        if paper is not None and paper.customer_id != receipt.customer_id:
            raise RuleBroken(
                _("Line {line} belongs to another customer. Delete it."),
                field=f"lines.{index}.receivable_id",
                line=index + 1,
            )


def an_advance_is_there(receipt: Receipt, act: Act) -> None:
    """The use of an advance is covered by money that came in, and lies on papers in full."""
    if receipt.kind != "advance":
        return
    there = advance_of(act, receipt.customer_id)
    if receipt.amount > there:
        raise RuleBroken(_("The customer's advance is only {advance}."), field="amount", advance=there)
    if receipt.allocated != receipt.amount:
        raise RuleBroken(_("Allocate the whole {amount} of the advance."), field="lines", amount=receipt.amount)


def it_has_come(receipt: Receipt, act: Act) -> None:
    """Money is entered when it is there."""
    if receipt.received_on > act.today:
        raise RuleBroken(_("The day lies in the future. Enter the day on which the money came."), field="received_on")


def the_slip_is_named(receipt: Receipt, act: Act) -> None:
    """A cheque or wire has its slip number, and a copy of the slip (M42)."""
    if receipt.kind not in ("cheque", "wire"):
        return
    if not receipt.evidence.strip():
        raise RuleBroken(_("Enter the number of the cheque or wire slip."), field="evidence")
    found = act.session.scalar(select(Attachment.id).where(Attachment.of("receipts", receipt.id or 0)).limit(1))
    if found is None:
        act.warn(_("{kind}: attach a copy of the slip."), kind=dict(KINDS)[receipt.kind])


def as_a_voucher(receipt: Receipt, act: Act) -> Kept | None:
    """Who paid stays on a receipt as long as vouchers are kept."""
    if receipt.state in ("draft", "submitted"):
        return Kept(NOT_CONFIRMED)
    return Kept(VOUCHER, years_after(receipt.received_on, act.setting("voucher_years")))
