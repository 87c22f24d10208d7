"""Dispatch notes: by lot, with the whole legal record, and stock in the same transaction."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from makers import a_customer, a_product, a_scan, an_order, deliver, dispatch, moved_to, some_stock
from sqlalchemy import func

from dentalsales.blueprint.rules import RuleBroken, problems_of
from dentalsales.i18n import tr
from dentalsales.registers.dispatch_notes import DispatchNote
from dentalsales.registers.ledger import LedgerEntry
from dentalsales.registers.orders import Order
from dentalsales.registers.receivables import Receivable
from dentalsales.usecases import attach, settings_desk
from dentalsales.usecases.check_company import check
from dentalsales.usecases.form import form_from, open_form

PERMISSIONS = {
    "dispatch_notes": {
        "view": (
            "manager director vp general_manager leader clerk assistant rep service service_manager "
            "after_sales contract_admin finance warehouse"
        ),
        "create": "clerk warehouse",
        "edit": "clerk warehouse",
        "export": "manager director clerk assistant service warehouse",
        "steps": {
            "dispatch": "clerk warehouse",
            "deliver": "clerk service warehouse",
        },
    },
}


def refusal(act) -> str:
    with pytest.raises(RuleBroken) as caught:
        act()
    return tr(caught.value.text)


@pytest.fixture
def billed(desks):
    """A billed order of 12 resins; 5 expire first, 20 later."""
    customer, product = a_customer(desks), a_product(desks)
    some_stock(desks, product, 20, lot="LATE", expires_in=700)
    some_stock(desks, product, 5, lot="EARLY", expires_in=200)
    return moved_to(desks, an_order(desks, customer, (product, 12)), "billed"), customer, product


def test_the_first_expiry_leaves_first_and_a_line_is_split_by_lot(desks, billed) -> None:
    order, _customer, _product = billed
    note = form_from(desks["warehouse"], "orders", order.id, "dispatch")
    assert [(line.shown("lot_id"), line.get("quantity")) for line in note.lines("lines")] == [("EARLY", 5), ("LATE", 7)]
    note.take("dispatch")
    assert [line.get("amount") for line in note.lines("lines")] == [Decimal("600.00"), Decimal("840.00")]
    assert check(desks.company) == []


def test_what_the_papers_said_stays_on_the_line(desks, billed) -> None:
    order, customer, product = billed
    note = dispatch(desks, order.id)
    form = open_form(desks["manager"], "products", product)
    form.set("registration", "国械注准20263179999")
    form.set("name", "改名产品")
    form.save()
    with desks.company.reading() as session:
        line = session.get(DispatchNote, note.id).lines[0]
        assert (line.product_name, line.registration, line.lot_no) == ("光固化复合树脂", "国械注准20213170001", "EARLY")
        assert session.get(DispatchNote, note.id).buyer_licence == "PDY10001"


@pytest.mark.parametrize(
    ("field", "label"),
    [
        ("model", "Model"),
        ("spec", "Specification"),
        ("registrant", "Registrant or filer"),
        ("maker_licence", "Maker's licence number"),
        ("registration", "Registration or filing number"),
    ],
)
def test_a_regulated_line_with_an_empty_field_of_the_record_does_not_leave(desks, field, label) -> None:
    customer, product = a_customer(desks), a_product(desks, **{field: ""})
    some_stock(desks, product, 10)
    order = moved_to(desks, an_order(desks, customer, (product, 1)), "billed")
    assert f"needs “{label}”" in refusal(lambda: dispatch(desks, order.id))


def test_a_buyer_without_licence_gets_no_regulated_goods(desks) -> None:
    customer, product = a_customer(desks, licence=False), a_product(desks)
    some_stock(desks, product, 10)
    order = moved_to(desks, an_order(desks, customer, (product, 1)), "billed")
    assert "has no valid licence on file" in refusal(lambda: dispatch(desks, order.id))


def test_all_that_the_record_lacks_is_named_at_once(desks) -> None:
    customer, product = a_customer(desks, licence=False), a_product(desks, model="", registrant="")
    other = a_product(desks, "粘接剂", code="B1", maker_licence="")
    some_stock(desks, product, 10)
    some_stock(desks, other, 10)
    order = moved_to(desks, an_order(desks, customer, (product, 1), (other, 1)), "billed")
    with pytest.raises(RuleBroken) as caught:
        dispatch(desks, order.id)
    said = [tr(problem.text) for problem in problems_of(caught.value)]
    assert len(said) == 3
    assert "“Model, Registrant or filer”" in said[0] and "“Maker's licence number”" in said[1]
    assert "has no valid licence on file" in said[2]


def test_goods_that_are_no_device_leave_without_the_record(desks) -> None:
    customer = a_customer(desks, licence=False)
    product = a_product(
        desks,
        "一次性水杯",
        device_class="none",
        registration="",
        registrant="",
        maker_licence="",
        model="",
        shelf_life_months=None,
        has_lot=False,
    )
    some_stock(desks, product, 10, lot="")
    order = moved_to(desks, an_order(desks, customer, (product, 1)), "billed")
    dispatch(desks, order.id)
    assert open_form(desks["clerk"], "orders", order.id).state.name == "sent"


def test_an_expired_lot_is_refused_and_the_expiry_day_is_the_last_day(desks, billed, clock) -> None:
    order, _customer, _product = billed
    note = form_from(desks["warehouse"], "orders", order.id, "dispatch")
    note.lines("lines")[1].set("quantity", 1)
    note.save()
    clock.pass_days(200)
    clock_day = desks["warehouse"].today
    assert note.lines("lines")[0].get("expires_on") == clock_day
    clock.pass_days(1)
    assert "expires" in refusal(lambda: open_form(desks["warehouse"], "dispatch_notes", note.id).take("dispatch"))
    clock.pass_days(-1)
    open_form(desks["warehouse"], "dispatch_notes", note.id).take("dispatch")


def test_a_lot_that_quality_stopped_is_refused(desks, billed) -> None:
    order, _customer, _product = billed
    note = form_from(desks["warehouse"], "orders", order.id, "dispatch")
    note.save()
    lot = open_form(desks["quality"], "lots", note.lines("lines")[0].get("lot_id"))
    lot.set("condition", "stopped")
    lot.set("condition_reason", "客户反映开裂")
    lot.save()
    assert "is stopped: 客户反映开裂" in refusal(
        lambda: open_form(desks["warehouse"], "dispatch_notes", note.id).take("dispatch")
    )


def test_a_lot_that_is_gone_is_refused_with_what_is_left(desks, billed) -> None:
    order, _customer, _product = billed
    note = form_from(desks["warehouse"], "orders", order.id, "dispatch")
    note.lines("lines")[0].set("quantity", 6)
    note.lines("lines")[1].set("quantity", 6)
    assert "has only 5 left" in refusal(lambda: note.take("dispatch"))
    assert check(desks.company) == []


def test_no_more_leaves_than_was_ordered(desks, billed) -> None:
    order, _customer, _product = billed
    note = form_from(desks["warehouse"], "orders", order.id, "dispatch")
    note.lines("lines")[1].set("quantity", 8)
    assert "only 12 支 are still to be sent" in refusal(lambda: note.take("dispatch"))


def test_delivery_needs_the_name_the_day_and_the_copy_of_the_voucher(desks, billed) -> None:
    order, _customer, _product = billed
    note = open_form(desks["clerk"], "dispatch_notes", dispatch(desks, order.id).id)
    today = desks["clerk"].today
    assert "Attach the copy of the signed voucher" in refusal(lambda: note.demand("deliver"))
    asked = {"signed_by": "李护士", "delivered_on": today}
    assert "Attach the copy of the signed voucher" in refusal(lambda: note.take("deliver", asked=asked))
    attach.add(desks["warehouse"], "dispatch_notes", note.id, a_scan(desks))
    note.reload()
    note.demand("deliver")
    assert "Enter who signed" in refusal(lambda: note.take("deliver"))
    early = {"signed_by": "李护士", "delivered_on": today - timedelta(days=1)}
    assert "can't arrive before they left" in refusal(lambda: note.take("deliver", asked=early))
    note.take("deliver", asked=asked)
    assert open_form(desks["clerk"], "orders", order.id).state.name == "delivered"


def test_an_order_is_delivered_when_its_last_note_is(desks, billed) -> None:
    order, _customer, _product = billed
    first = dispatch(desks, order.id, 5, 1)
    second = dispatch(desks, order.id)
    deliver(desks, second.id)
    assert open_form(desks["clerk"], "orders", order.id).state.name == "sent"
    deliver(desks, first.id)
    assert open_form(desks["clerk"], "orders", order.id).state.name == "delivered"


def test_parts_of_a_line_sum_to_its_amount(desks) -> None:
    customer, product = a_customer(desks), a_product(desks, price="0.3333")
    some_stock(desks, product, 100)
    order = moved_to(desks, an_order(desks, customer, (product, 10)), "billed")
    parts = [dispatch(desks, order.id, 3), dispatch(desks, order.id, 3), dispatch(desks, order.id)]
    assert sum(part.get("total") for part in parts) == order.get("total") == Decimal("3.33")


@pytest.mark.parametrize("day", [date(2026, 11, 21), date(2026, 11, 24)], ids=["before billing", "tomorrow"])
def test_goods_leave_between_billing_and_today(desks, clock, day) -> None:
    clock.pass_days(2)
    customer, product = a_customer(desks), a_product(desks)
    some_stock(desks, product, 10)
    order = moved_to(desks, an_order(desks, customer, (product, 1)), "billed")
    clock.pass_days(1)
    note = form_from(desks["warehouse"], "orders", order.id, "dispatch")
    note.set("dispatched_on", day)
    said = refusal(lambda: note.take("dispatch"))
    assert said == "The day of dispatch lies between billing on 2026-11-22 and today."
    note.set("dispatched_on", date(2026, 11, 22))
    note.take("dispatch")
    assert note.get("dispatched_on") == date(2026, 11, 22)


@pytest.mark.parametrize("parts", [(1, 1), (1, 1, 1, 1), (2, 3), (4, 1, 2)])
def test_what_a_red_entry_leaves_is_what_the_notes_say_to_the_fen(desks, parts) -> None:
    customer, product = a_customer(desks), a_product(desks, price="0.3350", pack_unit="", pack_size=None)
    some_stock(desks, product, 100)
    order = moved_to(desks, an_order(desks, customer, (product, 11)), "billed")
    notes = [dispatch(desks, order.id, part) for part in parts]
    open_form(desks["manager"], "orders", order.id).take("reverse_rest", note="缺货")
    sent = sum(note.get("total") for note in notes)
    with desks.company.reading() as session:
        left = session.query(func.sum(LedgerEntry.amount)).filter_by(order_id=order.id).scalar()
        debt = session.query(Receivable).filter_by(order_id=order.id).one()
        line = session.get(Order, order.id).lines[0]
    assert (left, debt.amount, line.sent_amount) == (sent, sent, sent)
    assert check(desks.company) == []


def test_no_part_of_a_cheap_line_costs_less_than_nothing(desks) -> None:
    customer, product = a_customer(desks), a_product(desks, price="0.0050", pack_unit="", pack_size=None)
    some_stock(desks, product, 100)
    order = moved_to(desks, an_order(desks, customer, (product, 10)), "billed")
    notes = [dispatch(desks, order.id, 1) for _part in range(10)]
    amounts = [note.get("total") for note in notes]
    assert min(amounts) == Decimal("0.00") and sum(amounts) == Decimal("0.05")
    assert check(desks.company) == []


def test_a_draft_shows_the_amounts_with_which_the_goods_leave(desks) -> None:
    customer, product = a_customer(desks), a_product(desks, price="0.3350", pack_unit="", pack_size=None)
    some_stock(desks, product, 5, lot="A", expires_in=100)
    some_stock(desks, product, 50, lot="B", expires_in=200)
    order = moved_to(desks, an_order(desks, customer, (product, 7)), "billed")
    dispatch(desks, order.id, 1, 1)
    note = form_from(desks["warehouse"], "orders", order.id, "dispatch")
    note.lines("lines")[0].set("quantity", 3)
    shown = [line.get("amount") for line in note.lines("lines")]
    total = note.get("total")
    note.take("dispatch")
    assert [line.get("amount") for line in note.lines("lines")] == shown and note.get("total") == total == sum(shown)


def test_a_draft_of_an_order_that_is_fully_sent_says_so(desks, billed) -> None:
    order, _customer, _product = billed
    draft = form_from(desks["warehouse"], "orders", order.id, "dispatch")
    draft.save()
    dispatch(desks, order.id)
    said = refusal(lambda: open_form(desks["warehouse"], "dispatch_notes", draft.id).take("dispatch"))
    assert said == f"Nothing of {order.number} is left to send."


def test_a_lot_that_expires_soon_is_amber_on_the_draft_and_named_when_the_goods_leave(desks) -> None:
    """ux 4: near expiry leaves with a word, on the 180th day as well; a lot with more time leaves without one."""
    customer, product = a_customer(desks), a_product(desks)
    some_stock(desks, product, 4, lot="NEAR", expires_in=180)
    some_stock(desks, product, 20, lot="FAR", expires_in=181)
    order = moved_to(desks, an_order(desks, customer, (product, 6)), "billed")
    note = form_from(desks["warehouse"], "orders", order.id, "dispatch")
    said = "Line 1: lot NEAR expires soon, on 2027-05-19 (180 days left)."
    assert [(one.field, tr(one.text)) for one in note.cautions()] == [("lines.0.expires_on", said)]
    facts = {fact.label: (fact.value, fact.tone) for _title, group in note.insights(0) for fact in group}
    assert facts["Days left"] == (180, "warning")
    note.take("dispatch")
    assert [tr(warning) for warning in note.warnings] == [said]
    assert note.cautions() == []
    newest = note.history()[0]
    assert (newest.step_label, newest.warnings) == ("Dispatch", (said,))
    assert open_form(desks["clerk"], "orders", order.id).history()[0].warnings == ()


def test_the_days_before_a_warning_are_the_setting(desks) -> None:
    customer, product = a_customer(desks), a_product(desks)
    some_stock(desks, product, 4, lot="NEAR", expires_in=100)
    order = moved_to(desks, an_order(desks, customer, (product, 4)), "billed")
    settings_desk.change(desks["manager"], "near_expiry_days", 60)
    note = form_from(desks["warehouse"], "orders", order.id, "dispatch")
    assert note.cautions() == []
    note.take("dispatch")
    assert note.warnings == []


def test_the_same_lot_on_two_lines_is_said_when_the_note_is_kept(desks, billed) -> None:
    order, _customer, _product = billed
    note = form_from(desks["warehouse"], "orders", order.id, "dispatch")
    first, second = note.lines("lines")
    first.set("quantity", 2)
    second.set("quantity", 3)
    note.save()
    assert note.warnings == []
    first, second = note.lines("lines")
    second.set("lot_id", first.get("lot_id"))
    note.save()
    (said,) = (tr(warning) for warning in note.warnings)
    assert said.startswith("Line 2: ") and said.endswith("with lot EARLY stands on line 1 already.")
