"""Customers' visits to us: applied for ahead, verified, approved by the right desk, received and followed up."""

import random
from datetime import timedelta

import pytest
from makers import a_customer, a_sample, a_visit

from dentalsales.blueprint.report import Period
from dentalsales.blueprint.rules import NotAllowed, RuleBroken
from dentalsales.i18n import tr
from dentalsales.ui.form_plan import FormPlan
from dentalsales.usecases.form import open_form
from dentalsales.usecases.inbox import waiting
from dentalsales.usecases.run_report import run

PERMISSIONS = {
    "site_visits": {
        "view": "manager director vp general_manager leader assistant rep service service_manager after_sales office",
        "create": "assistant rep",
        "edit": "assistant rep",
        "export": "manager director vp general_manager leader assistant service service_manager after_sales office",
        "steps": {
            "submit": "assistant rep",
            "approve": "manager leader",
            "reject": "manager leader",
            "receive": "manager assistant rep",
            "follow": "manager assistant rep",
            "close": "manager assistant rep",
            "call_off": "manager assistant rep",
            "withdraw": "assistant rep",
            "reopen": "assistant rep",
            "void": "manager",
        },
    },
}
KEEPS_OUT = ("void", "call_off", "reopen")
CAME = {"reception_opinion": "按计划接待", "result": "有意试用树脂"}


def test_it_is_applied_for_a_day_ahead_and_says_so_beside_the_day(desks) -> None:
    form = a_visit(desks, days=0)
    assert "today for 2026-11-21 or later" in tr(form.doubt("visit_on"))
    with pytest.raises(RuleBroken, match="at least 1 days ahead: today for 2026-11-21 or later") as caught:
        form.save()
    assert caught.value.field == "visit_on"
    form.set("visit_on", desks.clock.today + timedelta(days=1))
    assert form.doubt("visit_on") is None
    form.save()
    desks.clock.pass_days(1)
    with pytest.raises(RuleBroken, match="for 2026-11-22 or later"):
        open_form(desks["rep"], "site_visits", form.id).take("submit")


def test_nobody_is_invited_before_it_is_known_who_they_are(desks) -> None:
    form = a_visit(desks, is_verified=False, verified_how="")
    assert FormPlan(desks["rep"], form).is_needed("is_verified", skip_filled=True), "Enter stops at the tick"
    for name, value in (("is_verified", True), ("verified_how", "licence")):
        with pytest.raises(RuleBroken) as caught:
            form.take("submit")
        assert caught.value.field == name
        form.set(name, value)
    form.set("customer_id", a_customer(desks, "另一家口腔"))
    assert (form.get("is_verified"), form.get("verified_how")) == (False, ""), "others come, whom nobody checked"
    form.set("is_verified", True)
    form.set("verified_how", "licence")
    form.set("headcount", 0)
    with pytest.raises(RuleBroken, match="at least 1"):
        form.take("submit")
    form.set("headcount", 3)
    form.set("proposal", "")
    with pytest.raises(RuleBroken, match="how the visit is to be handled"):
        form.take("submit")


@pytest.mark.parametrize(
    ("sale_class", "always", "decides"),
    [("unified", "by_class", "manager"), ("local", "by_class", "leader"), ("unified", "leader", "leader")],
)
def test_the_class_of_the_customer_or_the_setting_says_who_approves(desks, sale_class, always, decides) -> None:
    from dentalsales.usecases import settings_desk

    if always != "by_class":
        settings_desk.change(desks["manager"], "visit_route", always)
    form = a_visit(desks, sale_class=sale_class)
    form.take("submit")
    other = {"manager": "leader", "leader": "manager"}[decides]
    with pytest.raises(NotAllowed):
        open_form(desks[other], "site_visits", form.id).take("approve")
    with pytest.raises(RuleBroken, match="not possible now"):
        open_form(desks["manager"], "site_visits", form.id).take("receive", asked=CAME)
    open_form(desks[decides], "site_visits", form.id).take("approve")
    approved = open_form(desks["leader"], "site_visits", form.id)
    assert approved.state.name == "approved"
    (receive,) = (one for one in approved.steps() if one.step.name == "receive")
    assert receive.people[0] == "rep name" and "rep2 name" not in receive.people, "whose customer it is, nobody else's"


def test_a_class_that_changed_before_the_submission_changes_who_approves(desks) -> None:
    """The application lies as a draft while the manager makes the customer one of local sales."""
    visit, sample = a_visit(desks), a_sample(desks)
    for form in (visit, sample):
        form.save()
        customer = open_form(desks["manager"], "customers", form.get("customer_id"))
        customer.set("sale_class", "local")
        customer.save()
        form.take("submit")
    assert (visit.record.route, sample.record.route) == ("leader", "quality,leader")


def test_a_role_that_the_settings_name_twice_decides_once(desks) -> None:
    from dentalsales.blueprint.house_records import SettingValue

    with desks.company.writing() as session:  # as it was kept before the settings refused it
        session.merge(SettingValue(key="sample_route_unified", value="manager,quality,manager"))
    sample = a_sample(desks)
    sample.take("submit")
    for login in ("manager", "quality"):
        open_form(desks[login], "samples", sample.id).take("approve")
    assert open_form(desks["manager"], "samples", sample.id).state.name == "approved"


def test_from_the_visit_to_its_follow_up(desks) -> None:
    form = a_visit(desks)
    form.take("submit")
    assert form.number == "CG-20261120-001"
    open_form(desks["manager"], "site_visits", form.id).take("approve")
    here = lambda login: [one.record_id for one in waiting(desks[login]) if one.register.name == "site_visits"]  # noqa: E731
    assert here("rep") == []
    with pytest.raises(RuleBroken, match="The visit is on 2026-11-21"):
        open_form(desks["rep"], "site_visits", form.id).take("receive", asked=CAME)
    desks.clock.pass_days(1)
    assert here("rep") == [form.id]
    with pytest.raises(RuleBroken) as caught:
        open_form(desks["rep"], "site_visits", form.id).take("receive", asked={"reception_opinion": "好"})
    assert caught.value.field == "result"
    open_form(desks["rep"], "site_visits", form.id).take("receive", asked=CAME)
    follow = {"follow_up": "送样", "follow_up_by_id": desks["rep"].employee_id}
    received = open_form(desks["assistant"], "site_visits", form.id)
    step = received.register.workflow.step("follow")
    assert received.suggested(step)["follow_up_by_id"] == desks["rep"].employee_id
    with pytest.raises(RuleBroken, match="today or later"):
        received.take("follow", asked={**follow, "due_on": desks.clock.today - timedelta(days=1)})
    received.take("follow", asked={**follow, "due_on": desks.clock.today + timedelta(days=7)})
    assert here("rep") == []
    desks.clock.pass_days(8)
    assert [one.overdue for one in waiting(desks["rep"]) if one.register.name == "site_visits"] == [True]
    closed = open_form(desks["rep"], "site_visits", form.id)
    closed.take("close", asked={"followed_up": "已下首单"})
    signed = [tr(one.step_label) for one in closed.history()]
    assert signed[:4] == ["Close", "Arrange the follow-up", "Record the visit", "Approve: Sales manager"]


def test_in_random_order_nobody_is_received_before_the_approval_of_the_right_desk(desks) -> None:
    dice, people = random.Random(20261123), ("rep", "assistant", "manager", "leader", "both")
    desks.of_roles("both", "manager,leader")
    decides = {"unified": "manager", "local": "leader"}
    asked = {
        "receive": CAME,
        "follow": {"follow_up": "送样", "follow_up_by_id": desks["rep"].employee_id},
        "close": {"followed_up": "已下首单"},
    }
    held = 0
    for number in range(4):
        sale_class = dice.choice(list(decides))
        visit = a_visit(desks, days=number + 2, sale_class=sale_class)
        visit.save()
        approved_by = ""
        for _act in range(30):
            desk, now = desks[dice.choice(people)], open_form(desks["manager"], "site_visits", visit.id)
            workflow = now.register.workflow
            offered = workflow.steps_from(now.state.name) if dice.random() < 0.8 else workflow.steps
            step = dice.choice([one.name for one in offered if one.name not in KEEPS_OUT] or ["receive"])
            asked["follow"]["due_on"] = desks.clock.today
            try:
                open_form(desk, "site_visits", visit.id).take(step, "x", asked.get(step))
            except RuleBroken:
                desks.clock.pass_days(int(now.state.name == "approved"))
                continue
            if step == "approve":
                approved_by = now.record.turn
                assert approved_by == decides[sale_class] and approved_by in desk.roles
            elif step in ("submit", "reject", "withdraw", "reopen"):
                approved_by = ""
            elif step in ("receive", "follow", "close"):
                assert approved_by and (step, now.state.name) in (
                    ("receive", "approved"),
                    ("follow", "received"),
                    ("close", "followed"),
                )
                assert step != "receive" or visit.get("visit_on") <= desks.clock.today
            held += step == "receive"
    assert held > 0


def test_what_is_past_is_not_approved_and_gets_another_day(desks) -> None:
    form = a_visit(desks)
    form.take("submit")
    desks.clock.pass_days(2)
    with pytest.raises(RuleBroken, match="day of this visit is over"):
        open_form(desks["manager"], "site_visits", form.id).take("approve")
    open_form(desks["manager"], "site_visits", form.id).take("reject", note="日期已过")
    form.reload()
    form.set("visit_on", desks.clock.today + timedelta(days=3))
    form.take("submit")
    open_form(desks["manager"], "site_visits", form.id).take("approve")


def test_what_a_step_asks_is_as_long_as_its_field(desks) -> None:
    form = a_visit(desks)
    form.take("submit")
    open_form(desks["manager"], "site_visits", form.id).take("approve")
    desks.clock.pass_days(1)
    with pytest.raises(RuleBroken, match="4000 characters"):
        open_form(desks["rep"], "site_visits", form.id).take("receive", asked={**CAME, "result": "长" * 4001})
    assert open_form(desks["rep"], "site_visits", form.id).state.name == "approved"


def test_the_calendar_shows_what_is_asked_for_and_the_reception_list_what_is_approved(desks) -> None:
    asked = a_visit(desks, days=1, arrives_at="14:00")
    held = a_visit(desks, days=1, arrives_at="9:30", customer_id=asked.get("customer_id"))
    for form in (asked, held):
        form.take("submit")
    open_form(desks["manager"], "site_visits", held.id).take("approve")
    month = run(desks["manager"], "visit_calendar", Period.month(desks.clock.today))
    saturday = [row.cells[5] for row in month.blocks[0].rows if row.cells[5]]
    assert saturday[2:6] == ["11-21", "9:30 unified口腔1, 3", "(14:00 unified口腔1, 3)", "11-28"]
    assert [row.cells[1:] for row in month.blocks[2].rows] == [(2, 0, 0, 0, 0)]
    day = run(desks["office"], "reception_list", Period.day(desks.clock.today + timedelta(days=1)))
    assert [(row.cells[0], row.cells[3]) for row in day.blocks[0].rows] == [("9:30", 3)]
