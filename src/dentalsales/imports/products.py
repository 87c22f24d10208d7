"""Importing products, with the list price if the file has one."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.importing import ImportColumn, ImportKind, Taken, Values, column_of
from dentalsales.blueprint.roles import CLERK, roles
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import Text, _, joined
from dentalsales.imports.find import completed, plain, supplier_names, together
from dentalsales.imports.find_product import TOLD
from dentalsales.imports.product_words import (
    CLASSES,
    PACK,
    SHELF_LIFE,
    STORAGES,
    shelf_life_of,
    spec_and_model,
    units_of,
)
from dentalsales.registers.prices import PRICES, Price
from dentalsales.registers.products import PRODUCTS, Product, class_in, missing_on_card, the_registration_looks_right

CLASS_UNLESS_SAID = "2"
SPEC_AND_MODEL = column_of(
    Product,
    "spec",
    "型号规格",
    "规格/型号",
    "型号/规格",
    "规格及型号",
    "规格、型号",
    "spec/model",
    "model/spec",
    as_name="spec_and_model",
    label=_("Specification and model"),
    synonyms=("规格型号",),
    length=120,
)

COLUMNS: tuple[ImportColumn, ...] = (
    column_of(
        Product, "code", "产品代码", "物料编码", "存货编码", "item code", "product code", unique=False, is_code=True
    ),
    column_of(Product, "name", "产品", "货品名称", "存货名称", "product", "product name"),
    column_of(Product, "brand"),
    column_of(Product, "model"),
    column_of(Product, "spec", synonyms=("规格", "spec")),
    SPEC_AND_MODEL,
    column_of(Product, "shade"),
    column_of(Product, "grade"),
    column_of(Product, "family"),
    column_of(Product, "unit", "销售单位", "基本单位"),
    ImportColumn(
        "pack",
        column_of(Product, "pack_unit", label=_("Packing"), synonyms=(), length=40).field,
        ("包装", "包装规格", "装箱规格", "包装说明", "包装换算", "换算关系", "单位换算", "pack"),
        fits=lambda words: PACK.fullmatch(plain(words)),
    ),
    column_of(Product, "pack_unit", "大包装", "大包装单位", "辅助单位"),
    column_of(Product, "pack_size", "装箱数", "换算率", fits=lambda words: words.strip().isdigit()),
    column_of(Product, "device_class", "产品类别", "医疗器械类别", "分类", words=CLASSES),
    column_of(Product, "is_implant", "植入", "是否植入", "植入类"),
    column_of(Product, "registration", "注册证", "注册证号/备案号", "注册证号或备案凭证号", "备案凭证号", "批准文号"),
    column_of(Product, "registration_valid_to", "注册证有效期至", "注册证到期日"),
    column_of(Product, "registrant"),
    column_of(Product, "maker", "生产商", "制造商", "生产厂商", "manufacturer"),
    column_of(Product, "maker_licence", "生产许可证编号", "生产备案号"),
    column_of(Product, "storage", "贮存条件", "存储条件", words=STORAGES),
    column_of(Product, "has_lot", "批号管理", "是否批号管理", "有批号"),
    column_of(
        Product,
        "shelf_life_months",
        "有效期",
        "有效期(月)",
        "效期",
        "shelf life",
        fits=lambda words: SHELF_LIFE.fullmatch(plain(words)),
        kind="text",
        length=20,
    ),
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
OWN = ("spec_and_model", "pack", "pack_unit", "pack_size", "unit", "supplier_id", "list_price", "shelf_life_months")
PLAIN = tuple(column.name for column in COLUMNS if column.name not in OWN)
NEEDED = tuple(column.name for column in COLUMNS if column.field.required)
COMPARED = (*(name for name in PLAIN if name != "code"), "shelf_life_months", "supplier_id")


Units = tuple[str, str, int | None, bool]
"""Smallest unit, pack, units in a pack, and whether it is sold by the pack."""


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

    def card_of(self, values: Values) -> Values | None:
        """Return what a row has to have, as the card of the product says whose code the row has."""
        record_id = self._codes.get(plain(values.get("code") or ""))
        if record_id is None:
            return None
        product = self._act.session.get_one(Product, record_id)
        return {field: getattr(product, field) for field in NEEDED}

    def take(self, values: Values) -> Taken:
        """Return the new product and its list price, or fill what the card of one that is there lacks."""
        unparted = words_of({**values, "spec": values.get("spec") or values.get("spec_and_model")})
        values = {**values, **spec_and_model(values)}
        code, supplier = values.get("code"), values.get("supplier_id")
        words = words_of(values)
        units, values["shelf_life_months"], values["supplier_id"] = together(
            lambda: units_of(values),
            lambda: shelf_life_of(values.get("shelf_life_months")),
            lambda: self._suppliers.find(supplier, "supplier_id") if supplier else None,
        )
        if code and plain(code) in self._codes:
            return self._already(self._codes[plain(code)], values, units)
        for known in () if code else (words, unparted):
            if known in self._articles:
                return self._already(self._articles[known], values, units)
        product = Product(**{name: values[name] for name in COMPARED if values.get(name) is not None}, code=code)
        product.device_class, told = class_of(values)
        product.unit, product.pack_unit, product.pack_size, product.sells_by_pack = units
        self._remember(None, code, words)
        records: tuple[Any, ...] = (product,)
        if values.get("list_price"):
            records = (product, lambda: self._price(product, values))
        return Taken(records=records, foreseen=(*told, *other_class(product, values), *gaps(missing_on_card(product))))

    def _price(self, product: Product, values: Values) -> Price:
        """The price is for the unit that the file names."""
        unit = values["unit"] if values["unit"] in product.units else product.usual_unit
        return Price(
            product_id=product.id, level="list", unit=unit, unit_price=values["list_price"], valid_from=self._act.today
        )

    def _already(self, record_id: int | None, values: Values, units: Units) -> Taken:
        if record_id is None:
            twice = RuleBroken(_("This product stands in the file twice; the first row is taken."), field="code")
            return Taken(already=True, warnings=(twice,))
        product = self._act.session.get_one(Product, record_id)
        unit, values["pack_unit"], values["pack_size"], _by_pack = units
        packs = ("pack_unit", "pack_size") if unit == product.unit else ()
        taken = completed(product, values, (*COMPARED, *packs))
        lacks = missing_on_card(product, taken.fill.values if taken.fill else {})
        return replace(
            taken, records=self._first_price(product, values), foreseen=(*other_class(product, values), *gaps(lacks))
        )

    def _first_price(self, product: Product, values: Values) -> tuple[Any, ...]:
        """A product that has no price gets the one of the file."""
        if not values.get("list_price"):
            return ()
        has = self._act.session.scalar(select(Price.id).where(Price.product_id == product.id).limit(1))
        return () if has is not None else (lambda: self._price(product, values),)

    def finish(self) -> Iterable[tuple[Any, str]]:
        """Nothing follows."""
        return ()


def words_of(values: Values) -> tuple[str, ...]:
    """Return what names a product without a code."""
    return tuple(plain(values.get(name) or "") for name in ("name", *TOLD))


def class_of(values: Values) -> tuple[str, tuple[Text, ...]]:
    """Return the class of a product, and what is to be said when the file does not give it.

    Its registration number bears it; without one it counts as class II, so that nothing leaves with too few words.
    """
    if values.get("device_class") is not None:
        return values["device_class"], ()
    if (found := class_in(values.get("registration") or "")) is not None:
        return found, (
            _("{count} products have no device class in the file; their registration number gives it: rows {rows}."),
        )
    return CLASS_UNLESS_SAID, (
        _("{count} products have no device class in the file and are taken as class II: rows {rows}."),
    )


def other_class(product: Product, values: Values) -> tuple[Text, ...]:
    """Return the sentence about cards whose class is not the one that the registration number bears."""
    found = class_in(product.registration or values.get("registration") or "")
    if found is None or found == product.device_class:
        return ()
    return (
        _("{count} products have another class on the card than in the registration number; check it: rows {rows}."),
    )


def gaps(lacks: tuple[Text, ...]) -> tuple[Text, ...]:
    """Return the sentence about cards that lack the same fields of the sales record."""
    if not lacks:
        return ()
    sentence = _("{count} products of class II or III can't be dispatched yet, their card lacks {fields}: rows {rows}.")
    return (sentence.fill(fields=joined(lacks)),)


PRODUCT_IMPORT = ImportKind(
    name="products",
    title=_("Products"),
    register="products",
    columns=COLUMNS,
    named_by=("code",),
    roles=roles(PRODUCTS.access.create, CLERK),
    begin=ProductTaker,
    hint=_("One product in each row, with the list price if the file has one."),
    rules={"products": (the_registration_looks_right,)},
    series={"products": ("code", "P-{count:05}")},
)
