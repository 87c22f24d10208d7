"""Two months of business of a small office, from forms alone: the figures of every report can be worked out from it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import makers

from dentalsales.blueprint.house_records import Employee
from dentalsales.blueprint.report import Period
from dentalsales.blueprint.sheet import Block, Sheet
from dentalsales.registers.ledger import LedgerEntry
from dentalsales.usecases.form import open_form
from dentalsales.usecases.run_report import run

OCTOBER, NOVEMBER = Period.month(date(2026, 10, 1)), Period.month(date(2026, 11, 1))
TODAY = Period.day(date(2026, 11, 20))


@dataclass
class Trade:
    """Who buys and what was sold; the clock stands at 20 November 2026."""

    desks: Any
    clinic: int
    dealer: int
    resin: int
    bur: int
    orders: dict[str, int]

    def report(self, name: str, period: Period, by: str = "manager", **choices: Any) -> Sheet:
        return run(self.desks[by], name, period, **choices)


def block_of(sheet: Sheet, name: str) -> Block:
    return next(block for block in sheet.blocks if block.name == name)


def column_of(block: Block, name: str) -> list[Any]:
    at = [column.name for column in block.columns].index(name)
    return [row.cells[at] for row in block.rows]


def figure(sheet: Sheet, label: str, column: str = "amount", block: str = "summary") -> Any:
    """The cell of the row that begins with a label."""
    found = block_of(sheet, block)
    return column_of(found, column)[[str(row.cells[0]) for row in found.rows].index(label)]


def on(clock: Any, month: int, day: int) -> None:
    clock.now = datetime(2026, month, day, 2, 0, tzinfo=UTC)


def two_months(desks: Any, clock: Any) -> Trade:
    """October: 1,200 to the dealer. November: 840 to the clinic, 600 to the dealer, 240 sold and taken back."""
    on(clock, 10, 12)
    clinic = makers.a_customer(desks, "北京瑞康口腔门诊部")
    dealer = makers.a_customer(
        desks, "天津华齿商贸有限公司", rep="rep2", terms="account", terms_days=10, credit_limit=Decimal("100000")
    )
    resin, bur = makers.a_product(desks), makers.a_product(desks, "金刚砂车针", price="60.00", shade="", spec="TR-11")
    _costs_70(desks, makers.some_stock(desks, resin, 40, "R1", expires_in=400))
    makers.some_stock(desks, bur, 20, "B1", expires_in=100)
    made = Trade(desks, clinic, dealer, resin, bur, {})
    _targets(desks)
    made.orders["october"] = _sold(desks, dealer, (resin, 10))
    on(clock, 11, 3)
    made.orders["paid"] = _sold(desks, clinic, (resin, 6), (bur, 2))
    on(clock, 11, 10)
    makers.pay(desks, made.orders["october"])
    on(clock, 11, 18)
    made.orders["billed"] = _sold(desks, dealer, (resin, 5), until="billed")
    on(clock, 11, 20)
    made.orders["red"] = _sold(desks, dealer, (resin, 2), until="billed")
    open_form(desks["manager"], "orders", made.orders["red"]).take("reverse", note="订错了")
    short = makers.an_order(desks, clinic, (bur, 50))
    open_form(desks["clerk"], "orders", short.id).take("wait")
    made.orders["waiting"] = short.id
    _past_sale(desks, clinic)
    return made


def _sold(desks: Any, customer: int, *lines: tuple[int, int], until: str = "sent") -> int:
    order = makers.an_order(desks, customer, *lines)
    return makers.moved_to(desks, order, until).id


def _costs_70(desks: Any, goods_in: Any) -> None:
    lot = open_form(desks["manager"], "lots", goods_in.lines("lines")[0].get("lot_id"))
    lot.set("cost", Decimal("70"))
    lot.save()


def _targets(desks: Any) -> None:
    with desks.company.reading() as session:
        people = {row.login: row.id for row in session.query(Employee)}
    for login, amount in (("rep", "1000"), ("rep2", "2000")):
        makers.saved(
            desks["manager"],
            "targets",
            month_on=date(2026, 11, 1),
            rep_id=people[login],
            amount=Decimal(amount),
            collection=Decimal("1020"),
        )


def _past_sale(desks: Any, customer: int) -> None:
    """What was taken over from the old program, a year ago."""
    with desks.company.writing() as session:
        session.add(
            LedgerEntry(
                on=date(2025, 11, 5),
                kind="history",
                number="OLD-1",
                customer_id=customer,
                quantity=4,
                unit="支",
                amount=Decimal("480.00"),
            )
        )
