"""The receipt 《收款单》: money that came in, in figures and words, and what it pays (M41, M42)."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import dentalsales.printouts.examples as examples
import dentalsales.printouts.frame as frame
from dentalsales.blueprint.act import Act
from dentalsales.blueprint.printout import Pair, Paper, Printout
from dentalsales.blueprint.sheet import Block, SheetColumn
from dentalsales.i18n import _, c_
from dentalsales.registers.receipts import RECEIPTS, Allocation, Receipt

TITLE = c_("paper", "Receipt")
COLUMNS = (
    SheetColumn("number", _("Pays for"), width=20, law=True),
    SheetColumn("on", _("Date"), "day", 12),
    SheetColumn("due_on", _("Due on"), "day", 12),
    SheetColumn("amount", _("Amount of the paper"), "money", 14),
    SheetColumn("allocated", _("Allocated"), "money", 14, total=True, law=True),
)
SIGNATURES = (_("Paid in by"), c_("signature", "Received by"), _("Finance"), _("Reviewed by"))


def make(receipt: Receipt, act: Act, options: Mapping[str, Any]) -> Paper:
    """Return the paper; options: size."""
    return frame.paper(
        receipt, act, RECEIPTS, options.get("size", RECEIPT.sizes[0]), "303-R13",
        name=RECEIPT.name,
        title=TITLE,
        whose=receipt.customer_name or receipt.customer.name,
        head=_head(receipt),
        block=_allocations(receipt),
        foot=_foot(receipt, act),
        words=(_("Amount in words"), receipt.amount or Decimal("0.00")),
        notes=(_("This receipt is no invoice."),),
        seals=(_("Stamp “received”"), _("Finance seal")),
        signatures=SIGNATURES,
        copies=frame.COPIES[:3],
    )  # fmt: skip


def _head(receipt: Receipt) -> tuple[Pair, ...]:
    return (
        Pair(_("Customer"), receipt.customer_name, wide=True, name="customer", law=True),
        Pair(_("Received on"), receipt.received_on, "day", name="day", law=True),
        Pair(_("Kind of payment"), frame.word(Receipt, "kind", receipt.kind), name="kind"),
        Pair(_("Payer"), receipt.payer, name="payer"),
        Pair(_("Into account"), receipt.account, name="account"),
        Pair(_("Slip or cheque number"), receipt.evidence, name="evidence"),
        Pair(_("For"), receipt.purpose, name="purpose"),
    )


def _allocations(receipt: Receipt) -> Block:
    return frame.numbered(_("Allocation"), COLUMNS, [_cells(line) for line in receipt.lines])


def _cells(line: Allocation) -> tuple[Any, ...]:
    """An order whose money comes first has no due date."""
    if line.receivable is not None:
        paper = line.receivable
        return paper.number, paper.on, paper.due_on, paper.amount, line.net
    order = line.order
    if order is None:
        return "", "", "", "", line.net
    return order.number or "", order.ordered_on, "", order.total, line.net


def _foot(receipt: Receipt, act: Act) -> tuple[Pair, ...]:
    return (
        Pair(_("Kept as advance"), receipt.kept, "money", name="advance"),
        Pair(_("Bank fee"), receipt.fee, "money", name="fee"),
        Pair(_("Made out by"), frame.name_of(act, receipt.entered_by_id), name="made_out"),
        Pair(_("Confirmed by Finance"), frame.taken_by(act, RECEIPTS, receipt, "confirm"), name="confirmed"),
        *((Pair(_("Notes"), receipt.remarks, wide=True, name="paper_remarks"),) if receipt.remarks else ()),
    )


RECEIPT = Printout(
    name="receipt",
    title=TITLE,
    register=RECEIPTS.name,
    make=make,
    sizes=("241x140", "A4", "A5", "A5 landscape"),
    example=examples.receipt,
    wishes=lambda receipt: frame.wishes(receipt.customer),
    undone=frame.UNDONE,
    day="received_on",
)
