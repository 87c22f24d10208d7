"""Orders: every state refused to the wrong role and at the wrong moment, and the rules that are easily got wrong."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from makers import CONSENT, a_customer, a_price, a_product, an_order, dispatch, filled, moved_to, pay, some_stock

from dentalsales.blueprint.roles import ROLES
from dentalsales.blueprint.rules import NotAllowed, RuleBroken
from dentalsales.i18n import tr
from dentalsales.registers.orders import ORDERS
from dentalsales.usecases.check_company import check
from dentalsales.usecases.form import form_from, new_form, open_form

PERMISSIONS = {
    "orders": {
        "view": (
            "manager director vp general_manager leader clerk assistant rep service service_manager "
            "after_sales contract_admin finance warehouse"
        ),
        "create": "clerk service after_sales",
        "edit": "clerk service after_sales",
        "export": "manager director clerk assistant rep service service_manager finance",
        "steps": {
            "confirm_stock": "clerk service after_sales",
            "wait": "clerk service after_sales",
            "review": "manager clerk service",
            "release_credit": "manager",
            "bill": "clerk",
            "close": "clerk service",
            "reopen": "manager clerk service",
            "reverse": "manager",
            "reverse_rest": "manager",
            "void": "manager",
        },
    },
}

STEPS = [step for step in ORDERS.workflow.steps if not step.by_program]
REACHED = {"entered", "stock_confirmed", "reviewed", "paid", "billed", "part_sent", "sent", "delivered", "closed"}


@pytest.fixture
def trade(desks):
    """A prepaying clinic, a resin with 100 in stock."""
    customer, product = a_customer(desks), a_product(desks)
    some_stock(desks, product, 100)
    return customer, product


def refusal(act) -> str:
    with pytest.raises(RuleBroken) as caught:
        act()
    return tr(caught.value.text)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_every_step_is_refused_to_the_wrong_role_in_one_sentence(step, desks) -> None:
    stranger = next(role.name for role in ROLES if role.name not in step.roles)
    order = ORDERS.record(state=step.sources[0], entered_by_id=0, number="SO-1")
    from dentalsales.usecases.take_step import demand_step

    with desks[stranger].reading() as act:
        said = refusal(lambda: demand_step(act, ORDERS, order, step))
    assert said.startswith(f"“{step.label}” is done by: ") and said.endswith(".")


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_every_step_is_refused_at_the_wrong_moment_in_one_sentence(step, desks) -> None:
    wrong = next(state.name for state in ORDERS.workflow.states if state.name not in step.sources)
    order = ORDERS.record(state=wrong, entered_by_id=0, number="SO-1")
    from dentalsales.usecases.take_step import demand_step

    with desks[sorted(step.roles)[0]].reading() as act:
        said = refusal(lambda: demand_step(act, ORDERS, order, step))
    assert re.fullmatch(rf"“{step.label}” is not possible now: SO-1 is in state “.+”\.", said)


def test_an_order_cannot_be_billed_before_finance_confirmed_the_money(desks, trade) -> None:
    customer, product = trade
    order = moved_to(desks, an_order(desks, customer, (product, 2)), "reviewed")
    said = refusal(lambda: open_form(desks["clerk"], "orders", order.id).take("bill"))
    assert said == "SO-20261120-001 is not paid: ¥240.00 of ¥240.00 missing. Waits for Finance to confirm a receipt."
    pay(desks, order.id)
    open_form(desks["clerk"], "orders", order.id).take("bill")


def test_the_gate_counts_only_money_reserved_for_this_order(desks, trade) -> None:
    customer, product = trade
    first = moved_to(desks, an_order(desks, customer, (product, 2)), "reviewed")
    second = moved_to(desks, an_order(desks, customer, (product, 2)), "reviewed")
    pay(desks, first.id)
    assert "is not paid" in refusal(lambda: open_form(desks["clerk"], "orders", second.id).take("bill"))


def test_half_the_money_does_not_open_the_gate(desks, trade) -> None:
    customer, product = trade
    order = moved_to(desks, an_order(desks, customer, (product, 2)), "reviewed")
    pay(desks, order.id, "100.00")
    assert open_form(desks["clerk"], "orders", order.id).state.name == "reviewed"
    assert "¥140.00 of ¥240.00 missing" in refusal(lambda: open_form(desks["clerk"], "orders", order.id).take("bill"))


def test_whoever_entered_an_order_does_not_review_it(desks, trade) -> None:
    customer, product = trade
    order = moved_to(desks, an_order(desks, customer, (product, 2)), "stock_confirmed")
    said = refusal(lambda: open_form(desks["clerk"], "orders", order.id).take("review"))
    assert said == "You entered, changed or approved SO-20261120-001; somebody else does “Review order”."
    open_form(desks["clerk2"], "orders", order.id).take("review")


def test_a_clerk_cannot_change_a_price(desks, trade) -> None:
    customer, product = trade
    order = an_order(desks, customer, (product, 1))
    line = order.lines("lines")[0]
    with pytest.raises(NotAllowed):
        line.set("unit_price", Decimal("1.00"))
    line.record.unit_price = Decimal("1.00")
    order.record.remarks = "smuggled"
    order.save()
    assert open_form(desks["clerk"], "orders", order.id).lines("lines")[0].get("unit_price") == Decimal("120.0000")


def test_a_price_smuggled_into_a_new_order_is_not_kept(desks, trade) -> None:
    customer, product = trade
    order = an_order(desks, customer, (product, 2), save=False)
    order.lines("lines")[0].record.unit_price = Decimal("1.00")
    order.record.terms = "account"
    order.save()
    kept = open_form(desks["clerk"], "orders", order.id)
    assert kept.lines("lines")[0].get("unit_price") == Decimal("120.0000") and kept.get("total") == Decimal("240.00")
    assert kept.get("terms") == "prepay"


def test_the_price_comes_from_special_price_then_level_then_list(desks, trade) -> None:
    customer, product = trade
    assert price_and_source(desks, customer, product) == (Decimal("120.0000"), "list")
    a_price(desks, product, "110.00", level="a")
    level = open_form(desks["manager"], "customers", customer)
    level.set("price_level", "a")
    level.save()
    assert price_and_source(desks, customer, product) == (Decimal("110.0000"), "level")
    paper = filled(
        desks["manager"], "special_prices", customer_id=customer, reason="年度合作", valid_to=desks.clock.today
    )
    line = paper.add_line("lines")
    line.set("product_id", product)
    line.set("unit_price", Decimal("99.00"))
    paper.take("submit")
    assert price_and_source(desks, customer, product)[1] == "level"
    for role in ("vp", "general_manager"):
        open_form(desks[role], "special_prices", paper.id).take("approve")
    assert price_and_source(desks, customer, product)[1] == "level"
    assert "You entered" in refusal(lambda: open_form(desks["manager"], "special_prices", paper.id).take("approve"))


def price_and_source(desks, customer: int, product: int) -> tuple[Decimal, str]:
    line = an_order(desks, customer, (product, 1), save=False).lines("lines")[0]
    return line.get("unit_price"), line.get("price_source")


def test_a_special_price_ends_with_its_last_day(desks, trade, clock) -> None:
    customer, product = trade
    words = {"customer_id": customer, "reason": "r", "valid_from": clock.today, "valid_to": clock.today}
    paper = filled(desks["rep"], "special_prices", **words)
    line = paper.add_line("lines")
    line.set("product_id", product)
    line.set("unit_price", Decimal("99"))
    paper.take("submit")
    for role in ("vp", "general_manager", "manager"):
        open_form(desks[role], "special_prices", paper.id).take("approve")
    assert price_and_source(desks, customer, product) == (Decimal("99.0000"), "special")
    clock.pass_days(1)
    assert price_and_source(desks, customer, product) == (Decimal("120.0000"), "list")


def test_the_last_price_is_shown_and_never_taken(desks, trade) -> None:
    customer, product = trade
    moved_to(desks, an_order(desks, customer, (product, 1)), "billed")
    a_price_from_tomorrow(desks, product)
    order = an_order(desks, customer, (product, 1), save=False)
    facts = dict((str(title), facts) for title, facts in order.insights(0))
    assert any("120.00" in tr(fact.value) for fact in facts["Price"] if isinstance(fact.value, str))
    assert order.lines("lines")[0].get("unit_price") == Decimal("130.0000")


def a_price_from_tomorrow(desks, product: int) -> None:
    desks.clock.pass_days(1)
    a_price(desks, product, "130.00", valid_from=desks.clock.today)


def test_a_gift_costs_nothing_needs_a_reason_and_the_reviewer_hears_of_it(desks, trade) -> None:
    customer, product = trade
    order = an_order(desks, customer, (product, 2), (product, 1), save=False)
    gift = order.lines("lines")[1]
    gift.set("is_gift", True)
    assert gift.get("amount") == Decimal("0.00") and order.get("total") == Decimal("240.00")
    assert refusal(order.save) == "Line 2: Enter the reason of the gift in the notes."
    gift.set("remarks", "开业赠送")
    order.take("confirm_stock", asked=CONSENT)
    reviewed = open_form(desks["manager"], "orders", order.id)
    reviewed.take("review")
    assert [tr(text) for text in reviewed.warnings] == ["Line 2 is a gift: 开业赠送"]


def test_a_product_without_price_stops_the_order_with_the_way_out(desks, trade) -> None:
    customer, _product = trade
    bare = a_product(desks, "无价产品", price=None, code="X")
    order = an_order(desks, customer, (bare, 1), save=False)
    assert refusal(order.save) == (
        "Line 1: This product has no price. Ask the sales manager to enter one in the price list."
    )


def test_the_last_box_is_never_promised_twice(desks, trade) -> None:
    customer, product = trade
    moved_to(desks, an_order(desks, customer, (product, 95)), "stock_confirmed")
    second = an_order(desks, customer, (product, 10))
    said = refusal(lambda: second.take("confirm_stock", asked=CONSENT))
    assert "is short: 10 支 needed, 5 available" in said and "waiting list" in said
    second.take("wait")
    assert second.state.name == "waiting" and second.number


def test_goods_in_offers_the_waiting_orders_it_can_fill(desks, trade) -> None:
    customer, product = trade
    waiting = an_order(desks, customer, (product, 150))
    waiting.take("wait")
    goods = some_stock(desks, product, 80, lot="L2")
    titles = {str(title): facts for title, facts in goods.insights()}
    assert [fact.opens for fact in titles["Waiting orders that can be filled now"]] == [("orders", waiting.id)]
    open_form(desks["clerk"], "orders", waiting.id).take("confirm_stock", asked=CONSENT)


def test_changed_lines_need_a_new_check_consent_and_review(desks, trade) -> None:
    customer, product = trade
    order = moved_to(desks, an_order(desks, customer, (product, 60)), "reviewed")
    clerk = open_form(desks["clerk"], "orders", order.id)
    with pytest.raises(NotAllowed):
        clerk.set("requirement", "too late")
    clerk.take("reopen", note="客户改数量")
    assert clerk.state.name == "entered" and clerk.get("consent_by") == "" and clerk.number == order.number
    with pytest.raises(RuleBroken, match="has its number already"):
        clerk.delete()
    clerk.lines("lines")[0].set("quantity", 90)
    clerk.take("confirm_stock", asked=CONSENT)
    assert clerk.state.name == "stock_confirmed"
    assert check(desks.company) == []


def test_void_gives_stock_and_money_back(desks, trade) -> None:
    customer, product = trade
    order = moved_to(desks, an_order(desks, customer, (product, 10)), "paid")
    manager = open_form(desks["manager"], "orders", order.id)
    assert refusal(lambda: manager.take("void")) == "Enter a reason for “Void order”."
    manager.take("void", note="客户取消")
    assert manager.state.name == "void" and manager.number == order.number
    assert [tr(text) for text in manager.warnings] == [
        "¥1,200.00 of the customer's money is free again and kept as advance."
    ]
    facts = {
        str(fact.label): fact.value
        for _t, facts in open_form(desks["manager"], "customers", customer).insights()
        for fact in facts
    }
    assert facts["Advance"] == Decimal("1200.00")
    assert check(desks.company) == []


def test_a_billed_order_is_corrected_by_a_red_entry_and_never_edited(desks, trade) -> None:
    customer, product = trade
    order = moved_to(desks, an_order(desks, customer, (product, 10)), "billed")
    assert not open_form(desks["clerk"], "orders", order.id).editable
    assert "is not possible now" in refusal(
        lambda: open_form(desks["manager"], "orders", order.id).take("void", note="x")
    )
    red = open_form(desks["manager"], "orders", order.id)
    red.take("reverse", note="开错客户")
    assert red.state.name == "reversed"
    assert open_form(desks["manager"], "customers", customer).get("purchases_total") == Decimal("0.00")
    assert check(desks.company) == []


def test_the_rest_of_a_part_sent_order_can_be_taken_back(desks, trade) -> None:
    customer, product = trade
    order = moved_to(desks, an_order(desks, customer, (product, 10)), "billed")
    dispatch(desks, order.id, 4)
    open_form(desks["manager"], "orders", order.id).take("reverse_rest", note="客户不要了")
    assert open_form(desks["manager"], "customers", customer).get("purchases_total") == Decimal("480.00")
    assert check(desks.company) == []


@pytest.fixture
def on_account(desks):
    customer = a_customer(desks, terms="account", terms_days=30, credit_limit=Decimal("1000.00"))
    product = a_product(desks)
    some_stock(desks, product, 500)
    return customer, product


def test_within_the_limit_an_account_customer_is_billed_without_money(desks, on_account) -> None:
    customer, product = on_account
    order = moved_to(desks, an_order(desks, customer, (product, 8)), "billed")
    from dentalsales.registers.receivables import Receivable

    with desks.company.reading() as session:
        debt = session.query(Receivable).filter_by(order_id=order.id).one()
    assert (debt.amount, (debt.due_on - debt.on).days) == (Decimal("960.00"), 30)
    assert debt.responsible_id == order.get("rep_id")


def test_over_the_limit_only_the_manager_releases_that_one_order(desks, on_account) -> None:
    customer, product = on_account
    order = moved_to(desks, an_order(desks, customer, (product, 9)), "reviewed")
    said = refusal(lambda: open_form(desks["clerk"], "orders", order.id).take("bill"))
    assert "passes the limit of ¥1,000.00" in said and "releases this order" in said
    with pytest.raises(NotAllowed):
        open_form(desks["clerk"], "orders", order.id).take("release_credit", note="please")
    open_form(desks["manager"], "orders", order.id).take("release_credit", note="老客户")
    open_form(desks["clerk"], "orders", order.id).take("bill")
    second = moved_to(desks, an_order(desks, customer, (product, 1)), "reviewed")
    assert "passes the limit" in refusal(lambda: open_form(desks["clerk"], "orders", second.id).take("bill"))


def test_overdue_debts_stop_the_next_order(desks, on_account, clock) -> None:
    customer, product = on_account
    moved_to(desks, an_order(desks, customer, (product, 1)), "billed")
    clock.pass_days(31)
    order = moved_to(desks, an_order(desks, customer, (product, 1)), "reviewed")
    assert "owes ¥120.00 past the due date" in refusal(
        lambda: open_form(desks["clerk"], "orders", order.id).take("bill")
    )


def test_changed_terms_wait_for_finance(desks, on_account) -> None:
    customer, product = on_account
    terms = open_form(desks["manager"], "customers", customer)
    terms.set("credit_limit", Decimal("5000.00"))
    terms.save()
    order = moved_to(desks, an_order(desks, customer, (product, 1)), "reviewed")
    assert "wait for Finance to confirm" in refusal(lambda: open_form(desks["clerk"], "orders", order.id).take("bill"))
    open_form(desks["finance"], "customers", customer).take("confirm_terms")
    open_form(desks["clerk"], "orders", order.id).take("bill")


def test_a_customer_made_inside_an_order_waits_for_the_managers_review(desks, on_account) -> None:
    _customer, product = on_account
    new = (
        filled(desks["clerk"], "customers", name="新开诊所", contact="李医生", phone="13800000009", address="北京")
        .save()
        .record_id
    )
    order = an_order(desks, new, (product, 1))
    order.take("confirm_stock", asked=CONSENT)
    open_form(desks["manager"], "orders", order.id).take("review")
    pay(desks, order.id)
    assert "is a new customer" in refusal(lambda: open_form(desks["clerk"], "orders", order.id).take("bill"))
    open_form(desks["manager"], "customers", new).take("review")
    open_form(desks["clerk"], "orders", order.id).take("bill")


def test_terms_stay_those_of_the_day_the_order_was_submitted(desks, on_account) -> None:
    customer, product = on_account
    order = moved_to(desks, an_order(desks, customer, (product, 1)), "reviewed")
    terms = open_form(desks["manager"], "customers", customer)
    terms.set("terms", "prepay")
    terms.save()
    assert open_form(desks["clerk"], "orders", order.id).get("terms") == "account"


def test_a_box_on_one_line_and_single_pieces_on_another(desks, trade) -> None:
    customer, product = trade
    order = an_order(desks, customer, (product, 2), (product, 3), save=False)
    order.lines("lines")[0].set("unit", "盒")
    assert [line.get("unit_price") for line in order.lines("lines")] == [Decimal("1200.0000"), Decimal("120.0000")]
    order.take("confirm_stock", asked=CONSENT)
    from dentalsales.registers.stock import StockLevel

    with desks.company.reading() as session:
        assert session.query(StockLevel.reserved).filter_by(product_id=product).scalar() == 23


def test_a_salesperson_sees_only_orders_of_own_customers(desks, trade) -> None:
    customer, product = trade
    order = an_order(desks, customer, (product, 1))
    assert open_form(desks["rep"], "orders", order.id).get("customer_id") == customer
    with pytest.raises(NotAllowed):
        open_form(desks["rep2"], "orders", order.id)


def test_a_number_is_given_when_the_order_leaves_draft_and_is_never_reused(desks, trade) -> None:
    customer, product = trade
    draft = an_order(desks, customer, (product, 1))
    assert draft.number == ""
    draft.delete()
    first = moved_to(desks, an_order(desks, customer, (product, 1)), "stock_confirmed")
    open_form(desks["manager"], "orders", first.id).take("void", note="x")
    second = moved_to(desks, an_order(desks, customer, (product, 1)), "stock_confirmed")
    assert (first.number, second.number) == ("SO-20261120-001", "SO-20261120-002")
    assert refusal(lambda: open_form(desks["clerk"], "orders", first.id).delete()) == "Only a draft can be deleted."


def test_the_same_form_saved_twice_is_one_order(desks, trade) -> None:
    customer, product = trade
    order = an_order(desks, customer, (product, 1), save=False)
    twin = new_form(desks["clerk"], "orders")
    order.save()
    twin.restore(order.snapshot())
    twin.key = order.key
    assert twin.save().record_id == order.id
    from dentalsales.usecases import browse

    assert browse.totals(desks["clerk"], browse.Query("orders")).count == 1


def test_nothing_begins_from_an_order_that_is_not_there_yet(desks, trade) -> None:
    customer, product = trade
    order = moved_to(desks, an_order(desks, customer, (product, 1)), "reviewed")
    assert (
        refusal(lambda: form_from(desks["warehouse"], "orders", order.id, "dispatch"))
        == "This can't begin from here now."
    )


def test_the_price_is_that_of_the_day_of_submission_whatever_date_the_order_bears(desks, trade, clock) -> None:
    customer, product = trade
    clock.pass_days(3)
    a_price(desks, product, "150.00", valid_from=clock.today)
    order = filled(desks["clerk"], "orders", customer_id=customer, ordered_on=clock.today - timedelta(days=2))
    line = order.add_line("lines")
    line.set("product_id", product)
    line.set("quantity", 1)
    assert line.get("unit_price") == Decimal("150.0000")
    order.set("ordered_on", clock.today + timedelta(days=1))
    assert "lies in the future" in refusal(order.save)


def test_a_price_that_changed_overnight_is_taken_at_submission_and_said(desks, trade, clock) -> None:
    customer, product = trade
    order = an_order(desks, customer, (product, 2))
    clock.pass_days(1)
    a_price(desks, product, "130.00", valid_from=clock.today)
    submitted = open_form(desks["clerk"], "orders", order.id)
    submitted.take("confirm_stock", asked=CONSENT)
    assert submitted.get("total") == Decimal("260.00")
    assert [tr(text) for text in submitted.warnings] == [
        "Prices changed since the order was entered: ¥240.00 is now ¥260.00."
    ]


def test_a_reopened_order_gives_its_money_back(desks, trade) -> None:
    customer, product = trade
    order = moved_to(desks, an_order(desks, customer, (product, 5)), "paid")
    open_form(desks["clerk"], "orders", order.id).take("reopen", note="x")
    assert open_form(desks["clerk"], "orders", order.id).get("paid") == Decimal("0.00")
    assert check(desks.company) == []


def test_whoever_changed_an_order_does_not_review_it_either(desks, trade) -> None:
    customer, product = trade
    order = an_order(desks, customer, (product, 1))
    other = open_form(desks["clerk2"], "orders", order.id)
    other.lines("lines")[0].set("quantity", 50)
    other.take("confirm_stock", asked=CONSENT)
    assert "changed or approved" in refusal(lambda: open_form(desks["clerk2"], "orders", order.id).take("review"))


def test_a_numbered_order_that_was_reopened_is_void_and_not_deleted(desks, trade) -> None:
    customer, product = trade
    order = moved_to(desks, an_order(desks, customer, (product, 1)), "reviewed")
    open_form(desks["clerk"], "orders", order.id).take("reopen", note="x")
    open_form(desks["manager"], "orders", order.id).take("void", note="x")
    fresh = an_order(desks, customer, (product, 1))
    assert "Delete it instead" in refusal(
        lambda: open_form(desks["manager"], "orders", fresh.id).take("void", note="x")
    )


@pytest.mark.parametrize(("state", "step"), [("billed", "reverse"), ("part_sent", "reverse_rest")])
def test_a_red_entry_is_no_purchase(desks, trade, clock, state, step) -> None:
    customer, product = trade
    bought = clock.today
    order = moved_to(desks, an_order(desks, customer, (product, 4)), "billed")
    if state == "part_sent":
        dispatch(desks, order.id, 1)
    clock.pass_days(5)
    open_form(desks["manager"], "orders", order.id).take(step, note="开错")
    card = open_form(desks["manager"], "customers", customer)
    assert card.get("last_purchase_on") == bought
    assert card.get("purchases_total") == (Decimal("0.00") if state == "billed" else Decimal("120.00"))


def test_whoever_entered_an_order_does_not_release_it_over_credit(desks, on_account) -> None:
    customer, product = on_account
    boss = desks.of_roles("boss", "clerk,manager")
    order = an_order(desks, customer, (product, 9), by="boss")
    order.take("confirm_stock", asked=CONSENT)
    open_form(desks["manager"], "orders", order.id).take("review")
    said = refusal(lambda: open_form(boss, "orders", order.id).take("release_credit", note="x"))
    assert said == f"You entered, changed or approved {order.number}; somebody else does “Release”."
    open_form(desks["manager"], "orders", order.id).take("release_credit", note="老客户")
    assert open_form(desks["clerk"], "orders", order.id).get("credit_released")


def test_the_same_product_twice_is_said_with_its_lines_and_not_refused(desks, trade) -> None:
    customer, product = trade
    other = a_product(desks, "车针", code="B1")
    order = an_order(desks, customer, (product, 1), (other, 1), (product, 2), (product, 5), save=False)
    order.save()
    assert [tr(text) for text in order.warnings] == [
        "Line 3: P-00001 光固化复合树脂 4g A2 Z1 stands on line 1 already.",
        "Line 4: P-00001 光固化复合树脂 4g A2 Z1 stands on line 1 already.",
    ]
    order.lines("lines")[3].set("quantity", 6)
    order.save()
    assert len(order.warnings) == 2


def test_boxes_beside_single_pieces_and_a_gift_beside_the_goods_are_no_mistake(desks, trade) -> None:
    customer, product = trade
    order = an_order(desks, customer, (product, 2), (product, 3), (product, 1), save=False)
    order.lines("lines")[0].set("unit", "盒")
    order.lines("lines")[2].set("is_gift", True)
    order.lines("lines")[2].set("remarks", "样品")
    order.save()
    assert order.warnings == []


def test_the_line_that_names_the_product_already_stands_beside_the_one_being_typed(desks, trade) -> None:
    customer, product = trade
    order = an_order(desks, customer, (product, 2), (product, 3), save=False)
    facts = {tr(fact.label): fact.value for _title, facts in order.insights(line=1) for fact in facts}
    assert facts["Also on line 1"] == "2 支"


def test_a_release_over_credit_does_not_stand_in_for_finance_confirming_the_terms(desks, on_account) -> None:
    customer, product = on_account
    order = moved_to(desks, an_order(desks, customer, (product, 1)), "reviewed")
    terms = open_form(desks["manager"], "customers", customer)
    terms.set("credit_limit", Decimal("5000.00"))
    terms.save()
    wait = "The terms of 北京瑞康口腔门诊部 wait for Finance to confirm them."
    assert refusal(lambda: open_form(desks["manager"], "orders", order.id).take("release_credit", note="x")) == wait
    assert refusal(lambda: open_form(desks["clerk"], "orders", order.id).take("bill")) == wait


def test_an_order_is_not_delivered_before_it_came(desks, trade) -> None:
    customer, product = trade
    order = an_order(desks, customer, (product, 1), save=False)
    order.set("deliver_by", desks.clock.today - timedelta(days=1))
    with pytest.raises(RuleBroken) as caught:
        order.save()
    assert (caught.value.field, tr(caught.value.text)) == ("deliver_by", "The delivery lies before the order's date.")
    order.set("deliver_by", desks.clock.today)
    order.save()
    assert order.id is not None


def test_what_will_stop_the_dispatch_is_said_with_the_consent_and_to_the_reviewer(desks) -> None:
    customer = a_customer(desks, licence=False)
    gaps, whole = a_product(desks, model="", registrant=""), a_product(desks, "粘接剂", code="B1")
    for product in (gaps, whole):
        some_stock(desks, product, 10)
    order = an_order(desks, customer, (gaps, 1), (whole, 1))
    order.take("confirm_stock", asked=CONSENT)
    review = open_form(desks["manager"], "orders", order.id)
    review.take("review")
    for form in (order, review):
        cards, licence = [tr(warning) for warning in form.warnings]
        assert "光固化复合树脂" in cards and "(Model, Registrant or filer)" in cards and "粘接剂" not in cards
        assert "has no valid licence on file" in licence


def test_credit_in_the_way_is_said_at_the_consent_and_the_review_and_stays_in_the_history(desks) -> None:
    """The clerk hears it while the customer is on the phone, not when the order is billed days later."""
    customer = a_customer(desks, terms="account", terms_days=30, credit_limit=Decimal("1000"))
    product = a_product(desks)
    some_stock(desks, product)
    form = an_order(desks, customer, (product, 20))
    form.take("confirm_stock", asked=CONSENT)
    said = [tr(warning) for warning in form.warnings]
    assert any("with ¥2,400.00 that passes the limit of ¥1,000.00" in one for one in said)
    assert form.history()[0].warnings == tuple(said)
    review = open_form(desks["manager"], "orders", form.id)
    review.take("review")
    assert [tr(warning) for warning in review.warnings] == said
    small = an_order(desks, customer, (product, 2))
    small.take("confirm_stock", asked=CONSENT)
    assert small.warnings == []


def test_too_little_stock_is_said_while_the_quantity_is_typed_and_hinders_nothing(desks, trade) -> None:
    """Amber beside every line of the product, all of them taken together; who saves is not asked."""
    customer, product = trade
    form = new_form(desks["clerk"], "orders", customer_id=customer)
    for quantity in (60, 40):
        line = form.add_line("lines")
        line.set("product_id", product)
        line.set("quantity", quantity)
    assert form.cautions() == []
    form.lines("lines")[1].set("quantity", 41)
    said = "Available: 100 支. Needed: 101 支."
    assert [(one.field, tr(one.text)) for one in form.cautions()] == [
        ("lines.0.quantity", said),
        ("lines.1.quantity", said),
    ]
    form.lines("lines")[0].set("quantity", "many")
    assert form.cautions() == []
    form.lines("lines")[0].set("quantity", 60)
    form.save()
    assert form.state.name == "entered" and len(form.cautions()) == 2


def test_what_is_promised_to_an_order_is_no_shortage_of_that_order(desks, trade) -> None:
    customer, product = trade
    order = moved_to(desks, an_order(desks, customer, (product, 100)), "stock_confirmed")
    assert open_form(desks["clerk"], "orders", order.id).cautions() == []
    draft = an_order(desks, customer, (product, 1))
    assert [tr(one.text) for one in open_form(desks["clerk"], "orders", draft.id).cautions()] == [
        "Available: 0 支. Needed: 1 支."
    ]
