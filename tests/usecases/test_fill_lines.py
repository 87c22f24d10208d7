"""Many lines at once: priced like those typed one by one, kept with what did not fit, marked where they were copied."""

import json
from decimal import Decimal
from typing import Any

import pytest
from makers import a_customer, a_product, an_order

from dentalsales.blueprint.rules import NotAllowed
from dentalsales.usecases.fill_lines import add_lines
from dentalsales.usecases.form import open_form


@pytest.fixture
def form(desks: Any) -> Any:
    """An order of two pieces at 120.00."""
    return an_order(desks, a_customer(desks), (a_product(desks), 2), save=False)


def test_lines_that_come_together_are_priced_like_those_typed_one_by_one(desks: Any, form: Any) -> None:
    product = a_product(desks, "手套", "15.50", code="G1")
    made = add_lines(form, "lines", [{"product_id": product, "quantity": 3, "unit": "盒"}, {"product_id": product}])
    assert [line.get("unit_price") for line in made] == [Decimal("155.0000"), Decimal("15.5000")]
    assert form.get("total") == Decimal("705.00")
    assert made[0].shown("product_id").startswith("G1 手套")
    form.remove_line("lines", 1)
    assert form.get("total") == Decimal("240.00")


def test_they_come_in_where_they_are_wanted(desks: Any, form: Any) -> None:
    add_lines(form, "lines", [{"quantity": 7}, {"quantity": 8}], at=0)
    assert [line.get("quantity") for line in form.lines("lines")] == [7, 8, 2]


def test_what_may_not_be_typed_may_not_come_in_a_block_either(desks: Any, form: Any) -> None:
    with pytest.raises(NotAllowed):
        add_lines(form, "lines", [{"unit_price": Decimal("1")}])
    form.save()
    reader = open_form(desks["finance"], "orders", form.id)
    with pytest.raises(NotAllowed):
        add_lines(reader, "lines", [{"quantity": 1}])


def test_text_that_fits_no_cell_survives_a_snapshot_and_still_stands_in_the_way(desks: Any, form: Any) -> None:
    add_lines(form, "lines", [{"product_id": "no such thing", "quantity": 5}])
    kept = json.loads(json.dumps(form.snapshot()))
    form.set("customer_id", form.get("customer_id"))
    form.restore(kept)
    assert form.lines("lines")[1].get("product_id") == "no such thing"
    assert "lines.1.product_id" in {problem.field for problem in form.problems()}


def test_a_mark_goes_when_its_cell_is_typed_into_and_comes_back_with_a_snapshot(desks: Any, form: Any) -> None:
    line = form.lines("lines")[0]
    form.marks.put(line.record, "quantity")
    form.marks.put(line.record, "unit_price", "99.00")
    kept = form.snapshot()
    line.set("quantity", 9)
    assert form.marks.of(line.record, "quantity") is None
    assert form.marks.of(line.record, "unit_price") == "99.00"
    form.restore(kept)
    assert form.marks.of(form.lines("lines")[0].record, "quantity") == ""
