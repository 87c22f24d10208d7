"""Receivables: what customers owe, with responsible person and due date (M43, M44, F39)."""

from datetime import date
from decimal import Decimal

from sqlalchemy import Index, func, select, update
from sqlalchemy import text as text_of_sql
from sqlalchemy.orm import Mapped, relationship

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.column_types import difference
from dentalsales.blueprint.fields import choice, day, lines, link, money, part_of, shown, text
from dentalsales.blueprint.form import Section
from dentalsales.blueprint.insight import Fact, Insight
from dentalsales.blueprint.record import Line, Record
from dentalsales.blueprint.register import Register, Related
from dentalsales.blueprint.roles import (
    ASSISTANT,
    AUDIT,
    CLERK,
    FINANCE,
    LEADERS,
    MANAGER,
    MANAGERS,
    REP,
    Access,
    roles,
)
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.blueprint.table import Column, Filter, Table, View
from dentalsales.i18n import _
from dentalsales.registers.customers import Customer

ZERO = Decimal("0.00")


class DunningNote(Line):
    """A demand, or what the customer promised."""

    __tablename__ = "dunning_note"

    receivable_id: Mapped[int] = part_of("receivable")
    on: Mapped[date] = day(_("Date"), required=True, default="today")
    way: Mapped[str] = choice(
        _("Way"),
        ("phone", _("Phone")),
        ("wechat", _("WeChat")),
        ("visit", _("Sales call")),
        ("letter", _("Letter")),
        default="phone",
    )
    said: Mapped[str] = text(_("What was said"), required=True)
    promised_on: Mapped[date | None] = day(_("Promised for"))


class Receivable(Record):
    """An open paper; settled grows with receipts, never past the amount."""

    __tablename__ = "receivable"
    __table_args__ = (
        Index("ix_receivable_open", "customer_id", "due_on"),
        Index("ix_receivable_due_on", "due_on", "id"),
        Index("ix_receivable_number", "number"),
        Index("ix_receivable_left", text_of_sql("(amount - settled)"), "due_on"),  # few are open of all that ever were
    )
    title_fields = ("number",)

    number: Mapped[str] = text(
        _("Number"), length=40, search=True, read_only=True, synonyms=("单号", "单据号", "number")
    )
    kind: Mapped[str] = choice(
        _("Kind"),
        ("order", _("Order")),
        ("opening", _("Opening receivable")),
        ("reversal", _("Red entry")),
        default="order",
        read_only=True,
    )
    customer_id: Mapped[int] = link(
        _("Customer"),
        "customer",
        required=True,
        read_only=True,
        index=False,
        synonyms=("客户", "客户名称", "单位名称", "customer"),
    )
    order_id: Mapped[int | None] = link(_("Order"), "order", read_only=True)
    on: Mapped[date] = day(_("Date"), required=True, read_only=True, synonyms=("日期", "发生日期", "date"))
    due_on: Mapped[date] = day(
        _("Due on"), required=True, edit_roles=roles(MANAGER), synonyms=("到期日", "应收日期", "due")
    )
    responsible_id: Mapped[int | None] = link(
        _("Responsible"), "employee", edit_roles=roles(MANAGER), synonyms=("责任人", "业务员")
    )
    amount: Mapped[Decimal] = money(
        _("Amount"), read_only=True, total=True, synonyms=("金额", "应收金额", "应收款", "欠款", "amount")
    )
    settled: Mapped[Decimal] = money(_("Settled"), read_only=True, total=True)
    dunning: Mapped[list[DunningNote]] = lines(_("Dunning notes"), "DunningNote", "on", "way", "said", "promised_on")

    customer: Mapped[Customer] = relationship(foreign_keys="Receivable.customer_id")

    @shown(_("Open"), "money")
    def open(self) -> Decimal:
        """What is still owed."""
        return (self.amount or ZERO) - (self.settled or ZERO)


def settle(act: Act, receivable_id: int, amount: Decimal) -> None:
    """Take an amount off (or put it back when negative); RuleBroken when more than what is open."""
    done = act.session.execute(
        update(Receivable)
        .where(Receivable.id == receivable_id, Receivable.settled + amount <= Receivable.amount)
        .values(settled=Receivable.settled + amount)
    )
    if done.rowcount == 0:  # type: ignore[attr-defined]
        open_paper = act.session.get_one(Receivable, receivable_id, populate_existing=True)
        raise RuleBroken(
            _("{number} has only {open} open. Allocate less to it."), number=open_paper.number, open=open_paper.open
        )


def owed(act: Act, customer_id: int) -> Decimal:
    """Return what a customer owes in all."""
    total = act.session.scalar(
        select(func.sum(difference(Receivable.amount, Receivable.settled))).where(
            Receivable.customer_id == customer_id, Receivable.amount != Receivable.settled
        )
    )
    return total or ZERO


def overdue(act: Act, customer_id: int) -> Decimal:
    """Return what a customer owes past its due date."""
    total = act.session.scalar(
        select(func.sum(difference(Receivable.amount, Receivable.settled))).where(
            Receivable.customer_id == customer_id, Receivable.due_on < act.today, Receivable.amount > Receivable.settled
        )
    )
    return total or ZERO


def money_facts(customer: Customer, line: object, act: Act) -> list[Fact]:
    """Return credit, debt and purchases of a customer for the panel."""
    if not customer.id:
        return []
    debt, late = owed(act, customer.id), overdue(act, customer.id)
    facts = [Fact(_("Owes"), debt, "money"), Fact(_("Overdue"), late, "money", "danger" if late > 0 else "")]
    if customer.terms == "account":
        left = (customer.credit_limit or ZERO) - debt
        facts.append(Fact(_("Credit limit"), customer.credit_limit, "money"))
        facts.append(Fact(_("Credit left"), left, "money", "danger" if left < 0 else "good"))
    facts.append(Fact(_("Purchases to date"), customer.purchases_total, "money"))
    facts.append(Fact(_("Last purchase"), customer.last_purchase_on, "day"))
    return facts


RECEIVABLES = Register(
    name="receivables",
    title=_("Receivables"),
    one=_("Receivable"),
    record=Receivable,
    form=(
        Section(
            _("Receivable"),
            ("number", "kind", "on"),
            ("customer_id", "order_id"),
            ("amount", "settled", "open"),
            ("due_on", "responsible_id"),
        ),
        Section(_("Dunning notes"), "dunning"),
    ),
    table=Table(
        "number",
        "customer_id",
        "on",
        "due_on",
        "responsible_id",
        "amount",
        "settled",
        Column(
            "open", _("Open"), "money", lambda receivable: difference(receivable.amount, receivable.settled), total=True
        ),
        search=("number", "customer_id"),
        order="due_on",
        filters=("due_on", "responsible_id", "kind"),
        views=(
            View("open", _("Open"), (Filter("open", "!=", 0),)),
            View("overdue", _("Overdue"), (Filter("open", ">", 0), Filter("due_on", "<", "today"))),
        ),
    ),
    access=Access(
        view=roles(MANAGERS, LEADERS, CLERK, ASSISTANT, FINANCE, AUDIT),
        edit=roles(MANAGER, FINANCE, REP),
        own=roles(REP),
        owner="customer_id.owner_id",
        export=roles(MANAGERS, FINANCE, REP),
    ),
    shows={"customers": (Insight("money", _("Money"), money_facts),)},
    related=(Related("customers", "customer_id"),),
    empty=_("Nothing outstanding."),
    group="money",
    icon="coins",
)
