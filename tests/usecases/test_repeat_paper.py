"""The same again: whose papers are offered, what is taken, at which price, and what is told."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from makers import a_customer, a_price, a_product, an_order, filled, moved_to, some_stock

from dentalsales.blueprint.rules import NotAllowed, RuleBroken
from dentalsales.exchange import import_file
from dentalsales.i18n import tr
from dentalsales.usecases.duplicate import duplicate
from dentalsales.usecases.form import new_form, open_form
from dentalsales.usecases.repeat_paper import earlier_papers, lines_of, repeat_lines
from tests.imports.files import text_table


@pytest.fixture
def goods(desks: Any) -> list[int]:
    """Three products with stock at 10.00, 20.00 and 30.00."""
    made = [a_product(desks, f"产品{n}", price=f"{n}0.00", code=f"KA0{n}") for n in (1, 2, 3)]
    for product in made:
        some_stock(desks, product, 500, lot=f"L{product}")
    return made


@pytest.fixture
def customer(desks: Any) -> int:
    return a_customer(desks, "张记口腔门诊部")


def consented(desks: Any, customer: int, *lines: tuple[int, int]) -> Any:
    form = an_order(desks, customer, *lines)
    return moved_to(desks, form, "stock_confirmed")


def disabled(desks: Any, product: int) -> None:
    form = open_form(desks["manager"], "products", product)
    form.set("disabled", True)
    form.save()


def test_the_last_ten_papers_of_the_same_customer_are_offered_newest_first(
    desks: Any, customer: int, goods: list[int]
) -> None:
    for count in range(1, 13):
        consented(desks, customer, (goods[0], count))
    consented(desks, a_customer(desks, "别家"), (goods[0], 99))
    an_order(desks, customer, (goods[0], 77))
    offered = earlier_papers(new_form(desks["clerk"], "orders", customer_id=customer))
    assert [paper.total for paper in offered] == [Decimal(count * 10) for count in range(12, 2, -1)]
    assert offered[0].on == desks["clerk"].today and tr(offered[0].contents).startswith("KA01 产品1")


def test_a_void_paper_is_not_offered(desks: Any, customer: int, goods: list[int]) -> None:
    paper = consented(desks, customer, (goods[0], 1))
    open_form(desks["manager"], "orders", paper.id).take("void", note="wrong")
    assert earlier_papers(new_form(desks["clerk"], "orders", customer_id=customer)) == []


def test_without_a_customer_there_is_nothing_to_repeat_yet(desks: Any) -> None:
    with pytest.raises(RuleBroken) as refused:
        earlier_papers(new_form(desks["clerk"], "orders"))
    assert refused.value.field == "customer_id"


def test_lines_come_at_todays_price_and_say_the_former_one(
    desks: Any, customer: int, goods: list[int], clock: Any
) -> None:
    paper = consented(desks, customer, (goods[0], 5), (goods[1], 6))
    clock.pass_days(1)
    a_price(desks, goods[1], "22.50")
    form = new_form(desks["clerk"], "orders", customer_id=customer)
    copied = repeat_lines(form, paper.id)
    assert [(line.get("product_id"), line.get("quantity")) for line in form.lines("lines")] == [
        (goods[0], 5),
        (goods[1], 6),
    ]
    assert form.get("total") == Decimal("185.00")
    first, second = (line.record for line in form.lines("lines"))
    assert (form.marks.of(first, "quantity"), form.marks.of(first, "unit_price")) == ("", None)
    assert form.marks.of(second, "unit_price") == "20.00"
    assert [tr(text) for text in copied.told("SO-1")] == [
        "2 lines taken from SO-1; their cells are marked until you touch them.",
        "1 line has another price today; the former one is struck through.",
    ]
    assert form.save()


def test_what_is_no_longer_sold_is_told_and_not_taken(desks: Any, customer: int, goods: list[int]) -> None:
    paper = consented(desks, customer, (goods[0], 5), (goods[1], 6), (goods[2], 7))
    disabled(desks, goods[1])
    product = open_form(desks["manager"], "products", goods[2])
    product.set("registration_valid_to", desks["clerk"].today - timedelta(days=1))
    product.save()
    form = new_form(desks["clerk"], "orders", customer_id=customer)
    assert [line.reason for line in lines_of(form, paper.id)] == [None, "no longer used", None]
    told = [tr(text) for text in repeat_lines(form, paper.id).told("SO-1")]
    assert [line.get("quantity") for line in form.lines("lines")] == [5, 7]
    assert any(text.startswith("Left out: KA02 产品2") and text.endswith(": no longer used") for text in told)
    assert any(text.startswith("Check: KA03 产品3") and "its registration was valid to" in text for text in told)


def test_a_paper_that_may_not_be_seen_or_changed_is_not_repeated(desks: Any, customer: int, goods: list[int]) -> None:
    paper = consented(desks, customer, (goods[0], 5))
    form = new_form(desks["clerk"], "orders", customer_id=customer)
    form.desk = desks["audit"]
    with pytest.raises(NotAllowed):
        earlier_papers(form)
    with pytest.raises(NotAllowed):
        repeat_lines(form, paper.id)
    with pytest.raises(NotAllowed):
        repeat_lines(open_form(desks["clerk"], "orders", paper.id), paper.id)


def test_a_duplicate_is_a_new_draft_without_what_belongs_to_the_old_one(
    desks: Any, customer: int, goods: list[int], clock: Any
) -> None:
    form = filled(desks["clerk"], "orders", customer_id=customer, requirement="周三前", channel="wechat")
    line = form.add_line("lines")
    line.set("product_id", goods[0])
    line.set("unit", "盒")
    line.set("quantity", 2)
    form.save()
    old = moved_to(desks, form, "stock_confirmed")
    clock.pass_days(3)
    made = duplicate(open_form(desks["clerk"], "orders", old.id))
    assert made.is_new and made.is_changed and made.number == ""
    assert made.get("ordered_on") == desks["clerk"].today
    assert (made.get("requirement"), made.get("channel"), made.get("customer_id")) == ("周三前", "wechat", customer)
    assert (made.get("consent_by"), made.get("consent_at")) == ("", None)
    assert [(one.get("unit"), one.get("quantity")) for one in made.lines("lines")] == [("盒", 2)]
    assert tr(made.notes[0]).startswith("1 line taken from Order SO-")
    made.save()


def test_a_card_is_duplicated_without_its_code(desks: Any, goods: list[int]) -> None:
    made = duplicate(open_form(desks["manager"], "products", goods[0]))
    assert (made.get("name"), made.get("code") or "") == ("产品1", "")


def test_who_may_not_create_may_not_duplicate(desks: Any, customer: int, goods: list[int]) -> None:
    paper = consented(desks, customer, (goods[0], 5))
    with pytest.raises(NotAllowed):
        duplicate(open_form(desks["finance"], "orders", paper.id))


def test_a_dispatch_note_begins_from_its_order_and_from_nothing_else(
    desks: Any, customer: int, goods: list[int]
) -> None:
    from dentalsales.registers.dispatch_notes import DispatchNote

    moved_to(desks, an_order(desks, customer, (goods[0], 5)), "sent")
    with desks.company.reading() as session:
        note = session.query(DispatchNote.id).one().id
    with pytest.raises(RuleBroken):
        duplicate(open_form(desks["warehouse"], "dispatch_notes", note))


def test_what_was_bought_before_the_program_is_offered_by_voucher_and_repeated_at_todays_price(
    desks: Any, customer: int, goods: list[int], tmp_path: Path
) -> None:
    path = text_table(
        tmp_path / "sales.csv",
        "日期;单号;客户名称;产品编号;单位;数量;单价",
        "2026-03-01;XS1;张记口腔门诊部;KA01;支;2;10",
        "2026-03-09;XS2;张记口腔门诊部;KA02;支;6;18.50",
        "2026-03-09;XS2;张记口腔门诊部;KA03;箱;1;3000",
        "2026-03-09;XS2;张记口腔门诊部;KA01;支;-1;10",
        "2026-03-10;;张记口腔门诊部;KA01;支;3;10",
    )
    assert import_file.run(desks["clerk"], "past_sales", path).kept
    paper = consented(desks, customer, (goods[0], 5))
    form = new_form(desks["clerk"], "orders", customer_id=customer)
    offered = earlier_papers(form)
    assert [(one.number, one.on, one.total) for one in offered] == [
        (offered[0].number, desks["clerk"].today, Decimal("50.00")),
        ("", date(2026, 3, 10), Decimal("30.00")),
        ("XS2", date(2026, 3, 9), Decimal("3111.00")),
        ("XS1", date(2026, 3, 1), Decimal("20.00")),
    ]
    assert (offered[0].key, tr(offered[1].called)) == (paper.id, "Past sales of 2026-03-10")
    assert [line.cells["quantity"] for line in lines_of(form, offered[2].key)] == [6, 1]
    copied = repeat_lines(form, offered[2].key)
    assert [(line.get("product_id"), line.get("unit"), line.get("quantity")) for line in form.lines("lines")] == [
        (goods[1], "支", 6),
        (goods[2], "支", 1),
    ]
    first, second = (line.record for line in form.lines("lines"))
    assert (form.marks.of(first, "quantity"), form.marks.of(first, "unit_price")) == ("", "18.50")
    assert form.marks.of(second, "unit") == "箱"
    told = [tr(text) for text in copied.told("XS2")]
    assert any(
        text.startswith("Check: KA03 产品3") and text.endswith("Unit was “箱” and is now “支”.") for text in told
    )
    assert form.save()


def test_imported_purchases_of_others_are_not_offered_to_a_salesperson(
    desks: Any, customer: int, goods: list[int], tmp_path: Path
) -> None:
    path = text_table(
        tmp_path / "sales.csv", "日期;单号;客户名称;产品编号;数量;单价", "2026-03-01;XS1;张记口腔门诊部;KA01;2;10"
    )
    import_file.run(desks["clerk"], "past_sales", path)
    form = new_form(desks["clerk"], "orders", customer_id=customer)
    assert [one.number for one in earlier_papers(form)] == ["XS1"]
    key = earlier_papers(form)[0].key
    form.desk = desks["warehouse"]
    assert not desks["warehouse"].may("ledger", "view") and earlier_papers(form) == []
    with pytest.raises(NotAllowed):
        lines_of(form, key)
