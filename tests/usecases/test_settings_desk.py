"""Settings: PS1 to PS16 with their defaults, changed by manager and director only, each with history."""

from decimal import Decimal

import pytest
from makers import a_customer, a_product, an_order, moved_to, some_stock

from dentalsales import settings
from dentalsales.blueprint.house_records import Employee, History
from dentalsales.blueprint.roles import ROLES
from dentalsales.blueprint.rules import NotAllowed, RuleBroken
from dentalsales.i18n import tr
from dentalsales.usecases import settings_desk
from dentalsales.usecases.form import open_form


def test_every_policy_number_is_a_setting() -> None:
    assert set(settings.policy_settings()) == {f"PS{number}" for number in range(1, 17)}


def test_defaults_are_those_of_the_policies(desk) -> None:
    values = {setting.key: value for setting, value in settings_desk.all(desk)}
    assert (values["reply_hours"], values["resolve_hours"], values["visit_lead_days"]) == (24, 48, 1)
    assert (values["fine_minimum"], values["fine_maximum"]) == (Decimal("20"), Decimal("100"))
    assert values["payment_gate"] is True and values["self_approval"] is False and values["commission_rate"] == 0


@pytest.mark.parametrize("role", [role.name for role in ROLES if role.name not in ("manager", "director")])
def test_nobody_else_sees_or_changes_settings(desks, role) -> None:
    for act in (lambda: settings_desk.all(desks[role]), lambda: settings_desk.change(desks[role], "reply_hours", 1)):
        with pytest.raises(NotAllowed):
            act()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("reply_hours", 0),
        ("reply_hours", "24"),
        ("commission_rate", Decimal("101")),
        ("growth_basis", "never"),
        ("contract_route", "manager,nobody"),
        ("payment_gate", 1),
    ],
)
def test_a_value_that_does_not_fit_is_refused(desk, key, value) -> None:
    with pytest.raises(RuleBroken, match="does not fit"):
        settings_desk.change(desk, key, value)


def test_a_route_names_each_role_once_and_only_those_that_can_do_it_and_says_which_nobody_holds(desks) -> None:
    desk, route = desks["manager"], settings.BY_KEY["contract_route"]
    with pytest.raises(RuleBroken, match="does not fit"):
        settings_desk.change(desk, "contract_route", "manager,audit,manager")
    with pytest.raises(RuleBroken, match="Warehouse and logistics: not possible in “Contract review route”"):
        settings_desk.change(desk, "contract_route", "manager,warehouse")
    assert settings_desk.nobody_holds(desk, route, "manager,audit") is None
    with desks.company.writing() as session:
        session.query(Employee).filter_by(login="audit").one().disabled = True
    assert tr(settings_desk.nobody_holds(desk, route, "manager,audit") or "") == (
        "Nobody holds: Audit. Papers would wait in vain."
    )


def test_a_change_stands_in_the_history_and_is_read_at_once(desks) -> None:
    settings_desk.change(desks["director"], "reply_hours", 12)
    assert desks["manager"].setting("reply_hours") == 12
    with desks.company.reading() as session:
        entry = session.query(History).filter_by(register="settings").one()
    assert (entry.note, entry.changes) == ("reply_hours", '{"reply_hours":["24","12"]}')


def test_without_the_payment_gate_a_prepaid_order_is_billed_unpaid(desks) -> None:
    customer, product = a_customer(desks), a_product(desks)
    some_stock(desks, product, 10)
    order = moved_to(desks, an_order(desks, customer, (product, 1)), "reviewed")
    settings_desk.change(desks["manager"], "payment_gate", False)
    open_form(desks["clerk"], "orders", order.id).take("bill")
    billed = open_form(desks["clerk"], "orders", order.id)
    assert (billed.state.name, billed.get("paid")) == ("billed", Decimal("0.00"))


def test_self_approval_is_a_setting(desks) -> None:
    customer, product = a_customer(desks), a_product(desks)
    some_stock(desks, product, 10)
    order = moved_to(desks, an_order(desks, customer, (product, 1)), "stock_confirmed")
    with pytest.raises(NotAllowed, match="somebody else does “Review order”"):
        open_form(desks["clerk"], "orders", order.id).take("review")
    settings_desk.change(desks["manager"], "self_approval", True)
    open_form(desks["clerk"], "orders", order.id).take("review")
    assert open_form(desks["clerk"], "orders", order.id).state.name == "reviewed"
