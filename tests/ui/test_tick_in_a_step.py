"""What a step asks: a tick is answered before the button, and a colleague who is proposed is named."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from contract_makers import a_contract, a_template
from hands import CTRL, ENTER, Hands
from makers import a_customer, a_product, a_visit
from office_forms import in_dialog
from office_window import at_work
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from dentalsales.ui.step_dialog import StepDialog
from dentalsales.usecases.form import open_form
from dentalsales.usecases.take_step import step_of


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


def test_who_is_proposed_for_a_follow_up_is_named_and_a_refused_answer_loses_no_other(desks: Any, qtbot: Any) -> None:
    visit = a_visit(desks)
    visit.take("submit")
    open_form(desks["manager"], "site_visits", visit.id).take("approve")
    desks.clock.pass_days(1)
    visit.reload()
    visit.take("receive", asked={"reception_opinion": "按计划接待", "result": "有意试用"})
    window = QWidget()
    qtbot.addWidget(window)
    step = step_of(visit.register, "follow", visit.record)
    dialog = StepDialog(visit.desk, visit, step, window, lambda *answers: visit.take("follow", *answers))
    shown = {cell.name: cell.editor.text() for cell in dialog.cells if cell.field.kind == "link"}
    assert shown == {"follow_up_by_id": "rep name"}
    for name, value in {"follow_up": "寄送样品", "due_on": desks.clock.today - timedelta(days=1)}.items():
        dialog.form.set(name, value)
    dialog.finish()
    (wrong,) = [cell for cell in dialog.cells if cell.hint.full_text]
    assert (dialog.result(), wrong.name) == (0, "due_on"), "what is refused is said beside the answer, and all stays"
    dialog.form.set("due_on", desks.clock.today)
    dialog.finish()
    assert dialog.result() == StepDialog.DialogCode.Accepted and visit.get("follow_up") == "寄送样品"
