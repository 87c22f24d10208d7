"""Forms: what the employee may change, what is wrong, two forms on one record, values that do not fit, snapshots."""

import json
from decimal import Decimal

import pytest
from makers import a_customer, a_product, an_order, filled, some_stock

from dentalsales.blueprint.rules import Conflict, NotAllowed, RuleBroken, problems_of
from dentalsales.i18n import tr
from dentalsales.usecases.form import new_form, open_form


def test_the_second_of_two_forms_on_one_record_is_refused_and_loses_nothing(desks) -> None:
    customer = a_customer(desks)
    first, second = (
        open_form(desks["manager"], "customers", customer),
        open_form(desks["assistant"], "customers", customer),
    )
    first.set("region", "华北")
    first.save()
    second.set("region", "华东")
    with pytest.raises(Conflict):
        second.save()
    assert second.get("region") == "华东"
    second.reload()
    assert second.get("region") == "华北"


def test_a_change_of_lines_alone_is_a_new_version(desks) -> None:
    customer = a_customer(desks)
    first, second = (open_form(desks["manager"], "customers", customer) for _ in range(2))
    line = first.add_line("contacts")
    line.set("name", "张三")
    first.save()
    second.set("region", "x")
    with pytest.raises(Conflict):
        second.save()


def test_a_value_that_does_not_fit_is_kept_named_and_not_saved(desks) -> None:
    form = filled(desks["manager"], "products", name="甲", unit="支")
    form.set("minimum_stock", "abc")
    assert form.get("minimum_stock") == "abc"
    assert [(problem.field, str(problem)) for problem in form.problems()] == [
        ("minimum_stock", "“abc” is no whole number. Enter one for “Minimum stock”.")
    ]
    with pytest.raises(RuleBroken):
        form.save()
    form.set("minimum_stock", 5)
    form.save()


def test_all_problems_are_told_in_one_go_with_their_cells(desks) -> None:
    form = new_form(desks["clerk"], "orders")
    form.add_line("lines")
    with pytest.raises(RuleBroken) as caught:
        form.save()
    assert {problem.field for problem in problems_of(caught.value)} >= {
        "customer_id",
        "lines.0.product_id",
        "lines.0.quantity",
    }


def test_a_refused_save_leaves_nothing_in_the_database(desks) -> None:
    from dentalsales.registers.orders import Order

    customer, product = a_customer(desks), a_product(desks)
    order = an_order(desks, customer, (product, 5), save=False)
    with pytest.raises(RuleBroken, match="is short"):
        order.take("confirm_stock", asked={"consent_by": "x", "consent_way": "phone"})
    with desks.company.reading() as session:
        assert session.query(Order).count() == 0
    assert order.is_new and order.get("total") == Decimal("600.00")


def test_read_only_and_foreign_fields_cannot_be_set(desks) -> None:
    form = new_form(desks["clerk"], "orders")
    for name in ("total", "rep_id", "number"):
        with pytest.raises(NotAllowed):
            form.set(name, 1)


def test_text_is_kept_normalised(desks) -> None:
    form = filled(desks["manager"], "products", name="  Ａ１  树脂 ", unit="支")
    form.save()
    assert form.get("name") == "A1 树脂"


def test_a_snapshot_survives_json_and_brings_everything_back(desks) -> None:
    customer, product = a_customer(desks), a_product(desks)
    some_stock(desks, product, 10)
    order = an_order(desks, customer, (product, 3), save=False)
    kept = json.loads(json.dumps(order.snapshot()))
    fresh = new_form(desks["clerk"], "orders")
    fresh.restore(kept)
    assert fresh.get("total") == Decimal("360.00") and fresh.lines("lines")[0].get("quantity") == 3
    fresh.save()


def test_a_crafted_snapshot_does_not_bring_in_what_the_employee_may_not_change(desks) -> None:
    customer = a_customer(desks)
    form = open_form(desks["assistant"], "customers", customer)
    kept = form.snapshot()
    kept["terms"], kept["credit_limit"], kept["purchases_total"] = "account", "999999", "1"
    form.restore(kept)
    form.set("region", "x")
    form.save()
    after = open_form(desks["manager"], "customers", customer)
    assert (after.get("terms"), after.get("credit_limit"), after.get("purchases_total")) == ("prepay", 0, 0)


def test_steps_say_what_is_missing_and_who_can(desks) -> None:
    customer, product = a_customer(desks), a_product(desks)
    order = an_order(desks, customer, (product, 5))
    offers = {offer.step.name: offer for offer in open_form(desks["clerk"], "orders", order.id).steps()}
    assert not offers["confirm_stock"].allowed and "is short" in tr(offers["confirm_stock"].reason)
    assert offers["wait"].allowed
    offers = {offer.step.name: offer for offer in open_form(desks["manager"], "orders", order.id).steps()}
    assert [str(role) for role in offers["confirm_stock"].roles] == [
        "Billing clerk",
        "Customer service",
        "After-sales specialist",
    ]


def test_opening_and_looking_changes_nothing(desks) -> None:
    customer = a_customer(desks)
    form = open_form(desks["manager"], "customers", customer)
    for name in form.fields():
        form.get(name)
    assert not form.is_changed


def test_an_open_form_does_not_bring_old_stock_or_money_back(desks) -> None:
    from makers import dispatch, moved_to

    from dentalsales.usecases.check_company import check

    customer, product = a_customer(desks), a_product(desks)
    some_stock(desks, product, 5)
    lot, card = open_form(desks["quality"], "lots", 1), open_form(desks["manager"], "customers", customer)
    dispatch(desks, moved_to(desks, an_order(desks, customer, (product, 5)), "billed").id)
    lot.set("condition", "stopped")
    lot.set("condition_reason", "客户反映开裂")
    lot.save()
    card.set("region", "华北")
    card.save()
    assert (lot.get("on_hand"), card.get("purchases_total")) == (0, Decimal("600.00"))
    assert check(desks.company) == []


def test_a_salesperson_enters_nothing_for_a_customer_of_somebody_else(desks) -> None:
    from dentalsales.registers.receipts import Receipt

    customer = a_customer(desks)
    form = new_form(desks["rep2"], "receipts")
    with pytest.raises(NotAllowed):
        form.set("customer_id", customer)
    form.record.customer_id = customer
    form.set("amount", Decimal("1.00"))
    with pytest.raises(NotAllowed):
        form.save()
    with desks.company.reading() as session:
        assert session.query(Receipt).count() == 0


def test_cost_is_neither_shown_nor_kept_for_who_may_not_see_it(desks) -> None:
    from makers import a_supplier

    product = a_product(desks)
    form = new_form(desks["finance"], "goods_in", supplier_id=a_supplier(desks))
    line = form.add_line("lines")
    for name, value in {"product_id": product, "quantity": 1, "lot_no": "L", "cost": Decimal("77.31")}.items():
        line.set(name, value)
    form.save()
    seen = open_form(desks["clerk"], "goods_in", form.id)
    assert seen.lines("lines")[0].get("cost") is None and "77.31" not in json.dumps(seen.snapshot())
    seen.set("delivery_note", "x")
    seen.save()
    assert open_form(desks["finance"], "goods_in", form.id).lines("lines")[0].get("cost") == Decimal("77.3100")


def test_a_snapshot_from_the_disk_pays_no_order(desks) -> None:
    customer, product = a_customer(desks), a_product(desks)
    order = an_order(desks, customer, (product, 3), save=False)
    kept = order.snapshot()
    kept["paid"] = "360.00"
    kept["lines"][0]["sent"] = -5
    fresh = new_form(desks["clerk"], "orders")
    fresh.restore(kept)
    fresh.save()
    assert fresh.get("paid") == 0 and fresh.lines("lines")[0].get("sent") == 0


@pytest.mark.parametrize(
    ("register", "field", "value"),
    [
        ("products", "minimum_stock", 10**9),
        ("customers", "credit_limit", Decimal(10**9)),
        ("customers", "credit_limit", Decimal("999999999999999999999")),
    ],
)
def test_a_number_the_books_could_not_add_up_is_refused_in_one_sentence(desks, register, field, value) -> None:
    form = new_form(desks["manager"], register)
    form.set(field, value)
    label = str(form.fields()[field].label)
    assert [str(one) for one in form.problems() if one.field == field] == [f"“{label}” is too large."]
    form.set(field, type(value)(10**9 - 1))
    assert [one for one in form.problems() if one.field == field] == []


@pytest.mark.parametrize("value", [0, -1, 2**31, 2**63, True])
def test_a_link_to_a_number_that_no_record_can_have_is_not_looked_up(desks, value) -> None:
    form = new_form(desks["clerk"], "orders")
    form.set("customer_id", value)
    (said,) = [str(one) for one in form.problems() if one.field == "customer_id"]
    assert said == f"“{value}” was not found. Choose “Customer” from the list."
