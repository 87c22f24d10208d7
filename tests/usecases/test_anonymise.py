"""S9: somebody is taken out of the books for good; lots, sums and numbers stay, and what the law wants kept says so."""

from datetime import timedelta
from typing import Any

import pytest
from company_tables import company_metadata
from desks import another_program
from figures import proved
from makers import a_customer, a_product, an_order, moved_to, some_stock
from sqlalchemy import text

from dentalsales.blueprint.rules import NotAllowed, RuleBroken
from dentalsales.blueprint.table import Filter
from dentalsales.i18n import tr
from dentalsales.usecases import browse, personal, search
from dentalsales.usecases.anonymise import anonymise, is_of_nobody, may_anonymise, plan
from dentalsales.usecases.browse import Query
from dentalsales.usecases.check_company import check
from dentalsales.usecases.form import new_form, open_form
from dentalsales.usecases.list_look import ViewContent
from dentalsales.usecases.list_views import keep_view, saved_views
from dentalsales.usecases.verify_history import verify

PERSON = ("赵无极", "13755556666", "wx-zhaowuji", "无极路77号")


@pytest.fixture
def office(desks: Any) -> Any:
    """A customer with a person in every place that holds one: card, lines, orders closed and open, papers, history."""
    product = a_product(desks)
    some_stock(desks, product, 50, expires_in=400)
    customer = a_customer(desks, "安贞口腔")
    form = open_form(desks["manager"], "customers", customer)
    for name, value in {"contact": PERSON[0], "phone": PERSON[1], "address": PERSON[3]}.items():
        form.set(name, value)
    line = form.add_line("contacts")
    for name, value in {"name": PERSON[0], "phone": PERSON[1], "wechat": PERSON[2]}.items():
        line.set(name, value)
    form.save()
    form = open_form(desks["manager"], "customers", customer)
    form.set("phone", "13800000002")
    form.set("grade", "a")
    form.save()
    form.set("phone", PERSON[1])
    form.save()
    desks.customer, desks.product = customer, product
    keep_view(desks["clerk"], "customers", "search", ViewContent(search=PERSON[1]))
    personal.keep(desks["clerk"], {"recent": [["customers", customer, "安贞口腔"]]})
    desks.sent = moved_to(desks, an_order(desks, customer, (product, 2)), "closed").id
    desks.open = an_order(desks, customer, (product, 1)).id
    draft = an_order(desks, customer, (product, 1))
    open_form(desks["clerk"], "orders", draft.id).delete()
    return desks


def everything(desks: Any, *tables: str) -> str:
    """All that the company holds in some tables, or in all."""
    with desks.company.reading() as session:
        names = tables or sorted({*company_metadata().tables} - {"history_key"})
        return "\n".join(str(row) for name in names for row in session.execute(text(f'SELECT * FROM "{name}"')))


def test_a_customers_people_go_and_what_has_to_stay_is_said_with_its_last_day(
    office: Any, record_property: Any
) -> None:
    manager, sums = office["manager"], everything(office, "receivable", "receipt", "lot", "movement", "ledger_entry")
    asked = plan(manager, "customers", office.customer)
    told = [tr(one) for one in asked.keeps]
    expiry = office.clock.today + timedelta(days=400)
    last = expiry.replace(year=expiry.year + 2)
    assert any(f"Dispatch: stays in 1 record until {last}" in one for one in told), told
    assert any("Orders: stays in 1 record, because the order is still open" in one for one in told), told
    before = everything(office).count(PERSON[1])
    assert before > 5, "asking changes nothing"

    anonymise(manager, "customers", office.customer)
    form = open_form(manager, "customers", office.customer)
    assert (form.get("contact"), form.get("phone"), form.get("address")) == ("***", "***", "***")
    assert form.get("name") == "安贞口腔" and not form.lines("contacts")
    left = everything(office, "customer", "customer_contact", "customer_address", "history")
    elsewhere = sum(left.count(word) for word in PERSON)
    assert elsewhere == 0
    assert not search.suggest(office["clerk"], "customer", PERSON[1][-6:])
    assert not browse.page(office["clerk"], Query("customers", search=PERSON[0])).rows
    assert not [word for word in PERSON if word in str(browse.sheet(manager, Query("customers")).blocks)]
    shown = str([(one.changes, one.note) for one in form.history()])
    assert not [word for word in PERSON if word in shown] and "'A'" in shown, "other old values stay"
    newest = form.history()[0]
    assert tr(newest.step_label) == "Anonymised" and any("because the law wants" in one for one in newest.warnings)
    assert everything(office, "receivable", "receipt", "lot", "movement", "ledger_entry") == sums
    assert open_form(manager, "orders", office.sent).get("phone") == "***"
    assert open_form(manager, "orders", office.open).get("phone") == PERSON[1], "the goods still have to arrive"
    after, report = everything(office), verify(manager)
    assert report.is_sound and not check(office.company)
    figures = {"places": before, "kept_by_law_or_open": after.count(PERSON[1]), "left_elsewhere": elsewhere,
               "history_entries": report.entries, "findings": len(report.findings)}  # fmt: skip
    proved(record_property, "S9", **figures)


def test_when_the_time_is_over_the_same_act_takes_out_the_rest(office: Any) -> None:
    manager = office["manager"]
    moved_to(office, open_form(manager, "orders", office.open), "closed")
    anonymise(manager, "customers", office.customer)
    assert PERSON[1] in everything(office, "dispatch_note") and plan(manager, "customers", office.customer).is_empty
    with pytest.raises(RuleBroken, match="Nothing of 安贞口腔 is left"):
        anonymise(manager, "customers", office.customer)
    form = open_form(manager, "customers", office.customer)
    form.set("contact", "后来的人")
    form.set("phone", "13900009999")
    form.save()
    office.clock.pass_days(1)
    later = moved_to(office, an_order(office, office.customer, (office.product, 1)), "stock_confirmed")
    open_form(office["manager"], "orders", later.id).take("void", "x")
    office.clock.pass_days(400 + 3 * 366)
    anonymise(manager, "customers", office.customer, rest=True)
    assert "13900009999" in everything(office, "customer") and "13900009999" in everything(office, "order")
    assert not [word for word in PERSON if word in everything(office)]
    assert verify(manager).is_sound and not check(office.company)
    if office.company.exclusive:
        office.company.close()
        files = b"".join(one.read_bytes() for one in office.company.folder.glob("company.db*"))
        assert not [word for word in PERSON if word.encode() in files], "nothing is left in the free pages of the file"


def test_a_person_who_is_called_like_a_word_of_the_program_takes_nothing_else_along(desks: Any) -> None:
    customer = a_customer(desks)
    form = open_form(desks["manager"], "customers", customer)
    form.set("contact", "orders")
    for name in ("search", "void", "dark"):
        form.add_line("contacts").set("name", name)
    form.save()
    filters = Filter("state", "=", "void"), Filter("contact", "=", "void"), Filter("contact", "in", ("dark", "李"))
    keep_view(desks["clerk"], "orders", "mine", ViewContent("search", filters))
    personal.keep(desks["clerk"], {"scheme": "dark", "recent": [["orders", 1, "orders"]]})
    anonymise(desks["manager"], "customers", customer)
    (view,) = saved_views(desks["clerk"], "orders")
    assert view.content.filters == (filters[0], Filter("contact", "=", "***"), Filter("contact", "in", ("***", "李")))
    assert view.content.search == "***"
    assert personal.read(desks["clerk"]) == {"scheme": "dark", "recent": [["orders", 1, "***"]]}


def test_what_a_clerk_wrote_into_tables_of_his_own_stops_no_anonymising(office: Any) -> None:
    with another_program(office.company) as raw:
        raw.execute("UPDATE personal_value SET value = '\"安贞口腔\"' WHERE key = 'recent'")
        raw.execute(f"UPDATE saved_view SET content = '[\"{PERSON[1]}\"'")
    anonymise(office["manager"], "customers", office.customer, party=True)
    assert not everything(office, "personal_value", "saved_view")


def test_a_customer_who_is_a_person_loses_the_name_too(office: Any) -> None:
    manager = office["manager"]
    assert plan(manager, "customers", office.customer).asks_party
    anonymise(manager, "customers", office.customer, party=True)
    form = open_form(manager, "customers", office.customer)
    assert tr(form.title).endswith(f" ***{office.customer}")
    assert "安贞口腔" not in everything(office, "customer", "personal_value")
    assert personal.read(office["clerk"])["recent"] == [["customers", office.customer, f"***{office.customer}"]]
    form.set("grade", "b")
    form.save()  # the card can still be worked with
    form.take("disable", "gone")
    assert verify(manager).is_sound


def test_an_employee_who_left_is_anonymised_and_what_he_did_stays(desks: Any) -> None:
    manager, gone = desks["manager"], desks["clerk2"].employee_id
    a_customer(desks)
    order = an_order(desks, 1, (a_product(desks), 1), by="clerk2").id
    with pytest.raises(RuleBroken, match="still works here"):
        anonymise(manager, "employees", gone)
    form = open_form(manager, "employees", gone)
    form.set("phone", "13712344321")
    form.set("disabled", True)
    form.save()
    anonymise(manager, "employees", gone)
    form = open_form(manager, "employees", gone)
    assert (form.get("name"), form.get("login"), form.get("phone")) == (f"***{gone}", f"***{gone}", "***")
    assert "clerk2" not in everything(desks) and "13712344321" not in everything(desks)
    assert {one.who for one in open_form(manager, "orders", order).history()} == {f"***{gone}"}
    assert verify(manager).is_sound


def test_who_may_not_is_refused_and_what_was_changed_past_the_program_stops_it(office: Any) -> None:
    assert not may_anonymise(office["clerk"], "customers") and may_anonymise(office["director"], "customers")
    for act in (plan, anonymise):
        with pytest.raises(NotAllowed, match="is done by: Sales manager"):
            act(office["clerk"], "customers", office.customer)
    with another_program(office.company) as raw:
        raw.execute("UPDATE history SET changes = replace(changes, '137', '136') WHERE changes LIKE '%137%'")
    before = everything(office)
    with pytest.raises(RuleBroken, match="changed past the program"):
        anonymise(office["manager"], "customers", office.customer)
    assert everything(office) == before


def test_what_was_typed_before_does_not_come_back_from_a_crash(office: Any) -> None:
    clerk, manager, typed = office["clerk"], office["manager"], office.clock.now
    card = open_form(manager, "customers", office.customer).snapshot()
    order = new_form(clerk, "orders", customer_id=office.customer).snapshot()
    assert not is_of_nobody(clerk, "orders", None, order, typed)
    anonymise(manager, "customers", office.customer)
    assert is_of_nobody(clerk, "orders", None, order, typed)
    assert is_of_nobody(manager, "customers", office.customer, card, typed)
    later = typed + timedelta(seconds=1)
    assert not is_of_nobody(clerk, "orders", None, order, later) and not is_of_nobody(clerk, "suppliers", 1, {}, typed)
