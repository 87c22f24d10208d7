"""Goods-in: lots with their papers, reversed only while everything is there."""

from datetime import timedelta
from decimal import Decimal

import pytest
from makers import a_customer, a_product, a_supplier, an_order, dispatch, moved_to, some_stock

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import tr
from dentalsales.registers.stock import Lot
from dentalsales.usecases.check_company import check
from dentalsales.usecases.form import new_form, open_form

PERMISSIONS = {
    "goods_in": {
        "view": "manager director clerk finance warehouse quality",
        "create": "manager clerk finance warehouse",
        "edit": "manager clerk finance warehouse",
        "export": "manager director clerk finance warehouse quality",
        "steps": {
            "receive": "manager clerk warehouse",
            "reverse": "manager",
        },
    },
}


def test_a_box_of_ten_is_ten_pieces_at_a_tenth_of_the_cost(desks) -> None:
    product = a_product(desks)
    form = new_form(desks["finance"], "goods_in", supplier_id=a_supplier(desks))
    line = form.add_line("lines")
    line.set("product_id", product)
    for name, value in {"unit": "盒", "quantity": 3, "lot_no": "B1", "cost": Decimal("55.50")}.items():
        line.set(name, value)
    line.set("expires_on", desks.clock.today)
    form.save()
    open_form(desks["warehouse"], "goods_in", form.id).take("receive")
    with desks.company.reading() as session:
        lot = session.query(Lot).one()
    assert (lot.on_hand, lot.cost, lot.registration, lot.maker) == (
        30,
        Decimal("5.5500"),
        "国械注准20213170001",
        "甲公司",
    )


def test_the_warehouse_does_not_see_cost(desks) -> None:
    form = new_form(desks["warehouse"], "goods_in")
    assert "cost" not in form.line_fields("lines")


@pytest.mark.parametrize(("lot", "said"), [("", "enter the lot of"), ("L9", "enter the expiry of")])
def test_goods_with_lots_name_them_and_their_expiry(desks, lot, said) -> None:
    product = a_product(desks)
    form = new_form(desks["warehouse"], "goods_in", supplier_id=a_supplier(desks))
    line = form.add_line("lines")
    line.set("product_id", product)
    line.set("quantity", 1)
    line.set("lot_no", lot)
    with pytest.raises(RuleBroken, match=said):
        form.take("receive")


def test_goods_without_lots_need_none(desks) -> None:
    product = a_product(desks, "棉球", has_lot=False, shelf_life_months=None, device_class="none")
    some_stock(desks, product, 5, lot="")
    with desks.company.reading() as session:
        assert session.query(Lot.lot_no, Lot.on_hand).one() == ("", 5)


def test_goods_in_is_reversed_while_everything_is_there_and_not_after(desks) -> None:
    customer, product = a_customer(desks), a_product(desks)
    first, second = (
        some_stock(desks, product, 5, lot="A", expires_in=50),
        some_stock(desks, product, 5, lot="B", expires_in=90),
    )
    order = moved_to(desks, an_order(desks, customer, (product, 2)), "billed")
    dispatch(desks, order.id)
    with pytest.raises(RuleBroken, match="have left already"):
        open_form(desks["manager"], "goods_in", first.id).take("reverse", note="x")
    open_form(desks["manager"], "goods_in", second.id).take("reverse", note="送错")
    assert check(desks.company) == []


def test_a_reversal_takes_out_what_came_in_even_if_the_pack_has_changed(desks) -> None:
    product = a_product(desks)
    goods = some_stock(desks, product, 5, unit="盒")
    card = open_form(desks["manager"], "products", product)
    card.set("pack_size", 5)
    card.save()
    open_form(desks["manager"], "goods_in", goods.id).take("reverse", note="x")
    with desks.company.reading() as session:
        assert session.query(Lot.on_hand).scalar() == 0


def test_goods_that_are_promised_are_not_sent_back(desks) -> None:
    customer, product = a_customer(desks), a_product(desks)
    goods = some_stock(desks, product, 5)
    moved_to(desks, an_order(desks, customer, (product, 5)), "stock_confirmed")
    with pytest.raises(RuleBroken, match="is promised to orders"):
        open_form(desks["manager"], "goods_in", goods.id).take("reverse", note="x")


def arrival(desks, product: int, arrived=None, **values):
    form = new_form(desks["warehouse"], "goods_in", supplier_id=a_supplier(desks))
    if arrived is not None:
        form.set("arrived_on", arrived)
    line = form.add_line("lines")
    words = {"quantity": 1, "lot_no": "L1", "expires_on": desks.clock.today + timedelta(days=300), **values}
    for name, value in {"product_id": product, **words}.items():
        line.set(name, value)
    return form


def test_goods_come_in_when_they_are_there(desks) -> None:
    form = arrival(desks, a_product(desks), arrived=desks.clock.today + timedelta(days=1))
    with pytest.raises(RuleBroken, match="The day lies in the future") as caught:
        form.take("receive")
    assert caught.value.field == "arrived_on"


def test_goods_are_made_before_they_arrive(desks) -> None:
    form = arrival(desks, a_product(desks), made_on=desks.clock.today + timedelta(days=1))
    with pytest.raises(RuleBroken, match="Line 1: .* was made after it arrived") as caught:
        form.take("receive")
    assert caught.value.field == "lines.0.made_on"


def test_goods_that_can_not_be_sold_any_more_come_in_with_a_warning(desks) -> None:
    form = arrival(desks, a_product(desks), expires_on=desks.clock.today - timedelta(days=1))
    form.take("receive")
    assert [tr(text) for text in form.warnings] == [
        "Line 1: lot L1 of P-00001 光固化复合树脂 4g A2 Z1 expires 2026-11-19 and can't be sold."
    ]


def test_goods_in_offers_the_waiting_orders_it_can_fill_also_behind_many_that_it_can_not(desks) -> None:
    customer, product = a_customer(desks), a_product(desks)
    orders = [an_order(desks, customer, (product, 50)) for _number in range(21)] + [
        an_order(desks, customer, (product, 3))
    ]
    for order in orders:
        order.take("wait")
    goods = some_stock(desks, product, 10)
    ((title, facts),) = [(tr(title), facts) for title, facts in goods.insights() if facts]
    assert title == "Waiting orders that can be filled now"
    assert [fact.opens for fact in facts] == [("orders", orders[-1].id)]


def test_the_same_lot_on_two_lines_is_said_and_another_lot_is_not(desks) -> None:
    product = a_product(desks)
    form = new_form(desks["warehouse"], "goods_in", supplier_id=a_supplier(desks))
    for lot in ("L1", "L2", "L1"):
        line = form.add_line("lines")
        for name, value in {"product_id": product, "unit": "支", "quantity": 5, "lot_no": lot}.items():
            line.set(name, value)
    form.save()
    (said,) = (tr(warning) for warning in form.warnings)
    assert said.startswith("Line 3: ") and said.endswith("with lot L1 stands on line 1 already.")
