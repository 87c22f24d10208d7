"""The sales ledger 销售台帐: one row per billed line, red rows for corrections; every report is the sum of it (M45)."""

from datetime import date
from decimal import Decimal

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from dentalsales.blueprint.fields import choice, day, how_many, link, money, percent, price, text
from dentalsales.blueprint.form import Section
from dentalsales.blueprint.record import Entry
from dentalsales.blueprint.register import Register, Related
from dentalsales.blueprint.roles import (
    AFTER_SALES,
    ASSISTANT,
    AUDIT,
    CLERK,
    FINANCE,
    LEADERS,
    MANAGERS,
    REP,
    SERVICE,
    SERVICE_MANAGER,
    Access,
    roles,
)
from dentalsales.blueprint.table import Filter, Table, View
from dentalsales.i18n import _


class LedgerEntry(Entry):
    """One billed line; quantity in the line's unit, red entries negative."""

    __tablename__ = "ledger_entry"
    __table_args__ = (
        Index("ix_ledger_entry_on", "on", "id"),
        Index("ix_ledger_entry_number", "number"),
        Index("ix_ledger_entry_customer", "customer_id", "on"),
        Index("ix_ledger_entry_last_price", "customer_id", "product_id", "on"),
    )

    on: Mapped[date] = day(_("Date"), required=True, synonyms=("日期", "销售日期", "date"))
    kind: Mapped[str] = choice(
        _("Kind"),
        ("sale", _("Sale")),
        ("reversal", _("Red entry")),
        ("return", _("Return")),
        ("history", _("Taken over")),
        default="sale",
    )
    number: Mapped[str] = text(_("Number"), length=40, synonyms=("单号", "单据号", "订单号", "销售单号", "number"))
    order_id: Mapped[int | None] = link(_("Order"), "order")
    order_line_id: Mapped[int | None] = mapped_column(index=True)
    customer_id: Mapped[int] = link(
        _("Customer"), "customer", required=True, index=False, synonyms=("客户", "客户名称", "customer")
    )
    rep_id: Mapped[int | None] = link(_("Salesperson"), "employee", index=False, synonyms=("业务员", "销售员"))
    product_id: Mapped[int | None] = link(
        _("Product"), "product", synonyms=("产品编号", "产品编码", "品名", "产品", "货号", "product")
    )
    unit: Mapped[str] = text(_("Unit"), length=10, synonyms=("单位", "unit"))
    quantity: Mapped[int] = how_many(_("Quantity"), required=True, total=True, synonyms=("数量", "quantity", "qty"))
    unit_price: Mapped[Decimal] = price(_("Unit price"), synonyms=("单价", "price"))
    amount: Mapped[Decimal] = money(_("Amount"), required=True, total=True, synonyms=("金额", "销售额", "amount"))
    tax_rate: Mapped[Decimal] = percent(_("Tax rate"))
    source: Mapped[str] = mapped_column(String(20), nullable=False, default="")


LEDGER = Register(
    name="ledger",
    title=_("Sales ledger"),
    one=_("Ledger entry"),
    record=LedgerEntry,
    form=(
        Section(
            _("Entry"),
            ("on", "kind", "number"),
            ("customer_id", "rep_id"),
            ("product_id", "unit", "quantity"),
            ("unit_price", "amount", "tax_rate"),
            "order_id",
        ),
    ),
    table=Table(
        "on",
        "number",
        "kind",
        "customer_id",
        "rep_id",
        "product_id",
        "quantity",
        "unit",
        "unit_price",
        "amount",
        search=("number", "customer_id", "product_id"),
        order="-on",
        filters=("on", "kind", "rep_id"),
        views=(
            View("today", _("Today"), (Filter("on", "=", "today"),)),
            View("this_month", _("This month"), (Filter("on", ">=", "this_month"),)),
        ),
    ),
    access=Access(
        view=roles(MANAGERS, LEADERS, CLERK, ASSISTANT, SERVICE, SERVICE_MANAGER, AFTER_SALES, FINANCE, AUDIT),
        own=roles(REP),
        owner="customer_id.owner_id",
        export=roles(MANAGERS, FINANCE, CLERK, ASSISTANT, REP),
    ),
    read_only=True,
    related=(Related("customers", "customer_id"),),
    group="money",
    icon="table",
)
