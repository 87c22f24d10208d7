"""The products of the sample company with registration, maker, units and shelf life, and how well each one sells."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import dentalsales.sample_company.words as words
from dentalsales.registers.products import Product
from dentalsales.sample_company.amounts import converted
from dentalsales.sample_company.book import Book, Row
from dentalsales.sample_company.trade import FAMILIES, MAKERS, Family, Maker

PARTS_IN_YUAN = 10_000


@dataclass(slots=True, eq=False)
class Goods:
    """A product while the history is made; quantities in smallest units, prices in ten-thousandths of a yuan."""

    row: Row
    family: Family
    supplier: int
    unit: str
    factor: int
    """Smallest units in one usual unit."""
    base: int
    """List price of one usual unit."""
    weight: float
    prices: dict[str, list[tuple[date, int]]] = field(default_factory=dict)
    """Level -> (valid from, price), newest first."""
    lots: list[Any] = field(default_factory=list)
    """Those with goods, first expiry first."""
    reserved: int = 0
    on_hand: int = 0
    used: int = 0
    wanted: int = 0
    """What waiting orders need."""
    daily: float = 0.0
    """Smallest units sold on a usual day."""
    starved_from: int | None = None
    """Moment from which no more of it arrives."""

    @property
    def id(self) -> int:
        """Id of the product."""
        return int(self.row["id"])

    def sellable(self, day: date) -> int:
        """Return what may be sold on a day."""
        return sum(lot.on_hand for lot in self.lots if lot.expires_on is None or lot.expires_on >= day)

    def available(self, day: date) -> int:
        """Return what may still be promised."""
        return self.sellable(day) - self.reserved

    def price_on(self, level: str, day: date) -> tuple[int, str]:
        """Return the price of one usual unit and its source."""
        for name in (level, "list"):
            for since, parts in self.prices.get(name, ()):
                if since <= day:
                    return parts, "list" if name == "list" else "level"
        raise KeyError(level)

    def in_unit(self, parts: int, factor: int) -> int:
        """Return a price of the usual unit in a unit of another size."""
        return parts if factor == self.factor else converted(parts, factor, self.factor)


class Catalogue:
    """Makes the products, family by family, until there are enough."""

    def __init__(self, book: Book, rng: Random, today: date) -> None:
        self.book, self.rng, self.today = book, rng, today
        self.makers = list(MAKERS.values())
        self.goods: list[Goods] = []

    def make(self, count: int, suppliers: list[Row]) -> list[Goods]:
        """Enter so many products; further rounds through the families bring the same goods of other makers."""
        supplier_of = {maker.brand: row["id"] for maker, row in zip(self.makers, suppliers, strict=True)}
        turn = 0
        while len(self.goods) < count:
            for family in FAMILIES:
                maker = MAKERS[family.maker]
                self._family(_of_other_maker(family, turn), _other_maker(maker, turn), supplier_of[maker.brand], count)
            turn += 1
        return self.goods

    def _family(self, family: Family, maker: Maker, supplier: int, count: int) -> None:
        registration = self._registration(family, maker)
        ends = self.today + timedelta(days=self.rng.randint(160, 1600) if family.code != "FL1" else 45)
        licence = f"{maker.province}药监械生产许20{self.rng.randint(18, 22)}{self.rng.randint(1, 999):04}号"
        licence = "进口" if maker.imported else licence
        base = int(PARTS_IN_YUAN * Decimal(family.price)) * self.rng.randint(85, 120) // 100 // 1000 * 1000
        for index, (spec, shade) in enumerate(family.variants):
            if len(self.goods) >= count:
                return
            row = self.book.row(
                Product, code=f"{family.code}-{index + 1:02}", name=family.name, brand=maker.brand, model=family.model,
                spec=spec,
                shade=shade, family=f"{maker.brand}{family.name}", unit=family.unit, supplier_id=supplier,
                pack_unit=family.pack[0] if family.pack else "", pack_size=family.pack[1] if family.pack else None,
                sells_by_pack=family.by_pack, device_class=family.device_class, is_implant=family.implant,
                registration=registration, registration_valid_to=ends if family.device_class in "23" else None,
                registrant=maker.name, maker=maker.name, maker_licence=licence if family.device_class in "23" else "",
                storage=family.storage, has_lot=family.has_lot, shelf_life_months=family.months,
                barcode=f"06999{self.book.new_id(Goods):08}", grade="", remarks="",
            )
            self._goods(row, family, supplier, base)

    def _goods(self, row: Row, family: Family, supplier: int, base: int) -> None:
        factor = family.pack[1] if family.pack and family.by_pack else 1
        unit = family.pack[0] if family.pack and family.by_pack else family.unit
        popular = {"A2": 3.0, "A3": 2.6, "A1": 1.6, "A3.5": 1.5}.get(row["shade"], 0.5 if row["shade"] else 1.0)
        weight = family.weight * popular * self.rng.uniform(0.4, 1.6) / len(family.variants) ** 0.5
        self.goods.append(Goods(row, family, supplier, unit, factor, base, weight))

    def _registration(self, family: Family, maker: Maker) -> str:
        """Return a number in the shape of Order 47: class digit, category, year and serial."""
        year, serial = self.rng.randint(self.today.year - 6, self.today.year - 2), self.rng.randint(11, 1999)
        if family.device_class == "none":
            return ""
        if family.device_class == "1":
            return f"{maker.province}械备{year}{serial:04}" if maker.imported else f"{maker.city}械备{year}{serial:04}"
        place = "国" if family.device_class == "3" else maker.province
        kind = "进" if maker.imported else "准"
        return f"{'国' if maker.imported else place}械注{kind}{year}{family.device_class}{family.category}{serial:04}"


def _of_other_maker(family: Family, turn: int) -> Family:
    if turn == 0:
        return family
    return replace(family, code=f"{family.code}{_letter(turn)}", model=f"{family.model}-{_letter(turn)}")


def _other_maker(maker: Maker, turn: int) -> Maker:
    if turn == 0:
        return maker
    brand = words.FIRM_FIRST[(turn * 5 + ord(maker.brand[0])) % len(words.FIRM_FIRST)] + words.FIRM_SECOND[turn % 30]
    return replace(maker, brand=brand, name=maker.name if maker.imported else maker.name.replace(maker.brand, brand))


def _letter(turn: int) -> str:
    return chr(ord("A") + turn - 1)


def enter_products(book: Book, goods: list[Goods]) -> None:
    """Take the products in, once their minimum stock is known."""
    for one in goods:
        one.row["minimum_stock"] = max(1, int(one.daily * 8)) // one.factor * one.factor or one.factor
        book.add(Product, one.row)
