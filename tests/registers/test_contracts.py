"""Contracts: complete before review, reviewed in order, signed after that, effective with the seal, never deleted."""

from datetime import timedelta
from decimal import Decimal

import pytest
from contract_makers import SEAL, a_contract, a_template, archived, review, sealed
from figures import rounds
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from makers import a_customer, a_product

from dentalsales.blueprint.house_records import SettingValue
from dentalsales.blueprint.rules import NotAllowed, RuleBroken
from dentalsales.i18n import tr
from dentalsales.usecases import inbox
from dentalsales.usecases.duplicate import duplicate
from dentalsales.usecases.find_anything import everywhere
from dentalsales.usecases.form import form_from, open_form

PERMISSIONS = {
    "contract_templates": {
        "view": "manager director vp general_manager leader contract_admin assistant audit rep",
        "create": "contract_admin",
        "edit": "contract_admin",
        "export": "manager director vp general_manager leader contract_admin assistant audit rep",
        "steps": {
            "submit": "contract_admin",
            "approve": "vp general_manager",
            "reject": "vp general_manager",
            "withdraw": "contract_admin",
            "void": "contract_admin",
        },
    },
    "contracts": {
        "view": (
            "clerk assistant service service_manager contract_admin manager director "
            "vp general_manager leader audit finance warehouse rep"
        ),
        "create": "manager contract_admin rep",
        "edit": "manager contract_admin rep",
        "export": "manager director contract_admin assistant audit finance",
        "steps": {
            "submit": "manager contract_admin rep",
            "approve": "contract_admin manager audit vp general_manager leader director finance",
            "reject": "contract_admin manager audit vp general_manager leader director finance",
            "withdraw": "manager contract_admin rep",
            "sign": "manager contract_admin rep",
            "seal": "contract_admin assistant",
            "archive": "contract_admin assistant",
            "complete": "manager contract_admin assistant",
            "terminate": "manager",
            "reopen": "manager contract_admin rep",
            "void": "manager contract_admin",
        },
    },
    "contract_notices": {
        "view": (
            "clerk assistant service service_manager contract_admin manager "
            "director vp general_manager leader audit finance warehouse"
        ),
        "create": "",
        "edit": "",
        "export": (
            "clerk assistant service service_manager contract_admin manager "
            "director vp general_manager leader audit finance warehouse"
        ),
        "steps": {
            "see": (
                "clerk assistant service service_manager contract_admin manager "
                "director vp general_manager leader audit finance warehouse"
            ),
        },
    },
    "contract_progress": {
        "view": (
            "clerk assistant service service_manager contract_admin manager director "
            "vp general_manager leader audit finance warehouse rep"
        ),
        "create": "assistant contract_admin manager rep service",
        "edit": "assistant contract_admin manager rep service",
        "export": (
            "clerk assistant service service_manager contract_admin manager director "
            "vp general_manager leader audit finance warehouse"
        ),
    },
    "requirement_records": {
        "view": (
            "manager assistant rep service contract_admin director vp general_manager leader quality warehouse clerk"
        ),
        "create": "manager assistant rep service contract_admin",
        "edit": "manager assistant rep service contract_admin quality warehouse",
        "export": (
            "manager assistant rep service contract_admin director vp general_manager leader quality warehouse clerk"
        ),
        "steps": {
            "hand_out": "manager assistant rep service contract_admin",
            "analyse_quality": "quality",
            "analyse_warehouse": "warehouse",
            "agree": "manager assistant rep service contract_admin",
            "void": "manager",
        },
    },
}


@pytest.fixture
def customer(desks) -> int:
    return a_customer(desks)


@pytest.fixture
def product(desks) -> int:
    return a_product(desks)


@pytest.fixture
def wording(desks) -> int:
    return a_template(desks)


def refusal(act) -> tuple[str | None, str]:
    with pytest.raises(RuleBroken) as caught:
        act()
    return caught.value.field, tr(caught.value.text)


def test_the_shipped_clauses_begin_a_template_and_a_new_version_ends_the_old_one(desks, wording) -> None:
    first = open_form(desks["contract_admin"], "contract_templates", wording)
    assert [line.get("number") for line in first.lines("clauses")][:3] == [1, 2, 3]
    assert not first.can_edit("clauses")
    second = form_from(desks["contract_admin"], "contract_templates", wording, "next_version")
    second.lines("clauses")[0].set("body", "另有约定的，从其约定。")
    with pytest.raises(RuleBroken, match="what this version changes"):
        second.save()
    second.set("change", "价格条款")
    second.set("valid_from", desks.clock.today + timedelta(days=10))
    second.take("submit")
    for role in ("vp", "general_manager"):
        open_form(desks[role], "contract_templates", second.id).take("approve")
    first.reload()
    assert first.get("valid_to") == desks.clock.today + timedelta(days=9)
    assert (second.get("edition"), first.get("edition")) == (2, 1)
    with pytest.raises(RuleBroken, match="not in force today"):
        a_contract(desks, a_customer(desks), second.id, (a_product(desks), 1, "120.00")).take("submit")


def test_a_contract_is_complete_before_it_is_submitted(desks, customer, product, wording) -> None:
    form = a_contract(desks, customer, wording, (product, 10, "120.00"))
    line = form.lines("lines")[0]
    for name, empty in (("requirement", ""), ("grade", ""), ("deliver_by", None)):
        before = line.get(name)
        line.set(name, empty)
        assert refusal(lambda: form.take("submit"))[0] == f"lines.0.{name}"
        form.lines("lines")[0].set(name, before)
    blank = form.lines("blanks")[0]
    held = blank.get("value")
    blank.set("value", "")
    assert refusal(lambda: form.take("submit"))[0] == "blanks.0.value"
    form.lines("blanks")[0].set("value", held)
    form.take("submit")
    assert form.number.startswith("HT-") and form.state.name == "in_review"


def test_the_route_is_review_verify_ratify_each_with_its_own_word_and_a_refusal_has_its_reason(
    desks, customer, product, wording
) -> None:
    form = a_contract(desks, customer, wording, (product, 10, "120.00"))
    form.take("submit")
    for role, others in (("contract_admin", ("manager", "audit")), ("manager", ("audit",)), ("audit", ("manager",))):
        for other in others:
            with pytest.raises(NotAllowed):
                open_form(desks[other], "contracts", form.id).take("approve", asked={"can_be_met": True})
        mine = open_form(desks[role], "contracts", form.id)
        if role == "contract_admin":
            assert refusal(lambda m=mine: m.take("approve", asked={"can_be_met": False}))[0] == "can_be_met"
            assert [one.step_name for one in inbox.waiting(desks[role]) if one.register.name == "contracts"] == [
                "approve"
            ]
        mine.take("approve", asked={"can_be_met": True} if role == "contract_admin" else None)
    done = open_form(desks["manager"], "contracts", form.id)
    assert done.state.name == "ratified"
    assert [tr(one.step_label).partition(":")[0] for one in done.history()[:3]] == ["Ratify", "Verify", "Review"]
    again = a_contract(desks, customer, wording, (product, 10, "120.00"))
    again.take("submit")
    mine = open_form(desks["contract_admin"], "contracts", again.id)
    assert refusal(lambda: mine.take("reject"))[0] == "note"
    mine.take("reject", note="交货期不够")
    again.reload()
    assert again.state.name == "rejected" and again.can_edit("valid_to")


def test_a_changed_clause_goes_to_vp_and_head_office_before_anybody_else(desks, customer, product, wording) -> None:
    form = a_contract(desks, customer, wording, (product, 10, "120.00"), save=False)
    line = form.add_line("deviations")
    line.set("clause", 2)
    assert line.get("old_text").startswith("产品应当符合")
    line.set("reason", "客户要求")
    assert "does not change" in refusal(lambda: form.take("submit"))[1]
    form.lines("deviations")[0].set("new_text", "剩余有效期不少于十八个月。")
    form.take("submit")
    assert form.record.route == "vp,general_manager,contract_admin,manager,audit"
    with pytest.raises(NotAllowed):
        open_form(desks["contract_admin"], "contracts", form.id).take("approve", asked={"can_be_met": True})
    review(desks, form.id)


def test_prices_below_the_usual_one_and_exclusive_sales_need_vp_general_manager_and_manager(
    desks, customer, product, wording
) -> None:
    form = a_contract(desks, customer, wording, (product, 10, "99.00"))
    form.take("submit")
    assert form.record.route == "vp,general_manager,contract_admin,manager,audit"
    with desks.company.writing() as session:
        session.merge(SettingValue(key="contract_route", value="contract_admin,audit"))
    exclusive = a_contract(desks, customer, a_template(desks, "exclusive", "包销合同"), (product, 10, "130.00"))
    exclusive.take("submit")
    assert exclusive.record.route == "vp,general_manager,manager,contract_admin,audit"
    usual = a_contract(desks, customer, wording, (product, 10, "120.00"))
    usual.take("submit")
    assert usual.record.route == "contract_admin,audit"
    paid_back = a_contract(desks, customer, wording, (product, 10, "120.00"), rebate=Decimal("3.00"))
    paid_back.take("submit")
    assert paid_back.record.route == "vp,general_manager,manager,contract_admin,audit"


def test_where_the_contract_administrator_is_on_no_route_another_reviewer_answers_for_the_goods(
    desks, customer, product, wording
) -> None:
    with desks.company.writing() as session:
        session.merge(SettingValue(key="contract_route", value="audit,manager"))
    form = a_contract(desks, customer, wording, (product, 10, "120.00"))
    form.take("submit")
    open_form(desks["audit"], "contracts", form.id).take("approve")
    manager = open_form(desks["manager"], "contracts", form.id)
    assert manager.step("approve").asks == ("can_be_met",)
    assert refusal(lambda: manager.take("approve"))[0] == "can_be_met"
    manager.take("approve", asked={"can_be_met": True})
    assert manager.state.name == "ratified"


def test_signing_waits_for_the_route_and_the_effect_for_the_seal(desks, customer, product, wording) -> None:
    form = a_contract(desks, customer, wording, (product, 10, "120.00"))
    form.take("submit")
    signed = {"signed_on": desks.clock.today, "signed_at": "北京"}
    for step, asked in (("sign", signed), ("seal", {"sealed_on": desks.clock.today, **SEAL})):
        with pytest.raises(RuleBroken, match="not possible now"):
            open_form(desks["contract_admin"], "contracts", form.id).take(step, asked=asked)
    review(desks, form.id)
    admin = open_form(desks["contract_admin"], "contracts", form.id)
    with pytest.raises(RuleBroken, match="not possible now"):
        admin.take("seal", asked={"sealed_on": desks.clock.today, **SEAL})
    early = {**signed, "signed_on": desks.clock.today - timedelta(days=1)}
    assert refusal(lambda: admin.take("sign", asked=early))[0] == "signed_on"
    admin.reload()
    admin.take("sign", asked=signed)
    whole = {"sealed_on": desks.clock.today, **SEAL}
    for name, empty in (("sealed_on", None), ("seal", ""), ("copies", None), ("sealed_by", "")):
        assert refusal(lambda n=name, e=empty: admin.take("seal", asked={**whole, n: e}))[0] == name
        admin.reload()
    admin.take("seal", asked=whole)
    assert admin.state.name == "effective"


def test_departments_are_told_and_each_ticks_for_itself(desks, customer, product, wording) -> None:
    with desks.company.writing() as session:
        session.merge(SettingValue(key="contract_notice", value="warehouse,clerk,warehouse"))
    form = sealed(desks, a_contract(desks, customer, wording, (product, 10, "120.00")))
    waiting = [one for one in inbox.waiting(desks["warehouse"]) if one.register.name == "contract_notices"]
    assert [one.title for one in waiting] == [form.number]
    hits = [one for one in everywhere(desks["manager"], form.number) if one.register == "contract_notices"]
    told_apart = ["Billing clerk", "Warehouse and logistics"]
    assert sorted(one.detail.split(" · ")[0] for one in hits) == told_apart
    with pytest.raises(NotAllowed):
        open_form(desks["audit"], "contract_notices", waiting[0].record_id).take("see")
    seen = open_form(desks["warehouse"], "contract_notices", waiting[0].record_id)
    seen.take("see")
    assert (seen.state.name, seen.get("seen_by_id")) == ("seen", desks["warehouse"].employee_id)
    assert not [one for one in inbox.waiting(desks["warehouse"]) if one.register.name == "contract_notices"]


def test_archiving_is_a_duty_after_the_seal_that_ends_no_effect(desks, customer, product, wording) -> None:
    form = sealed(desks, a_contract(desks, customer, wording, (product, 10, "120.00")))
    assert [one.step_name for one in inbox.waiting(desks["assistant"]) if one.register.name == "contracts"] == [
        "archive"
    ]
    place = {"archive_place": "2 柜", "archive_number": "DA-1"}
    assert refusal(lambda: form.take("archive", asked=place))[0] == "files"
    kept = archived(desks, form.id)
    assert (kept.state.name, kept.get("archived_on")) == ("effective", desks.clock.today)
    assert not [one for one in inbox.waiting(desks["assistant"]) if one.register.name == "contracts"]
    longer = form_from(desks["rep"], "contracts", form.id, "supplement")
    longer.set("valid_to", form.get("valid_to") + timedelta(days=60))
    archived(desks, sealed(desks, longer).id)
    for days, ends in ((400, []), (60, ["complete"])):
        desks.clock.pass_days(days)
        assert [one.step_name for one in inbox.waiting(desks["manager"]) if one.step_name == "complete"] == ends


def test_a_reopened_contract_begins_its_route_anew_and_keeps_its_number(desks, customer, product, wording) -> None:
    form = a_contract(desks, customer, wording, (product, 10, "120.00"))
    form.take("submit")
    number = form.number
    review(desks, form.id)
    form.reload()
    form.take("reopen", note="数量改变")
    form.lines("lines")[0].set("quantity", 20)
    form.take("submit")
    assert (form.number, form.state.name, form.get("can_be_met")) == (number, "in_review", False)
    assert form.record.turn == "contract_admin"
    with pytest.raises(RuleBroken, match="Only a draft can be deleted"):
        form.delete()


def test_a_sealed_contract_changes_by_a_supplement_of_its_own_number_only(desks, customer, product, wording) -> None:
    form = sealed(desks, a_contract(desks, customer, wording, (product, 10, "120.00")))
    assert not form.can_edit("valid_to")
    supplement = form_from(desks["rep"], "contracts", form.id, "supplement")
    supplement.lines("lines")[0].set("quantity", 25)
    supplement.save()
    made = sealed(desks, supplement)
    assert made.number != form.number and made.get("supplement_to_id") == form.id
    assert {value for _name, _before, value in made.history()[0].changes} >= {"4", "李管理"}, "the seal is told"
    with pytest.raises(RuleBroken, match="not possible now"):
        open_form(desks["assistant"], "contracts", made.id).take("complete")
    astray = form_from(desks["rep"], "contracts", form.id, "supplement")
    astray.set("customer_id", a_customer(desks, "安贞口腔"))
    assert refusal(astray.save)[0] == "customer_id"
    open_form(desks["manager"], "contracts", form.id).take("terminate", note="客户停业")
    ended = open_form(desks["manager"], "contracts", made.id)
    assert (ended.state.name, ended.history()[0].note) == ("terminated", "客户停业"), "no supplement outlives it"
    third = a_contract(desks, customer, wording, (product, 1, "120.00"))
    assert third.state.name == "draft"
    with pytest.raises(RuleBroken):
        form_from(desks["rep"], "contracts", form.id, "supplement")


def test_a_service_contract_says_content_and_time_limit(desks, customer) -> None:
    form = a_contract(desks, customer, a_template(desks, "service", "服务合同"))
    assert refusal(lambda: form.take("submit"))[0] == "service_content"
    form.set("service_content", "设备保养，每季一次")
    assert refusal(lambda: form.take("submit"))[0] == "service_time"
    form.set("service_time", "接到通知后 24 小时内上门")
    form.take("submit")
    assert form.state.name == "in_review"


def test_a_requirement_record_is_agreed_after_its_analysis_and_begins_a_contract(desks, customer, wording) -> None:
    from makers import filled

    record = filled(desks["rep"], "requirement_records", customer_id=customer, need="树脂全年供应")
    record.take("hand_out")
    assert refusal(lambda: record.take("agree", asked={"agreement": "每月送货"}))[0] == "analyses"
    asked = [one for one in inbox.waiting(desks["quality"]) if one.register.name == "requirement_records"]
    assert [(one.record_id, one.step_name) for one in asked] == [(record.id, "analyse_quality")]
    assert not [one for one in inbox.waiting(desks["rep"]) if one.record_id == record.id]
    quality = open_form(desks["quality"], "requirement_records", record.id)
    assert not quality.can_edit("need") and refusal(lambda: quality.take("analyse_quality"))[0] == "analyses"
    line = quality.add_line("analyses")
    line.set("department", "quality")
    line.set("analysis", "注册证有效")
    quality.take("analyse_quality")
    assert line.get("analysed_by") == "quality name" and not inbox.waiting(desks["quality"])
    for department, analysis in (("quality", "改写"), ("warehouse", "注册证有效"), ("sales", "可以")):
        others = open_form(desks["warehouse"], "requirement_records", record.id)
        line = others.add_line("analyses") if department == "sales" else others.lines("analyses")[0]
        line.set("department", department)
        line.set("analysis", analysis)
        assert "is written by" in refusal(others.save)[1]
    again = duplicate(open_form(desks["rep"], "requirement_records", record.id))
    assert (again.get("need"), again.lines("analyses")) == ("树脂全年供应", []), "departments are asked anew"
    others.reload()
    others.remove_line("analyses", 0)
    assert "is written by" in refusal(others.save)[1]
    record.reload()
    record.take("agree", asked={"agreement": "每月送货"})
    contract = form_from(desks["rep"], "requirement_records", record.id, "contract")
    assert (contract.get("requirement_id"), contract.get("customer_id")) == (record.id, customer)


def test_notes_of_an_earlier_day_stay_as_they_were(desks, customer, product, wording) -> None:
    contract = sealed(desks, a_contract(desks, customer, wording, (product, 10, "120.00")))
    note = form_from(desks["assistant"], "contracts", contract.id, "progress")
    note.set("progress", "首批已发货")
    note.set("told_to", "王医生")
    assert refusal(note.save)[0] == "told_by"
    note.set("told_by", "phone")
    note.save()
    desks.clock.pass_days(1)
    note = open_form(desks["assistant"], "contract_progress", note.id)
    note.set("progress", "改写")
    assert "earlier day" in refusal(note.save)[1]
    note.set("on", desks.clock.today)
    assert "earlier day" in refusal(note.save)[1], "nor by giving it the day of today"


@settings(max_examples=rounds("ROUTES", 3), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_in_whatever_order_people_come_no_step_of_the_route_is_skipped_and_nothing_is_effective_unsealed(
    desks, data
) -> None:
    with desks.company.reading() as session:
        from dentalsales.registers.contract_templates import ContractTemplate

        known = session.query(ContractTemplate.id).first()
    if known is None:
        a_template(desks), a_customer(desks), a_product(desks)
    form = a_contract(desks, 1, 1, (1, 10, data.draw(st.sampled_from(("120.00", "90.00")))))
    approved: list[str] = []
    today = desks.clock.today
    asked = {"can_be_met": True, "signed_on": today, "signed_at": "北京", "sealed_on": today, **SEAL}
    steps = ("submit", "approve", "approve", "approve", "sign", "seal", "reject", "reopen", "withdraw")
    people = ("rep", "contract_admin", "manager", "audit", "vp", "general_manager", "assistant")
    for _act in range(40):
        who, step = data.draw(st.sampled_from(people)), data.draw(st.sampled_from(steps))
        mine = open_form(desks[who], "contracts", form.id)
        turn, answers = mine.record.turn, {**asked, "seal": data.draw(st.sampled_from(("contract", "")))}
        try:
            mine.take(step, note="x", asked=answers)
        except RuleBroken:
            continue
        if step == "approve":
            assert who == turn
            approved.append(who)
        elif step in ("submit", "reject", "reopen", "withdraw"):
            approved = []
        now = open_form(desks["manager"], "contracts", form.id)
        if now.state.name in ("ratified", "signed", "effective"):
            assert approved == now.record.route.split(",")
        if now.state.name == "effective":
            assert all(now.get(name) for name in ("sealed_on", "seal", "copies", "sealed_by", "signed_on"))
            return


def test_an_amount_is_price_times_quantity_and_the_total_their_sum(desks, customer, product, wording) -> None:
    form = a_contract(desks, customer, wording, (product, 3, "33.3333"))
    assert (form.lines("lines")[0].get("amount"), form.get("total")) == (Decimal("100.00"), Decimal("100.00"))
    plan = form.add_line("instalments")
    plan.set("due_on", desks.clock.today)
    plan.set("amount", Decimal("99.00"))
    assert refusal(lambda: form.take("submit"))[0] == "instalments"
