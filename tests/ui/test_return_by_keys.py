"""Goods come back at the counter: from the dispatch note to the stock without the mouse."""

from pathlib import Path
from typing import Any

from hands import CTRL, ENTER, Key, hands_at_work
from makers import a_customer, a_product, an_order, dispatch, moved_to, some_stock

from dentalsales.usecases.form import open_form


def test_goods_are_taken_back_from_the_dispatch_note_by_keys(desks: Any, tmp_path: Path, qtbot: Any) -> None:
    """Lines came with the note: what did not come back is deleted or lowered, and nothing else can be put there."""
    resin, bur = a_product(desks), a_product(desks, "金刚砂车针", "60.00", code="B1")
    for product in (resin, bur):
        some_stock(desks, product, 10)
    note = dispatch(desks, moved_to(desks, an_order(desks, a_customer(desks), (resin, 4), (bur, 2)), "billed").id)
    with hands_at_work(desks["warehouse"], tmp_path, qtbot) as hands:
        hands.window.shell.open_record("dispatch_notes", note.id)
        hands.window.runner.settle()
        hands.palette("take goods back")
        hands.type("wr")  # wrong goods
        hands.press(ENTER)
        hands.type("3")
        hands.press(ENTER)
        hands.press(Key.Key_Down)
        hands.press(Key.Key_Delete, held=CTRL)
        assert [line.get("quantity") for line in hands.form.lines("lines")] == [3]
        hands.press(Key.Key_Z, held=CTRL)
        assert [line.get("quantity") for line in hands.form.lines("lines")] == [3, 2]
        hands.press(Key.Key_Insert)
        hands.press(Key.Key_Y, held=CTRL)
        hands.press(ENTER, held=CTRL)
        number = hands.form.id
    back = open_form(desks["warehouse"], "returns", number)
    assert (back.state.name, back.get("reason"), back.lines("lines")[0].get("returned_as")) == (
        "received", "wrong", "sound"
    )  # fmt: skip
    assert [line.get("quantity") for line in back.lines("lines")] == [3]
