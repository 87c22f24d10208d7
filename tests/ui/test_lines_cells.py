"""The small habits in the cells of a grid: two dots, what is wrong at once, copying with headings, harmless text."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from office_forms import CTRL, ENTER, SHIFT, Office, in_dialog, working
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from toy_office import sit_down

from dentalsales.ui import theme
from dentalsales.ui.clipboard_block import block_of, cells_of
from dentalsales.ui.editors.lines import LinesEditor
from dentalsales.ui.lines_first_column import FirstColumn
from dentalsales.ui.link_dialogs import FormDialogs
from dentalsales.usecases.form import new_form

PRODUCT, QUANTITY, REMARK = 0, 1, 5


@pytest.fixture
def office(tmp_path: Path, qtbot: Any) -> Iterator[Office]:
    yield from working(tmp_path, qtbot)


@pytest.fixture
def lines(office: Office) -> LinesEditor:
    """Two lines: ten of article 1 for Monday, twenty of article 2."""
    form = new_form(office.desk, "orders", customer_id=1)
    for at, remark in ((1, "Monday"), (2, "")):
        line = form.add_line("lines")
        line.set("product_id", at)
        line.set("quantity", 10 * at)
        line.set("remark", remark)
    editor = LinesEditor(office.desk, form, "lines")
    office.show(editor)
    return editor


def test_two_dots_and_enter_take_the_text_of_the_line_above(office: Office, lines: LinesEditor) -> None:
    lines.grid.go_to(1, REMARK)
    office.type("..")
    office.press(ENTER)
    assert lines.model.lines[1].get("remark") == "Monday"
    lines.grid.undo()
    assert lines.model.lines[1].get("remark") == ""


def test_what_is_wrong_is_said_as_soon_as_the_cell_is_left(office: Office, lines: LinesEditor) -> None:
    lines.grid.go_to(0, QUANTITY)
    office.type("ten")
    office.press(ENTER)
    tip = lines.model.data(lines.model.index(0, QUANTITY), Qt.ItemDataRole.ToolTipRole)
    assert tip == "“ten” is no whole number. Enter one for “Quantity”."
    assert lines.model.headerData(0, Qt.Orientation.Vertical, Qt.ItemDataRole.DecorationRole) is not None
    lines.grid.go_to(0, QUANTITY)
    office.type("0")
    office.press(ENTER)
    assert lines.model.problem(0, QUANTITY) == "“{field}” is at least {minimum}."
    lines.grid.go_to(0, QUANTITY)
    office.type("12")
    office.press(ENTER)
    assert lines.model.problems == {}


def test_a_line_left_without_its_quantity_is_marked_where_the_quantity_belongs(
    office: Office, lines: LinesEditor
) -> None:
    lines.grid.begin()
    office.type("ab05")
    office.press(ENTER, ENTER)
    assert set(lines.model.problems) == {(2, "quantity")}


def test_an_untouched_inserted_line_is_not_scolded(office: Office, lines: LinesEditor) -> None:
    lines.grid.go_to(1, QUANTITY)
    office.press(Qt.Key.Key_Insert)
    office.press(Qt.Key.Key_Up)
    assert lines.model.problems == {}


def test_inserting_a_line_is_taken_back_in_one_step(office: Office, lines: LinesEditor) -> None:
    lines.grid.go_to(1, QUANTITY)
    office.press(Qt.Key.Key_Insert)
    office.press(Qt.Key.Key_Z, held=CTRL)
    assert [line.get("quantity") for line in lines.model.lines] == [10, 20]


def test_copying_with_headings_names_the_columns(office: Office, lines: LinesEditor) -> None:
    lines.grid.go_to(0, QUANTITY)
    office.press(Qt.Key.Key_C, held=CTRL | SHIFT)
    assert QGuiApplication.clipboard().text() == "Quantity\n10"


def test_a_text_that_a_spreadsheet_would_run_is_copied_harmless_and_comes_back_as_it_was(
    office: Office, lines: LinesEditor
) -> None:
    lines.model.lines[0].set("remark", '=HYPERLINK("http://x")')
    lines.model.lines[0].set("price", Decimal("-5"))
    lines.grid.go_to(0, REMARK)
    office.press(Qt.Key.Key_C, held=CTRL)
    copied = QGuiApplication.clipboard().text()
    assert cells_of(copied) == [['=HYPERLINK("http://x")']]
    assert copied.strip('"').startswith("'=")
    lines.grid.go_to(0, 2)
    office.press(Qt.Key.Key_C, held=CTRL)
    assert QGuiApplication.clipboard().text() == "-5"


def test_undo_goes_back_a_hundred_steps(office: Office, lines: LinesEditor) -> None:
    for count in range(1, 111):
        lines.grid.go_to(0, QUANTITY)
        office.type(str(count + 500))
        office.press(ENTER)
    lines.grid.go_to(0, QUANTITY)
    for _turn in range(100):
        office.press(Qt.Key.Key_Z, held=CTRL)
    assert lines.model.lines[0].get("quantity") == 510
    assert not lines.model.undo()
    for _turn in range(100):
        office.press(Qt.Key.Key_Y, held=CTRL)
    assert lines.model.lines[0].get("quantity") == 610


@pytest.mark.parametrize(
    ("block", "cells"),
    [
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ('"a\tb"\t"c\nd"\n', [["a\tb", "c\nd"]]),
        ('"5\tx\ny\tz', [['"5', "x"], ["y", "z"]]),
        ("\t\nx\n\n", [["x"]]),
        ("'=1\t'tis", [["=1", "'tis"]]),
    ],
)
def test_a_block_is_read_as_a_spreadsheet_wrote_it(block: str, cells: list[list[str]]) -> None:
    assert cells_of(block) == cells


def test_cells_with_tabs_and_line_breaks_survive_the_way_out_and_back() -> None:
    block = [["a\tb", 'say "hm"'], ["two\nlines", ""]]
    assert cells_of(block_of(block)) == block


@pytest.fixture
def buyer(office: Office) -> Iterator[LinesEditor]:
    """An empty order on the desk of somebody who may also enter articles."""
    desk = sit_down(office.desk.company, "bea", "clerk", "manager")
    editor = LinesEditor(desk, new_form(desk, "orders", customer_id=1), "lines")
    editor.link_dialogs = FormDialogs()  # type: ignore[attr-defined]
    office.show(editor)
    yield editor


def test_f7_opens_the_whole_list_and_its_choice_comes_back_into_the_cell(office: Office, buyer: LinesEditor) -> None:
    buyer.grid.begin()
    in_dialog(lambda dialog: (office.type("ab07"), office.press(ENTER)))
    office.press(Qt.Key.Key_F7)
    office.press(ENTER)
    assert [line.get("product_id") for line in buyer.model.lines] == [8]
    assert buyer.grid.currentIndex().column() == QUANTITY


@pytest.mark.parametrize("opened", [True, False])
def test_a_new_article_is_made_in_place_and_stands_in_the_cell(
    office: Office, buyer: LinesEditor, opened: bool
) -> None:
    def enter(dialog: Any) -> None:
        office.type("NW1")
        office.press(ENTER)
        office.type("new")
        office.press(ENTER)

    in_dialog(enter)
    buyer.grid.begin()
    if not opened:
        office.press(Qt.Key.Key_Escape)
    office.press(Qt.Key.Key_N, held=CTRL | SHIFT)
    office.press(ENTER)
    assert [line.shown("product_id") for line in buyer.model.lines] == ["NW1 new"]


@pytest.mark.parametrize("look", ["light", "dark"])
def test_the_cursor_is_seen_on_a_cell_that_is_marked_as_wrong(office: Office, lines: LinesEditor, look: str) -> None:
    theme.apply(QApplication.instance(), look)
    lines.grid.go_to(0, QUANTITY)
    office.type("ten")
    office.press(ENTER)
    cell = lines.grid.visualRect(lines.model.index(0, QUANTITY))

    def colours() -> set[str]:
        drawn = lines.grid.viewport().grab(cell).toImage()
        return {drawn.pixelColor(at, drawn.height() // 2).name() for at in range(6)}

    ring, danger, ground = (theme.current().colour(name).name() for name in ("ring", "danger", "danger.bg"))
    lines.grid.go_to(1, QUANTITY)
    assert danger in colours() and ground in colours() and ring not in colours()
    lines.grid.go_to(0, QUANTITY)
    assert {ring, danger, ground} <= colours()
    theme.apply(QApplication.instance(), "light")


def test_the_suggestions_stay_under_their_cell_when_a_message_comes_above_the_lines(
    office: Office, lines: LinesEditor
) -> None:
    lines.grid.begin()
    office.type("ab")
    field = office.focus()
    field._ask()
    popup = field._popup
    former = field.mapToGlobal(QPoint(0, field.height()))
    assert popup.isVisible() and popup.pos() == former
    lines.notice.tell("One\nTwo", "warning")
    QApplication.processEvents()
    assert field.mapToGlobal(QPoint(0, field.height())).y() > former.y()
    assert popup.isVisible() and popup.pos() == field.mapToGlobal(QPoint(0, field.height()))
    office.press(ENTER)
    assert lines.model.lines[2].get("product_id") == 1 and not popup.isVisible()


def test_the_product_stays_in_sight_while_the_other_columns_are_scrolled(office: Office, lines: LinesEditor) -> None:
    """A dispatch note beside its facts is wider than the window; the cursor's cell is never under the product."""
    office.window.resize(480, 640)
    QApplication.processEvents()
    grid, first = lines.grid, lines.grid.findChild(FirstColumn)
    grid.go_to(0, PRODUCT)
    assert not first.isVisible()
    for _step in range(REMARK):
        office.press(Qt.Key.Key_Right)
    assert first.isVisible() and first.geometry().left() == grid.viewport().geometry().left()
    assert first.visualRect(lines.model.index(1, 0)).top() == grid.visualRect(lines.model.index(1, 0)).top()
    for _step in range(REMARK - 1):
        office.press(Qt.Key.Key_Left)
        here = grid.visualRect(grid.currentIndex())
        assert here.left() >= (first.width() if first.isVisible() else 0)
    grid.go_to(0, REMARK)
    office.type("Friday")
    office.press(ENTER)
    assert lines.model.lines[0].get("remark") == "Friday"
    grid.go_to(1, REMARK)
    QTest.mouseClick(
        first.viewport(), Qt.MouseButton.LeftButton, pos=first.visualRect(lines.model.index(1, 0)).center()
    )
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (1, PRODUCT) and not first.isVisible()
