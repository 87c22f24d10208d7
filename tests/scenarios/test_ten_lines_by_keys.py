"""A clerk in the real window: a ten-line order by keys alone, within the budget of ninety key presses."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from makers import a_customer, a_product, some_stock
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from stalls import no_stalls

from dentalsales.registers.orders import Order
from dentalsales.ui import theme
from dentalsales.ui.main_window import MainWindow
from dentalsales.ui.preferences import Preferences

CTRL = Qt.KeyboardModifier.ControlModifier
ENTER = Qt.Key.Key_Return
BUDGET = 90


class Presses(QObject):
    """Counts what the clerk presses; a key held down with another counts as one chord."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def press(self, key: Any, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or QApplication.activeWindow(), key, held)
        self.count += 1
        QApplication.processEvents()

    def type(self, text: str) -> None:
        for character in text:
            self.press(character)


@pytest.fixture
def window(desks: Any, tmp_path: Path, qtbot: Any) -> Any:
    theme.apply(QApplication.instance(), "light")
    made = MainWindow(desks["clerk"], Preferences(tmp_path / "preferences.json"))
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made)
    made.runner.settle()
    with no_stalls():
        yield made
    for tab in tuple(made.shell.workspace.records):
        made.shell.workspace.close_record(tab, ask=False)
    made.runner.settle()
    made.close()
    made.deleteLater()


def test_ten_lines_from_the_list_to_the_recorded_consent(desks: Any, window: MainWindow, qtbot: Any) -> None:
    a_customer(desks, "张记口腔门诊部")
    for number in range(10):
        product = a_product(desks, f"产品{number}", price="10.00", code=f"KA{number:02}", pack_unit="", pack_size=None)
        some_stock(desks, product, 100, lot=f"L{number}")
    keys = Presses()
    QTest.keyClick(window, Qt.Key.Key_4, CTRL)
    window.runner.settle()

    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_N, CTRL)
    keys.count += 1
    qtbot.waitUntil(lambda: window.shell.workspace.current_record() is not None)
    keys.type("zjk")
    keys.press(ENTER)
    for number in range(10):
        keys.type(f"ka{number:02}")
        keys.press(ENTER)
        keys.type("12")
        keys.press(ENTER)

    def accept() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            QTimer.singleShot(10, accept)
            return
        if not dialog.isAncestorOf(QApplication.focusWidget() or window):
            QTimer.singleShot(10, accept)
            return
        try:
            keys.press(ENTER)
        finally:
            if dialog.isVisible():
                seen.append(type(QApplication.focusWidget()).__name__)
                dialog.reject()

    seen: list[str] = []
    QTimer.singleShot(10, accept)
    keys.press(ENTER, CTRL)
    assert seen == [], "Enter did not accept the consent"
    form = window.shell.workspace.current_record().widget.form
    qtbot.waitUntil(lambda: form.state.name == "stock_confirmed")
    assert keys.count <= BUDGET, f"{keys.count} key presses"
    with desks.company.reading() as session:
        order = session.get(Order, form.id)
        assert order.total == Decimal("1200.00")
        assert [line.quantity for line in order.lines] == [12] * 10
        assert (order.consent_by, order.consent_way, order.customer.name) == ("王医生", "phone", "张记口腔门诊部")


def test_the_enter_of_the_input_method_stays_with_the_input_method(desks: Any, window: MainWindow, qtbot: Any) -> None:
    from PySide6.QtGui import QInputMethodEvent

    customer = a_customer(desks, "张记口腔门诊部")
    QTest.keyClick(window, Qt.Key.Key_4, CTRL)
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_N, CTRL)
    qtbot.waitUntil(lambda: window.shell.workspace.current_record() is not None)
    form = window.shell.workspace.current_record().widget.form
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


def test_stock_and_price_stand_beside_the_line_while_it_is_typed(desks: Any, window: MainWindow, qtbot: Any) -> None:
    a_customer(desks, "张记口腔门诊部")
    for number in (1, 2):
        product = a_product(desks, f"产品{number}", code=f"KA{number:02}")
        some_stock(desks, product, 36 + number, lot=f"L{number}")
    QTest.keyClick(window, Qt.Key.Key_4, CTRL)
    window.runner.settle()
    keys = Presses()
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_N, CTRL)
    qtbot.waitUntil(lambda: window.shell.workspace.current_record() is not None)
    keys.type("zjk")
    keys.press(ENTER)
    keys.type("ka01")
    keys.press(ENTER)
    keys.type("5")
    keys.press(ENTER)
    keys.type("ka02")
    keys.press(ENTER)
    side = window.shell.workspace.current_record().widget.side

    def words() -> set[str]:
        return {label.text() for label in side.insights.findChildren(QLabel)}

    qtbot.waitUntil(lambda: {"Stock", "Available (支)", "38", "Price"} <= words())
