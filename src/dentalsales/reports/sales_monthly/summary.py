"""The key figures of a month, and what is open at its end by age."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, case, func, select, type_coerce

import dentalsales.reports.ageing as ageing
import dentalsales.reports.frame as frame
import dentalsales.reports.money_in as money_in
import dentalsales.reports.sales as sales
import dentalsales.reports.salespeople as salespeople
from dentalsales.blueprint.act import Act
from dentalsales.blueprint.column_types import UnitPrice, round_money
from dentalsales.blueprint.report import Period
from dentalsales.blueprint.roles import COST_ROLES
from dentalsales.blueprint.sheet import Block, Opens, Row, SheetColumn
from dentalsales.blueprint.table import Filter
from dentalsales.i18n import _, c_
from dentalsales.registers.dispatch_notes import DispatchLine, DispatchNote
from dentalsales.registers.orders import OrderLine
from dentalsales.registers.returns import GoodsReturn, ReturnLine
from dentalsales.registers.stock import Lot
from dentalsales.reports.office_days import month_before, month_last_year
from dentalsales.reports.rates import growth, share
from dentalsales.reports.scope import own_customers
from dentalsales.reports.service_rows import monthly_rows

ZERO = sales.ZERO


def summary(
    act: Act, month: Period, by_day: dict[date, Decimal], opened: list[Decimal], customers: tuple[int, int]
) -> Block:
    """Return the key figures; `customers` are new and lost; cost and margin only for those who may see them."""
    columns = (
        SheetColumn("item", _("Item"), width=36),
        SheetColumn("number", c_("count", "Number"), "number", 10),
        SheetColumn("amount", _("Amount"), "money", 16),
        SheetColumn("rate", _("Rate"), "percent", 12),
    )
    amount = sales.summed(by_day, month)
    rows = [*_sales_rows(act, month, by_day), *_target_rows(act, month, amount), *_debt_rows(month, opened)]
    rows += _stock_rows(act)
    rows.append(Row((_("New customers"), customers[0], "", ""), _new(month)))
    rows.append(Row((_("Lost customers"), customers[1], "", "")))
    rows += monthly_rows(act, month)
    if act.roles & COST_ROLES:
        rows += _margin_rows(act, month)
    return Block(_("Summary"), columns, tuple(rows), "summary")


def _sales_rows(act: Act, month: Period, by_day: dict[date, Decimal]) -> Iterator[Row]:
    before, last_year = month_before(month), month_last_year(month)
    amount, papers = sales.summed(by_day, month), sales.sold(act, month).papers
    grown = {
        "previous": growth(amount, sales.summed(by_day, before)),
        "last_year": growth(amount, sales.summed(by_day, last_year)),
    }
    yield Row((_("Sales, billed less red entries"), papers, amount, ""), _ledger(month))
    yield Row((_("Growth rate by the company's measure"), "", "", grown[act.setting("growth_basis")]))
    yield Row((_("The month before, and growth against it"), "", sales.summed(by_day, before), grown["previous"]),
              _ledger(before))  # fmt: skip
    yield Row((_("The same month last year, and growth against it"), "", sales.summed(by_day, last_year),
               grown["last_year"]), _ledger(last_year))  # fmt: skip


def _target_rows(act: Act, month: Period, amount: Decimal) -> Iterator[Row]:
    goals = salespeople.targets(act, month.start, month.start).values()
    goal, to_collect = sum((one[0] for one in goals), ZERO), sum((one[1] for one in goals), ZERO)
    collected = money_in.collected_amount(act, month)
    opens = Opens("targets", filters=(Filter("month_on", "=", month.start),))
    yield Row((_("Target, and its completion"), "", goal or None, share(amount, goal)), opens)
    yield Row((_("Gap: target less sales"), "", goal - amount if goal else None, ""), opens)
    receipts = (*frame.days("received_on", month), Filter("state", "=", "confirmed"), Filter("kind", "!=", "advance"))
    yield Row((_("Money received, and its share of the sales"), "", collected, share(collected, amount)),
              Opens("receipts", filters=receipts))  # fmt: skip
    yield Row((_("Collection target, and its completion"), "", to_collect or None, share(collected, to_collect)),
              opens)  # fmt: skip


def _debt_rows(month: Period, opened: list[Decimal]) -> Iterator[Row]:
    total, late = sum(opened, ZERO), sum(opened[1:], ZERO)
    papers = Opens("receivables", filters=(Filter("on", "<=", month.end), Filter("open", "!=", 0)))
    overdue = Opens("receivables", filters=(Filter("due_on", "<", month.end), Filter("open", "!=", 0)))
    yield Row((_("Open receivables at the end of the period"), "", total, ""), papers)
    yield Row((_("Of these overdue"), "", late, share(late, total)), overdue, "danger" if late else "")


def _stock_rows(act: Act) -> list[Row]:
    last = act.today + timedelta(days=int(act.setting("near_expiry_days")))
    value = func.sum(Lot.on_hand * type_coerce(Lot.cost, BigInteger))
    row = act.session.execute(select(func.count(), value).where(Lot.on_hand > 0, Lot.expires_on <= last)).one()
    opens = Opens("lots", filters=(Filter("on_hand", ">", 0), Filter("expires_on", "<=", last)))
    worth = _yuan(row[1]) if act.roles & COST_ROLES else ""
    label = _("Lots expired or near expiry today, at cost") if worth != "" else _("Lots expired or near expiry today")
    return [Row((label, row[0], worth, ""), opens)]


def _margin_rows(act: Act, month: Period) -> Iterator[Row]:
    """What left in the month, by the cost of the lots it left from, less what was credited because it came back."""
    known = Lot.cost.is_not(None)
    cost = DispatchLine.quantity * OrderLine.factor * type_coerce(Lot.cost, BigInteger)
    row = act.session.execute(
        select(
            func.sum(case((known, DispatchLine.amount))),
            func.sum(cost),
            func.count(case((~known, 1))),
            func.sum(case((~known, DispatchLine.amount))),
        )
        .select_from(DispatchNote)
        .join(DispatchLine, DispatchLine.dispatch_note_id == DispatchNote.id)
        .join(OrderLine, OrderLine.id == DispatchLine.order_line_id)
        .join(Lot, Lot.id == DispatchLine.lot_id)
        .where(DispatchNote.dispatched_on >= month.start, DispatchNote.dispatched_on <= month.end,
               DispatchNote.state != "draft", own_customers(act, DispatchNote.customer_id))
    ).one()  # fmt: skip
    back = _credited(act, month)
    sent, spent = (row[0] or ZERO) - (back[0] or ZERO), _yuan((row[1] or 0) - (back[1] or 0))
    yield Row((_("Cost of what was dispatched"), "", spent, ""))
    yield Row((_("Gross margin of what was dispatched"), "", sent - spent, share(sent - spent, sent)))
    if row[2]:
        yield Row((_("Dispatched lines without a known cost"), row[2], row[3], ""), tone="warning")


def _credited(act: Act, month: Period) -> Any:
    """Return amount and cost of what came back: goods that can't be sold again have cost what they cost."""
    cost = ReturnLine.quantity * ReturnLine.factor * type_coerce(Lot.cost, BigInteger)
    return act.session.execute(
        select(func.sum(ReturnLine.amount), func.sum(case((ReturnLine.returned_as == "sound", cost))))
        .select_from(GoodsReturn)
        .join(ReturnLine, ReturnLine.goods_return_id == GoodsReturn.id)
        .join(Lot, Lot.id == ReturnLine.lot_id)
        .where(GoodsReturn.credited_on >= month.start, GoodsReturn.credited_on <= month.end,
               Lot.cost.is_not(None), own_customers(act, GoodsReturn.customer_id))
    ).one()  # fmt: skip


def _yuan(ten_thousandths: int | None) -> Decimal:
    """Costs have four decimals and are summed exactly; only the sum is rounded to the fen."""
    return round_money(Decimal(int(ten_thousandths or 0)) * UnitPrice.step)


def ageing_block(opened: list[Decimal], on: date, today: date) -> Block:
    """Return what was open by days overdue; while it still is as it was, a bucket opens the papers in it."""
    columns = (
        SheetColumn("bucket", _("Overdue by"), width=16),
        SheetColumn("open", _("Open amount"), "money", 16, total=True),
        SheetColumn("share", _("Share"), "percent", 10),
    )
    total = sum(opened, ZERO)
    rows = tuple(
        Row(
            (label, amount, share(amount, total)),
            Opens("receivables", filters=ageing.papers_of(index, on)) if amount and on >= today else None,
            "danger" if index == 4 and amount else "",
        )
        for index, (label, amount) in enumerate(zip(ageing.BUCKETS, opened, strict=True))
    )
    return Block(_("Receivables by age at the end of the period"), columns, rows, "ageing")


def _ledger(period: Period) -> Opens:
    return Opens("ledger", filters=frame.days("on", period))


def _new(month: Period) -> Opens:
    return Opens("customers", filters=frame.days("entered_at", month))
