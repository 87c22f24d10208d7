"""What opens, changes and closes at a window all day long, each twice; `test_stalls.py` runs it under the watch."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hands import ALT, CTRL, ENTER, Hands, Key
from makers import a_customer, a_product, an_order, moved_to, some_stock
from office_window import at_work
from PySide6.QtWidgets import QApplication
from stalls import no_stalls

TWICE = range(2)
SEVERAL = 8


@pytest.fixture
def orders(desks: Any) -> list[int]:
    """A list of customers, and a few orders, two of which wait for the manager."""
    customers = [a_customer(desks, f"张记口腔{number}号门诊部", reviewed=False) for number in range(SEVERAL)]
    customers.append(a_customer(desks, "瑞康口腔门诊部"))
    product = a_product(desks)
    some_stock(desks, product, 100)
    entered = [an_order(desks, customers[-1], (product, 1)) for _number in range(4)]
    for waits in entered[2:]:
        moved_to(desks, waits, "stock_confirmed")
    return [int(form.id or 0) for form in entered]


@contextmanager
def watched(desk: Any, folder: Path, qtbot: Any) -> Iterator[Hands]:
    with at_work(desk, folder, qtbot) as window:
        qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
        window.runner.settle()  # what opens after Today is loaded when Today stands
        with no_stalls():
            yield Hands(window, qtbot)


def test_lists_and_records_open_and_close(orders: list[int], desks: Any, tmp_path: Path, qtbot: Any) -> None:
    with watched(desks["clerk"], tmp_path, qtbot) as hands:
        for _time in TWICE:
            for key, register in ((Key.Key_4, "orders"), (Key.Key_2, "customers")):
                hands.press(key, held=CTRL)
                hands.press(Key.Key_Home, ENTER)
                assert hands.form.register.name == register
                hands.press(Key.Key_PageDown, held=ALT)
                hands.press(Key.Key_F9, Key.Key_F9)
                hands.press(Key.Key_W, held=CTRL)
                hands.press(Key.Key_N, held=CTRL)
                assert hands.form.is_new
                hands.press(Key.Key_W, held=CTRL)


def test_orders_are_saved_agreed_and_approved(orders: list[int], desks: Any, tmp_path: Path, qtbot: Any) -> None:
    with watched(desks["clerk"], tmp_path / "clerk", qtbot) as hands:
        for order in orders[:2]:
            hands.window.shell.open_record("orders", order)
            hands.window.runner.settle()
            hands.press(Key.Key_F6)  # to the quantity of the first line
            hands.type("2")
            hands.press(ENTER)
            hands.press(Key.Key_S, held=CTRL)
            assert not hands.form.is_changed
            hands.in_dialog(lambda dialog: hands.press(ENTER))
            hands.press(ENTER, held=CTRL)
            assert hands.left_open == [] and hands.form.state.name == "stock_confirmed"
    with watched(desks["manager"], tmp_path / "manager", qtbot) as hands:
        for order in orders[2:]:
            hands.window.shell.open_record("orders", order)
            hands.window.runner.settle()
            hands.press(ENTER, held=CTRL)
            assert hands.form.state.name == "reviewed"


def test_screens_reports_and_prints_open(orders: list[int], desks: Any, tmp_path: Path, qtbot: Any) -> None:
    with watched(desks["manager"], tmp_path, qtbot) as hands:
        shell = hands.window.shell
        for _time in TWICE:
            hands.press(Key.Key_9, held=CTRL)
            for report in ("sales_daily", "sales_monthly"):
                shell.open_report(report)
                hands.press(Key.Key_Left, held=ALT)
            for screen in ("settings", "import", "backup", "print_templates"):
                shell.open_screen(screen)
                hands.window.runner.settle()
            hands.palette("rk")
            assert hands.form.register.name == "customers"
            hands.press(Key.Key_1, held=CTRL)
            hands.press(Key.Key_4, held=CTRL)
            hands.press(Key.Key_P, held=CTRL)
            hands.wait(lambda: QApplication.activeModalWidget() is not None)
            hands.window.runner.settle()
            QApplication.activeModalWidget().close()
            hands.window.runner.settle()
