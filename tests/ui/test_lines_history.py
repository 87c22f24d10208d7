"""What a customer paid for a product before: shown under the line on demand, never taken into it."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from makers import a_customer, a_price, a_product, an_order, moved_to, some_stock
from office_forms import CTRL, ENTER, ESC, SHIFT, Office
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from dentalsales.ui import theme
from dentalsales.ui.editors.lines import LinesEditor
from dentalsales.ui.preferences import Preferences
from dentalsales.usecases.form import new_form
from dentalsales.usecases.line_history import line_history


@pytest.fixture
def clerk(desks: Any, tmp_path: Path, qtbot: Any) -> Iterator[Office]:
    theme.apply(QApplication.instance(), "light")
    yield Office(desks["clerk"], Preferences(tmp_path / "preferences.json"), qtbot)


def test_the_last_prices_open_under_the_line_and_change_nothing(clerk: Office, desks: Any, clock: Any) -> None:
    customer, product = a_customer(desks), a_product(desks, code="KA01", price="120.00")
    some_stock(desks, product, 100)
    moved_to(desks, an_order(desks, customer, (product, 3)), "stock_confirmed")
    clock.pass_days(1)
    a_price(desks, product, "130.00")
    moved_to(desks, an_order(desks, customer, (product, 5)), "stock_confirmed")
    other = a_customer(desks, "别家")
    moved_to(desks, an_order(desks, other, (product, 9)), "stock_confirmed")

    form = new_form(desks["clerk"], "orders", customer_id=customer)
    editor = LinesEditor(desks["clerk"], form, "lines")
    clerk.show(editor)
    editor.grid.begin()
    clerk.type("ka01")
    clerk.press(ENTER)
    rows = [row.cells for row in line_history(form, 0)]
    assert [(quantity, price, letter) for _on, _number, quantity, _unit, price, letter in rows] == [
        (5, Decimal("130.0000"), "P"),
        (3, Decimal("120.0000"), "P"),
    ]
    clerk.press(Qt.Key.Key_H, held=CTRL | SHIFT)
    popup: Any = QApplication.activePopupWidget()
    model = popup.table.model()
    assert [model.index(row, 4).data() for row in range(model.rowCount())] == ["130.00", "120.00"]
    popup.close()
    assert form.lines("lines")[0].get("unit_price") == Decimal("130.0000")


def test_where_nothing_was_bought_the_list_says_so_and_escape_closes_it(clerk: Office, desks: Any) -> None:
    a_product(desks, code="KA01")
    form = new_form(desks["clerk"], "orders", customer_id=a_customer(desks))
    editor = LinesEditor(desks["clerk"], form, "lines")
    clerk.show(editor)
    editor.grid.begin()
    clerk.press(Qt.Key.Key_H, held=CTRL | SHIFT)
    assert QApplication.activePopupWidget() is None
    clerk.type("ka01")
    clerk.press(ENTER)
    clerk.press(Qt.Key.Key_H, held=CTRL | SHIFT)
    popup: Any = QApplication.activePopupWidget()
    assert not popup.table.isVisible()
    clerk.press(ESC)
    assert QApplication.activePopupWidget() is None
