"""The return note 《退货单》: what came back by lot, in what condition, and what it is worth (signed by three)."""

from collections.abc import Mapping
from typing import Any

import dentalsales.printouts.examples as examples
import dentalsales.printouts.frame as frame
from dentalsales.blueprint.act import Act
from dentalsales.blueprint.printout import CONTINUOUS, Pair, Paper, Printout
from dentalsales.blueprint.sheet import Block, SheetColumn
from dentalsales.i18n import _, c_
from dentalsales.registers.returns import RETURNS, GoodsReturn, ReturnLine

TITLE = c_("paper", "Return note")
COLUMNS = (
    SheetColumn("product", _("Product name"), width=18, law=True),
    SheetColumn("spec", _("Model, specification, shade"), width=14, law=True),
    SheetColumn("registration", _("Registration or filing number"), width=17, law=True),
    SheetColumn("lot", _("Lot or serial number"), width=11, law=True),
    SheetColumn("expires_on", _("Expiry"), "day", 10, law=True),
    SheetColumn("unit", _("Unit"), width=5),
    SheetColumn("quantity", _("Quantity"), "quantity", 7, total=True, law=True),
    SheetColumn("unit_price", _("Unit price"), "price", 9),
    SheetColumn("amount", _("Amount"), "money", 11, total=True),
    SheetColumn("returned_as", c_("returns", "Condition"), width=12),
)
SIGNATURES = (_("Customer (signature)"), _("Checked by the warehouse"), _("Finance"))
EMPTY_LINES = 6


def make(paper: GoodsReturn, act: Act, options: Mapping[str, Any]) -> Paper:
    """Return the paper; options: size. One of nobody leaves room for the total in words, too."""
    in_words, size = _("Total in words"), options.get("size", RETURN_NOTE.sizes[0])
    return frame.paper(
        paper, act, RETURNS, size, "303-R14",
        name=RETURN_NOTE.name,
        title=TITLE,
        whose=paper.dispatch_note.buyer_name if paper.dispatch_note else "",
        head=_head(paper),
        block=_lines(paper),
        foot=(
            *(() if paper.dispatch_note else (Pair(in_words, "", wide=True, name="words"),)),
            Pair(_("Notes"), paper.remarks, wide=True, name="paper_remarks"),
        ),
        words=(in_words, paper.total) if paper.dispatch_note else None,
        signatures=SIGNATURES,
        copies=frame.COPIES[:3] if size in CONTINUOUS else frame.COPIES,
    )  # fmt: skip


def _head(paper: GoodsReturn) -> tuple[Pair, ...]:
    note = paper.dispatch_note
    return (
        Pair(_("Customer"), note.buyer_name if note else "", wide=True, name="customer", law=True),
        Pair(c_("returns", "Returned on"), paper.returned_on or "", "day", name="day", law=True),
        Pair(_("Reason"), frame.word(GoodsReturn, "reason", paper.reason), name="reason"),
        Pair(_("Dispatch note"), (note.number or "") if note else "", name="dispatch_note", law=True),
        Pair(_("Order"), (paper.order.number or "") if paper.order else "", name="order"),
    )


def _lines(paper: GoodsReturn) -> Block:
    return frame.numbered(_("Goods"), COLUMNS, [_cells(line) for line in paper.lines])


def _cells(line: ReturnLine) -> tuple[Any, ...]:
    """What left says the line of the dispatch note, whose words never change."""
    left = line.dispatch_line
    if left is None:
        return ("",) * len(COLUMNS)
    return (
        left.product_name, frame.one_line(left.model, left.spec, left.shade), line.registration, line.lot_no,
        line.expires_on or "", line.unit, line.quantity, line.unit_price, line.amount,
        frame.word(ReturnLine, "returned_as", line.returned_as),
    )  # fmt: skip


def blank() -> GoodsReturn:
    """Return a paper with nothing in it."""
    lines = [ReturnLine(**frame.nothing(ReturnLine)) for _line in range(EMPTY_LINES)]
    return GoodsReturn(**frame.nothing(GoodsReturn), lines=lines)


RETURN_NOTE = Printout(
    name="return_note",
    title=TITLE,
    register=RETURNS.name,
    make=make,
    sizes=("A4", "241x140"),
    example=examples.goods_return,
    blank=blank,
    undone=frame.UNDONE,
    day="returned_on",
)
