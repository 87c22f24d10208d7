"""Lines, steps, rights and words when two people changed one paper: what is compared, and what becomes of it."""

from decimal import Decimal
from typing import Any

import pytest
from desks import Desks
from makers import CONSENT, a_customer, a_product, an_order, some_stock

from dentalsales.blueprint.rules import Conflict
from dentalsales.i18n import tr
from dentalsales.usecases.compare import Comparison
from dentalsales.usecases.form import Form, open_form


def quantities(form: Form) -> list[int]:
    return [line.get("quantity") for line in form.lines("lines")]


def two_forms(desks: Desks, *lines: int) -> tuple[Form, Form, int]:
    """The order with these quantities, open at two clerks, and another product."""
    product, other = a_product(desks), a_product(desks, "弹性车针", "30.00", registration="国械注准20213170002")
    order = an_order(desks, a_customer(desks), *((product, quantity) for quantity in lines)).id or 0
    return open_form(desks["clerk"], "orders", order), open_form(desks["clerk2"], "orders", order), other


def told(comparison: Comparison) -> list[tuple[str, Any, Any, Any, str]]:
    def words(cells: Any) -> Any:
        return None if cells is None else cells[0][0] if len(cells) == 1 else tuple(value for value, _kind in cells)

    return [
        (tr(one.label), words(one.opened), words(one.mine), words(one.theirs), one.takes)
        for one in comparison.differences
    ]


def test_lines_are_matched_by_what_they_are_and_each_change_is_kept(desks: Desks) -> None:
    """Meanwhile the first line was taken out here and the second made more there; both added one."""
    mine, theirs, other = two_forms(desks, 1, 2, 3)
    theirs.lines("lines")[1].set("quantity", 20)
    theirs.add_line("lines").set("product_id", other)
    theirs.lines("lines")[3].set("quantity", 7)
    theirs.save()
    mine.remove_line("lines", 0)
    added = mine.add_line("lines", 0)
    added.set("product_id", other)
    added.set("quantity", 9)
    with pytest.raises(Conflict):
        mine.save()
    assert quantities(mine) == [9, 2, 3]
    comparison = Comparison(mine)
    assert [one.takes for one in comparison.differences] == ["mine", "theirs", "mine", "theirs"]
    assert told(comparison)[1][1:] == (2, 2, 20, "theirs")
    comparison.merge()
    mine.save()
    saved = open_form(desks["manager"], "orders", mine.id or 0)
    assert quantities(saved) == [9, 20, 3, 7]
    assert saved.get("total") == sum(line.get("amount") for line in saved.lines("lines")) == Decimal("3240.00")


def test_a_line_that_one_took_out_and_the_other_changed_is_for_the_clerk_to_decide(desks: Desks) -> None:
    for side, left in (("mine", [1, 3]), ("theirs", [1, 20, 3])):
        mine, theirs, _other = two_forms(desks, 1, 2, 3)
        theirs.lines("lines")[1].set("quantity", 20)
        theirs.save()
        mine.remove_line("lines", 1)
        comparison = Comparison(mine)
        [one] = comparison.undecided
        assert one.mine is None and one.theirs is not None and one.event is not None and one.event.who == "clerk2 name"
        comparison.take_all(side)
        comparison.merge()
        assert quantities(mine) == left and mine.is_changed == (side == "mine")
        if mine.is_changed:
            mine.save()
        assert quantities(open_form(desks["manager"], "orders", mine.id or 0)) == left


def test_a_line_that_was_taken_out_there_and_changed_here_comes_back_when_it_is_wanted(desks: Desks) -> None:
    mine, theirs, _other = two_forms(desks, 1, 2)
    theirs.remove_line("lines", 0)
    theirs.save()
    mine.lines("lines")[0].set("quantity", 11)
    comparison = Comparison(mine)
    comparison.take_all("mine")
    comparison.merge()
    mine.save()
    assert quantities(open_form(desks["manager"], "orders", mine.id or 0)) == [11, 2]


def test_of_a_paper_that_was_moved_on_what_is_saved_stands_and_is_said(desks: Desks) -> None:
    mine, theirs, _other = two_forms(desks, 2)
    some_stock(desks, mine.lines("lines")[0].get("product_id"))
    mine.set("remarks", "请周五送")
    theirs.take("confirm_stock", asked=CONSENT)
    open_form(desks["manager"], "orders", theirs.id or 0).take("review")
    comparison = Comparison(mine)
    assert not comparison.editable and not comparison.undecided
    assert [(one.who, str(one.to_label)) for one in comparison.events if one.moved][0] == ("manager name", "Reviewed")
    assert ("Internal notes", None, "请周五送", None, "theirs") in told(comparison), "what was typed can still be read"
    comparison.take_all("mine")
    comparison.merge()
    assert not mine.is_changed and mine.state is not None and mine.state.name == "reviewed"


def test_a_draft_that_comes_back_after_a_crash_asks_about_what_others_saved_since(desks: Desks) -> None:
    mine, theirs, _other = two_forms(desks, 1, 2)
    mine.set("remarks", "请周五送")
    mine.lines("lines")[0].set("quantity", 6)
    kept = mine.snapshot()
    theirs.set("contact", "李护士")
    theirs.lines("lines")[1].set("quantity", 20)
    theirs.save()
    back = open_form(desks["clerk"], "orders", mine.id or 0)
    back.restore(kept)
    back.stand_on(kept["version"])
    with pytest.raises(Conflict):
        back.save()
    comparison = Comparison(back)
    assert len(comparison.undecided) == len(comparison.differences) == 4
    for one in comparison.differences:
        there = one.name == "contact" or (one.theirs or ((0, ""),))[0][0] == 20
        one.takes = "theirs" if there else "mine"
    comparison.merge()
    back.save()
    assert (back.get("contact"), back.get("remarks"), quantities(back)) == ("李护士", "请周五送", [6, 20])


def test_text_that_does_not_fit_is_compared_and_kept(desks: Desks) -> None:
    mine, theirs, _other = two_forms(desks, 1, 2)
    theirs.lines("lines")[0].set("quantity", 5)
    theirs.save()
    mine.lines("lines")[0].set("quantity", "两盒")
    comparison = Comparison(mine)
    comparison.take_all("mine")
    comparison.merge()
    assert quantities(mine) == ["两盒", 2] and len(mine.problems()) == 1


def test_a_masked_number_is_compared_without_being_shown(desks: Desks) -> None:
    customer = a_customer(desks)
    form = open_form(desks["warehouse"], "customers", customer)
    manager = open_form(desks["manager"], "customers", customer)
    manager.set("phone", "13900000002")
    manager.save()
    [one] = [one for one in Comparison(form).differences if one.name == "phone"]
    assert one.theirs == (("139****0002", "text"),) and one.opened == (("138****0001", "text"),) and not one.free
