"""Importing opening receivables: what customers owed on the day the program began."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.importing import ImportColumn, ImportKind, Taken, Values, column_of
from dentalsales.blueprint.roles import FINANCE, MANAGER, roles
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import Text, _
from dentalsales.imports.find import employee_names, plain
from dentalsales.imports.find_customer import ONE_OF, Customers, customer_columns
from dentalsales.registers.customers import Customer
from dentalsales.registers.receivables import ZERO, Receivable


def _amount(field: str, name: str, label: Text, spellings: str) -> ImportColumn:
    """Return a column of money that a file may lack; its spellings are words with spaces between them."""
    return column_of(
        Receivable,
        field,
        *spellings.split(),
        as_name=name,
        label=label,
        synonyms=(),
        required=False,
        read_only=False,
    )


COLUMNS: tuple[ImportColumn, ...] = (
    column_of(
        Receivable, "number", "发票号", "销售单号", "订单号", "document", "invoice", read_only=False, is_code=True
    ),
    *customer_columns(Receivable),
    column_of(Receivable, "on", "单据日期", "开票日期", "业务日期", read_only=False, required=False),
    column_of(Receivable, "due_on", "到期日期", "应收日", "due date", required=False, edit_roles=None),
    column_of(Receivable, "responsible_id", "负责人", "销售员", kind="text", target=None, edit_roles=None),
    column_of(
        Receivable,
        "amount",
        "单据金额",
        "销售金额",
        "原金额",
        "总金额",
        label=_("Amount of the paper"),
        synonyms=("金额", "应收金额", "应收款", "amount"),
        required=False,
        read_only=False,
    ),
    _amount("settled", "paid", _("Paid so far"), "已收款 已收 已收金额 已付 已付款 已付金额 已回款 回款金额 paid"),
    _amount(
        "amount",
        "balance",
        _("Open balance"),
        "余额 应收余额 未收 未收金额 未收款 欠款 欠款金额 尚欠 期初余额 期末余额 balance",
    ),
)


class ReceivableTaker:
    """Knows customers with their terms, and which opening receivables are there."""

    def __init__(self, act: Act) -> None:
        self._act = act
        self._customers, self._employees = Customers(act), employee_names(act)
        rows = act.session.execute(select(Customer.id, Customer.terms, Customer.terms_days, Customer.owner_id))
        self._terms = {row.id: (row.terms_days or 0 if row.terms == "account" else 0, row.owner_id) for row in rows}
        found = select(Receivable.customer_id, Receivable.number, Receivable.on, Receivable.amount)
        self._numbers: dict[tuple[int, str], Any] = {}
        self._unnumbered: set[tuple[int, date, Any]] = set()
        for row in act.session.execute(found.where(Receivable.kind == "opening")):
            self._numbers[row.customer_id, plain(row.number)] = row.amount
            self._unnumbered.add((row.customer_id, row.on, row.amount))

    def take(self, values: Values) -> Taken:
        """Return the receivable of a row, or say that it is there."""
        customer_id, doubts = self._customers.find(values)
        taken = self._taken(customer_id, values)
        taken.warnings = (*doubts, *taken.warnings)
        return taken

    def _taken(self, customer_id: int, values: Values) -> Taken:
        amount, number = open_balance(values), values.get("number")
        on = values.get("on") or self._act.today
        if amount == 0:
            return Taken(empty=True)
        if amount < 0:
            raise RuleBroken(
                _(
                    "A negative balance is money the customer has paid ahead. "
                    "Take it out of the file and enter it as a receipt."
                ),
                field=_said_in(values),
            )
        if number and (customer_id, plain(number)) in self._numbers:
            there = self._numbers[customer_id, plain(number)]
            return Taken(
                already=True,
                warnings=()
                if there == amount
                else (
                    RuleBroken(
                        _("The program has “{old}” here; the value of the file is not taken."),
                        field=_said_in(values),
                        old=there,
                    ),
                ),
            )
        if not number and (customer_id, on, amount) in self._unnumbered:
            return Taken(already=True)
        if number:
            self._numbers[customer_id, plain(number)] = amount
        return Taken(records=(self._receivable(customer_id, on, amount, values),))

    def _receivable(self, customer_id: int, on: date, amount: Decimal, values: Values) -> Receivable:
        days, owner_id = self._terms[customer_id]
        responsible = values.get("responsible_id")
        return Receivable(
            number=values.get("number") or "", kind="opening", customer_id=customer_id, on=on,
            due_on=values.get("due_on") or on + timedelta(days=days), amount=amount, settled=ZERO,
            responsible_id=self._employees.find(responsible, "responsible_id") if responsible else owner_id,
        )  # fmt: skip

    def finish(self) -> Iterable[tuple[Any, str]]:
        """Nothing follows: what is owed is the sum of the receivables."""
        return ()


def open_balance(values: Values) -> Decimal:
    """Return what is still owed of a paper: its balance, or its amount less what was paid; they must agree."""
    amount, paid, balance = values.get("amount"), values.get("paid"), values.get("balance")
    if amount is None and balance is None:
        raise RuleBroken(_("Enter the amount of the paper or the open balance."), field=_said_in(values))
    if amount is None:
        return balance or ZERO
    rest = amount - (paid or ZERO)
    if balance is None and amount > 0 and rest < 0:
        raise RuleBroken(
            _("More was paid ({paid}) than the paper is worth ({amount}). Correct one of them."),
            field="paid",
            paid=paid,
            amount=amount,
        )
    if balance is None or (paid is not None and balance == rest) or (paid is None and ZERO <= balance <= amount):
        return rest if balance is None else balance
    raise RuleBroken(
        _("The amount {amount} less {paid} paid is {rest}, but the balance is {balance}. Correct one of them."),
        field="balance",
        amount=amount,
        paid=paid or ZERO,
        rest=rest,
        balance=balance,
    )


def _said_in(values: Values) -> str:
    """The column that what is owed was read from."""
    return "balance" if "balance" in values and values.get("amount") is None else "amount"


OPENING_RECEIVABLE_IMPORT = ImportKind(
    name="opening_receivables",
    title=_("Opening receivables"),
    register="receivables",
    columns=COLUMNS,
    roles=roles(MANAGER, FINANCE),
    begin=ReceivableTaker,
    hint=_("One open paper in each row. Without a due date it is due after the customer's days on account."),
    series={"receivables": ("number", "OB-{count:05}")},
    one_of=(ONE_OF, ("amount", "balance")),
)
