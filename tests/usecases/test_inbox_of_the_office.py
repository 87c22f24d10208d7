"""What waits for whom in the real business: everybody sees the work that he can do now, and only that."""

from decimal import Decimal
from typing import Any

from makers import a_customer, a_product, an_order, filled, moved_to, pay, some_stock

from dentalsales.i18n import tr
from dentalsales.usecases import settings_desk
from dentalsales.usecases.form import open_form
from dentalsales.usecases.inbox import waiting

ON_ACCOUNT = {"terms": "account", "terms_days": 30, "credit_limit": Decimal("1000")}


def work_of(desks: Any, login: str) -> list[tuple[str, str]]:
    """Number of the paper, and what is to be done with it."""
    return [(one.title, tr(one.step)) for one in waiting(desks[login]) if one.register.name == "orders"]


def test_a_reviewed_prepaid_order_waits_for_the_money_and_then_for_billing(desks: Any) -> None:
    product = a_product(desks)
    some_stock(desks, product)
    order = moved_to(desks, an_order(desks, a_customer(desks), (product, 2)), "reviewed")
    number = order.get("number")
    assert work_of(desks, "finance") == [(number, "Enter receipt")]
    assert work_of(desks, "clerk") == []
    pay(desks, order.id)
    assert work_of(desks, "finance") == []
    assert work_of(desks, "clerk") == [(number, "Bill")]


def test_a_paper_does_not_wait_for_who_submitted_or_changed_it_since_he_may_not_approve_it(desks: Any) -> None:
    """PS14: what Today lists can be done; the paper was entered by somebody else."""
    day = desks["marketing"].today
    form = filled(desks["marketing"], "market_activities", title="x", starts_on=day, ends_on=day, budget=Decimal("1"))
    form.save()
    desks.of_roles("both", "marketing,manager")
    desks.of_roles("both2", "marketing,manager")
    open_form(desks["both"], "market_activities", form.id).take("submit")

    def waits_for() -> list[str]:
        listed = {login: [one.record_id for one in waiting(desks[login]) if one.register.name == "market_activities"]
                  for login in ("both", "both2", "manager")}  # fmt: skip
        return [login for login, found in listed.items() if form.id in found]

    assert waits_for() == ["both2", "manager"]
    open_form(desks["manager"], "market_activities", form.id).take("reject", "too much")
    changed = open_form(desks["both2"], "market_activities", form.id)
    changed.set("budget", Decimal("2"))
    changed.save()
    open_form(desks["marketing"], "market_activities", form.id).take("submit")
    assert waits_for() == ["both", "manager"]


def test_what_comes_back_to_somebody_who_left_waits_for_his_colleagues(desks: Any) -> None:
    """Nobody stands in for him: else the rejected paper would wait for nobody."""
    day = desks["marketing"].today
    form = filled(desks["marketing"], "market_activities", title="x", starts_on=day, ends_on=day, budget=Decimal("1"))
    form.take("submit")
    open_form(desks["manager"], "market_activities", form.id).take("reject", "too much")
    assert [one.step_name for one in waiting(desks["assistant"])] == []
    left = open_form(desks["manager"], "employees", desks["marketing"].employee_id)
    left.set("disabled", True)
    left.save()
    assert [(one.record_id, one.step_name) for one in waiting(desks["assistant"])] == [(form.id, "submit")]


def test_a_billed_order_waits_for_the_warehouse(desks: Any) -> None:
    product = a_product(desks)
    some_stock(desks, product)
    order = moved_to(desks, an_order(desks, a_customer(desks), (product, 2)), "billed")
    assert work_of(desks, "warehouse") == [(order.get("number"), "Dispatch goods")]
    moved_to(desks, order, "sent")
    assert work_of(desks, "warehouse") == []


def test_an_order_over_its_credit_waits_for_the_manager_until_it_is_released(desks: Any) -> None:
    product = a_product(desks)
    some_stock(desks, product)
    customer = a_customer(desks, **ON_ACCOUNT)
    small = moved_to(desks, an_order(desks, customer, (product, 2)), "reviewed")
    large = moved_to(desks, an_order(desks, customer, (product, 20)), "reviewed")
    assert work_of(desks, "clerk") == [(small.get("number"), "Bill")]
    assert work_of(desks, "manager") == [(large.get("number"), "Release")]
    open_form(desks["manager"], "orders", large.id).take("release_credit", "long-standing customer")
    assert work_of(desks, "manager") == []
    assert {number for number, _step in work_of(desks, "clerk")} == {small.get("number"), large.get("number")}


def test_an_order_of_gifts_alone_needs_no_money_and_waits_for_billing(desks: Any) -> None:
    """Nothing can be paid on it: finance would be refused, and nobody would bill it."""
    product = a_product(desks)
    some_stock(desks, product)
    form = an_order(desks, a_customer(desks), (product, 2), save=False)
    line = form.lines("lines")[0]
    line.set("is_gift", True)
    line.set("remarks", "展会赠品")
    form.save()
    order = moved_to(desks, form, "reviewed")
    assert work_of(desks, "finance") == []
    assert work_of(desks, "clerk") == [(order.get("number"), "Bill")]
    open_form(desks["clerk"], "orders", order.id).take("bill")


def test_without_the_payment_gate_a_prepaid_order_waits_for_billing_at_once(desks: Any) -> None:
    product = a_product(desks)
    some_stock(desks, product)
    settings_desk.change(desks["manager"], "payment_gate", False)
    order = moved_to(desks, an_order(desks, a_customer(desks), (product, 2)), "reviewed")
    assert work_of(desks, "clerk") == [(order.get("number"), "Bill")]
