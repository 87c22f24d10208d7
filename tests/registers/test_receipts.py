"""Receipts: only finance confirms, oldest debts first, the rest is kept, a bounced cheque closes the gate."""

from datetime import timedelta
from decimal import Decimal

import pytest
from makers import a_customer, a_product, a_scan, an_order, dispatch, filled, moved_to, pay, some_stock

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import tr
from dentalsales.usecases import attach
from dentalsales.usecases.check_company import check
from dentalsales.usecases.form import form_from, open_form

PERMISSIONS = {
    "receipts": {
        "view": "manager director vp general_manager leader clerk assistant rep audit finance",
        "create": "rep finance",
        "edit": "rep finance",
        "export": "manager director finance",
        "steps": {
            "confirm": "finance",
            "submit": "rep",
            "bounce": "finance",
            "void": "finance",
        },
    },
}


@pytest.fixture
def debts(desks):
    """A customer on account with three billed orders of 120, 240 and 360 yuan."""
    customer = a_customer(desks, terms="account", terms_days=30, credit_limit=Decimal("100000.00"))
    product = a_product(desks)
    some_stock(desks, product, 500)
    orders = [moved_to(desks, an_order(desks, customer, (product, count)), "billed").id for count in (1, 2, 3)]
    return customer, product, orders


def facts_of(desks, customer: int) -> dict[str, object]:
    form = open_form(desks["manager"], "customers", customer)
    return {str(fact.label): fact.value for _title, facts in form.insights() for fact in facts}


def refusal(act) -> str:
    with pytest.raises(RuleBroken) as caught:
        act()
    return tr(caught.value.text)


def test_money_is_laid_over_the_oldest_papers_first_and_the_clerk_may_change_it(desks, debts) -> None:
    customer, _product, _orders = debts
    receipt = filled(desks["finance"], "receipts", customer_id=customer, amount=Decimal("300.00"))
    assert [line.get("amount") for line in receipt.lines("lines")] == [Decimal("120.00"), Decimal("180.00")]
    receipt.lines("lines")[1].set("amount", Decimal("100.00"))
    assert receipt.get("kept") == Decimal("80.00")
    receipt.take("confirm")
    assert facts_of(desks, customer)["Owes"] == Decimal("500.00")
    assert facts_of(desks, customer)["Advance"] == Decimal("80.00")
    assert check(desks.company) == []


def test_an_advance_is_kept_and_used_later(desks, debts) -> None:
    customer, _product, _orders = debts
    filled(desks["finance"], "receipts", customer_id=customer, amount=Decimal("1000.00")).take("confirm")
    assert facts_of(desks, customer)["Advance"] == Decimal("280.00")
    product = a_product(desks, "另一产品", code="N1")
    some_stock(desks, product, 10, lot="N")
    moved_to(desks, an_order(desks, customer, (product, 1)), "billed")
    use = filled(desks["finance"], "receipts", customer_id=customer, kind="advance", amount=Decimal("120.00"))
    use.take("confirm")
    assert facts_of(desks, customer)["Advance"] == Decimal("160.00")
    assert facts_of(desks, customer)["Owes"] == Decimal("0.00")
    assert check(desks.company) == []


def test_no_more_advance_is_used_than_there_is(desks, debts) -> None:
    customer, _product, _orders = debts
    use = filled(desks["finance"], "receipts", customer_id=customer, kind="advance", amount=Decimal("50.00"))
    assert refusal(lambda: use.take("confirm")) == "The customer's advance is only ¥0.00."


def test_more_than_came_in_is_not_allocated(desks, debts) -> None:
    customer, _product, _orders = debts
    receipt = filled(desks["finance"], "receipts", customer_id=customer, amount=Decimal("120.00"))
    receipt.lines("lines")[0].set("amount", Decimal("130.00"))
    assert "only ¥120.00 came in" in refusal(lambda: receipt.take("confirm"))
    receipt.lines("lines")[0].set("amount", Decimal("120.00"))
    receipt.take("confirm")


def test_no_more_than_what_is_open_is_laid_on_a_paper(desks, debts) -> None:
    customer, _product, _orders = debts
    receipt = filled(desks["finance"], "receipts", customer_id=customer, amount=Decimal("500.00"))
    receipt.lines("lines")[0].set("amount", Decimal("200.00"))
    receipt.remove_line("lines", 2)
    receipt.remove_line("lines", 1)
    assert "has only ¥120.00 open" in refusal(lambda: receipt.take("confirm"))
    assert check(desks.company) == []


def test_a_cheque_names_its_slip_and_only_warns_of_the_missing_copy(desks, debts) -> None:
    customer, _product, _orders = debts
    receipt = filled(desks["finance"], "receipts", customer_id=customer, kind="cheque", amount=Decimal("10.00"))
    assert refusal(lambda: receipt.take("confirm")) == "Enter the number of the cheque or wire slip."
    receipt.set("evidence", "CH-001")
    receipt.save()
    attach.add(desks["finance"], "receipts", receipt.id, a_scan(desks))
    receipt.take("confirm")
    assert receipt.warnings == []


def test_a_salesperson_only_submits_and_finance_confirms(desks, debts) -> None:
    customer, _product, _orders = debts
    receipt = filled(desks["rep"], "receipts", customer_id=customer, amount=Decimal("120.00"))
    assert refusal(lambda: receipt.take("confirm")) == "“Confirm receipt” is done by: Finance."
    receipt.take("submit")
    assert receipt.number == "SK-20261120-001"
    open_form(desks["finance"], "receipts", receipt.id).take("confirm")


def test_a_bounced_cheque_closes_the_gate_again_also_at_dispatch(desks) -> None:
    customer, product = a_customer(desks), a_product(desks)
    some_stock(desks, product, 100)
    paid = moved_to(desks, an_order(desks, customer, (product, 1)), "reviewed")
    billed = moved_to(desks, an_order(desks, customer, (product, 1)), "reviewed")
    receipts = [pay(desks, paid.id), pay(desks, billed.id)]
    open_form(desks["clerk"], "orders", billed.id).take("bill")
    for receipt in receipts:
        open_form(desks["finance"], "receipts", receipt.id).take("bounce", note="空头支票")
    assert open_form(desks["clerk"], "orders", paid.id).state.name == "reviewed"
    assert "is not paid" in refusal(lambda: open_form(desks["clerk"], "orders", paid.id).take("bill"))
    assert "is not paid" in refusal(lambda: dispatch(desks, billed.id))
    assert facts_of(desks, customer)["Owes"] == Decimal("120.00")
    assert check(desks.company) == []


def test_money_of_a_red_order_becomes_advance(desks) -> None:
    customer, product = a_customer(desks), a_product(desks)
    some_stock(desks, product, 100)
    order = moved_to(desks, an_order(desks, customer, (product, 3)), "billed")
    open_form(desks["manager"], "orders", order.id).take("reverse", note="开错")
    assert facts_of(desks, customer)["Advance"] == Decimal("360.00")
    assert check(desks.company) == []


def test_a_receipt_begins_from_a_customer_with_everything_that_is_open(desks, debts) -> None:
    customer, _product, _orders = debts
    receipt = form_from(desks["finance"], "customers", customer, "receipt_of_customer")
    assert receipt.get("amount") == Decimal("720.00") and len(receipt.lines("lines")) == 3


def test_money_of_another_customer_is_refused(desks, debts) -> None:
    customer, _product, _orders = debts
    other = a_customer(desks, "天津康美口腔诊所", terms="account", terms_days=30, credit_limit=Decimal("1000.00"))
    receipt = filled(desks["finance"], "receipts", customer_id=customer, amount=Decimal("100.00"))
    receipt.record.customer_id = other
    assert refusal(lambda: receipt.take("confirm")) == "Line 1 belongs to another customer. Delete it."


def test_bounced_money_that_was_used_as_an_advance_closes_the_gate_too(desks) -> None:
    customer, product = a_customer(desks), a_product(desks)
    some_stock(desks, product, 100)
    first = filled(desks["finance"], "receipts", customer_id=customer, amount=Decimal("240.00"))
    first.take("confirm")
    order = moved_to(desks, an_order(desks, customer, (product, 2)), "reviewed")
    filled(desks["finance"], "receipts", customer_id=customer, kind="advance", amount=Decimal("240.00")).take("confirm")
    assert open_form(desks["clerk"], "orders", order.id).state.name == "paid"
    open_form(desks["finance"], "receipts", first.id).take("bounce", note="空头")
    assert open_form(desks["clerk"], "orders", order.id).state.name == "reviewed"
    assert facts_of(desks, customer)["Advance"] == Decimal("0.00")
    assert check(desks.company) == []


def test_a_receipt_of_an_order_with_a_red_entry_proposes_what_is_still_owed(desks) -> None:
    customer = a_customer(desks, terms="account", terms_days=30, credit_limit=Decimal("100000.00"))
    product = a_product(desks)
    some_stock(desks, product, 100)
    order = moved_to(desks, an_order(desks, customer, (product, 5)), "billed")
    dispatch(desks, order.id, 2)
    open_form(desks["manager"], "orders", order.id).take("reverse_rest", note="缺货")
    assert open_form(desks["finance"], "orders", order.id).get("total") == Decimal("600.00")
    receipt = form_from(desks["finance"], "orders", order.id, "receipt_of_order")
    assert receipt.get("amount") == Decimal("240.00")
    assert [line.get("amount") for line in receipt.lines("lines")] == [Decimal("240.00")]
    receipt.take("confirm")
    assert "is paid" in refusal(lambda: form_from(desks["finance"], "orders", order.id, "receipt_of_order"))


def test_money_of_tomorrow_is_not_submitted(desks, debts) -> None:
    customer, _product, _orders = debts
    tomorrow = desks.clock.today + timedelta(days=1)
    receipt = filled(desks["rep"], "receipts", customer_id=customer, amount=Decimal("120.00"), received_on=tomorrow)
    assert "The day lies in the future" in refusal(lambda: receipt.take("submit"))


def test_money_that_comes_before_the_bill_keeps_to_its_order_whatever_amount_is_typed(desks, debts) -> None:
    customer, product, (oldest, *_later) = debts
    order = moved_to(desks, an_order(desks, customer, (product, 2)), "reviewed").id
    receipt = form_from(desks["finance"], "orders", order, "receipt_of_order")
    for typed, laid in (("200.00", [(order, "200.00")]), ("300.00", [(order, "240.00"), (oldest, "60.00")])):
        receipt.set("amount", Decimal(typed))
        lines = [line.record for line in receipt.lines("lines")]
        papers = [line.order_id or line.receivable_id for line in lines]
        assert [line.amount for line in lines] == [Decimal(amount) for _paper, amount in laid], papers
    assert receipt.lines("lines")[0].get("order_id") == order
    receipt.take("confirm")
    assert open_form(desks["finance"], "orders", order).get("paid") == Decimal("240.00")
