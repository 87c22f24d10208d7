"""The sales daily report: the figures of one day."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from two_months import TODAY, Trade, block_of, column_of, figure

from dentalsales.blueprint.report import Period
from dentalsales.blueprint.rules import NotAllowed
from dentalsales.blueprint.sheet import Opens

EIGHTEENTH = Period.day(date(2026, 11, 18))


def test_the_day_shows_what_was_entered_billed_and_taken_back(trade: Trade) -> None:
    sheet = trade.report("rb", TODAY)
    assert (figure(sheet, "Orders entered", "number"), figure(sheet, "Orders entered")) == (2, Decimal("3240.00"))
    assert figure(sheet, "Sales, billed less red entries") == Decimal("0.00")
    assert figure(sheet, "Of these, red entries and returns") == Decimal("-240.00")
    assert column_of(block_of(sheet, "billed"), "amount") == [Decimal("240.00"), Decimal("-240.00")]


def test_money_is_shown_by_kind_on_the_day_it_came(trade: Trade) -> None:
    sheet = trade.report("sales_daily", Period.day(date(2026, 11, 10)))
    assert figure(sheet, "Money received") == Decimal("1200.00")
    assert block_of(sheet, "receipts").totals[-1] == Decimal("1200.00")


def test_the_month_so_far_is_measured_against_the_target(trade: Trade) -> None:
    sheet = trade.report("sales_daily", EIGHTEENTH)
    assert figure(sheet, "Sales of the month so far") == Decimal("1440.00")
    assert figure(sheet, "Target of the month") == Decimal("3000.00")
    assert figure(sheet, "Target of the month", "rate") == Decimal("48.00")


def test_a_billed_order_leads_to_its_form(trade: Trade) -> None:
    row = block_of(trade.report("sales_daily", EIGHTEENTH), "billed").rows[0]
    assert row.opens == Opens("orders", trade.orders["billed"])


def test_every_filter_that_a_figure_opens_is_one_the_list_knows(trade: Trade) -> None:
    from dentalsales.usecases.browse import totals
    from dentalsales.usecases.list_query import Query

    sheets = [
        trade.report("sales_daily", TODAY),
        trade.report("sales_monthly", Period.month(TODAY.start)),
        trade.report("receivables_ageing", TODAY),
        trade.report("target_gap", Period.month(TODAY.start)),
    ]
    opened = [row.opens for sheet in sheets for block in sheet.blocks for row in block.rows if row.opens]
    lists = [opens for opens in opened if opens.record_id is None]
    assert {opens.register for opens in lists} >= {"orders", "ledger", "receipts"}
    for opens in lists:
        assert totals(trade.desks["manager"], Query(opens.register, filters=opens.filters)).count >= 0


def test_a_figure_equals_the_list_it_opens(trade: Trade) -> None:
    from dentalsales.usecases.browse import totals
    from dentalsales.usecases.list_query import Query

    row = next(
        row
        for row in block_of(trade.report("sales_daily", TODAY), "summary").rows
        if row.cells[0] == "Sales of the month so far"
    )
    assert row.opens is not None
    listed = totals(trade.desks["manager"], Query(row.opens.register, filters=row.opens.filters))
    assert listed.sums["amount"] == row.cells[2]


def test_a_salesperson_reads_only_his_own_customers(trade: Trade) -> None:
    mine = trade.report("sales_daily", EIGHTEENTH, by="rep")
    assert figure(mine, "Sales of the month so far") == Decimal("840.00")
    assert figure(mine, "Target of the month") == Decimal("1000.00")
    assert any(note.startswith("Only the customers of") for note in mine.notes)


def test_a_day_without_anything_is_a_valid_empty_report(desks: Any) -> None:
    from dentalsales.usecases.run_report import run

    sheet = run(desks["clerk"], "sales_daily", TODAY)
    assert figure(sheet, "Sales, billed less red entries") == Decimal("0.00")
    assert figure(sheet, "Target of the month", "rate") is None
    assert [block.rows for block in sheet.blocks[1:]] == [(), (), (), ()]


def test_the_warehouse_reads_no_sales(trade: Trade) -> None:
    with pytest.raises(NotAllowed):
        trade.report("sales_daily", TODAY, by="warehouse")


def test_of_an_order_that_left_in_part_only_the_rest_is_still_to_send(trade: Trade) -> None:
    """The report, the list and its sum name what has to leave yet; an order that is not billed has nothing to leave."""
    from makers import an_order, dispatch, moved_to

    from dentalsales.usecases.browse import page, totals
    from dentalsales.usecases.list_query import Query

    desks = trade.desks
    order = moved_to(desks, an_order(desks, trade.clinic, (trade.resin, 6), (trade.bur, 2)), "billed")
    before = figure(trade.report("sales_daily", TODAY), "Orders to dispatch")
    dispatch(desks, order.id, 2, 1)
    sheet = trade.report("sales_daily", TODAY)
    assert figure(sheet, "Orders to dispatch") == before - Decimal("300.00")
    opens = next(row.opens for row in block_of(sheet, "summary").rows if str(row.cells[0]) == "Orders to dispatch")
    query = Query("orders", filters=opens.filters, columns=("number", "total", "to_send"))
    assert totals(desks["manager"], query).sums["to_send"] == figure(sheet, "Orders to dispatch")
    rows = {row.id: row.cells[2] for row in page(desks["manager"], Query("orders", columns=query.columns)).rows}
    assert rows[order.id] == Decimal("540.00")
    assert rows[trade.orders["waiting"]] is None and rows[trade.orders["red"]] is None, "0.00 would read as all sent"
    assert rows[trade.orders["paid"]] == Decimal("0.00")
