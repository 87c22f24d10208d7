"""Special prices 价格特批单: one customer's price for a time, approved by VP, general manager and manager (M27)."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from typing import Any

from sqlalchemy import Integer, Select, bindparam, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.among import one_of, placed, places_for
from dentalsales.blueprint.approval import approval
from dentalsales.blueprint.demands import is_ahead
from dentalsales.blueprint.fields import attachments, choice, day, how_many, lines, link, note, part_of, price, text
from dentalsales.blueprint.form import Section
from dentalsales.blueprint.record import Line, Routed
from dentalsales.blueprint.register import Register, Related
from dentalsales.blueprint.roles import (
    ASSISTANT,
    AUDIT,
    CLERK,
    FINANCE,
    GENERAL_MANAGER,
    LEADER,
    MANAGER,
    MANAGERS,
    REP,
    SERVICE,
    VP,
    Access,
    roles,
)
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.blueprint.table import Table
from dentalsales.i18n import _, c_
from dentalsales.registers.agreed import Agreed, AgreedPrices
from dentalsales.registers.customers import Customer
from dentalsales.registers.prices import SMALLEST, list_price
from dentalsales.registers.products import Product, unit_choices


class SpecialPriceLine(Line):
    """The special price of one product."""

    __tablename__ = "special_price_line"

    special_price_id: Mapped[int] = part_of("special_price")
    product_id: Mapped[int] = link(_("Product"), "product", required=True)
    unit: Mapped[str] = text(_("Unit"), required=True, length=10, choices_of=unit_choices, enter_skips=True)
    quantity: Mapped[int | None] = how_many(
        _("Quantity"), minimum=1, maximum=10_000_000, enter_skips=True, help=_("Empty is without limit.")
    )
    factor: Mapped[int] = mapped_column(Integer, nullable=False, default=1, server_default="1")
    """Smallest units in one unit."""
    list_price: Mapped[Decimal | None] = price(_("List price"), default=None, read_only=True)
    unit_price: Mapped[Decimal] = price(_("Special price"), required=True, minimum=SMALLEST)

    product: Mapped[Product] = relationship(foreign_keys="SpecialPriceLine.product_id")


class SpecialPrice(Routed):
    """The application for prices that one customer gets for a time."""

    __tablename__ = "special_price"

    customer_id: Mapped[int] = link(_("Customer"), "customer", required=True)
    kind: Mapped[str] = choice(
        _("Kind"),
        ("special", c_("kind of price", "Special price")),
        ("exclusive", c_("kind of price", "Exclusive sale")),
        ("clearance", c_("kind of price", "Clearance")),
        default="special",
        enter_skips=True,
    )
    valid_from: Mapped[date] = day(_("Valid from"), required=True, default="today")
    valid_to: Mapped[date] = day(_("Valid to"), required=True)
    reason: Mapped[str] = note(_("Reason"), required=True)
    lines: Mapped[list[SpecialPriceLine]] = lines(
        _("Prices"), "SpecialPriceLine", "product_id", "unit", "quantity", "list_price", "unit_price", required=True
    )
    files = attachments()

    customer: Mapped[Customer] = relationship(foreign_keys="SpecialPrice.customer_id")

    def check(self) -> None:
        """Special prices do not end before they begin."""
        if self.valid_to < self.valid_from:
            raise RuleBroken(_("The price ends before it begins."), field="valid_to")


def unit_and_list_price_follow(paper: SpecialPrice, line: SpecialPriceLine, act: Act) -> None:
    """A product brings its usual unit and list price."""
    product = act.session.get(Product, line.product_id or 0)
    if product is None:
        return
    if line.unit not in product.units:
        line.unit = product.usual_unit
    line.factor = product.factor(line.unit) or 1
    line.list_price = list_price(act, product, "list", line.unit, act.today)


def exclusive_ones_are_for_so_many(paper: SpecialPrice, act: Act) -> None:
    """An exclusive or clearance price is for a quantity (M27)."""
    for index, line in enumerate(paper.lines):
        line.factor = line.product.factor(line.unit) or 1
        if paper.kind != "special" and not line.quantity:
            raise RuleBroken(_("Enter for how many this price holds."), field=f"lines.{index}.quantity")


def a_product_has_one_price(paper: SpecialPrice, act: Act) -> None:
    """A product stands there once: its quantities are counted together, whatever price they bear."""
    first: dict[int, int] = {}
    for index, line in enumerate(paper.lines):
        before = first.setdefault(line.product_id, index)
        if before != index:
            raise RuleBroken(
                _("Line {line}: {product} stands on line {other} already."),
                field=f"lines.{index}.product_id",
                line=index + 1,
                product=line.product.record_title,
                other=before + 1,
            )


def special_prices(act: Act, customer_id: int, products: Iterable[int], on: date) -> AgreedPrices:
    """Return a customer's approved special prices on a day, in one query; the newest paper comes first."""
    of = list(set(products))
    found: AgreedPrices = {}
    if not of:
        return found
    asked = {"customer": customer_id, "on": on, **placed("product", of)}
    rows = act.session.connection().execute(_approved(places_for(of)), asked).all()
    for (paper, number, product), same in groupby(rows, lambda row: row[:3]):
        lines = list(same)
        limits = [line.quantity for line in lines]
        quantity = None if None in limits else sum(line.quantity * line.factor for line in lines)
        prices = {line.unit: line.unit_price for line in lines}
        found.setdefault(product, []).append(Agreed("special", paper, number, prices, quantity))
    return found


_PAPER: Any = SpecialPrice.__table__
_LINE: Any = SpecialPriceLine.__table__


@lru_cache
def _approved(products: int) -> Select[Any]:
    return (
        select(
            _PAPER.c.id,
            _PAPER.c.number,
            _LINE.c.product_id,
            _LINE.c.unit,
            _LINE.c.unit_price,
            _LINE.c.quantity,
            _LINE.c.factor,
        )
        .join(_PAPER, _PAPER.c.id == _LINE.c.special_price_id)
        .where(
            _PAPER.c.customer_id == bindparam("customer"),
            _PAPER.c.state == "approved",
            _PAPER.c.valid_from <= bindparam("on"),
            _PAPER.c.valid_to >= bindparam("on"),
            one_of(_LINE.c.product_id, "product", products),
        )
        .order_by(_PAPER.c.id.desc(), _LINE.c.product_id)
    )


SPECIAL_PRICES = Register(
    name="special_prices",
    title=_("Special prices"),
    one=c_("paper", "Special price"),
    record=SpecialPrice,
    number="TP-{day}-{count:03}",
    form=(
        Section(_("Special price"), ("customer_id", "kind"), ("valid_from", "valid_to"), "reason"),
        Section(_("Prices"), "lines"),
        Section(c_("attachments", "Files"), "files"),
    ),
    table=Table(
        "number",
        "customer_id",
        "kind",
        "valid_from",
        "valid_to",
        "reason",
        "state",
        search=("number", "customer_id"),
        filters=("state", "kind"),
    ),
    access=Access(
        view=roles(MANAGERS, VP, GENERAL_MANAGER, LEADER, CLERK, ASSISTANT, SERVICE, FINANCE, AUDIT),
        create=roles(MANAGER, REP),
        own=roles(REP),
        owner="customer_id.owner_id",
    ),
    workflow=approval(
        route=(VP, GENERAL_MANAGER, MANAGER),
        submitters=roles(MANAGER, REP),
        before_submit=(
            is_ahead("valid_to", _("These prices end before today.")),
            a_product_has_one_price,
            exclusive_ones_are_for_so_many,
        ),
    ),
    follows={"lines.product_id": unit_and_list_price_follow, "lines.unit": unit_and_list_price_follow},
    related=(Related("customers", "customer_id"),),
    group="files",
    icon="discount",
)
