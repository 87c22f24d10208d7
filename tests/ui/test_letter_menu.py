"""The menu with letters, the panes, and what a disabled step says: all reached by keys."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hands import CTRL, SHIFT, Hands, Key, hands_at_work
from makers import CONSENT, a_customer, a_product, an_order, some_stock
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from dentalsales.ui.panes import is_inside
from dentalsales.usecases.form import open_form


@pytest.fixture
def hands(desks: Any, tmp_path: Path, qtbot: Any) -> Iterator[Hands]:
    with hands_at_work(desks["clerk"], tmp_path, qtbot) as hands:
        yield hands


def menu_titles(hands: Hands) -> list[str]:
    return [action.text() for action in hands.window.letters.bar.actions()]


def test_f10_opens_a_menu_whose_letters_do_what_the_place_offers(desks: Any, hands: Hands) -> None:
    hands.window.shell.open_list("orders")
    hands.window.runner.settle()
    bar = hands.window.letters.bar
    assert not bar.isVisible()
    hands.press(Key.Key_F10)
    assert bar.isVisible() and menu_titles(hands) == ["&File", "&Do", "&Show", "&Go", "&Help"]
    hands.press(Key.Key_Down)
    menu: Any = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    words = [action.text() for action in menu.actions()]
    assert any("Export to Excel\tCtrl+E" in text for text in words)
    QTest.keyClick(menu, Key.Key_1)
    hands.window.runner.settle()
    hands.wait(lambda: hands.window.shell.workspace.current_record() is not None)
    assert hands.form.is_new and hands.form.register.name == "orders" and not bar.isVisible()


def test_alt_alone_opens_the_menu_and_escape_gives_the_focus_back(hands: Hands) -> None:
    before = QApplication.focusWidget()
    QTest.keyPress(before, Key.Key_Alt)
    QTest.keyRelease(before, Key.Key_Alt)
    assert hands.window.letters.bar.isVisible()
    hands.press(Key.Key_Escape)
    assert not hands.window.letters.bar.isVisible() and hands.window.focusWidget() is before


def test_alt_that_switches_the_keyboard_or_the_window_opens_no_menu(hands: Hands) -> None:
    """Shift and Alt change the input language; the release of Alt+Tab may come after the way back."""
    before: Any = QApplication.focusWidget()
    QTest.keyPress(before, Key.Key_Shift, SHIFT)
    QTest.keyPress(before, Key.Key_Alt, SHIFT | Qt.KeyboardModifier.AltModifier)
    QTest.keyRelease(before, Key.Key_Alt, SHIFT)
    QTest.keyRelease(before, Key.Key_Shift)
    assert not hands.window.letters.bar.isVisible()
    QTest.keyPress(before, Key.Key_Alt)
    QApplication.sendEvent(before, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.ActiveWindowFocusReason))
    QTest.keyRelease(before, Key.Key_Alt)
    assert not hands.window.letters.bar.isVisible()


def test_escape_in_an_open_list_of_the_menu_gives_all_keys_back(desks: Any, hands: Hands) -> None:
    """A list of the menu that stayed open behind the hidden bar took every key that came after."""
    a_customer(desks)
    page: Any = hands.window.shell.open_screen("list:customers")
    hands.window.runner.settle()
    hands.press(Key.Key_F10, Key.Key_Down)
    assert isinstance(QApplication.activePopupWidget(), QMenu)
    hands.press(Key.Key_Escape)
    assert QApplication.activePopupWidget() is None and not hands.window.letters.bar.isVisible()
    hands.press(Key.Key_I, held=CTRL)
    assert page.tools.peek.isChecked()


def test_shift_f10_opens_the_menu_of_a_row_and_of_a_line(desks: Any, hands: Hands) -> None:
    customer, product = a_customer(desks), a_product(desks)
    order = an_order(desks, customer, (product, 2)).id

    def words() -> list[str]:
        menu: Any = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        found = [action.text().partition("\t")[0] for action in menu.actions() if action.text()]
        menu.close()
        return found

    hands.window.shell.open_list("orders")
    hands.window.runner.settle()
    hands.press(Key.Key_F10, held=SHIFT)
    assert words()[:3] == ["Open", "Check the row", "Copy"]
    hands.window.shell.open_record("orders", order)
    hands.window.runner.settle()
    lines = hands.window.shell.workspace.current().body.grids["lines"]  # type: ignore[union-attr]
    lines.grid.begin()
    hands.press(Key.Key_F10, held=SHIFT)
    assert {"Paste", "Fill down", "Insert line", "Delete line", "The same again", "Paste message"} <= {*words()}


def test_alt_with_a_click_or_a_chord_between_opens_no_menu(hands: Hands) -> None:
    window, before = hands.window, QApplication.focusWidget()
    QTest.keyPress(before, Key.Key_Alt)
    QTest.mouseClick(window.navigation, Qt.MouseButton.RightButton)
    QTest.keyRelease(before, Key.Key_Alt)
    assert not window.letters.bar.isVisible()
    QTest.keyPress(before, Key.Key_Alt)
    QTest.keyClick(before, Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    QTest.keyRelease(before, Key.Key_Alt)
    assert not window.letters.bar.isVisible()


def test_f6_goes_round_the_parts_of_the_window_and_shift_f6_the_other_way(desks: Any, hands: Hands) -> None:
    customer, product = a_customer(desks), a_product(desks)
    hands.window.shell.open_record("orders", an_order(desks, customer, (product, 2)).id)
    hands.window.runner.settle()
    tab = hands.window.shell.workspace.current_record()
    assert tab is not None
    form: Any = tab.widget
    hands.wait(lambda: form.body.cells["customer_id"].editor.hasFocus() or is_inside(QApplication.focusWidget(), form))
    seen = []
    for _press in range(4):
        hands.press(Key.Key_F6)
        seen.append(part_of(hands, form))
    assert sorted(set(seen)) == ["facts", "fields", "lines", "navigation"]
    hands.press(Key.Key_F6, held=SHIFT)
    assert part_of(hands, form) == seen[-2]


def part_of(hands: Hands, form: Any) -> str:
    focused = QApplication.focusWidget()
    if is_inside(focused, hands.window.navigation):
        return "navigation"
    if is_inside(focused, form.side):
        return "facts"
    return "lines" if is_inside(focused, form.body.grids["lines"]) else "fields"


def test_a_step_that_waits_says_what_for_and_who_does_it(desks: Any, hands: Hands) -> None:
    customer, product = a_customer(desks), a_product(desks)
    some_stock(desks, product)
    order = an_order(desks, customer, (product, 2))
    order.take("confirm_stock", asked=CONSENT)
    open_form(desks["manager"], "orders", order.id).take("review")
    hands.window.shell.open_record("orders", order.id)
    hands.window.runner.settle()
    tab = hands.window.shell.workspace.current_record()
    assert tab is not None
    widget: Any = tab.widget
    said = widget.steps.primary.toolTip()
    assert not widget.steps.primary.isEnabled()
    assert "Waits for Finance to confirm a receipt." in said and "finance name" in said


def test_the_primary_button_stands_at_the_same_place_on_every_paper(desks: Any, hands: Hands) -> None:
    customer, product = a_customer(desks), a_product(desks)
    some_stock(desks, product)
    places = set()
    for register, record in (
        ("orders", an_order(desks, customer, (product, 2)).id),
        ("customers", customer),
        ("products", product),
    ):
        hands.window.shell.open_record(register, record)
        hands.window.runner.settle()
        tab = hands.window.shell.workspace.current_record()
        assert tab is not None
        row: Any = tab.widget.steps
        last = row._buttons.layout().itemAt(row._buttons.layout().count() - 1).widget()
        corner = last.mapTo(hands.window, last.rect().topRight())
        places.add((corner.x(), corner.y()))
    assert len(places) == 1


def test_everything_wrong_is_listed_and_enter_goes_to_its_field(desks: Any, hands: Hands) -> None:
    hands.window.shell.open_new("customers")
    hands.window.runner.settle()
    tab = hands.window.shell.workspace.current_record()
    assert tab is not None
    widget: Any = tab.widget
    assert not widget.save()
    problems = [widget.banner.list.item(row).text() for row in range(widget.banner.list.count())]
    assert len(problems) == len(widget.form.problems()) > 1
    widget.banner.take_focus()
    hands.press(Key.Key_Return)
    first = widget.form.problems()[0].field
    assert widget.body.cells[first].editor.hasFocus()
