"""Importing products, with the list price if the file has one."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.importing import ImportColumn, ImportKind, Taken, Values, column_of, spelled
from dentalsales.blueprint.roles import CLERK, roles
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.imports.find import differing, plain, supplier_names, together
from dentalsales.imports.find_product import TOLD
from dentalsales.registers.prices import PRICES, Price
from dentalsales.registers.products import PRODUCTS, Product, the_registration_looks_right

CLASSES = {
    word: name
    for name, numerals in (("1", ("一", "ⅰ", "i", "1")), ("2", ("二", "ⅱ", "ii", "2")), ("3", ("三", "ⅲ", "iii", "3")))
    for numeral in numerals
    for word in (numeral, f"{numeral}类", f"第{numeral}类", f"{numeral}类医疗器械", f"class{numeral}")
} | dict.fromkeys(("无", "非器械", "非医疗器械", "否", "none", "-", "/"), "none")
STORAGES = spelled(normal="常温 室温 干燥", cool="阴凉 阴凉库 20℃以下", cold="冷藏 2-8℃ 2~8℃ 2-8°c")
PACK = re.compile(
    r"1?([^\d=＝/]{1,10})[=＝:](\d{1,5})([^\d]{1,10})|(\d{1,5})([^\d/每*×]{1,10}?)(?:装)?[/每](?:1)?([^\d]{1,10})"
)
SHELF_LIFE = re.compile(r"(\d{1,3})(年|years?|y)?(?:个?月|months?|m)?")

COLUMNS: tuple[ImportColumn, ...] = (
    column_of(
        Product, "code", "产品代码", "物料编码", "存货编码", "item code", "product code", unique=False, is_code=True
    ),
    column_of(Product, "name", "产品", "货品名称", "存货名称", "product", "product name"),
    column_of(Product, "brand"),
    column_of(Product, "model"),
    column_of(Product, "spec"),
    column_of(Product, "shade"),
    column_of(Product, "grade"),
    column_of(Product, "family"),
    column_of(Product, "unit", "销售单位", "基本单位"),
    ImportColumn(
        "pack",
        column_of(Product, "pack_unit", label=_("Packing"), synonyms=(), length=40).field,
        ("包装", "包装规格", "装箱规格", "包装说明", "pack"),
    ),
    column_of(Product, "pack_unit"),
    column_of(Product, "pack_size"),
    column_of(Product, "device_class", "产品类别", "医疗器械类别", "分类", words=CLASSES),
    column_of(Product, "is_implant", "植入", "是否植入", "植入类"),
    column_of(Product, "registration", "注册证", "注册证号/备案号", "注册证号或备案凭证号", "备案凭证号", "批准文号"),
    column_of(Product, "registration_valid_to", "注册证有效期至", "注册证到期日"),
    column_of(Product, "registrant"),
    column_of(Product, "maker", "生产商", "制造商", "生产厂商", "manufacturer"),
    column_of(Product, "maker_licence", "生产许可证编号", "生产备案号"),
    column_of(Product, "storage", "贮存条件", "存储条件", words=STORAGES),
    column_of(Product, "has_lot", "批号管理", "是否批号管理", "有批号"),
    column_of(Product, "shelf_life_months", "有效期", "有效期(月)", "效期", "shelf life", kind="text", length=20),
    column_of(Product, "minimum_stock", "库存下限"),
    column_of(Product, "tax_rate"),
    column_of(Product, "supplier_id", "供应商", "供货商", "供货单位", "supplier", kind="text", target=None),
    column_of(Product, "barcode", "条形码", "udi-di", is_code=True),
    column_of(
        Price,
        "unit_price",
        "标准售价",
        "零售价",
        "目录价",
        "列表价",
        "销售价",
        "list price",
        as_name="list_price",
        label=_("List price"),
        required=False,
        minimum=Decimal(0),
        edit_roles=roles(PRICES.access.create, CLERK),
    ),
    column_of(Product, "remarks", "说明"),
)
OWN = ("pack", "pack_unit", "pack_size", "unit", "supplier_id", "list_price", "shelf_life_months")
PLAIN = tuple(column.name for column in COLUMNS if column.name not in OWN)
COMPARED = ("name", "spec", "registration", "maker", "tax_rate", "device_class")


class ProductTaker:
    """Knows which products are there."""

    def __init__(self, act: Act) -> None:
        self._act = act
        self._suppliers = supplier_names(act)
        self._codes: dict[str, int | None] = {}
        self._articles: dict[tuple[str, ...], int | None] = {}
        columns = (Product.id, Product.code, Product.name, *(getattr(Product, name) for name in TOLD))
        for record_id, code, *words in act.session.execute(select(*columns)):
            self._remember(record_id, code, tuple(plain(word) for word in words))

    def _remember(self, record_id: int | None, code: str | None, words: tuple[str, ...]) -> None:
        if code:
            self._codes[plain(code)] = record_id
        self._articles.setdefault(words, record_id)

    def take(self, values: Values) -> Taken:
        """Return the new product and its list price, or say that it is there."""
        code = values.get("code")
        words = tuple(plain(values.get(name) or "") for name in ("name", *TOLD))
        if code and plain(code) in self._codes:
            return self._already(self._codes[plain(code)], values)
        if not code and words in self._articles:
            return self._already(self._articles[words], values)
        product = Product(**{name: values[name] for name in PLAIN if values.get(name) is not None})
        supplier = values.get("supplier_id")
        units, product.shelf_life_months, product.supplier_id = together(
            lambda: units_of(values),
            lambda: shelf_life_of(values.get("shelf_life_months")),
            lambda: self._suppliers.find(supplier, "supplier_id") if supplier else None,
        )
        product.unit, product.pack_unit, product.pack_size, product.sells_by_pack = units
        self._remember(None, code, words)
        if not values.get("list_price"):
            return Taken(records=(product,))
        return Taken(records=(product, lambda: self._price(product, values)))

    def _price(self, product: Product, values: Values) -> Price:
        """The price is for the unit that the file names."""
        unit = values["unit"] if values["unit"] in product.units else product.usual_unit
        return Price(
            product_id=product.id, level="list", unit=unit, unit_price=values["list_price"], valid_from=self._act.today
        )

    def _already(self, record_id: int | None, values: Values) -> Taken:
        if record_id is None:
            return Taken(
                already=True,
                warnings=(
                    RuleBroken(_("This product stands in the file twice; the first row is taken."), field="code"),
                ),
            )
        return Taken(
            already=True, warnings=tuple(differing(self._act.session.get_one(Product, record_id), values, COMPARED))
        )

    def finish(self) -> Iterable[tuple[Any, str]]:
        """Nothing follows."""
        return ()


def units_of(values: Values) -> tuple[str, str, int | None, bool]:
    """Return smallest unit, pack, units in a pack, and whether it is sold by the pack: 盒 with 10支/盒 and the like."""
    unit, pack = values["unit"], values.get("pack")
    if not pack:
        return unit, values.get("pack_unit") or "", values.get("pack_size"), False
    found = PACK.fullmatch(plain(pack))
    if found is None:
        raise RuleBroken(
            _("“{pack}” is no pack the program understands. Write it like 10支/盒."), field="pack", pack=pack
        )
    pack_unit, size, smallest = (found[1], found[2], found[3]) if found[1] else (found[6], found[4], found[5])
    if unit not in (smallest, pack_unit):
        raise RuleBroken(
            _("The unit {unit} is neither {smallest} nor {pack}, the units of the pack. Correct one of them."),
            field="unit",
            unit=unit,
            smallest=smallest,
            pack=pack_unit,
        )
    if smallest == pack_unit or int(size) < 2:
        return unit, "", None, False
    return smallest, pack_unit, int(size), unit == pack_unit


def shelf_life_of(words: str | None) -> int | None:
    """Return months from 24, 24个月 or 2年."""
    if not words:
        return None
    found = SHELF_LIFE.fullmatch(plain(words))
    if found is None or int(found[1]) == 0:
        raise RuleBroken(
            _("“{value}” is no shelf life. Write the months, like 24."), field="shelf_life_months", value=words
        )
    return int(found[1]) * (12 if found[2] else 1)


PRODUCT_IMPORT = ImportKind(
    name="products",
    title=_("Products"),
    register="products",
    columns=COLUMNS,
    roles=roles(PRODUCTS.access.create, CLERK),
    begin=ProductTaker,
    hint=_("One product in each row, with the list price if the file has one."),
    rules={"products": (the_registration_looks_right,)},
    series={"products": ("code", "P-{count:05}")},
)
