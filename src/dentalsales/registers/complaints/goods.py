"""Which goods a complaint is about: chosen from what was delivered to the customer, with all that their papers said."""

from datetime import date
from typing import Any

from sqlalchemy import select

from dentalsales.blueprint.act import Act
from dentalsales.registers.complaints.delivered import delivered
from dentalsales.registers.complaints.record import Complaint
from dentalsales.registers.customers import Customer
from dentalsales.registers.dispatch_notes import DispatchNote
from dentalsales.registers.products import Product
from dentalsales.registers.stock import Lot

COPIED = ("model", "spec", "shade", "registration", "maker", "expires_on")
EMPTY: dict[str, Any] = {name: None if name == "expires_on" else "" for name in COPIED} | {
    "product_id": None, "product_name": "", "grade": "", "lot_id": None, "lot_no": "", "unit": "", "bought": None,
    "purchased_on": None, "voucher": "",
}  # fmt: skip


def customer_brings_his_words(complaint: Complaint, act: Act) -> None:
    """Another customer: his contact complains until somebody else is named, and no goods of the former one stay."""
    customer = act.session.get(Customer, complaint.customer_id or 0)
    complaint.complainant = customer.contact if customer else ""
    complaint.phone = customer.phone if customer else ""
    complaint.dispatch_note_id, complaint.goods = None, ""
    _put(complaint, **EMPTY)


def note_brings_its_only_line(complaint: Complaint, act: Act) -> None:
    """Another note: a single line is what is complained of; of several one is chosen."""
    found = list(delivered(complaint, act)) if complaint.dispatch_note_id else []
    complaint.goods = found[0][0] if len(found) == 1 else ""
    goods_bring_their_papers(complaint, act)


def goods_bring_their_papers(complaint: Complaint, act: Act) -> None:
    """The chosen line fills in what the dispatch note says of it."""
    chosen = next(((note, line) for key, note, line in delivered(complaint, act) if key == complaint.goods), None)
    if chosen is None:
        _put(complaint, **EMPTY)
        return
    note, line = chosen
    complaint.dispatch_note_id = note.id
    product = act.session.get_one(Product, line.product_id)
    _put(
        complaint, product_id=line.product_id, product_name=line.product_name or product.name, grade=product.grade,
        lot_id=line.lot_id, lot_no=line.lot_no or line.serial_no, unit=line.unit, bought=line.quantity,
        purchased_on=note.dispatched_on, voucher=note.number or "", **{name: getattr(line, name) for name in COPIED},
    )  # fmt: skip


def product_brings_its_card(complaint: Complaint, act: Act) -> None:
    """Goods whose note is not here: what the card of the product says."""
    product = act.session.get(Product, complaint.product_id or 0)
    complaint.goods, complaint.lot_id, complaint.lot_no, complaint.bought = "", None, "", None
    if product is None:
        _put(complaint, **EMPTY)
        return
    words = {name: getattr(product, name) for name in COPIED if name != "expires_on"}
    _put(complaint, product_name=product.name, grade=product.grade, unit=product.unit, expires_on=None, **words)


def lot_brings_its_papers(complaint: Complaint, act: Act) -> None:
    """A lot that is in the books tells number, expiry and registration."""
    lot = act.session.get(Lot, complaint.lot_id or 0)
    if lot is not None:
        _put(
            complaint, lot_no=lot.lot_no or lot.serial_no, expires_on=lot.expires_on,
            registration=lot.registration or complaint.registration, maker=lot.maker or complaint.maker,
        )  # fmt: skip


def number_finds_its_lot(complaint: Complaint, act: Act) -> None:
    """A lot number that was typed finds the only lot of the product that bears it."""
    wanted = complaint.lot_no.strip()
    query = select(Lot).where(Lot.product_id == (complaint.product_id or 0), Lot.lot_no == wanted).limit(2)
    found = list(act.session.scalars(query)) if wanted else []
    complaint.lot_id = found[0].id if len(found) == 1 else None
    lot_brings_its_papers(complaint, act)


def from_note(note: DispatchNote, act: Act) -> Complaint:
    """Begin a complaint about what a note delivered."""
    begun = Complaint(
        kind="quality", customer_id=note.customer_id, dispatch_note_id=note.id, complainant=note.contact,
        phone=note.phone, goods="", lot_no="",
    )  # fmt: skip
    note_brings_its_only_line(begun, act)
    begun.dispatch_note_id = note.id
    return begun


def from_customer(customer: Customer, act: Act) -> Complaint:
    """Begin a complaint of a customer."""
    return Complaint(
        kind="quality", customer_id=customer.id, complainant=customer.contact, phone=customer.phone, goods="", lot_no=""
    )


def _put(complaint: Complaint, **values: str | int | date | None) -> None:
    for name, value in values.items():
        setattr(complaint, name, value)
