"""Customers' words: what a customer calls a product in messages, as somebody confirmed it once (客户叫法)."""

from datetime import date
from typing import ClassVar

from sqlalchemy import UniqueConstraint, select
from sqlalchemy.orm import Mapped, relationship

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.fields import day, how_many, link, text
from dentalsales.blueprint.form import Section
from dentalsales.blueprint.record import Record
from dentalsales.blueprint.register import Register, Related
from dentalsales.blueprint.roles import AFTER_SALES, ASSISTANT, CLERK, MANAGER, MANAGERS, SERVICE, Access, roles
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.blueprint.table import Table
from dentalsales.i18n import _, c_
from dentalsales.registers.customers import Customer
from dentalsales.registers.products import Product


class SpokenName(Record):
    """One wording of one customer, and the product it means."""

    __tablename__ = "spoken_name"
    __table_args__ = (UniqueConstraint("customer_id", "said"),)
    title_fields: ClassVar[tuple[str, ...]] = ("said",)

    customer_id: Mapped[int] = link(_("Customer"), "customer", required=True)
    said: Mapped[str] = text(_("Wording"), required=True, search=True, help=_("As it stands in messages, no quantity."))
    product_id: Mapped[int] = link(_("Product"), "product", required=True)
    times: Mapped[int] = how_many(_("Times confirmed"), default=0, read_only=True)
    last_on: Mapped[date | None] = day(_("Last confirmed on"), read_only=True)

    customer: Mapped[Customer] = relationship(foreign_keys="SpokenName.customer_id")
    product: Mapped[Product] = relationship(foreign_keys="SpokenName.product_id")


def one_meaning_for_a_wording(spoken: SpokenName, act: Act) -> None:
    """The same words of a customer mean one product only."""
    same = select(SpokenName.id).where(
        SpokenName.customer_id == spoken.customer_id, SpokenName.said == spoken.said, SpokenName.id != (spoken.id or 0)
    )
    if act.session.scalar(same) is not None:
        raise RuleBroken(_("This customer's wording is known already. Change that one."), field="said")


SPOKEN_NAMES = Register(
    name="spoken_names",
    title=_("Customers' wordings"),
    one=c_("spoken name", "Wording"),
    record=SpokenName,
    form=(Section(_("Wording"), "customer_id", ("said", "product_id"), ("times", "last_on")),),
    table=Table(
        "customer_id",
        "said",
        "product_id",
        "times",
        "last_on",
        search=("said", "customer_id", "product_id"),
        order="-id",
        filters=("customer_id", "product_id"),
    ),
    access=Access(
        view=roles(MANAGERS, ASSISTANT, CLERK, SERVICE, AFTER_SALES), create=roles(MANAGER, CLERK, SERVICE, AFTER_SALES)
    ),
    rules=(one_meaning_for_a_wording,),
    related=(Related("customers", "customer_id"), Related("products", "product_id")),
    empty=_("No wordings yet. They are kept when a pasted message is checked."),
    group="files",
    icon="message",
    deletable=True,
)
