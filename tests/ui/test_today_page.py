"""Today: every figure is that of the list it opens, papers are done by keys, the month stands against its targets."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hands import ALT, CTRL, ENTER, NONE, SHIFT, Hands, Key
from makers import CONSENT, a_customer, a_product, a_scan, an_order, dispatch, moved_to, pay, saved, some_stock
from office_window import at_work, cells
from PySide6.QtWidgets import QApplication, QPushButton

from dentalsales.ui.cell_menu import row_menu
from dentalsales.ui.step_dialog import StepDialog
from dentalsales.ui.today_page import TodayPage
from dentalsales.usecases import attach, browse, inbox
from dentalsales.usecases.first_steps import first_steps


@pytest.fixture
def office(desks: Any) -> Any:
    """Orders in every state, money, an expired lot, a target of the salesperson."""
    desks.clock.pass_days(-2)
    customer, product = a_customer(desks), a_product(desks)
    some_stock(desks, product, 100)
    some_stock(desks, product, 5, lot="OLD", expires_in=1)
    moved_to(desks, an_order(desks, customer, (product, 3)), "billed")
    desks.clock.pass_days(2)
    with desks.company.reading() as session:
        from dentalsales.blueprint.house_records import Employee

        rep = session.query(Employee).filter_by(login="rep").one().id
    month = desks["manager"].today.replace(day=1)
    saved(desks["manager"], "targets", rep_id=rep, month_on=month, amount=Decimal("720.00"))
    moved_to(desks, an_order(desks, customer, (product, 2)), "stock_confirmed")
    paid = an_order(desks, customer, (product, 1))
    paid.take("confirm_stock", asked=CONSENT)
    from dentalsales.usecases.form import open_form

    open_form(desks["manager"], "orders", paid.id).take("review")
    pay(desks, paid.id)
    an_order(desks, customer, (product, 4))
    return desks


@contextmanager
def sat_down(desk: Any, folder: Path, qtbot: Any) -> Iterator[tuple[Hands, TodayPage]]:
    with at_work(desk, folder, qtbot) as window:
        qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
        page: Any = window.shell.workspace.current()
        yield Hands(window, qtbot), page


@pytest.mark.parametrize("login", ["manager", "clerk", "finance", "warehouse", "rep", "vp"])
def test_every_tile_opens_the_list_it_counts(login: str, office: Any, tmp_path: Path, qtbot: Any) -> None:
    with sat_down(office[login], tmp_path, qtbot) as (hands, page):
        words = inbox.tiles(office[login])
        tiles = page.tiles.findChildren(QPushButton)
        assert 1 <= len(tiles) <= 6 and len(tiles) == len(words)
        for place, tile in enumerate(words):
            hands.window.shell.open_screen("today")
            button = page.tiles.findChildren(QPushButton)[place]
            button.setFocus()
            hands.press(ENTER)
            opened: Any = hands.window.shell.workspace.current()
            assert opened.register.name == tile.opens.register
            hands.window.runner.settle()
            totals = opened.table.model.totals
            listed = totals.count if tile.kind == "number" else totals.sums[column_of(office[login], tile)]
            assert listed == tile.value, str(tile.label)


@pytest.mark.parametrize("key", ["esc", "alt+left"])
def test_from_the_list_of_a_tile_one_key_comes_back_to_the_tile(
    key: str, office: Any, tmp_path: Path, qtbot: Any
) -> None:
    with sat_down(office["manager"], tmp_path, qtbot) as (hands, page):
        tile = page.tiles.findChildren(QPushButton)[1]
        tile.setFocus()
        hands.press(ENTER)
        opened: Any = hands.window.shell.workspace.current()
        assert opened is not page and opened.tools.back.text() == "Back to Today"
        hands.press(*((Key.Key_Escape,) if key == "esc" else ()))
        if key != "esc":
            hands.press(Key.Key_Left, held=ALT)
        assert hands.window.shell.workspace.current() is page and page.focusWidget() is tile
        hands.window.shell.open_list("orders")
        assert opened.register.name != "orders" or opened.tools.back.isVisible()


def column_of(desk: Any, tile: Any) -> str:
    return next(words.total for words in desk.business.tiles if words.label == tile.label)


def test_ctrl_enter_does_what_waits_and_enter_opens_it(office: Any, tmp_path: Path, qtbot: Any) -> None:
    with sat_down(office["manager"], tmp_path, qtbot) as (hands, page):
        waiting = [(one.title, str(one.step)) for one in page.todo.waiting]
        place = next(at for at, one in enumerate(page.todo.waiting) if one.step_name == "review")
        page.todo.table.setFocus()
        page.todo.table.selectRow(place)
        number = page.todo.waiting[place].title
        hands.press(ENTER, held=CTRL)
        assert (number, "Review order") in waiting
        assert number not in [one.title for one in page.todo.waiting if one.step_name == "review"]
        assert hands.window.messages.said[-1].text == f"Order {number}: Reviewed"
        page.todo.table.selectRow(0)
        first = page.todo.waiting[0] if page.todo.waiting else None
        if first is not None:
            hands.press(ENTER)
            assert (hands.form.register.name, hands.form.id) == (first.register.name, first.record_id)


def test_what_is_missing_for_a_step_is_said_before_anything_is_asked_for_it(
    office: Any, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    billed = next(one for one in inbox.waiting(office["warehouse"]) if one.draft_name == "dispatch")
    note = dispatch(office, billed.record_id)
    asked: list[Any] = []
    monkeypatch.setattr(StepDialog, "exec", lambda dialog: asked.append(dialog) or 0)
    with sat_down(office["warehouse"], tmp_path, qtbot) as (hands, page):
        page.todo.table.setFocus()
        page.todo.table.selectRow(next(at for at, one in enumerate(page.todo.waiting) if one.step_name == "deliver"))
        hands.press(ENTER, held=CTRL)
        assert "Attach the copy of the signed voucher" in hands.window.messages.said[-1].text
        hands.window.shell.open_record("dispatch_notes", note.id)
        hands.press(ENTER, held=CTRL)
        form: Any = hands.window.shell.workspace.current()
        assert form.banner.isVisible() and not asked
        attach.add(office["warehouse"], "dispatch_notes", note.id, a_scan(office))
        hands.press(ENTER, held=CTRL)
        assert len(asked) == 1


def test_the_menu_key_opens_what_can_be_done_with_a_paper_that_waits_and_with_a_record_opened_last(
    office: Any, tmp_path: Path, qtbot: Any
) -> None:
    with sat_down(office["manager"], tmp_path, qtbot) as (hands, page):
        page.todo.table.setFocus()
        page.todo.table.selectRow(0)
        first = page.todo.waiting[0]
        for key, held in ((Key.Key_Menu, NONE), (Key.Key_F10, SHIFT)):
            hands.press(key, held=held)
            menu: Any = QApplication.activePopupWidget()
            words = [action.text() for action in menu.actions() if not action.isSeparator()]
            assert words[:2] == ["Open\tEnter", f"{first.step}\tCtrl+Enter"] and "Copy\tCtrl+C" in words
            menu.close()
        menu = row_menu(page.todo.table)
        menu.actions()[0].trigger()
        assert hands.form.id == first.record_id
        hands.window.shell.open_screen("today")
        page.recent.setFocus()
        page.recent.setCurrentRow(0)
        hands.press(Key.Key_F10, held=SHIFT)
        menu = QApplication.activePopupWidget()
        assert [action.text() for action in menu.actions()] == ["Open\tEnter"]
        menu.close()
        orders = browse.page(office["manager"], browse.Query("orders"), limit=9).rows
        hands.window.shell.open_record("orders", max(order.id for order in orders))
        assert page.recent.item(0).text() == "Order, Entered", "what has no number yet says once what it is"


def test_overdue_papers_come_first(office: Any, tmp_path: Path, qtbot: Any) -> None:
    office.clock.pass_days(40)
    with sat_down(office["manager"], tmp_path, qtbot) as (_hands, page):
        late = [one.overdue for one in page.todo.waiting]
        assert late == sorted(late, reverse=True)


def test_the_month_stands_against_the_target_and_its_rows_open_the_ledger(
    office: Any, tmp_path: Path, qtbot: Any
) -> None:
    with sat_down(office["manager"], tmp_path, qtbot) as (hands, page):
        goals = next(card for card in page.glances if card.name == "goals")
        assert cells(goals.table.model())[0] == ["rep name", "360.00", "720.00", "50.00%"]
        goals.table.setFocus()
        goals.table.selectRow(0)
        hands.press(ENTER)
        ledger: Any = hands.window.shell.workspace.current()
        hands.wait(lambda: not hands.window.runner.busy)
        assert ledger.register.name == "ledger" and ledger.table.model.totals.sums["amount"] == Decimal("360.00")


def test_the_days_of_the_month_are_a_line_and_a_table_with_the_same_figures(
    office: Any, tmp_path: Path, qtbot: Any
) -> None:
    with sat_down(office["manager"], tmp_path, qtbot) as (hands, page):
        days = next(card for card in page.glances if card.name == "days")
        assert not days.table.isVisible()
        days.swap.setFocus()
        hands.press(Key.Key_Space)
        assert days.table.isVisible() and days.table.hasFocus()
        rows = cells(days.table.model())
        assert len(rows) == office.clock.today.day + 1
        assert [row for row in rows if row[1] == "360.00"][0][0] == "2026-11-18"


def test_those_who_may_not_see_sales_have_no_figures_of_them(office: Any, tmp_path: Path, qtbot: Any) -> None:
    with sat_down(office["quality"], tmp_path, qtbot) as (_hands, page):
        assert page.glances == []


def test_a_new_company_is_led_to_its_first_steps_until_the_first_order(desks: Any, tmp_path: Path, qtbot: Any) -> None:
    def steps(login: str) -> list[tuple[str, bool]]:
        return [(str(step.text), done) for step, done in first_steps(desks[login])]

    a_customer(desks)
    assert ("Import customers", True) in steps("manager") and ("Import products", False) in steps("manager")
    assert steps("vp") == [], "who may do none of it is not told"
    with sat_down(desks["manager"], tmp_path, qtbot) as (hands, page):
        assert page.first_steps.isVisible()
        focused: Any = QApplication.focusWidget()
        assert focused.text() == next(text for text, done in steps("manager") if not done), "not at what is done"
        link = next(one for one in page.first_steps.findChildren(QPushButton) if one.text() == "Import products")
        link.setFocus()
        hands.press(Key.Key_Space)
        wizard: Any = hands.window.shell.workspace.current()
        assert wizard.files.kind.name == "products"
    an_order(desks, a_customer(desks), (a_product(desks), 1))
    assert steps("manager") == []
    with sat_down(desks["manager"], tmp_path, qtbot) as (_hands, page):
        assert page.first_steps.isHidden()


def test_more_than_is_listed_is_said_with_the_way_to_the_list(qtbot: Any) -> None:
    from dentalsales.blueprint.sheet import Opens
    from dentalsales.i18n import Text
    from dentalsales.ui.todo_list import TodoList

    todo, asked = TodoList(), []
    qtbot.addWidget(todo)
    todo.list_asked.connect(asked.append)
    todo.show_waiting([], [(Text("Orders"), Opens("orders"))])
    (button,) = todo.findChildren(QPushButton)
    button.click()
    assert asked == [Opens("orders")] and button.text() == "Orders"
