"""Dispatch notes 《出货单》: goods of a billed order leave by lot, with the whole legal record (M46, M50)."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Index, Integer, func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.column_types import round_money
from dentalsales.blueprint.fields import (
    attachments,
    day,
    how_many,
    lines,
    link,
    money,
    note,
    part_of,
    price,
    text,
    yes_no,
)
from dentalsales.blueprint.form import Section
from dentalsales.blueprint.house_records import Attachment
from dentalsales.blueprint.record import Line, Tracked
from dentalsales.blueprint.register import DraftFrom, Register, Related
from dentalsales.blueprint.roles import (
    ASSISTANT,
    AUDIT,
    CLERK,
    EVERYONE,
    MANAGERS,
    MARKETING,
    OFFICE,
    QUALITY,
    REP,
    SERVICE,
    TECHNICIAN,
    WAREHOUSE,
    Access,
    roles,
)
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.blueprint.table import Filter, Table, View
from dentalsales.blueprint.workflow import State, Step, Workflow
from dentalsales.i18n import Text, _, c_
from dentalsales.registers.orders import Order, OrderLine
from dentalsales.registers.orders.rules import money_is_there
from dentalsales.registers.products import Product
from dentalsales.registers.stock import Lot, give_back, last_sale_day, move_goods, sellable_lots

ZERO = Decimal("0.00")


def lots_of_the_product(act: Act, line: Any) -> Any:
    """Limit the lot picker to the line's product and what is there."""
    return (Lot.product_id == line.product_id) & (Lot.on_hand > 0)


class DispatchLine(Line):
    """Goods of one lot; the snapshot is copied when the goods leave and never changes."""

    __tablename__ = "dispatch_line"

    dispatch_note_id: Mapped[int] = part_of("dispatch_note")
    order_line_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    product_id: Mapped[int] = link(_("Product"), "product", required=True, read_only=True)
    unit: Mapped[str] = text(_("Unit"), length=10, read_only=True)
    quantity: Mapped[int] = how_many(_("Quantity"), required=True, minimum=1)
    lot_id: Mapped[int | None] = link(_("Lot"), "lot", limit_to=lots_of_the_product)
    expires_on: Mapped[date | None] = day(_("Expiry"), read_only=True)
    made_on: Mapped[date | None] = day(_("Made on"), read_only=True)
    registration: Mapped[str] = text(_("Registration or filing number"), length=60, read_only=True)
    has_certificate: Mapped[bool] = yes_no(_("Certificate"), default=True, enter_skips=True)
    unit_price: Mapped[Decimal] = price(_("Unit price"), read_only=True)
    amount: Mapped[Decimal] = money(_("Amount"), read_only=True, total=True)
    remarks: Mapped[str] = text(_("Notes"), length=120, enter_skips=True)
    product_name: Mapped[str] = text(_("Product name"), read_only=True)
    model: Mapped[str] = text(_("Model"), length=80, read_only=True)
    spec: Mapped[str] = text(_("Specification"), length=120, read_only=True)
    shade: Mapped[str] = text(_("Shade"), length=20, read_only=True)
    lot_no: Mapped[str] = text(_("Lot"), length=60, read_only=True)
    serial_no: Mapped[str] = text(_("Serial number"), length=60, read_only=True)
    registrant: Mapped[str] = text(_("Registrant or filer"), read_only=True)
    maker: Mapped[str] = text(_("Maker"), read_only=True)
    maker_licence: Mapped[str] = text(_("Maker's licence number"), length=80, read_only=True)
    storage: Mapped[str] = text(_("Storage"), length=40, read_only=True)
    is_regulated: Mapped[bool] = yes_no(_("Regulated"), read_only=True)

    lot: Mapped[Lot | None] = relationship(foreign_keys="DispatchLine.lot_id")
    product: Mapped[Product] = relationship(foreign_keys="DispatchLine.product_id")


class DispatchNote(Tracked):
    """One parcel, or one load, of one order."""

    __tablename__ = "dispatch_note"
    __table_args__ = (Index("ix_dispatch_note_dispatched_on", "dispatched_on", "id"),)

    order_id: Mapped[int] = link(_("Order"), "order", required=True, read_only=True)
    customer_id: Mapped[int] = link(_("Customer"), "customer", required=True, read_only=True)
    dispatched_on: Mapped[date] = day(_("Dispatched on"), required=True, default="today", enter_skips=True)
    ship_to: Mapped[str] = text(_("Deliver to"), required=True, enter_skips=True)
    contact: Mapped[str] = text(_("Contact"), length=60, enter_skips=True)
    phone: Mapped[str] = text(_("Phone"), length=60, enter_skips=True)
    carrier: Mapped[str] = text(_("Carrier"), length=60, enter_skips=True)
    waybill: Mapped[str] = text(_("Waybill"), length=60, enter_skips=True)
    freight: Mapped[Decimal] = money(_("Freight"), minimum=0, enter_skips=True)
    pieces: Mapped[int | None] = how_many(_("Pieces"), minimum=1, enter_skips=True)
    has_instructions: Mapped[bool] = yes_no(_("Instructions enclosed"), default=True, enter_skips=True)
    has_invoice: Mapped[bool] = yes_no(_("Invoice enclosed"), enter_skips=True)
    invoice_number: Mapped[str] = text(_("Invoice number"), length=60, enter_skips=True)
    invoice_on: Mapped[date | None] = day(_("Invoice date"), enter_skips=True)
    invoice_amount: Mapped[Decimal | None] = money(_("Invoice amount"), default=None, minimum=0, enter_skips=True)
    remarks: Mapped[str] = note(_("Notes"))
    lines: Mapped[list[DispatchLine]] = lines(
        _("Goods"),
        "DispatchLine",
        "product_id",
        "unit",
        "quantity",
        "lot_id",
        "expires_on",
        "made_on",
        "registration",
        "has_certificate",
        "unit_price",
        "amount",
        "remarks",
        required=True,
    )
    total: Mapped[Decimal] = money(_("Total"), read_only=True, total=True)
    buyer_name: Mapped[str] = text(_("Buyer"), read_only=True)
    buyer_address: Mapped[str] = text(_("Buyer's address"), read_only=True)
    buyer_contact: Mapped[str] = text(_("Buyer's contact"), length=120, read_only=True)
    buyer_licence: Mapped[str] = text(_("Buyer's licence number"), length=80, read_only=True)
    signed_by: Mapped[str] = text(_("Signed by"), length=60, copied=False)
    delivered_on: Mapped[date | None] = day(_("Delivered on"), copied=False)

    files = attachments()
    order: Mapped[Order] = relationship(foreign_keys="DispatchNote.order_id")

    def check(self) -> None:
        """A ticked invoice has its number."""
        if self.has_invoice and not self.invoice_number:
            raise RuleBroken(_("Enter the invoice number, or take the tick away."), field="invoice_number")


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
    add_up(paper)
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
    made.amount = round_money(made.unit_price * quantity_)
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
    line.amount = round_money((line.unit_price or ZERO) * (line.quantity or 0))
    add_up(paper)


def add_up(paper: DispatchNote) -> None:
    """Keep the total in step."""
    paper.total = sum((line.amount or ZERO for line in paper.lines), ZERO)


def lines_belong_to_the_order(paper: DispatchNote, act: Act) -> None:
    """Before every save of a draft: product, unit and price are those of the order line, whatever was sent in."""
    if paper.state not in ("", "draft"):
        return
    by_id = {line.id: line for line in act.session.get_one(Order, paper.order_id).lines}
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
        line.amount = round_money(line.unit_price * line.quantity)
    add_up(paper)


def order_is_billed(paper: DispatchNote, act: Act) -> None:
    """Goods leave only for a billed order (M48)."""
    order = paper.order
    if order.state not in ("billed", "part_sent"):
        raise RuleBroken(_("{number} is not billed. Bill the order first."), number=order.number or order.record_title)


def the_day_is_between_billing_and_today(paper: DispatchNote, act: Act) -> None:
    """Goods leave after billing, and are entered when they have left."""
    billed = paper.order.billed_on or act.today
    if not billed <= paper.dispatched_on <= act.today:
        raise RuleBroken(
            _("The day of dispatch lies between billing on {billed} and today."), field="dispatched_on", billed=billed
        )


def order_is_still_paid(paper: DispatchNote, act: Act) -> None:
    """A bounced cheque closes the gate again."""
    money_is_there(paper.order, act)


def lines_fit_the_order(paper: DispatchNote, act: Act) -> None:
    """Nothing leaves that was not ordered."""
    wanted: dict[int, int] = {}
    by_id = {line.id: line for line in paper.order.lines}
    for index, line in enumerate(paper.lines):
        wanted[line.order_line_id] = wanted.get(line.order_line_id, 0) + line.quantity
        if wanted[line.order_line_id] > by_id[line.order_line_id].open:
            raise RuleBroken(
                _("Line {line}: only {open} {unit} are still to be sent."),
                field=f"lines.{index}.quantity",
                line=index + 1,
                open=by_id[line.order_line_id].open,
                unit=line.unit,
            )


def lots_may_leave(paper: DispatchNote, act: Act) -> None:
    """Each line has a lot that is released, not expired, and large enough."""
    for index, line in enumerate(paper.lines):
        field, product = f"lines.{index}.lot_id", line.product.record_title
        lot = line.lot
        if lot is None or lot.product_id != line.product_id:
            raise RuleBroken(
                _("Line {line}: choose the lot of {product}."), field=field, line=index + 1, product=product
            )
        if lot.condition != "ok":
            raise RuleBroken(
                _("Line {line}: lot {lot} is not released. Take another lot."),
                field=field,
                line=index + 1,
                lot=lot.lot_no,
            )
        if lot.expires_on and lot.expires_on < last_sale_day(act):
            raise RuleBroken(
                _("Line {line}: lot {lot} expires {expiry} and can't be sold. Take another lot."),
                field=field,
                line=index + 1,
                lot=lot.lot_no,
                expiry=lot.expires_on,
            )


LEGAL_FIELDS: tuple[tuple[str, Text], ...] = (
    ("model", _("Model")),
    ("spec", _("Specification")),
    ("registration", _("Registration or filing number")),
    ("registrant", _("Registrant or filer")),
    ("maker_licence", _("Maker's licence number")),
)


def snapshot(paper: DispatchNote, line: DispatchLine) -> None:
    """Copy every field of the sales record onto the line (Order 54, article 38)."""
    product, lot = line.product, line.lot
    assert lot is not None
    line.product_name, line.model, line.spec, line.shade = product.name, product.model, product.spec, product.shade
    line.lot_no, line.serial_no, line.expires_on, line.made_on = lot.lot_no, lot.serial_no, lot.expires_on, lot.made_on
    line.registration, line.registrant = lot.registration or product.registration, lot.registrant or product.registrant
    line.maker, line.maker_licence = lot.maker or product.maker, lot.maker_licence or product.maker_licence
    line.storage, line.is_regulated = product.storage, product.is_regulated


def the_legal_record_is_whole(paper: DispatchNote, act: Act) -> None:
    """A class II or III line with an empty field of the legal record does not leave; the field is named."""
    customer = paper.order.customer
    licence = customer.licence_on(act.today)
    paper.buyer_name, paper.buyer_address = customer.name, customer.address
    paper.buyer_contact = f"{customer.contact} {customer.phone}".strip()
    paper.buyer_licence = licence.number if licence else ""
    for index, line in enumerate(paper.lines):
        snapshot(paper, line)
        if not line.is_regulated:
            continue
        for name, label in LEGAL_FIELDS:
            if not getattr(line, name):
                raise RuleBroken(
                    _(
                        "Line {line}: the sales record of {product} needs “{label}”. "
                        "Enter it on the product card; / if it has none."
                    ),
                    field=f"lines.{index}.product_id",
                    line=index + 1,
                    product=line.product.record_title,
                    label=label,
                )
        if not (line.lot_no or line.serial_no):
            raise RuleBroken(
                _("Line {line}: the sales record of {product} needs a lot or serial number."),
                field=f"lines.{index}.lot_id",
                line=index + 1,
                product=line.product.record_title,
            )
        if line.product.shelf_life_months and line.expires_on is None:
            raise RuleBroken(
                _("Line {line}: the sales record of {product} needs the expiry of the lot."),
                field=f"lines.{index}.lot_id",
                line=index + 1,
                product=line.product.record_title,
            )
        if not paper.buyer_licence:
            raise RuleBroken(
                _(
                    "{name} has no valid licence on file. "
                    "Enter it on the customer card before class II or III goods leave."
                ),
                name=customer.name,
            )


def goods_leave(paper: DispatchNote, act: Act) -> None:
    """Stock, promise and order move in the transaction of the dispatch."""
    by_id = {line.id: line for line in paper.order.lines}
    for line in paper.lines:
        source = by_id[line.order_line_id]
        assert line.lot is not None
        source.sent += line.quantity
        line.amount = amount_of(paper, source, line, act)
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
    add_up(paper)
    done = all(line.open == 0 for line in paper.order.lines)
    act.take_step(paper.order, "send_all" if done else "send_part")


def amount_of(paper: DispatchNote, source: OrderLine, line: DispatchLine, act: Act) -> Decimal:
    """Return the amount of a sent part; the last part takes what rounding left, so that parts sum to the order line."""
    if source.open > 0:
        return round_money(line.unit_price * line.quantity)
    earlier = act.session.scalar(
        select(func.sum(DispatchLine.amount))
        .join(DispatchNote, DispatchNote.id == DispatchLine.dispatch_note_id)
        .where(DispatchLine.order_line_id == source.id, DispatchNote.state != "draft", DispatchNote.id != paper.id)
    )
    here = paper.lines[: paper.lines.index(line)]
    return source.amount - (earlier or ZERO) - sum((one.amount for one in here if one.order_line_id == source.id), ZERO)


def missing_papers_are_named(paper: DispatchNote, act: Act) -> None:
    """Certificate, instructions and invoice that do not travel with the goods are said aloud (M50)."""
    if not all(line.has_certificate for line in paper.lines):
        act.warn(_("{number} leaves without all its certificates."), number=paper.number)


def the_voucher_is_there(paper: DispatchNote, act: Act) -> None:
    """Every delivery voucher keeps a copy (M51)."""
    if paper.delivered_on is None or not paper.signed_by.strip():
        raise RuleBroken(_("Enter who signed for the goods and on which day."), field="signed_by")
    if paper.delivered_on < paper.dispatched_on:
        raise RuleBroken(
            _("The goods can't arrive before they left on {day}."), field="delivered_on", day=paper.dispatched_on
        )
    found = act.session.scalar(
        select(Attachment.id).where(Attachment.register == "dispatch_notes", Attachment.record_id == paper.id).limit(1)
    )
    if found is None:
        raise RuleBroken(_("Attach the copy of the signed voucher to {number} first."), number=paper.number)


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


WORKFLOW = Workflow(
    states=(
        State("draft", _("Draft"), "draft", editable=True, draft=True),
        State("sent", _("Sent"), "sent"),
        State("delivered", _("Delivered"), "done"),
    ),
    steps=(
        Step(
            "dispatch",
            _("Dispatch"),
            ("draft",),
            "sent",
            roles(WAREHOUSE, CLERK),
            (
                order_is_billed,
                the_day_is_between_billing_and_today,
                order_is_still_paid,
                lines_fit_the_order,
                lots_may_leave,
                the_legal_record_is_whole,
            ),
            (goods_leave, missing_papers_are_named),
        ),
        Step(
            "deliver",
            _("Confirm delivery"),
            ("sent",),
            "delivered",
            roles(SERVICE, CLERK, WAREHOUSE),
            (the_voucher_is_there,),
            (order_follows_its_last_note,),
            asks=("signed_by", "delivered_on"),
            suggests={"signed_by": "contact", "delivered_on": "today"},
        ),
    ),
)

DISPATCH_NOTES = Register(
    name="dispatch_notes",
    title=_("Dispatch"),
    one=_("Dispatch note"),
    record=DispatchNote,
    number="CK-{day}-{count:03}",
    form=(
        Section(
            _("Dispatch note"),
            ("customer_id", "order_id", "dispatched_on", "pieces"),
            ("ship_to", "contact", "phone", "carrier"),
            ("waybill", "freight", "has_instructions", "has_invoice"),
            ("invoice_number", "invoice_on", "invoice_amount"),
        ),
        Section(_("Goods"), "lines", ("total",)),
        Section(
            _("Buyer and delivery"),
            ("buyer_name", "buyer_licence"),
            ("buyer_address", "buyer_contact"),
            ("signed_by", "delivered_on"),
        ),
        Section(c_("attachments", "Files"), "files"),
        Section(_("Notes"), "remarks"),
    ),
    table=Table(
        "number",
        "dispatched_on",
        "customer_id",
        "order_id",
        "carrier",
        "waybill",
        "total",
        "has_invoice",
        "state",
        more=("delivered_on", "invoice_number", "freight", "pieces"),
        search=("number", "customer_id", "order_id", "waybill"),
        filters=("state", "dispatched_on", "carrier"),
        views=(
            View("draft", _("Draft"), (Filter("state", "=", "draft"),)),
            View("road", _("On the road"), (Filter("state", "=", "sent"),)),
            View(
                "no_invoice", _("Without invoice"), (Filter("has_invoice", "=", False), Filter("state", "!=", "draft"))
            ),
        ),
    ),
    access=Access(
        view=EVERYONE - {AUDIT, QUALITY, OFFICE, MARKETING, TECHNICIAN, REP},
        create=roles(WAREHOUSE, CLERK),
        own=roles(REP),
        owner="customer_id.owner_id",
        export=roles(MANAGERS, CLERK, WAREHOUSE, SERVICE, ASSISTANT),
    ),
    workflow=WORKFLOW,
    rules=(lines_belong_to_the_order,),
    follows={"lines.lot_id": lot_brings_its_papers, "lines.quantity": quantity_moves_the_amount},
    reacts={"orders.reverse_rest": (delivered_with_its_notes,)},
    drafts_from=(DraftFrom("dispatch", _("Dispatch goods"), "orders", open_lines, ("billed", "part_sent")),),
    related=(Related("orders", "order_id"), Related("customers", "customer_id")),
    empty=_("Nothing dispatched yet. Dispatch notes begin from a billed order."),
    icon="truck-delivery",
    shortcut=5,
    only_from_papers=True,
)
