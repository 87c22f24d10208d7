"""The palette's search: records, screens, reports and beginnings by a few letters, what fits the place first."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from toy_lists import ToyArticle, ToyClinic, ToyNote, add, order, sign_in

from dentalsales.i18n import _, use_language
from dentalsales.storage.company import Company
from dentalsales.usecases.candidates import BEGINS, EXACT
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.find_anything import everywhere, match


@pytest.fixture(scope="module")
def company(new_company: Any) -> Iterator[Company]:
    """Two clinics, two articles, three orders and a note."""
    company = new_company()
    zeng, _zheng = add(company, ToyClinic(name="曾惠口腔", size="big"), ToyClinic(name="正和齿科", size=""))
    add(company, ToyArticle(code="A10", name="Bond", shade=""), ToyArticle(code="00021", name="Bond 2", shade=""))
    add(company, *(order(zeng, f"SO-{n}", date(2026, 11, n)) for n in (1, 2, 3)))
    add(company, *(order(zeng, f"SO-2026{month}20-002", date(2026, month, 20)) for month in (10, 11)))
    add(company, ToyNote(subject="Order 5 is late", state="draft"))
    yield company
    company.close()


@pytest.fixture(scope="module")
def manager(company: Company) -> Desk:
    return sign_in(company, "mona", "manager")


def test_the_palette_finds_records_screens_reports_and_actions(manager: Desk):
    def found(text: str) -> list[tuple[str, str, str]]:
        return [(hit.kind, hit.register, hit.title) for hit in everywhere(manager, text)]

    assert ("screen", "orders", "Orders") in found("order")
    assert ("record", "notes", "Note") not in found("order") and found("late")[0][:2] == ("record", "notes")
    assert found("so-3") == [("record", "orders", "SO-3")]
    assert found("zhkq") == [("record", "clinics", "曾惠口腔")]
    assert ("action", "clinics", "New clinic") in found("new clinic")
    assert found("   ") == [] and found("qqqq") == []


def test_the_palette_offers_only_what_the_roles_allow(company: Company):
    desk = sign_in(company, "wang", "warehouse")
    assert {hit.register for hit in everywhere(desk, "order")} == {"orders"}
    assert not everywhere(desk, "rb") and not everywhere(desk, "new order") and not everywhere(desk, "A10")


def test_a_chinese_name_of_a_report_is_found_by_its_pinyin_and_its_short_key_comes_first(manager: Desk):
    for text in ("xsrb", "xiaoshouri", "日报", "rb"):
        assert [(hit.kind, hit.register, hit.title) for hit in everywhere(manager, text)] == [
            ("report", "daily", "销售日报表")
        ]


def test_the_last_digits_of_a_number_find_the_newest_paper_before_a_code_that_begins_so(manager: Desk) -> None:
    assert [hit.title for hit in everywhere(manager, "0002")][:2] == ["SO-20261120-002", "SO-20261020-002"]


def test_records_of_the_register_at_hand_come_before_equal_matches_elsewhere(manager: Desk) -> None:
    assert everywhere(manager, "0002")[0].register == "orders"
    assert everywhere(manager, "0002", place="articles")[0].register == "articles"


def test_a_name_matches_by_either_language_and_by_initials_of_its_pinyin() -> None:
    use_language("zh_CN")
    label = _("Orders")
    assert match("dd", label) == match("订单", label) == match("orders", label) == EXACT
    assert match("din", label) == BEGINS and match("单", label) is not None
    assert match("qq", label) is None and match(" ", label) is None
