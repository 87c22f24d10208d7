"""A complaint knows its lot: what else came of it, where it is, and the stop of its sale."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from sqlalchemy import select

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.demands import that
from dentalsales.blueprint.insight import Fact, Insight
from dentalsales.blueprint.record import fields_of, has_changed
from dentalsales.blueprint.roles import DIRECTOR, QUALITY, roles
from dentalsales.i18n import _
from dentalsales.registers.complaints.people import VIEWERS
from dentalsales.registers.complaints.record import Complaint, about_goods
from dentalsales.registers.returns import who_holds
from dentalsales.registers.stock import Lot, lift_stop, lots_numbered, stop_sale

SHOWN = 8


def lots_of(complaint: Complaint, act: Act) -> Sequence[Lot]:
    """Return the lot as often as it arrived."""
    return lots_numbered(act, complaint.product_id, complaint.lot_no)


def complaints_about(product_id: int | None, number: str, act: Act) -> Sequence[Complaint]:
    """Return the complaints about a lot, newest first; who withdrew it does not count."""
    if not product_id or not number:
        return ()
    same = (Complaint.product_id == product_id, Complaint.lot_no == number, Complaint.kind == "quality")
    query = select(Complaint).where(*same, Complaint.state != "withdrawn")
    return act.session.scalars(query.order_by(Complaint.received_at.desc(), Complaint.id.desc())).all()


def a_lot_that_comes_again_is_proposed_to_stop(complaint: Complaint, act: Act) -> None:
    """So many complaints about one lot in so many days propose the stop of its sale."""
    if not about_goods(complaint) or not complaint.lot_no or not has_changed(complaint, "lot_no", "product_id", "kind"):
        return
    since = complaint.received_at - timedelta(days=act.setting("stop_sale_days"))
    with act.session.no_autoflush:
        known = complaints_about(complaint.product_id, complaint.lot_no, act)
        conditions = {lot.condition for lot in lots_of(complaint, act)}
    count = 1 + sum(one.received_at >= since and one.id != complaint.id for one in known)
    again = count >= act.setting("stop_sale_complaints") and "stopped" not in conditions
    if again or not has_changed(complaint, "stop_proposed"):
        complaint.stop_proposed = again
    if again and "ok" in conditions:
        act.warn(
            _("Lot {lot}: {count} complaints in {days} days. A stop of its sale is proposed."),
            lot=complaint.lot_no, count=count, days=act.setting("stop_sale_days"),
        )  # fmt: skip


def is_stopped(complaint: Complaint, act: Act) -> bool:
    """Say whether the sale of the lot is stopped; of one that is not in the books it is not."""
    return any(lot.condition == "stopped" for lot in lots_of(complaint, act))


def is_on_sale(complaint: Complaint, act: Act) -> bool:
    """Say whether some of the lot may be sold."""
    return any(lot.condition == "ok" for lot in lots_of(complaint, act))


def is_decided(complaint: Complaint, act: Act) -> bool:
    """Say whether a proposal to stop the lot is answered, if there is one; a lot that is stopped is an answer."""
    return not complaint.stop_proposed or is_stopped(complaint, act)


NOT_ON_SALE = _("The lot is not on sale.")
MAY_BE_STOPPED = (that(lots_of, _("Enter which lot it is first."), "lot_no"), that(is_on_sale, NOT_ON_SALE))
MAY_BE_SOLD_ON = (that(lambda complaint, act: not is_stopped(complaint, act), NOT_ON_SALE),)
MAY_BE_LIFTED = (that(is_stopped, _("The sale of this lot is not stopped.")),)
DECIDED = that(is_decided, _("The stop-sale that is proposed is not decided yet."), mended_by=roles(QUALITY, DIRECTOR))


def sale_stops(complaint: Complaint, act: Act) -> None:
    """The lot may not be promised or sent any more."""
    stop_sale(lots_of(complaint, act), complaint.number or "", act)
    it_is_decided(complaint, act)


def sale_goes_on(complaint: Complaint, act: Act) -> None:
    """The lot may be sold again; its history tells who lifted the stop, and why."""
    lift_stop(lots_of(complaint, act), complaint.number or "", act)
    it_is_decided(complaint, act)


def it_is_decided(complaint: Complaint, act: Act) -> None:
    """A decision about the lot answers every complaint that proposed its stop; their history tells it too."""
    for one in complaints_about(complaint.product_id, complaint.lot_no, act):
        if one.stop_proposed and one is not complaint:
            one.stop_proposed, one.version = False, one.version + 1
            act.session.flush()
            act.log(one, "lot_decided", act.note, {"stop_proposed": [True, False]})
    complaint.stop_proposed = False


def lot_facts(complaint: Complaint, line: object, act: Act) -> Iterable[Fact]:
    """Other complaints of the lot, what is left of it, and which customers hold it."""
    if not about_goods(complaint) or not complaint.product_id or not complaint.lot_no:
        return
    known = complaints_about(complaint.product_id, complaint.lot_no, act)
    others = [one for one in known if one.id != complaint.id]
    yield Fact(_("Complaints of the same lot"), len(others) + 1, "number", "warning" if others else "")
    yield from _named(others, act, others=True)
    words = dict(fields_of(Lot)["condition"].choices)
    for lot in lots_of(complaint, act):
        said = _("{quantity} {unit} left, {condition}").fill(
            quantity=lot.on_hand, unit=lot.product.unit, condition=words[lot.condition]
        )
        yield Fact(_("On hand"), said, tone="" if lot.condition == "ok" else "danger", opens=("lots", lot.id))
    if complaint.stop_proposed:
        yield Fact(_("Stop-sale"), _("Proposed"), tone="danger")
    yield from who_holds(complaint.product_id, complaint.lot_no, act)


def complaints_of_a_lot(lot: Lot, line: object, act: Act) -> Iterable[Fact]:
    """On the card of a lot: what was complained of."""
    return _named(complaints_about(lot.product_id, lot.printed_number, act), act)


def _named(complaints: Sequence[Complaint], act: Act, others: bool = False) -> Iterable[Fact]:
    """Yield complaints with their customers; who sees those of his own only learns of `others` no more than numbers."""
    may = bool(act.roles & VIEWERS)
    for one in complaints[:SHOWN] if may or others else ():
        who = one.customer.name if may else _("Another customer")
        yield Fact(who, one.number or "", opens=("complaints", one.id) if may else None)


LOT = Insight("lot_complaints", _("The lot"), lot_facts)
OF_A_LOT = Insight("complaints", _("Complaints"), complaints_of_a_lot)
