"""Importing prices: one level in each row, or the levels side by side."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.importing import ImportColumn, ImportKind, Taken, Values, column_of
from dentalsales.blueprint.roles import CLERK, roles
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.imports.customer_words import LEVELS
from dentalsales.imports.find_product import Articles, product_columns, unit_of
from dentalsales.registers.prices import PRICES, Price

BESIDE = (
    ("price_a", "a", _("Level A price"), ("A级价", "A价", "A级价格", "price a")),
    ("price_b", "b", _("Level B price"), ("B级价", "B价", "B级价格", "price b")),
    ("price_c", "c", _("Level C price"), ("C级价", "C价", "C级价格", "price c")),
)
UNIT_PRICE = column_of(
    Price, "unit_price", "列表价", "目录价", "零售价", "销售单价", required=False, minimum=Decimal(0)
)
"""Offices write 0 where there is no price."""
COLUMNS: tuple[ImportColumn, ...] = (
    *product_columns(),
    column_of(Price, "level", "价格类型", words=LEVELS, required=False),
    column_of(Price, "unit", "销售单位", required=False),
    UNIT_PRICE,
    *(
        ImportColumn(name, replace(UNIT_PRICE.field, label=label, synonyms=()), words)
        for name, _level, label, words in BESIDE
    ),
    column_of(Price, "valid_from", "开始日期", "执行日期", required=False, default=None),
    column_of(Price, "valid_to", "结束日期"),
)


class PriceTaker:
    """Knows the products, and which prices hold."""

    def __init__(self, act: Act) -> None:
        self._act = act
        self._articles = Articles(act)
        self._had_none: dict[int, bool] = {}

    def take(self, values: Values) -> Taken:
        """Return the new prices of a row; those that hold already are left out."""
        article = self._articles.find(values)
        unit = unit_of(article, values.get("unit"), article.usual_unit)
        start: date = values.get("valid_from") or self._act.today
        asked = prices_of(values)
        if not asked:
            raise RuleBroken(_("Enter a price."), field="unit_price")
        made: list[Price] = []
        warnings: list[RuleBroken] = []
        for column, level, amount in asked:
            holds = self._holding(article.id, level, unit, start)
            if holds is None or holds.unit_price != amount:
                self._demand_first(article.id, article.title, column)
            if holds is None or (holds.unit_price != amount and holds.valid_from != start):
                made.append(
                    Price(
                        product_id=article.id,
                        level=level,
                        unit=unit,
                        unit_price=amount,
                        valid_from=start,
                        valid_to=values.get("valid_to"),
                    )
                )
            elif holds.unit_price != amount:
                warnings.append(
                    RuleBroken(
                        _("From {day} on the program has the price {price}; the one of the file is not taken."),
                        field=column,
                        day=start,
                        price=holds.unit_price,
                    )
                )
        return Taken(records=tuple(made), already=not made, warnings=tuple(warnings))

    def _demand_first(self, product_id: int, product: str, column: str) -> None:
        """A clerk brings in first prices from the office's file; what has a price the manager changes (M36)."""
        if self._act.roles & PRICES.access.create:
            return
        if product_id not in self._had_none:
            has = self._act.session.scalar(select(Price.id).where(Price.product_id == product_id).limit(1))
            self._had_none[product_id] = has is None
        if not self._had_none[product_id]:
            raise RuleBroken(
                _("{product} has a price already. Only the sales manager changes it."), field=column, product=product
            )

    def _holding(self, product_id: int, level: str, unit: str, on: date) -> Price | None:
        """Return the price that holds on a day."""
        query = (
            select(Price)
            .where(Price.product_id == product_id, Price.level == level, Price.unit == unit, Price.valid_from <= on)
            .order_by(Price.valid_from.desc())
            .limit(1)
        )
        found = self._act.session.scalar(query)
        return None if found is None or (found.valid_to is not None and found.valid_to < on) else found

    def finish(self) -> Iterable[tuple[Any, str]]:
        """Nothing follows."""
        return ()


def prices_of(values: Values) -> list[tuple[str, str, Decimal]]:
    """Return column, level and amount of each price in a row."""
    found = [(name, level, values[name]) for name, level, _label, _words in BESIDE if values.get(name)]
    if values.get("unit_price"):
        found.insert(0, ("unit_price", values.get("level") or "list", values["unit_price"]))
    return found


PRICE_IMPORT = ImportKind(
    name="prices",
    title=_("Price list"),
    register="prices",
    columns=COLUMNS,
    roles=roles(PRICES.access.create, CLERK),
    begin=PriceTaker,
    one_of=(("unit_price", *(name for name, *_words in BESIDE)),),
    hint=_("One product in each row; a new price ends the one before it. Without a date it holds from today."),
)
