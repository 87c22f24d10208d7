"""Customers: required fields, owner, terms by the manager, similar ones named, licences."""

from decimal import Decimal

import pytest
from makers import a_customer, filled

from dentalsales.blueprint.house_records import Employee
from dentalsales.blueprint.rules import NotAllowed, RuleBroken, problems_of
from dentalsales.i18n import tr
from dentalsales.usecases import browse, find_anything, search, settings_desk
from dentalsales.usecases.form import new_form, open_form

PERMISSIONS = {
    "customers": {
        "view": (
            "manager director vp general_manager leader clerk assistant rep service service_manager "
            "after_sales technician contract_admin finance warehouse marketing"
        ),
        "create": "manager clerk assistant rep service service_manager after_sales",
        "edit": "manager assistant rep service service_manager after_sales",
        "export": "manager director assistant rep",
        "steps": {
            "review": "manager",
            "confirm_terms": "finance",
            "disable": "manager director",
            "enable": "manager director",
        },
    },
}

WORDS = {"contact": "王医生", "phone": "13800000002", "address": "北京市海淀区2号"}


def test_name_contact_phone_and_address_are_required_and_all_named_at_once(desks) -> None:
    with pytest.raises(RuleBroken) as caught:
        new_form(desks["rep"], "customers").save()
    assert [problem.field for problem in problems_of(caught.value)] == ["name", "contact", "phone", "address"]


def test_a_salesperson_owns_whom_he_enters_and_sees_no_others(desks) -> None:
    mine = filled(desks["rep"], "customers", name="甲诊所", **WORDS).save().record_id
    with pytest.raises(NotAllowed):
        open_form(desks["rep2"], "customers", mine)
    assert [row.id for row in browse.page(desks["rep"], browse.Query("customers")).rows] == [mine]
    assert browse.page(desks["rep2"], browse.Query("customers")).rows == []
    assert search.suggest(desks["rep2"], "customer", "甲") == []


@pytest.mark.parametrize("field", ["terms", "terms_days", "credit_limit", "price_level", "sale_class", "owner_id"])
def test_terms_class_level_and_owner_are_the_managers_alone(desks, field) -> None:
    customer = a_customer(desks)
    for role in ("rep", "assistant", "service"):
        assert not open_form(desks[role], "customers", customer).can_edit(field)
    assert open_form(desks["manager"], "customers", customer).can_edit(field)


def test_a_change_of_terms_stands_in_the_history_with_old_and_new(desks) -> None:
    customer = a_customer(desks)
    form = open_form(desks["manager"], "customers", customer)
    form.set("terms", "account")
    form.set("terms_days", 30)
    form.save()
    changes = {str(label): (old, new) for label, old, new in form.history()[0].changes}
    assert changes["Terms"] == ("Prepay", "On account")
    assert not form.get("terms_confirmed")


def test_a_similar_name_phone_or_credit_code_is_named_but_not_refused(desks) -> None:
    a_customer(desks, "北京瑞康口腔门诊部")
    for name, phone in (
        ("北京瑞康口腔门诊部", "010-88001"),
        ("瑞康口腔诊所", "010-88002"),
        ("别的诊所", "13800000001"),
    ):
        form = filled(desks["manager"], "customers", name=name, **{**WORDS, "phone": phone})
        form.save()
        assert any("北京瑞康口腔门诊部" in tr(text) for text in form.warnings), name
    form = filled(desks["manager"], "customers", name="毫不相干", **{**WORDS, "phone": "010-88003"})
    form.save()
    assert form.warnings == []


def test_a_mistyped_credit_code_is_refused(desks) -> None:
    form = filled(desks["manager"], "customers", name="甲", credit_code="91110000600037341A", **WORDS)
    with pytest.raises(RuleBroken, match="credit code has a typing mistake"):
        form.save()


def test_on_account_needs_days(desks) -> None:
    form = filled(desks["manager"], "customers", name="甲", terms="account", **WORDS)
    with pytest.raises(RuleBroken, match="Enter the days on account"):
        form.save()


def test_a_customer_is_found_by_every_reading_of_its_name(desks) -> None:
    customer = filled(desks["manager"], "customers", name="曾惠口腔", **WORDS).save().record_id
    for text in ("zh", "ch", "zenghui", "cenghui", "曾惠", "13800000002"):
        assert [found.id for found in search.suggest(desks["clerk"], "customer", text)] == [customer], text


def test_phones_are_masked_for_roles_without_need(desks) -> None:
    customer = a_customer(desks)
    assert open_form(desks["finance"], "customers", customer).get("phone") == "138****0001"
    assert open_form(desks["service"], "customers", customer).get("phone") == "13800000001"


def test_a_licence_does_not_end_before_it_begins(desks) -> None:
    form = filled(desks["manager"], "customers", name="甲", **WORDS)
    line = form.add_line("licences")
    for name, value in {
        "number": "1",
        "issued_on": desks.clock.today,
        "valid_to": desks.clock.today.replace(year=2020),
    }.items():
        line.set(name, value)
    with pytest.raises(RuleBroken, match="ends before it was issued") as caught:
        form.save()
    assert caught.value.field == "licences.0.valid_to"


def test_a_disabled_customer_gets_no_orders_and_keeps_everything(desks) -> None:
    customer = a_customer(desks)
    form = open_form(desks["manager"], "customers", customer)
    form.take("disable", note="停业")
    assert search.suggest(desks["clerk"], "customer", "瑞康") == []
    with pytest.raises(RuleBroken, match="Only a draft can be deleted"):
        form.delete()


def test_the_card_shows_credit_and_purchases_by_itself(desks) -> None:
    customer = a_customer(desks, terms="account", terms_days=30, credit_limit=Decimal("500.00"))
    facts = {
        str(fact.label): fact.value
        for _t, facts in open_form(desks["manager"], "customers", customer).insights()
        for fact in facts
    }
    assert facts["Credit left"] == Decimal("500.00") and facts["Purchases to date"] == Decimal("0.00")
    tabs = {str(tab.register.name) for tab in browse.related(desks["manager"], "customers", customer)}
    assert {"orders", "receipts", "dispatch_notes", "receivables", "ledger", "special_prices"} <= tabs


def test_a_customer_that_is_enabled_again_waits_for_the_managers_review(desks) -> None:
    customer = a_customer(desks)
    open_form(desks["manager"], "customers", customer).take("disable", note="停业")
    open_form(desks["director"], "customers", customer).take("enable", note="重新开业")
    assert open_form(desks["manager"], "customers", customer).state.name == "to_review"


@pytest.fixture
def all_in_one(desks):
    """An owner of a small firm, who holds manager, finance, clerk and service in one person."""
    return desks.of_roles("boss", "manager,finance,clerk,service,general_manager,vp")


def test_whoever_set_the_terms_does_not_confirm_them(desks, all_in_one) -> None:
    customer = a_customer(desks)
    form = open_form(all_in_one, "customers", customer)
    form.set("terms", "account")
    form.set("terms_days", 30)
    form.save()
    with pytest.raises(NotAllowed, match="somebody else does “Confirm terms”"):
        form.take("confirm_terms")
    open_form(desks["finance"], "customers", customer).take("confirm_terms")
    form.reload()
    form.set("region", "华北")
    form.save()
    other = open_form(desks["manager"], "customers", customer)
    other.set("credit_limit", Decimal("500.00"))
    other.save()
    open_form(all_in_one, "customers", customer).take("confirm_terms")
    assert open_form(desks["clerk"], "customers", customer).get("terms_confirmed")


def test_whoever_entered_a_customer_on_account_does_not_confirm_its_terms(desks, all_in_one) -> None:
    form = filled(all_in_one, "customers", name="甲", terms="account", terms_days=30, **WORDS)
    form.save()
    with pytest.raises(NotAllowed, match="somebody else does “Confirm terms”"):
        form.take("confirm_terms")
    settings_desk.change(desks["manager"], "self_approval", True)
    form.take("confirm_terms")
    assert form.get("terms_confirmed")


def test_a_suggested_customer_bears_its_number_once(desks) -> None:
    a_customer(desks, region="华北")
    (found,) = search.suggest(desks["clerk"], "customer", "瑞康")
    assert (found.code, found.detail) == ("C-00001", "华北 · 13800000001")
    hit = next(one for one in find_anything.everywhere(desks["clerk"], "瑞康") if one.kind == "record")
    assert hit.detail == "C-00001 · 华北 · 13800000001"


@pytest.mark.parametrize(
    "phone",
    ["13800138000", "138 0013 8000", "+86 13800138000", "010-88886666转801", "0315-2211334", "400-820-8820", "95588",
     "王医生 13800138000", "13800138000/010-88886666"],
)  # fmt: skip
def test_phones_as_people_write_them_are_kept(desks, phone) -> None:
    form = filled(desks["clerk"], "customers", name="甲", **{**WORDS, "phone": phone})
    form.save()
    assert form.get("phone") == phone


@pytest.mark.parametrize("phone", ["见微信", "无", "010-1", "1380013800", "138001380001", "13800138000/", "-"])
def test_what_nobody_can_dial_is_no_phone(desks, phone) -> None:
    form = filled(desks["clerk"], "customers", name="甲", **{**WORDS, "phone": phone})
    with pytest.raises(RuleBroken) as caught:
        form.save()
    assert caught.value.field == "phone" and "Enter it like 13800138000 or 010-88886666" in str(caught.value)
    line = form.add_line("contacts")
    line.set("name", "张三")
    line.set("phone", phone)
    assert "contacts.0.phone" in {problem.field for problem in form.problems()}


def test_the_history_names_the_salesperson_and_writes_money_as_money(desks) -> None:
    """A number of a record, or a limit without its thousands, says nothing to whoever reads the history."""
    customer = a_customer(desks, terms="account", terms_days=30, credit_limit=Decimal("50000"))
    with desks.company.reading() as session:
        other = session.query(Employee).filter_by(login="rep2").one().id
    form = open_form(desks["manager"], "customers", customer)
    form.set("owner_id", other)
    form.set("credit_limit", Decimal("125000"))
    form.save()
    changes = {str(label): (old, new) for label, old, new in form.history()[0].changes}
    assert changes["Salesperson"] == ("rep name", "rep2 name")
    assert changes["Credit limit"] == ("¥50,000.00", "¥125,000.00")
