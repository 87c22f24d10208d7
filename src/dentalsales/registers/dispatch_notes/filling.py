"""How a dispatch note is filled: from what an order still has open, first expiry first."""

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.column_types import round_money
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.registers.dispatch_notes.record import ZERO, DispatchLine, DispatchNote
from dentalsales.registers.orders import Order, OrderLine
from dentalsales.registers.stock import Lot, sellable_lots


def open_lines(order: Order, act: Act) -> DispatchNote:
    """Begin a dispatch note with everything of the order that is still open, first expiry first."""
    customer = order.customer
    paper = DispatchNote(
        order_id=order.id,
        customer_id=order.customer_id,
        dispatched_on=act.today,
        ship_to=order.ship_to,
        contact=order.contact,
        phone=order.phone,
        buyer_name=customer.name,
        total=ZERO,
    )
    taken: dict[int, int] = {}
    for line in order.lines:
        for lot, quantity_ in picked_lots(line, taken, act):
            paper.lines.append(_line_from(line, lot, quantity_))
    if not paper.lines:
        raise RuleBroken(_("Everything of {number} has been sent."), number=order.number)
    price_parts(paper, order)
    return paper


def picked_lots(line: OrderLine, taken: dict[int, int], act: Act) -> list[tuple[Lot | None, int]]:
    """Return (lot, quantity in the line's unit) for what is open; `taken` remembers what earlier lines use."""
    wanted, picked = line.open, []
    for lot in sellable_lots(act, line.product_id):
        whole = (lot.on_hand - taken.get(lot.id, 0)) // line.factor
        quantity_ = min(whole, wanted)
        if quantity_ > 0:
            taken[lot.id] = taken.get(lot.id, 0) + quantity_ * line.factor
            picked.append((lot, quantity_))
            wanted -= quantity_
        if wanted == 0:
            break
    return picked + ([(None, wanted)] if wanted else [])


def _line_from(line: OrderLine, lot: Lot | None, quantity_: int) -> DispatchLine:
    made = DispatchLine(
        order_line_id=line.id,
        product_id=line.product_id,
        unit=line.unit,
        quantity=quantity_,
        unit_price=line.unit_price or ZERO,
        has_certificate=True,
    )
    made.lot_id = lot.id if lot else None
    show_lot(made, lot)
    return made


def show_lot(line: DispatchLine, lot: Lot | None) -> None:
    """Show expiry and registration of the chosen lot."""
    line.expires_on, line.made_on = (lot.expires_on, lot.made_on) if lot else (None, None)
    line.registration = lot.registration if lot else ""


def lot_brings_its_papers(paper: DispatchNote, line: DispatchLine, act: Act) -> None:
    """The chosen lot shows its expiry and registration."""
    show_lot(line, act.session.get(Lot, line.lot_id or 0))


def quantity_moves_the_amount(paper: DispatchNote, line: DispatchLine, act: Act) -> None:
    """Amount and total follow the quantity."""
    price_parts(paper, act.session.get_one(Order, paper.order_id))


def price_parts(paper: DispatchNote, order: Order) -> None:
    """Give each line its amount and keep the total in step.

    What is sent in all is rounded and what was sent before taken off, so that the parts sum to the order line.
    """
    sent = {line.id: (line.sent, line.sent_amount) for line in order.lines}
    for line in paper.lines:
        quantity_, amount = sent.get(line.order_line_id, (0, ZERO))
        quantity_ += line.quantity or 0
        line.amount = round_money((line.unit_price or ZERO) * quantity_) - amount
        sent[line.order_line_id] = quantity_, amount + line.amount
    paper.add_up()


def lines_belong_to_the_order(paper: DispatchNote, act: Act) -> None:
    """Before every save of a draft: product, unit and price are those of the order line, whatever was sent in."""
    if paper.state not in ("", "draft"):
        return
    order = act.session.get_one(Order, paper.order_id)
    by_id = {line.id: line for line in order.lines}
    for index, line in enumerate(paper.lines):
        source = by_id.get(line.order_line_id)
        if source is None:
            raise RuleBroken(
                _("Line {line} does not belong to this order. Delete it."),
                field=f"lines.{index}.product_id",
                line=index + 1,
            )
        line.product_id, line.unit, line.unit_price = source.product_id, source.unit, source.unit_price or ZERO
        lot_brings_its_papers(paper, line, act)
    price_parts(paper, order)
