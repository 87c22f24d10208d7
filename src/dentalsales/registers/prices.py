"""The price list: one price per product, level and unit on any day, with its history (M35, M36)."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any, ClassVar

from sqlalchemy import Index, Select, bindparam, or_, select
from sqlalchemy.orm import Mapped, relationship

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.among import one_of, placed, places_for
from dentalsales.blueprint.demands import stays
from dentalsales.blueprint.fields import choice, day, link, price, text
from dentalsales.blueprint.form import Section
from dentalsales.blueprint.record import Record
from dentalsales.blueprint.register import Register, Related
from dentalsales.blueprint.roles import (
    EVERYONE,
    MANAGER,
    MARKETING,
    OFFICE,
    QUALITY,
    TECHNICIAN,
    WAREHOUSE,
    Access,
    roles,
)
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.blueprint.table import Filter, Table, View
from dentalsales.i18n import _
from dentalsales.registers.customers import PRICE_LEVELS
from dentalsales.registers.products import Product, unit_choices

SMALLEST = Decimal("0.0001")
"""What costs nothing is a gift, with its reason on the order."""


class Price(Record):
    """What one unit of a product costs a customer of a level, tax included."""

    __tablename__ = "price"
    __table_args__ = (Index("ix_price_lookup", "product_id", "level", "unit", "valid_from"),)
    title_fields: ClassVar[tuple[str, ...]] = ("level", "unit_price")

    product_id: Mapped[int] = link(
        _("Product"), "product", required=True, index=False, synonyms=("产品编号", "产品编码", "产品", "货号", "code")
    )
    level: Mapped[str] = choice(_("Price level"), *PRICE_LEVELS, default="list", synonyms=("价格级别", "级别", "level"))
    unit: Mapped[str] = text(_("Unit"), required=True, length=10, choices_of=unit_choices, synonyms=("单位", "unit"))
    unit_price: Mapped[Decimal] = price(
        _("Unit price"), required=True, minimum=SMALLEST, synonyms=("单价", "价格", "标准价", "售价", "price")
    )
    valid_from: Mapped[date] = day(
        _("Valid from"), required=True, default="today", synonyms=("生效日期", "起始日期", "valid from")
    )
    valid_to: Mapped[date | None] = day(_("Valid to"), synonyms=("失效日期", "截止日期", "valid to"))

    product: Mapped[Product] = relationship(foreign_keys="Price.product_id")

    def check(self) -> None:
        """A price does not end before it begins."""
        if self.valid_to and self.valid_to < self.valid_from:
            raise RuleBroken(_("The price ends before it begins."), field="valid_to")


def the_unit_is_sold(price_: Price, act: Act) -> None:
    """A price is for a unit that the product is sold in."""
    product = act.session.get_one(Product, price_.product_id)
    if product.factor(price_.unit) is None:
        raise RuleBroken(
            _("{product} is not sold by “{unit}”. Choose {units}."),
            field="unit",
            product=product.record_title,
            unit=price_.unit,
            units=" / ".join(product.units),
        )


def one_price_on_any_day(price_: Price, act: Act) -> None:
    """A later price ends the one before it; two prices never hold on the same day."""
    same = [
        Price.product_id == price_.product_id,
        Price.level == price_.level,
        Price.unit == price_.unit,
        Price.id != (price_.id or 0),
    ]
    with act.session.no_autoflush:
        for other in act.session.scalars(select(Price).where(*same).order_by(Price.valid_from)):
            if other.valid_from < price_.valid_from and (other.valid_to is None or other.valid_to >= price_.valid_from):
                other.valid_to = price_.valid_from - timedelta(days=1)
                other.version += 1
                act.log(other, "ended", changes={"valid_to": [None, other.valid_to]})
            elif other.valid_from >= price_.valid_from and (
                price_.valid_to is None or price_.valid_to >= other.valid_from
            ):
                raise RuleBroken(
                    _("Another price holds from {day}. End this one before that day."),
                    field="valid_to",
                    day=other.valid_from,
                )


WHAT_WAS_VALID_STAYS = stays(
    "product_id", "level", "unit", "unit_price", since="valid_from",
    said=_("This price has been in force since {day}. Enter a new price from today instead."),
)  # fmt: skip
"""A price that has begun keeps its amount: enter a new one from a later day instead."""


def the_unit_of_the_product(price_: Price, act: Act) -> None:
    """Start with the unit in which the product is usually sold."""
    product = act.session.get(Product, price_.product_id or 0)
    if product is not None:
        price_.unit = product.usual_unit


Prices = dict[tuple[int, str], dict[str, Decimal]]
"""(product, level or other source) -> unit -> price."""


def list_prices(act: Act, products: Iterable[int], levels: Iterable[str], on: date) -> Prices:
    """Return the prices of products at some levels that hold on a day, in one query."""
    of, at = list(set(products)), list(set(levels))
    found: Prices = {}
    if not of or not at:
        return found
    asked = {**placed("product", of), **placed("level", at), "on": on}
    for product, level, unit, amount in (
        act.session.connection().execute(_prices(places_for(of), places_for(at)), asked).all()
    ):
        found.setdefault((product, level), {})[unit] = amount
    return found


_PRICE: Any = Price.__table__.c


@lru_cache
def _prices(products: int, levels: int) -> Select[Any]:
    return (
        select(_PRICE.product_id, _PRICE.level, _PRICE.unit, _PRICE.unit_price)
        .where(
            one_of(_PRICE.product_id, "product", products),
            one_of(_PRICE.level, "level", levels),
            _PRICE.valid_from <= bindparam("on"),
            or_(_PRICE.valid_to.is_(None), _PRICE.valid_to >= bindparam("on")),
        )
        .order_by(_PRICE.valid_from)
    )


def list_price(act: Act, product: Product, level: str, unit: str, on: date) -> Decimal | None:
    """Return the price of one `unit` at a level on a day: its own, or that of another unit converted; None if none."""
    return priced_in(product, list_prices(act, (product.id,), (level,), on).get((product.id, level), {}), unit)


def priced_in(product: Product, prices: dict[str, Decimal], unit: str) -> Decimal | None:
    """Return the price in `unit` out of prices by unit, converting through the pack size when it has none itself."""
    if unit in prices:
        return prices[unit]
    wanted = product.factor(unit)
    for other, amount in prices.items():
        factor = product.factor(other)
        if factor and wanted:
            return (amount * wanted / factor).quantize(Decimal("0.0001"))
    return None


PRICES = Register(
    name="prices",
    title=_("Price list"),
    one=_("Price"),
    record=Price,
    form=(Section(_("Price"), "product_id", ("level", "unit"), "unit_price", ("valid_from", "valid_to")),),
    table=Table(
        "product_id",
        "product_id.brand",
        "product_id.spec",
        "level",
        "unit",
        "unit_price",
        "valid_from",
        "valid_to",
        search=("product_id",),
        order="-valid_from",
        filters=("level", "unit"),
        views=(View("open", _("Without end"), (Filter("valid_to", "empty"),)),),
    ),
    access=Access(view=EVERYONE - {WAREHOUSE, QUALITY, OFFICE, MARKETING, TECHNICIAN}, create=roles(MANAGER)),
    rules=(the_unit_is_sold, WHAT_WAS_VALID_STAYS, one_price_on_any_day),
    follows={"product_id": the_unit_of_the_product},
    related=(Related("products", "product_id"),),
    empty=_("No prices yet. Create one, or import from Excel."),
    group="files",
    icon="tag",
)
