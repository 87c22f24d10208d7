"""Contract prices: the first source within quantity and days; what is called off, delivered, billed and collected."""

from datetime import timedelta
from decimal import Decimal

import pytest
from contract_makers import a_contract, a_template, sealed
from makers import CONSENT, a_customer, a_product, an_order, dispatch, filled, moved_to, pay, some_stock

from dentalsales.blueprint.house_records import SettingValue
from dentalsales.blueprint.report import Period
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import tr
from dentalsales.usecases import inbox, run_report
from dentalsales.usecases.form import form_from, open_form


@pytest.fixture
def customer(desks) -> int:
    return a_customer(desks)


@pytest.fixture
def product(desks) -> int:
    product = a_product(desks)
    some_stock(desks, product, 1000)
    return product


@pytest.fixture
def contract(desks, customer, product):
    """Thirty at 99.00, where the list says 120.00."""
    return sealed(desks, a_contract(desks, customer, a_template(desks), (product, 30, "99.00")))


def prices(form) -> list[tuple[str, Decimal]]:
    return [(str(line.get("source_letter")), line.get("unit_price")) for line in form.lines("lines")]


def facts(form) -> dict[str, object]:
    return {tr(one.label): one.value for _title, every in form.insights() for one in every}


def late(desks, login: str) -> list[str]:
    """What is late about contracts on somebody's Today, but for contracts that end."""
    return [one.draft_name for one in inbox.waiting(desks[login]) if one.overdue and one.register.name == "contracts"]


def special(desks, customer: int, product: int, price: str, **values):
    paper = filled(desks["rep"], "special_prices", customer_id=customer, reason="x",
                   valid_to=desks.clock.today + timedelta(days=9), **values)  # fmt: skip
    line = paper.add_line("lines")
    line.set("product_id", product)
    line.set("unit_price", Decimal(price))
    return paper


def approved(desks, paper) -> None:
    paper.take("submit")
    for role in ("vp", "general_manager", "manager"):
        open_form(desks[role], "special_prices", paper.id).take("approve")


def test_the_contract_price_comes_first_for_its_customer_products_and_days_only(desks, customer, product, contract):
    approved(desks, special(desks, customer, product, "80.00"))
    assert prices(an_order(desks, customer, (product, 10))) == [("C", Decimal("99.0000"))]
    other = a_product(desks, "粘接剂", "50.00")
    assert prices(an_order(desks, customer, (other, 1))) == [("P", Decimal("50.0000"))]
    assert prices(an_order(desks, a_customer(desks, "安贞口腔"), (product, 1))) == [("P", Decimal("120.0000"))]
    desks.clock.pass_days(366)
    assert prices(an_order(desks, customer, (product, 10))) == [("P", Decimal("120.0000"))]


def test_the_contract_price_holds_for_what_is_left_and_another_pack_of_it(desks, customer, product, contract):
    first = an_order(desks, customer, (product, 25))
    first.take("confirm_stock", asked=CONSENT)
    second = an_order(desks, customer, (product, 5), (product, 1))
    assert [letter for letter, _price in prices(second)] == ["C", "P"]
    [caution] = [tr(one.text) for one in second.cautions()]
    assert caution.startswith(f"{contract.number} has only 0")
    second.lines("lines")[0].set("quantity", 6)
    assert [letter for letter, _price in prices(second)] == ["P", "C"]
    open_form(desks["manager"], "orders", first.id).take("void", note="x")
    packs = an_order(desks, customer, (product, 3), save=False)
    packs.lines("lines")[0].set("unit", "盒")
    assert prices(packs) == [("C", Decimal("990.0000"))]


def test_no_price_is_taken_from_a_contract_that_is_not_sealed_or_has_ended(desks, customer, product):
    draft = a_contract(desks, customer, a_template(desks), (product, 30, "99.00"))
    assert prices(an_order(desks, customer, (product, 1)))[0][0] == "P"
    whole = sealed(desks, draft)
    order = an_order(desks, customer, (product, 1))
    assert prices(order)[0][0] == "C"
    open_form(desks["manager"], "contracts", whole.id).take("terminate", note="客户停业")
    order.take("confirm_stock", asked=CONSENT)
    assert prices(order)[0][0] == "P"


def test_an_order_without_contract_is_refused_where_the_company_wants_one(desks, customer, product):
    with desks.company.writing() as session:
        session.merge(SettingValue(key="contract_required", value="1"))
    order = an_order(desks, customer, (product, 1))
    service = a_contract(desks, customer, a_template(desks, "service", "服务合同"),
                         service_content="设备保养", service_time="24 小时内")  # fmt: skip
    sealed(desks, service)
    with pytest.raises(RuleBroken, match="no effective contract on goods"):
        order.take("confirm_stock", asked=CONSENT)
    sealed(desks, a_contract(desks, customer, a_template(desks), (product, 30, "120.00")))
    order.take("confirm_stock", asked=CONSENT)


def test_an_order_from_a_contract_copies_what_is_left_to_call_off(desks, customer, product, contract):
    an_order(desks, customer, (product, 12)).take("confirm_stock", asked=CONSENT)
    order = form_from(desks["clerk"], "contracts", contract.id, "order_from_contract")
    assert [(line.get("product_id"), line.get("quantity")) for line in order.lines("lines")] == [(product, 18)]
    assert prices(order) == [("C", Decimal("99.0000"))]
    order.take("confirm_stock", asked=CONSENT)
    with pytest.raises(RuleBroken, match="has been called off"):
        form_from(desks["clerk"], "contracts", contract.id, "order_from_contract")


def test_a_supplement_changes_price_quantity_and_term_once_it_is_effective(desks, customer, product, contract):
    an_order(desks, customer, (product, 10)).take("confirm_stock", asked=CONSENT)
    supplement = form_from(desks["rep"], "contracts", contract.id, "supplement")
    supplement.lines("lines")[0].set("unit_price", Decimal("95.00"))
    supplement.lines("lines")[0].set("quantity", 50)
    supplement.set("valid_to", desks.clock.today + timedelta(days=500))
    supplement.save()
    assert prices(an_order(desks, customer, (product, 21)))[0][0] == "P"
    sealed(desks, supplement)
    order = form_from(desks["clerk"], "contracts", contract.id, "order_from_contract")
    assert (order.lines("lines")[0].get("quantity"), prices(order)) == (40, [("C", Decimal("95.0000"))])
    ends = lambda: run_report.run(desks["manager"], "contract_fulfilment", Period.day(desks.clock.today))  # noqa: E731
    assert ends().blocks[0].rows[0].cells[3] == supplement.get("valid_to")
    desks.clock.pass_days(400)
    assert prices(an_order(desks, customer, (product, 1)))[0][0] == "C"
    open_form(desks["manager"], "contracts", supplement.id).take("terminate", note="客户不再需要")
    back = ends().blocks[0].rows[0].cells
    assert (back[3], back[5]) == (contract.get("valid_to"), Decimal("33.33")), "10 of the 30 that are agreed again"


def test_what_is_delivered_billed_and_collected_is_counted_and_a_missed_node_is_late(
    desks, customer, product, contract
):
    order = moved_to(desks, an_order(desks, customer, (product, 15)), "billed")
    dispatch(desks, order.id, 6)
    told = facts(open_form(desks["assistant"], "contracts", contract.id))
    share = {name: told[name] for name in ("Called off", "Delivered", "Billed", "Collected")}
    assert share == {"Called off": Decimal("50.00"), "Delivered": Decimal("20.00"),
                     "Billed": Decimal("50.00"), "Collected": Decimal("50.00")}  # fmt: skip
    desks.clock.pass_days(31)
    assert any("Late since" in name for name in facts(open_form(desks["assistant"], "contracts", contract.id)))
    assert late(desks, "assistant") == ["progress"] and not late(desks, "service")
    note = form_from(desks["assistant"], "contracts", contract.id, "progress")
    note.set("progress", "下周补齐，已告知客户")
    note.save()
    assert not late(desks, "assistant")
    desks.clock.pass_days(7)
    assert late(desks, "assistant") == ["progress"]
    dispatch(desks, order.id, 9)
    moved_to(desks, an_order(desks, customer, (product, 15)), "billed")
    dispatch(desks, order.id + 1, 15)
    assert not late(desks, "assistant")


def test_receipts_fill_the_collection_plan_instalment_by_instalment(desks, customer, product):
    form = a_contract(desks, customer, a_template(desks), (product, 30, "100.00"), save=False)
    for days, amount in ((10, "1000.00"), (60, "2000.00")):
        part = form.add_line("instalments")
        part.set("due_on", desks.clock.today + timedelta(days=days))
        part.set("amount", Decimal(amount))
    contract = sealed(desks, form)
    assert facts(contract)["Next instalment"] == Decimal("1000.00") and not late(desks, "finance")
    desks.clock.pass_days(11)
    assert late(desks, "finance") == late(desks, "rep") == ["receipt_of_contract"] and not late(desks, "rep2")
    receipt = form_from(desks["finance"], "contracts", contract.id, "receipt_of_contract")
    assert receipt.get("amount") == Decimal("1000.00")
    receipt.take("confirm")
    assert tr(facts(contract)["Instalments collected"]) == "1 of 2" and not late(desks, "finance")
    desks.clock.pass_days(50)
    assert late(desks, "finance") == ["receipt_of_contract"]
    order = an_order(desks, customer, (product, 30))
    order.take("confirm_stock", asked=CONSENT)
    open_form(desks["manager"], "orders", order.id).take("review")
    pay(desks, order.id)
    assert tr(facts(contract)["Instalments collected"]) == "2 of 2" and not late(desks, "finance")
    with pytest.raises(RuleBroken, match="No instalment"):
        form_from(desks["finance"], "contracts", contract.id, "receipt_of_contract")
    supplement = form_from(desks["rep"], "contracts", contract.id, "supplement")
    supplement.lines("lines")[0].set("deliver_by", desks.clock.today)
    part = supplement.add_line("instalments")
    part.set("due_on", desks.clock.today)
    part.set("amount", supplement.get("total"))
    sealed(desks, supplement)
    desks.clock.pass_days(1)
    assert not late(desks, "finance"), "what was paid for the contract was paid for its supplement"


def test_a_clearance_price_is_for_a_quantity_and_ends_with_it(desks, customer, product):
    paper = special(desks, customer, product, "60.00", kind="clearance")
    with pytest.raises(RuleBroken, match="for how many"):
        paper.take("submit")
    paper.lines("lines")[0].set("quantity", 8)
    approved(desks, paper)
    order = an_order(desks, customer, (product, 8), (product, 1))
    assert [letter for letter, _price in prices(order)] == ["S", "P"]
    order.take("confirm_stock", asked=CONSENT)
    assert prices(an_order(desks, customer, (product, 1)))[0][0] == "P"


def test_loose_pieces_of_several_orders_fulfil_a_contract_of_packs(desks, customer, product):
    draft = a_contract(desks, customer, a_template(desks), (product, 2, "990.00"), save=False)
    for name, value in {"unit": "盒", "quantity": 2, "unit_price": Decimal("990.00")}.items():
        draft.lines("lines")[0].set(name, value)
    contract = sealed(desks, draft)
    for _call in range(2):
        an_order(desks, customer, (product, 5)).take("confirm_stock", asked=CONSENT)
    assert facts(open_form(desks["manager"], "contracts", contract.id))["Called off"] == Decimal("50.00")


def test_money_of_one_customer_pays_no_contract_of_another(desks, customer, contract):
    receipt = filled(desks["finance"], "receipts", customer_id=customer, amount=Decimal("100.00"), kind="transfer")
    receipt.set("contract_id", contract.id)
    receipt.set("customer_id", a_customer(desks, "安贞口腔"))
    with pytest.raises(RuleBroken) as caught:
        receipt.save()
    assert caught.value.field == "contract_id"
