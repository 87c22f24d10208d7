"""Saved views: whose they are, and who may share and change them."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from toy_lists import sign_in

from dentalsales.blueprint.rules import NotAllowed, RuleBroken
from dentalsales.blueprint.table import Filter
from dentalsales.storage.company import Company
from dentalsales.usecases import list_views
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.list_look import ListLook, ViewContent, look_as_plain, look_of_plain

CONTENT = ViewContent(
    "kang",
    (
        Filter("ordered_on", "<=", "today-60"),
        Filter("amount", ">", Decimal("100.00")),
        Filter("state", "in", ("open", "done")),
        Filter("due_on", "=", date(2026, 12, 1)),
    ),
    ListLook(("number", "amount"), {"amount": 131}, "-amount,number", "state", 2),
)


@pytest.fixture
def company(new_company: Any) -> Iterator[Company]:
    company = new_company()
    yield company
    company.close()


@pytest.fixture
def manager(company: Company) -> Desk:
    return sign_in(company, "mona", "manager")


@pytest.fixture
def clerk(company: Company) -> Desk:
    return sign_in(company, "carl", "clerk")


def names(desk: Desk) -> list[str]:
    return [view.name for view in list_views.saved_views(desk, "orders")]


def test_a_view_keeps_filters_columns_widths_order_and_groups(clerk: Desk):
    list_views.keep_view(clerk, "orders", "  Waiting   long ", CONTENT)
    (view,) = list_views.saved_views(clerk, "orders")
    assert (view.name, view.shared, view.may_change) == ("Waiting long", False, True)
    assert view.content.look == CONTENT.look and view.content.search == "kang"
    assert [(one.name, one.operator, one.value) for one in view.content.filters] == [
        ("ordered_on", "<=", "today-60"),
        ("amount", ">", "100.00"),
        ("state", "in", ("open", "done")),
        ("due_on", "=", "2026-12-01"),
    ]


def test_own_views_come_first_and_others_see_only_what_is_shared(manager: Desk, clerk: Desk):
    list_views.keep_view(manager, "orders", "Mine alone", CONTENT)
    list_views.keep_view(manager, "orders", "For all", CONTENT, shared=True)
    list_views.keep_view(clerk, "orders", "Carl's", CONTENT)
    assert names(manager) == ["Mine alone", "For all"]
    assert names(clerk) == ["Carl's", "For all"]


def test_sharing_is_for_those_who_manage(clerk: Desk):
    with pytest.raises(NotAllowed, match="shared by the sales manager"):
        list_views.keep_view(clerk, "orders", "For all", CONTENT, shared=True)
    own = list_views.keep_view(clerk, "orders", "Own", CONTENT)
    with pytest.raises(NotAllowed, match="shared by the sales manager"):
        list_views.change_view(clerk, own.id, shared=True)


def test_a_shared_view_is_changed_by_its_maker_or_a_manager_only(company: Company, manager: Desk, clerk: Desk):
    shared = list_views.keep_view(manager, "orders", "For all", CONTENT, shared=True)
    (seen,) = list_views.saved_views(clerk, "orders")
    assert not seen.may_change
    for act in (
        lambda: list_views.change_view(clerk, shared.id, name="Other"),
        lambda: list_views.delete_view(clerk, shared.id),
    ):
        with pytest.raises(NotAllowed, match="changed by who made it"):
            act()
    second = sign_in(company, "mike", "manager")
    assert list_views.change_view(second, shared.id, name="Everybody's").name == "Everybody's"
    list_views.delete_view(second, shared.id)
    assert names(manager) == []


def test_nobody_else_reaches_a_view_that_is_not_shared(company: Company, manager: Desk, clerk: Desk):
    own = list_views.keep_view(clerk, "orders", "Own", CONTENT)
    with pytest.raises(NotAllowed):
        list_views.change_view(manager, own.id, content=CONTENT)


def test_a_name_is_given_once_and_is_not_empty(clerk: Desk):
    kept = list_views.keep_view(clerk, "orders", "Own", CONTENT)
    list_views.keep_view(clerk, "clinics", "Own", ViewContent())
    for name, problem in (("Own", "already"), ("  ", "Enter a name"), ("x" * 61, "60 characters")):
        with pytest.raises(RuleBroken, match=problem):
            list_views.keep_view(clerk, "orders", name, CONTENT)
    assert list_views.change_view(clerk, kept.id, name="Own").name == "Own"


def test_a_shared_view_that_asks_for_what_the_roles_may_not_see_is_not_offered(manager: Desk, clerk: Desk):
    rich = ViewContent(filters=(Filter("margin", ">", "1"),))
    list_views.keep_view(manager, "clinics", "Rich", rich, shared=True)
    assert [view.name for view in list_views.saved_views(manager, "clinics")] == ["Rich"]
    assert list_views.saved_views(clerk, "clinics") == []


def test_a_look_is_kept_in_values_that_json_can_write():
    assert look_of_plain(json.loads(json.dumps(look_as_plain(CONTENT.look)))) == CONTENT.look
    assert look_of_plain({}) == ListLook()


def test_without_the_right_to_see_a_register_there_are_no_views_of_it(company: Company):
    desk = sign_in(company, "quinn", "quality")
    for act in (
        lambda: list_views.saved_views(desk, "orders"),
        lambda: list_views.keep_view(desk, "orders", "Own", CONTENT),
    ):
        with pytest.raises(NotAllowed):
            act()
