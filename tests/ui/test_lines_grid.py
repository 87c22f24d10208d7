"""The grid of lines: what each key does, what is undone, what goes to and comes from a spreadsheet."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from office_forms import CTRL, ENTER, ESC, SHIFT, TAB, Office, working
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.ui.editors.lines import LinesEditor
from dentalsales.ui.lines_grid import LinesGrid
from dentalsales.usecases.form import new_form


@pytest.fixture
def office(tmp_path: Path, qtbot: Any) -> Iterator[Office]:
    yield from working(tmp_path, qtbot)


@pytest.fixture
def lines(office: Office) -> LinesEditor:
    """Three lines: articles 1, 2 and 3, of which 10, 20 and 30 are ordered."""
    form = new_form(office.desk, "orders", customer_id=1)
    for at in (1, 2, 3):
        line = form.add_line("lines")
        line.set("product_id", at)
        line.set("quantity", 10 * at)
    editor = LinesEditor(office.desk, form, "lines")
    office.show(editor)
    return editor


def quantities(lines: LinesEditor) -> list[Any]:
    return [line.get("quantity") for line in lines.model.lines]


def select(grid: LinesGrid, column: int, *rows: int) -> None:
    grid.go_to(rows[0], column)
    grid.selectionModel().clearSelection()
    for row in rows:
        grid.selectionModel().select(grid.model().index(row, column), QItemSelectionModel.SelectionFlag.Select)


def test_typing_overwrites_the_cell(office: Office, lines: LinesEditor) -> None:
    lines.grid.go_to(0, 1)
    office.type("3")
    office.press(ENTER)
    assert quantities(lines) == [3, 20, 30]


def test_f2_edits_what_is_there(office: Office, lines: LinesEditor) -> None:
    lines.grid.go_to(0, 1)
    office.press(Qt.Key.Key_F2, Qt.Key.Key_End)
    office.type("0")
    office.press(ENTER)
    assert quantities(lines) == [100, 20, 30]


def test_escape_restores_the_cell_and_then_ends_the_editing(office: Office, lines: LinesEditor) -> None:
    lines.grid.go_to(0, 1)
    office.type("99")
    office.press(ESC)
    assert office.focus().text() == "10"
    office.press(ESC)
    assert office.focus() is lines.grid
    assert quantities(lines) == [10, 20, 30]


def test_enter_walks_the_needed_cells_and_opens_a_new_line(office: Office, lines: LinesEditor) -> None:
    lines.grid.go_to(2, 0)
    office.press(ENTER)
    assert (lines.grid.currentIndex().row(), lines.grid.currentIndex().column()) == (2, 1)
    assert isinstance(office.focus(), QLineEdit) and office.focus().selectedText() == "30"
    office.press(ENTER)
    assert (lines.grid.currentIndex().row(), lines.grid.currentIndex().column()) == (3, 0)
    office.type("ab07")
    office.press(ENTER)
    assert lines.model.lines[3].get("product_id") == 8
    assert (lines.grid.currentIndex().row(), lines.grid.currentIndex().column()) == (3, 1)


def test_enter_in_the_empty_last_line_leaves_the_grid(office: Office, lines: LinesEditor) -> None:
    left: list[bool] = []
    lines.walked.connect(left.append)
    lines.grid.begin()
    office.press(ENTER)
    assert left == [True]
    assert len(lines.model.lines) == 3


def test_tab_visits_every_cell_that_can_be_typed_into_and_stays_inside(office: Office, lines: LinesEditor) -> None:
    lines.grid.go_to(0, 0)
    visited = []
    for _turn in range(40):
        office.press(TAB)
        assert lines.isAncestorOf(office.focus())
        visited.append((lines.grid.currentIndex().row(), lines.grid.currentIndex().column()))
    names = [name for name, _field in lines.model.fields]
    assert {names[column] for _row, column in visited} == {"product_id", "quantity", "price", "due_on", "remark"}
    assert {row for row, _column in visited} == {0, 1, 2, 3}


def test_arrows_move_between_cells(office: Office, lines: LinesEditor) -> None:
    lines.grid.go_to(0, 1)
    office.press(Qt.Key.Key_Down, Qt.Key.Key_Right)
    assert (lines.grid.currentIndex().row(), lines.grid.currentIndex().column()) == (1, 2)


def test_an_arrow_takes_what_was_typed(office: Office, lines: LinesEditor) -> None:
    lines.grid.go_to(0, 1)
    office.type("7")
    office.press(Qt.Key.Key_Down)
    assert quantities(lines) == [7, 20, 30]
    assert lines.grid.currentIndex().row() == 1


def test_insert_and_delete_lines(office: Office, lines: LinesEditor) -> None:
    lines.grid.go_to(1, 1)
    office.press(Qt.Key.Key_Insert)
    assert quantities(lines) == [10, None, 20, 30]
    office.press(Qt.Key.Key_Delete, held=CTRL)
    assert quantities(lines) == [10, 20, 30]
    select(lines.grid, 1, 0, 2)
    office.press(Qt.Key.Key_Delete, held=CTRL)
    assert quantities(lines) == [20]


def test_a_line_left_empty_is_no_part_of_the_paper(office: Office, lines: LinesEditor) -> None:
    lines.grid.go_to(1, 1)
    office.press(Qt.Key.Key_Insert)
    assert lines.settle()
    assert quantities(lines) == [10, 20, 30]


def test_ctrl_d_fills_down_and_never_deletes(office: Office, lines: LinesEditor) -> None:
    select(lines.grid, 1, 0, 1, 2)
    office.press(Qt.Key.Key_D, held=CTRL)
    assert quantities(lines) == [10, 10, 10]
    lines.grid.undo()
    assert quantities(lines) == [10, 20, 30]


def test_ctrl_quote_copies_the_cell_above(office: Office, lines: LinesEditor) -> None:
    lines.grid.go_to(2, 1)
    office.press(Qt.Key.Key_Apostrophe, held=CTRL)
    assert quantities(lines) == [10, 20, 20]


def test_copying_gives_raw_numbers(office: Office, lines: LinesEditor) -> None:
    lines.model.lines[0].set("price", Decimal("1234.5"))
    lines.grid.go_to(0, 0)
    last = lines.model.index(1, 3)
    lines.grid.selectionModel().select(last, QItemSelectionModel.SelectionFlag.Clear)
    for row in (0, 1):
        for column in range(4):
            index = lines.model.index(row, column)
            lines.grid.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)
    office.press(Qt.Key.Key_C, held=CTRL)
    assert QGuiApplication.clipboard().text() == (
        "AB00 光固化树脂\t10\t1234.5\t12345.00\nAB01 藻酸盐印模材\t20\t11.5\t230.00"
    )


def test_a_block_is_pasted_with_its_articles_looked_up_in_one_step(office: Office, lines: LinesEditor) -> None:
    QGuiApplication.clipboard().setText("AB04\t１２\nAB05\t6*2\n")
    lines.grid.begin()
    office.press(Qt.Key.Key_V, held=CTRL)
    assert quantities(lines) == [10, 20, 30, 12, 12]
    assert [line.get("product_id") for line in lines.model.lines[3:]] == [5, 6]
    lines.grid.undo()
    assert quantities(lines) == [10, 20, 30]
    lines.grid.redo()
    assert quantities(lines) == [10, 20, 30, 12, 12]


def test_undo_takes_back_one_change_at_a_time(office: Office, lines: LinesEditor) -> None:
    for row, typed in ((0, "11"), (1, "22")):
        lines.grid.go_to(row, 1)
        office.type(typed)
        office.press(ENTER)
    office.press(Qt.Key.Key_Z, held=CTRL)
    assert quantities(lines) == [11, 20, 30]
    lines.grid.undo()
    assert quantities(lines) == [10, 20, 30]


def test_full_width_digits_and_sums_count(office: Office, lines: LinesEditor) -> None:
    lines.grid.go_to(0, 1)
    office.type("12*3")
    office.press(ENTER)
    lines.grid.go_to(1, 1)
    office.type("4")
    office.focus().setText("１２")
    office.focus().setModified(True)
    office.press(ENTER)
    assert quantities(lines) == [36, 12, 30]


def test_what_is_wrong_is_marked_in_the_cell_and_the_gutter(office: Office, lines: LinesEditor) -> None:
    missing = RuleBroken(_("Enter “{field}”.").fill(field="Quantity"), field="lines.1.quantity")
    place = lines.model.show_problems([missing])
    assert place == (1, 1)
    assert lines.model.headerData(1, Qt.Orientation.Vertical, Qt.ItemDataRole.DecorationRole) is not None
    assert lines.model.data(lines.model.index(1, 1), Qt.ItemDataRole.ToolTipRole) == "Enter “Quantity”."
    lines.grid.go_to(1, 1)
    office.type("5")
    office.press(ENTER)
    assert lines.model.problems == {}


def test_a_screen_reader_hears_column_and_value(lines: LinesEditor) -> None:
    assert lines.model.data(lines.model.index(0, 1), Qt.ItemDataRole.AccessibleTextRole) == "Quantity: 10"


def test_while_the_input_method_composes_the_cell_stays(office: Office, lines: LinesEditor) -> None:
    lines.grid.begin()
    office.compose("guang")
    office.press(ENTER, TAB, Qt.Key.Key_Down)
    assert (lines.grid.currentIndex().row(), lines.grid.currentIndex().column()) == (3, 0)
    office.compose("", "光固化")
    office.press(ENTER)
    assert lines.model.lines[3].get("product_id") == 1


def test_shift_enter_goes_to_the_needed_cell_before(office: Office, lines: LinesEditor) -> None:
    lines.grid.go_to(1, 0)
    office.press(ENTER, held=SHIFT)
    assert (lines.grid.currentIndex().row(), lines.grid.currentIndex().column()) == (0, 1)


def test_adding_a_line_to_a_thousand_others_inserts_one_row_and_resets_nothing(office: Office) -> None:
    form = new_form(office.desk, "orders", customer_id=1)
    for at in range(1113):
        line = form.add_line("lines")
        line.set("quantity", at + 1)
    editor = LinesEditor(office.desk, form, "lines")
    office.show(editor)
    told: list[str] = []
    editor.model.modelReset.connect(lambda: told.append("reset"))
    editor.model.rowsInserted.connect(lambda: told.append("rows"))
    editor.grid.begin()
    office.type("ab03")
    office.press(ENTER)
    assert told == ["rows"]
    assert len(editor.model.lines) == 1114


def test_keys_that_open_a_cell_do_nothing_in_one_that_nobody_types_into(office: Office, lines: LinesEditor) -> None:
    for column, (name, _field) in enumerate(lines.model.fields):
        if lines.model.is_editable(column):
            continue
        for row in range(4):
            lines.grid.go_to(row, column)
            office.press(Qt.Key.Key_F7, Qt.Key.Key_F2)
            office.press(Qt.Key.Key_Down, held=Qt.KeyboardModifier.AltModifier)
            assert lines.grid.indexWidget(lines.grid.currentIndex()) is None, name
    assert quantities(lines) == [10, 20, 30]


def test_beginning_twice_still_types_into_the_open_cell(office: Office, lines: LinesEditor) -> None:
    assert lines.grid.begin() and lines.grid.begin()
    office.type("ab")
    editor: Any = office.focus()
    assert isinstance(editor, QLineEdit) and editor.text() == "ab"
