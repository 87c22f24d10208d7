"""Importing past sales lines into the ledger, in bulk: half a million lines pass."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import Date, bindparam, case, func, or_, select, update

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.column_types import FOUR_DECIMALS, Money, round_money
from dentalsales.blueprint.importing import ImportColumn, ImportKind, Taken, Values, column_of, spelled
from dentalsales.blueprint.roles import CLERK, FINANCE, MANAGER, roles
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.imports.find import employee_names, together
from dentalsales.imports.find_customer import ONE_OF, Customers, customer_columns
from dentalsales.imports.find_product import Article, Articles, product_columns
from dentalsales.registers.customers import Customer
from dentalsales.registers.ledger import LedgerEntry

TOLERANCE = Decimal("0.01")
ZERO = Decimal("0.00")
KINDS = spelled(
    history="销售 销售出库 销售单 出库 正常 sale",
    **{"return": "退货 销售退货 退货单 退回 红字 红冲 refund"},
)

COLUMNS: tuple[ImportColumn, ...] = (
    column_of(LedgerEntry, "on", "单据日期", "出库日期", "订单日期", "开单日期", "sale date"),
    column_of(LedgerEntry, "number", "销售单", "出库单号", "document", "order", is_code=True),
    column_of(LedgerEntry, "kind", "单据类型", "业务类型", "类型", "type", words=KINDS, required=False),
    *customer_columns(LedgerEntry),
    column_of(LedgerEntry, "rep_id", "销售代表", "销售人员", "经手人", "salesperson", "rep", kind="text", target=None),
    *product_columns(),
    column_of(LedgerEntry, "unit", "计量单位", "销售单位"),
    column_of(LedgerEntry, "quantity", "销售数量", "出库数量"),
    column_of(LedgerEntry, "unit_price", "销售单价", "含税单价", "售价", rounds=True),
    column_of(LedgerEntry, "amount", "销售金额", "含税金额", "价税合计", "总金额", required=False, rounds=True),
)


class SalesTaker:
    """Turns rows into ledger rows by look-ups alone, and keeps each customer's purchases in step at the end."""

    def __init__(self, act: Act) -> None:
        self._act = act
        self._articles = Articles(act)
        self._customers, self._employees = Customers(act), employee_names(act)
        self._owners = {row[0]: row[1] for row in act.session.execute(select(Customer.id, Customer.owner_id))}
        self._bought: dict[int, tuple[Decimal, date | None]] = {}
        self._there = earlier_lines(act)

    def take(self, values: Values) -> Taken:
        """Return the ledger row of a line, or say that it was taken over before."""
        (customer_id, doubts), article, (kind, quantity, price, amount, warning) = together(
            lambda: self._customers.find(values),
            lambda: self._articles.find(values),
            lambda: figures_of(values),
        )
        on, number = values["on"], values.get("number") or ""
        if on >= self._act.today:
            raise RuleBroken(_("Past sales end before today. Enter today's sales as orders."), field="on")
        if self._there and self._was_there(on, number, customer_id, article.id, quantity, amount):
            return Taken(already=True)
        rep = values.get("rep_id")
        entry = {
            "on": on, "kind": kind, "number": number, "customer_id": customer_id,
            "rep_id": self._employees.find(rep, "rep_id") if rep else self._owners[customer_id],
            "product_id": article.id, "unit": _unit(article, values.get("unit")), "quantity": quantity,
            "unit_price": price, "amount": amount, "tax_rate": article.tax_rate, "source": "",
        }  # fmt: skip
        total, last = self._bought.get(customer_id, (ZERO, None))
        self._bought[customer_id] = total + amount, max(last or on, on) if kind == "history" else last
        return Taken(entry=entry, warnings=doubts if warning is None else (*doubts, warning))

    def _was_there(self, *line: Any) -> bool:
        """A line that stands twice in the file must have been there twice."""
        key = hash(line)
        if self._there[key] < 1:
            return False
        self._there[key] -= 1
        return True

    def finish(self) -> Iterable[tuple[Any, str]]:
        """Add to what the customers have bought, and move their last purchase on."""
        later = or_(Customer.last_purchase_on.is_(None), Customer.last_purchase_on < bindparam("last", type_=Date()))
        change = (
            update(Customer.__table__)  # type: ignore[arg-type]
            .where(Customer.id == bindparam("customer"))
            .values(
                purchases_total=Customer.purchases_total + bindparam("total", type_=Money()),
                last_purchase_on=case(
                    (later, func.coalesce(bindparam("last", type_=Date()), Customer.last_purchase_on)),
                    else_=Customer.last_purchase_on,
                ),
            )
        )
        rows = [{"customer": key, "total": total, "last": last} for key, (total, last) in self._bought.items()]
        if rows:
            self._act.session.connection().execute(change, rows)
        return ()


def figures_of(values: Values) -> tuple[str, int, Decimal, Decimal, RuleBroken | None]:
    """Return kind, quantity, price and amount; a returned line is negative, whatever sign the file gives it."""
    quantity, price, amount = values["quantity"], values.get("unit_price"), values.get("amount")
    if price is None and amount is None:
        raise RuleBroken(_("Enter the unit price or the amount."), field="amount")
    if price is not None and price < 0:
        price, quantity = -price, -abs(quantity)
    if amount is None:
        amount = round_money(quantity * price)
    if price is None:
        price = abs(amount / quantity).quantize(FOUR_DECIMALS, ROUND_HALF_UP) if quantity else ZERO
    if values.get("kind") == "return":
        quantity, amount = -abs(quantity), -abs(amount)
    if quantity * amount < 0:
        raise RuleBroken(_("Quantity and amount have different signs. A return has both negative."), field="amount")
    kind = "return" if quantity < 0 or amount < 0 else "history"
    return kind, quantity, price, amount, _doubt(quantity, price, amount)


def _doubt(quantity: int, price: Decimal, amount: Decimal) -> RuleBroken | None:
    product = quantity * price
    if -TOLERANCE <= product - amount <= TOLERANCE:
        return None
    return RuleBroken(
        _("{quantity} × {price} is {product}, not {amount}. The amount of the file is taken."),
        field="amount",
        quantity=quantity,
        price=price,
        product=round_money(product),
        amount=amount,
    )


def _unit(article: Article, unit: str | None) -> str:
    """Past sales keep the unit they were sold in, also one that the product no longer has."""
    return unit or article.usual_unit


def earlier_lines(act: Act) -> Counter[int]:
    """Return how often each line was taken over before, one small number for each."""
    columns = (
        LedgerEntry.on,
        LedgerEntry.number,
        LedgerEntry.customer_id,
        LedgerEntry.product_id,
        LedgerEntry.quantity,
        LedgerEntry.amount,
    )
    query = select(*columns).where(LedgerEntry.kind.in_(("history", "return")), LedgerEntry.order_id.is_(None))
    rows = act.session.execute(query.execution_options(yield_per=5_000))
    return Counter(hash(tuple(row)) for row in rows)


PAST_SALES_IMPORT = ImportKind(
    name="past_sales",
    title=_("Past sales"),
    register="ledger",
    columns=COLUMNS,
    roles=roles(MANAGER, FINANCE, CLERK),
    begin=SalesTaker,
    hint=_("One sold line in each row; negative ones are returns. Stock and receivables stay as they are."),
    entries=LedgerEntry,
    one_of=(ONE_OF,),
)
