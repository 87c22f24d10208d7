"""Ctrl+Z in a form: what was entered in the head and in the lines is taken back in the order in which it was done."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from office_forms import CTRL, ENTER, TAB, Office, working
from PySide6.QtCore import Qt

from dentalsales.ui.record_form import RecordForm
from dentalsales.usecases.form import new_form

UNDO, REDO = Qt.Key.Key_Z, Qt.Key.Key_Y


@pytest.fixture
def office(tmp_path: Path, qtbot: Any) -> Iterator[Office]:
    yield from working(tmp_path, qtbot)


@pytest.fixture
def order(office: Office) -> RecordForm:
    return office.open(new_form(office.desk, "orders", customer_id=1))


def test_a_field_that_was_left_is_taken_back_and_made_again(office: Office, order: RecordForm) -> None:
    order.body.cells["reference"].focus()
    office.type("one")
    office.press(TAB)
    order.body.cells["reference"].focus()
    office.type("two")
    office.press(TAB)
    order.body.cells["reference"].focus()
    office.press(UNDO, held=CTRL)
    assert (order.form.get("reference"), order.body.cells["reference"].editor.text()) == ("one", "one")
    office.press(UNDO, held=CTRL)
    assert order.form.get("reference") == ""
    office.press(REDO, held=CTRL)
    office.press(REDO, held=CTRL)
    assert order.form.get("reference") == "two"


def test_while_a_field_is_typed_into_ctrl_z_takes_back_the_typing(office: Office, order: RecordForm) -> None:
    order.body.cells["reference"].focus()
    office.type("one")
    office.press(TAB)
    order.body.cells["reference"].focus()
    office.type("x")
    office.press(UNDO, held=CTRL)
    assert order.form.get("reference") == "one"
    assert order.body.cells["reference"].editor.text() == "one"


def test_head_and_lines_share_one_order_of_steps(office: Office, order: RecordForm) -> None:
    grid = order.body.grids["lines"].grid
    order.body.cells["reference"].focus()
    office.type("before")
    office.press(TAB)
    grid.begin()
    office.type("ab03")
    office.press(ENTER)
    office.type("5")
    office.press(ENTER)
    order.body.cells["reference"].focus()
    office.type("after")
    office.press(TAB)
    order.body.cells["reference"].focus()

    def held() -> tuple[Any, list[Any]]:
        lines = order.form.lines("lines")
        return order.form.get("reference"), [(line.get("product_id"), line.get("quantity")) for line in lines]

    seen = []
    for _turn in range(4):
        office.press(UNDO, held=CTRL)
        seen.append(held())
    assert seen == [("before", [(4, 5)]), ("before", [(4, None)]), ("before", []), ("", [])]
    for _turn in range(4):
        office.press(REDO, held=CTRL)
    assert held() == ("after", [(4, 5)])
    assert len(order.body.grids["lines"].model.lines) == 1
