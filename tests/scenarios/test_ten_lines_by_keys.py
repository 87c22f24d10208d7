"""A clerk in the real window: a ten-line order by keys alone, within the budget of ninety key presses."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from clerk_keys import Clerk
from hands import ENTER
from makers import a_customer, a_product, some_stock
from office_window import at_work
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from stalls import no_stalls

from dentalsales.registers.orders import Order
from dentalsales.ui.main_window import MainWindow

BUDGET = 90


@pytest.fixture
def window(desks: Any, tmp_path: Path, qtbot: Any) -> Iterator[MainWindow]:
    with at_work(desks["clerk"], tmp_path, qtbot) as window, no_stalls():
        yield window


@pytest.fixture
def clerk(window: MainWindow, qtbot: Any) -> Clerk:
    return Clerk(window, qtbot)


def test_ten_lines_from_the_list_to_the_recorded_consent(desks: Any, clerk: Clerk) -> None:
    a_customer(desks, "张记口腔门诊部")
    for number in range(10):
        product = a_product(desks, f"产品{number}", price="10.00", code=f"KA{number:02}", pack_unit="", pack_size=None)
        some_stock(desks, product, 100, lot=f"L{number}")
    widget = clerk.new_order()
    clerk.type("zjk")
    clerk.press(ENTER)
    for number in range(10):
        clerk.type(f"ka{number:02}")
        clerk.press(ENTER)
        clerk.type("12")
        clerk.press(ENTER)
    clerk.submit(widget)
    assert clerk.left_open == [], "Enter accepts the consent"
    assert clerk.count <= BUDGET, f"{clerk.count} key presses"
    with desks.company.reading() as session:
        order = session.get(Order, widget.form.id)
        assert order.total == Decimal("1200.00")
        assert [line.quantity for line in order.lines] == [12] * 10
        assert (order.consent_by, order.consent_way, order.customer.name) == ("王医生", "phone", "张记口腔门诊部")


def test_the_enter_of_the_input_method_stays_with_the_input_method(desks: Any, clerk: Clerk, qtbot: Any) -> None:
    customer = a_customer(desks, "张记口腔门诊部")
    form = clerk.new_order().form
    field = QApplication.focusWidget()
    QApplication.sendEvent(field, QInputMethodEvent("zhang", []))
    QTest.keyClick(field, ENTER)
    assert QApplication.focusWidget() is field and form.get("customer_id") is None
    done = QInputMethodEvent("", [])
    done.setCommitString("张记")
    QApplication.sendEvent(field, done)
    QTest.keyClick(field, ENTER)
    qtbot.waitUntil(lambda: form.get("customer_id") is not None)
    assert form.get("customer_id") == customer


def test_stock_and_price_stand_beside_the_line_while_it_is_typed(desks: Any, clerk: Clerk) -> None:
    a_customer(desks, "张记口腔门诊部")
    for number in (1, 2):
        product = a_product(desks, f"产品{number}", code=f"KA{number:02}")
        some_stock(desks, product, 36 + number, lot=f"L{number}")
    side = clerk.new_order().side
    clerk.type("zjk")
    clerk.press(ENTER)
    clerk.type("ka01")
    clerk.press(ENTER)
    clerk.type("5")
    clerk.press(ENTER)
    clerk.type("ka02")
    clerk.press(ENTER)

    def words() -> list[str]:
        return [label.text() for label in side.insights.findChildren(QLabel)]

    clerk.wait(lambda: "38" in words())
    assert {"Stock", "Available (支)", "38", "Price"} <= set(words()), "of the line under the cursor"
    assert "37" not in words(), "not of the line before"
