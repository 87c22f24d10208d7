"""Where the keys are after a list, a sheet or a dialog closes and after a tab comes back: where they were."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hands import CTRL, ENTER, Hands, Key, hands_at_work
from makers import a_customer, a_product, a_scan, an_order, moved_to, some_stock
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from dentalsales.registers.dispatch_notes import DispatchNote
from dentalsales.ui import palette_offers, theme
from dentalsales.usecases import attach, back_up


@pytest.fixture
def hands(desks: Any, tmp_path: Path, qtbot: Any) -> Iterator[Hands]:
    with hands_at_work(desks["clerk"], tmp_path, qtbot) as hands:
        yield hands


def list_of_notes(desks: Any, order: int) -> list[int]:
    with desks.company.reading() as session:
        return [row.id for row in session.query(DispatchNote.id).filter_by(order_id=order)]


def an_open_order(desks: Any, hands: Hands) -> Any:
    """A draft of one line on the screen."""
    order = an_order(desks, a_customer(desks), (a_product(desks), 3))
    hands.window.shell.open_record("orders", order.id)
    hands.window.runner.settle()
    QApplication.processEvents()
    return hands.window.shell.workspace.current()


def leave_palette(hands: Hands) -> None:
    hands.press(Key.Key_K, held=CTRL)
    hands.wait(lambda: QApplication.activePopupWidget() is not None)
    hands.press(Key.Key_Escape)
    hands.wait(lambda: QApplication.activePopupWidget() is None)


def come_back(hands: Hands) -> None:
    """The dialog is gone, and the window is in front again, as a window manager does it."""
    hands.wait(lambda: QApplication.activeModalWidget() is None)
    hands.window.activateWindow()
    hands.wait(lambda: QApplication.activeWindow() is hands.window)


def leave_key_sheet(hands: Hands) -> None:
    hands.in_dialog(lambda dialog: hands.press(Key.Key_Escape))
    hands.press(Key.Key_F1)
    come_back(hands)


@pytest.mark.parametrize("leave", [leave_palette, leave_key_sheet])
def test_what_covered_an_open_cell_gives_the_keys_back_to_it(desks: Any, hands: Hands, leave: Any) -> None:
    grid = an_open_order(desks, hands).body.grids["lines"].grid
    grid.go_to(0, 1)
    hands.press(Key.Key_F2)
    leave(hands)
    hands.wait(lambda: grid is QApplication.focusWidget() or grid.isAncestorOf(QApplication.focusWidget()))
    leave_key_sheet(hands)
    hands.wait(lambda: grid is QApplication.focusWidget() or grid.isAncestorOf(QApplication.focusWidget()))
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (0, 1)


def a_note_sent(desks: Any, hands: Hands) -> Any:
    """A dispatch note on the way, on the screen; only its step and its files can be touched."""
    product = a_product(desks)
    some_stock(desks, product)
    order = moved_to(desks, an_order(desks, a_customer(desks), (product, 3)), "sent")
    [note] = list_of_notes(desks, order.id)
    hands.window.shell.open_record("dispatch_notes", note)
    hands.window.runner.settle()
    return hands.window.shell.workspace.current()


def test_a_step_that_wants_a_copy_of_the_voucher_leads_by_keys_alone_to_the_files_and_on(
    desks: Any, hands: Hands
) -> None:
    widget = a_note_sent(desks, hands)

    def sign(dialog: Any) -> None:
        hands.type("李护士")
        hands.press(ENTER, held=CTRL)

    hands.press(ENTER, held=CTRL)
    files = widget.body.cells["files"].editor
    assert widget.form.state.name == "sent" and widget.banner.isVisible()
    hands.wait(lambda: files.isAncestorOf(QApplication.focusWidget() or hands.window))
    QGuiApplication.clipboard().setText(str(a_scan(desks)))
    hands.press(Key.Key_V, held=CTRL)
    assert len(attach.list_of(hands.window.desk, "dispatch_notes", widget.form.id)) == 1
    assert widget.banner.isHidden() and "•" not in widget.steps.title.text(), "a file is kept at once"
    hands.in_dialog(sign)
    hands.press(ENTER, held=CTRL)
    come_back(hands)
    assert widget.form.state.name == "delivered"
    hands.wait(lambda: widget.isAncestorOf(QApplication.focusWidget() or hands.window))


def test_a_path_pasted_into_the_lines_of_a_read_only_paper_changes_nothing(desks: Any, hands: Hands) -> None:
    widget = a_note_sent(desks, hands)
    QGuiApplication.clipboard().setText(str(a_scan(desks)))
    widget.body.grids["lines"].grid.setFocus()
    hands.press(Key.Key_V, held=CTRL)
    assert not widget.form.is_changed and "•" not in widget.steps.title.text()


def test_ctrl_k_finds_the_buttons_in_sight(desks: Any, hands: Hands) -> None:
    widget = a_note_sent(desks, hands)
    words = [str(offer.label) for offer in palette_offers.here(hands.window)]
    assert "Add file…" in words and len(words) == len(set(words))
    found = palette_offers.found(hands.window.desk, "add file", palette_offers.here(hands.window), "dispatch_notes")
    assert str(found[0].label) == "Add file…"
    widget = an_open_order(desks, hands)
    grid = widget.body.grids["lines"].grid
    grid.go_to(0, 1)
    before = len(widget.form.lines("lines"))
    press = next(offer for offer in palette_offers.here(hands.window) if str(offer.label).startswith("Delete line"))
    press.act()
    assert len(widget.form.lines("lines")) == before - 1


def test_a_tab_that_comes_back_has_its_keys_where_they_were_not_on_its_message(desks: Any, hands: Hands) -> None:
    widget = an_open_order(desks, hands)
    grid = widget.body.grids["lines"].grid
    widget.banner.warn(["This paper was changed."])
    grid.go_to(0, 1)
    hands.press(Key.Key_F2)
    hands.press(Key.Key_Tab, held=CTRL)
    assert not widget.isVisible()
    hands.press(Key.Key_Tab, held=CTRL)
    focused = QApplication.focusWidget()
    assert widget.isVisible() and (focused is grid or grid.isAncestorOf(focused)), focused
    fields = [cell for cell in widget.body.cells.values() if cell.editor is not None and cell.field.kind == "text"]
    fields[0].focus()
    hands.press(Key.Key_Tab, Key.Key_Tab, held=CTRL)
    assert QApplication.focusWidget() is fields[0].editor


def test_in_a_low_window_with_large_text_four_lines_and_the_sums_are_seen_while_somebody_is_in_the_lines(
    desks: Any, hands: Hands
) -> None:
    window = hands.window
    try:
        window.choose_look("percent", 150)
        window.resize(960, 540)
        back_up.back_up(desks["manager"])
        window.shell.backups.look()
        widget = an_open_order(desks, hands)
        assert window.status.isHidden(), "it has nothing to say: the copy is well"
        grid, sums = widget.body.grids["lines"].grid, widget.body.cells["total"].text
        window.activateWindow()
        hands.wait(lambda: QApplication.activeWindow() is window)
        grid.begin()
        QApplication.processEvents()
        seen = widget.body.viewport()
        assert grid.viewport().height() >= 4 * theme.current().row_height
        assert seen.rect().contains(QRect(grid.mapTo(seen, QPoint(0, 0)), grid.size()))
        assert seen.rect().contains(QRect(sums.mapTo(seen, QPoint(0, 0)), sums.size()))
        widget.body.grids["lines"].notice.tell("Said above the lines. " * 6, "warning")
        QApplication.processEvents()
        assert seen.rect().contains(QRect(sums.mapTo(seen, QPoint(0, 0)), sums.size()))
        window.status.say("3 rows checked")
        assert window.status.isVisible()
    finally:
        window.choose_look("percent", 100)
