"""Samples: approved along the route of their class, taken out of a real lot, sent by the right desk, and answered."""

import random
from datetime import timedelta
from decimal import Decimal

import pytest
from makers import a_customer, a_product, a_sample, an_order, moved_to, some_stock

from dentalsales.blueprint.report import Period
from dentalsales.blueprint.rules import NotAllowed, RuleBroken
from dentalsales.i18n import tr
from dentalsales.registers.stock import Lot, Movement, available
from dentalsales.usecases.check_company import check
from dentalsales.usecases.form import drafts_offered, form_from, open_form
from dentalsales.usecases.inbox import waiting
from dentalsales.usecases.run_report import run

PERMISSIONS = {
    "samples": {
        "view": "manager director vp general_manager leader assistant rep service service_manager after_sales "
        "warehouse quality",
        "create": "assistant rep",
        "edit": "assistant rep",
        "export": "manager director vp general_manager leader assistant service service_manager after_sales "
        "warehouse quality",
        "steps": {
            "submit": "assistant rep",
            "approve": "manager quality leader director vp general_manager",
            "reject": "manager quality leader director vp general_manager",
            "take": "quality",
            "dispatch": "warehouse assistant",
            "deliver": "rep assistant warehouse",
            "ask": "rep assistant manager",
            "give_back": "quality warehouse",
            "close": "rep assistant manager",
            "put_back": "quality warehouse",
            "withdraw": "assistant rep",
            "reopen": "assistant rep",
            "void": "manager",
        },
    },
}
LIKED = {"opinion": "颜色自然", "score": 5, "outcome": "order"}


@pytest.fixture
def product(desks) -> int:
    """Twenty pieces of a lot that lasts long, five of one that expires first."""
    made = a_product(desks)
    some_stock(desks, made, 20, "L-LONG", 500)
    some_stock(desks, made, 5, "L-SOON", 100)
    return made


def lots(desks) -> dict[str, int]:
    with desks.company.reading() as session:
        return {lot.lot_no: lot.on_hand for lot in session.query(Lot)}


def here(desks, login: str) -> list[str]:
    return [tr(one.step) for one in waiting(desks[login]) if one.register.name == "samples"]


def test_unified_sales_go_over_sales_and_quality_and_are_sent_by_the_warehouse(desks, product) -> None:
    form = a_sample(desks, (product, 2), sale_class="unified")
    form.take("submit")
    assert form.number == "YP-20261120-001"
    with pytest.raises(NotAllowed):
        open_form(desks["quality"], "samples", form.id).take("approve")
    open_form(desks["manager"], "samples", form.id).take("approve")
    assert here(desks, "quality") == ["Countersign"] and here(desks, "leader") == []
    open_form(desks["quality"], "samples", form.id).take("approve")
    assert here(desks, "quality") == ["Draw"] and here(desks, "warehouse") == []
    open_form(desks["quality"], "samples", form.id).take("take")
    assert here(desks, "warehouse") == ["Send out"] and here(desks, "assistant") == []
    (send,) = (one for one in open_form(desks["rep"], "samples", form.id).steps() if one.step.name == "dispatch")
    assert send.people == ("warehouse name",), "who waits is told whom for"
    with pytest.raises(RuleBroken, match="done by: Warehouse and logistics"):
        open_form(desks["assistant"], "samples", form.id).take("dispatch", asked={"sent_on": desks.clock.today})
    open_form(desks["warehouse"], "samples", form.id).take("dispatch", asked={"sent_on": desks.clock.today})


def test_local_sales_go_over_quality_and_the_leader_and_are_sent_by_the_sales_office(desks, product) -> None:
    form = a_sample(desks, (product, 2), sale_class="local")
    form.take("submit")
    with pytest.raises(NotAllowed):
        open_form(desks["leader"], "samples", form.id).take("approve")
    open_form(desks["quality"], "samples", form.id).take("approve")
    open_form(desks["leader"], "samples", form.id).take("approve")
    open_form(desks["quality"], "samples", form.id).take("take")
    assert here(desks, "assistant") == ["Send out"] and here(desks, "warehouse") == []
    with pytest.raises(RuleBroken, match="done by: Sales assistant"):
        open_form(desks["warehouse"], "samples", form.id).take("dispatch", asked={"sent_on": desks.clock.today})
    open_form(desks["assistant"], "samples", form.id).take("dispatch", asked={"sent_on": desks.clock.today})


def test_quality_takes_the_lot_that_is_proposed_or_another_and_nothing_else_moves(desks, product) -> None:
    form = a_sample(desks, (product, 2), state="approved")
    line = form.lines("lines")[0]
    assert (line.shown("lot_id"), line.get("registration")) == ("L-SOON", "国械注准20213170001")
    other = open_form(desks["quality"], "samples", form.id)
    assert other.editable and not other.can_edit("reason") and not other.can_edit("lines")
    assert not open_form(desks["rep"], "samples", form.id).editable
    with pytest.raises(RuleBroken):
        other.lines("lines")[0].set("quantity", 9)
    other.record.reason, other.record.lines[0].quantity = "forged", 9
    with desks.company.reading() as session:
        long = session.query(Lot).filter_by(lot_no="L-LONG").one().id
    other.lines("lines")[0].set("lot_id", long)
    assert other.lines("lines")[0].get("expires_on") == desks.clock.today + timedelta(days=500)
    other.take("take")
    other.reload()
    assert (other.get("reason"), other.lines("lines")[0].get("quantity")) == ("", 2)
    assert lots(desks) == {"L-LONG": 18, "L-SOON": 5}
    assert [tr(one.step_label) for one in other.history()[:2]] == ["Draw", "Filled in"]
    with desks.company.reading() as session:
        moved = session.query(Movement).filter_by(kind="sample").one()
        assert (moved.quantity, moved.paper, moved.paper_register) == (-2, form.number, "samples")
    assert check(desks.company) == []


def test_what_is_promised_stopped_or_expired_is_no_sample(desks, product) -> None:
    moved_to(desks, an_order(desks, a_customer(desks), (product, 24)), "stock_confirmed")
    form = a_sample(desks, (product, 2), state="approved")
    with pytest.raises(RuleBroken, match="is promised to orders"):
        open_form(desks["quality"], "samples", form.id).take("take")
    lot = open_form(desks["quality"], "lots", 2)
    lot.set("condition", "stopped")
    if "condition_reason" in lot.fields():
        lot.set("condition_reason", "投诉")
    lot.save()
    with pytest.raises(RuleBroken, match="the sale of lot L-SOON is stopped: 投诉"):
        open_form(desks["quality"], "samples", form.id).take("take")
    assert lots(desks) == {"L-LONG": 20, "L-SOON": 5}


def test_what_was_drawn_does_not_leave_after_its_lot_was_stopped(desks, product) -> None:
    form = a_sample(desks, (product, 2), state="sampled")
    lot = open_form(desks["quality"], "lots", 2)
    lot.set("condition", "stopped")
    lot.set("condition_reason", "投诉")
    lot.save()
    assert here(desks, "warehouse") == ["Send out"], "it does not lie there unseen"
    with pytest.raises(RuleBroken, match="the sale of lot L-SOON is stopped: 投诉"):
        open_form(desks["warehouse"], "samples", form.id).take("dispatch", asked={"sent_on": desks.clock.today})
    open_form(desks["warehouse"], "samples", form.id).take("put_back", note="停售")


def test_the_opinion_is_due_on_a_day_and_is_there_before_closing(desks, product) -> None:
    form = a_sample(desks, (product, 2), state="delivered")
    assert form.get("due_on") == desks.clock.today + timedelta(days=14)
    with pytest.raises(RuleBroken, match="not possible now"):
        form.take("close")
    assert here(desks, "rep") == []
    desks.clock.pass_days(15)
    assert here(desks, "rep") == ["Record opinion"]
    assert [one.overdue for one in waiting(desks["rep"]) if one.register.name == "samples"] == [True]
    for wrong in ({**LIKED, "score": 6}, {**LIKED, "opinion": " "}, {"opinion": "好"}):
        with pytest.raises(RuleBroken):
            open_form(desks["rep"], "samples", form.id).take("ask", asked=wrong)
    open_form(desks["rep"], "samples", form.id).take("ask", asked=LIKED)
    assert here(desks, "rep") == ["Close"]
    open_form(desks["rep"], "samples", form.id).take("close")


def test_what_is_lent_comes_back_into_its_lot_before_closing(desks, product) -> None:
    back = desks.clock.today + timedelta(days=30)
    with pytest.raises(RuleBroken, match="by when the goods come back"):
        a_sample(desks, (product, 2), nature="lent").save()
    form = a_sample(desks, (product, 2), customer_id=a_customer(desks, "甲诊所"), nature="lent", return_by=back,
                    state="answered")  # fmt: skip
    assert form.get("due_on") == back and lots(desks)["L-SOON"] == 3
    with pytest.raises(RuleBroken, match="lent goods came back"):
        form.take("close")
    assert here(desks, "warehouse") == []
    desks.clock.pass_days(30)
    assert here(desks, "warehouse") == ["Record return"]
    came = {"returned_on": desks.clock.today, "returned_as": "sound"}
    open_form(desks["warehouse"], "samples", form.id).take("give_back", asked=came)
    assert lots(desks)["L-SOON"] == 5 and check(desks.company) == []
    open_form(desks["rep"], "samples", form.id).take("close")


def test_samples_that_never_arrived_lie_where_they_lay(desks, product) -> None:
    form = a_sample(desks, (product, 2), state="sent")
    open_form(desks["warehouse"], "samples", form.id).take("put_back", note="客户拒收")
    form.reload()
    assert (form.state.name, form.get("sent_on"), lots(desks)["L-SOON"]) == ("approved", None, 5)
    open_form(desks["quality"], "samples", form.id).take("take")
    with desks.company.reading() as session:
        moves = [(one.kind, one.quantity) for one in session.query(Movement).filter_by(paper_register="samples")]
    assert moves == [("sample", -2), ("sample_back", 2), ("sample", -2)]


def test_one_key_makes_an_order_of_samples_that_were_liked(desks, product) -> None:
    form = a_sample(desks, (product, 2), state="approved")
    assert drafts_offered(desks["service"], "samples", form.id) == []
    other = a_sample(desks, (product, 2), customer_id=a_customer(desks, "乙诊所"), state="answered")
    offered = [draft.name for draft, _target in drafts_offered(desks["service"], "samples", other.id)][0]
    order = form_from(desks["service"], "samples", other.id, offered)
    assert (order.get("customer_id"), order.shown("terms")) == (other.get("customer_id"), "Prepay")
    line = order.lines("lines")[0]
    assert (line.get("product_id"), line.get("quantity"), str(line.get("unit_price"))) == (product, 2, "120.0000")
    order.save()
    assert str(order.get("total")) == "240.00"


def test_in_random_order_no_step_is_skipped_and_nothing_leaves_before_its_approval(desks, product) -> None:
    dice, people = random.Random(20261123), ("rep", "assistant", "manager", "quality", "leader", "warehouse", "both")
    desks.of_roles("both", "manager,quality,warehouse")
    routes = {"unified": ["manager", "quality"], "local": ["quality", "leader"]}
    asked = {
        "dispatch": {"sent_on": desks.clock.today},
        "deliver": {"signed_by": "王医生", "delivered_on": desks.clock.today},
        "ask": LIKED,
    }
    gone = 0
    for number in range(4):
        sale_class = dice.choice(list(routes))
        customer = a_customer(desks, f"客户{number}口腔", sale_class=sale_class)
        form = a_sample(desks, (product, 1), customer_id=customer)
        form.save()
        approved: list[str] = []
        for _act in range(30):
            desk, workflow = desks[dice.choice(people)], form.register.workflow
            before = open_form(desks["manager"], "samples", form.id)
            offered = workflow.steps_from(before.state.name) if dice.random() < 0.8 else workflow.steps
            step = dice.choice([one.name for one in offered if one.name not in ("void", "reopen")] or ["take"])
            stock = sum(lots(desks).values())
            try:
                open_form(desk, "samples", form.id).take(step, "x", asked.get(step))
            except RuleBroken:
                assert sum(lots(desks).values()) == stock
                continue
            if step == "approve":
                assert before.record.turn == routes[sale_class][len(approved)] and before.record.turn in desk.roles
                approved.append(before.record.turn)
            elif step in ("reject", "withdraw", "submit"):
                approved = []
            elif step in ("take", "dispatch"):
                assert approved == routes[sale_class]
            gone += step == "dispatch"
    assert gone > 0


def test_a_sample_takes_nothing_from_what_may_be_promised_twice(desks, product) -> None:
    a_sample(desks, (product, 5), state="sampled")
    with desks["manager"].reading() as act:
        assert available(act, product) == 20


def test_conversion_counts_the_first_order_of_the_same_goods_within_ninety_days(desks, product) -> None:
    first, second = (a_customer(desks, name) for name in ("甲齿科", "乙齿科"))
    a_sample(desks, (product, 1), customer_id=first, state="answered")
    a_sample(desks, (product, 1), customer_id=second, state="delivered")
    desks.clock.pass_days(10)
    other = a_product(desks, "粘接剂", "88.00", code="OTHER")
    some_stock(desks, other, 20, "L-OTHER")
    for goods, pieces in ((other, 1), (product, 3), (product, 2)):
        moved_to(desks, an_order(desks, first, (goods, pieces)), "stock_confirmed")
    desks.clock.pass_days(100)
    moved_to(desks, an_order(desks, second, (product, 1)), "stock_confirmed")
    period = Period(desks.clock.today - timedelta(days=120), desks.clock.today)
    sheet = run(desks["manager"], "sample_conversion", period)
    (by_rep,) = sheet.blocks[0].rows
    assert by_rep.cells == ("rep name", 2, 1, Decimal("5.0"), 1, Decimal("50.00"), Decimal("360.00"))
    assert sheet.blocks[2].totals is not None and sheet.blocks[2].totals[-1] == Decimal("360.00")
    assert [row.cells[0] for row in sheet.blocks[1].rows] == ["光固化复合树脂"]
    assert run(desks["rep2"], "sample_conversion", period).blocks[0].rows == ()
    with pytest.raises(NotAllowed):
        run(desks["quality"], "sample_conversion", period)
