"""A tick that a step asks for is answered before the button: Space and Enter review a contract."""

from typing import Any

from contract_makers import a_contract, a_template
from makers import a_customer, a_product
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from dentalsales.ui.step_dialog import StepDialog
from dentalsales.usecases.form import open_form
from dentalsales.usecases.take_step import step_of


def test_space_and_enter_say_that_the_goods_can_meet_the_contract(desks: Any, qtbot: Any) -> None:
    draft = a_contract(desks, a_customer(desks), a_template(desks), (a_product(desks), 1, "120.00"))
    draft.take("submit")
    form = open_form(desks["contract_admin"], "contracts", draft.id)
    window = QWidget()
    qtbot.addWidget(window)
    dialog = StepDialog(form.desk, form, step_of(form.register, "approve", form.record), window)
    with qtbot.waitExposed(dialog):
        dialog.open()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert dialog.result() == StepDialog.DialogCode.Accepted and dialog.asked == {"can_be_met": True}
    form.take("approve", dialog.note, dialog.asked)
    assert (form.get("can_be_met"), form.record.turn) == (True, "manager")
