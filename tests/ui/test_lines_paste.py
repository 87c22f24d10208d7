"""A block copied from a spreadsheet: headings or none, every record looked up, rows in are rows out, one undo."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from makers import a_customer, a_product
from office_forms import CTRL, ENTER, ESC, Office, in_dialog, working
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QToolButton
from toy_office import OfficeArticle, keep

from dentalsales.i18n import use_language
from dentalsales.ui import theme
from dentalsales.ui.editors.lines import LinesEditor
from dentalsales.ui.lines_paste_dialog import PasteDialog
from dentalsales.ui.preferences import Preferences
from dentalsales.usecases.form import new_form, open_form


@pytest.fixture
def office(tmp_path: Path, qtbot: Any) -> Iterator[Office]:
    yield from working(tmp_path, qtbot)


@pytest.fixture
def lines(office: Office) -> LinesEditor:
    """An order with one line: ten of article 1; the cursor in the empty row below."""
    form = new_form(office.desk, "orders", customer_id=1)
    line = form.add_line("lines")
    line.set("product_id", 1)
    line.set("quantity", 10)
    editor = LinesEditor(office.desk, form, "lines")
    office.show(editor)
    editor.grid.begin()
    return editor


@pytest.fixture
def clerk(desks: Any, tmp_path: Path, qtbot: Any) -> Office:
    """A billing clerk of the real registers."""
    theme.apply(QApplication.instance(), "light")
    return Office(desks["clerk"], Preferences(tmp_path / "preferences.json"), qtbot)


def an_empty_order(clerk: Office, desks: Any) -> tuple[Any, LinesEditor]:
    form = new_form(desks["clerk"], "orders", customer_id=a_customer(desks))
    editor = LinesEditor(desks["clerk"], form, "lines")
    clerk.show(editor)
    editor.grid.begin()
    return form, editor


def paste(office: Office, block: str) -> None:
    QGuiApplication.clipboard().setText(block)
    office.press(Qt.Key.Key_V, held=CTRL)


def held(lines: LinesEditor) -> list[tuple[Any, Any]]:
    return [(line.get("product_id"), line.get("quantity")) for line in lines.model.lines]


@pytest.mark.parametrize(
    "block",
    [
        "Quantity\tCode\n12\tAB04\n6\tAB05",
        "产品\t数量\nAB04\t１２\nAB05\t6",
        "产品编码\t品名\t数量\t备注\nAB04\t\t12\t\nAB05\t\t３*2\t",
        "No.\tName\tQuantity\n1\t正畸托槽\t12\n2\t弓丝\t6",
    ],
)
def test_headings_in_either_language_say_which_column_is_which(office: Office, lines: LinesEditor, block: str) -> None:
    use_language("zh_CN" if "数量" in block else "en")
    if "品名" in block:
        block = block.replace("产品编码\t品名", "Code\tName").replace("数量", "Quantity").replace("备注", "Remark")
    paste(office, block)
    assert held(lines) == [(1, 10), (5, 12), (6, 6)]


def test_hundreds_of_rows_are_put_in_with_a_mark_that_work_is_going_on(
    office: Office, lines: LinesEditor, monkeypatch: pytest.MonkeyPatch
) -> None:
    marked: list[bool] = []
    take = lines.model.take_rows
    monkeypatch.setattr(
        lines.model,
        "take_rows",
        lambda *words: (marked.append(QApplication.overrideCursor() is not None), take(*words))[1],
    )
    lines.grid.go_to(0, 0)
    paste(office, "\n".join(f"AB{at % 12:02}\t{at % 7 + 1}" for at in range(500)))
    assert held(lines) == [(at % 12 + 1, at % 7 + 1) for at in range(500)]
    assert marked == [True] and QApplication.overrideCursor() is None


def test_without_headings_the_place_decides(office: Office, lines: LinesEditor) -> None:
    lines.grid.go_to(0, 1)
    paste(office, "77")
    assert held(lines) == [(1, 77)]
    lines.grid.go_to(0, 0)
    paste(office, "AB02\t5\nAB03\t6")
    assert held(lines) == [(3, 5), (4, 6)]


def test_without_headings_what_a_column_holds_decides_when_the_place_does_not_fit(
    office: Office, lines: LinesEditor
) -> None:
    paste(office, "12\tAB04\n6\tAB05")
    assert held(lines) == [(1, 10), (5, 12), (6, 6)]


def test_the_whole_block_is_one_step_of_undo(office: Office, lines: LinesEditor) -> None:
    paste(office, "\n".join(f"AB{number % 12:02}\t{number + 1}" for number in range(30)))
    assert len(lines.model.lines) == 31
    office.press(Qt.Key.Key_Z, held=CTRL)
    assert held(lines) == [(1, 10)]
    office.press(Qt.Key.Key_Y, held=CTRL)
    assert len(lines.model.lines) == 31


def test_quoted_cells_may_hold_line_breaks(office: Office, lines: LinesEditor) -> None:
    paste(office, 'Code\tQuantity\tRemark\nAB04\t3\t"blue,\nnot green"\n')
    assert lines.model.lines[1].get("remark") == "blue, not green"


def test_a_row_that_is_not_understood_is_shown_stays_as_it_was_copied_and_says_why(
    office: Office, lines: LinesEditor
) -> None:
    seen: list[str] = []

    def look(dialog: PasteDialog) -> None:
        model = dialog.table.model()
        seen.extend(model.index(row, 4).data() for row in range(model.rowCount()))
        office.press(ENTER)

    in_dialog(look)
    paste(office, "AB04\t3\nAB99\t4\nAB05\tmany")
    assert seen == [
        "",
        "“AB99” was not found. Choose “Product” from the list.",
        "“many” is no whole number. Enter one for “Quantity”.",
    ]
    assert held(lines)[1:] == [(5, 3), ("AB99", 4), (6, "many")]
    assert set(lines.model.problems) == {(2, "product_id"), (3, "quantity")}
    assert "Line 3: “AB99” was not found." in lines.notice.findChildren(type(lines.notice._text))[1].text()
    assert (lines.grid.currentIndex().row(), lines.grid.currentIndex().column()) == (2, 0)
    in_dialog(lambda _dialog: office.press(ENTER))
    paste(office, "AB04\t3\nAB05\tmany\nAB04\t2")
    assert lines.model.fields[lines.grid.currentIndex().column()][0] == "quantity"


def test_leaving_the_check_puts_nothing_in(office: Office, lines: LinesEditor) -> None:
    in_dialog(lambda dialog: office.press(ESC))
    paste(office, "AB04\t3\nAB99\t4")
    assert held(lines) == [(1, 10)]


def test_one_of_several_is_never_taken_silently_but_chosen_by_the_clerk(office: Office, lines: LinesEditor) -> None:
    keep(office.desk.company, OfficeArticle(code="AB20", name="手套加厚", list_price=Decimal(3)))

    def choose(dialog: PasteDialog) -> None:
        assert dialog.table.currentIndex().row() == 1
        office.press(Qt.Key.Key_Space)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        titles = [action.text() for action in menu.actions()[:2]]
        assert titles == ["AB10 手套", "AB20 手套加厚"]
        menu.actions()[1].trigger()
        menu.close()
        office.press(ENTER)

    in_dialog(choose)
    paste(office, "AB04\t3\nst\t4")
    assert [product for product, _quantity in held(lines)] == [1, 5, 13]
    assert lines.model.problems == {}


def test_an_exact_name_is_no_guess_but_a_part_of_a_name_is_shown_first(office: Office, lines: LinesEditor) -> None:
    shown: list[bool] = []
    paste(office, "手套\t3\n口罩\t4")
    assert [product for product, _quantity in held(lines)] == [1, 11, 12]

    def note(dialog: PasteDialog) -> None:
        shown.append(True)
        office.press(ENTER)

    in_dialog(note)
    paste(office, "AB00\t1\n托槽\t4")
    assert shown == [True] and held(lines)[-1] == (5, 4)


def test_another_price_in_the_block_is_shown_and_ours_holds(clerk: Office, desks: Any) -> None:
    product = a_product(desks, code="KA01", price="120.00")
    form, editor = an_empty_order(clerk, desks)
    paste(clerk, "产品编码\t数量\t单位\t单价\nKA01\t3\t支\t99.5\nKA01\t2\t盒\t1200")
    assert [line.get("unit_price") for line in form.lines("lines")] == [Decimal("120.0000"), Decimal("1200.0000")]
    assert form.lines("lines")[0].get("product_id") == product
    price = [name for name, _field in editor.model.fields].index("unit_price")
    assert (editor.model.copied(0, price), editor.model.copied(1, price)) == ("99.50", None)


def test_a_unit_the_product_is_not_sold_in_is_asked_about(clerk: Office, desks: Any) -> None:
    a_product(desks, code="KA01")
    form, editor = an_empty_order(clerk, desks)
    said: list[str] = []

    def look(dialog: PasteDialog) -> None:
        said.append(dialog.table.model().index(1, 4).data())
        clerk.press(ENTER)

    in_dialog(look)
    paste(clerk, "KA01\t3盒\nKA01\t2箱")
    assert said == ["“箱” is no unit of it. It is sold by 支 / 盒."]
    assert [line.get("unit") for line in form.lines("lines")] == ["盒", "支"]


def test_a_product_that_is_no_longer_sold_is_refused_by_name(clerk: Office, desks: Any) -> None:
    a_product(desks, code="KA01")
    old = a_product(desks, code="KA02")
    gone = open_form(desks["manager"], "products", old)
    gone.set("disabled", True)
    gone.save()
    form, editor = an_empty_order(clerk, desks)
    in_dialog(lambda dialog: clerk.press(ENTER))
    paste(clerk, "KA01\t3\nKA02\t2")
    assert [line.get("product_id") for line in form.lines("lines")][1] == "KA02"
    assert editor.model.data(editor.model.index(1, 0), Qt.ItemDataRole.ToolTipRole) == (
        "“KA02” is no longer used. Choose another “Product”."
    )


def test_a_unit_left_out_is_that_of_the_product_and_a_quantity_left_out_is_asked_for(clerk: Office, desks: Any) -> None:
    a_product(desks, code="KA01")
    form, _editor = an_empty_order(clerk, desks)
    paste(clerk, "产品编码\t单位\t数量\nKA01\t\t3\nKA01\t\t4")
    assert [(line.get("unit"), line.get("quantity")) for line in form.lines("lines")] == [("支", 3), ("支", 4)]
    said: list[str] = []

    def look(dialog: PasteDialog) -> None:
        said.append(dialog.table.model().index(1, 4).data())
        clerk.press(ESC)

    in_dialog(look)
    paste(clerk, "产品编码\t单位\t数量\nKA01\t\t3\nKA01\t\t")
    assert said == ["Enter “Quantity”."] and len(form.lines("lines")) == 2


def test_a_single_text_fills_the_cell_under_the_cursor_though_a_heading_says_the_same(
    clerk: Office, desks: Any
) -> None:
    """“赠品” is what a clerk writes into the notes of a gift, and the heading of a column too."""
    a_product(desks, code="KA01")
    form, editor = an_empty_order(clerk, desks)
    paste(clerk, "KA01\t3\nKA01\t4")
    names = [name for name, _field in editor.model.fields]
    for name, said, held_now in (
        ("remarks", "赠品", "赠品"),
        ("quantity", "7", 7),
        ("remarks", "手套M 3盒 树脂 2支", "手套M 3盒 树脂 2支"),
    ):
        editor.grid.go_to(0, names.index(name))
        before = form.lines("lines")[0].get(name)
        paste(clerk, said)
        assert form.lines("lines")[0].get(name) == held_now
        assert (editor.grid.currentIndex().row(), editor.grid.currentIndex().column()) == (0, names.index(name))
        clerk.press(Qt.Key.Key_Z, held=CTRL)
        assert form.lines("lines")[0].get(name) == before and len(form.lines("lines")) == 2


def test_a_single_code_or_name_is_looked_up_in_a_cell_of_products(clerk: Office, desks: Any) -> None:
    a_product(desks, code="KA01")
    other = a_product(desks, "抛光膏", code="KA02")
    form, editor = an_empty_order(clerk, desks)
    paste(clerk, "KA01\t3\nKA01\t4")
    for at, said in enumerate(("KA02", "抛光膏")):
        editor.grid.go_to(at, 0)
        paste(clerk, said)
        assert form.lines("lines")[at].get("product_id") == other
    names = [name for name, _field in editor.model.fields]
    editor.grid.go_to(2, names.index("unit_price"))
    paste(clerk, "12.50")
    assert len(form.lines("lines")) == 2, "a cell that the program fills takes nothing"


def test_what_is_said_of_refused_rows_goes_with_them(office: Office, lines: LinesEditor) -> None:
    """The list above the lines names what stands there now: by its number of now, and nothing that is mended."""

    def said() -> list[str]:
        texts = [one.text() for one in lines.notice.findChildren(QLabel) if one.text()]
        return texts[0].split("\n")[1:] if lines.notice.isVisible() else []

    in_dialog(lambda dialog: office.press(ENTER))
    paste(office, "AB04\t3\nAB98\t4\nAB05\t5\nAB99\t6\nAB07\t7")
    first, second = (f"“{code}” was not found. Choose “Product” from the list." for code in ("AB98", "AB99"))
    assert said() == [f"Line 3: {first}", f"Line 5: {second}"]
    lines.grid.go_to(2, 0)
    office.press(Qt.Key.Key_Delete, held=CTRL)
    assert said() == [f"Line 4: {second}"] and set(lines.model.problems) == {(3, "product_id")}
    office.press(Qt.Key.Key_Z, held=CTRL)
    assert said() == [f"Line 3: {first}", f"Line 5: {second}"]
    for row in (2, 4):
        lines.grid.go_to(row, 0)
        office.type("ab06")
        office.press(ENTER)
    assert held(lines)[2:] == [(7, 4), (6, 5), (7, 6), (8, 7)] and not lines.notice.isVisible()


def test_a_message_about_refused_rows_that_was_closed_stays_closed(office: Office, lines: LinesEditor) -> None:
    in_dialog(lambda dialog: office.press(ENTER))
    paste(office, "AB98\t4\nAB04\t6\nAB05\t7")
    assert lines.notice.isVisible()
    lines.notice.findChild(QToolButton).click()
    lines.grid.go_to(1, 0)
    office.press(Qt.Key.Key_Delete, held=CTRL)
    assert not lines.notice.isVisible()
