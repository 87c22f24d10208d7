"""Quantities by shade and size from the product cell: arrows, digits, Enter; all of it one step of undo."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from makers import a_customer, a_product, some_stock
from office_forms import CTRL, ENTER, ESC, Office, in_dialog
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from dentalsales.ui import theme
from dentalsales.ui.editors.lines import LinesEditor
from dentalsales.ui.lines_matrix_dialog import MatrixDialog
from dentalsales.ui.preferences import Preferences
from dentalsales.usecases.form import new_form

KEY = Qt.Key


@pytest.fixture
def shades(desks: Any) -> list[int]:
    """A1, A2, A3 and B2 of one composite; there are five of A2."""
    found = [a_product(desks, "树脂", code=f"SZ-{shade}", spec="4g", shade=shade, pack_unit="", pack_size=None)
             for shade in ("A1", "A2", "A3", "B2")]  # fmt: skip
    some_stock(desks, found[1], 5)
    return found


@pytest.fixture
def clerk(desks: Any, tmp_path: Path, qtbot: Any) -> Iterator[Office]:
    theme.apply(QApplication.instance(), "light")
    yield Office(desks["clerk"], Preferences(tmp_path / "preferences.json"), qtbot)


@pytest.fixture
def lines(clerk: Office, desks: Any, shades: list[int]) -> LinesEditor:
    form = new_form(desks["clerk"], "orders", customer_id=a_customer(desks))
    editor = LinesEditor(desks["clerk"], form, "lines")
    clerk.show(editor)
    editor.grid.begin()
    return editor


def held(lines: LinesEditor) -> list[tuple[Any, Any]]:
    return [(line.get("product_id"), line.get("quantity")) for line in lines.model.lines]


def test_letters_and_one_chord_open_the_family_and_enter_puts_it_into_the_lines(
    clerk: Office, lines: LinesEditor, shades: list[int]
) -> None:
    seen: list[str] = []

    def fill(dialog: MatrixDialog) -> None:
        clerk.type("12")
        clerk.press(KEY.Key_Right)
        clerk.type("3")
        seen.append(dialog.view.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole))
        clerk.press(KEY.Key_Down)
        clerk.type("7")
        clerk.press(ENTER)

    in_dialog(fill)
    clerk.type("sza1")
    clerk.press(KEY.Key_Backspace, KEY.Key_Backspace)
    clerk.type("-a1")
    clerk.press(KEY.Key_G, held=CTRL)
    assert held(lines) == [(shades[0], 12), (shades[1], 3), (shades[3], 7)]
    assert seen == ["SZ-A2 树脂 4g A2 Z1: 3; Available 5"]
    assert lines.model.lines[0].get("unit_price") is not None
    assert lines.grid.currentIndex().row() == 3
    clerk.press(KEY.Key_Z, held=CTRL)
    assert held(lines) == []


def test_the_pop_up_offers_the_family_as_a_row(
    clerk: Office, lines: LinesEditor, shades: list[int], qtbot: Any
) -> None:
    in_dialog(lambda dialog: (clerk.type("4"), clerk.press(ENTER)))
    clerk.type("sz-a3")
    editor = clerk.focus()
    qtbot.waitUntil(editor.list_open)
    clerk.press(KEY.Key_Down)
    clerk.press(ENTER)
    qtbot.waitUntil(lambda: bool(held(lines)))
    assert held(lines) == [(shades[2], 4)], "the shade that was written, with the quantity of the grid"
    assert lines.model.lines[0].get("unit_price") is not None


def test_a_line_without_its_quantity_gives_way_to_what_was_chosen(
    clerk: Office, lines: LinesEditor, shades: list[int]
) -> None:
    clerk.type("sz-a2")
    clerk.press(ENTER)
    in_dialog(lambda dialog: (clerk.type("9"), clerk.press(KEY.Key_Right), clerk.type("1"), clerk.press(ENTER)))
    clerk.press(KEY.Key_G, held=CTRL)
    assert held(lines) == [(shades[1], 9), (shades[2], 1)]


def test_escape_leaves_everything_as_it_was(clerk: Office, lines: LinesEditor, shades: list[int]) -> None:
    clerk.type("sz-a2")
    clerk.press(ENTER)
    clerk.type("2")
    clerk.press(ENTER, KEY.Key_Up)
    in_dialog(lambda dialog: (clerk.type("9"), clerk.press(ESC)))
    clerk.press(KEY.Key_G, held=CTRL)
    assert held(lines) == [(shades[1], 2)]


def test_digits_are_corrected_in_place_and_holes_are_passed_over(
    clerk: Office, lines: LinesEditor, shades: list[int]
) -> None:
    def fill(dialog: MatrixDialog) -> None:
        clerk.type("15")
        clerk.press(KEY.Key_Backspace)
        clerk.press(KEY.Key_Plus)
        assert dialog.rows == [{"product_id": shades[0], "quantity": 2}]
        clerk.press(KEY.Key_Down)  # there is no B1
        assert dialog.view.currentIndex().row() == 0
        clerk.press(KEY.Key_Left)
        clerk.press(KEY.Key_Delete)
        assert dialog.rows == []
        clerk.press(ENTER)

    in_dialog(fill)
    clerk.type("sz-a1")
    clerk.press(KEY.Key_G, held=CTRL)
    assert held(lines) == []


def test_what_the_paper_has_already_is_said_under_the_cell(
    clerk: Office, lines: LinesEditor, shades: list[int]
) -> None:
    clerk.type("sz-a2")
    clerk.press(ENTER)
    clerk.type("2")
    clerk.press(ENTER)
    said: list[str] = []

    def look(dialog: MatrixDialog) -> None:
        model = dialog.view.matrix
        said.append(model.under(model.member(0, 1)))
        clerk.press(ESC)

    in_dialog(look)
    clerk.type("sz-a1")
    clerk.press(KEY.Key_G, held=CTRL)
    assert said == ["Available 5 · has 2"]


def test_without_a_family_what_was_typed_stays_and_is_told_why(
    clerk: Office, lines: LinesEditor, desks: Any, shades: list[int]
) -> None:
    alone = a_product(desks, "抛光膏", code="MD-01", shade="", model="薄荷")
    clerk.press(KEY.Key_G, held=CTRL)
    assert "first" in lines.notice.accessibleName()
    clerk.type("md-01")
    clerk.press(KEY.Key_G, held=CTRL)
    assert clerk.focus().text() == "md-01"
    assert "Product family" in lines.notice.accessibleName()
    clerk.press(ENTER)
    assert [product for product, _quantity in held(lines)] == [alone]
