"""What waits for an employee, and the figures of the Today page."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from toy_lists import NOW, ToyClinic, ToyNote, add, order, sign_in

from dentalsales.blueprint.house_records import History, SettingValue
from dentalsales.i18n import tr
from dentalsales.storage.company import Company
from dentalsales.usecases import browse
from dentalsales.usecases.inbox import tiles, waiting


@pytest.fixture()
def company(new_company: Any) -> Iterator[Company]:
    """Three open orders of one clinic, of which mona entered the second; the third is overdue."""
    company = new_company()
    mona = sign_in(company, "mona", "manager")
    rita = sign_in(company, "rita", "rep")
    (clinic,) = add(company, ToyClinic(name="曾惠口腔", owner_id=rita.employee_id))
    first, second, third = add(
        company,
        order(clinic, "SO-1", date(2026, 11, 1), "10.00"),
        order(clinic, "SO-2", date(2026, 11, 2), "20.00", entered_by_id=mona.employee_id),
        order(clinic, "SO-3", date(2026, 10, 3), "30.00", due_on=date(2026, 11, 21)),
    )
    add(company, order(clinic, "SO-4", date(2026, 11, 4), "40.00", state="done"))
    with company.writing() as session:
        for record_id, hours in ((first, 5), (first, 1), (second, 3), (third, 2)):
            session.add(History(register="orders", record_id=record_id, step="submit", at=NOW - timedelta(hours=hours)))
    yield company
    company.close()


def test_papers_with_a_step_open_to_me_wait_overdue_ones_first_then_the_oldest(company: Company):
    found = waiting(sign_in(company, "max", "manager"))
    assert [one.title for one in found] == ["SO-3", "SO-2", "SO-1"]
    assert [one.overdue for one in found] == [True, False, False]
    assert found[2].since == NOW - timedelta(hours=1)
    assert (found[0].customer, tr(found[0].state), tr(found[0].step)) == ("曾惠口腔", "Open", "Release")
    assert found[0].register.name == "orders" and found[0].record_id == 3


def test_a_paper_i_entered_waits_for_somebody_else_but_its_other_steps_wait_for_me(company: Company):
    found = {one.title: tr(one.step) for one in waiting(sign_in(company, "mona", "manager"))}
    assert found == {"SO-3": "Release", "SO-2": "Pack", "SO-1": "Release"}


def test_where_the_company_allows_it_my_own_papers_wait_for_me(company: Company):
    with company.writing() as session:
        session.add(SettingValue(key="self_approval", value="1"))
    assert {tr(one.step) for one in waiting(sign_in(company, "mona", "manager"))} == {"Release"}


def test_a_role_without_a_step_has_an_empty_inbox(company: Company):
    assert waiting(sign_in(company, "carl", "clerk")) == []
    assert {tr(one.step) for one in waiting(sign_in(company, "wang", "warehouse"))} == {"Pack"}


def test_on_a_route_a_paper_waits_for_the_role_whose_turn_it_is(company: Company):
    add(
        company,
        ToyNote(
            subject="One", state="in_review", turn="quality", number="N-1", entered_at=datetime(2026, 11, 1, tzinfo=UTC)
        ),
        ToyNote(subject="Two", state="in_review", turn="finance", number="N-2"),
        ToyNote(subject="Three", state="approved", number="N-3"),
    )
    quality, finance = sign_in(company, "quinn", "quality"), sign_in(company, "finn", "finance")
    assert [(one.title, tr(one.state), one.customer) for one in waiting(quality)] == [("N-1", "In review", "")]
    assert [(one.title, tr(one.state)) for one in waiting(finance)] == [("N-2", "In review")]
    assert waiting(quality)[0].since == datetime(2026, 11, 1, tzinfo=UTC)


def test_no_more_than_two_hundred_papers_wait(company: Company):
    add(company, *(order(1, f"SO-1{number:03}", date(2026, 11, 5)) for number in range(250)))
    desk = sign_in(company, "wang", "warehouse")
    found = waiting(desk)
    ((title, opens),) = found.more
    assert len(found) == 200 and tr(title) == "Orders", "that there are more is said, with the way to them"
    listed = browse.totals(desk, browse.Query(opens.register, filters=opens.filters)).count
    assert listed == 253


def test_every_tile_equals_the_list_it_opens(company: Company):
    desk = sign_in(company, "mona", "manager")
    found = {tr(tile.label): tile for tile in tiles(desk)}
    assert {label: tile.value for label, tile in found.items()} == {
        "Open orders": 3, "This month": Decimal("70.00"), "Notes": 0,
    }  # fmt: skip
    month = found["This month"]
    listed = browse.page(desk, browse.Query(month.opens.register, filters=month.opens.filters, columns=("amount",)))
    assert month.kind == "money" and sum(row.cells[0] for row in listed.rows) == month.value


def test_tiles_count_only_what_the_employee_sees(company: Company):
    add(company, ToyClinic(name="正和齿科"))
    add(company, order(2, "SO-5", date(2026, 11, 5), "50.00"))
    assert [tile.value for tile in tiles(sign_in(company, "rita", "rep"))] == [3, Decimal("70.00"), 0]
    assert [tr(tile.label) for tile in tiles(sign_in(company, "wang", "warehouse"))] == ["Open orders", "This month"]
