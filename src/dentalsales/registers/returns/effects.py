"""What a return sets in motion: sound goods lie in their lot again, and the sale leaves ledger and receivable."""

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.persons import Kept
from dentalsales.i18n import _
from dentalsales.registers.dispatch_notes import as_a_legal_record
from dentalsales.registers.orders import entry_of, lower_receivable, track_purchase
from dentalsales.registers.returns.record import GoodsReturn, ReturnLine
from dentalsales.registers.stock import all_is_still_there, move_goods, nothing_is_promised

UNDER_WAY = _("because the return is not finished")


def back_in_stock(paper: GoodsReturn) -> list[ReturnLine]:
    """Return the lines whose goods can be sold again."""
    return [line for line in paper.lines if line.returned_as == "sound"]


def sound_goods_lie_in_their_lot(paper: GoodsReturn, act: Act) -> None:
    """They count from the day on which they came; whether they may be sold, their lot says."""
    for line in back_in_stock(paper):
        pieces = line.quantity * line.factor
        move_goods(act, line.lot, pieces, "return", paper.number or "", "returns", line.id, paper.returned_on)


def goods_may_leave_again(paper: GoodsReturn, act: Act) -> None:
    """What was sold or promised meanwhile can't be taken out."""
    lines = back_in_stock(paper)
    all_is_still_there(lines, _("Some goods of lot {lot} have left already, so this return stays."))
    nothing_is_promised(lines, act, _("{product} is promised to orders, so this return stays."))


def goods_leave_again(paper: GoodsReturn, act: Act) -> None:
    """The mirror movement."""
    for line in back_in_stock(paper):
        pieces = line.quantity * line.factor
        move_goods(act, line.lot, -pieces, "return_reversed", paper.number or "", "returns", line.id)


def sale_is_taken_back(paper: GoodsReturn, act: Act) -> None:
    """Red rows under the number of the return, on the day it is credited: what was reported before stays true."""
    order = paper.order
    sold = {line.id: line for line in order.lines}
    for line in paper.lines:
        source = sold[line.dispatch_line.order_line_id]
        act.session.add(entry_of(order, source, act, "return", -line.quantity, -line.amount, paper.number))
    track_purchase(order, -paper.total, act)
    lower_receivable(order, paper.total, act, "goods_returned")


def as_long_as_the_sale(paper: GoodsReturn, act: Act) -> Kept | None:
    """Who returned goods stays known as long as who bought them."""
    if paper.credited_on is None and paper.state != "void":
        return Kept(UNDER_WAY)
    return as_a_legal_record(paper.lines, paper.returned_on, act)
