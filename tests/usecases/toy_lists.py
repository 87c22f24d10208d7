"""A toy business for the tests of reading: clinics that reps own, articles, orders with lines, and notes on a route."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import Index, func, select
from sqlalchemy.orm import Mapped, mapped_column

from dentalsales.blueprint.approval import approval
from dentalsales.blueprint.business import Business
from dentalsales.blueprint.fields import (
    choice,
    choices,
    day,
    how_many,
    lines,
    link,
    money,
    part_of,
    price,
    text,
    yes_no,
)
from dentalsales.blueprint.form import Section
from dentalsales.blueprint.house_records import Employee
from dentalsales.blueprint.record import Base, Line, Record, Routed, Tracked
from dentalsales.blueprint.register import Register, Related
from dentalsales.blueprint.report import Report
from dentalsales.blueprint.roles import CLERK, FINANCE, MANAGER, QUALITY, REP, WAREHOUSE, Access, roles
from dentalsales.blueprint.sheet import Sheet
from dentalsales.blueprint.table import Column, Filter, Table, View
from dentalsales.blueprint.tile import TileWords
from dentalsales.blueprint.workflow import State, Step, Workflow
from dentalsales.i18n import _
from dentalsales.storage.company import Company
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.search_text import fill_search_text

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
"""Ten in the morning of 22 November in Shanghai."""


class ToyClinic(Record):
    """A toy customer."""

    __tablename__ = "toy_clinic"
    suggest_detail_fields: ClassVar[tuple[str, ...]] = ("size", "phone")

    name: Mapped[str] = text(_("Name"), search=True)
    size: Mapped[str] = choice(_("Size"), ("big", _("Big")), ("small", _("Small")))
    tags: Mapped[str] = choices(_("Tags"), ("key", _("Key")), ("bulk", _("Bulk")))
    phone: Mapped[str] = text(_("Phone"), masked=True, search=True)
    margin: Mapped[Decimal] = money(_("Margin"), see_roles=roles(MANAGER), total=True)
    owner_id: Mapped[int | None] = link(_("Owner"), "employee")
    disabled: Mapped[bool] = yes_no(_("Disabled"))


class ToyArticle(Record):
    """A toy product."""

    __tablename__ = "toy_article"
    title_fields: ClassVar[tuple[str, ...]] = ("code", "name", "shade")

    code: Mapped[str] = text(_("Code"), search=True)
    name: Mapped[str] = text(_("Name"), search=True)
    shade: Mapped[str] = text(_("Shade"), search=True)


class ToyOrderLine(Line):
    """A toy order line."""

    __tablename__ = "toy_order_line"

    order_id: Mapped[int] = part_of("toy_order")
    product_id: Mapped[int] = link(
        _("Product"), "toy_article", required=True, limit_to=lambda act, line: ToyArticle.shade != line.unwanted
    )
    quantity: Mapped[int] = how_many(_("Quantity"), default=1)
    price: Mapped[Decimal] = price(_("Price"))
    unwanted = "B1"


class ToyOrder(Tracked):
    """A toy order."""

    __tablename__ = "toy_order"
    __table_args__ = (Index("ix_toy_order_ordered_on", "ordered_on", "id"),)

    customer_id: Mapped[int] = link(_("Customer"), "toy_clinic", required=True)
    ordered_on: Mapped[date] = day(_("Ordered on"), required=True)
    due_on: Mapped[date | None] = day(_("Due on"))
    amount: Mapped[Decimal] = money(_("Amount"), total=True)
    lines: Mapped[list[ToyOrderLine]] = lines(_("Lines"), "ToyOrderLine", "product_id", "quantity", "price")


class ToyNote(Routed):
    """A toy paper that two roles approve one after the other."""

    __tablename__ = "toy_note"

    order_id: Mapped[int | None] = link(_("Order"), "toy_order")
    subject: Mapped[str] = text(_("Subject"), search=True)


class ToyMove(Base):
    """A toy movement, kept by the program: no search text, no version."""

    __tablename__ = "toy_move"
    title_fields: ClassVar[tuple[str, ...]] = ("paper",)

    id: Mapped[int] = mapped_column(primary_key=True)
    paper: Mapped[str] = text(_("Paper"))
    product_id: Mapped[int | None] = link(_("Product"), "toy_article")


def lines_of(order: type[ToyOrder]) -> Any:
    """Return the number of lines of an order."""
    return select(func.count(ToyOrderLine.id)).where(ToyOrderLine.order_id == order.id).scalar_subquery()


CLINICS = Register(
    "clinics", _("Clinics"), ToyClinic, (Section(_("Clinic"), "name"),),
    Table("name", "size", "tags", "phone", "margin", "owner_id", search=("name",), order="name",
          views=(View("mine", _("Mine"), (Filter("owner_id", "=", "me"),)),
                 View("rich", _("Rich"), (Filter("margin", ">", "100"),)))),
    Access(view=roles(MANAGER, CLERK, WAREHOUSE), create=roles(MANAGER, REP), own=roles(REP), owner="owner_id"),
    one=_("Clinic"),
)  # fmt: skip
ARTICLES = Register(
    "articles", _("Articles"), ToyArticle, (Section(_("Article"), "code"),),
    Table("code", "name", "shade", search=("name",)),
    Access(view=roles(MANAGER, CLERK, REP), create=roles(MANAGER)), one=_("Article"),
)  # fmt: skip
ORDERS = Register(
    "orders", _("Orders"), ToyOrder, (Section(_("Order"), "customer_id"),),
    Table("number", "ordered_on", "customer_id", "customer_id.size", "customer_id.phone", "amount", "state",
          Column("line_count", _("Lines"), "number", lines_of, total=True),
          more=("due_on", "entered_by_id", "entered_at", "customer_id.margin"), search=("number", "customer_id"),
          order="-ordered_on", views=(View("month", _("This month"), (Filter("ordered_on", "=", "this_month"),)),)),
    Access(view=roles(MANAGER, CLERK, WAREHOUSE), create=roles(CLERK, REP), export=roles(MANAGER, REP), own=roles(REP),
           owner="customer_id.owner_id"),
    one=_("Order"), number="SO-{day}-{count:03}", related=(Related("clinics", "customer_id"),),
    workflow=Workflow(
        (State("draft", _("Draft"), "draft", editable=True, draft=True), State("open", _("Open"), "pending"),
         State("done", _("Done"), "done"), State("void", _("Void"), "void")),
        (Step("submit", _("Submit"), ("draft",), "open", roles(CLERK, REP), inbox=False),
         Step("release", _("Release"), ("open",), "done", roles(MANAGER), second_person=True),
         Step("pack", _("Pack"), ("open",), None, roles(WAREHOUSE, MANAGER)),
         Step("close", _("Close"), ("open",), "done", frozenset()),
         Step("void", _("Void"), ("open",), "void", roles(MANAGER), inbox=False)),
    ),
)  # fmt: skip
NOTES = Register(
    "notes", _("Notes"), ToyNote, (Section(_("Note"), "subject"),),
    Table("number", "subject", "order_id", "order_id.customer_id", "state",
          search=("number", "subject", "order_id.customer_id")),
    Access(view=roles(MANAGER, QUALITY, FINANCE, REP), create=roles(REP)), one=_("Note"),
    workflow=approval(route=(QUALITY, FINANCE)), related=(Related("clinics", "order_id.customer_id"),),
)  # fmt: skip
MOVES = Register(
    "moves", _("Moves"), ToyMove, (), Table("paper", "product_id", search=("paper", "product_id")),
    Access(view=roles(MANAGER)), one=_("Move"), read_only=True,
)  # fmt: skip
DAILY_TITLE = _("销售日报表")
DAILY = Report(
    "daily",
    DAILY_TITLE,
    "day",
    lambda act, period, options: Sheet("daily", DAILY_TITLE, "", ()),
    roles(MANAGER),
    ("rb",),
)
TILES = (
    TileWords("open", _("Open orders"), "orders", (Filter("state", "=", "open"),)),
    TileWords("month", _("This month"), "orders", (Filter("ordered_on", "=", "this_month"),), "money", "amount"),
    TileWords("mine", _("Notes"), "notes"),
)
BUSINESS = Business((CLINICS, ARTICLES, ORDERS, NOTES, MOVES), (DAILY,), tiles=TILES)


def sign_in(company: Company, name: str, *held: str) -> Desk:
    """Return the desk of an employee, who is hired when new."""
    with company.writing() as session:
        employee = session.scalar(select(Employee).where(Employee.login == name))
        if employee is None:
            employee = Employee(login=name, name=name, roles=",".join(held))
            session.add(employee)
            session.flush()
        session.expunge(employee)
    return Desk(BUSINESS, company, employee, clock=lambda: NOW)


def add(company: Company, *records: Any) -> list[int]:
    """Keep records as the save would, and return their ids."""
    with company.writing() as session:
        for record in records:
            fill_search_text(record)
            session.add(record)
        session.flush()
        return [record.id for record in records]


def order(customer_id: int, number: str | None, on: date, amount: str = "0.00", **words: Any) -> ToyOrder:
    """Return an open order."""
    words.setdefault("state", "open")
    return ToyOrder(customer_id=customer_id, number=number, ordered_on=on, amount=Decimal(amount), **words)
