"""What a dispatch sets in motion: stock, promise, order; and the order that follows its last note."""

from sqlalchemy import func, select

from dentalsales.blueprint.act import Act
from dentalsales.i18n import _
from dentalsales.registers.dispatch_notes.filling import price_parts
from dentalsales.registers.dispatch_notes.record import DispatchNote
from dentalsales.registers.orders import Order
from dentalsales.registers.stock import give_back, move_goods


def goods_leave(paper: DispatchNote, act: Act) -> None:
    """Stock, promise and order move in the transaction of the dispatch."""
    price_parts(paper, paper.order)
    by_id = {line.id: line for line in paper.order.lines}
    for line in paper.lines:
        source = by_id[line.order_line_id]
        assert line.lot is not None
        source.sent += line.quantity
        source.sent_amount += line.amount
        move_goods(
            act,
            line.lot,
            -line.quantity * source.factor,
            "out",
            paper.number or "",
            "dispatch_notes",
            line.id,
            paper.dispatched_on,
        )
        give_back(act, {line.product_id: line.quantity * source.factor})
    done = all(line.open == 0 for line in paper.order.lines)
    act.take_step(paper.order, "send_all" if done else "send_part")


def missing_papers_are_named(paper: DispatchNote, act: Act) -> None:
    """Certificate, instructions and invoice that do not travel with the goods are said aloud (M50)."""
    if not all(line.has_certificate for line in paper.lines):
        act.warn(_("{number} leaves without all its certificates."), number=paper.number)


def order_follows_its_last_note(paper: DispatchNote, act: Act) -> None:
    """When the last note of a fully sent order has arrived, the order has."""
    delivered_with_its_notes(paper.order, act)


def delivered_with_its_notes(order: Order, act: Act) -> None:
    """Move a fully sent order on when no note of it is still on the road."""
    act.session.flush()
    on_the_road = act.session.scalar(
        select(func.count())
        .select_from(DispatchNote)
        .where(DispatchNote.order_id == order.id, DispatchNote.state == "sent")
    )
    if order.state == "sent" and not on_the_road:
        order.delivered_on = act.session.scalar(
            select(func.max(DispatchNote.delivered_on)).where(DispatchNote.order_id == order.id)
        )
        act.take_step(order, "deliver")
