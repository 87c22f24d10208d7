"""Returns: goods of a dispatch note come back by lot, and somebody else takes the sale out of the books."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from contract_makers import a_contract, a_template, sealed
from makers import a_customer, a_product, a_return, an_order, dispatch, moved_to, pay, some_stock

from dentalsales.blueprint.report import Period
from dentalsales.blueprint.rules import NotAllowed, RuleBroken
from dentalsales.i18n import tr
from dentalsales.registers.customers import Customer
from dentalsales.registers.ledger import LedgerEntry
from dentalsales.registers.orders import Order
from dentalsales.registers.receipts import advance_of
from dentalsales.registers.receivables import Receivable
from dentalsales.registers.stock import Lot, Movement, StockLevel
from dentalsales.usecases.check_company import check
from dentalsales.usecases.form import Form, form_from, open_form
from dentalsales.usecases.inbox import waiting
from dentalsales.usecases.print_paper import paper
from dentalsales.usecases.run_report import run

PERMISSIONS = {
    "returns": {
        "view": "manager director vp general_manager leader clerk assistant rep service service_manager "
        "after_sales contract_admin finance warehouse quality",
        "create": "clerk warehouse",
        "edit": "clerk warehouse",
        "export": "manager director clerk finance warehouse",
        "steps": {"receive": "clerk warehouse", "credit": "manager finance", "void": "manager"},
    },
}
ON_ACCOUNT = {"terms": "account", "terms_days": 30, "credit_limit": Decimal("99999")}


def credited(desks: Any, form: Form, by: str = "finance") -> Form:
    form.take("receive")
    open_form(desks[by], "returns", form.id).take("credit")
    form.reload()
    return form


def sent(desks: Any, customer: int, *lines: tuple[int, int]) -> Form:
    return dispatch(desks, moved_to(desks, an_order(desks, customer, *lines), "billed").id)


def amounts(form: Form) -> list[Decimal]:
    return [line.get("amount") for line in form.lines("lines")]


def on_hand(desks: Any) -> tuple[dict[str, int], int]:
    with desks.company.reading() as session:
        return {lot.lot_no: lot.on_hand for lot in session.query(Lot)}, session.query(StockLevel).one().on_hand


def facts(form: Form) -> dict[str, Any]:
    return {str(tr(fact.label)): fact.value for _title, found in form.insights() for fact in found}


def here(desks: Any, login: str) -> list[str]:
    return [tr(one.step) for one in waiting(desks[login]) if one.register.name == "returns"]


def refusal(act: Any) -> RuleBroken:
    with pytest.raises(RuleBroken) as caught:
        act()
    return caught.value


@pytest.fixture
def product(desks: Any) -> int:
    """Five pieces that expire first, twenty later."""
    made = a_product(desks)
    some_stock(desks, made, 20, lot="LATE", expires_in=700)
    some_stock(desks, made, 5, lot="EARLY", expires_in=200)
    return made


def test_sound_goods_lie_in_their_own_lot_again_and_spent_ones_do_not(desks: Any, product: int) -> None:
    note = sent(desks, a_customer(desks), (product, 8))
    form = a_return(desks, note.id)
    line, other = form.lines("lines")
    assert [one.get("lot_no") for one in (line, other)] == ["EARLY", "LATE"]
    assert (line.get("registration"), line.get("returned_as")) == ("国械注准20213170001", "sound")
    assert not any(form.can_edit(f"lines.{name}") for name in ("product_id", "lot_no", "unit_price", "amount"))
    other.set("returned_as", "spent")
    assert on_hand(desks) == ({"LATE": 17, "EARLY": 0}, 17)
    form.save()
    assert here(desks, "warehouse") == ["Receive"] and here(desks, "finance") == []
    form.take("receive")
    assert form.number == "TH-20261120-001"
    assert on_hand(desks) == ({"LATE": 17, "EARLY": 5}, 22)
    with desks.company.reading() as session:
        moved = session.query(Movement).filter_by(kind="return").one()
        assert (moved.quantity, moved.paper, moved.paper_register) == (5, form.number, "returns")
    assert here(desks, "finance") == ["Credit"]
    told = facts(open_form(desks["warehouse"], "dispatch_notes", note.id))
    assert told[form.number] == form.get("total") == Decimal("960.00")
    lot = facts(open_form(desks["quality"], "lots", 1))
    assert (tr(lot[form.number]), lot["Customers who hold the lot"]) == ("3 支", 0), "spent ones are back, too"
    assert "北京瑞康口腔门诊部" not in lot
    assert check(desks.company) == []
    printed = paper(desks["warehouse"], "return_note", form.id)
    assert printed.number == form.number and printed.words[1] == Decimal("960.00")


def test_what_is_returned_for_its_quality_is_taken_as_unsound_at_first(desks: Any, product: int) -> None:
    form = a_return(desks, sent(desks, a_customer(desks), (product, 2)).id, reason="quality")
    assert form.lines("lines")[0].get("returned_as") == "spent"


def test_parts_that_come_back_sum_to_what_was_dispatched(desks: Any) -> None:
    product = a_product(desks, price="3.3333")
    some_stock(desks, product, 10)
    note = sent(desks, a_customer(desks), (product, 3))
    parts, second = [], a_return(desks, note.id, 1)
    second.save()
    for form in (a_return(desks, note.id, 1), second, a_return(desks, note.id, 1)):
        credited(desks, form)
        parts += amounts(form)
    assert parts == [Decimal("3.33"), Decimal("3.34"), Decimal("3.33")] and sum(parts) == note.get("total")
    told = {
        tr(one.step_label): [value for _field, *values in one.changes for value in values] for one in second.history()
    }
    assert told["Receive"][-2:] == ["¥3.33", "¥3.34"], "what another return moved since it was entered is told"
    assert "has come back" in tr(refusal(lambda: a_return(desks, note.id)).text)
    assert check(desks.company) == []


def test_no_part_is_worth_less_than_nothing_whatever_returns_were_void(desks: Any) -> None:
    """Screws of less than a fen each: those whose part was rounded down were entered in error."""
    product = a_product(desks, price="0.0040")
    some_stock(desks, product, 10)
    note = sent(desks, a_customer(desks), (product, 5))
    parts = [a_return(desks, note.id, 1) for _part in range(5)]
    for form in parts:
        form.take("receive")
    for form in parts:
        if not form.get("total"):
            open_form(desks["manager"], "returns", form.id).take("void", note="录错")
    assert amounts(a_return(desks, note.id, 1))[0] >= 0


def test_no_more_comes_back_than_left_even_when_two_are_entered_at_once(desks: Any, product: int) -> None:
    note = sent(desks, a_customer(desks), (product, 4))
    first, second = a_return(desks, note.id, 3), a_return(desks, note.id, 2, by="clerk")
    second.save()
    first.lines("lines")[0].set("quantity", 5)
    too_many = refusal(first.save)
    assert (too_many.field, tr(too_many.text)) == (
        "lines.0.quantity", "Line 1: of lot EARLY only 4 支 can still come back."
    )  # fmt: skip
    first.lines("lines")[0].set("quantity", 3)
    first.take("receive")
    late = refusal(lambda: open_form(desks["clerk"], "returns", second.id).take("receive"))
    assert tr(late.text) == "Line 1: of lot EARLY only 1 支 can still come back."
    second.reload()
    second.lines("lines")[0].set("quantity", 1)
    second.take("receive")


def test_goods_come_back_after_they_left_and_not_tomorrow(desks: Any, product: int) -> None:
    form = a_return(desks, sent(desks, a_customer(desks), (product, 1)).id)
    for day in (desks.clock.today.replace(day=19), desks.clock.today.replace(day=21)):
        form.set("returned_on", day)
        assert refusal(lambda: form.take("receive")).field == "returned_on"


def test_the_sale_leaves_the_books_by_somebody_elses_hand_on_the_day_it_is_credited(desks: Any, product: int) -> None:
    customer = a_customer(desks, **ON_ACCOUNT)
    note = sent(desks, customer, (product, 10))
    order = note.get("order_id")
    pay(desks, order, "1000.00")
    form = a_return(desks, note.id, 4)
    form.take("receive")
    with pytest.raises(NotAllowed):
        open_form(desks["warehouse"], "returns", form.id).take("credit")
    desks.clock.pass_days(2)
    open_form(desks["finance"], "returns", form.id).take("credit")
    with desks.company.reading() as session:
        debt, row = session.query(Receivable).one(), session.query(LedgerEntry).filter_by(kind="return").one()
        assert (row.number, row.order_id, row.quantity, row.amount) == (form.number, order, -4, Decimal("-480.00"))
        assert row.on == desks.clock.today
        assert (debt.amount, debt.settled) == (Decimal("720.00"), Decimal("720.00"))
        assert session.get_one(Order, order).paid == Decimal("720.00")
        assert session.get_one(Customer, customer).purchases_total == Decimal("720.00")
    with desks["finance"].reading() as act:
        assert advance_of(act, customer) == Decimal("280.00")
    assert check(desks.company) == []
    history = [tr(one.step_label) for one in open_form(desks["finance"], "orders", order).history()]
    assert history[0] == "Payment allocated"
    today = Period.day(desks.clock.today)
    daily = run(desks["manager"], "sales_daily", today)
    assert {row.cells[0]: row.cells[1:3] for row in daily.blocks[0].rows}["Of these, goods returned"] == (
        1, Decimal("-480.00")
    )  # fmt: skip
    account = run(desks["finance"], "statement", today, customer_id=customer).blocks[1]
    assert (account.rows[1].cells[1:], account.rows[-1].cells[-1]) == (
        (form.number, "Return", "", Decimal("480.00"), "", Decimal("-280.00")), Decimal("-280.00")
    )  # fmt: skip


def test_the_rest_of_a_prepaid_order_leaves_after_some_of_it_came_back(desks: Any, product: int) -> None:
    """What is given back for the return is not missing for the goods that are still to be sent."""
    order = moved_to(desks, an_order(desks, a_customer(desks), (product, 5)), "billed").id
    note = dispatch(desks, order, 3)
    credited(desks, a_return(desks, note.id, 2))
    rest = dispatch(desks, order)
    assert (rest.state.name, rest.get("total")) == ("sent", Decimal("240.00"))
    assert open_form(desks["manager"], "orders", order).state.name == "sent"
    assert check(desks.company) == []


def test_who_received_goods_does_not_credit_them(desks: Any, product: int) -> None:
    from dentalsales.blueprint.house_records import Employee
    from dentalsales.usecases.desk import Desk

    with desks.company.writing() as session:
        both = Employee(login="both", name="both", roles="warehouse,manager", search_text="both")
        session.add(both)
    desk = Desk(desks["clerk"].business, desks.company, both)
    form = a_return(desks, sent(desks, a_customer(desks), (product, 1)).id, by="clerk")
    form.save()
    open_form(desk, "returns", form.id).take("receive")
    with pytest.raises(NotAllowed):
        open_form(desk, "returns", form.id).take("credit")
    assert not [one for one in waiting(desk) if one.register.name == "returns"]
    open_form(desks["manager"], "returns", form.id).take("credit")


def test_a_return_is_void_only_while_its_goods_are_there_and_promised_to_nobody(desks: Any, product: int) -> None:
    customer = a_customer(desks, **ON_ACCOUNT)
    form = a_return(desks, sent(desks, customer, (product, 8)).id)
    form.take("receive")
    order = moved_to(desks, an_order(desks, customer, (product, 20)), "billed")
    with pytest.raises(RuleBroken, match="is promised to orders"):
        open_form(desks["manager"], "returns", form.id).take("void", note="录错")
    dispatch(desks, order.id, 5, 12)
    with pytest.raises(RuleBroken, match="Some goods of lot EARLY have left already"):
        open_form(desks["manager"], "returns", form.id).take("void", note="录错")


def test_a_void_return_takes_the_goods_out_again_and_may_be_entered_anew(desks: Any, product: int) -> None:
    """Its lot was stopped meanwhile, so that an order which waits for all the others was promised none of it."""
    customer = a_customer(desks)
    note = sent(desks, customer, (product, 5))
    form = a_return(desks, note.id)
    form.take("receive")
    with desks.company.writing() as session:
        session.query(Lot).filter_by(lot_no="EARLY").one().condition = "stopped"
    moved_to(desks, an_order(desks, customer, (product, 20)), "stock_confirmed")
    open_form(desks["manager"], "returns", form.id).take("void", note="录错")
    assert on_hand(desks) == ({"LATE": 20, "EARLY": 0}, 20)
    again = credited(desks, a_return(desks, note.id), by="manager")
    assert again.number == "TH-20261120-002" and on_hand(desks)[0] == {"LATE": 20, "EARLY": 5}
    with pytest.raises(RuleBroken):
        open_form(desks["manager"], "returns", again.id).take("void", note="录错")
    assert check(desks.company) == []


def test_a_contract_tells_what_was_bought_and_what_is_left_of_its_return_quota(desks: Any, product: int) -> None:
    """2,000 billed in two orders, quota 2 %: 40; a piece of 100 that comes back is more than that."""
    customer = a_customer(desks, **ON_ACCOUNT)
    terms = {"commitment": Decimal("4000.00"), "rebate": Decimal("3.00"), "return_quota": Decimal("2.00")}
    template = a_template(desks, "annual", "年度框架合同")
    contract = sealed(desks, a_contract(desks, customer, template, (product, 100, "100.00"), **terms))
    first, _second = (sent(desks, customer, (product, 10)) for _order in range(2))
    before = facts(open_form(desks["manager"], "contracts", contract.id))
    assert [before[word] for word in ("Bought to date", "Commitment reached", "Return quota", "Return quota left")] == [
        Decimal("2000.00"), Decimal("50.00"), Decimal("40.00"), Decimal("40.00"),
    ]  # fmt: skip
    form = a_return(desks, first.id, 1)
    form.take("receive")
    assert warned(form) == [f"{contract.number}: the return quota of ¥40.00 is exceeded by ¥60.00."]
    received = facts(open_form(desks["manager"], "contracts", contract.id))
    assert (received["Return quota left"], received["Bought to date"]) == (Decimal("-60.00"), Decimal("2000.00"))
    open_form(desks["finance"], "returns", form.id).take("credit")
    after = facts(open_form(desks["manager"], "contracts", contract.id))
    assert [after[word] for word in ("Bought to date", "Commitment reached", "Return quota left")] == [
        Decimal("1900.00"), Decimal("47.50"), Decimal("-60.00"),
    ]  # fmt: skip
    report = run(desks["manager"], "contract_fulfilment", Period.day(desks.clock.today)).blocks[0]
    told = dict(zip((column.name for column in report.columns), report.rows[0].cells, strict=True))
    assert (told["billed"], told["returned"]) == (Decimal("2000.00"), Decimal("100.00"))
    assert after["Called off"] == before["Called off"], "what came back is not open to be called off again"


def test_what_was_paid_lies_on_the_products_that_the_customer_keeps(desks: Any, product: int) -> None:
    """Of three products called off and paid, one came back and one was never sent: for the third nothing is owed."""
    second, third = a_product(desks, "金刚砂车针"), a_product(desks, "磷酸锌水门汀")
    for other in (second, third):
        some_stock(desks, other, 10)
    customer = a_customer(desks)
    template = a_template(desks, "annual", "年度框架合同")
    agreed = [(one, 10, "100.00") for one in (product, second, third)]
    form = a_contract(desks, customer, template, *agreed, save=False)
    for days, amount in ((10, "500.00"), (20, "2500.00")):
        form.add_line("instalments").set("due_on", desks.clock.today + timedelta(days=days))
        form.lines("instalments")[-1].set("amount", Decimal(amount))
    contract = sealed(desks, form)
    order = moved_to(desks, an_order(desks, customer, (product, 5), (second, 5), (third, 5)), "billed").id
    note = form_from(desks["warehouse"], "orders", order, "dispatch")
    note.remove_line("lines", 2)
    note.take("dispatch")
    open_form(desks["manager"], "orders", order).take("reverse_rest", note="缺货")
    credited(desks, a_return(desks, note.id, 5))
    lines = run(desks["manager"], "contract_fulfilment", Period.day(desks.clock.today)).blocks[1]
    names = [column.name for column in lines.columns]
    told = [dict(zip(names, row.cells, strict=True)) for row in lines.rows]
    money = [(Decimal("500.00"), Decimal("0.00")), (Decimal("500.00"), Decimal("500.00")), (Decimal("0.00"),) * 2]
    assert [(one["billed"], one["collected"]) for one in told] == money
    assert tr(facts(open_form(desks["manager"], "contracts", contract.id))["Instalments collected"]) == "1 of 2"
    for days, late in ((11, []), (10, ["receipt_of_contract"])):
        desks.clock.pass_days(days)
        assert [one.draft_name for one in waiting(desks["finance"]) if one.register.name == "contracts"] == late


def warned(form: Form) -> Iterable[str]:
    """What the history keeps of the warnings of the last step."""
    return [tr(text) for text in form.history()[0].warnings]
