"""The sales monthly report: growth, targets, rankings, margin and ageing."""

from decimal import Decimal
from typing import Any

import pytest
from makers import a_return
from sqlalchemy import text
from two_months import NOVEMBER, OCTOBER, Trade, block_of, column_of, figure

from dentalsales.registers.dispatch_notes import DispatchNote
from dentalsales.usecases import settings_desk
from dentalsales.usecases.form import open_form
from dentalsales.usecases.run_report import run

AGEING = "Open receivables at the end of the period"


def ledger_sum(trade: Trade, start: str, end: str, extra: str = "") -> Decimal:
    """The sum of the ledger, by hand: fen as whole numbers."""
    with trade.desks.company.engine.connect() as connection:
        total = text(f'SELECT SUM(amount) FROM ledger_entry WHERE "on" BETWEEN :start AND :end {extra}')
        fen = connection.execute(total, {"start": start, "end": end}).scalar()
    return Decimal(fen or 0) / 100


def test_every_table_of_the_month_equals_the_ledger(trade: Trade) -> None:
    sheet = trade.report("yb", NOVEMBER)
    expected = ledger_sum(trade, "2026-11-01", "2026-11-30")
    assert expected == Decimal("1440.00")
    assert figure(sheet, "Sales, billed less red entries") == expected
    for name in ("salespeople", "customers", "products"):
        block = block_of(sheet, name)
        assert sum(column_of(block, "amount")) == expected
    assert sheet.chart is not None
    assert sheet.chart.series[0][1][-2:] == (Decimal("1200.00"), expected)


def test_growth_is_shown_against_both_months_and_measured_as_the_company_says(trade: Trade) -> None:
    sheet = trade.report("sales_monthly", NOVEMBER)
    assert figure(sheet, "The month before, and growth against it", "rate") == Decimal("20.00")
    assert figure(sheet, "The same month last year, and growth against it", "rate") == Decimal("200.00")
    assert figure(sheet, "Growth rate by the company's measure", "rate") == Decimal("20.00")
    settings_desk.change(trade.desks["manager"], "growth_basis", "last_year")
    sheet = trade.report("sales_monthly", NOVEMBER)
    assert figure(sheet, "Growth rate by the company's measure", "rate") == Decimal("200.00")


def test_without_a_base_there_is_no_growth(trade: Trade) -> None:
    sheet = trade.report("sales_monthly", OCTOBER)
    assert figure(sheet, "The month before, and growth against it", "rate") is None
    assert figure(sheet, "Target, and its completion", "rate") is None


def test_gap_and_collection_are_those_of_the_month(trade: Trade) -> None:
    sheet = trade.report("sales_monthly", NOVEMBER)
    assert figure(sheet, "Gap: target less sales") == Decimal("1560.00")
    assert figure(sheet, "Money received, and its share of the sales") == Decimal("2040.00")
    assert figure(sheet, "Money received, and its share of the sales", "rate") == Decimal("141.67")


def test_open_amounts_are_rewound_to_the_end_of_the_month(trade: Trade) -> None:
    october = trade.report("sales_monthly", OCTOBER)
    assert figure(october, AGEING) == Decimal("1200.00")
    assert column_of(block_of(october, "ageing"), "open")[1] == Decimal("1200.00")  # due on the 22nd
    assert figure(trade.report("sales_monthly", NOVEMBER), AGEING) == Decimal("600.00")


def test_margin_is_what_left_less_the_cost_of_its_lots(trade: Trade) -> None:
    sheet = trade.report("sales_monthly", NOVEMBER, by="finance")
    assert figure(sheet, "Cost of what was dispatched") == Decimal("420.00")
    assert figure(sheet, "Gross margin of what was dispatched") == Decimal("300.00")
    assert figure(sheet, "Dispatched lines without a known cost") == Decimal("120.00")


def test_what_came_back_leaves_sales_and_margin_and_its_cost_only_when_it_is_sound(trade: Trade) -> None:
    """Two of the six resins of 120 that cost 70 come back, one of them broken: 240 less, of whose cost 70 is lost."""
    with trade.desks.company.reading() as session:
        note = session.query(DispatchNote.id).filter_by(order_id=trade.orders["paid"]).scalar()
    for reason in ("surplus", "quality"):
        form = a_return(trade.desks, note, 1, reason=reason)
        form.take("receive")
        open_form(trade.desks["finance"], "returns", form.id).take("credit")
    sheet = trade.report("sales_monthly", NOVEMBER, by="finance")
    assert figure(sheet, "Sales, billed less red entries") == Decimal("1200.00")
    assert figure(sheet, "Cost of what was dispatched") == Decimal("350.00")
    assert figure(sheet, "Gross margin of what was dispatched") == Decimal("130.00")
    papers = dict(zip(*(column_of(block_of(sheet, "customers"), one) for one in ("customer", "papers")), strict=True))
    assert papers["北京瑞康口腔门诊部"] == 1, "a return is no order"


@pytest.mark.parametrize("role", ["clerk", "rep", "assistant", "audit"])
def test_who_may_not_see_cost_sees_no_trace_of_it(trade: Trade, role: str) -> None:
    sheet = trade.report("sales_monthly", NOVEMBER, by=role)
    words = " ".join(str(cell) for block in sheet.blocks for row in block.rows for cell in row.cells)
    words += " ".join(map(str, sheet.notes))
    assert "cost" not in words.lower() and "margin" not in words.lower()


def test_a_customer_who_stopped_buying_is_lost(trade: Trade, clock: Any) -> None:
    clock.pass_days(20)
    december = run(trade.desks["manager"], "sales_monthly", type(NOVEMBER).month(clock.today))
    assert figure(december, "Lost customers", "number") == 2
    assert sorted(column_of(block_of(december, "lost_customers"), "amount")) == [Decimal("840.00"), Decimal("1800.00")]


def test_a_customer_whose_order_of_the_month_is_not_billed_yet_is_not_lost(trade: Trade, clock: Any) -> None:
    from makers import an_order, moved_to

    clock.pass_days(20)
    order = an_order(trade.desks, trade.clinic, (trade.resin, 1))
    december = run(trade.desks["manager"], "sales_monthly", type(NOVEMBER).month(clock.today))
    assert figure(december, "Lost customers", "number") == 2, "a draft is no order yet"
    order = moved_to(trade.desks, order, "stock_confirmed")
    december = run(trade.desks["manager"], "sales_monthly", type(NOVEMBER).month(clock.today))
    assert column_of(block_of(december, "lost_customers"), "amount") == [Decimal("1800.00")]
    assert any("neither bought nor ordered" in str(note) for note in december.notes)
    open_form(trade.desks["manager"], "orders", order.id).take("void", note="不要了")
    december = run(trade.desks["manager"], "sales_monthly", type(NOVEMBER).month(clock.today))
    assert figure(december, "Lost customers", "number") == 2


def test_new_customers_are_those_entered_in_the_month(trade: Trade) -> None:
    assert figure(trade.report("sales_monthly", OCTOBER), "New customers", "number") == 2
    assert figure(trade.report("sales_monthly", NOVEMBER), "New customers", "number") == 0


def test_approved_special_prices_are_listed(trade: Trade) -> None:
    from datetime import date

    from dentalsales.usecases.form import new_form, open_form

    form = new_form(trade.desks["rep"], "special_prices", customer_id=trade.clinic)
    form.set("valid_to", date(2026, 12, 31))
    form.set("reason", "长期合作")
    line = form.add_line("lines")
    line.set("product_id", trade.resin)
    line.set("unit_price", Decimal("90"))
    form.take("submit")
    for role in ("vp", "general_manager", "manager"):
        assert block_of(trade.report("sales_monthly", NOVEMBER), "special_prices").rows == ()
        open_form(trade.desks[role], "special_prices", form.id).take("approve")
    block = block_of(trade.report("sales_monthly", NOVEMBER), "special_prices")
    assert column_of(block, "share") == [Decimal("75.00")]


def test_without_any_target_the_sum_of_the_targets_is_unknown_too(trade: Trade) -> None:
    block = block_of(trade.report("sales_monthly", OCTOBER), "salespeople")
    assert set(column_of(block, "target")) == {None} and block.rows
    totals = dict(zip((one.name for one in block.columns), block.totals or (), strict=True))
    assert totals["target"] is None and totals["amount"] == Decimal("1200.00")


def test_a_month_without_anything_is_a_valid_empty_report(desks: Any) -> None:
    sheet = run(desks["manager"], "sales_monthly", NOVEMBER)
    assert figure(sheet, "Sales, billed less red entries") == Decimal("0.00")
    assert figure(sheet, AGEING) == Decimal("0.00")
    assert sheet.form is not None and sheet.form.number == "QEMSGL303-R03"
    assert sheet.signatures == ("Prepared by", "Reviewed by", "Approved by")
