"""Stock: lots, the movement ledger that stock is the sum of, and what is on hand, reserved and available (M52)."""

from dentalsales.blueprint.form import Section
from dentalsales.blueprint.register import Register, Related
from dentalsales.blueprint.roles import COST_ROLES, EVERYONE, QUALITY, WAREHOUSE, Access, roles
from dentalsales.blueprint.table import Column, Filter, Table, View
from dentalsales.i18n import _
from dentalsales.registers.stock.leaving import all_is_still_there, nothing_is_promised
from dentalsales.registers.stock.lot_line import lots_of_the_product, the_lot_may_leave
from dentalsales.registers.stock.lot_words import (
    a_condition_says_why,
    other_expiry,
    what_is_printed_is_entered_once,
    without_any_number,
)
from dentalsales.registers.stock.moves import move_goods
from dentalsales.registers.stock.promises import (
    available,
    available_in,
    available_of,
    give_back,
    last_sale_day,
    reserve,
    sellable_lots,
)
from dentalsales.registers.stock.record import RETURNED_AS, Lot, Movement, StockLevel
from dentalsales.registers.stock.stop_sale import lift_stop, lots_numbered, stop_sale

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
        Column("available", _("Available"), "quantity", available_in, told=last_sale_day),
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
        Section(
            _("Lot"),
            "product_id",
            ("lot_no", "serial_no"),
            ("made_on", "expires_on"),
            ("on_hand", "condition"),
            "condition_reason",
        ),
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
    access=Access(view=EVERYONE, edit=roles(QUALITY, WAREHOUSE, COST_ROLES)),
    rules=(what_is_printed_is_entered_once, a_condition_says_why),
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

__all__ = [
    "LOTS",
    "MOVEMENTS",
    "RETURNED_AS",
    "STOCK",
    "Lot",
    "Movement",
    "StockLevel",
    "all_is_still_there",
    "available",
    "available_of",
    "give_back",
    "last_sale_day",
    "lift_stop",
    "lots_numbered",
    "lots_of_the_product",
    "move_goods",
    "nothing_is_promised",
    "other_expiry",
    "reserve",
    "sellable_lots",
    "stop_sale",
    "the_lot_may_leave",
    "without_any_number",
]
