"""Which goods a complaint is about: chosen from what was delivered to the customer, with all that their papers said."""

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.brings import begins, brings, take_over
from dentalsales.registers.complaints.record import Complaint
from dentalsales.registers.customers import Customer
from dentalsales.registers.dispatch_notes import DispatchNote
from dentalsales.registers.dispatch_notes.delivered import delivered
from dentalsales.registers.products import Product
from dentalsales.registers.samples import Sample
from dentalsales.registers.stock import Lot, lots_numbered

PAPERS = {name: name for name in ("model", "spec", "shade", "registration", "maker", "unit")}
OF_THE_CARD = PAPERS | {"product_name": "name", "grade": "grade"}
OF_THE_LINE = PAPERS | {name: name for name in ("product_id", "product_name", "lot_id", "expires_on")} | {
    "bought": "quantity"
}  # fmt: skip
OF_THE_NOTE = {"dispatch_note_id": "id", "purchased_on": "dispatched_on", "voucher": "number"}
WHO = {"customer_id": "customer_id", "complainant": "contact", "phone": "phone"}
"""Of a paper about a customer: who complains, until somebody else is named."""
OF_A_LOT = {"lot_no": "", "lot_id": "", "expires_on": "", "bought": ""}

who_complains = brings(Customer, "customer_id", complainant="contact", phone="phone")


def customer_brings_his_words(complaint: Complaint, act: Act) -> None:
    """Another customer: his contact complains until somebody else is named, and no goods of the former one stay."""
    who_complains(complaint, act)
    complaint.goods, complaint.dispatch_note_id = "", None
    goods_bring_their_papers(complaint, act)


def note_brings_its_only_line(complaint: Complaint, act: Act) -> None:
    """Another note: a single line is what is complained of; of several one is chosen."""
    found = list(delivered(complaint, act)) if complaint.dispatch_note_id else []
    complaint.goods = found[0][0] if len(found) == 1 else ""
    goods_bring_their_papers(complaint, act)


def goods_bring_their_papers(complaint: Complaint, act: Act) -> None:
    """The chosen line fills in what the dispatch note says of it; without one nothing stays of another's goods."""
    lines = {key: (note, line) for key, note, line in delivered(complaint, act)} if complaint.goods else {}
    note, line = lines.get(complaint.goods, (None, None))
    kept = complaint.dispatch_note_id
    take_over(complaint, line, OF_THE_LINE)
    take_over(complaint, note, OF_THE_NOTE)
    complaint.dispatch_note_id = complaint.dispatch_note_id or kept
    complaint.lot_no = (line.lot_no or line.serial_no) if line is not None else ""
    complaint.grade = line.product.grade if line is not None else ""


def product_brings_its_card(complaint: Complaint, act: Act) -> None:
    """Goods whose note is not here: what the card of the product says."""
    complaint.goods = ""
    take_over(complaint, None, OF_A_LOT)
    take_over(complaint, act.session.get(Product, complaint.product_id or 0), OF_THE_CARD)


def lot_brings_its_papers(complaint: Complaint, act: Act) -> None:
    """A lot that is in the books tells number, expiry and registration."""
    lot = act.session.get(Lot, complaint.lot_id or 0)
    if lot is not None:
        complaint.lot_no, complaint.expires_on = lot.printed_number, lot.expires_on
        complaint.registration = lot.registration or complaint.registration
        complaint.maker = lot.maker or complaint.maker


def number_finds_its_lot(complaint: Complaint, act: Act) -> None:
    """A lot number that was typed finds the only lot of the product that bears it."""
    found = lots_numbered(act, complaint.product_id, complaint.lot_no.strip())
    complaint.lot_id = found[0].id if len(found) == 1 else None
    lot_brings_its_papers(complaint, act)


def from_note(note: DispatchNote, act: Act) -> Complaint:
    """Begin a complaint about what a note delivered."""
    begun: Complaint = begins(Complaint, {**WHO, "dispatch_note_id": "id"}, kind="quality", goods="", lot_no="")(
        note, act
    )
    note_brings_its_only_line(begun, act)
    return begun


def from_opinion(sample: Sample, act: Act) -> Complaint:
    """Begin a complaint from what a customer said of samples, in his words (M88)."""
    words = {**WHO, "description": "opinion"}
    begun: Complaint = begins(Complaint, words, kind="quality", channel="opinion", lot_no="")(sample, act)
    if len(sample.lines) == 1:
        begun.product_id = sample.lines[0].product_id
        product_brings_its_card(begun, act)
        begun.lot_id = sample.lines[0].lot_id
        lot_brings_its_papers(begun, act)
    return begun
