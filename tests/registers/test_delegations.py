"""Delegations: who stands in for whom, for how long, and what the history says of it (P19, M123)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from makers import filled

from dentalsales.blueprint.house_records import Employee, History
from dentalsales.blueprint.rules import NotAllowed, RuleBroken
from dentalsales.usecases import inbox
from dentalsales.usecases.form import open_form

PERMISSIONS = {
    "delegations": {
        "view": "manager director vp general_manager leader clerk assistant rep service service_manager after_sales "
        "technician contract_admin audit finance warehouse quality office marketing",
        "create": "manager director vp general_manager leader",
        "edit": "manager director vp general_manager leader",
        "export": "manager director vp general_manager leader clerk assistant rep service service_manager after_sales "
        "technician contract_admin audit finance warehouse quality office marketing",
    },
}
TODAY = date(2026, 11, 20)


def lend(desks, absent: str, deputy: str, by: str = "manager", **values):
    """Enter that somebody is absent from today on for three days."""
    given = {"starts_on": TODAY, "ends_on": TODAY + timedelta(days=2), **values}
    who = {"absent_id": desks[absent].employee_id, "deputy_id": desks[deputy].employee_id}
    form = filled(desks[by], "delegations", **who, **given)
    form.save()
    for login in (absent, deputy):
        desks[login].look_up_rights()
    return form


def submitted(desks, by: str):
    """A market activity that waits for the manager."""
    form = filled(
        desks[by], "market_activities", title="Exhibition", starts_on=TODAY, ends_on=TODAY, budget=Decimal("100.00")
    )
    form.save()
    form.take("submit")
    return form


def test_the_deputy_does_the_managers_work_and_the_history_says_on_whose_behalf(desks) -> None:
    paper = submitted(desks, "marketing")
    with pytest.raises(NotAllowed, match="done by: Sales manager"):
        open_form(desks["assistant"], "market_activities", paper.id).take("approve")

    lend(desks, "manager", "assistant")

    assert [one.record_id for one in inbox.waiting(desks["assistant"]) if one.step_name == "approve"] == [paper.id]
    open_form(desks["assistant"], "market_activities", paper.id).take("approve")
    newest = open_form(desks["rep"], "market_activities", paper.id).history()[0]
    assert (newest.who, newest.on_behalf_of) == ("assistant name", "manager name")
    back = submitted(desks, "marketing")
    open_form(desks["assistant"], "market_activities", back.id).take("reject", note="预算太高")
    assert [one.step_name for one in inbox.waiting(desks["marketing"]) if one.record_id == back.id] == ["submit"]
    lend(desks, "marketing", "clerk")
    came_back = [one.step_name for one in inbox.waiting(desks["clerk"]) if one.register.name == "market_activities"]
    assert came_back == ["submit"], "what came back to an absent colleague waits for his deputy"


def test_what_the_deputy_may_do_himself_is_not_on_anybodys_behalf(desks) -> None:
    lend(desks, "manager", "assistant")
    paper = submitted(desks, "assistant")
    assert {entry.on_behalf_of for entry in paper.history()} == {""}


@pytest.mark.parametrize(("passed", "may"), [(-1, False), (0, True), (2, True), (3, False)])
def test_the_roles_are_lent_from_the_first_to_the_last_day(desks, clock, passed: int, may: bool) -> None:
    lend(desks, "manager", "assistant", starts_on=TODAY)
    clock.pass_days(passed)
    assert ("manager" in desks["assistant"].roles) is may


def test_a_withdrawn_absence_a_lost_role_and_a_disabled_colleague_lend_nothing(desks, company) -> None:
    form = lend(desks, "manager", "assistant")
    form.set("withdrawn", True)
    form.save()
    desks["assistant"].look_up_rights()
    assert "manager" not in desks["assistant"].roles

    lend(desks, "manager", "assistant")
    with company.writing() as session:
        session.get_one(Employee, desks["manager"].employee_id).roles = "rep"
    desks["assistant"].look_up_rights()
    assert desks["assistant"].roles == {"assistant"}


def test_nobody_approves_his_own_paper_through_a_deputy(desks) -> None:
    paper = submitted(desks, "manager")
    lend(desks, "manager", "assistant")
    with pytest.raises(NotAllowed, match="somebody else does"):
        open_form(desks["assistant"], "market_activities", paper.id).take("approve")
    assert not [one for one in inbox.waiting(desks["assistant"]) if one.step_name == "approve"]


def test_what_the_deputy_entered_for_the_manager_the_manager_does_not_approve_either(desks) -> None:
    lend(desks, "manager", "quality")
    paper = submitted(desks, "quality")
    with pytest.raises(NotAllowed, match="somebody else does"):
        open_form(desks["manager"], "market_activities", paper.id).take("approve")


@pytest.mark.parametrize(
    ("by", "absent", "deputy", "values", "sentence"),
    [
        ("vp", "manager", "assistant", {}, "only lend your own roles"),
        ("manager", "finance", "manager", {}, "can't make yourself the deputy"),
        ("manager", "manager", "manager", {}, "nobody stands in for himself"),
        ("manager", "manager", "assistant", {"roles": "finance"}, "does not hold: Finance"),
        ("manager", "manager", "assistant", {"ends_on": TODAY - timedelta(days=1)}, "ends before it starts"),
    ],
)
def test_an_absence_that_makes_no_sense_is_refused(desks, by, absent, deputy, values, sentence) -> None:
    with pytest.raises(RuleBroken, match=sentence):
        lend(desks, absent, deputy, by, **values)


def test_a_leader_lends_his_own_roles_a_manager_those_of_anybody_and_others_none(desks) -> None:
    lend(desks, "vp", "assistant", "vp")
    lend(desks, "finance", "rep")
    assert "vp" in desks["assistant"].roles and "finance" in desks["rep"].roles
    with pytest.raises(NotAllowed, match="do not include new entries"):
        lend(desks, "finance", "clerk", "finance")


def test_lent_roles_are_not_lent_on(desks) -> None:
    lend(desks, "manager", "vp")
    with pytest.raises(RuleBroken, match="only lend your own roles"):
        lend(desks, "manager", "assistant", "vp")


def test_an_absence_that_has_begun_is_not_rewritten(desks, clock) -> None:
    form = lend(desks, "manager", "assistant")
    clock.pass_days(1)
    form.set("ends_on", TODAY + timedelta(days=5))
    form.save()
    form.set("deputy_id", desks["rep"].employee_id)
    with pytest.raises(RuleBroken, match="began on 2026-11-20"):
        form.save()


def test_who_can_do_what_is_missing_names_the_deputy_too(desks) -> None:
    lend(desks, "manager", "assistant")
    offers = {one.step.name: one for one in open_form(
        desks["rep"], "market_activities", submitted(desks, "rep").id
    ).steps()}  # fmt: skip
    assert offers["approve"].people == ("assistant name", "manager name")


def test_settings_changed_by_a_deputy_are_kept_as_on_behalf(desks, company) -> None:
    from dentalsales.usecases import settings_desk

    lend(desks, "manager", "assistant")
    settings_desk.change(desks["assistant"], "reply_hours", 12)
    with company.reading() as session:
        entry = session.query(History).filter_by(register="settings").one()
        assert entry.on_behalf_of_id == desks["manager"].employee_id
