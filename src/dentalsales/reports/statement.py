"""The statement of account 《对账单》 of one customer: balances, charges, payments and ageing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

import dentalsales.reports.ageing as ageing
import dentalsales.reports.frame as frame
from dentalsales.blueprint.act import Act
from dentalsales.blueprint.masking import hidden_from, masked
from dentalsales.blueprint.record import fields_of
from dentalsales.blueprint.report import Period, Report
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.blueprint.sheet import Block, Opens, Row, Sheet, SheetColumn
from dentalsales.i18n import Text, _
from dentalsales.registers.customers import CUSTOMERS, Customer
from dentalsales.registers.ledger import LedgerEntry
from dentalsales.registers.receipts import Receipt
from dentalsales.registers.receivables import RECEIVABLES, Receivable
from dentalsales.reports.scope import own_customers

ZERO = Decimal("0.00")
COLUMNS = (
    SheetColumn("on", _("Date"), "day", 12),
    SheetColumn("number", _("Number"), width=18),
    SheetColumn("item", _("Description"), width=18),
    SheetColumn("charge", _("Charges"), "money", 15),
    SheetColumn("returned", _("Returns"), "money", 15),
    SheetColumn("payment", _("Payments"), "money", 15),
    SheetColumn("balance", _("Balance"), "money", 15),
)
CHARGED, RETURNED, PAID = range(3)
PARTIES = (
    SheetColumn("fact", _("Particulars"), width=14),
    SheetColumn("seller", _("Seller (to be paid)"), width=34),
    SheetColumn("buyer", _("Buyer"), width=34),
)
_OF_CUSTOMER = (
    Customer.id, Customer.number, Customer.name, Customer.address, Customer.contact, Customer.phone,
    Customer.credit_code, Customer.bank, Customer.bank_account,
)  # fmt: skip
NOTES = (
    _("Please check this statement, stamp it and send it back."),
    _("A negative balance is the customer's advance. Bounced payments are left out."),
    frame.BILLING_DAY,
    frame.ROUNDING,
)
IN_WORDS = _("Closing balance in words")
SIGNATURES = (_("Seller (seal) and date"), _("Buyer (seal) and date"))


@dataclass(frozen=True)
class Entry:
    """One thing that moved the account; charges come before returns, and returns before payments, on the same day."""

    on: date
    side: int
    """Which of the three columns it stands in."""
    number: str
    item: Text | str
    amount: Decimal
    opens: Opens | None


def run(act: Act, period: Period, choices: Mapping[str, Any]) -> Sheet:
    """Return the statement; choices: customer_id, without which there is nothing to state (RuleBroken)."""
    customer = _customer(act, choices.get("customer_id"))
    opening = _balance(act, customer.id, period.start - timedelta(days=1))
    account, closing = _account(act, customer.id, period, opening)
    blocks = (_parties(act, customer), account, _ageing(act, customer.id, min(period.end, act.today)))
    conditions = (
        (_("Customer"), customer.name),
        (_("Number"), customer.number or ""),
        (_("Closing balance"), f"{closing:,.2f}"),
        (_("Last payment"), _last_payment(act, customer.id, period.end)),
    )
    return frame.sheet(act, "statement", STATEMENT.title, period, "303-R07", *blocks, notes=NOTES,
                       conditions=conditions, words=(IN_WORDS, closing), signatures=SIGNATURES)  # fmt: skip


def _customer(act: Act, customer_id: int | None) -> Any:
    customer = act.session.execute(
        select(*_OF_CUSTOMER).where(
            Customer.id == customer_id, own_customers(act, Customer.id, RECEIVABLES.access))
    ).one_or_none()  # fmt: skip
    if customer is None:
        raise RuleBroken(_("Choose the customer whose account you want to state."), field="customer_id")
    return customer


def _parties(act: Act, customer: Any) -> Block:
    """Who asks for the money, where it is to be paid, and who owes it."""
    covered = hidden_from(CUSTOMERS.access, fields_of(Customer)["phone"], act.roles)
    phone = masked(customer.phone) if covered else customer.phone
    facts = (
        (_("Name of the company"), act.setting("company_name"), customer.name),
        (_("Address"), act.setting("company_address"), customer.address),
        (_("Phone"), act.setting("company_phone"), " ".join(filter(None, (customer.contact, phone)))),
        (_("Unified social credit code"), act.setting("company_credit_code"), customer.credit_code),
        (_("Bank"), act.setting("company_bank"), customer.bank),
        (_("Bank account"), act.setting("company_bank_account"), customer.bank_account),
    )
    return Block(_("Seller and buyer"), PARTIES, tuple(Row(one) for one in facts if one[1] or one[2]), "parties")


def _account(act: Act, customer_id: int, period: Period, opening: Decimal) -> tuple[Block, Decimal]:
    """The last row sums all sides and closes the balance."""
    balance, sums = opening, [ZERO, ZERO, ZERO]
    rows = [Row((period.start, "", _("Opening balance"), "", "", "", opening), tone="total")]
    for one in sorted(_entries(act, customer_id, period), key=lambda entry: (entry.on, entry.side)):
        sums[one.side] += one.amount
        balance = opening + sums[CHARGED] - sums[RETURNED] - sums[PAID]
        sides = [one.amount if side == one.side else "" for side in (CHARGED, RETURNED, PAID)]
        rows.append(Row((one.on, one.number, one.item, *sides, balance), one.opens))
    rows.append(Row((period.end, "", _("Closing balance"), *sums, balance), tone="total"))
    return Block(_("Movements of the account"), COLUMNS, tuple(rows), "account"), balance


def _entries(act: Act, customer_id: int, period: Period) -> Iterable[Entry]:
    bought = (LedgerEntry.on, LedgerEntry.number, LedgerEntry.kind, LedgerEntry.order_id)
    sales = (
        select(*bought, func.sum(LedgerEntry.amount))
        .where(*_bought(customer_id), LedgerEntry.on >= period.start, LedgerEntry.on <= period.end)
        .group_by(*bought)
        .order_by(func.min(LedgerEntry.id))
    )
    for on, number, kind, order_id, amount in act.session.execute(sales):
        item = frame.word(LedgerEntry, "kind", kind)
        back = kind == "return"
        opens = frame.opens("orders", order_id)
        yield Entry(on, RETURNED if back else CHARGED, number, item, -amount if back else amount, opens)
    debts = select(Receivable.id, Receivable.on, Receivable.number, Receivable.amount).where(
        *_taken_over(customer_id), Receivable.on >= period.start, Receivable.on <= period.end)  # fmt: skip
    for paper_id, on, number, amount in act.session.execute(debts):
        yield Entry(on, CHARGED, number, _("Opening receivable"), amount, Opens("receivables", paper_id))
    money = select(Receipt.id, Receipt.received_on, Receipt.number, Receipt.kind, Receipt.amount).where(
        *_paid(customer_id), Receipt.received_on >= period.start, Receipt.received_on <= period.end)  # fmt: skip
    for receipt_id, on, slip, kind, amount in act.session.execute(money):
        yield Entry(on, PAID, slip or "", frame.word(Receipt, "kind", kind), amount, Opens("receipts", receipt_id))


def _balance(act: Act, customer_id: int, on: date) -> Decimal:
    """Return charges less payments up to the end of a day."""
    charged = select(func.sum(LedgerEntry.amount)).where(*_bought(customer_id), LedgerEntry.on <= on)
    taken_over = select(func.sum(Receivable.amount)).where(*_taken_over(customer_id), Receivable.on <= on)
    paid = select(func.sum(Receipt.amount)).where(*_paid(customer_id), Receipt.received_on <= on)
    sums = [act.session.scalar(query) or ZERO for query in (charged, taken_over, paid)]
    return sums[0] + sums[1] - sums[2]


def _bought(customer_id: int) -> tuple[Any, ...]:
    """Past sales and returns that were taken over belong to no order and move no debt.

    What was still owed of them came as opening receivables.
    """
    return LedgerEntry.customer_id == customer_id, LedgerEntry.order_id.is_not(None)


def _taken_over(customer_id: int) -> tuple[Any, ...]:
    return Receivable.customer_id == customer_id, Receivable.kind == "opening"


def _paid(customer_id: int) -> tuple[Any, ...]:
    return Receipt.customer_id == customer_id, Receipt.state == "confirmed", Receipt.kind != "advance"


def _last_payment(act: Act, customer_id: int, on: date) -> str:
    query = select(func.max(Receipt.received_on)).where(*_paid(customer_id), Receipt.received_on <= on)
    return str(act.session.scalar(query) or "")


def _ageing(act: Act, customer_id: int, on: date) -> Block:
    labels = (*ageing.BUCKETS, _("Open in all"))
    columns = tuple(SheetColumn(f"bucket_{index}", label, "money", 15) for index, label in enumerate(labels))
    amounts = ageing.ageing(act, on, customer_id)
    return Block(_("Open papers by days overdue"), columns, (Row((*amounts, sum(amounts, ZERO))),), "ageing")


STATEMENT = Report(
    name="statement",
    title=_("Statement of account"),
    period="range",
    run=run,
    view=RECEIVABLES.access.view | RECEIVABLES.access.own,
    customer=True,
    needs_customer=True,
    hint=_("The account of one customer, to be checked and stamped by him."),
)
