"""What an application for samples holds: for whom and why, the goods by lot, and what the customer said of them."""

from datetime import date
from typing import Any

from sqlalchemy import Index, Integer
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dentalsales.blueprint.fields import (
    BY_STEP,
    CONTACT,
    attachments,
    choice,
    day,
    how_many,
    lines,
    link,
    note,
    number,
    part_of,
    text,
)
from dentalsales.blueprint.record import Line
from dentalsales.blueprint.roles import QUALITY, WAREHOUSE, roles
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _, c_
from dentalsales.registers.by_class import ByClass
from dentalsales.registers.products import CardWords, Product, unit_choices
from dentalsales.registers.stock import RETURNED_AS, Lot, lots_of_the_product

SAMPLERS = roles(QUALITY, WAREHOUSE)
"""Who names the lot that is taken."""


class SampleLine(CardWords, Line):
    """Samples of one product in one shade; they come out of one lot, so that the opinion is about that lot."""

    __tablename__ = "sample_line"

    sample_id: Mapped[int] = part_of("sample")
    product_id: Mapped[int] = link(_("Product"), "product", required=True)
    unit: Mapped[str] = text(_("Unit"), required=True, length=10, choices_of=unit_choices, enter_skips=True)
    quantity: Mapped[int] = how_many(_("Quantity"), required=True, minimum=1, maximum=1000)
    monthly_use: Mapped[int | None] = how_many(_("Expected monthly use"), minimum=0, maximum=1_000_000)
    lot_id: Mapped[int | None] = link(
        _("Lot"), "lot", limit_to=lots_of_the_product, edit_roles=SAMPLERS, copied=False, enter_skips=True
    )
    expires_on: Mapped[date | None] = day(_("Expiry"), **BY_STEP)
    registration: Mapped[str] = text(_("Registration or filing number"), length=60, **BY_STEP)
    lot_no: Mapped[str] = text(_("Lot or serial number"), length=60, **BY_STEP)
    factor: Mapped[int] = mapped_column(Integer, nullable=False, default=1)
    """Smallest units in one unit, as it was when the application was submitted."""

    product: Mapped[Product] = relationship(foreign_keys="SampleLine.product_id")
    lot: Mapped[Lot | None] = relationship(foreign_keys="SampleLine.lot_id")


class Sample(ByClass):
    """Goods for a customer to try, given or lent."""

    __tablename__ = "sample"
    __table_args__ = (Index("ix_sample_delivered_on", "delivered_on"),)

    ship_to: Mapped[str] = text(_("Deliver to"), enter_skips=True, personal=CONTACT)
    purpose: Mapped[str] = choice(
        _("Purpose"), ("market", _("Market expansion")), ("bid", _("Bid or project")), ("trial", _("Trial")),
        ("replace", _("In place of a competitor")), default="trial",
    )  # fmt: skip
    competitor: Mapped[str] = text(_("Used now, and whose"))
    needed_on: Mapped[date | None] = day(_("Needed on"), enter_skips=True, copied=False)
    nature: Mapped[str] = choice(_("Given or lent"), ("given", _("Given")), ("lent", _("Lent")), default="given")
    return_by: Mapped[date | None] = day(_("Return by"), enter_skips=True, copied=False)
    way: Mapped[str] = choice(
        _("Sent by"), ("rep", _("Salesperson")), ("express", _("Express")), ("pickup", _("Pick-up")), default="rep",
        enter_skips=True,
    )  # fmt: skip
    reason: Mapped[str] = note(_("Reason"))
    lines: Mapped[list[SampleLine]] = lines(
        _("Samples"), "SampleLine", "product_id", "unit", "quantity", "monthly_use", "lot_id", "expires_on",
        "registration", required=True,
    )  # fmt: skip
    sampled_on: Mapped[date | None] = day(_("Taken on"), **BY_STEP)
    sent_on: Mapped[date | None] = day(c_("samples", "Sent on"), **BY_STEP)
    waybill: Mapped[str] = text(_("Waybill"), length=60, **BY_STEP)
    signed_by: Mapped[str] = text(_("Signed by"), length=60, **BY_STEP, personal=CONTACT)
    delivered_on: Mapped[date | None] = day(_("Delivered on"), **BY_STEP)
    due_on: Mapped[date | None] = day(c_("samples", "Due on"), **BY_STEP)
    """The next day on which something is due: the opinion, then what was lent."""
    opinion: Mapped[str] = note(_("Customer's opinion"), **BY_STEP)
    score: Mapped[int | None] = number(_("Score, 1 to 5"), minimum=1, maximum=5, **BY_STEP)
    outcome: Mapped[str] = choice(
        c_("samples", "Outcome"), ("order", _("Will order")), ("again", _("Wants to try more")),
        ("none", _("No interest")), **BY_STEP,
    )  # fmt: skip
    opinion_on: Mapped[date | None] = day(_("Opinion recorded on"), **BY_STEP)
    returned_on: Mapped[date | None] = day(_("Returned on"), **BY_STEP)
    returned_as: Mapped[str] = choice(_("Returned as"), *RETURNED_AS, **BY_STEP)

    files = attachments()

    def check(self) -> None:
        """What is lent comes back on a day that is named."""
        if is_lent(self) and self.return_by is None:
            raise RuleBroken(_("Enter by when the goods come back."), field="return_by")


def is_lent(sample: Any) -> Any:
    """The goods stay ours; asked of one sample, or in the columns of all."""
    return sample.nature == "lent"
