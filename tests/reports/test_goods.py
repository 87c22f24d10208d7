"""The summary of orders and scheduling, and the expiry report."""

from typing import Any

import makers
from two_months import TODAY, Trade, block_of, column_of


def test_the_summary_sets_what_is_ordered_against_what_is_there(trade: Trade) -> None:
    block = block_of(trade.report("supply_summary", TODAY), "products")
    assert column_of(block, "product") == ["金刚砂车针", "光固化复合树脂"]
    assert column_of(block, "ordered") == [50, 5]
    assert column_of(block, "on_hand") == [18, 24]
    assert column_of(block, "reserved") == [0, 5]
    assert column_of(block, "available") == [18, 19]
    assert column_of(block, "short") == [32, 0]


def test_waiting_orders_are_named_beneath(trade: Trade) -> None:
    sheet = trade.report("supply_summary", TODAY, by="warehouse")
    assert column_of(block_of(sheet, "waiting"), "quantity") == [50]
    assert block_of(trade.report("supply_summary", TODAY, by="rep2"), "waiting").rows == ()


def test_packs_are_counted_in_smallest_units(trade: Trade) -> None:
    form = makers.filled(trade.desks["clerk"], "orders", customer_id=trade.clinic)
    line = form.add_line("lines")
    line.set("product_id", trade.resin)
    line.set("unit", "盒")
    line.set("quantity", 9)
    form.take("wait")
    block = block_of(trade.report("supply_summary", TODAY), "products")
    assert column_of(block, "waiting")[0] == 90


def test_lots_stand_under_the_step_of_their_days(trade: Trade, clock: Any) -> None:
    makers.some_stock(trade.desks, trade.resin, 3, "SOON", expires_in=30)
    makers.some_stock(trade.desks, trade.resin, 4, "LATER", expires_in=31)
    sheet = trade.report("stock_expiry", TODAY)
    assert column_of(block_of(sheet, "summary"), "lots") == [0, 1, 2, 0]
    clock.pass_days(31)
    assert column_of(block_of(trade.report("stock_expiry", TODAY), "summary"), "lots") == [1, 2, 0, 0]


def test_worth_at_cost_is_left_out_for_those_who_may_not_see_it(trade: Trade) -> None:
    manager, clerk = trade.report("stock_expiry", TODAY), trade.report("stock_expiry", TODAY, by="warehouse")
    assert "worth" in [column.name for column in block_of(manager, "lots").columns]
    assert all(column.name != "worth" for block in clerk.blocks for column in block.columns)
