"""The customer management tracking sheet, the everyday report and the gap report."""

from datetime import date
from decimal import Decimal

from two_months import NOVEMBER, TODAY, Trade, block_of, column_of

from dentalsales.blueprint.report import Period


def test_every_purchase_of_every_customer_is_there_and_sums_to_the_ledger(trade: Trade) -> None:
    block = block_of(trade.report("customer_tracking", Period(date(2025, 1, 1), TODAY.end)), "purchases")
    assert len(block.rows) == 7
    assert block.totals is not None and block.totals[7] == Decimal("3120.00")
    assert [cell for cell in column_of(block, "subtotal") if cell != ""] == [Decimal("1320.00"), Decimal("1800.00")]


def test_one_customer_has_only_his_own_purchases_and_days_since_the_last(trade: Trade) -> None:
    sheet = trade.report("customer_tracking", NOVEMBER, customer_id=trade.clinic)
    block = block_of(sheet, "purchases")
    assert set(column_of(block, "customer")) == {"北京瑞康口腔门诊部"}
    assert column_of(block, "days") == ["", 17]
    assert sheet.conditions == (("Customer", "北京瑞康口腔门诊部"),)


def test_what_is_tracked_equals_the_amount_on_the_customers_card(trade: Trade) -> None:
    from dentalsales.usecases.form import open_form

    sheet = trade.report("customer_tracking", Period(date(2026, 1, 1), TODAY.end), customer_id=trade.dealer)
    card = open_form(trade.desks["manager"], "customers", trade.dealer)
    assert block_of(sheet, "purchases").totals[7] == card.get("purchases_total") == Decimal("1800.00")


def test_a_salesperson_tracks_only_his_own_customers(trade: Trade) -> None:
    block = block_of(trade.report("customer_tracking", NOVEMBER, by="rep2"), "purchases")
    assert set(column_of(block, "customer")) == {"天津华齿商贸有限公司"}


def test_the_everyday_report_counts_work_by_who_did_it(trade: Trade) -> None:
    sheet = trade.report("mt", TODAY)
    block = block_of(sheet, "activity")
    assert column_of(block, "employee") == ["clerk name", "manager name"]
    assert column_of(block, "slips") == [2, 0]
    assert column_of(block, "orders_review") == [0, 1]
    assert column_of(block, "orders_bill") == [1, 0]
    assert column_of(block_of(sheet, "slips"), "state") == ["Reversed", "Waiting for supply"]


def test_the_everyday_report_ends_at_midnight_in_the_office(trade: Trade) -> None:
    quiet = trade.report("clerk_daily", Period.day(date(2026, 11, 21)))
    assert [block.rows for block in quiet.blocks] == [(), ()]


def test_gaps_are_those_of_each_salesperson(trade: Trade) -> None:
    block = block_of(trade.report("target_gap", NOVEMBER), "month")
    assert column_of(block, "gap") == [Decimal("160.00"), Decimal("1400.00")]
    assert column_of(block, "completion") == [Decimal("84.00"), Decimal("30.00")]
    year = block_of(trade.report("target_gap", NOVEMBER), "year")
    assert column_of(year, "amount") == [Decimal("840.00"), Decimal("1800.00")]


def test_without_a_target_there_is_no_gap_and_nothing_is_red(trade: Trade) -> None:
    """October had no targets: a dash, where a gap of minus 1,200 would say that more was sold than wanted."""
    october = Period.month(date(2026, 10, 1))
    (row,) = block_of(trade.report("target_gap", october), "month").rows
    block = block_of(trade.report("target_gap", october), "month")
    found = {name: column_of(block, name) for name in ("target", "amount", "completion", "gap")}
    assert found == {"target": [None], "amount": [Decimal("1200.00")], "completion": [None], "gap": [None]}
    assert row.tone == ""
    totals = dict(zip([one.name for one in block.columns], block.totals or (), strict=True))
    assert (totals["amount"], totals["target"], totals["gap"]) == (Decimal("1200.00"), None, None)
    monthly = trade.report("sales_monthly", october)
    shown = {str(row.cells[0]): row.cells[2] for row in block_of(monthly, "summary").rows}
    people = block_of(monthly, "salespeople")
    assert column_of(people, "gap") == column_of(people, "target") == [None]
    assert shown["Gap: target less sales"] is None and shown["Target, and its completion"] is None


def test_the_amount_of_a_void_slip_is_not_counted_among_those_of_the_day(trade: Trade) -> None:
    """The slip stays in the list, as its number does; the sum agrees with the orders entered of the daily report."""
    from makers import an_order
    from two_months import figure

    from dentalsales.usecases.form import open_form

    order = an_order(trade.desks, trade.clinic, (trade.bur, 50))
    open_form(trade.desks["clerk"], "orders", order.id).take("wait")
    open_form(trade.desks["manager"], "orders", order.id).take("void", note="重复录入")
    slips = block_of(trade.report("clerk_daily", TODAY), "slips")
    assert column_of(slips, "state")[-1] == "Void" and column_of(slips, "total")[-1] is None
    assert slips.totals is not None
    assert slips.totals[-1] == figure(trade.report("sales_daily", TODAY), "Orders entered") == Decimal("3240.00")
