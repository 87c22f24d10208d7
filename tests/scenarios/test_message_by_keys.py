"""A clerk pastes what the customer wrote: plain words in two keys, unsure ones by digits, and sure the next time."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from clerk_keys import Clerk
from hands import CTRL, ENTER, SHIFT, Key, hands_at_work
from makers import a_customer, a_price, a_product, an_order
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from dentalsales.i18n import use_language
from dentalsales.ui.main_window import MainWindow
from dentalsales.ui.message_dialog import MessageDialog
from dentalsales.usecases import browse

ALL_SURE = """光固化树脂A2 3支，A3 2支
丁腈手套M 5盒
乳胶手套M 2盒
吸唾管透明的 4包
谢谢"""
V, DELETE, ESC, F2, F7 = Key.Key_V, Key.Key_Delete, Key.Key_Escape, Key.Key_F2, Key.Key_F7


@pytest.fixture
def window(desks: Any, tmp_path: Path, qtbot: Any) -> Iterator[MainWindow]:
    with hands_at_work(desks["clerk"], tmp_path, qtbot) as hands:
        yield hands.window


@pytest.fixture
def goods(desks: Any) -> dict[str, int]:
    plain = {"pack_unit": "", "pack_size": None, "shade": "", "price": None}
    found = {
        "A2": a_product(desks, brand="晶釉", price=None),
        "A3": a_product(desks, brand="晶釉", shade="A3", price=None),
        "nitrile": a_product(desks, name="一次性丁腈检查手套", unit="盒", spec="M码 100只/盒", **plain),
        "latex": a_product(desks, name="一次性乳胶检查手套", unit="盒", spec="M码 100只/盒", **plain),
        "tube": a_product(desks, name="吸唾管", unit="包", spec="透明 100支/包", **plain),
    }
    units = {"nitrile": "盒", "latex": "盒", "tube": "包"}
    for name, product in found.items():
        a_price(desks, product, "10.00", unit=units.get(name, "支"))
    return found


@pytest.fixture
def clerk(window: MainWindow, qtbot: Any) -> Clerk:
    return Clerk(window, qtbot)


def begun(clerk: Clerk, customer: int) -> Any:
    """An order of the customer with the cursor in its lines."""
    widget = clerk.new_order()
    widget.form.set("customer_id", customer)
    widget.body.refresh()
    widget.body.grids["lines"].grid.begin()
    clerk.count = 0
    return widget


def paste(clerk: Clerk, text: str, act: Any) -> None:
    """Ctrl+Shift+V with this text on the clipboard; `act` works in the dialog once the message is read."""
    QGuiApplication.clipboard().setText(text)

    def work(dialog: MessageDialog) -> None:
        assert clerk.window.runner.settle()
        act(dialog)

    clerk.in_dialog(work)
    clerk.press(V, held=CTRL | SHIFT)
    back_at_the_form(clerk)


def seen_again(window: Any) -> None:
    """Without a window manager nobody gives the keys back to the window behind a closed one."""
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)


def back_at_the_form(clerk: Clerk) -> None:
    assert clerk.window.runner.settle()
    seen_again(clerk.window)


def lines_of(widget: Any) -> list[tuple[int, int, str]]:
    return [(one.get("product_id"), one.get("quantity"), one.get("unit")) for one in widget.form.lines("lines")]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_five_plain_lines_come_in_with_two_keys(
    desks: Any, window: MainWindow, clerk: Clerk, goods: dict[str, int], language: str
) -> None:
    use_language(language)
    widget = begun(clerk, a_customer(desks))
    paste(clerk, ALL_SURE, lambda dialog: clerk.press(ENTER))
    assert clerk.count == 2
    assert lines_of(widget) == [
        (goods["A2"], 3, "支"),
        (goods["A3"], 2, "支"),
        (goods["nitrile"], 5, "盒"),
        (goods["latex"], 2, "盒"),
        (goods["tube"], 4, "包"),
    ]
    assert widget.form.get("total") == Decimal("160.00")


def test_one_undo_takes_the_whole_message_back(
    desks: Any, window: MainWindow, clerk: Clerk, goods: dict[str, int]
) -> None:
    widget = begun(clerk, a_customer(desks))
    paste(clerk, ALL_SURE, lambda dialog: clerk.press(ENTER))
    assert len(lines_of(widget)) == 5
    clerk.press(Key.Key_Z, held=CTRL)
    assert lines_of(widget) == []


def test_what_is_unsure_is_asked_and_the_answer_is_remembered(
    desks: Any, window: MainWindow, clerk: Clerk, goods: dict[str, int]
) -> None:
    customer = a_customer(desks)
    an_order(desks, customer, (goods["latex"], 8))
    widget = begun(clerk, customer)

    def check(dialog: MessageDialog) -> None:
        first = dialog.model.rows[0]
        assert (first.state, first.row.article) == ("check", goods["latex"])
        clerk.press(Key.Key_2)
        assert (first.state, first.row.article) == ("agreed", goods["nitrile"])
        clerk.press(ENTER)

    paste(clerk, "手套M 5盒", check)
    assert clerk.count == 3
    assert lines_of(widget) == [(goods["nitrile"], 5, "盒")]
    (kept,) = browse.page(desks["clerk"], browse.Query("spoken_names")).rows
    assert "手套 m" in kept.cells
    paste(clerk, "手套M 1盒", lambda dialog: clerk.press(ENTER))
    assert lines_of(widget)[1:] == [(goods["nitrile"], 1, "盒")]


def test_enter_agrees_line_by_line_and_asks_for_what_is_missing(
    desks: Any, window: MainWindow, clerk: Clerk, goods: dict[str, int]
) -> None:
    widget = begun(clerk, a_customer(desks))

    def check(dialog: MessageDialog) -> None:
        clerk.press(ENTER)
        assert dialog.question.quantity.hasFocus()
        clerk.type("12")
        clerk.press(ENTER)
        assert dialog.model.rows[1].question == "product"
        clerk.press(ENTER)
        assert dialog.model.rows[1].question == "unit"
        clerk.press(Key.Key_1)
        assert dialog.take_button.hasFocus()
        clerk.press(ENTER)

    paste(clerk, "丁腈手套M\n光固化树脂A2 3瓶", check)
    assert lines_of(widget) == [(goods["nitrile"], 12, "盒"), (goods["A2"], 3, "支")]


def test_enter_never_takes_another_shade_than_the_written_one(
    desks: Any, window: MainWindow, clerk: Clerk, goods: dict[str, int]
) -> None:
    """Shade stands in name and model here; the second line asks for a shade that is not sold."""
    shades = {
        shade: a_product(desks, name=f"流动树脂 {shade}", code=f"LD-{shade}", model=shade, shade="", price="10.00")
        for shade in ("B1", "B2")
    }
    widget = begun(clerk, a_customer(desks))

    def check(dialog: MessageDialog) -> None:
        sure, open_ = dialog.model.rows
        assert (sure.state, sure.row.article) == ("sure", shades["B2"])
        clerk.press(ENTER, ENTER)
        assert (open_.question, open_.row.article, dialog.banner.isVisible()) == ("product", None, True)
        clerk.press(Key.Key_1)
        assert open_.row.article in shades.values()
        clerk.press(ENTER)

    paste(clerk, "帮发：流动树脂B2 3支，B4也来2支", check)
    assert [line[1] for line in lines_of(widget)] == [3, 2]


def test_what_is_open_is_not_taken_until_it_is_answered_or_left_out(
    desks: Any, window: MainWindow, clerk: Clerk, goods: dict[str, int]
) -> None:
    widget = begun(clerk, a_customer(desks))

    def check(dialog: MessageDialog) -> None:
        clerk.press(ENTER, held=CTRL)
        assert dialog.isVisible() and dialog.banner.isVisible()
        assert dialog.table.currentIndex().row() == 1
        clerk.press(DELETE)
        assert [row.state for row in dialog.model.rows] == ["sure", "skipped"]
        clerk.press(ENTER)

    paste(clerk, "丁腈手套M 5盒\n隐形矫治器 2副", check)
    assert lines_of(widget) == [(goods["nitrile"], 5, "盒")]


def test_esc_leaves_nothing_behind(desks: Any, window: MainWindow, clerk: Clerk, goods: dict[str, int]) -> None:
    widget = begun(clerk, a_customer(desks))

    def check(dialog: MessageDialog) -> None:
        clerk.press(Key.Key_1, ESC)

    paste(clerk, "手套M 5盒", check)
    assert lines_of(widget) == []
    assert browse.page(desks["clerk"], browse.Query("spoken_names")).rows == []
    assert not widget.body.grids["lines"].model.undo()


def test_the_quantity_is_changed_and_a_product_is_picked_from_the_list(
    desks: Any, window: MainWindow, clerk: Clerk, goods: dict[str, int]
) -> None:
    widget = begun(clerk, a_customer(desks))

    def pick(dialog: Any) -> None:
        QTest.keyClicks(dialog.focusWidget(), "xtg")
        clerk.press(ENTER)

    def check(dialog: MessageDialog) -> None:
        clerk.press(Key.Key_Up, F2)
        clerk.type("7")
        clerk.press(ENTER)
        assert dialog.table.currentIndex().row() == 1
        clerk.in_dialog(pick)
        clerk.press(F7)
        seen_again(dialog)
        assert dialog.model.rows[1].row.article == goods["tube"]
        clerk.press(ENTER)

    paste(clerk, "丁腈手套M 5盒\n蓝管子 2包", check)
    assert lines_of(widget) == [(goods["nitrile"], 7, "盒"), (goods["tube"], 2, "包")]


def test_words_pasted_into_the_lines_are_read_as_a_message(
    desks: Any, window: MainWindow, clerk: Clerk, goods: dict[str, int]
) -> None:
    widget = begun(clerk, a_customer(desks))
    QGuiApplication.clipboard().setText("丁腈手套M 5盒\n吸唾管透明 2包")

    def check(dialog: Any) -> None:
        assert isinstance(dialog, MessageDialog)
        assert clerk.window.runner.settle()
        clerk.press(ENTER)

    clerk.in_dialog(check)
    clerk.press(V, held=CTRL)
    assert len(lines_of(widget)) == 2


def test_without_a_clipboard_the_text_is_typed(
    desks: Any, window: MainWindow, clerk: Clerk, goods: dict[str, int]
) -> None:
    widget = begun(clerk, a_customer(desks))
    QGuiApplication.clipboard().clear()

    def check(dialog: MessageDialog) -> None:
        dialog.text.insertPlainText("丁腈手套M 5盒")
        clerk.press(ENTER, held=CTRL)
        assert clerk.window.runner.settle()
        clerk.press(ENTER)

    clerk.in_dialog(check)
    clerk.press(V, held=CTRL | SHIFT)
    assert lines_of(widget) == [(goods["nitrile"], 5, "盒")]


def test_skipped_words_are_shown_and_can_be_ordered_after_all(
    desks: Any, window: MainWindow, clerk: Clerk, goods: dict[str, int]
) -> None:
    widget = begun(clerk, a_customer(desks))

    def pick(dialog: Any) -> None:
        QTest.keyClicks(dialog.focusWidget(), "rj")
        clerk.press(ENTER)

    def check(dialog: MessageDialog) -> None:
        dialog.table.setFocus()
        clerk.press(Key.Key_Down)
        assert (dialog.model.rows[1].state, dialog.model.rows[1].row.text) == ("skipped", "谢谢老样子")
        clerk.in_dialog(pick)
        clerk.press(F7)
        seen_again(dialog)
        assert QApplication.focusWidget() is dialog.question.quantity
        clerk.type("2")
        clerk.press(ENTER, ENTER)

    paste(clerk, "丁腈手套M 5盒，谢谢老样子", check)
    assert lines_of(widget) == [(goods["nitrile"], 5, "盒"), (goods["latex"], 2, "盒")]
