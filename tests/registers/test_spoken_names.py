"""Customers' wordings: one meaning for the words of a customer, deletable, because no paper names them."""

import pytest
from makers import a_customer, a_product, filled, saved

from dentalsales.blueprint.rules import NotAllowed, RuleBroken
from dentalsales.usecases import browse
from dentalsales.usecases.form import open_form

PERMISSIONS = {
    "spoken_names": {
        "view": "manager director assistant clerk service after_sales",
        "create": "manager clerk service after_sales",
        "edit": "manager clerk service after_sales",
        "export": "manager director assistant clerk service after_sales",
        "steps": {},
    },
}


def test_the_same_words_of_a_customer_mean_one_product(desks) -> None:
    customer, product = a_customer(desks), a_product(desks)
    saved(desks["clerk"], "spoken_names", customer_id=customer, said="老款手套 m", product_id=product)
    with pytest.raises(RuleBroken, match="known already"):
        saved(desks["clerk"], "spoken_names", customer_id=customer, said="老款手套 m", product_id=product)


def test_a_wording_is_deleted_by_those_who_enter_orders(desks) -> None:
    customer, product = a_customer(desks), a_product(desks)
    kept = saved(desks["clerk"], "spoken_names", customer_id=customer, said="蓝盒子", product_id=product)
    with pytest.raises(NotAllowed):
        open_form(desks["assistant"], "spoken_names", kept).delete()
    open_form(desks["clerk"], "spoken_names", kept).delete()
    assert browse.totals(desks["clerk"], browse.Query("spoken_names")).count == 0


def test_a_customer_is_still_never_deleted(desks) -> None:
    customer = open_form(desks["manager"], "customers", a_customer(desks))
    with pytest.raises(RuleBroken, match="draft"):
        customer.delete()


def test_it_is_found_by_the_words_and_by_the_customer(desks) -> None:
    product = a_product(desks)
    form = filled(desks["clerk"], "spoken_names", customer_id=a_customer(desks), said="蓝盒子", product_id=product)
    form.save()
    for text in ("蓝盒子", "lhz", "瑞康"):
        assert len(browse.page(desks["clerk"], browse.Query("spoken_names", search=text)).rows) == 1
