"""Complaints: recorded at once, answered and resolved in time, by the right people, never deleted; and their lots."""

import random
from datetime import timedelta
from decimal import Decimal

import pytest
from makers import CONSENT, a_customer, a_product, an_order, dispatch, filled, moved_to, saved, some_stock

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import tr
from dentalsales.registers.complaints import Complaint
from dentalsales.registers.complaints.goods import from_opinion
from dentalsales.registers.stock import Lot
from dentalsales.usecases import settings_desk
from dentalsales.usecases.duplicate import duplicate
from dentalsales.usecases.form import form_from, new_form, open_form
from dentalsales.usecases.inbox import waiting

PERMISSIONS = {
    "complaints": {
        "view": (
            "service service_manager after_sales manager director vp general_manager leader clerk assistant rep "
            "warehouse quality office technician finance"
        ),
        "create": "service service_manager after_sales manager director rep",
        "edit": (
            "service service_manager after_sales manager director rep vp quality warehouse technician finance office"
        ),
        "export": "service service_manager after_sales manager director vp assistant quality office",
        "steps": {
            "answer_quality": "quality",
            "answer_warehouse": "warehouse",
            "answer_sales": "manager",
            "answer_service": "service service_manager after_sales",
            "answer_technical": "technician",
            "answer_finance": "finance",
            "answer_office": "office",
            "notify": "manager director vp",
            "report": "service service_manager after_sales manager director",
            "go_on_site": "manager director",
            "find_cause": "manager director vp",
            "judge": "manager director vp",
            "agree": "service service_manager after_sales manager director",
            "resolve": "service service_manager after_sales manager director",
            "follow_up": "service service_manager after_sales manager director rep",
            "archive": "manager director assistant",
            "reply": "service service_manager after_sales manager director rep",
            "hold": "service service_manager after_sales manager director",
            "resume": "service service_manager after_sales manager director",
            "file_copy": "office",
            "tell_gm": "general_manager director",
            "decide_sanction": "director vp general_manager",
            "drop_sanction": "director vp general_manager",
            "call_authority": "quality manager director",
            "correct_event": "quality director",
            "stop_sale": "quality manager director",
            "keep_selling": "quality director",
            "lift_stop": "quality director",
            "report_event": "quality manager director",
            "reopen": "service service_manager after_sales manager director",
            "withdraw": "manager director",
        },
    },
}


def refusal(act) -> str:
    with pytest.raises(RuleBroken) as caught:
        act()
    return tr(caught.value.text)


@pytest.fixture
def delivered(desks):
    """A note that delivered one resin of lot L1."""
    customer, product = a_customer(desks), a_product(desks)
    some_stock(desks, product, 50)
    order = moved_to(desks, an_order(desks, customer, (product, 4)), "billed")
    return dispatch(desks, order.id), customer, product


def a_second_supplier(desks) -> int:
    return saved(desks["manager"], "suppliers", name="另一家", phone="021-55550001", address="上海市")


def logged(desks, note, by: str = "service", **values):
    form = form_from(desks[by], "dispatch_notes", note.id, "complain")
    for name, value in {"description": "固化后开裂", **values}.items():
        form.set(name, value)
    form.save()
    return form


def a_service_complaint(desks, **values):
    values = {"kind": "service", "customer_id": a_customer(desks), "description": "送货迟到", **values}
    form = filled(desks["service"], "complaints", **values)
    form.save()
    return form


def step(desks, login: str, form, name: str, note: str = "", **asked) -> None:
    open_form(desks[login], "complaints", form.id).take(name, note, asked)


def changed(desks, login: str, form, **values) -> None:
    edited = open_form(desks[login], "complaints", form.id)
    for name, value in values.items():
        edited.set(name, value)
    edited.save()


def of(desks, form) -> Complaint:
    return open_form(desks["manager"], "complaints", form.id).record


def reply(desks, form) -> None:
    step(desks, "service", form, "reply", replied_at=desks.clock.now, reply="已致歉，取回样品")


def notified(desks, form, *departments: str) -> None:
    edited = open_form(desks["manager"], "complaints", form.id)
    for department in departments or ("quality",):
        edited.add_line("parts").set("department", department)
    edited.take("notify")


def answered(desks, form, login: str = "quality", line: int = 0) -> None:
    edited = open_form(desks[login], "complaints", form.id)
    edited.lines("parts")[line].set("cause", "批次原料偏差")
    edited.save()


def agreed(desks, form) -> None:
    asked = {"plan": "换货四支", "consent_by": "王医生", "consent_way": "phone"}
    step(desks, "service", form, "agree", **asked)


def resolved(desks, form, **asked) -> None:
    values = {
        "resolved_at": desks.clock.now,
        "result": "已换货",
        "told_on": desks["service"].today,
        "told_way": "phone",
    }
    step(desks, "service", form, "resolve", **(values | asked))


def test_a_complaint_begun_from_its_note_knows_goods_lot_and_papers(desks, delivered) -> None:
    note, customer, product = delivered
    complaint = logged(desks, note).record
    assert complaint.number == "TS-20261120-001" and complaint.state == "received"
    assert (complaint.product_id, complaint.lot_no, complaint.voucher) == (product, "L1", note.number)
    assert (complaint.product_name, complaint.spec, complaint.shade) == ("光固化复合树脂", "4g", "A2")
    assert (complaint.registration, complaint.bought, complaint.unit) == ("国械注准20213170001", 4, "支")
    assert complaint.purchased_on == desks["service"].today and complaint.complainant == "王医生"


def test_delivered_goods_are_chosen_from_all_lines_of_the_customer(desks, delivered) -> None:
    note, customer, product = delivered
    form = filled(desks["service"], "complaints", customer_id=customer)
    ((key, words),) = form.choices("goods")
    assert key == f"{note.number}/1" and words == "1120-001/1 L1 光固化复合树脂"
    form.set("goods", key)
    assert form.get("lot_no") == "L1" and form.get("dispatch_note_id") == note.id


def test_every_complaint_is_due_in_24_and_48_hours_and_the_owner_is_the_manager(desks, delivered) -> None:
    complaint = logged(desks, delivered[0])
    record, came = of(desks, complaint), desks.clock.now
    assert (record.reply_due_at - came, record.resolve_due_at - came) == (timedelta(hours=24), timedelta(hours=48))
    assert record.due_at == record.reply_due_at and complaint.shown("owner_id") == "manager name"
    grave = logged(desks, delivered[0], severity="grave")
    assert grave.shown("owner_id") == "director name"
    reply(desks, complaint)
    assert of(desks, complaint).due_at == of(desks, complaint).resolve_due_at


def test_waiting_for_the_customer_stops_the_48_hours_and_not_the_24(desks, delivered) -> None:
    complaint = logged(desks, delivered[0])
    before = of(desks, complaint)
    step(desks, "service", complaint, "hold", "等客户寄回样品")
    held = of(desks, complaint)
    assert held.resolve_due_at is None and held.due_at == before.reply_due_at
    assert "is not possible now" in refusal(lambda: step(desks, "service", complaint, "hold", "again"))
    desks.clock.now += timedelta(hours=5)
    step(desks, "service", complaint, "resume")
    after = of(desks, complaint)
    assert after.resolve_due_at - before.resolve_due_at == timedelta(hours=5)
    assert after.reply_due_at == before.reply_due_at


def test_in_company_hours_a_friday_evening_is_due_next_week(desks, delivered) -> None:
    settings_desk.change(desks["manager"], "complaint_clock", "office")
    complaint = logged(desks, delivered[0])
    due = of(desks, complaint).reply_due_at + timedelta(hours=8)
    assert due.isoformat(timespec="minutes") == "2026-11-24T16:00+00:00", "Friday 10:00, then 9 hours a day"


def test_a_quality_complaint_goes_its_whole_way(desks, delivered) -> None:
    complaint = logged(desks, delivered[0])
    assert "Enter the departments" in refusal(lambda: step(desks, "manager", complaint, "notify"))
    notified(desks, complaint, "quality", "production")
    said = refusal(lambda: step(desks, "manager", complaint, "find_cause", verdict="true", cause="原料"))
    assert "Quality has not entered its cause yet" in said
    answered(desks, complaint)
    edited = open_form(desks["manager"], "complaints", complaint.id)
    edited.lines("parts")[1].set("cause", "配比")
    edited.save()
    assert "also gets a written notice" in refusal(
        lambda: step(desks, "manager", complaint, "find_cause", verdict="true", cause="原料")
    )
    edited.lines("parts")[1].set("written_on", desks["manager"].today)
    edited.save()
    step(desks, "manager", complaint, "find_cause", verdict="true", cause="原料批次偏差")
    assert "Plan" in refusal(
        lambda: step(desks, "service", complaint, "agree", consent_by="王医生", consent_way="phone")
    )
    agreed(desks, complaint)
    assert "first reply is not recorded" in refusal(lambda: resolved(desks, complaint))
    reply(desks, complaint)
    resolved(desks, complaint)
    step(
        desks,
        "service",
        complaint,
        "follow_up",
        followed_on=desks["service"].today,
        satisfaction="good",
        follow_up="满意",
    )
    archive = {"original_kept": True, "summary": "加强来料检验"}
    assert "not in the company office" in refusal(lambda: step(desks, "manager", complaint, "archive", **archive))
    step(desks, "office", complaint, "file_copy")
    assert "corrective measure" in refusal(lambda: step(desks, "manager", complaint, "archive", **archive))
    changed(desks, "manager", complaint, correction="来料加检", correction_told_on=desks["manager"].today)
    assert "Tick “Original kept" in refusal(lambda: step(desks, "manager", complaint, "archive", summary="x"))
    step(desks, "manager", complaint, "archive", **archive)
    assert of(desks, complaint).state == "archived" and of(desks, complaint).due_at is None
    assert not open_form(desks["manager"], "complaints", complaint.id).editable
    assert "Only a draft" in refusal(lambda: open_form(desks["manager"], "complaints", complaint.id).delete())


def test_a_department_fills_in_its_own_part_and_no_other(desks, delivered) -> None:
    complaint = logged(desks, delivered[0])
    notified(desks, complaint, "quality", "warehouse")
    assert "is filled in by: Quality" in refusal(lambda: answered(desks, complaint, "warehouse", 0))
    assert "answer_warehouse" in {one.step_name for one in waiting(desks["warehouse"])}
    answered(desks, complaint, "warehouse", 1)
    step(desks, "warehouse", complaint, "answer_warehouse")
    assert "complaints" not in {one.register.name for one in waiting(desks["warehouse"])}
    assert "enter the cause" in refusal(lambda: step(desks, "quality", complaint, "answer_quality"))
    form = open_form(desks["quality"], "complaints", complaint.id)
    assert not form.can_edit("description") and not form.can_edit("plan") and form.can_edit("parts.cause")
    form.add_line("parts").record.department = "quality"
    assert "is filled in by" in refusal(form.save)


def test_a_grave_complaint_is_looked_into_on_site_and_told_to_the_general_manager(desks, delivered) -> None:
    complaint = logged(desks, delivered[0], severity="grave")
    notified(desks, complaint)
    answered(desks, complaint)
    cause = {"verdict": "true", "cause": "原料"}
    assert "on site first" in refusal(lambda: step(desks, "manager", complaint, "find_cause", **cause))
    went = {"on_site_on": desks.clock.today, "on_site_by_id": desks["manager"].employee_id}
    assert "by: Sales director" in refusal(lambda: step(desks, "manager", complaint, "go_on_site", **went))
    went["on_site_by_id"] = desks["director"].employee_id
    step(desks, "director", complaint, "go_on_site", **went)
    assert "found on site" in refusal(lambda: step(desks, "manager", complaint, "find_cause", **cause))
    changed(desks, "director", complaint, on_site="三支样品均开裂")
    step(desks, "manager", complaint, "find_cause", **cause)
    agreed(desks, complaint)
    reply(desks, complaint)
    resolved(desks, complaint)
    assert [one.step_name for one in waiting(desks["general_manager"])] == ["tell_gm"]
    step(desks, "general_manager", complaint, "tell_gm")
    assert of(desks, complaint).gm_told_on == desks["manager"].today


def test_a_duplicate_begins_with_nothing_that_was_found_out_decided_or_told_of_the_former(desks, delivered) -> None:
    event = {"adverse": "injury", "adverse_known_at": desks.clock.now, "claim_asked": Decimal("500.00")}
    former = logged(desks, delivered[0], **event)
    told = {"holder_told_on": desks.clock.today, "verdict": "true", "proposal": "x", "to_office": True}
    changed(desks, "manager", former, **told)
    desks.clock.pass_days(9)
    made = duplicate(open_form(desks["manager"], "complaints", former.id))
    assert made.get("lot_no") == "L1" and made.get("received_at") == desks.clock.now.replace(second=0, microsecond=0)
    carried = [name for name in (*event, *told) if made.get(name)]
    assert carried == []


def test_who_stands_in_for_the_director_investigates_in_his_place(desks, delivered) -> None:
    complaint, day = logged(desks, delivered[0], severity="grave"), desks.clock.today
    notified(desks, complaint)
    who = {"absent_id": desks["director"].employee_id, "deputy_id": desks["manager"].employee_id}
    filled(desks["director"], "delegations", **who, starts_on=day, ends_on=day).save()
    desks["manager"].look_up_rights()
    went = {"on_site_on": day, "on_site_by_id": desks["manager"].employee_id}
    step(desks, "manager", complaint, "go_on_site", **went)
    assert of(desks, complaint).state == "on_site"


def test_a_service_complaint_goes_its_whole_way_and_is_fined_within_its_limits(desks) -> None:
    complaint = a_service_complaint(desks, department="warehouse", severity="grave")
    people = {login: desks[login].employee_id for login in ("vp", "clerk", "warehouse")}
    assert "Choose to whom" in refusal(
        lambda: step(desks, "service", complaint, "report", reported_to_id=people["clerk"])
    )
    asked = {"reported_to_id": people["vp"], "to_office": True}
    assert "proposal" in refusal(lambda: step(desks, "service", complaint, "report", **asked))
    step(desks, "service", complaint, "report", **asked, proposal="扣罚并通报")
    assert "follows a complaint that was found" in refusal(
        lambda: changed(desks, "manager", complaint, sanction="fine", fine=Decimal("50"))
    )
    step(desks, "manager", complaint, "judge", verdict="true", cause="司机未联系")
    fined = {"sanctioned_id": people["warehouse"], "sanction": "fine,criticism"}
    for fine in ("10", "101"):
        said = refusal(lambda f=fine: changed(desks, "manager", complaint, **fined, fine=Decimal(f)))
        assert said == "A fine is between ¥20.00 and ¥100.00."
    changed(desks, "director", complaint, **fined, fine=Decimal("50"))
    assert "somebody else does" in refusal(lambda: step(desks, "director", complaint, "decide_sanction"))
    step(desks, "vp", complaint, "decide_sanction")
    assert of(desks, complaint).sanctioned_on == desks["manager"].today
    for taken_back in ({"sanction": "", "fine": Decimal("0"), "sanctioned_id": None}, {"fine": Decimal("20")}):
        assert "is decided" in refusal(lambda v=taken_back: changed(desks, "manager", complaint, **v))
    step(desks, "vp", complaint, "drop_sanction", "查明系道路封闭")
    assert (of(desks, complaint).sanction, of(desks, complaint).sanctioned_on) == ("", None)
    dropped = open_form(desks["manager"], "complaints", complaint.id).history()[0].changes
    told = {tr(label): (old, new) for label, old, new in dropped}
    assert told["Amount of the fine"] == ("¥50.00", "¥0.00") and told["Who is sanctioned"] == ("warehouse name", "—")
    assert told["Sanction decided on"] == (str(desks.clock.today), "—"), "what fell stands in the entry of the step"
    agreed(desks, complaint)
    reply(desks, complaint)
    assert "told the result" in refusal(lambda: resolved(desks, complaint, told_on=None))
    resolved(desks, complaint)
    step(desks, "service", complaint, "reopen", "客户不满意")
    assert of(desks, complaint).state == "found" and of(desks, complaint).resolved_at is None
    agreed(desks, complaint)
    desks.clock.pass_days(3)
    assert "too late" in refusal(lambda: resolved(desks, complaint))
    resolved(desks, complaint, late_reason="客户出差")
    followed = {"followed_on": desks.clock.today, "satisfaction": "fair", "follow_up": "可以接受"}
    step(desks, "rep", complaint, "follow_up", **followed)
    step(desks, "office", complaint, "file_copy")
    laid = {"original_kept": True, "summary": "调整送货线路"}
    assert "does not know the result" in refusal(lambda: step(desks, "assistant", complaint, "archive", **laid))
    step(desks, "general_manager", complaint, "tell_gm")
    step(desks, "assistant", complaint, "archive", **laid)
    assert of(desks, complaint).state == "archived"


def test_in_random_order_no_step_of_either_kind_is_skipped_and_nobody_decides_what_he_proposed(
    desks, delivered
) -> None:
    """Whoever comes along tries any step with every answer it may want; what comes of it was possible and allowed."""
    dice, people = random.Random(20261123), ("service", "manager", "director", "vp", "quality", "office", "assistant")
    after = {
        "notified": "received", "reported": "received", "on_site": "notified", "agreed": "found", "resolved": "agreed",
        "followed": "resolved", "archived": "followed",
    }  # fmt: skip
    answers = {
        "reported_to_id": desks["vp"].employee_id, "to_office": True, "proposal": "x", "on_site_on": desks.clock.today,
        "verdict": "true", "cause": "x", "plan": "x", "consent_by": "x", "consent_way": "phone", "result": "x",
        "told_on": desks.clock.today, "told_way": "phone", "followed_on": desks.clock.today, "satisfaction": "good",
        "follow_up": "x", "original_kept": True, "summary": "x", "reply": "x", "adverse_number": "x",
    }  # fmt: skip
    wanted, reached = {"agreed", "resolved", "followed", "decide_sanction"}, set[str]()
    for number in range(8):
        if wanted <= reached:
            break
        form = logged(desks, delivered[0]) if number % 2 else a_service_complaint(desks)
        wrote, stood, workflow = "", "received", form.register.workflow
        for _try in range(60):
            offered = workflow.steps_from(stood) if dice.random() < 0.85 else workflow.steps
            idle = ("withdraw", "hold", "reopen", "drop_sanction")
            step = dice.choice([one for one in offered if one.name not in idle] or workflow.steps)
            able = [one for one in people if desks[one].roles & step.roles and dice.random() < 0.7]
            who = dice.choice(able or people)
            form = open_form(desks[who], "complaints", form.id)
            before = form.record
            moments = dict.fromkeys(("replied_at", "resolved_at", "adverse_reported_at"), desks.clock.now)
            try:
                if form.editable and dice.random() < 0.3:
                    if before.kind == "quality" and who in ("manager", "director", "vp"):
                        (form.lines("parts") or [form.add_line("parts")])[0].set("department", "quality")
                        form.lines("parts")[0].set("cause", "x")
                    for name in ("on_site", "correction", "correction_told_on", "sanctioned_id", "sanction"):
                        value = {"correction_told_on": desks.clock.today, "sanctioned_id": desks["rep"].employee_id}
                        if form.can_edit(name):
                            form.set(name, value.get(name, "criticism" if name == "sanction" else "x"))
                    form.save()
                    wrote = wrote or (who if form.record.sanction else "")
                    continue
                form.take(step.name, "x", answers | moments)
            except (RuleBroken, KeyError):
                continue
            now = form.record
            stood = now.state
            assert before.state in step.sources and desks[who].roles & step.roles, f"{who}: {step.name}"
            if now.state != before.state and now.state in after:
                assert before.state == after[now.state], f"{before.state} to {now.state}"
            if now.state in ("resolved", "followed", "archived"):
                assert now.replied_at and now.plan and now.consent_on and now.resolved_at and now.result
            if now.state == "archived":
                assert now.office_copy_on and now.summary and (not now.sanction or now.sanctioned_on)
            if step.name == "decide_sanction":
                assert who != wrote
            reached |= {now.state, step.name}
    assert wanted <= reached


def test_a_quality_complaint_that_was_true_may_be_sanctioned_too(desks, delivered) -> None:
    complaint = logged(desks, delivered[0])
    notified(desks, complaint)
    answered(desks, complaint)
    step(desks, "manager", complaint, "find_cause", verdict="true", cause="入库未检")
    fined = {"sanctioned_id": desks["warehouse"].employee_id, "sanction": "fine", "fine": Decimal("300")}
    changed(desks, "manager", complaint, **fined)
    step(desks, "vp", complaint, "decide_sanction")
    assert of(desks, complaint).sanctioned_on == desks.clock.today, "the limits are those of service complaints"


def test_nobody_judges_a_complaint_about_himself(desks) -> None:
    complaint = a_service_complaint(desks, department="sales", person_id=desks["manager"].employee_id)
    step(desks, "service", complaint, "report", reported_to_id=desks["vp"].employee_id)
    assert "about you" in refusal(lambda: step(desks, "manager", complaint, "judge", verdict="untrue", cause="无"))
    absence = {"absent_id": desks["manager"].employee_id, "deputy_id": desks["clerk"].employee_id}
    saved(desks["manager"], "delegations", **absence, starts_on=desks.clock.today, ends_on=desks.clock.today)
    desks["clerk"].look_up_rights()
    assert "about you" in refusal(lambda: step(desks, "clerk", complaint, "judge", verdict="untrue", cause="无"))
    step(desks, "vp", complaint, "judge", verdict="true", cause="误会")
    assert "about you" in refusal(lambda: changed(desks, "manager", complaint, verdict="untrue"))
    assert "about you" in refusal(lambda: changed(desks, "manager", complaint, person_id=desks["rep"].employee_id))
    changed(desks, "vp", complaint, sanctioned_id=desks["director"].employee_id, sanction="criticism")
    for escape in (
        lambda: step(desks, "director", complaint, "drop_sanction", "不服"),
        lambda: changed(desks, "director", complaint, sanction=""),
    ):
        assert "The sanction is about you" in refusal(escape)


def test_the_second_complaint_of_a_lot_proposes_a_stop_that_blocks_it_everywhere(desks, delivered) -> None:
    note, customer, product = delivered
    assert logged(desks, note).warnings == []
    second = logged(desks, note)
    assert "Lot L1: 2 complaints in 30 days" in tr(second.warnings[0])
    assert ("complaints", "stop_sale") in [(one.register.name, one.step_name) for one in waiting(desks["quality"])]
    facts = dict((fact.label, fact) for _title, facts in second.insights() for fact in facts)
    assert facts["Complaints of the same lot"].value == 2 and facts["On hand"].opens[0] == "lots"
    third = logged(desks, note)
    order = an_order(desks, customer, (product, 1))
    step(desks, "quality", second, "stop_sale", "两例开裂")
    assert not any(of(desks, one).stop_proposed for one in (second, third)), "one decision answers both"
    assert open_form(desks["quality"], "complaints", third.id).history()[0].note == "两例开裂"
    refused = refusal(lambda: order.take("confirm_stock", asked=CONSENT))
    assert "0 available" in refused
    with desks.company.reading() as session:
        lot = session.query(Lot).one()
        assert (lot.condition, lot.condition_reason) == ("stopped", f"{second.number}: 两例开裂")
        lot_id = lot.id
    later = new_form(desks["warehouse"], "goods_in", supplier_id=a_second_supplier(desks))
    for name, value in {"product_id": product, "unit": "支", "quantity": 5, "lot_no": "L1"}.items():
        (later.lines("lines") or [later.add_line("lines")])[0].set(name, value)
    later.lines("lines")[0].set("expires_on", desks.clock.today + timedelta(days=400))
    later.take("receive")
    with desks.company.reading() as session:
        assert {lot.condition for lot in session.query(Lot)} == {"stopped"}, "what arrives of it later is stopped too"
    assert "is done by" in refusal(lambda: step(desks, "manager", second, "lift_stop", "复检合格"))
    step(desks, "quality", second, "lift_stop", "复检合格")
    told = open_form(desks["quality"], "lots", lot_id).history()[0]
    assert (tr(told.step_label), told.who, told.note) == ("Stop-sale lifted", "quality name", "复检合格")
    order.take("confirm_stock", asked=CONSENT)


def test_a_salesperson_sees_no_other_customers_of_a_lot(desks, delivered) -> None:
    note, _customer, product = delivered
    other = a_customer(desks, "上海仁爱口腔", rep="rep2")
    dispatch(desks, moved_to(desks, an_order(desks, other, (product, 1)), "billed").id)
    mine = logged(desks, note, by="rep")
    facts = [fact for _title, facts in mine.insights() for fact in facts]
    assert "上海仁爱口腔" not in {str(fact.label) for fact in facts}
    seen = open_form(desks["manager"], "complaints", mine.id).insights()
    assert "上海仁爱口腔" in {str(fact.label) for _title, facts in seen for fact in facts}


def test_an_adverse_event_starts_the_clocks_of_the_law_and_is_not_taken_back(desks, delivered) -> None:
    complaint = logged(desks, delivered[0], adverse="injury")
    came = desks.clock.now
    assert of(desks, complaint).adverse_due_at - came == timedelta(days=20)
    changed(desks, "quality", complaint, adverse="death")
    assert of(desks, complaint).adverse_due_at - came == timedelta(days=7)
    changed(desks, "quality", complaint, adverse_group=True)
    record = of(desks, complaint)
    assert (record.adverse_call_due_at - came, record.adverse_due_at - came) == (
        timedelta(hours=12), timedelta(hours=24),
    )  # fmt: skip
    assert record.due_at == record.adverse_call_due_at
    desks.clock.now += timedelta(hours=1)
    for less in ({"adverse": ""}, {"adverse_group": False}, {"adverse_known_at": desks.clock.now}):
        assert "Correct the event" in refusal(lambda v=less: changed(desks, "quality", complaint, **v))
    told = {"adverse_reported_at": desks.clock.now, "adverse_number": "MDR-1"}
    assert "call to the authority first" in refusal(lambda: step(desks, "quality", complaint, "report_event", **told))
    step(desks, "quality", complaint, "call_authority", adverse_called_at=desks.clock.now)
    step(desks, "quality", complaint, "report_event", **told)
    assert of(desks, complaint).due_at == of(desks, complaint).reply_due_at
    lesser = {"adverse": "possible", "adverse_group": False}
    step(desks, "quality", complaint, "correct_event", "只有一人,未就医", **lesser)
    corrected = of(desks, complaint)
    assert (corrected.adverse_reported_at, corrected.adverse_due_at - came) == (None, timedelta(days=20))


def test_what_starts_the_clocks_lies_before_now_and_stays(desks, delivered) -> None:
    desk = desks["service"]
    form = new_form(desk, "complaints", customer_id=delivered[1], description="x")
    form.set("received_at", desks.clock.now + timedelta(minutes=5))
    assert "later than now" in refusal(form.save)
    form.set("received_at", desks.clock.now - timedelta(hours=3))
    form.save()
    assert "between the arrival" in refusal(
        lambda: step(desks, "service", form, "reply", replied_at=desks.clock.now - timedelta(hours=4), reply="x")
    )
    reply(desks, form)
    assert "clocks have begun" in refusal(lambda: changed(desks, "service", form, received_at=desks.clock.now))
    desks.clock.pass_days(3)
    late = logged(desks, delivered[0])
    desks.clock.pass_days(3)
    assert "later than it was entered" in refusal(
        lambda: changed(desks, "service", late, received_at=desks.clock.now - timedelta(hours=1))
    )


def test_a_complaint_begins_from_what_a_customer_said_of_samples(desks) -> None:
    """M88: an opinion, a return visit and a call are kept as where a complaint came from."""
    sample = new_form(desks["rep"], "samples", customer_id=a_customer(desks)).record
    sample.opinion, sample.lines = "开盒发黏", []
    begun = from_opinion(sample, None)
    assert (begun.channel, begun.description, begun.customer_id) == ("opinion", "开盒发黏", sample.customer_id)
    assert "return_visit" in dict(new_form(desks["service"], "complaints").fields()["channel"].choices)


def test_a_withdrawn_complaint_leaves_the_duty_to_report_its_adverse_event(desks, delivered) -> None:
    complaint = logged(desks, delivered[0], adverse="death")
    step(desks, "manager", complaint, "withdraw", "客户不再追究")
    assert "report_event" in [one.step_name for one in waiting(desks["quality"])]
    told = {"adverse_reported_at": desks.clock.now, "adverse_number": "MDR-1"}
    step(desks, "quality", complaint, "report_event", **told)
    assert of(desks, complaint).due_at is None


def test_a_setting_that_changes_judges_no_promise_of_before_anew(desks) -> None:
    """What was answered, or is late, was promised under the settings of its day; what is still open follows them."""
    answered_in_time, late = a_service_complaint(desks), a_service_complaint(desks)
    desks.clock.now += timedelta(hours=23)
    reply(desks, answered_in_time)
    desks.clock.pass_days(2)
    fresh = a_service_complaint(desks)
    for setting, hours in (("reply_hours", 12), ("resolve_hours", 96)):
        settings_desk.change(desks["manager"], setting, hours)
    for one in (answered_in_time, late, fresh):
        changed(desks, "service", one, wish="explanation")
    kept = {name: of(desks, one) for name, one in (("good", answered_in_time), ("late", late), ("fresh", fresh))}
    hours = {
        name: [(at - one.received_at) / timedelta(hours=1) for at in (one.reply_due_at, one.resolve_due_at)]
        for name, one in kept.items()
    }
    assert hours == {"good": [24, 48], "late": [24, 48], "fresh": [12, 96]}


def test_taking_up_again_loses_nothing_of_how_late_it_was_resolved(desks) -> None:
    complaint = a_service_complaint(desks)
    step(desks, "service", complaint, "report", reported_to_id=desks["vp"].employee_id)
    step(desks, "manager", complaint, "judge", verdict="true", cause="误会")
    agreed(desks, complaint)
    reply(desks, complaint)
    desks.clock.pass_days(5)
    resolved(desks, complaint, late_reason="等配件")
    step(desks, "service", complaint, "reopen", "客户不满意")
    assert of(desks, complaint).resolved_at is None
    told = open_form(desks["manager"], "complaints", complaint.id).history()[1].changes
    assert "Resolved at" in {str(name) for name, _before, _after in told}


def test_what_was_suspected_or_told_is_not_taken_back_on_the_form_nor_told_ahead(desks, delivered) -> None:
    """A complaint on its way keeps its kind and weight, its proposed stop-sale is decided, and no day is tomorrow."""
    tomorrow = desks.clock.today + timedelta(days=1)
    first = logged(desks, delivered[0], severity="grave")
    notified(desks, first)
    assert "on its way already" in refusal(lambda: changed(desks, "service", first, kind="service"))
    assert "called an ordinary one by" in refusal(lambda: changed(desks, "rep", first, severity="ordinary"))
    again = logged(desks, delivered[0])
    assert "Go on selling" in refusal(lambda: changed(desks, "manager", again, stop_proposed=False))
    changed(desks, "service", again, lot_no="L7")
    assert not of(desks, again).stop_proposed, "it is not the lot that came again"
    changed(desks, "service", again, lot_no="L1")
    assert of(desks, again).stop_proposed
    notified(desks, again)
    answered(desks, again)
    assert "future" in refusal(lambda: step(desks, "manager", again, "go_on_site", on_site_on=tomorrow))
    step(desks, "manager", again, "find_cause", verdict="true", cause="x")
    reply(desks, again)
    agreed(desks, again)
    assert "future" in refusal(lambda: resolved(desks, again, told_on=tomorrow))
    resolved(desks, again)
    followed = {"satisfaction": "good", "follow_up": "x"}
    assert "future" in refusal(lambda: step(desks, "service", again, "follow_up", followed_on=tomorrow, **followed))
    step(desks, "service", again, "follow_up", followed_on=desks.clock.today, **followed)
    step(desks, "office", again, "file_copy")
    assert "future" in refusal(lambda: changed(desks, "manager", again, correction="x", correction_told_on=tomorrow))
    changed(desks, "manager", again, correction="x", correction_told_on=desks.clock.today)
    laid = {"original_kept": True, "summary": "x"}
    assert "not decided yet" in refusal(lambda: step(desks, "manager", again, "archive", **laid))
    lot = open_form(desks["quality"], "lots", of(desks, again).lot_id)
    for condition in ("stopped", "ok"):
        lot.set("condition", condition)
        lot.set("condition_reason", f"投诉 {condition}")
        lot.save()
        may = {one.step.name: one.allowed for one in open_form(desks["manager"], "complaints", again.id).steps()}
        assert may["archive"] is (condition == "stopped"), "a lot that was stopped on its card is an answer, too"
    step(desks, "quality", again, "keep_selling", "只此一支")
    step(desks, "manager", again, "archive", **laid)
    step(desks, "service", first, "hold", "等样品")
    step(desks, "manager", first, "withdraw", "客户撤回")
    assert of(desks, first).holds[0].ended_at is not None, "nobody is awaited any more"
