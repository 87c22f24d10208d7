"""Long lists: rows by their place, two columns of order, groups with their sums, days in words, checked rows."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from toy_lists import ToyClinic, add, order, sign_in

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.blueprint.table import Filter
from dentalsales.i18n import tr
from dentalsales.storage.company import Company
from dentalsales.usecases import browse
from dentalsales.usecases.browse import Query
from dentalsales.usecases.desk import Desk

ORDERS = ("", "id", "-id", "ordered_on", "-ordered_on", "due_on", "-due_on", "number", "-number", "customer_id",
          "-customer_id,ordered_on", "state,-amount", "due_on,-customer_id", "-due_on,entered_at", "amount,due_on",
          "customer_id.size,-number", "line_count,-id")  # fmt: skip


@pytest.fixture(scope="module")
def company(new_company: Any) -> Iterator[Company]:
    """Sixty orders of three clinics, two of which bear the same name."""
    company = new_company()
    clinics = add(
        company,
        ToyClinic(name="曾惠口腔", size="big"),
        ToyClinic(name="康美齿科", size="small"),
        ToyClinic(name="康美齿科", size=""),
    )
    states = ("draft", "open", "done", "open")
    add(
        company,
        *(
            order(
                clinics[at % 3],
                None if at % 7 == 0 else f"SO-{at % 20:03}-{at}",
                date(2026, 11, 30) - timedelta(days=(at * at) % 70),
                f"{at % 5}.10",
                state=states[at % 4],
                due_on=None if at % 3 == 0 else date(2026, 12, 1 + at % 4),
                entered_at=datetime(2026, 10, 31, 15 + at % 3, 30, tzinfo=UTC) if at % 5 else None,
            )
            for at in range(60)
        ),
    )
    yield company
    company.close()


@pytest.fixture(scope="module")
def manager(company: Company) -> Desk:
    return sign_in(company, "mona", "manager")


@pytest.mark.parametrize("wanted", ORDERS)
def test_any_place_of_a_list_shows_the_rows_that_reading_it_from_the_beginning_does(manager: Desk, wanted: str):
    query = Query("orders", order=wanted)
    whole = browse.page(manager, query).rows
    paged: list[Any] = []
    after: Any = None
    while True:
        page = browse.page(manager, query, after, limit=7)
        paged += page.rows
        after = page.next
        if after is None:
            break
    assert [row.id for row in paged] == [row.id for row in whole]
    near = browse.window(manager, query, 0, 10)
    for start in (0, 3, 10, 29, 41, 55, 59):
        for count in (None, 60):
            found = browse.window(manager, query, start, 10, count, [(0, None), (10, near.next)])
            assert found.rows == whole[start : start + 10], (start, count)
            if found.next is not None:
                following = browse.window(manager, query, start + 10, 5, None, [(start + 10, found.next)])
                assert following.rows == whole[start + 10 : start + 15]
    assert browse.ids(manager, query) == [row.id for row in whole]
    assert browse.ids(manager, query, 12, 4) == [row.id for row in whole[12:16]]


def test_the_second_column_orders_the_rows_that_are_equal_in_the_first(manager: Desk):
    rows = browse.page(manager, Query("orders", order="state,-ordered_on", columns=("state", "ordered_on"))).rows
    found = [(row.state, row.cells[1]) for row in rows]
    assert found == sorted(found, key=lambda one: (one[0], -one[1].toordinal()))


def test_names_are_sorted_as_they_are_read_also_where_they_stand_behind_a_link(new_company: Any):
    """Code points put 白云 behind 北京 and 长沙 behind 重庆; letters and digits come before the Chinese names."""
    read = ("3M", "Bright", "阿尔", "安心", "八一", "白云", "长沙", "重庆", "李", "牙", "曾惠", "张三")
    company = new_company()
    try:
        clinics = add(company, *(ToyClinic(name=name, size="") for name in sorted(read)))
        add(company, *(order(clinic, f"SO-{clinic:03}", date(2026, 11, 1), "1.00") for clinic in clinics))
        desk = sign_in(company, "mona", "manager")
        for wanted, expected in (("name", read), ("-name", read[::-1])):
            query = Query("clinics", order=wanted, columns=("name",))
            assert tuple(row.cells[0] for row in browse.page(desk, query).rows) == expected
            assert tuple(row.cells[0] for row in browse.window(desk, query, 5, 3).rows) == expected[5:8]
        query = Query("orders", order="customer_id", columns=("customer_id",))
        assert tuple(row.cells[0] for row in browse.page(desk, query).rows) == read
        groups = browse.groups(desk, Query("orders", group="customer_id"))
        assert tuple(group.words for group in groups) == read
    finally:
        company.close()


def test_beyond_the_end_there_is_nothing(manager: Desk):
    assert browse.window(manager, Query("orders"), 60, 10).rows == []
    assert browse.window(manager, Query("orders", search="nobody"), 0, 10).rows == []
    assert browse.ids(manager, Query("orders"), 500) == []


def test_a_group_tells_its_count_and_sum_and_leads_to_its_rows(manager: Desk):
    for name in ("state", "customer_id", "ordered_on", "entered_at", "customer_id.size", "number"):
        query = Query("orders", group=name)
        found = browse.groups(manager, query)
        every: list[int] = []
        for group in found:
            of_it = Query("orders", filters=(group.filter,))
            totals = browse.totals(manager, of_it)
            assert (totals.count, totals.sums["amount"]) == (group.count, group.sums["amount"]), (name, group)
            every += browse.ids(manager, of_it)
        assert sorted(every) == sorted(browse.ids(manager, Query("orders")))


def test_groups_come_as_the_office_thinks_of_them(manager: Desk):
    states = [tr(group.words) for group in browse.groups(manager, Query("orders", group="state"))]
    assert states == ["Draft", "Open", "Done"]
    months = [group.words for group in browse.groups(manager, Query("orders", group="ordered_on"))]
    assert months == ["2026-11", "2026-10", "2026-09"]
    clinics = browse.groups(manager, Query("orders", group="customer_id"))
    assert [group.words for group in clinics] == [
        "康美齿科",
        "康美齿科",
        "曾惠口腔",
    ]  # two clinics of one name stay two
    sizes = [tr(group.words) for group in browse.groups(manager, Query("orders", group="customer_id.size"))]
    assert sizes == ["Big", "Small", "Empty"]


def test_a_month_of_moments_is_that_of_the_office_not_of_greenwich(manager: Desk):
    months = {group.words for group in browse.groups(manager, Query("orders", group="entered_at"))}
    assert "2026-11" in months  # 31 October 16:30 UTC is 1 November in Shanghai


def test_groups_follow_search_and_filters_and_are_refused_where_the_column_is(company: Company, manager: Desk):
    only = Query("orders", group="state", filters=(Filter("state", "=", "open"),))
    assert [tr(group.words) for group in browse.groups(manager, only)] == ["Open"]
    clerk = sign_in(company, "carl", "clerk")
    with pytest.raises(RuleBroken, match="can't be filtered"):
        browse.groups(clerk, Query("orders", group="customer_id.margin"))


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("today", "2026-11-22", "2026-11-22"),
        ("today-60", "2026-09-23", "2026-09-23"),
        ("this_week", "2026-11-16", "2026-11-22"),
        ("last_week", "2026-11-09", "2026-11-15"),
        ("this_month", "2026-11-01", "2026-11-30"),
        ("last_month", "2026-10-01", "2026-10-31"),
        ("this_year", "2026-01-01", "2026-12-31"),
        ("last_year", "2025-01-01", "2025-12-31"),
        ("2026-02", "2026-02-01", "2026-02-28"),
    ],
)
def test_words_for_days_mean_the_days_of_the_day_they_are_asked(manager: Desk, words: str, first: str, last: str):
    named = browse.ids(manager, Query("orders", filters=(Filter("ordered_on", "=", words),)))
    spelt = (Filter("ordered_on", ">=", first), Filter("ordered_on", "<=", last))
    assert sorted(named) == sorted(browse.ids(manager, Query("orders", filters=spelt)))


def test_a_word_that_is_no_day_is_refused_in_words(manager: Desk):
    for words in ("someday", "2026-13"):
        with pytest.raises(RuleBroken, match="does not fit the filter"):
            browse.ids(manager, Query("orders", filters=(Filter("ordered_on", "=", words),)))


def test_a_filter_on_a_searched_column_also_reads_pinyin(manager: Desk):
    def found(words: str) -> int:
        return browse.totals(manager, Query("clinics", filters=(Filter("name", "has", words),))).count

    assert (found("kmck"), found("康美"), found("kangmei"), found("zzz")) == (2, 2, 2, 0)


def test_checked_rows_are_named_by_their_ids_or_by_those_left_out(manager: Desk):
    every = browse.ids(manager, Query("orders"))
    assert browse.ids(manager, Query("orders", only=tuple(every[3:6]))) == every[3:6]
    assert browse.ids(manager, Query("orders", without=tuple(every[:58]))) == every[58:]
    totals = browse.totals(manager, Query("orders", only=tuple(every[:2]), columns=("amount",)))
    assert totals.count == 2 and totals.sums["amount"] == sum(
        (row.cells[5] for row in browse.page(manager, Query("orders")).rows[:2]), Decimal(0)
    )
