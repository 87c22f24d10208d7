"""Goods-in: what arrived from a supplier, by lot with expiry; the legal purchase record (Order 54, article 32)."""

from dentalsales.blueprint.form import Section
from dentalsales.blueprint.register import Register, Related
from dentalsales.blueprint.roles import CLERK, FINANCE, MANAGER, MANAGERS, QUALITY, WAREHOUSE, Access, roles
from dentalsales.blueprint.table import Table
from dentalsales.blueprint.workflow import State, Step, Workflow
from dentalsales.i18n import _, c_
from dentalsales.registers.goods_in.effects import goods_leave_again, lots_are_made
from dentalsales.registers.goods_in.filling import the_usual_unit
from dentalsales.registers.goods_in.record import GoodsIn, GoodsInLine
from dentalsales.registers.goods_in.rules import (
    goods_are_not_promised,
    goods_are_still_there,
    lots_and_expiries_are_there,
    the_same_goods_twice_are_said,
    they_have_come,
)

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
            (they_have_come, lots_and_expiries_are_there),
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
    rules=(the_same_goods_twice_are_said,),
    follows={"lines.product_id": the_usual_unit},
    related=(Related("suppliers", "supplier_id"),),
    empty=_("No goods-in yet. Create one, or import opening stock from Excel."),
    group="goods",
    icon="download",
)

__all__ = ["GOODS_IN", "GoodsIn", "GoodsInLine"]
