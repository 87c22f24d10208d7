"""Suggestions for links."""

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from toy_lists import ORDERS, ToyArticle, ToyClinic, ToyNote, ToyOrderLine, add, order, sign_in

from dentalsales.storage.company import Company
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.search import suggest


@pytest.fixture(scope="module")
def company(new_company: Any) -> Iterator[Company]:
    """Articles A1, A10, B7, XA1; the clinic 曾惠 has bought B7 most often."""
    company = new_company()
    rita = sign_in(company, "rita", "rep")
    zeng, _kang, _closed = add(
        company,
        ToyClinic(name="曾惠口腔", size="big", phone="13800001234", owner_id=rita.employee_id),
        ToyClinic(name="正和齿科", size="", phone=""),
        ToyClinic(name="曾国齿科", disabled=True),
    )
    articles = add(
        company,
        ToyArticle(code="XA1", name="Burs", shade=""),
        ToyArticle(code="A10", name="Bond", shade=""),
        ToyArticle(code="A1", name="树脂", shade="A2"),
        ToyArticle(code="B7", name="A1 kit", shade="A1"),
        ToyArticle(code="C1", name="Cement", shade="B1"),
    )
    orders = add(company, *(order(zeng, f"SO-{n}", date(2026, 11, n)) for n in (1, 2, 3)))
    add(
        company,
        order(zeng, None, date(2026, 11, 4), state="draft"),
        order(zeng, "SO-9", date(2026, 11, 9), state="void"),
    )
    add(company, ToyNote(subject="Order 5 is late", state="draft"))
    with company.writing() as session:
        bought = [(orders[0], articles[3]), (orders[1], articles[3]), (orders[2], articles[1])]
        session.add_all(ToyOrderLine(order_id=one, product_id=what) for one, what in bought)
    yield company
    company.close()


@pytest.fixture(scope="module")
def manager(company: Company) -> Desk:
    return sign_in(company, "mona", "manager")


def form(customer_id: int | None, *lines: Any) -> Any:
    """Return the form of an order as far as a suggestion asks it."""
    return SimpleNamespace(
        register=ORDERS, record=SimpleNamespace(lines=lines), get=lambda name: {"customer_id": customer_id}[name]
    )


def codes(desk: Desk, text: str, **words: Any) -> list[str]:
    """Return the codes of the articles suggested."""
    return [one.code for one in suggest(desk, "toy_article", text, **words)]


def test_the_exact_code_comes_before_its_beginning_before_words_before_any_place(manager: Desk):
    assert codes(manager, "a1") == ["A1", "A10", "B7", "XA1"]


def test_what_the_customer_bought_comes_after_codes_and_before_the_rest(manager: Desk):
    assert codes(manager, "", form=form(1))[:2] == ["B7", "A10"]
    assert codes(manager, "b", form=form(1)) == ["B7", "A10", "C1", "XA1"]
    assert codes(manager, "", form=form(None)) == codes(manager, "")


def test_a_chinese_name_is_suggested_by_initials_and_pinyin(manager: Desk):
    assert codes(manager, "sz") == codes(manager, "shuzhi") == codes(manager, "树") == ["A1"]
    assert [one.title for one in suggest(manager, "toy_clinic", "zh")] == ["曾惠口腔", "正和齿科"]
    assert [one.title for one in suggest(manager, "toy_clinic", "chkq")] == ["曾惠口腔"]


def test_a_suggestion_has_title_code_and_details_for_those_who_may_see_them(company: Company, manager: Desk):
    one = suggest(manager, "toy_article", "shuzhi")[0]
    assert (one.id, one.title, one.code) == (3, "A1 树脂 A2", "A1")
    assert suggest(manager, "toy_clinic", "zeng")[0].detail == "Big · 13800001234"
    assert suggest(sign_in(company, "carl", "clerk"), "toy_clinic", "zeng")[0].detail == "Big · 138****1234"


def test_disabled_records_drafts_and_void_papers_are_not_offered(manager: Desk):
    assert [one.title for one in suggest(manager, "toy_clinic", "曾")] == ["曾惠口腔"]
    assert [one.title for one in suggest(manager, "toy_order", "")] == ["SO-3", "SO-2", "SO-1"]
    assert [one.detail for one in suggest(manager, "toy_order", "so-2")] == ["曾惠口腔"]
    assert len(suggest(manager, "toy_order", "zenghui")) == 3


def test_a_field_narrows_what_its_link_may_choose(manager: Desk):
    line = ToyOrderLine()
    assert codes(manager, "c1") == ["C1"]
    assert codes(manager, "c1", form=form(1, line), field="lines.0.product_id") == []
    assert codes(manager, "a10", form=form(1, line), field="lines.0.product_id") == ["A10"]


def test_a_rep_is_offered_own_customers_only(company: Company):
    assert [one.title for one in suggest(sign_in(company, "rita", "rep"), "toy_clinic", "")] == ["曾惠口腔"]


def test_no_more_than_asked_for_are_suggested_and_nothing_for_nonsense(manager: Desk):
    assert len(suggest(manager, "toy_article", "", limit=2)) == 2
    assert suggest(manager, "toy_article", "100%") == []
