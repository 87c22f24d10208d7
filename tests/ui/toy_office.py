"""A toy office for the tests of forms: clinics, articles, and orders whose lines follow from the article."""

import atexit
import os
import shutil
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from company_tables import toy_tables
from sqlalchemy import MetaData, select
from sqlalchemy.orm import Mapped

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.business import Business
from dentalsales.blueprint.fields import (
    attachments,
    choice,
    choices,
    day,
    how_many,
    lines,
    link,
    note,
    part_of,
    percent,
    price,
    shown,
    text,
    yes_no,
)
from dentalsales.blueprint.form import Section
from dentalsales.blueprint.house_records import Employee
from dentalsales.blueprint.insight import Fact, Insight
from dentalsales.blueprint.record import Line, Record, Tracked
from dentalsales.blueprint.register import Register, Related
from dentalsales.blueprint.roles import CLERK, MANAGER, Access, roles
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.blueprint.table import Table
from dentalsales.blueprint.workflow import State, Step, Workflow
from dentalsales.i18n import _
from dentalsales.storage.company import Company
from dentalsales.storage.folder_company import FolderCompany
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.search_text import fill_search_text

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
"""Ten in the morning of 22 November in Shanghai."""


class OfficeContact(Line):
    """Somebody at a clinic."""

    __tablename__ = "office_contact"

    clinic_id: Mapped[int] = part_of("office_clinic")
    name: Mapped[str] = text(_("Name"), required=True, length=60)
    phone: Mapped[str] = text(_("Phone"), length=40)


class OfficeClinic(Record):
    """A toy customer."""

    __tablename__ = "office_clinic"

    name: Mapped[str] = text(_("Name"), required=True, search=True, help=_("As it stands on the licence."))
    size: Mapped[str] = choice(_("Size"), ("big", _("Big")), ("small", _("Small")))
    tags: Mapped[str] = choices(_("Tags"), ("key", _("Key")), ("bulk", _("Bulk")))
    phone: Mapped[str] = text(_("Phone"), length=40)
    discount: Mapped[Decimal] = percent(_("Discount"))
    trusted: Mapped[bool] = yes_no(_("On account"))
    remark: Mapped[str] = note(_("Remark"))
    contacts: Mapped[list[OfficeContact]] = lines(_("Contacts"), "OfficeContact", "name", "phone")
    papers = attachments()


class OfficeArticle(Record):
    """A toy product."""

    __tablename__ = "office_article"
    title_fields = ("code", "name")

    code: Mapped[str] = text(_("Code"), required=True, length=20, search=True)
    name: Mapped[str] = text(_("Name"), required=True, search=True)
    list_price: Mapped[Decimal] = price(_("List price"))


class OfficeOrderLine(Line):
    """A toy order line."""

    __tablename__ = "office_order_line"

    order_id: Mapped[int] = part_of("office_order")
    product_id: Mapped[int] = link(_("Product"), "office_article", required=True)
    quantity: Mapped[int] = how_many(_("Quantity"), required=True, minimum=1)
    price: Mapped[Decimal] = price(_("Price"), enter_skips=True)
    due_on: Mapped[date | None] = day(_("Due on"), enter_skips=True)
    remark: Mapped[str] = text(_("Remark"), enter_skips=True)

    @shown(_("Amount"), "money")
    def amount(self) -> Decimal:
        """Quantity times price."""
        return ((self.quantity or 0) * (self.price or Decimal(0))).quantize(Decimal("0.01"))


class OfficeOrder(Tracked):
    """A toy order."""

    __tablename__ = "office_order"

    customer_id: Mapped[int] = link(_("Customer"), "office_clinic", required=True)
    ordered_on: Mapped[date] = day(_("Ordered on"), required=True, default="today")
    way: Mapped[str] = choice(_("Way"), ("phone", _("Phone")), ("chat", _("Chat")), default="phone")
    reference: Mapped[str] = text(_("Reference"), length=40, enter_skips=True)
    remark: Mapped[str] = note(_("Remark"), enter_skips=True)
    consent_by: Mapped[str] = text(_("Consent by"), length=40, enter_skips=True)
    lines: Mapped[list[OfficeOrderLine]] = lines(
        _("Lines"), "OfficeOrderLine", "product_id", "quantity", "price", "amount", "due_on", "remark", required=True
    )

    @shown(_("Total"), "money")
    def total(self) -> Decimal:
        """Sum of the lines."""
        return sum((line.amount for line in self.lines), Decimal("0.00"))


def product_brings_its_price(order: OfficeOrder, line: OfficeOrderLine, act: Act) -> None:
    """The list price of the article."""
    article = act.session.get(OfficeArticle, line.product_id) if line.product_id else None
    line.price = article.list_price if article is not None else Decimal(0)


def consent_is_named(order: OfficeOrder, act: Act) -> None:
    """Somebody at the clinic has said yes."""
    if not order.consent_by:
        raise RuleBroken(_("Enter who gave consent."), field="consent_by")


def last_prices(order: OfficeOrder, line: OfficeOrderLine | None, act: Act) -> Iterable[Fact]:
    """What the line under the cursor costs."""
    yield Fact(_("Lines so far"), len(order.lines), "number")
    if line is not None and line.product_id:
        yield Fact(_("List price"), line.price, "price", "warning")


CLINICS = Register(
    "clinics", _("Clinics"), OfficeClinic,
    (Section(_("Clinic"), "name", ("size", "phone", "discount"), "trusted", "tags", "remark"),
     Section(_("Contacts"), "contacts"), Section(_("Files"), "papers")),
    Table("name", "size", "phone", search=("name",), order="name"),
    Access(view=roles(MANAGER, CLERK), create=roles(MANAGER, CLERK)), one=_("Clinic"), icon="building",
)  # fmt: skip
ARTICLES = Register(
    "articles", _("Articles"), OfficeArticle, (Section(_("Article"), "code", "name", "list_price"),),
    Table("code", "name", "list_price", search=("code", "name"), order="code"),
    Access(view=roles(MANAGER, CLERK), create=roles(MANAGER)), one=_("Article"),
)  # fmt: skip
ORDERS = Register(
    "orders", _("Orders"), OfficeOrder,
    (Section(_("Order"), ("customer_id", "ordered_on", "way", "reference"), "remark"),
     Section(_("Lines"), "lines", ("total",))),
    Table("number", "ordered_on", "customer_id", "state", search=("number", "customer_id"), order="-ordered_on"),
    Access(view=roles(MANAGER, CLERK), create=roles(CLERK)), one=_("Order"), number="SO-{day}-{count:03}",
    follows={"lines.product_id": product_brings_its_price}, related=(Related("clinics", "customer_id"),),
    insights=(Insight("prices", _("Last prices"), last_prices),),
    workflow=Workflow(
        (State("entered", _("Entered"), "draft", editable=True, draft=True), State("agreed", _("Agreed"), "pending"),
         State("billed", _("Billed"), "confirmed"), State("void", _("Void"), "void")),
        (Step("agree", _("Record consent"), ("entered",), "agreed", roles(CLERK), (consent_is_named,),
              asks=("consent_by",)),
         Step("bill", _("Bill"), ("agreed",), "billed", roles(MANAGER)),
         Step("void", _("Void order"), ("agreed", "billed"), "void", roles(CLERK, MANAGER), asks_note=True,
              final=_("This can't be undone; the number is kept."))),
    ),
)  # fmt: skip
ARTICLE_NAMES = (
    "光固化树脂", "藻酸盐印模材", "玻璃离子水门汀", "车针", "正畸托槽", "弓丝", "种植体", "基台", "牙胶尖",
    "根管锉", "手套", "口罩",
)  # fmt: skip
OFFICE = Business((CLINICS, ARTICLES, ORDERS))


def new_office(folder: Path) -> Company:
    """Return a company with three clinics and a dozen articles, a copy of the one that was made first."""
    shutil.copytree(_first_office(), folder)
    return FolderCompany.open(folder, _tables())


@cache
def _tables() -> MetaData:
    return toy_tables("office_")


@cache
def _first_office() -> Path:
    folder = Path(mkdtemp(dir=os.environ.get("PYTEST_DEBUG_TEMPROOT"))) / "office"
    atexit.register(shutil.rmtree, folder.parent)
    company = FolderCompany.create(folder, _tables())
    keep(
        company,
        OfficeClinic(name="曾惠口腔", size="big", phone="13800001234"),
        OfficeClinic(name="康美齿科门诊部", size="small", phone="029-8800"),
        OfficeClinic(name="Bright Smile"),
        *(
            OfficeArticle(code=f"AB{at:02}", name=name, list_price=Decimal(at) + Decimal("10.50"))
            for at, name in enumerate(ARTICLE_NAMES)
        ),
    )
    company.close()
    return folder


def keep(company: Company, *records: Any) -> list[int]:
    """Keep records as the save would, and return their ids."""
    with company.writing() as session:
        for record in records:
            fill_search_text(record)
            session.add(record)
        session.flush()
        return [record.id for record in records]


def sit_down(company: Company, login: str, *held: str) -> Desk:
    """Return the desk of an employee, who is hired when new."""
    with company.writing() as session:
        employee = session.scalar(select(Employee).where(Employee.login == login))
        if employee is None:
            employee = Employee(login=login, name=login, roles=",".join(held))
            session.add(employee)
            session.flush()
        session.expunge(employee)
    return Desk(OFFICE, company, employee, clock=lambda: NOW)
