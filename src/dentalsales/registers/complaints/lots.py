"""A complaint knows its lot: what else came of it, where it is, and the stop of its sale."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.insight import Fact, Insight
from dentalsales.blueprint.record import fields_of, has_changed
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.registers.complaints.people import VIEWERS
from dentalsales.registers.complaints.record import Complaint
from dentalsales.registers.customers import Customer
from dentalsales.registers.dispatch_notes import DispatchLine, DispatchNote
from dentalsales.registers.stock import Lot

SHOWN = 8


def same_lot(complaint: Complaint, product: Any, number: Any, serial: Any = None) -> ColumnElement[bool]:
    """Return the condition that columns of product, lot number and serial number name the complaint's lot."""
    named = number == complaint.lot_no
    if serial is not None:
        named = or_(named, serial == complaint.lot_no)
    return and_(product == (complaint.product_id or 0), named)


def lots_of(complaint: Complaint, act: Act) -> Sequence[Lot]:
    """Return the lot as often as it arrived."""
    if not complaint.product_id or not complaint.lot_no:
        return ()
    query = select(Lot).where(same_lot(complaint, Lot.product_id, Lot.lot_no, Lot.serial_no)).order_by(Lot.id)
    return act.session.scalars(query).all()


def others_of_the_lot(complaint: Complaint, act: Act) -> Sequence[Complaint]:
    """Return the other complaints about the same lot, newest first; who withdrew it does not count."""
    if not complaint.product_id or not complaint.lot_no:
        return ()
    query = (
        select(Complaint)
        .where(
            same_lot(complaint, Complaint.product_id, Complaint.lot_no),
            Complaint.id != (complaint.id or 0),
            Complaint.state != "withdrawn",
            Complaint.kind == "quality",
        )
        .order_by(Complaint.received_at.desc(), Complaint.id.desc())
    )
    return act.session.scalars(query).all()


def a_lot_that_comes_again_is_proposed_to_stop(complaint: Complaint, act: Act) -> None:
    """So many complaints about one lot in so many days propose the stop of its sale."""
    if complaint.kind != "quality" or not has_changed(complaint, "lot_no", "product_id", "kind"):
        return
    since = complaint.received_at - timedelta(days=act.setting("stop_sale_days"))
    with act.session.no_autoflush:
        count = 1 + sum(one.received_at >= since for one in others_of_the_lot(complaint, act))
        on_sale = any(lot.condition == "ok" for lot in lots_of(complaint, act))
    if complaint.lot_no and count >= act.setting("stop_sale_complaints"):
        complaint.stop_proposed = True
        if on_sale:
            act.warn(
                _("Lot {lot}: {count} complaints in {days} days. A stop of its sale is proposed."),
                lot=complaint.lot_no, count=count, days=act.setting("stop_sale_days"),
            )  # fmt: skip


def the_lot_is_on_sale(complaint: Complaint, act: Act) -> None:
    """What is stopped already is not stopped again."""
    lots = lots_of(complaint, act)
    if not lots:
        raise RuleBroken(_("Enter which lot it is first."), field="lot_no")
    if not any(lot.condition == "ok" for lot in lots):
        raise RuleBroken(_("The lot is not on sale."))


def the_lot_is_stopped(complaint: Complaint, act: Act) -> None:
    """Only a stop can be lifted."""
    if not any(lot.condition == "stopped" for lot in lots_of(complaint, act)):
        raise RuleBroken(_("The sale of this lot is not stopped."))


def sale_stops(complaint: Complaint, act: Act) -> None:
    """The lot may not be promised or sent any more; its history tells why."""
    _turn(complaint, act, "ok", "stopped", "sale_stopped")


def sale_goes_on(complaint: Complaint, act: Act) -> None:
    """The lot may be sold again; its history tells who lifted the stop, and why."""
    _turn(complaint, act, "stopped", "ok", "stop_lifted")
    complaint.stop_proposed = False


def _turn(complaint: Complaint, act: Act, before: str, after: str, step: str) -> None:
    why = f"{complaint.number}: {act.note.strip()}"[:200]
    for lot in lots_of(complaint, act):
        if lot.condition == before:
            changes = {"condition": [before, after], "condition_reason": [lot.condition_reason, why]}
            lot.condition, lot.condition_reason = after, why
            lot.version += 1
            act.session.flush()
            act.log(lot, step, act.note, changes)


def proposal_is_dropped(complaint: Complaint, act: Act) -> None:
    """The sale goes on, and the history of the complaint tells why."""
    complaint.stop_proposed = False


def lot_facts(complaint: Complaint, line: object, act: Act) -> Iterable[Fact]:
    """Other complaints of the lot, what is left of it, and which customers hold it."""
    if complaint.kind == "service" or not complaint.product_id or not complaint.lot_no:
        return
    open_to_me = bool(act.roles & VIEWERS)
    others = others_of_the_lot(complaint, act)
    yield Fact(_("Complaints of the same lot"), len(others) + 1, "number", "warning" if others else "")
    for one in others[:SHOWN]:
        who = one.customer.name if open_to_me else ""
        yield Fact(one.number or "", who, opens=("complaints", one.id) if open_to_me else None)
    words = dict(fields_of(Lot)["condition"].choices)
    for lot in lots_of(complaint, act):
        said = _("{quantity} {unit} left, {condition}").fill(
            quantity=lot.on_hand, unit=lot.product.unit, condition=words[lot.condition]
        )
        yield Fact(_("On hand"), said, tone="" if lot.condition == "ok" else "danger", opens=("lots", lot.id))
    if complaint.stop_proposed:
        yield Fact(_("Stop-sale"), _("Proposed"), tone="danger")
    holders = _holders(complaint, act)
    yield Fact(_("Customers who hold the lot"), len(holders), "number")
    for customer, name, quantity, unit in holders[:SHOWN] if open_to_me else ():
        said = _("{quantity} {unit}").fill(quantity=quantity, unit=unit)
        yield Fact(name, said, opens=("customers", customer))


def _holders(complaint: Complaint, act: Act) -> Sequence[Any]:
    """Return customer, name, quantity and unit of whoever got goods of the lot, most first."""
    quantity = func.sum(DispatchLine.quantity)
    query = (
        select(Customer.id, Customer.name, quantity, DispatchLine.unit)
        .join(DispatchNote, DispatchNote.customer_id == Customer.id)
        .join(DispatchLine, DispatchLine.dispatch_note_id == DispatchNote.id)
        .where(
            DispatchNote.state != "draft",
            same_lot(complaint, DispatchLine.product_id, DispatchLine.lot_no, DispatchLine.serial_no),
        )
        .group_by(Customer.id, Customer.name, DispatchLine.unit)
        .order_by(quantity.desc(), Customer.id)
    )
    return act.session.execute(query).all()


def complaints_of_a_lot(lot: Lot, line: object, act: Act) -> Iterable[Fact]:
    """On the card of a lot: what was complained of."""
    number = lot.lot_no or lot.serial_no
    if not number or not act.roles & VIEWERS:
        return
    query = (
        select(Complaint)
        .where(Complaint.product_id == lot.product_id, Complaint.lot_no == number, Complaint.state != "withdrawn")
        .order_by(Complaint.received_at.desc(), Complaint.id.desc())
        .limit(SHOWN)
    )
    for one in act.session.scalars(query):
        yield Fact(one.number or "", one.customer.name, opens=("complaints", one.id))


LOT = Insight("lot_complaints", _("The lot"), lot_facts)
OF_A_LOT = Insight("complaints", _("Complaints"), complaints_of_a_lot)
