"""What is masked for a role can't be found out by trying: nothing it types, sorts or filters by looks there."""

from typing import Any

import pytest
from makers import a_customer, a_product, an_order

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.blueprint.table import Filter
from dentalsales.usecases import browse, find_anything, list_groups, search
from dentalsales.usecases.browse import Query
from dentalsales.usecases.form import new_form, open_form
from dentalsales.usecases.linked_index import FREE, LinkedIndex
from dentalsales.usecases.list_look import ViewContent
from dentalsales.usecases.list_views import keep_view
from dentalsales.usecases.search_memory import make_ready

DIGITS = ("13987654321", "98765", "4321", "139")


@pytest.fixture
def office(desks: Any) -> Any:
    """Two customers who differ in their phones alone, and an order of each."""
    product = a_product(desks)
    for phone in ("13987654321", "18611112222"):
        customer = a_customer(desks, "安贞口腔")
        form = open_form(desks["manager"], "customers", customer)
        form.set("phone", phone)
        form.save()
        an_order(desks, customer, (product, 1))
    return desks


def found(desk: Any, typed: str) -> list[Any]:
    """Everything that these letters lead to, wherever they are typed."""
    link = Query("orders", filters=(Filter("customer_id", "has", typed),))
    return [
        browse.page(desk, Query("customers", search=typed)).rows,
        browse.page(desk, Query("orders", search=typed)).rows,
        browse.page(desk, link).rows,
        search.suggest(desk, "customer", typed),
        find_anything.everywhere(desk, typed),
    ]


def test_digits_of_a_masked_phone_lead_nowhere_and_whoever_sees_it_finds_the_customer(office: Any) -> None:
    finance, clerk = office["finance"], office["clerk"]
    for held in (False, True):  # asked in the database, and found in memory
        for typed in DIGITS:
            if held:
                make_ready(clerk, "customer")
            assert not any(found(finance, typed)), typed
            mine = found(clerk, typed)
            assert all(len(one) == 1 for one in mine[:4]), (typed, mine)
            assert found(finance, "安贞")[3] and found(finance, "azkq")[0]
    lines = LinkedIndex(
        finance, new_form(finance, "receipts"), office.business.register("receipts").record, "customer_id"
    )
    assert all(lines.find({FREE: typed}).id is None and not lines.find({FREE: typed}).choices for typed in DIGITS)


def test_a_masked_phone_neither_sorts_nor_filters_nor_groups_also_from_a_view_that_somebody_shared(office: Any) -> None:
    finance, manager = office["finance"], office["manager"]
    usual = [row.id for row in browse.page(finance, Query("customers")).rows]
    for order in ("phone", "-phone"):
        assert [row.id for row in browse.page(finance, Query("customers", order=order)).rows] == usual
    up, down = (
        [row.id for row in browse.page(manager, Query("customers", order=one)).rows] for one in ("phone", "-phone")
    )
    assert up == down[::-1] != down
    by_customer = Query("orders", columns=("customer_id.phone",), order="customer_id.phone,-id")
    assert len(browse.page(finance, by_customer).rows) == 2
    filters = (Filter("phone", "has", "139"),)
    keep_view(manager, "customers", "139", ViewContent(filters=filters), True)
    for query in (Query("customers", filters=filters), Query("customers", group="phone")):
        with pytest.raises(RuleBroken, match="can't be filtered"):
            list_groups.groups(finance, query) if query.group else browse.page(finance, query)
