"""Ctrl+K in the real business: whatever is typed, something is found or nothing, and never is anything wrong."""

from typing import Any

import pytest
from makers import a_customer, a_product, an_order, moved_to, some_stock

from dentalsales.usecases import browse
from dentalsales.usecases.find_anything import everywhere
from dentalsales.usecases.form import open_form
from dentalsales.usecases.list_query import Query
from dentalsales.usecases.search import suggest

TYPED = ("1", "17851", "010", "shezhi", "settings", "ruikang", "rb", "L1", "张", "so-")


@pytest.mark.parametrize("login", ["manager", "warehouse", "finance"])
def test_any_letters_find_something_or_nothing(login: str, desks: Any) -> None:
    product = a_product(desks)
    some_stock(desks, product)
    moved_to(desks, an_order(desks, a_customer(desks), (product, 2)), "sent")
    for typed in TYPED:
        assert all(isinstance(hit.title, str) and hit.title for hit in everywhere(desks[login], typed)), typed


@pytest.mark.parametrize("typed", ["PDY20987", "pdy20987", "20987", "91110000", "京药监械经营许20240158号", "20240158"])
def test_a_customer_is_found_by_the_number_of_a_licence_everywhere(typed: str, desks: Any) -> None:
    """In the order's customer, in the list and with Ctrl+K; H11 of the habits."""
    a_customer(desks, "天津华齿商贸有限公司")
    customer = a_customer(desks, licence=False)
    form = open_form(desks["manager"], "customers", customer)
    for number in ("PDY20987", "91110000MA01KQ", "京药监械经营许20240158号"):
        line = form.add_line("licences")
        line.set("number", number)
    form.save()
    clerk = desks["clerk"]
    assert [one.id for one in suggest(clerk, "customer", typed)] == [customer]
    assert [row.id for row in browse.page(clerk, Query("customers", search=typed)).rows] == [customer]
    assert any("瑞康" in hit.title for hit in everywhere(clerk, typed))


@pytest.mark.parametrize("typed", ["国械注准20219990001", "20219990001"])
def test_a_product_is_found_by_its_registration(typed: str, desks: Any) -> None:
    a_product(desks, "手套", code="G1")
    product = a_product(desks, registration="国械注准20219990001")
    assert [one.id for one in suggest(desks["clerk"], "product", typed)] == [product]


def test_every_paper_is_found_by_its_number_first(desks: Any) -> None:
    """Whole, without its hyphens or by its end; also papers that are searched by more than the number."""
    product = a_product(desks)
    some_stock(desks, product)
    moved_to(desks, an_order(desks, a_customer(desks), (product, 2)), "sent")
    for register in ("orders", "receipts", "goods_in", "dispatch_notes"):
        form = open_form(desks["manager"], register, 1)
        number = form.number
        assert number
        for typed in (number, number.lower(), number.replace("-", "")):
            first = everywhere(desks["manager"], typed)[0]
            assert (first.register, first.record_id) == (register, 1), typed
        shown = browse.page(desks["manager"], Query(register, search=number)).rows
        assert [row.id for row in shown] == [1]


def test_the_palette_offers_nothing_that_can_not_be_opened(desks: Any) -> None:
    product = a_product(desks)
    some_stock(desks, product)
    moved_to(desks, an_order(desks, a_customer(desks), (product, 2)), "sent")
    assert not {hit.register for hit in everywhere(desks["manager"], "2026")} & {"movements", "ledger"}
