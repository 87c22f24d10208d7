"""Stock: lots, the movement ledger that stock is the sum of, and what is on hand, reserved and available (M52)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import Index, Integer, String, bindparam, func, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.fields import choice, day, how_many, link, moment, number, price, text
from dentalsales.blueprint.form import Section
from dentalsales.blueprint.record import Entry, Record
from dentalsales.blueprint.register import Register, Related
from dentalsales.blueprint.roles import COST_ROLES, EVERYONE, QUALITY, Access, roles
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.blueprint.table import Column, Filter, Table, View
from dentalsales.i18n import _
from dentalsales.registers.products import Product

MOVEMENT_KINDS = (
    ("in", _("Goods-in")),
    ("opening", _("Opening stock")),
    ("out", _("Dispatch")),
    ("in_reversed", _("Goods-in reversed")),
    ("out_reversed", _("Dispatch reversed")),
    ("found", _("Stock-take surplus")),
    ("loss", _("Written off")),
)


class Lot(Record):
    """Goods of one product that arrived under one lot; what its papers said then stays with it."""

    __tablename__ = "lot"
    __table_args__ = (Index("ix_lot_pick", "product_id", "expires_on"),)
    title_fields: ClassVar[tuple[str, ...]] = ("lot_no",)
    suggest_detail_fields: ClassVar[tuple[str, ...]] = ("expires_on", "on_hand")

    product_id: Mapped[int] = link(_("Product"), "product", required=True, index=False, read_only=True)
    lot_no: Mapped[str] = text(_("Lot"), length=60, read_only=True, search=True)
    serial_no: Mapped[str] = text(_("Serial number"), length=60, read_only=True, search=True)
    made_on: Mapped[date | None] = day(_("Made on"), read_only=True)
    expires_on: Mapped[date | None] = day(_("Expiry"), read_only=True)
    on_hand: Mapped[int] = how_many(_("On hand"), default=0, read_only=True)
    condition: Mapped[str] = choice(
        _("Condition"),
        ("ok", _("Released")),
        ("waiting", _("Waiting for inspection")),
        ("failed", _("Failed")),
        ("stopped", _("Stop-sale")),
        default="ok",
        edit_roles=roles(QUALITY),
    )
    registration: Mapped[str] = text(_("Registration or filing number"), length=60, read_only=True)
    registrant: Mapped[str] = text(_("Registrant or filer"), read_only=True)
    maker: Mapped[str] = text(_("Maker"), read_only=True)
    maker_licence: Mapped[str] = text(_("Maker's licence number"), length=80, read_only=True)
    supplier_id: Mapped[int | None] = link(_("Supplier"), "supplier", read_only=True)
    arrived_on: Mapped[date | None] = day(_("Arrived on"), read_only=True)
    cost: Mapped[Decimal | None] = price(
        _("Cost per smallest unit"), default=None, minimum=0, see_roles=COST_ROLES, edit_roles=COST_ROLES
    )

    product: Mapped[Product] = relationship(foreign_keys="Lot.product_id")


class Movement(Entry):
    """One row of the movement ledger; quantities in smallest units, negative when goods leave."""

    __tablename__ = "movement"

    lot_id: Mapped[int] = link(_("Lot"), "lot", required=True)
    product_id: Mapped[int] = link(_("Product"), "product", required=True)
    quantity: Mapped[int] = how_many(_("Quantity"), required=True, total=True)
    kind: Mapped[str] = choice(_("Kind"), *MOVEMENT_KINDS, default="in")
    paper: Mapped[str] = text(_("Paper"), length=40, search=True)
    paper_register: Mapped[str] = mapped_column(String(40), nullable=False, default="")
    paper_line_id: Mapped[int | None] = mapped_column(Integer, index=True)
    on: Mapped[date] = day(_("Date"), required=True)
    at: Mapped[datetime] = moment(_("At"), required=True)
    employee_id: Mapped[int | None] = link(_("By"), "employee", index=False)


class StockLevel(Record):
    """What is there of a product, in smallest units, and what is promised to orders."""

    __tablename__ = "stock_level"
    title_fields: ClassVar[tuple[str, ...]] = ("product_id",)

    product_id: Mapped[int] = link(_("Product"), "product", required=True, read_only=True, index=False)
    on_hand: Mapped[int] = how_many(_("On hand"), default=0, read_only=True)
    reserved: Mapped[int] = number(_("Reserved"), default=0, read_only=True)

    product: Mapped[Product] = relationship(foreign_keys="StockLevel.product_id")
    __table_args__ = (Index("uq_stock_level_product_id", "product_id", unique=True),)


def last_sale_day(act: Act) -> date:
    """Return the earliest expiry a lot must have to be sold today; the last day of sale is a setting."""
    days = int(act.setting("minimum_shelf_days"))
    extra = 1 if act.setting("last_sale_day") == "before" else 0
    return act.today + timedelta(days=days + extra)


def sellable_lots(act: Act, product_id: int) -> list[Lot]:
    """Return the lots that may be sold now, first expiry first; lots without expiry last."""
    query = (
        select(Lot)
        .where(
            Lot.product_id == product_id,
            Lot.on_hand > 0,
            Lot.condition == "ok",
            or_(Lot.expires_on.is_(None), Lot.expires_on >= last_sale_day(act)),
        )
        .order_by(Lot.expires_on.is_(None), Lot.expires_on, Lot.id)
    )
    return list(act.session.scalars(query))


def available(act: Act, product_id: int) -> int:
    """Return what may still be promised: sellable on hand less reserved, in smallest units."""
    return available_of(act, (product_id,))[product_id]


def available_of(act: Act, products: Iterable[int]) -> dict[int, int]:
    """Return what may still be promised of each product, in two queries."""
    wanted = set(products)
    lots = (
        select(Lot.product_id, func.sum(Lot.on_hand))
        .where(
            Lot.product_id.in_(wanted),
            Lot.condition == "ok",
            or_(Lot.expires_on.is_(None), Lot.expires_on >= last_sale_day(act)),
        )
        .group_by(Lot.product_id)
    )
    levels = select(StockLevel.product_id, StockLevel.reserved).where(StockLevel.product_id.in_(wanted))
    sellable = {product: int(total) for product, total in act.session.execute(lots)}
    reserved = {product: int(total) for product, total in act.session.execute(levels)}
    return {product: sellable.get(product, 0) - reserved.get(product, 0) for product in wanted}


def reserve(act: Act, wanted: Mapping[int, int]) -> list[int]:
    """Promise so many smallest units of each product; return the products that are short, and then promise nothing.

    The rows are taken before they are read, in one order, so that two clerks cannot promise the last box twice.
    """
    with act.session.no_autoflush:
        _add_reserved(act, wanted)
        left = available_of(act, wanted)
        short = [product for product in wanted if left[product] < 0]
        if short:
            _add_reserved(act, {product: -quantity for product, quantity in wanted.items()})
    return short


def give_back(act: Act, promised: Mapping[int, int]) -> None:
    """Take back a promise of so many smallest units of each product."""
    _add_reserved(act, {product: -quantity for product, quantity in promised.items()})


def _add_reserved(act: Act, quantities: Mapping[int, int]) -> None:
    _levels(act, quantities)
    table: Any = StockLevel.__table__
    statement = (
        update(table)
        .where(table.c.product_id == bindparam("of_product"))
        .values(reserved=table.c.reserved + bindparam("more"))
    )
    rows = [{"of_product": product, "more": quantities[product]} for product in sorted(quantities)]
    if rows:
        act.session.connection().execute(statement, rows)


def move_goods(
    act: Act,
    lot: Lot,
    quantity_: int,
    kind: str,
    paper: str,
    register: str,
    line_id: int | None,
    on: date | None = None,
) -> None:
    """Write a movement and keep lot and level in step; RuleBroken when the lot has not enough."""
    act.session.flush()
    taken = act.session.execute(
        update(Lot).where(Lot.id == lot.id, Lot.on_hand + quantity_ >= 0).values(on_hand=Lot.on_hand + quantity_)
    )
    if taken.rowcount == 0:  # type: ignore[attr-defined]
        raise RuleBroken(
            _("Lot {lot} of {product} has only {left} left. Take another lot."),
            lot=lot.lot_no or "-",
            product=lot.product.record_title,
            left=lot.on_hand,
        )
    _levels(act, (lot.product_id,))
    act.session.execute(
        update(StockLevel).where(StockLevel.product_id == lot.product_id).values(on_hand=StockLevel.on_hand + quantity_)
    )
    act.session.refresh(lot, ["on_hand"])
    act.session.add(
        Movement(
            lot_id=lot.id,
            product_id=lot.product_id,
            quantity=quantity_,
            kind=kind,
            paper=paper,
            paper_register=register,
            paper_line_id=line_id,
            on=on or act.today,
            at=act.now,
            employee_id=act.employee.id,
        )
    )


def _levels(act: Act, products: Iterable[int]) -> None:
    """Make sure that every product has a row of its level."""
    wanted = set(products)
    there = set(act.session.scalars(select(StockLevel.product_id).where(StockLevel.product_id.in_(wanted))))
    for product in sorted(wanted - there):
        act.session.add(StockLevel(product_id=product, on_hand=0, reserved=0))
    if wanted - there:
        act.session.flush()


STOCK = Register(
    name="stock",
    title=_("Stock"),
    one=_("Stock"),
    record=StockLevel,
    form=(Section(_("Stock"), "product_id", ("on_hand", "reserved")),),
    table=Table(
        "product_id",
        "product_id.brand",
        "product_id.spec",
        "product_id.unit",
        "on_hand",
        "reserved",
        Column("available", _("Available"), "quantity", lambda level: level.on_hand - level.reserved),
        "product_id.minimum_stock",
        search=("product_id",),
        order="product_id",
        views=(View("in_stock", _("In stock"), (Filter("on_hand", ">", 0),)),),
    ),
    access=Access(view=EVERYONE),
    read_only=True,
    empty=_("No stock yet. Enter goods-in, or import opening stock from Excel."),
    group="goods",
    icon="building-warehouse",
)

LOTS = Register(
    name="lots",
    title=_("Lots"),
    one=_("Lot"),
    record=Lot,
    form=(
        Section(_("Lot"), "product_id", ("lot_no", "serial_no"), ("made_on", "expires_on"), ("on_hand", "condition")),
        Section(
            _("What the papers said"),
            ("registration", "registrant"),
            ("maker", "maker_licence"),
            ("supplier_id", "arrived_on"),
            "cost",
        ),
    ),
    table=Table(
        "product_id",
        "lot_no",
        "expires_on",
        "on_hand",
        "condition",
        "supplier_id",
        "arrived_on",
        "cost",
        more=("made_on", "serial_no", "registration", "maker"),
        search=("lot_no", "product_id"),
        order="expires_on",
        filters=("condition", "supplier_id"),
        views=(
            View("there", _("In stock"), (Filter("on_hand", ">", 0),)),
            View("expired", _("Expired"), (Filter("on_hand", ">", 0), Filter("expires_on", "<", "today"))),
        ),
    ),
    access=Access(view=EVERYONE, edit=roles(QUALITY, COST_ROLES)),
    related=(Related("products", "product_id"),),
    group="goods",
    icon="barcode",
)

MOVEMENTS = Register(
    name="movements",
    title=_("Stock movements"),
    one=_("Movement"),
    record=Movement,
    form=(Section(_("Movement"), "on", "product_id", "lot_id", ("kind", "quantity"), ("paper", "employee_id"), "at"),),
    table=Table(
        "on",
        "product_id",
        "lot_id",
        "kind",
        "quantity",
        "paper",
        "employee_id",
        search=("paper", "product_id"),
        filters=("kind", "on"),
    ),
    access=Access(view=EVERYONE),
    read_only=True,
    related=(Related("products", "product_id"), Related("lots", "lot_id")),
    group="goods",
    icon="history",
)
