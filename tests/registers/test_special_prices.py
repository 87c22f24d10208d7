"""Special prices: three approve, in order, and then they are the order's price."""

from decimal import Decimal

import pytest
from makers import a_customer, a_product, filled

from dentalsales.blueprint.rules import NotAllowed, RuleBroken
from dentalsales.i18n import tr
from dentalsales.usecases.form import open_form

PERMISSIONS = {
    "special_prices": {
        "view": "manager director vp general_manager leader clerk assistant rep service audit finance",
        "create": "manager rep",
        "edit": "manager rep",
        "export": "manager director vp general_manager leader clerk assistant service audit finance",
        "steps": {
            "submit": "manager rep",
            "approve": "vp general_manager manager",
            "reject": "vp general_manager manager",
            "withdraw": "manager rep",
            "reopen": "manager rep",
            "void": "manager",
        },
    },
}


def test_vp_general_manager_and_manager_approve_in_this_order(desks) -> None:
    customer, product = a_customer(desks), a_product(desks)
    paper = filled(desks["rep"], "special_prices", customer_id=customer, reason="批量", valid_to=desks.clock.today)
    line = paper.add_line("lines")
    line.set("product_id", product)
    line.set("unit_price", Decimal("90.00"))
    assert line.get("list_price") == Decimal("120.0000")
    paper.take("submit")
    for role in ("vp", "general_manager", "manager"):
        for other in {"vp", "general_manager", "manager"} - {role}:
            with pytest.raises(NotAllowed):
                open_form(desks[other], "special_prices", paper.id).take("approve")
        assert open_form(desks["manager"], "special_prices", paper.id).state.name == "in_review"
        open_form(desks[role], "special_prices", paper.id).take("approve")
    approved = open_form(desks["manager"], "special_prices", paper.id)
    assert approved.state.name == "approved"
    signed = [tr(one.step_label) for one in approved.history()[:3]]
    assert signed == ["Approve: Sales manager", "Approve: General manager", "Approve: Sales VP"]


def test_a_refused_one_begins_its_route_again(desks) -> None:
    customer, product = a_customer(desks), a_product(desks)
    paper = filled(desks["rep"], "special_prices", customer_id=customer, reason="批量", valid_to=desks.clock.today)
    line = paper.add_line("lines")
    line.set("product_id", product)
    line.set("unit_price", Decimal("90.00"))
    paper.take("submit")
    open_form(desks["vp"], "special_prices", paper.id).take("approve")
    open_form(desks["general_manager"], "special_prices", paper.id).take("reject", note="太低")
    paper.reload()
    paper.take("submit")
    with pytest.raises(NotAllowed):
        open_form(desks["general_manager"], "special_prices", paper.id).take("approve")
    open_form(desks["vp"], "special_prices", paper.id).take("approve")


def a_submitted_one(desks, by: str):
    paper = filled(
        desks[by],
        "special_prices",
        customer_id=a_customer(desks),
        reason="批量",
        valid_to=desks.clock.today,
    )
    line = paper.add_line("lines")
    line.set("product_id", a_product(desks))
    line.set("unit_price", Decimal("90.00"))
    paper.take("submit")
    return paper


def test_one_person_who_holds_two_posts_of_the_route_approves_once(desks) -> None:
    both = desks.of_roles("both", "vp,general_manager")
    paper = a_submitted_one(desks, "rep")
    open_form(both, "special_prices", paper.id).take("approve")
    with pytest.raises(NotAllowed, match="somebody else does “Approve”"):
        open_form(both, "special_prices", paper.id).take("approve")
    open_form(desks["general_manager"], "special_prices", paper.id).take("approve")
    open_form(desks["manager"], "special_prices", paper.id).take("approve")
    assert open_form(desks["manager"], "special_prices", paper.id).state.name == "approved"


def test_whoever_entered_or_changed_one_does_not_approve_it(desks) -> None:
    both = desks.of_roles("both", "manager,vp")
    own = a_submitted_one(desks, "both")
    with pytest.raises(NotAllowed, match="somebody else does “Approve”"):
        open_form(both, "special_prices", own.id).take("approve")
    foreign = a_submitted_one(desks, "rep")
    open_form(desks["vp"], "special_prices", foreign.id).take("reject", note="太低")
    form = open_form(both, "special_prices", foreign.id)
    form.set("reason", "批量，季末")
    form.take("submit")
    with pytest.raises(NotAllowed, match="somebody else does “Approve”"):
        open_form(both, "special_prices", foreign.id).take("approve")
    assert open_form(desks["manager"], "special_prices", foreign.id).state.name == "in_review"


def test_a_special_price_of_nothing_or_of_the_past_is_not_submitted(desks) -> None:
    paper = a_submitted_one(desks, "rep")
    open_form(desks["vp"], "special_prices", paper.id).take("reject", note="x")
    paper.reload()
    paper.lines("lines")[0].set("unit_price", Decimal("0.00"))
    with pytest.raises(RuleBroken, match="“Special price” is at least ¥0.0001"):
        paper.take("submit")
    paper.lines("lines")[0].set("unit_price", Decimal("90.00"))
    desks.clock.pass_days(1)
    with pytest.raises(RuleBroken) as caught:
        paper.take("submit")
    assert (caught.value.field, tr(caught.value.text)) == ("valid_to", "These prices end before today.")


def test_a_product_has_one_special_price_on_a_paper(desks) -> None:
    """Ten at 100 and a hundred at 50 would be counted together, and all of them sold at 50."""
    paper = a_submitted_one(desks, "rep")
    open_form(desks["vp"], "special_prices", paper.id).take("reject", note="x")
    paper.reload()
    first, other = paper.lines("lines")[0], paper.add_line("lines")
    other.set("product_id", first.get("product_id"))
    other.set("unit_price", Decimal("50.00"))
    with pytest.raises(RuleBroken) as caught:
        paper.take("submit")
    assert caught.value.field == "lines.1.product_id"
