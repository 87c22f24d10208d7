"""Importing opening stock: lots with expiry, received like any goods-in, one paper for each supplier."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.importing import ImportColumn, ImportKind, Taken, Values, column_of
from dentalsales.blueprint.roles import CLERK, FINANCE, MANAGER, WAREHOUSE, roles
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import Text, _
from dentalsales.imports.find import completed, plain, supplier_names
from dentalsales.imports.find_product import Article, Articles, product_columns, unit_of
from dentalsales.registers.goods_in import GoodsIn, GoodsInLine
from dentalsales.registers.stock import Lot
from dentalsales.registers.suppliers import Supplier

OPENING_SUPPLIER = "期初库存"
"""Who the goods come from when the file does not say; the name is data and stays in every language."""
NOT_KNOWN = "-"

COLUMNS: tuple[ImportColumn, ...] = (
    *product_columns(),
    column_of(GoodsInLine, "unit", "单位", "计量单位", "库存单位", required=False),
    column_of(
        GoodsInLine,
        "quantity",
        "数量",
        "库存",
        "库存数量",
        "期初数量",
        "现存量",
        "结存数量",
        "qty",
        "stock",
        minimum=None,
    ),
    column_of(GoodsInLine, "lot_no", "批号", "生产批号", "批次", "批次号", "lot no", "batch", is_code=True),
    column_of(GoodsInLine, "expires_on", "有效期", "有效期至", "失效日期", "到期日", "效期", "expires", "expiry date"),
    column_of(GoodsInLine, "made_on", "生产日期", "production date"),
    column_of(GoodsInLine, "serial_no", "序列号", "serial", is_code=True),
    column_of(GoodsInLine, "cost", "成本", "成本价", "进价", "采购价", "成本单价", "cost", rounds=True),
    column_of(
        GoodsIn,
        "supplier_id",
        "供应商",
        "供货商",
        "供货单位",
        "供应商名称",
        "supplier",
        kind="text",
        target=None,
        required=False,
    ),
)


class StockTaker:
    """Collects the lines of the opening papers."""

    def __init__(self, act: Act) -> None:
        self._act = act
        self._articles = Articles(act)
        self._suppliers = supplier_names(act)
        self._papers: dict[str, list[GoodsInLine]] = {}
        self._names: dict[str, str] = {}
        there = select(
            GoodsInLine.product_id,
            GoodsInLine.lot_no,
            GoodsInLine.serial_no,
            GoodsInLine.expires_on,
            GoodsInLine.lot_id,
        )
        there = there.join(GoodsIn).where(GoodsIn.kind == "opening", GoodsIn.state == "received")
        self._there = {tuple(row[:4]): row.lot_id for row in act.session.execute(there)}
        lots = select(Lot.product_id, Lot.lot_no, Lot.expires_on).where(Lot.lot_no != "", Lot.expires_on.is_not(None))
        self._expiries = {(row.product_id, plain(row.lot_no)): row.expires_on for row in act.session.execute(lots)}

    def take(self, values: Values) -> Taken:
        """Return the line of a lot, or say that its opening stock was received before."""
        article = self._articles.find(values)
        quantity = values["quantity"]
        if quantity == 0:
            return Taken(empty=True)
        if quantity < 0:
            raise RuleBroken(
                _("The stock of a lot can't be less than nothing. Correct the quantity."), field="quantity"
            )
        key = (article.id, values.get("lot_no") or "", values.get("serial_no") or "", values.get("expires_on"))
        if key in self._there:
            return self._again(self._there[key], article, values)
        demand_lot(article, values)
        self._demand_one_expiry(article, values)
        line = GoodsInLine(
            product_id=article.id, unit=unit_of(article, values.get("unit"), article.unit), quantity=quantity,
            position=0, **{name: values[name] for name in ("lot_no", "expires_on", "made_on", "serial_no", "cost")
                           if values.get(name) is not None},
        )  # fmt: skip
        line.check()
        return Taken(
            lines=(line,),
            warnings=self._collected(values.get("supplier_id") or OPENING_SUPPLIER, line, values),
            foreseen=without_number(article, values),
        )

    def _again(self, lot_id: int | None, article: Article, values: Values) -> Taken:
        """A lot that was received before gets its cost from who may see it; the rest of it stays."""
        lot, cost = self._act.session.get(Lot, lot_id or 0), values.get("cost")
        if lot is None or cost is None:
            return Taken(already=True)
        unit = unit_of(article, values.get("unit"), article.unit)
        factor = article.pack_size if unit == article.pack_unit and article.pack_size else 1
        return completed(lot, {"cost": (cost / factor).quantize(Decimal("0.0001"))}, ("cost",))

    def _demand_one_expiry(self, article: Article, values: Values) -> None:
        """A lot of a product has one expiry, in the program and in the file."""
        lot, expiry = values.get("lot_no"), values.get("expires_on")
        if not lot or expiry is None:
            return
        known = self._expiries.setdefault((article.id, plain(lot)), expiry)
        if known != expiry:
            raise RuleBroken(
                _("Lot {lot} of {product} expires on {known} elsewhere, here on {expiry}. Check the goods."),
                field="expires_on",
                lot=lot,
                product=article.title,
                known=known,
                expiry=expiry,
            )

    def _collected(self, supplier: str, line: GoodsInLine, values: Values) -> tuple[RuleBroken, ...]:
        """Put a line to its supplier's paper; a supplier that the program does not know yet is told once."""
        lines = self._papers.setdefault(plain(supplier), [])
        line.position = len(lines)
        lines.append(line)
        self._names.setdefault(plain(supplier), supplier)
        if len(lines) == 1 and values.get("supplier_id") and self._suppliers.get(supplier) is None:
            return (
                RuleBroken(
                    _("The supplier {name} is new. Enter phone, address and licence later."),
                    field="supplier_id",
                    name=supplier,
                ),
            )
        return ()

    def finish(self) -> Iterable[tuple[Any, str]]:
        """Return one opening paper for each supplier, to be received."""
        for key, lines in self._papers.items():
            supplier_id = self._suppliers.get(key)
            if supplier_id is None:
                supplier = Supplier(name=self._names[key], phone=NOT_KNOWN, address=NOT_KNOWN)
                yield supplier, ""
                supplier_id = supplier.id
            yield GoodsIn(supplier_id=supplier_id, arrived_on=self._act.today, kind="opening", lines=lines), "receive"


def demand_lot(article: Article, values: Values) -> None:
    """Raise RuleBroken when the product needs a lot or an expiry that the row does not give."""
    if article.has_lot and not (values.get("lot_no") or values.get("serial_no")):
        raise RuleBroken(
            _("Enter the lot of {product}, or mark the product as one without lots."),
            field="lot_no",
            product=article.title,
        )
    if article.needs_expiry and not values.get("expires_on"):
        raise RuleBroken(_("Enter the expiry of {product}."), field="expires_on", product=article.title)


def without_number(article: Article, values: Values) -> tuple[Text, ...]:
    """Regulated goods without lot and serial number come in, but can't be dispatched: that is said for the file."""
    if not article.is_regulated or values.get("lot_no") or values.get("serial_no"):
        return ()
    return (
        _(
            "{count} rows of class II or III goods have no lot or serial number; they can't be dispatched before the "
            "warehouse enters it on the lot: rows {rows}."
        ),
    )


OPENING_STOCK_IMPORT = ImportKind(
    name="opening_stock",
    title=_("Opening stock"),
    register="goods_in",
    columns=COLUMNS,
    roles=roles(WAREHOUSE, MANAGER, CLERK, FINANCE),
    begin=StockTaker,
    hint=_("One lot in each row. Without a unit the quantity is in the product's smallest unit."),
)
