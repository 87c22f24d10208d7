"""Thirty lines out of a spreadsheet become an order with recorded consent within ten key presses, in both languages."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from clerk_keys import Clerk
from hands import CTRL, ENTER, Key, hands_at_work
from makers import a_customer, a_product, some_stock
from PySide6.QtGui import QGuiApplication

from dentalsales.i18n import use_language
from dentalsales.registers.orders import Order
from dentalsales.ui.main_window import MainWindow

BUDGET = 10


@pytest.fixture(params=["zh_CN", "en"])
def window(request: Any, desks: Any, tmp_path: Path, qtbot: Any) -> Iterator[MainWindow]:
    use_language(request.param)
    with hands_at_work(desks["clerk"], tmp_path, qtbot) as hands:
        yield hands.window


def test_thirty_lines_out_of_a_spreadsheet(desks: Any, window: MainWindow, qtbot: Any) -> None:
    a_customer(desks, "张记口腔门诊部")
    rows = []
    for number in range(5):
        product = a_product(desks, f"产品{number}", price="10.00", code=f"KA{number:02}")
        some_stock(desks, product, 1000, lot=f"L{number}")
        rows += [f"KA{number:02}\t支\t{count}\t加急" for count in range(1, 7)]
    QGuiApplication.clipboard().setText("产品编码\t单位\t数量\t备注\n" + "\n".join(rows))
    keys = Clerk(window, qtbot)
    widget = keys.new_order()
    keys.type("zjk")
    keys.press(ENTER)
    keys.press(Key.Key_V, held=CTRL)
    assert len(widget.form.lines("lines")) == 30
    keys.submit(widget)
    assert keys.count <= BUDGET, f"{keys.count} key presses"
    with desks.company.reading() as session:
        order = session.get(Order, widget.form.id)
        assert order.total == Decimal("1050.00")
        assert {line.remarks for line in order.lines} == {"加急"} and len(order.lines) == 30
