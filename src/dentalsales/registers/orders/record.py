"""What an order holds: head, lines with their price source, consent, and what was paid and sent."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dentalsales.blueprint.column_types import round_money
from dentalsales.blueprint.fields import (
    BY_STEP,
    CONTACT,
    PARTY,
    attachments,
    choice,
    day,
    how_many,
    lines,
    link,
    moment,
    money,
    note,
    number,
    part_of,
    percent,
    price,
    shown,
    text,
    yes_no,
)
from dentalsales.blueprint.house_records import Employee
from dentalsales.blueprint.messages import FromMessages
from dentalsales.blueprint.record import Line, Tracked
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import Text, _, c_
from dentalsales.registers.customers import PRICE_LEVELS, SALE_CLASSES, TERMS, Customer
from dentalsales.registers.products import CARD, CardWords, Product, unit_choices

ZERO = Decimal("0.00")
PRICE_SOURCES = (
    ("contract", _("Contract price")),
    ("special", _("Approved special price")),
    ("level", _("Price of the customer's level")),
    ("list", _("List price")),
    ("gift", _("Gift")),
)
SOURCE_LETTERS = {
    "contract": c_("price source", "C"),
    "special": c_("price source", "S"),
    "level": c_("price source", "L"),
    "list": c_("price source", "P"),
    "gift": c_("price source", "G"),
}


class OrderLine(CardWords, Line):
    """One product of an order; the price comes from its source and is never typed (M36)."""

    __tablename__ = "order_line"
    of_the_card = CARD | {"product_code": "code", "brand": "brand", "grade": "grade", "registration": "registration"}

    order_id: Mapped[int] = part_of("order")
    product_id: Mapped[int] = link(
        _("Product"), "product", required=True, synonyms=("产品", "商品", "货品", "品名规格", "product", "item")
    )
    unit: Mapped[str] = text(
        _("Unit"), required=True, length=10, choices_of=unit_choices, enter_skips=True, synonyms=("单位", "unit")
    )
    quantity: Mapped[int] = how_many(
        _("Quantity"), required=True, minimum=1, maximum=1_000_000, synonyms=("数量", "订货数量", "订购数量", "qty")
    )
    unit_price: Mapped[Decimal | None] = price(
        _("Unit price"), default=None, read_only=True, synonyms=("单价", "price")
    )
    price_source: Mapped[str] = choice(_("Source"), *PRICE_SOURCES, read_only=True)
    amount: Mapped[Decimal] = money(_("Amount"), read_only=True, total=True, synonyms=("金额", "amount"))
    is_gift: Mapped[bool] = yes_no(_("Gift"), enter_skips=True, synonyms=("赠品", "是否赠品"))
    requirement: Mapped[str] = text(
        _("Other requirements"), length=120, enter_skips=True, synonyms=("要求", "其他要求")
    )
    remarks: Mapped[str] = text(_("Notes"), length=120, enter_skips=True, synonyms=("备注", "说明", "note", "notes"))
    tax_rate: Mapped[Decimal] = percent(_("Tax rate"), read_only=True)
    factor: Mapped[int] = mapped_column(Integer, nullable=False, default=1)
    """Smallest units in one unit, as it was when the line was written."""
    contract_id: Mapped[int | None] = mapped_column(ForeignKey("contract.id", ondelete="RESTRICT"), index=True)
    """The contract, or the special price, whose quantity the line calls off."""
    special_price_id: Mapped[int | None] = mapped_column(
        ForeignKey("special_price.id", ondelete="RESTRICT"), index=True
    )
    sent: Mapped[int] = how_many(_("Sent"), default=0, **BY_STEP)
    sent_amount: Mapped[Decimal] = money(_("Amount sent"), **BY_STEP)
    product_code: Mapped[str] = mapped_column(String(40), nullable=False, default="")
    """Here and in `CardWords` what the product card said on the day of submission."""
    brand: Mapped[str] = mapped_column(String(60), nullable=False, default="")
    grade: Mapped[str] = mapped_column(String(20), nullable=False, default="")
    registration: Mapped[str] = mapped_column(String(60), nullable=False, default="")

    product: Mapped[Product] = relationship(foreign_keys="OrderLine.product_id")

    def check(self) -> None:
        """A gift says why; every other line has a price."""
        if self.is_gift and not self.remarks.strip():
            raise RuleBroken(_("Enter the reason of the gift in the notes."), field="remarks")
        if not self.is_gift and self.unit_price is None:
            raise RuleBroken(
                _("This product has no price. Ask the sales manager to enter one in the price list."),
                field="product_id",
            )

    def price_it(self) -> None:
        """Keep the amount in step: price times quantity, rounded half up to the fen."""
        self.keep(amount=round_money((self.unit_price or ZERO) * (self.quantity or 0)))

    @shown(c_("price source", "Letter"))
    def source_letter(self) -> Text:
        """The small letter that tells where the price comes from."""
        return SOURCE_LETTERS.get(self.price_source, Text(""))

    @property
    def open(self) -> int:
        """What is not sent yet, in the line's unit."""
        return (self.quantity or 0) - (self.sent or 0)


class Order(Tracked):
    """What a customer ordered, from the phone call to the paid delivery (P4)."""

    __tablename__ = "order"
    __table_args__ = (Index("ix_order_ordered_on", "ordered_on", "id"),)

    ordered_on: Mapped[date] = day(_("Date"), required=True, default="today", enter_skips=True, copied=False)
    customer_id: Mapped[int] = link(_("Customer"), "customer", required=True)
    rep_id: Mapped[int | None] = link(_("Salesperson"), "employee", read_only=True)
    customer_number: Mapped[str] = mapped_column(String(40), nullable=False, default="")
    """Number and name of the customer on the day of submission."""
    customer_name: Mapped[str] = mapped_column(String(200), nullable=False, default="", info={"personal": PARTY})
    contact: Mapped[str] = text(_("Contact"), length=60, enter_skips=True, personal=CONTACT)
    phone: Mapped[str] = text(_("Phone"), length=60, enter_skips=True, masked=True, personal=CONTACT)
    ship_to: Mapped[str] = text(_("Deliver to"), required=True, enter_skips=True, personal=CONTACT)
    deliver_by: Mapped[date | None] = day(_("Deliver by"), enter_skips=True, copied=False)
    carriage: Mapped[str] = choice(
        _("Carriage"),
        ("delivery", _("Our delivery")),
        ("express", _("Express")),
        ("pickup", _("Pick-up")),
        default="express",
        enter_skips=True,
    )
    channel: Mapped[str] = choice(
        c_("order", "Received by"),
        ("phone", _("Phone")),
        ("wechat", _("WeChat")),
        ("paper", _("In writing")),
        ("visit", _("Sales call")),
        default="phone",
        enter_skips=True,
    )
    terms: Mapped[str] = choice(_("Terms"), *TERMS, read_only=True)
    terms_days: Mapped[int | None] = number(_("Days on account"), read_only=True)
    price_level: Mapped[str] = choice(_("Price level"), *PRICE_LEVELS, read_only=True)
    sale_class: Mapped[str] = choice(_("Sale class"), *SALE_CLASSES, read_only=True)
    requirement: Mapped[str] = text(_("Other requirements"), enter_skips=True)
    remarks: Mapped[str] = note(_("Internal notes"))
    lines: Mapped[list[OrderLine]] = lines(
        _("Products"),
        "OrderLine",
        "product_id",
        "unit",
        "quantity",
        "unit_price",
        "source_letter",
        "amount",
        "is_gift",
        "requirement",
        "remarks",
        required=True,
        from_messages=FromMessages(
            "product_id", "quantity", "unit", rest="requirement", whose="customer_id", remembered="spoken_names"
        ),
    )
    total: Mapped[Decimal] = money(_("Total"), read_only=True, total=True, copied=False)
    consent_by: Mapped[str] = text(_("Consent given by"), length=60, copied=False, personal=CONTACT)
    consent_way: Mapped[str] = choice(
        _("How the customer agreed"),
        ("phone", _("Phone")),
        ("wechat", _("WeChat")),
        ("paper", _("In writing")),
        copied=False,
    )
    consent_at: Mapped[datetime | None] = moment(_("Consent recorded at"), **BY_STEP)
    credit_released: Mapped[bool] = yes_no(_("Released by the manager"), **BY_STEP)
    paid: Mapped[Decimal] = money(_("Paid"), **BY_STEP, total=True)
    billed_on: Mapped[date | None] = day(_("Billed on"), **BY_STEP)
    delivered_on: Mapped[date | None] = day(_("Delivered on"), **BY_STEP)

    files = attachments()
    customer: Mapped[Customer] = relationship(foreign_keys="Order.customer_id")
    rep: Mapped[Employee | None] = relationship(foreign_keys="Order.rep_id")

    @shown(_("Number of units"), "quantity")
    def units(self) -> int:
        """The sum of the quantities, whatever the unit."""
        return sum(line.quantity or 0 for line in self.lines)

    def check(self) -> None:
        """Nothing is delivered before it is ordered."""
        if self.deliver_by and self.deliver_by < self.ordered_on:
            raise RuleBroken(_("The delivery lies before the order's date."), field="deliver_by")

    def add_up(self) -> None:
        """Keep the total in step with the lines."""
        self.total = sum((line.amount or ZERO for line in self.lines), ZERO)
