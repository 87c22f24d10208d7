"""Goods-in: what arrived from a supplier, by lot with expiry; the legal purchase record (Order 54, article 32)."""

from datetime import date
from decimal import Decimal

from sqlalchemy import Integer, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.fields import attachments, choice, day, how_many, lines, link, note, part_of, price, text
from dentalsales.blueprint.form import Section
from dentalsales.blueprint.record import Line, Tracked
from dentalsales.blueprint.register import Register, Related
from dentalsales.blueprint.roles import CLERK, COST_ROLES, FINANCE, MANAGER, MANAGERS, QUALITY, WAREHOUSE, Access, roles
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.blueprint.table import Table
from dentalsales.blueprint.workflow import State, Step, Workflow
from dentalsales.i18n import _, c_
from dentalsales.registers.products import Product, factor_of, unit_choices
from dentalsales.registers.stock import Lot, available_of, move_goods
from dentalsales.registers.suppliers import Supplier


class GoodsInLine(Line):
    """Goods of one product and lot."""

    __tablename__ = "goods_in_line"

    goods_in_id: Mapped[int] = part_of("goods_in")
    product_id: Mapped[int] = link(_("Product"), "product", required=True)
    unit: Mapped[str] = text(_("Unit"), required=True, length=10, choices_of=unit_choices, enter_skips=True)
    quantity: Mapped[int] = how_many(_("Quantity"), required=True, minimum=1)
    lot_no: Mapped[str] = text(_("Lot"), length=60)
    expires_on: Mapped[date | None] = day(_("Expiry"))
    made_on: Mapped[date | None] = day(_("Made on"), enter_skips=True)
    serial_no: Mapped[str] = text(_("Serial number"), length=60, enter_skips=True)
    cost: Mapped[Decimal | None] = price(
        _("Cost per unit"), default=None, minimum=0, see_roles=COST_ROLES, enter_skips=True
    )
    factor: Mapped[int] = mapped_column(Integer, nullable=False, default=1)
    """Smallest units in one unit, as it was on arrival."""
    lot_id: Mapped[int | None] = link(_("Lot made"), "lot", read_only=True)

    lot: Mapped[Lot | None] = relationship(foreign_keys="GoodsInLine.lot_id")

    def check(self) -> None:
        """Goods do not expire before they were made."""
        if self.made_on and self.expires_on and self.expires_on < self.made_on:
            raise RuleBroken(_("The expiry lies before the production date."), field="expires_on")


class GoodsIn(Tracked):
    """One arrival."""

    __tablename__ = "goods_in"

    supplier_id: Mapped[int] = link(_("Supplier"), "supplier", required=True)
    arrived_on: Mapped[date] = day(_("Arrived on"), required=True, default="today", enter_skips=True)
    kind: Mapped[str] = choice(
        _("Kind"),
        ("in", _("Purchase")),
        ("opening", _("Opening stock")),
        ("found", _("Stock-take surplus")),
        default="in",
        enter_skips=True,
    )
    delivery_note: Mapped[str] = text(_("Supplier's delivery note"), length=60)
    inspected_by: Mapped[str] = text(_("Inspected by"), length=60)
    remarks: Mapped[str] = note(_("Notes"))
    lines: Mapped[list[GoodsInLine]] = lines(
        _("Goods"),
        "GoodsInLine",
        "product_id",
        "unit",
        "quantity",
        "lot_no",
        "expires_on",
        "made_on",
        "serial_no",
        "cost",
        required=True,
    )

    files = attachments()
    supplier: Mapped[Supplier] = relationship(foreign_keys="GoodsIn.supplier_id")


def the_usual_unit(paper: GoodsIn, line: GoodsInLine, act: Act) -> None:
    """A product brings its usual unit."""
    product = act.session.get(Product, line.product_id or 0)
    if product is not None and line.unit not in product.units:
        line.unit = product.usual_unit


def lots_and_expiries_are_there(paper: GoodsIn, act: Act) -> None:
    """Goods that have lots name them; regulated goods with a shelf life name their expiry."""
    for index, line in enumerate(paper.lines):
        product = act.session.get_one(Product, line.product_id)
        factor_of(line, act)
        if product.has_lot and not (line.lot_no or line.serial_no):
            raise RuleBroken(
                _("Line {line}: enter the lot of {product}."),
                field=f"lines.{index}.lot_no",
                line=index + 1,
                product=product.record_title,
            )
        if product.shelf_life_months and not line.expires_on:
            raise RuleBroken(
                _("Line {line}: enter the expiry of {product}."),
                field=f"lines.{index}.expires_on",
                line=index + 1,
                product=product.record_title,
            )


def lots_are_made(paper: GoodsIn, act: Act) -> None:
    """Each line raises its lot and writes a movement."""
    for line in paper.lines:
        product = act.session.get_one(Product, line.product_id)
        factor = factor_of(line, act)
        lot = same_lot(paper, line, act) or new_lot(paper, line, product, factor, act)
        act.session.flush()
        line.lot_id, line.factor = lot.id, factor
        move_goods(
            act, lot, line.quantity * factor, paper.kind, paper.number or "", "goods_in", line.id, paper.arrived_on
        )


def same_lot(paper: GoodsIn, line: GoodsInLine, act: Act) -> Lot | None:
    """Return the lot of an earlier arrival that these goods belong to: same number, supplier and expiry."""
    if not line.lot_no or line.serial_no or line.cost is not None:
        return None
    return act.session.scalar(
        select(Lot)
        .where(
            Lot.product_id == line.product_id,
            Lot.lot_no == line.lot_no,
            Lot.serial_no == "",
            Lot.supplier_id == paper.supplier_id,
            Lot.expires_on == line.expires_on,
        )
        .limit(1)
    )


def new_lot(paper: GoodsIn, line: GoodsInLine, product: Product, factor: int, act: Act) -> Lot:
    """Return a new lot with a copy of what registration and maker were on arrival."""
    cost = None if line.cost is None else (line.cost / factor).quantize(Decimal("0.0001"))
    lot = Lot(
        product_id=product.id,
        lot_no=line.lot_no,
        serial_no=line.serial_no,
        made_on=line.made_on,
        expires_on=line.expires_on,
        on_hand=0,
        condition="ok",
        registration=product.registration,
        registrant=product.registrant,
        maker=product.maker,
        maker_licence=product.maker_licence,
        supplier_id=paper.supplier_id,
        arrived_on=paper.arrived_on,
        cost=cost,
        search_text=f"{line.lot_no} {line.serial_no}".lower().strip(),
    )
    act.session.add(lot)
    return lot


def goods_are_still_there(paper: GoodsIn, act: Act) -> None:
    """Goods that were sold or moved cannot be sent back on paper."""
    for line in paper.lines:
        if line.lot is None or line.lot.on_hand < line.quantity * line.factor:
            raise RuleBroken(
                _("Some goods of lot {lot} have left already, so this goods-in stays."), lot=line.lot_no or "-"
            )


def goods_are_not_promised(paper: GoodsIn, act: Act) -> None:
    """Goods that orders wait for stay."""
    leaving: dict[int, int] = {}
    for line in paper.lines:
        leaving[line.product_id] = leaving.get(line.product_id, 0) + line.quantity * line.factor
    there = available_of(act, leaving)
    for product_id, quantity_ in leaving.items():
        if there[product_id] < quantity_:
            product = act.session.get_one(Product, product_id)
            raise RuleBroken(
                _("{product} is promised to orders, so this goods-in stays."), product=product.record_title
            )


def goods_leave_again(paper: GoodsIn, act: Act) -> None:
    """The mirror movement."""
    for line in paper.lines:
        assert line.lot is not None
        move_goods(act, line.lot, -line.quantity * line.factor, "in_reversed", paper.number or "", "goods_in", line.id)


WORKFLOW = Workflow(
    states=(
        State("draft", _("Draft"), "draft", editable=True, draft=True),
        State("received", _("Received"), "done"),
        State("reversed", _("Reversed"), "void"),
    ),
    steps=(
        Step(
            "receive",
            _("Receive"),
            ("draft",),
            "received",
            roles(WAREHOUSE, MANAGER, CLERK),
            (lots_and_expiries_are_there,),
            (lots_are_made,),
        ),
        Step(
            "reverse",
            _("Reverse goods-in"),
            ("received",),
            "reversed",
            roles(MANAGER),
            (goods_are_still_there, goods_are_not_promised),
            (goods_leave_again,),
            asks_note=True,
            final=_("The goods leave the stock again; the number is kept."),
            inbox=False,
        ),
    ),
)

GOODS_IN = Register(
    name="goods_in",
    title=_("Goods-in"),
    one=_("Goods-in"),
    record=GoodsIn,
    number="GI-{day}-{count:03}",
    form=(
        Section(_("Goods-in"), ("supplier_id", "arrived_on", "kind"), ("delivery_note", "inspected_by")),
        Section(_("Goods"), "lines"),
        Section(_("Notes"), "remarks"),
        Section(c_("attachments", "Files"), "files"),
    ),
    table=Table(
        "number",
        "arrived_on",
        "supplier_id",
        "kind",
        "delivery_note",
        "state",
        search=("number", "supplier_id", "delivery_note"),
        filters=("state", "kind", "arrived_on"),
    ),
    access=Access(
        view=roles(MANAGERS, WAREHOUSE, CLERK, QUALITY, FINANCE), create=roles(WAREHOUSE, MANAGER, CLERK, FINANCE)
    ),
    workflow=WORKFLOW,
    follows={"lines.product_id": the_usual_unit},
    related=(Related("suppliers", "supplier_id"),),
    empty=_("No goods-in yet. Create one, or import opening stock from Excel."),
    group="goods",
    icon="download",
)
