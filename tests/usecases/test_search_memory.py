"""What is found in memory is what the company holds now, in the order in which the database would give it."""

import random
from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session
from toy_lists import NOW, ORDERS, ToyArticle, ToyClinic, ToyOrderLine, add, order, sign_in

from dentalsales.blueprint.house_records import History
from dentalsales.storage.company import Company
from dentalsales.storage.engine import for_writing, make_engine
from dentalsales.storage.server_company import ServerCompany
from dentalsales.storage.server_engine import make_server_engine
from dentalsales.usecases import browse
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.search import make_ready, suggest
from dentalsales.usecases.search_memory import index_of
from dentalsales.usecases.search_text import fill_search_text

LETTERS = "曾惠康长重乐行朝区石会沈口腔齿科门诊部A1b 2-（）é"
"""Polyphones, what every customer has in its name, and what is easily mistaken."""
TYPED = (
    *"曾口科abz12%_-é", "a1", "A1", "kq", "口腔", "zh", "ch", "zhang", "chang", "q c", "口 科", "kq 1", "ck-0", "012",
    "100", "0012", "zzzzq", "ck", "138", "康（", "（）", "  kq  ", "１２", "长 zzq", "chkq", "zenghui",
    "ck0012", "ck00", "CK012",
)  # fmt: skip


@pytest.fixture(scope="module")
def company(new_company: Any) -> Iterator[Company]:
    """Three hundred clinics and articles of random names, some disabled, every third one Rita's."""
    company = new_company()
    rita, dice = sign_in(company, "rita", "rep"), random.Random(20_261_122)

    def name() -> str:
        return "".join(dice.choices(LETTERS, k=dice.randint(2, 6))).strip() or "康"

    clinics = [
        ToyClinic(
            name=name(),
            phone=f"138{place:08}",
            disabled=dice.random() < 0.2,
            owner_id=rita.employee_id if place % 3 == 0 else None,
        )
        for place in range(300)
    ]
    ids = add(company, *clinics)
    articles = add(
        company,
        *(ToyArticle(code=f"CK-{place:04}", name=name(), shade=dice.choice(("A1", "B1", ""))) for place in range(300)),
    )
    orders = add(company, *(order(ids[1], f"SO-{n}", date(2026, 11, n)) for n in (1, 2, 3)))
    with company.writing() as session:
        bought = zip(orders * 4, dice.choices(articles, k=12), strict=True)
        session.add_all(ToyOrderLine(order_id=one, product_id=what) for one, what in bought)
    yield company
    company.close()


@pytest.fixture
def manager(company: Company) -> Desk:
    return sign_in(company, "mona", "manager")


def held(desk: Desk, table: str) -> bool:
    """Say whether a search would be answered from memory now."""
    return index_of(desk, desk.business.register_of_table(table)) is not None


def found(desk: Desk, table: str, **words: Any) -> dict[str, Any]:
    """Return what everything typed finds, with the first of the registers' lists that link to it."""
    return {typed: suggest(desk, table, typed, **words) for typed in TYPED}


def forget(company: Company) -> None:
    """Let a write pass, after which nothing held is trusted."""
    with company.writing():
        pass


@pytest.mark.parametrize(("login", "role"), [("mona", "manager"), ("rita", "rep"), ("carl", "clerk")])
@pytest.mark.parametrize("table", ["toy_clinic", "toy_article"])
def test_memory_finds_what_the_database_finds_in_the_same_order(
    company: Company, table: str, login: str, role: str
) -> None:
    desk = sign_in(company, login, role)
    forget(company)
    form = SimpleNamespace(register=ORDERS, record=SimpleNamespace(lines=[ToyOrderLine()]), get=lambda name: 2)
    field = "lines.0.product_id" if table == "toy_article" else None
    further = ({"limit": 300}, {"form": form, "field": field}) if role != "clerk" else ()  # who sees what managers see
    for words in ({}, *further):
        forget(company)
        assert not held(desk, table)
        asked = found(desk, table, **words)
        make_ready(desk, table)
        assert held(desk, table)
        assert found(desk, table, **words) == asked
        assert sum(map(bool, asked.values())) > 10


def test_a_list_searched_by_what_it_links_to_is_the_same_from_memory(company: Company, manager: Desk) -> None:
    def searched() -> list[Any]:
        return [browse.page(manager, browse.Query("orders", search=typed)).rows for typed in TYPED]

    forget(company)
    asked = searched()
    make_ready(manager, "toy_clinic")
    assert held(manager, "toy_clinic")
    assert searched() == asked


def test_what_somebody_here_saved_is_found_at_once_and_again_from_memory(company: Company, manager: Desk) -> None:
    make_ready(manager, "toy_clinic")
    assert suggest(manager, "toy_clinic", "新来诊所") == []
    add(company, ToyClinic(name="新来诊所"))
    assert [one.title for one in suggest(manager, "toy_clinic", "xlzs")] == ["新来诊所"]
    make_ready(manager, "toy_clinic")
    assert held(manager, "toy_clinic")
    assert [one.title for one in suggest(manager, "toy_clinic", "xlzs")] == ["新来诊所"]


def test_what_another_program_saved_is_found_at_once(company: Company, manager: Desk) -> None:
    make_ready(manager, "toy_clinic")
    clinic = ToyClinic(name="隔壁电脑录的")
    fill_search_text(clinic)
    other = make_server_engine(company.address) if isinstance(company, ServerCompany) else make_engine(company.database)
    with Session(for_writing(other)) as session, session.begin():
        session.add(clinic)
        session.flush()
        session.add(
            History(register="clinics", record_id=clinic.id, step="created", from_state="", to_state="", at=NOW)
        )
    other.dispose()
    assert not held(manager, "toy_clinic")
    assert [one.title for one in suggest(manager, "toy_clinic", "gbdn")] == ["隔壁电脑录的"]


def test_a_write_that_changed_no_record_of_the_register_makes_nothing_anew(company: Company, manager: Desk) -> None:
    def index() -> Any:
        return index_of(manager, manager.business.register_of_table("toy_article"))

    make_ready(manager, "toy_article")
    before = index()
    add(company, ToyClinic(name="别的"))
    assert index() is None
    make_ready(manager, "toy_article")
    assert index() is before is not None


def test_who_sees_few_of_many_is_answered_without_reading_through_those_of_others(new_company: Any) -> None:
    company = new_company()
    sam = sign_in(company, "sam", "rep")
    (own,) = add(company, ToyClinic(name="口腔诊所末", owner_id=sam.employee_id))
    add(company, *(ToyClinic(name=f"口腔诊所{place}") for place in range(3000)))
    make_ready(sam, "toy_clinic")
    asked: list[str] = []
    event.listen(company.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    assert [one.id for one in suggest(sam, "toy_clinic", "kq")] == [own]
    assert len(asked) <= 6, "a handful of statements, whatever the number of customers of others"
    company.close()


def test_papers_are_not_held(manager: Desk) -> None:
    make_ready(manager, "toy_order")
    assert not held(manager, "toy_order")
