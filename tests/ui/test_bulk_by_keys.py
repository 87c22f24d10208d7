"""Acts on checked rows by keys: one change for all and one undo, steps, reasons of those refused; peeking."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from makers import a_customer, a_product, an_order, moved_to, some_stock
from office_forms import in_dialog
from office_window import at_work
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from dentalsales.blueprint.house_records import History
from dentalsales.blueprint.rules import NotAllowed
from dentalsales.registers.customers import Customer
from dentalsales.registers.orders import Order
from dentalsales.ui.main_window import MainWindow
from dentalsales.usecases import browse, bulk

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(desks: Any, tmp_path: Path, qtbot: Any) -> Iterator[MainWindow]:
    for at in range(12):
        a_customer(desks, f"口腔诊所 {at:02}", region=f"区 {at}")
    with at_work(desks["manager"], tmp_path, qtbot) as window:
        yield window


def listed(window: MainWindow) -> Any:
    page: Any = window.shell.open_screen("list:customers")
    assert window.runner.settle()
    page.table.view.setFocus()
    return page


def press(window: MainWindow, *keys: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        QTest.keyClick(QApplication.activePopupWidget() or QApplication.focusWidget() or window, key, held)
        assert window.runner.settle()


def regions(desks: Any) -> list[str]:
    with desks.company.reading() as session:
        return [row.region for row in session.query(Customer).order_by(Customer.id)]


def test_one_change_of_twelve_records_and_one_undo(window: MainWindow, desks: Any) -> None:
    page = listed(window)
    before = regions(desks)
    press(window, Qt.Key.Key_A, held=CTRL)
    assert page.above.currentWidget() is page.bar and page.bar.words.text() == "12 checked"
    page.bar.open_menu()
    menu = QApplication.activePopupWidget()
    words = [action.text() for action in menu.actions()]
    assert {"Change Salesperson …", "Change Region …", "Change Grade …"} <= {*words}

    def fill(dialog: Any) -> None:
        QTest.keyClicks(QApplication.focusWidget(), "North")
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)

    in_dialog(fill)
    for _step in range(words.index("Change Region …")):
        QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert window.runner.settle()
    assert regions(desks) == ["North"] * 12
    with desks.company.reading() as session:
        entries = session.query(History).filter(History.register == "customers", History.step == "changed").all()
        assert len([one for one in entries if "region" in one.changes]) == 12
    window.activateWindow()  # a platform without a window manager forgets it after a menu
    QApplication.processEvents()
    press(window, Qt.Key.Key_Z, held=CTRL)
    assert regions(desks) == before


def test_undo_leaves_what_somebody_changed_since(window: MainWindow, desks: Any) -> None:
    from dentalsales.usecases.form import open_form

    desk = desks["manager"]
    query = browse.Query("customers")
    result = bulk.change_all(desk, query, "region", "North", lambda done, total: None)
    first = result.changed[0][0]
    form = open_form(desk, "customers", first)
    form.set("region", "South")
    form.save()
    bulk.take_back(desk, "customers", "region", "North", result)
    assert regions(desks)[0] == "South" and "North" not in regions(desks)


def test_an_act_that_is_stopped_leaves_nothing_changed(window: MainWindow, desks: Any) -> None:
    before = regions(desks)

    def stop(done: int, total: int) -> None:
        if done == 5:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        bulk.change_all(desks["manager"], browse.Query("customers"), "region", "North", stop)
    assert regions(desks) == before


def test_only_declared_fields_and_only_those_who_may_change_them(window: MainWindow, desks: Any) -> None:
    assert set(bulk.bulk_fields(desks["manager"], "customers")) == {"owner_id", "region", "grade"}
    assert "owner_id" not in bulk.bulk_fields(desks["clerk"], "customers")
    query = browse.Query("customers")
    with pytest.raises(KeyError):
        bulk.change_all(desks["manager"], query, "name", "x", lambda done, total: None)
    with pytest.raises(NotAllowed):
        bulk.change_all(desks["finance"], query, "region", "x", lambda done, total: None)


def test_a_step_for_all_names_those_that_refused_with_the_reason(window: MainWindow, desks: Any) -> None:
    new = [a_customer(desks, f"新诊所 {at}", reviewed=False) for at in range(3)]
    desk = desks["manager"]
    steps = {step.name: count for step, count in bulk.bulk_steps(desk, browse.Query("customers"))}
    review = next(step.name for step in desk.business.register("customers").workflow.steps_from("to_review"))
    assert steps[review] >= 3
    result = bulk.step_all(desk, browse.Query("customers"), review, "", lambda done, total: None)
    assert sorted(record_id for record_id, _former in result.changed) == sorted(getattr(one, "id", one) for one in new)
    assert len(result.refused) == 12 and all("not possible now" in reason for _title, reason in result.refused)


def test_checked_papers_are_moved_on_by_three_keys(window: MainWindow, desks: Any) -> None:
    """Ctrl+B opens what can be done with the first act chosen; Enter takes it, Enter agrees."""
    customer, product = a_customer(desks), a_product(desks)
    some_stock(desks, product)
    for _order in range(3):
        moved_to(desks, an_order(desks, customer, (product, 1)), "stock_confirmed")
    page = window.shell.open_screen("list:orders")
    assert window.runner.settle()
    page.table.view.setFocus()
    press(window, Qt.Key.Key_A, Qt.Key.Key_B, held=CTRL)
    in_dialog(lambda dialog: QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return))
    QTest.keyClick(QApplication.activePopupWidget(), Qt.Key.Key_Return)
    assert window.runner.settle()
    with desks.company.reading() as session:
        assert {order.state for order in session.query(Order)} == {"reviewed"}


def test_ctrl_i_shows_the_record_under_the_cursor_and_follows_it(window: MainWindow) -> None:
    page = listed(window)
    press(window, Qt.Key.Key_I, held=CTRL)
    words = {one.text() for one in page.peek.findChildren(QLabel)}
    assert "区 0" in words and window.shell.workspace.current_record() is None
    press(window, Qt.Key.Key_Down, Qt.Key.Key_Down)
    page.peek.refresh()
    assert window.runner.settle()
    assert "区 2" in {one.text() for one in page.peek.findChildren(QLabel)}
    press(window, Qt.Key.Key_I, held=CTRL)
    assert page.peek.isHidden()
