"""What another clerk saves is seen in the open window of a shared company: in lists, on Today, above an open record."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from desks import Desks, opened_beside
from makers import a_customer, a_product, an_order, moved_to, some_stock
from office_window import at_work
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from dentalsales.ui.main_window import MainWindow
from dentalsales.usecases.form import open_form

CUSTOMERS = ("甲口腔门诊部", "乙口腔门诊部", "丙口腔门诊部")


@pytest.fixture
def kept_in() -> str:
    return "server"


@pytest.fixture
def others(desks: Desks, business: Any, clock: Any) -> Iterator[Desks]:
    """The desks of another program on the same company."""
    company = opened_beside(desks.company)
    yield Desks(business, company, clock)
    company.close()


@pytest.fixture
def window(desks: Desks, tmp_path: Path, qtbot: Any) -> Iterator[MainWindow]:
    """The manager's window; three customers are there."""
    for name in CUSTOMERS:
        a_customer(desks, name)
    with at_work(desks["manager"], tmp_path, qtbot) as opened:
        yield opened


def look(window: MainWindow) -> None:
    """What the window does every two seconds."""
    assert window.shell.others.timer.isActive() and window.shell.others.timer.interval() == 2000
    window.shell.others.look()
    assert window.runner.settle()


def changed(desks: Desks, customer: int, **values: str) -> None:
    form = open_form(desks["manager"], "customers", customer)
    for name, value in values.items():
        form.set(name, value)
    form.save()


def test_lists_show_what_others_save_and_the_cursor_stays_on_its_record(window: MainWindow, others: Desks) -> None:
    page: Any = window.shell.open_screen("list:customers")
    assert window.runner.settle()
    QTest.keyClicks(page.search, "kq")
    page.take_focus()
    page.refresh()
    assert window.runner.settle()
    rows = page.table.ids()
    page.table.view.selectRow(1)
    page.table.checked.toggle(rows[2])
    added = a_customer(others, "丁口腔门诊部")
    changed(others, rows[1], name="乙口腔门诊")
    look(window)
    assert set(page.table.ids()) == {*rows, added}, "the new customer is there"
    assert (page.table.current_id(), page.search.text()) == (rows[1], "kq")
    assert page.table.checked.holds(rows[2])


def test_today_shows_the_paper_that_another_clerk_hands_over_and_keeps_the_cursor(
    window: MainWindow, desks: Desks, others: Desks
) -> None:
    product, [here, there, _third] = a_product(desks), (1, 2, 3)
    some_stock(desks, product)
    mine = moved_to(desks, an_order(desks, here, (product, 1)), "stock_confirmed")
    page: Any = window.shell.open_screen("today")
    assert window.runner.settle()
    orders = [one.record_id for one in page.todo.waiting if one.register.name == "orders"]
    assert orders == [mine.id]
    page.todo.table.selectRow([one.register.name for one in page.todo.waiting].index("orders"))
    theirs = moved_to(others, an_order(others, there, (product, 1), by="clerk2"), "stock_confirmed")
    look(window)
    orders = [one.record_id for one in page.todo.waiting if one.register.name == "orders"]
    assert set(orders) == {mine.id, theirs.id}
    under = page.todo.waiting[page.todo.table.currentIndex().row()]
    assert (under.register.name, under.record_id) == ("orders", mine.id)


def test_above_an_open_record_stands_who_changed_it_and_nothing_moves_by_itself(
    window: MainWindow, others: Desks
) -> None:
    window.shell.open_record("customers", 1)
    assert window.runner.settle()
    tab = window.shell.workspace.current_record()
    form: Any = tab.widget if tab is not None else None
    changed(others, 2, region="华南")
    look(window)
    assert not form.notice.isVisible(), "that was another customer"
    changed(others, 1, region="华北")
    look(window)
    assert (
        form.notice.isVisible()
        and form.notice.text.text() == "Changed 1 time while it is open here: manager name, 10:00"
    )
    assert form.form.get("region") == ""
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F5)
    assert form.form.get("region") == "华北" and not form.notice.isVisible()
    form.body.cells["address"].focus()
    QTest.keyClicks(QApplication.focusWidget(), "9")
    changed(others, 1, region="华东")
    look(window)
    assert form.notice.isVisible() and form.form.get("region") == "华北"
    form.form.reload()
    form.redraw()
    assert not form.notice.isVisible() and form.form.get("region") == "华东"


def test_a_server_that_does_not_answer_is_told_once_and_nothing_is_missed(window: MainWindow, others: Desks) -> None:
    page: Any = window.shell.open_screen("list:customers")
    look(window)
    said = len(window.messages.said)
    with pytest.MonkeyPatch.context() as away:
        away.setattr(window.shell.others, "_ask", lambda: 1 / 0)
        look(window)
        look(window)
    assert len(window.messages.said) == said + 1 and window.shell.others.lost
    a_customer(others, "丁口腔门诊部")
    look(window)
    assert window.messages.said[-1].text == "The server answers again."
    assert len(page.table.ids()) == 4
