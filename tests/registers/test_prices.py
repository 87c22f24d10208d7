"""The price list: one price on any day, with its history."""

from datetime import timedelta
from decimal import Decimal

import pytest
from makers import a_price, a_product

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.registers.prices import Price, list_price
from dentalsales.registers.products import Product
from dentalsales.usecases.form import open_form

PERMISSIONS = {
    "prices": {
        "view": (
            "manager director vp general_manager leader clerk assistant rep service service_manager "
            "after_sales contract_admin audit finance"
        ),
        "create": "manager",
        "edit": "manager",
        "export": (
            "manager director vp general_manager leader clerk assistant rep service service_manager "
            "after_sales contract_admin audit finance"
        ),
    },
}


def test_a_later_price_ends_the_one_before_and_both_stay(desks, clock) -> None:
    product = a_product(desks, price="100.00")
    clock.pass_days(10)
    a_price(desks, product, "110.00", valid_from=clock.today)
    with desks.company.reading() as session:
        rows = session.query(Price.unit_price, Price.valid_to).order_by(Price.id).all()
    assert rows == [(Decimal("100.0000"), clock.today - timedelta(days=1)), (Decimal("110.0000"), None)]


def test_two_prices_never_hold_on_one_day(desks, clock) -> None:
    product = a_product(desks, price=None)
    a_price(desks, product, "100.00", valid_from=clock.today + timedelta(days=5))
    with pytest.raises(RuleBroken, match="Another price holds from"):
        a_price(desks, product, "90.00")
    a_price(desks, product, "90.00", valid_to=clock.today + timedelta(days=4))


def test_a_price_in_force_keeps_its_amount(desks, clock) -> None:
    product = a_product(desks, price="100.00")
    clock.pass_days(1)
    with desks.company.reading() as session:
        price = session.query(Price.id).scalar()
    form = open_form(desks["manager"], "prices", price)
    form.set("unit_price", Decimal("1.00"))
    with pytest.raises(RuleBroken, match="Enter a new price from today instead"):
        form.save()
    assert product


def test_a_box_without_price_of_its_own_costs_what_its_pieces_cost(desks) -> None:
    product = a_product(desks, price="12.3456")
    with desks["clerk"].reading() as act:
        found = act.session.get(Product, product)
        assert list_price(act, found, "list", "盒", act.today) == Decimal("123.4560")
        assert list_price(act, found, "a", "支", act.today) is None


def test_a_price_is_for_a_unit_the_product_is_sold_in(desks) -> None:
    product = a_product(desks, price=None)
    with pytest.raises(RuleBroken, match="is not sold by “箱”. Choose 支 / 盒"):
        a_price(desks, product, "1.00", unit="箱")


def test_what_costs_nothing_is_a_gift_and_no_price(desks) -> None:
    product = a_product(desks, price=None)
    with pytest.raises(RuleBroken, match="“Unit price” is at least ¥0.0001"):
        a_price(desks, product, "0.00")
    assert a_price(desks, product, "0.0001")
