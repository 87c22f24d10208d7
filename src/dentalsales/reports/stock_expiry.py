"""The expiry report: lots in stock that have expired or soon will, in three steps."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

import dentalsales.reports.frame as frame
from dentalsales.blueprint.act import Act
from dentalsales.blueprint.column_types import round_money
from dentalsales.blueprint.report import Period, Report
from dentalsales.blueprint.roles import COST_ROLES, EVERYONE
from dentalsales.blueprint.sheet import Block, Opens, Row, Sheet, SheetColumn
from dentalsales.blueprint.table import Filter
from dentalsales.i18n import Text, _
from dentalsales.registers.products import Product
from dentalsales.registers.stock import Lot
from dentalsales.registers.suppliers import Supplier

EXPIRED, WITHIN = _("Expired"), _("Within {days} days")
CLOSE_STEPS = (30, 90)
"""Days left at which a warning grows stronger; the widest step is a setting."""
TONES = ("danger", "danger", "warning", "")


def run(act: Act, period: Period, choices: Mapping[str, Any]) -> Sheet:
    """Return the lots as they stand now; their worth at cost only for those who may see it."""
    steps = sorted({*CLOSE_STEPS, int(act.setting("near_expiry_days"))})
    lots = _lots(act, steps[-1])
    blocks = (_by_step(lots, steps, act.today), _each_lot(lots, steps, act.today))
    notes = (_("Worth is quantity at cost; lots without a known cost show a dash."), frame.ROUNDING)
    return frame.sheet(act, "stock_expiry", STOCK_EXPIRY.title, period, "303-R08", *blocks, landscape=True,
                       notes=notes if act.roles & COST_ROLES else ())  # fmt: skip


def _lots(act: Act, days: int) -> Sequence[Any]:
    query = (
        select(Lot.id, Product.code, Product.name, Product.spec, Product.shade, Lot.lot_no, Lot.serial_no,
               Lot.expires_on, Lot.on_hand, Product.unit, Lot.condition, Supplier.name.label("supplier"), Lot.cost)
        .join(Product, Product.id == Lot.product_id)
        .outerjoin(Supplier, Supplier.id == Lot.supplier_id)
        .where(Lot.on_hand > 0, Lot.expires_on <= act.today + timedelta(days=days))
        .order_by(Lot.expires_on, Product.code, Lot.id)
    )  # fmt: skip
    return act.session.execute(query).all()


def _step(expires_on: date, steps: Sequence[int], today: date) -> int:
    """Return 0 for expired, then the place of the narrowest step that holds the day."""
    left = (expires_on - today).days
    if left < 0:
        return 0
    return next(place for place, step in enumerate(steps, 1) if left <= step)


def _label(place: int, steps: Sequence[int]) -> Text:
    return WITHIN.fill(days=steps[place - 1]) if place else EXPIRED


def _worth(lot: Any) -> Decimal | None:
    return None if lot.cost is None else round_money(lot.cost * lot.on_hand)


def _lots_of(place: int, steps: Sequence[int], today: date) -> tuple[Filter, ...]:
    """Return the filters of the list that holds the lots of a step."""
    held = Filter("on_hand", ">", 0)
    if place == 0:
        return (held, Filter("expires_on", "<", today))
    first = today if place == 1 else today + timedelta(days=steps[place - 2] + 1)
    last = today + timedelta(days=steps[place - 1])
    return (held, Filter("expires_on", ">=", first), Filter("expires_on", "<=", last))


def _by_step(lots: Sequence[Any], steps: Sequence[int], today: date) -> Block:
    columns = (
        SheetColumn("step", _("Expiry"), width=16),
        SheetColumn("lots", _("Lots"), "number", 10, total=True),
        SheetColumn("worth", _("Worth at cost"), "money", 16, total=True, sensitive=True),
    )
    rows = []
    for place in range(len(steps) + 1):
        held = [lot for lot in lots if _step(lot.expires_on, steps, today) == place]
        worth = sum((_worth(lot) or Decimal(0) for lot in held), Decimal("0.00"))
        opens = Opens("lots", filters=_lots_of(place, steps, today)) if held else None
        rows.append(Row((_label(place, steps), len(held), worth), opens, TONES[place] if held else ""))
    return Block(_("Summary"), columns, tuple(rows), "summary")


def _each_lot(lots: Sequence[Any], steps: Sequence[int], today: date) -> Block:
    columns = (
        SheetColumn("step", _("Expiry"), width=12),
        SheetColumn("code", _("Product code"), width=12),
        SheetColumn("product", _("Product name"), width=22),
        SheetColumn("spec", _("Specification"), width=14),
        SheetColumn("shade", _("Shade"), width=8),
        SheetColumn("lot", _("Lot or serial number"), width=14),
        SheetColumn("expires_on", _("Expires on"), "day", 12),
        SheetColumn("left", _("Days left"), "number", 8),
        SheetColumn("on_hand", _("On hand"), "quantity", 8),
        SheetColumn("unit", _("Unit"), width=6),
        SheetColumn("condition", _("Condition"), width=10),
        SheetColumn("supplier", _("Supplier"), width=18),
        SheetColumn("worth", _("Worth at cost"), "money", 14, total=True, sensitive=True),
    )
    return Block(_("Lots"), columns, tuple(_rows(lots, steps, today)), "lots")


def _rows(lots: Sequence[Any], steps: Sequence[int], today: date) -> Iterator[Row]:
    for lot in lots:
        place = _step(lot.expires_on, steps, today)
        yield Row((
            _label(place, steps), lot.code or "", lot.name, lot.spec, lot.shade, lot.lot_no or lot.serial_no,
            lot.expires_on, (lot.expires_on - today).days, lot.on_hand, lot.unit,
            frame.word(Lot, "condition", lot.condition), lot.supplier or "", _worth(lot),
        ), Opens("lots", lot.id), TONES[place])  # fmt: skip


STOCK_EXPIRY = Report(
    name="stock_expiry",
    title=_("Expiry report"),
    period="now",
    run=run,
    view=EVERYONE,
    hint=_("Lots in stock that have expired or soon will."),
)
