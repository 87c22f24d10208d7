"""The tables of a contract: product annex, filled blanks, deviations from the template, instalments."""

from datetime import date
from decimal import Decimal

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dentalsales.blueprint.column_types import round_money
from dentalsales.blueprint.fields import day, how_many, link, money, note, number, part_of, price, text
from dentalsales.blueprint.house_records import Employee
from dentalsales.blueprint.record import Line
from dentalsales.i18n import _, c_
from dentalsales.registers.prices import SMALLEST
from dentalsales.registers.products import Product, unit_choices

ZERO = Decimal("0.00")
CARD = ("model", "spec", "grade", "shade")
"""What the product card fills in, and may be worded otherwise for the contract."""


class ContractLine(Line):
    """One product of the annex (M20)."""

    __tablename__ = "contract_line"

    contract_id: Mapped[int] = part_of("contract")
    product_id: Mapped[int] = link(_("Product"), "product", required=True)
    registration: Mapped[str] = text(_("Registration or filing number"), length=60, read_only=True)
    model: Mapped[str] = text(_("Model"), length=80, enter_skips=True)
    spec: Mapped[str] = text(_("Specification"), length=120, enter_skips=True)
    grade: Mapped[str] = text(_("Grade"), length=20, enter_skips=True)
    shade: Mapped[str] = text(_("Shade"), length=20, enter_skips=True)
    unit: Mapped[str] = text(_("Unit"), required=True, length=10, choices_of=unit_choices, enter_skips=True)
    quantity: Mapped[int] = how_many(_("Quantity"), required=True, minimum=1, maximum=10_000_000)
    list_price: Mapped[Decimal | None] = price(_("Usual price"), default=None, read_only=True)
    unit_price: Mapped[Decimal] = price(_("Contract price"), required=True, minimum=SMALLEST, default=None)
    amount: Mapped[Decimal] = money(_("Amount"), read_only=True, total=True)
    deliver_by: Mapped[date | None] = day(_("Delivery node"))
    requirement: Mapped[str] = text(_("Other requirements"), length=120)
    product_name: Mapped[str] = mapped_column(String(200), nullable=False, default="")
    """Name, code and maker as the card said them when the contract was last changed."""
    product_code: Mapped[str] = mapped_column(String(40), nullable=False, default="")
    maker: Mapped[str] = mapped_column(String(200), nullable=False, default="")
    factor: Mapped[int] = mapped_column(nullable=False, default=1)
    """Smallest units in one unit."""

    product: Mapped[Product] = relationship(foreign_keys="ContractLine.product_id")

    def price_it(self) -> None:
        """Keep the amount in step: price times quantity, rounded half up to the fen."""
        self.amount = round_money((self.unit_price or ZERO) * (self.quantity or 0))


class ContractBlank(Line):
    """What stands in one blank of the clauses."""

    __tablename__ = "contract_blank"

    contract_id: Mapped[int] = part_of("contract")
    name: Mapped[str] = text(c_("contract", "Blank"), required=True, read_only=True, length=60)
    value: Mapped[str] = note(c_("contract", "Filled in"), length=200)


class ContractDeviation(Line):
    """One clause that differs from the template: the old wording beside the new one (M26)."""

    __tablename__ = "contract_deviation"

    contract_id: Mapped[int] = part_of("contract")
    clause: Mapped[int] = number(_("Clause"), required=True, minimum=1)
    old_text: Mapped[str] = note(_("Wording of the template"), read_only=True)
    new_text: Mapped[str] = note(_("Changed wording"), required=True)
    reason: Mapped[str] = text(_("Reason"), required=True)


class ContractInstalment(Line):
    """One payment of the collection plan."""

    __tablename__ = "contract_instalment"

    contract_id: Mapped[int] = part_of("contract")
    due_on: Mapped[date] = day(_("Due on"), required=True)
    amount: Mapped[Decimal] = money(_("Amount"), required=True, minimum=Decimal("0.01"), default=None, total=True)
    condition: Mapped[str] = text(_("On what condition"), length=120)
    responsible_id: Mapped[int | None] = link(_("Responsible"), "employee")

    responsible: Mapped[Employee | None] = relationship(foreign_keys="ContractInstalment.responsible_id")
