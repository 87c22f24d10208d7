"""The same order again by keys: two quantities changed within twenty-five presses, unchanged within ten; duplicates."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from clerk_keys import Clerk
from hands import CTRL, ENTER, SHIFT, Key, hands_at_work
from makers import a_customer, a_price, a_product, an_order, moved_to, some_stock

from dentalsales.i18n import use_language
from dentalsales.registers.orders import Order
from dentalsales.ui.main_window import MainWindow
from dentalsales.usecases.form import open_form

CHANGED, UNCHANGED = 25, 10


@pytest.fixture(params=["zh_CN", "en"])
def window(request: Any, desks: Any, tmp_path: Path, qtbot: Any) -> Iterator[MainWindow]:
    use_language(request.param)
    with hands_at_work(desks["clerk"], tmp_path, qtbot) as hands:
        yield hands.window


@pytest.fixture
def former(desks: Any) -> Any:
    """An order of ten lines, twelve pieces each at 10.00, that the customer has agreed to."""
    customer = a_customer(desks, "张记口腔门诊部")
    products = [a_product(desks, f"产品{n}", price="10.00", code=f"KA{n:02}") for n in range(10)]
    for product in products:
        some_stock(desks, product, 500, lot=f"L{product}")
    return moved_to(desks, an_order(desks, customer, *((product, 12) for product in products)), "stock_confirmed")


def quantities(desks: Any, order: int) -> list[int]:
    with desks.company.reading() as session:
        return [line.quantity for line in session.get(Order, order).lines]


def the_same_again(keys: Clerk) -> Any:
    widget = keys.new_order()
    keys.type("zjk")
    keys.press(ENTER)
    keys.in_dialog(lambda dialog: keys.press(ENTER))
    keys.press(Key.Key_L, held=CTRL)
    return widget


def test_the_last_order_again_as_it_was(desks: Any, former: Any, window: MainWindow, qtbot: Any) -> None:
    keys = Clerk(window, qtbot)
    widget = the_same_again(keys)
    keys.submit(widget)
    assert keys.count <= UNCHANGED, f"{keys.count} key presses"
    assert quantities(desks, widget.form.id) == [12] * 10


def test_the_last_order_with_two_quantities_changed(desks: Any, former: Any, window: MainWindow, qtbot: Any) -> None:
    keys = Clerk(window, qtbot)
    widget = the_same_again(keys)
    keys.type("24")
    keys.press(Key.Key_Down, Key.Key_Down, Key.Key_Down, Key.Key_Down)
    keys.type("6")
    keys.press(ENTER)
    keys.submit(widget)
    assert keys.count <= CHANGED, f"{keys.count} key presses"
    assert quantities(desks, widget.form.id) == [24, 12, 12, 12, 6, *([12] * 5)]


def test_what_was_copied_is_marked_until_it_is_touched_and_one_undo_takes_it_back(
    desks: Any, former: Any, window: MainWindow, qtbot: Any, clock: Any
) -> None:
    clock.pass_days(1)
    a_price(desks, former.lines("lines")[1].get("product_id"), "11.50")
    keys = Clerk(window, qtbot)
    widget = the_same_again(keys)
    model = widget.body.grids["lines"].model
    names = [name for name, _field in model.fields]
    quantity, price = names.index("quantity"), names.index("unit_price")
    assert (model.copied(0, quantity), model.copied(1, price)) == ("", "10.00")
    assert widget.body.grids["lines"].notice.isVisible()
    keys.type("24")
    keys.press(ENTER)
    assert model.copied(0, quantity) is None and model.copied(1, quantity) == ""
    keys.press(Key.Key_Z, held=CTRL)
    keys.press(Key.Key_Z, held=CTRL)
    assert len(model.lines) == 0
    keys.press(Key.Key_Y, held=CTRL)
    assert len(model.lines) == 10 and model.copied(1, price) == "10.00"


def test_without_a_customer_the_program_says_what_is_missing(desks: Any, window: MainWindow, qtbot: Any) -> None:
    keys = Clerk(window, qtbot)
    widget = keys.new_order()
    keys.press(Key.Key_L, held=CTRL)
    assert widget.body.grids["lines"].notice.isVisible()
    assert len(widget.form.lines("lines")) == 0


def test_one_chord_duplicates_the_open_paper_into_a_new_tab(
    desks: Any, former: Any, window: MainWindow, qtbot: Any
) -> None:
    keys = Clerk(window, qtbot)
    window.shell.open_record("orders", former.id)
    qtbot.waitUntil(lambda: window.shell.workspace.current_record() is not None)
    first = window.shell.workspace.current_record()
    keys.press(Key.Key_D, held=CTRL | SHIFT)
    qtbot.waitUntil(lambda: window.shell.workspace.current_record() is not first)
    widget = window.shell.workspace.current_record().widget
    assert widget.form.is_new and len(widget.form.lines("lines")) == 10
    assert widget.form.get("total") == Decimal("1200.00")
    keys.press(Key.Key_S, held=CTRL)
    qtbot.waitUntil(lambda: not widget.form.is_new)
    assert open_form(desks["clerk"], "orders", widget.form.id).number != former.number
