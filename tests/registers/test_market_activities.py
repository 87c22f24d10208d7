"""Market activities: planned with a budget, approved, and never ending before they start."""

from datetime import timedelta
from decimal import Decimal

import pytest
from makers import filled

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.usecases.form import open_form

PERMISSIONS = {
    "market_activities": {
        "view": "manager director vp general_manager leader assistant rep marketing",
        "create": "manager assistant rep marketing",
        "edit": "manager assistant rep marketing",
        "export": "manager director vp general_manager leader assistant rep marketing",
        "steps": {
            "submit": "manager assistant rep marketing",
            "approve": "manager",
            "reject": "manager",
            "withdraw": "manager assistant rep marketing",
            "reopen": "manager assistant rep marketing",
            "void": "manager",
        },
    },
}


def planned(desks, **values):
    today = desks.clock.today
    words = {
        "title": "口腔展",
        "starts_on": today,
        "ends_on": today + timedelta(days=2),
        "budget": Decimal("8000.00"),
        **values,
    }
    return filled(desks["marketing"], "market_activities", **words)


def test_an_activity_does_not_end_before_it_starts(desks) -> None:
    form = planned(desks, ends_on=desks.clock.today - timedelta(days=1))
    with pytest.raises(RuleBroken, match="ends before it starts") as caught:
        form.save()
    assert caught.value.field == "ends_on"


def test_without_a_budget_it_is_not_submitted(desks) -> None:
    with pytest.raises(RuleBroken, match="Enter a budget before you submit"):
        planned(desks, budget=Decimal("0.00")).take("submit")


def test_the_manager_approves_it_and_the_number_is_of_the_year(desks) -> None:
    form = planned(desks)
    form.take("submit")
    assert form.number == "MA-2026-0001"
    open_form(desks["manager"], "market_activities", form.id).take("approve")
    assert open_form(desks["marketing"], "market_activities", form.id).state.name == "approved"
