"""A tick that a step asks for is answered before the button: Space and Enter review a contract."""

from pathlib import Path
from typing import Any

from contract_makers import a_contract, a_template
from hands import CTRL, ENTER, Hands
from makers import a_customer, a_product
from office_forms import in_dialog
from office_window import at_work
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from dentalsales.usecases.form import open_form


def tick(dialog: Any) -> None:
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


def test_space_and_enter_say_that_the_goods_can_meet_the_contract(desks: Any, tmp_path: Path, qtbot: Any) -> None:
    customer, template, product = a_customer(desks), a_template(desks), a_product(desks)
    for _each in range(2):
        a_contract(desks, customer, template, (product, 1, "120.00")).take("submit")
    with at_work(desks["contract_admin"], tmp_path, qtbot) as window:
        qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
        hands, page = Hands(window, qtbot), window.shell.workspace.current()
        page.todo.table.setFocus()
        in_dialog(tick)
        hands.press(ENTER, held=CTRL)
        window.shell.open_record("contracts", 2)
        window.runner.settle()
        in_dialog(tick)
        hands.press(ENTER, held=CTRL)
    for number in (1, 2):
        form = open_form(desks["manager"], "contracts", number)
        assert (form.get("can_be_met"), form.record.turn) == (True, "manager")
