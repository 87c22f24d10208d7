"""How a return is filled: from what its dispatch note brought, less what has come back of it on other returns."""

from collections.abc import Iterator
from decimal import Decimal

from sqlalchemy import func, select

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.column_types import round_money
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.registers.dispatch_notes import DispatchLine, DispatchNote
from dentalsales.registers.orders import Order
from dentalsales.registers.returns.record import CAME, ZERO, GoodsReturn, ReturnLine


def what_is_not_back(note: DispatchNote, act: Act) -> GoodsReturn:
    """Begin a return of all that the customer still has of a dispatch note."""
    paper = GoodsReturn(dispatch_note_id=note.id, order_id=note.order_id, customer_id=note.customer_id, total=ZERO)
    paper.returned_on = act.today
    back = _came_back(paper, act)
    for line in note.lines:
        left = line.quantity - back.get(line.id, (0, ZERO))[0]
        if left:
            paper.lines.append(ReturnLine(dispatch_line_id=line.id, quantity=left))
    if not paper.lines:
        raise RuleBroken(_("Everything of {number} has come back."), number=note.number)
    price_parts(paper, act)
    return paper


def price_parts(paper: GoodsReturn, act: Act) -> None:
    """Say of each line what left, and give it its amount."""
    order = act.session.get_one(Order, act.session.get_one(DispatchNote, paper.dispatch_note_id).order_id)
    factors = {line.id: line.factor for line in order.lines}
    for line, source, _left, amount in _parts(paper, act):
        if source is not None:
            _copy_words(line, source, factors[source.order_line_id])
            line.amount = amount
    paper.add_up()


def _parts(paper: GoodsReturn, act: Act) -> Iterator[tuple[ReturnLine, DispatchLine | None, int, Decimal]]:
    """Yield each line with what left, how many of that can still come back, and the amount of the line.

    Each is its share of what is not back yet, so that the parts sum to what was dispatched whatever was void meanwhile.
    """
    note = act.session.get_one(DispatchNote, paper.dispatch_note_id)
    sent, back = {line.id: line for line in note.lines}, _came_back(paper, act)
    for line in paper.lines:
        source = sent.get(line.dispatch_line_id)
        if source is None:
            yield line, None, 0, ZERO
            continue
        before, amount = back.get(source.id, (0, ZERO))
        left, came = source.quantity - before, line.quantity or 0
        part = round_money((source.amount - amount) * came / left) if left > 0 else ZERO
        back[source.id] = before + came, amount + part
        yield line, source, left, part


def _came_back(paper: GoodsReturn, act: Act) -> dict[int, tuple[int, Decimal]]:
    """Return line of the dispatch note -> quantity and amount that came back of it on other returns."""
    query = (
        select(ReturnLine.dispatch_line_id, func.sum(ReturnLine.quantity), func.sum(ReturnLine.amount))
        .join(GoodsReturn, GoodsReturn.id == ReturnLine.goods_return_id)
        .where(
            GoodsReturn.dispatch_note_id == paper.dispatch_note_id,
            GoodsReturn.state.in_(CAME),
            GoodsReturn.id != (paper.id or 0),
        )
        .group_by(ReturnLine.dispatch_line_id)
    )
    return {row[0]: (int(row[1]), row[2]) for row in act.session.execute(query)}


def _copy_words(line: ReturnLine, source: DispatchLine, factor: int) -> None:
    line.product_id, line.unit, line.unit_price = source.product_id, source.unit, source.unit_price
    assert source.lot_id is not None  # it left out of one
    line.lot_id, line.factor = source.lot_id, factor
    line.lot_no, line.expires_on = source.lot_no or source.serial_no, source.expires_on
    line.registration = source.registration


def quantity_moves_the_amount(paper: GoodsReturn, line: ReturnLine, act: Act) -> None:
    """Amount and total follow the quantity."""
    price_parts(paper, act)


def reason_proposes_the_condition(paper: GoodsReturn, act: Act) -> None:
    """What is returned for its quality is taken as unsound until somebody has looked; nothing chosen is changed."""
    for line in paper.lines:
        line.returned_as = line.returned_as or ("spent" if paper.reason == "quality" else "sound")


def a_draft_is_priced(paper: GoodsReturn, act: Act) -> None:
    """Before every save of a draft: nobody can slip in other words or amounts than those of the dispatch note."""
    if paper.state in ("", "draft"):
        price_parts(paper, act)


def no_more_than_was_sent(paper: GoodsReturn, act: Act) -> None:
    """Before every save of a draft, and when it is received: another return may have been quicker."""
    if paper.state not in ("", "draft"):
        return
    for index, (line, _source, left, _amount) in enumerate(_parts(paper, act)):
        if line.dispatch_line_id is None:
            raise RuleBroken(
                _("Line {line} does not belong to this dispatch note. Delete it."),
                field=f"lines.{index}.product_id",
                line=index + 1,
            )
        if line.quantity > left:
            raise RuleBroken(
                _("Line {line}: of lot {lot} only {left} {unit} can still come back."),
                field=f"lines.{index}.quantity",
                line=index + 1,
                lot=line.lot_no or "-",
                left=max(left, 0),
                unit=line.unit,
            )
