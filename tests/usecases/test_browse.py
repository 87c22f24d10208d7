"""Lists: rows, columns, paging, filters, search, whose records, totals, tabs and export."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from toy_lists import ToyArticle, ToyClinic, ToyMove, ToyNote, ToyOrderLine, add, order, sign_in

from dentalsales.blueprint.house_records import History
from dentalsales.blueprint.rules import NotAllowed, RuleBroken
from dentalsales.blueprint.table import Filter
from dentalsales.i18n import tr
from dentalsales.storage.company import Company
from dentalsales.usecases import browse
from dentalsales.usecases.browse import Query
from dentalsales.usecases.desk import Desk


@pytest.fixture(scope="module")
def company(new_company: Any) -> Iterator[Company]:
    """Two clinics with orders: 曾惠口腔 belongs to rita, 康美齿科 to nobody."""
    company = new_company()
    rita = sign_in(company, "rita", "rep")
    zeng, kang = add(
        company,
        ToyClinic(
            name="曾惠口腔",
            size="big",
            tags="key,bulk",
            phone="13800001234",
            margin=Decimal(900),
            owner_id=rita.employee_id,
        ),
        ToyClinic(name="康美齿科", size="small", phone="029-8800", margin=Decimal(50)),
    )
    (article,) = add(company, ToyArticle(code="A1", name="Resin", shade="A2"))
    first, *_rest = add(
        company,
        order(
            zeng,
            "SO-20261101-001",
            date(2026, 11, 1),
            "100.10",
            due_on=date(2026, 12, 1),
            entered_at=datetime(2026, 11, 1, 16, 30, tzinfo=UTC),
        ),
        order(kang, "SO-20261122-001", date(2026, 11, 22), "20.20", entered_by_id=rita.employee_id),
        order(zeng, "SO-20261031-002", date(2026, 10, 31), "3.30", state="done", due_on=date(2026, 11, 5)),
        order(kang, None, date(2026, 11, 22), "0.00", state="draft"),
    )
    add(company, ToyNote(subject="Broken box", state="in_review", order_id=first, turn="finance", number="N-1"))
    with company.writing() as session:
        session.add(ToyMove(paper="SO-20261101", product_id=article))
        session.add_all([ToyOrderLine(order_id=first, product_id=article, position=at) for at in range(3)])
    yield company
    company.close()


@pytest.fixture(scope="module")
def manager(company: Company) -> Desk:
    return sign_in(company, "mona", "manager")


@pytest.fixture(scope="module")
def clerk(company: Company) -> Desk:
    return sign_in(company, "carl", "clerk")


@pytest.fixture(scope="module")
def rep(company: Company) -> Desk:
    return sign_in(company, "rita", "rep")


ORDERS = ("", "id", "-ordered_on", "number", "-number", "due_on", "-due_on", "customer_id", "-customer_id", "amount",
          "state", "line_count", "entered_by_id", "-entered_at")  # fmt: skip


def numbers(desk: Desk, *filters: Filter, **words: Any) -> list[str]:
    """Return the numbers of the orders that a query shows."""
    query = Query("orders", filters=filters, columns=("number",), **words)
    return [row.cells[0] for row in browse.page(desk, query).rows]


def test_a_row_shows_titles_of_links_words_of_choices_and_values_behind_links(manager: Desk):
    row = browse.page(manager, Query("orders", search="SO-20261101")).rows[0]
    assert row.cells[:2] == ("SO-20261101-001", date(2026, 11, 1))
    assert row.cells[2] == "曾惠口腔" and tr(row.cells[3]) == "Big"
    assert row.cells[5] == Decimal("100.10") and tr(row.cells[6]) == "Open"
    assert (row.state, row.family) == ("open", "pending")


def test_a_column_with_an_expression_of_its_own_is_shown_sorted_filtered_and_summed(manager: Desk):
    assert browse.page(manager, Query("orders", search="SO-20261101")).rows[0].cells[7] == 3
    assert numbers(manager, order="-line_count")[0] == "SO-20261101-001"
    assert numbers(manager, Filter("line_count", ">", 0)) == ["SO-20261101-001"]
    assert browse.totals(manager, Query("orders", columns=("line_count",))).sums == {"line_count": 3}


def test_several_words_of_a_choice_are_shown_one_after_the_other(manager: Desk):
    row = browse.page(manager, Query("clinics", columns=("tags",), filters=(Filter("tags", "=", "bulk"),))).rows[0]
    assert tr(row.cells[0]) == "Key, Bulk"


def test_a_paper_on_its_route_says_whose_turn_it_is(manager: Desk):
    row = browse.page(manager, Query("notes")).rows[0]
    assert tr(row.cells[4]) == "In review: Finance"
    assert row.cells[2:4] == ("SO-20261101-001", "曾惠口腔")


def test_the_usual_columns_come_first_and_all_columns_hold_the_others(manager: Desk):
    usual = [column.name for column in browse.columns(manager, "orders")]
    every = browse.all_columns(manager, "orders")
    assert usual == ["number", "ordered_on", "customer_id", "customer_id.size", "customer_id.phone", "amount", "state",
                     "line_count"]  # fmt: skip
    assert [column.name for column in every[8:]] == ["due_on", "entered_by_id", "entered_at", "customer_id.margin"]
    state = every[6]
    assert (state.kind, [name for name, _label in state.choices]) == ("state", ["draft", "open", "done", "void"])
    assert every[2].target == "toy_clinic" and every[5].total


def test_what_the_roles_may_not_see_is_in_no_column_filter_order_or_view(manager: Desk, clerk: Desk):
    assert "margin" in [column.name for column in browse.columns(manager, "clinics")]
    query = Query("clinics", columns=("name", "margin"), order="-margin")
    assert browse.page(clerk, query).rows[0].cells == ("康美齿科",)
    assert [column.name for column in browse.shown_columns(clerk, query)] == ["name"]
    assert "customer_id.margin" not in [column.name for column in browse.all_columns(clerk, "orders")]
    assert [view.name for view in browse.views(manager, "clinics")] == ["mine", "rich"]
    assert [view.name for view in browse.views(clerk, "clinics")] == ["mine"]
    with pytest.raises(RuleBroken, match="can't be filtered"):
        browse.page(clerk, Query("clinics", filters=(Filter("margin", ">", 1),)))
    with pytest.raises(RuleBroken, match="can't be filtered"):
        browse.totals(clerk, Query("orders", filters=(Filter("no_such_field", "=", 1),)))


def test_personal_data_is_masked_for_those_who_do_not_edit_the_register_it_belongs_to(manager: Desk, clerk: Desk):
    query = Query("orders", columns=("customer_id.phone",), order="ordered_on")
    assert [row.cells[0] for row in browse.page(clerk, query).rows][:2] == ["138****1234", "138****1234"]
    assert browse.page(clerk, Query("clinics", columns=("phone",))).rows[0].cells == ("0****",)
    assert browse.page(manager, query).rows[0].cells == ("13800001234",)


def test_without_the_right_to_see_a_register_every_question_is_refused(company: Company):
    desk = sign_in(company, "quinn", "quality")
    for ask in (browse.page, browse.totals, browse.shown_columns, browse.sheet):
        with pytest.raises(NotAllowed, match="do not include seeing"):
            ask(desk, Query("orders"))
    for ask_by_name in (browse.columns, browse.all_columns, browse.views):
        with pytest.raises(NotAllowed, match="do not include seeing"):
            ask_by_name(desk, "orders")


def test_a_rep_sees_own_records_only_also_through_a_link_unless_another_role_sees_all(company: Company, rep: Desk):
    assert numbers(rep) == ["SO-20261101-001", "SO-20261031-002"]
    assert browse.totals(rep, Query("orders")).count == 2
    assert [row.cells[0] for row in browse.page(rep, Query("clinics")).rows] == ["曾惠口腔"]
    assert len(numbers(sign_in(company, "both", "rep", "warehouse"))) == 4


@pytest.mark.parametrize("order", ORDERS)
def test_pages_put_together_are_the_whole_list_in_its_order(manager: Desk, order: str):
    query = Query("orders", order=order, columns=("number", "due_on"))
    whole = browse.page(manager, query)
    pages, after = [], None
    while not pages or after is not None:
        page = browse.page(manager, query, after, limit=1)
        pages += page.rows
        after = page.next
    assert pages == whole.rows and len(pages) == 4 and whole.next is None


def test_rows_without_the_sorted_value_come_first_ascending_and_last_descending(manager: Desk):
    assert numbers(manager, order="due_on")[2:] == ["SO-20261031-002", "SO-20261101-001"]
    assert numbers(manager, order="-due_on")[:2] == ["SO-20261101-001", "SO-20261031-002"]


@pytest.mark.parametrize(
    ("one", "found"),
    [
        (Filter("amount", "=", Decimal("20.20")), {"1122"}),
        (Filter("amount", "=", "20.2"), {"1122"}),
        (Filter("amount", "!=", Decimal("20.20")), {"1101", "1031", ""}),
        (Filter("amount", ">", 3), {"1101", "1122", "1031"}),
        (Filter("amount", ">=", "3.30"), {"1101", "1122", "1031"}),
        (Filter("amount", "<", "3.30"), {""}),
        (Filter("amount", "<=", "3.30"), {"1031", ""}),
        (Filter("state", "in", ("done", "draft")), {"1031", ""}),
        (Filter("state", "in", ()), set()),
        (Filter("number", "has", "1122"), {"1122"}),
        (Filter("number", "has", "50%"), set()),
        (Filter("number", "empty"), {""}),
        (Filter("number", "not_empty"), {"1101", "1122", "1031"}),
        (Filter("ordered_on", "=", "today"), {"1122", ""}),
        (Filter("ordered_on", "=", "2026-11-01"), {"1101"}),
        (Filter("ordered_on", "!=", "today"), {"1101", "1031"}),
        (Filter("ordered_on", "<", "this_month"), {"1031"}),
        (Filter("ordered_on", "=", "this_month"), {"1101", "1122", ""}),
        (Filter("due_on", "<=", "today+9"), {"1101", "1031"}),
        (Filter("due_on", "<", "today+9"), {"1031"}),
        (Filter("due_on", "empty"), {"1122", ""}),
        (Filter("due_on", "!=", date(2026, 12, 1)), {"1031", "1122", ""}),
        (Filter("entered_at", "=", "2026-11-02"), {"1101"}),
        (Filter("entered_at", "<=", "2026-11-01"), set()),
        (Filter("entered_at", ">", "2026-11-01"), {"1101"}),
        (Filter("customer_id", "has", "zh"), {"1101", "1031"}),
        (Filter("customer_id.size", "=", "small"), {"1122", ""}),
        (Filter("customer_id.owner_id", "=", "me"), set()),
        (Filter("customer_id.owner_id", "empty"), {"1122", ""}),
        (Filter("customer_id.margin", ">=", 900), {"1101", "1031"}),
        (Filter("entered_by_id", "=", None), {"1101", "1031", ""}),
        (Filter("entered_by_id", "!=", None), {"1122"}),
    ],
)
def test_a_filter_keeps_the_rows_it_says(manager: Desk, one: Filter, found: set[str]):
    assert {number[7:11] for number in numbers(manager, one)} == found
    assert browse.totals(manager, Query("orders", filters=(one,))).count == len(numbers(manager, one))


def test_me_is_the_employee_at_the_desk(company: Company):
    desk = sign_in(company, "rita", "rep")
    assert len(browse.page(desk, Query("clinics", filters=(Filter("owner_id", "=", "me"),))).rows) == 1


@pytest.mark.parametrize(("name", "value"), [("amount", "many"), ("ordered_on", "soon"), ("customer_id", "x")])
def test_a_filter_value_of_the_wrong_kind_is_refused_with_a_sentence(manager: Desk, name: str, value: str):
    with pytest.raises(RuleBroken) as refusal:
        browse.page(manager, Query("orders", filters=(Filter(name, "=", value),)))
    assert refusal.value.field == name and value in tr(refusal.value.text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("SO-202611", {"1101", "1122"}),
        ("so-202611", {"1101", "1122"}),
        ("1122-001", {"1122"}),
        ("zhkq", {"1101", "1031"}),
        ("cenghui 1101", {"1101"}),
        ("曾 kq", {"1101", "1031"}),
        ("nothing", set()),
        ("1122 zeng", set()),
        ("50%", set()),
        ("   ", {"1101", "1122", "1031", ""}),
    ],
)
def test_a_search_matches_number_and_linked_names_with_every_word(manager: Desk, text: str, found: set[str]):
    assert {number[7:11] for number in numbers(manager, search=text)} == found
    assert browse.totals(manager, Query("orders", search=text)).count == len(found)


def test_a_search_looks_at_the_records_own_words_and_behind_two_links(manager: Desk):
    for text in ("broken", "n-1", "zenghui"):
        assert len(browse.page(manager, Query("notes", search=text)).rows) == 1
    assert not browse.page(manager, Query("notes", search="kangmei")).rows


def test_a_record_without_a_search_text_is_found_by_its_own_fields_and_its_links(manager: Desk):
    for text in ("so-20261101", "a1 SO", "resin"):
        assert [row.cells for row in browse.page(manager, Query("moves", search=text)).rows] == [
            ("SO-20261101", "A1 Resin A2")
        ]
    assert not browse.page(manager, Query("moves", search="bond")).rows


def test_a_search_that_matches_many_customers_finds_the_same(new_company: Any):
    company = new_company()
    desk = sign_in(company, "mona", "manager")
    ids = add(company, *(ToyClinic(name=f"Clinic {index}") for index in range(400)))
    add(company, *(order(one, f"SO-{one:04}", date(2026, 1, 1)) for one in ids))
    assert browse.totals(desk, Query("orders", search="clinic")).count == 400
    assert browse.totals(desk, Query("orders", search="so-")).count == 400
    assert browse.totals(desk, Query("orders", search="clinic 0399")).count == 1
    company.close()


def test_totals_are_the_count_and_the_sums_under_the_same_filters(manager: Desk):
    query = Query("orders", filters=(Filter("ordered_on", "=", "this_month"),))
    totals = browse.totals(manager, query)
    assert totals.count == 3 and totals.sums["amount"] == Decimal("120.30")
    assert browse.totals(manager, Query("orders", search="nothing")).sums["amount"] == 0
    behind = Query("orders", columns=("customer_id.margin",))
    assert browse.totals(manager, behind).sums == {"customer_id.margin": Decimal("1900.00")}


def test_titles_name_records_as_links_do(manager: Desk):
    assert browse.titles(manager, "toy_article", [1, 1, 99]) == {1: "A1 Resin A2"}
    assert browse.titles(manager, "employee", []) == {}
    assert "rita" in browse.titles(manager, "employee", range(1, 9)).values()


def test_a_card_has_a_tab_for_every_register_that_names_its_record(company: Company, manager: Desk):
    tabs = browse.related(manager, "clinics", 1)
    assert [(tab.register.name, str(tab.label)) for tab in tabs] == [("orders", "Orders"), ("notes", "Notes")]
    assert [browse.totals(manager, tab.query).count for tab in tabs] == [2, 1]
    assert [tab.register.name for tab in browse.related(sign_in(company, "finn", "finance"), "clinics", 1)] == ["notes"]


def test_an_export_holds_exactly_the_list_says_its_conditions_and_is_remembered(company: Company, manager: Desk):
    month, clinic = Filter("ordered_on", ">=", "this_month"), Filter("customer_id", "=", 1)
    query = Query(
        "orders",
        "SO",
        (month, clinic, Filter("state", "in", ("open", "done"))),
        "-ordered_on",
        ("number", "customer_id", "amount"),
    )
    sheet = browse.sheet(manager, query)
    block = sheet.blocks[0]
    assert [row.cells for row in block.rows] == [row.cells for row in browse.page(manager, query).rows]
    assert block.rows[0].opens is not None and block.rows[0].opens.register == "orders"
    assert block.totals == (None, None, Decimal("100.10"))
    assert [(tr(label), tr(words)) for label, words in sheet.conditions] == [
        ("Search", "SO"), ("Ordered on", "from 2026-11"), ("Customer", "曾惠口腔"), ("State", "Open, Done"),
    ]  # fmt: skip
    with company.reading() as session:
        entry = session.scalars(select(History).order_by(History.id.desc())).first()
        assert (entry.register, entry.record_id, entry.step, entry.note) == ("orders", 0, "export", "1")
        assert entry.employee_id == manager.employee_id


def test_an_export_keeps_the_order_also_where_values_are_missing(manager: Desk):
    for order_by in ("due_on", "-due_on"):
        query = Query("orders", order=order_by, columns=("number",))
        assert [row.cells[0] for row in browse.sheet(manager, query).blocks[0].rows] == numbers(manager, order=order_by)


def test_who_may_not_export_is_refused_and_a_rep_exports_own_records_only(company: Company, clerk: Desk, rep: Desk):
    with pytest.raises(NotAllowed, match="do not include exporting"):
        browse.sheet(clerk, Query("orders"))
    assert len(browse.sheet(rep, Query("orders")).blocks[0].rows) == 2
    with pytest.raises(NotAllowed):
        browse.sheet(sign_in(company, "finn", "finance"), Query("orders"))
    assert not browse.sheet(rep, Query("orders", search="nothing")).blocks[0].rows


def test_a_deep_page_of_orders_is_found_by_the_index_without_sorting(company: Company, manager: Desk):
    from dentalsales.usecases.keyset import ordered
    from dentalsales.usecases.list_frame import frame_of

    frame = frame_of(manager, Query("orders"))
    statement = ordered(frame, empty=False, begins=True).limit(10).params(after0=date(2026, 11, 5), after1=2)
    with company.reading() as session:
        connection, sqlite = session.connection(), company.engine.dialect.name == "sqlite"
        if not sqlite:
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # a handful of rows is read faster without
        asked = str(statement.compile(connection, compile_kwargs={"literal_binds": True}))
        plan = connection.exec_driver_sql(("EXPLAIN QUERY PLAN " if sqlite else "EXPLAIN ") + asked)
        words = " ".join(str(row[-1]) for row in plan)
    assert "ix_toy_order_ordered_on" in words and "TEMP B-TREE" not in words and "Sort " not in words
