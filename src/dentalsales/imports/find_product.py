"""Finds the product that a row names, by code or by name, and the unit in which it counts."""

from dataclasses import dataclass, field

from sqlalchemy import select

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.importing import ImportColumn, Values, column_of
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.imports.find import plain
from dentalsales.registers.products import Product


@dataclass(frozen=True, slots=True)
class Article:
    """What an import needs to know of a product."""

    id: int
    title: str
    unit: str
    pack_unit: str
    pack_size: int | None
    sells_by_pack: bool
    has_lot: bool
    needs_expiry: bool
    is_regulated: bool
    tax_rate: object
    words: dict[str, str] = field(default_factory=dict, hash=False, compare=False)

    def bears(self, name: str, word: str) -> bool:
        """Say whether a word tells this product; 规格型号 in one column may hold model and specification together."""
        return self.words[name] == word or (name == "spec" and word in self._together)

    @property
    def _together(self) -> tuple[str, ...]:
        model, spec = self.words["model"], self.words["spec"]
        return (model, model + spec, spec + model, f"{model}/{spec}", f"{spec}/{model}")

    @property
    def usual_unit(self) -> str:
        """The unit in which it is usually sold."""
        return self.pack_unit if self.sells_by_pack and self.pack_unit else self.unit

    @property
    def units(self) -> tuple[str, ...]:
        """The units it is sold in."""
        return (self.unit, self.pack_unit) if self.pack_unit else (self.unit,)


TOLD = ("brand", "model", "spec", "shade", "grade")
"""What tells apart products of the same name."""


class Articles:
    """Products by code, by barcode, or by name together with what tells them apart."""

    def __init__(self, act: Act) -> None:
        self._by_code: dict[str, Article] = {}
        self._by_name: dict[str, list[Article]] = {}
        self._known: dict[tuple[str | None, ...], Article] = {}
        for product in act.session.scalars(select(Product)).partitions(1000):
            for one in product:
                self._add(one)

    def _add(self, product: Product) -> None:
        words = {name: plain(getattr(product, name)) for name in TOLD}
        article = Article(
            product.id,
            product.record_title,
            product.unit,
            product.pack_unit,
            product.pack_size,
            product.sells_by_pack,
            product.has_lot,
            bool(product.shelf_life_months),
            product.is_regulated,
            product.tax_rate,
            words,
        )
        for code in (product.barcode, product.code):
            if code:
                self._by_code[plain(code)] = article
        self._by_name.setdefault(plain(product.name), []).append(article)

    def find(self, values: Values) -> Article:
        """Return the product that a row names; RuleBroken at the code or the name when there is not exactly one."""
        key = (values.get("product"), values.get("product_name"), *[values.get(name) for name in TOLD])
        found = self._known.get(key)
        if found is None:
            if len(self._known) > 20_000:
                self._known.clear()
            found = self._known[key] = self._search(values)
        return found

    def _search(self, values: Values) -> Article:
        code, name = values.get("product"), values.get("product_name")
        if code:
            found = self._by_code.get(plain(code))
            if found is not None:
                return found
            if name or plain(code) not in self._by_name:
                raise RuleBroken(
                    _("There is no product with the code “{code}”. Import the products first, or correct the code."),
                    field="product",
                    code=code,
                )
        if not (name or code):
            raise RuleBroken(_("Enter the code or the name of the product."), field="product")
        return self._one_of(name or code or "", "product_name" if name else "product", values)

    def _one_of(self, name: str, column: str, values: Values) -> Article:
        fitting = self._by_name.get(plain(name), [])
        for word in TOLD:
            if values.get(word) and len(fitting) > 1:
                fitting = [one for one in fitting if one.bears(word, plain(values[word]))]
        if not fitting:
            raise RuleBroken(
                _("There is no product “{name}” like this. Import the products first, or write its code."),
                field=column,
                name=name,
            )
        if len(fitting) > 1:
            raise RuleBroken(_("Several products fit “{name}”. Write the product's code."), field=column, name=name)
        return fitting[0]


def unit_of(article: Article, unit: str | None, usual: str, column: str = "unit") -> str:
    """Return the unit of a row, or `usual` when it names none; RuleBroken when the product is not sold in it."""
    if not unit:
        return usual
    for one in article.units:
        if plain(one) == plain(unit):
            return one
    raise RuleBroken(
        _("{product} is not sold by “{unit}”. Choose {units}."),
        field=column,
        product=article.title,
        unit=unit,
        units=" / ".join(article.units),
    )


def product_columns(*code_synonyms: str) -> tuple[ImportColumn, ...]:
    """Return the columns that together name a product."""
    return (
        column_of(
            Product,
            "code",
            "产品代码",
            "物料编码",
            "存货编码",
            "item code",
            "product code",
            *code_synonyms,
            as_name="product",
            unique=False,
            is_code=True,
        ),
        column_of(
            Product,
            "name",
            "产品",
            "商品",
            "货品名称",
            "存货名称",
            "product",
            "item",
            as_name="product_name",
            required=False,
        ),
        column_of(Product, "brand"),
        column_of(Product, "model"),
        column_of(Product, "spec"),
        column_of(Product, "shade"),
        column_of(Product, "grade"),
    )
