"""The dispatch note 《出货单》 that travels with the goods, with all of the legal sales record (F3, Order 54)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import dentalsales.printouts.examples as examples
import dentalsales.printouts.frame as frame
from dentalsales.blueprint.act import Act
from dentalsales.blueprint.printout import CONTINUOUS, Pair, Paper, Printout
from dentalsales.blueprint.sheet import Block, SheetColumn
from dentalsales.i18n import _, c_
from dentalsales.registers.dispatch_notes import DISPATCH_NOTES, DispatchLine, DispatchNote
from dentalsales.registers.products import Product

TITLE = c_("paper", "Dispatch note")
PRICES = frozenset({"unit_price", "amount"})
NAME = SheetColumn("product", _("Product name"), width=16, law=True)
GOODS = (
    SheetColumn("unit", _("Unit"), width=5),
    SheetColumn("quantity", _("Quantity"), "quantity", 7, total=True, law=True),
    SheetColumn("unit_price", _("Unit price"), "price", 9, law=True),
    SheetColumn("amount", _("Amount"), "money", 11, total=True, law=True),
    SheetColumn("registration", _("Registration or filing number"), width=16, law=True),
)
LOT = (
    SheetColumn("lot", _("Lot or serial number"), width=11, law=True),
    SheetColumn("made_on", _("Made on"), "day", 10),
    SheetColumn("expires_on", _("Expiry"), "day", 10, law=True),
    SheetColumn("storage", _("Storage"), width=8),
    SheetColumn("certificate", _("Certificate"), "yes_no", 6),
)
BARCODE = SheetColumn("barcode", _("Barcode"), width=13, usual=False)
WIDE = (
    NAME,
    SheetColumn("model", _("Model"), width=9, law=True),
    SheetColumn("spec", _("Specification and shade"), width=12, law=True),
    *GOODS,
    SheetColumn("registrant", _("Registrant or filer"), width=16, law=True),
    SheetColumn("maker", _("Maker"), width=16, law=True),
    SheetColumn("maker_licence", _("Maker's licence number"), width=14, law=True),
    *LOT,
    SheetColumn("remarks", _("Notes"), width=10),
    BARCODE,
)
NARROW = (
    NAME,
    SheetColumn("model_and_spec", _("Model, specification, shade"), width=14, law=True),
    *GOODS,
    SheetColumn("registrant_and_maker", _("Registrant, maker, licence"), width=22, law=True),
    LOT[0],
    SheetColumn("dates", _("Made on, expiry"), width=10, law=True),
    LOT[2],
    LOT[3],
    SheetColumn("remarks", _("Notes"), width=10, usual=False),
    BARCODE,
)
"""The certificates stand below the table, so that its rows take two lines."""
HALF_SHEETS = frozenset({"241x140", "A5 landscape"})
MADE_OUT = _("Made out by")
SIGNATURES = (_("Dispatched by"), _("Checked by"), _("Carried by"), _("Received by (signature, date)"))


@dataclass(frozen=True)
class Goods:
    """What the law wants of a line: the snapshot of dispatch, or while it is a draft what product and lot say now."""

    product: str
    model: str
    spec: str
    shade: str
    registration: str
    registrant: str
    maker: str
    maker_licence: str
    lot: str
    made_on: date | None
    expires_on: date | None
    storage: str


def make(note: DispatchNote, act: Act, options: Mapping[str, Any]) -> Paper:
    """Return the paper; options: size, prices (False leaves unit price, amount and total out)."""
    prices, size = bool(options.get("prices", True)), options.get("size", DISPATCH_NOTE.sizes[0])
    is_low, columns = size in HALF_SHEETS, WIDE if size == "A4 landscape" else NARROW
    return frame.paper(
        note, act, DISPATCH_NOTES, size, "303-R12",
        name=DISPATCH_NOTE.name,
        title=TITLE,
        whose=note.buyer_name or note.order.customer.name,
        head=_head(note, act),
        block=_lines(note, columns, prices),
        foot=_foot(note, act, columns is NARROW),
        words=(_("Total in words"), note.total or Decimal("0.00")) if prices else None,
        seals=(_("Dispatch seal"),),
        signatures=SIGNATURES if is_low else (MADE_OUT, *SIGNATURES),
        copies=frame.COPIES[:3] if size in CONTINUOUS else frame.COPIES,
        notes=(_("Please check the goods on arrival; tell us at once of anything missing, damaged or wrong."),),
    )  # fmt: skip


def _head(note: DispatchNote, act: Act) -> tuple[Pair, ...]:
    customer = note.order.customer
    licence = customer.licence_on(note.dispatched_on)
    sent = bool(note.buyer_address)
    return (
        Pair(_("Buyer"), note.buyer_name or customer.name, wide=True, name="buyer", law=True),
        Pair(_("Buyer's address"), note.buyer_address or customer.address, wide=True, name="address", law=True),
        Pair(
            _("Buyer's contact"),
            note.buyer_contact or frame.one_line(customer.contact, customer.phone),
            name="contact",
            law=True,
        ),
        Pair(
            _("Buyer's licence number"),
            note.buyer_licence if sent or licence is None else licence.number,
            name="licence",
            law=True,
        ),
        Pair(_("Dispatched on"), note.dispatched_on, "day", name="day", law=True),
        Pair(_("Order"), note.order.number or "", name="order"),
        Pair(_("Deliver to"), frame.one_line(note.ship_to, note.contact, note.phone), wide=True, name="ship_to"),
        Pair(_("Carrier and waybill"), frame.one_line(note.carrier, note.waybill), name="carrier"),
        Pair(_("Pieces"), "" if note.pieces is None else note.pieces, "quantity", name="pieces"),
        Pair(_("Seller's licence number"), act.setting("company_licence"), name="seller_licence"),
    )


def _lines(note: DispatchNote, columns: tuple[SheetColumn, ...], prices: bool) -> Block:
    cells = [_cells(line) for line in note.lines]
    has_both = any(column.name == "dates" for column in columns) and any(line["made_on"] for line in cells)
    left_out = {"made_on"} if not any(line["made_on"] for line in cells) else set()
    left_out |= {"expires_on"} if has_both else {"dates"}
    left_out |= set() if prices else PRICES
    kept = tuple(column for column in columns if column.name not in left_out)
    return frame.numbered(_("Goods"), kept, [tuple(line[column.name] for column in kept) for line in cells])


def _cells(line: DispatchLine) -> dict[str, Any]:
    goods = _goods(line)
    return {
        **vars(goods),
        "spec": frame.one_line(goods.spec, goods.shade),
        "model_and_spec": frame.one_line(goods.model, goods.spec, goods.shade),
        "registrant_and_maker": "\n".join(filter(None, _each_once(goods.registrant, goods.maker, goods.maker_licence))),
        "dates": _dates(goods),
        "storage": frame.word(Product, "storage", goods.storage),
        "made_on": goods.made_on or "",
        "expires_on": goods.expires_on or "",
        "unit": line.unit,
        "quantity": line.quantity,
        "unit_price": line.unit_price,
        "amount": line.amount,
        "certificate": line.has_certificate,
        "remarks": line.remarks,
        "barcode": line.product.barcode,
    }


def _dates(goods: Goods) -> str:
    """Both days under one another, as the heading names them; nothing where the goods have neither."""
    days = (goods.made_on, goods.expires_on)
    return "\n".join(str(day or "—") for day in days) if any(days) else ""


def _each_once(*parts: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(parts))


def _goods(line: DispatchLine) -> Goods:
    if line.product_name:
        return Goods(
            line.product_name, line.model, line.spec, line.shade, line.registration, line.registrant, line.maker,
            line.maker_licence, line.lot_no or line.serial_no, line.made_on, line.expires_on, line.storage,
        )  # fmt: skip
    product, lot = line.product, line.lot
    papers = product if lot is None else lot
    return Goods(
        product.name, product.model, product.spec, product.shade, papers.registration or product.registration,
        papers.registrant or product.registrant, papers.maker or product.maker,
        papers.maker_licence or product.maker_licence, (lot.lot_no or lot.serial_no) if lot else "", line.made_on,
        line.expires_on, product.storage,
    )  # fmt: skip


def _certificates(note: DispatchNote) -> Pair:
    """Whether the certificates travel with the goods, and with which lines they do not."""
    without = [str(at) for at, line in enumerate(note.lines, 1) if not line.has_certificate]
    said = _("not with lines {lines}").fill(lines=", ".join(without)) if without else True
    return Pair(_("Certificates enclosed"), said, "yes_no", name="certificates")


def _foot(note: DispatchNote, act: Act, certificates: bool) -> tuple[Pair, ...]:
    return (
        *((_certificates(note),) if certificates else ()),
        Pair(_("Instructions enclosed"), bool(note.has_instructions), "yes_no", name="instructions"),
        Pair(_("Invoice enclosed"), note.invoice_number or bool(note.has_invoice), "yes_no", name="invoice"),
        Pair(MADE_OUT, frame.name_of(act, note.entered_by_id), name="made_out"),
        *((Pair(_("Notes"), note.remarks, wide=True, name="paper_remarks"),) if note.remarks else ()),
    )


DISPATCH_NOTE = Printout(
    name="dispatch_note",
    title=TITLE,
    register=DISPATCH_NOTES.name,
    make=make,
    sizes=("241x140", "A4", "A4 landscape", "A5 landscape"),
    prices_optional=True,
    example=examples.dispatch_note,
    wishes=lambda note: frame.wishes(note.order.customer),
    undone=frame.UNDONE,
    day="dispatched_on",
)
