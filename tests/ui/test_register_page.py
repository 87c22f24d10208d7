"""The list of a register: reading on, searching, filtering, views, sorting, sums, copying, export, emptiness."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from makers import a_customer, a_product
from office_window import at_work, cells
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from dentalsales.blueprint.sheet import Block, Row, SheetColumn
from dentalsales.blueprint.table import Filter
from dentalsales.i18n import Text
from dentalsales.registers.receivables import Receivable
from dentalsales.ui.cell_delegate import BLANK
from dentalsales.ui.main_window import MainWindow
from dentalsales.ui.plain_table import model_of
from dentalsales.usecases import browse
from dentalsales.usecases.form import open_form

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
NAMES = ("上海德惠牙科诊所", "北京瑞康口腔门诊部", "曾惠口腔诊所")


@pytest.fixture
def window(desks: Any, tmp_path: Path, qtbot: Any) -> Iterator[MainWindow]:
    for number, name in enumerate(NAMES):
        a_customer(desks, name, reviewed=number > 0, region="华东" if number == 0 else "华北")
    with at_work(desks["manager"], tmp_path, qtbot) as window:
        yield window


def listed(window: MainWindow, register: str = "customers") -> Any:
    page = window.shell.open_screen(f"list:{register}")
    assert window.runner.settle()
    return page


def press(page: Any, *keys: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press keys in the table."""
    page.table.view.setFocus()
    for key in keys:
        QTest.keyClick(page.table.view, key, held)


def names(page: Any) -> list[str]:
    place = [column.name for column in page.table.columns].index("name")
    return [row[place] for row in cells(page.table.model)]


def type_in_search(window: MainWindow, page: Any, text: str, qtbot: Any) -> None:
    page.search.setFocus()
    QTest.keyClicks(page.search, text)
    qtbot.waitUntil(lambda: page.table.query.search == text)
    assert window.runner.settle()


def test_the_list_shows_every_record_and_says_how_many(window: MainWindow) -> None:
    page = listed(window)
    assert sorted(names(page)) == sorted(NAMES)
    assert window.status.text.text() == "3 records"


def test_typing_finds_by_pinyin_initials_in_every_reading(window: MainWindow, qtbot: Any) -> None:
    page = listed(window)
    for typed in ("zhkq", "chkq"):
        page.search.clear()
        type_in_search(window, page, typed, qtbot)
        assert names(page) == ["曾惠口腔诊所"]


def test_a_search_without_match_says_so_and_leads_back(window: MainWindow, qtbot: Any) -> None:
    page = listed(window)
    type_in_search(window, page, "zh99", qtbot)
    assert page.empty.sentence.text() == "No match for “zh99”. Check the spelling, or show the whole list."
    page._clear()
    window.runner.settle()
    assert len(names(page)) == 3 and page.table.isVisible()


def test_escape_clears_the_search_and_then_goes_to_the_table(window: MainWindow, qtbot: Any) -> None:
    page = listed(window)
    type_in_search(window, page, "zhkq", qtbot)
    QTest.keyClick(page.search, Qt.Key.Key_Escape)
    assert page.search.text() == ""
    QTest.keyClick(page.search, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is page.table.view


def test_an_empty_register_offers_an_import_only_where_there_is_one(window: MainWindow) -> None:
    def offer(register: str) -> QPushButton:
        buttons = listed(window, register).empty.findChildren(QPushButton)
        return next(one for one in buttons if one.text() == "Import from Excel")

    shown = {name: offer(name).isVisible() for name in ("products", "orders", "market_activities")}
    assert shown == {"products": True, "orders": False, "market_activities": False}
    offer("products").click()
    assert window.shell.open_screen("import").files.kind.name == "products"


def test_an_empty_register_offers_to_begin(window: MainWindow) -> None:
    page = listed(window, "suppliers")
    assert page.empty.isVisible() and not page.table.isVisible()


def test_alt_and_the_digit_on_a_chip_open_its_view_and_alt_0_all(window: MainWindow) -> None:
    page = listed(window)
    chips = page.views.chips
    place = next(at for at, chip in enumerate(chips) if chip.key == "built:to_review")
    assert [page.views._group.button(at).digit for at in range(len(chips))] == [str(at) for at in range(len(chips))]
    QTest.keyClick(window, Qt.Key(Qt.Key.Key_0 + place), Qt.KeyboardModifier.AltModifier)
    window.runner.settle()
    assert names(page) == [NAMES[0]]  # the one that waits for its review
    QTest.keyClick(window, Qt.Key.Key_0, Qt.KeyboardModifier.AltModifier)
    window.runner.settle()
    assert len(names(page)) == 3


def test_a_filter_narrows_the_list_and_is_counted_on_its_button(window: MainWindow) -> None:
    page = listed(window)
    part = page.filters.parts["state"]
    part.setCurrentIndex(part.findData("active"))
    window.runner.settle()
    assert (sorted(names(page)), page.filter_button.text()) == (sorted(NAMES[1:]), "Filter (1)")
    page.filters.clear()
    window.runner.settle()
    assert len(names(page)) == 3


def test_a_tile_narrows_the_list_until_the_whole_is_asked_for(window: MainWindow) -> None:
    window.shell.open_list("customers", (Filter("state", "=", "to_review"),))
    window.runner.settle()
    page: Any = window.shell.workspace.current()
    assert names(page) == [NAMES[0]] and page.narrowed.isVisible()
    page.narrowed.click()
    window.runner.settle()
    assert len(names(page)) == 3 and not page.narrowed.isVisible()


def test_a_click_on_a_heading_sorts_and_a_second_one_turns_round(window: MainWindow) -> None:
    page = listed(window)
    place = [column.name for column in page.table.columns].index("name")
    page.table.view.horizontalHeader().sectionClicked.emit(place)
    window.runner.settle()
    first = names(page)
    page.table.view.horizontalHeader().sectionClicked.emit(place)
    window.runner.settle()
    assert names(page) == list(reversed(first))


def test_enter_opens_the_record_and_alt_page_down_the_next(window: MainWindow) -> None:
    page = listed(window)
    page.table.view.selectRow(0)
    page.table.view.setFocus()
    QTest.keyClick(page.table.view, Qt.Key.Key_Return)
    tab = window.shell.workspace.current_record()
    assert tab is not None and tab.widget.form.get("name") == names(page)[0]
    QTest.keyClick(window, Qt.Key.Key_PageDown, Qt.KeyboardModifier.AltModifier)
    tab = window.shell.workspace.current_record()
    assert tab is not None and tab.widget.form.get("name") == names(page)[1]
    assert len(window.shell.workspace.records) == 1


def test_copied_rows_are_raw_values_that_excel_takes(window: MainWindow) -> None:
    page = listed(window)
    form = open_form(window.shell.desk, "customers", page.table.current_id() or 0)
    form.set("contact", "=1+1")
    form.save()
    press(page, Qt.Key.Key_C, held=CTRL)
    window.runner.settle()
    line = QGuiApplication.clipboard().text().split("\t")
    assert names(page)[0] in line and "0.00" in line
    assert "'=1+1" in line, "what somebody typed is no formula where it is pasted"
    press(page, Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Space)
    press(page, Qt.Key.Key_C, held=CTRL | SHIFT)
    window.runner.settle()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert "Customer name" in lines[0] and len(lines) == 3


def test_a_cell_tells_a_screen_reader_its_column(window: MainWindow) -> None:
    page = listed(window)
    place = [column.name for column in page.table.columns].index("name")
    said = page.table.model.index(0, place).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == f"Customer name: {names(page)[0]}"


def test_what_somebody_saves_appears_by_itself(window: MainWindow, desks: Any, qtbot: Any) -> None:
    page = listed(window)
    a_customer(desks, "深圳福田乐齿口腔门诊部")
    qtbot.waitUntil(lambda: "深圳福田乐齿口腔门诊部" in names(page))
    assert len(names(page)) == 4


def test_a_list_that_was_behind_another_tab_is_read_again_when_the_keys_come_back(window: MainWindow) -> None:
    page = listed(window)
    page.table.view.setFocus()
    QTest.keyClick(page.table.view, Qt.Key.Key_Return)
    form = window.shell.workspace.current_record().widget.form
    form.set("name", "南京玄武新名口腔门诊部")
    QTest.keyClick(window, Qt.Key.Key_S, CTRL)
    QTest.keyClick(window, Qt.Key.Key_Tab, CTRL)
    assert window.shell.workspace.current_record() is None
    assert window.runner.settle()
    assert "南京玄武新名口腔门诊部" in names(page)


def test_a_long_list_has_its_full_length_and_end_shows_its_last_row(window: MainWindow, desks: Any) -> None:
    with desks.company.reading() as session:
        from dentalsales.registers.customers import Customer

        customer = session.query(Customer).first().id
    with desks.company.writing() as session:
        session.add_all(some_receivables(customer, date(2026, 1, 1), 950))
    page = listed(window, "receivables")
    assert page.table.model.rowCount() == page.table.model.totals.count == 950
    press(page, Qt.Key.Key_End)
    assert window.runner.settle()
    whole = browse.ids(window.desk, page.table.query)
    assert page.table.view.currentIndex().row() == 949 and page.table.current_id() == whole[-1]
    press(page, Qt.Key.Key_Home, Qt.Key.Key_PageDown)
    assert window.runner.settle()
    row = page.table.view.currentIndex().row()
    assert 5 < row < 40 and page.table.current_id() == whole[row]
    place = page.table.ids().index(whole[row])
    assert page.table.ids()[place : place + 100] == tuple(whole[row : row + 100])


def some_receivables(customer: int, start: date, count: int) -> list[Receivable]:
    """So many open amounts of a customer, a day apart."""
    required = {"customer_id": customer, "number": None}
    made = []
    for number in range(count):
        words = {name: value for name, value in required.items() if hasattr(Receivable, name)}
        made.append(Receivable(**words, **day_of(start + timedelta(days=number))))
    return made


def day_of(day: date) -> dict[str, date]:
    """The days that a receivable carries."""
    return {name: day for name in ("due_on", "entered_on", "billed_on", "on") if hasattr(Receivable, name)}


def test_the_points_of_unit_prices_stand_under_one_another(window: MainWindow, desks: Any) -> None:
    for number, amount in enumerate(("12.50", "12.3456", "12.125")):
        a_product(desks, f"产品{number}", price=amount)
    page = listed(window, "prices")
    view, model = page.table.view, page.table.model
    at = [column.name for column in page.table.columns].index("unit_price")
    view.scrollTo(model.index(0, at))
    picture = view.viewport().grab().toImage()

    def first_ink(row: int) -> int:
        place = view.visualRect(model.index(row, at)).adjusted(2, 4, -2, -4)
        heights = range(place.top(), place.bottom())
        inked = (x for x in range(place.left(), place.right())
                 if any(picture.pixelColor(x, y).lightness() < 128 for y in heights))  # fmt: skip
        return next(inked)

    assert sorted(row[at] for row in cells(model)) == ["12.125", "12.3456", "12.50"]
    begin = [first_ink(row) for row in range(3)]
    assert max(begin) - min(begin) <= 1, "but for half a pixel"
    block = Block(Text("Prices"), (SheetColumn("p", Text("Price"), "price"),), (Row((Decimal("2.5"),)), Row((None,))))
    report = model_of(block)
    assert [report.data(report.index(row, 0), BLANK) for row in range(2)] == [0, 0], "no room is lost without need"


def test_export_writes_what_is_shown(window: MainWindow, tmp_path: Path, qtbot: Any) -> None:
    import openpyxl

    from dentalsales.exchange.excel_out import write_sheet

    page = listed(window)
    type_in_search(window, page, "zhkq", qtbot)
    write_sheet(browse.sheet(window.desk, page.query()), tmp_path / "list.xlsx")
    text = [cell.value for row in openpyxl.load_workbook(tmp_path / "list.xlsx").active.iter_rows() for cell in row]
    assert "曾惠口腔诊所" in text and NAMES[0] not in text


def test_a_sum_is_never_cut_off_by_a_narrow_column(window: MainWindow) -> None:
    page = listed(window)
    place = [column.name for column in page.table.columns].index("purchases_total")
    page.table.model.totals.sums["purchases_total"] = Decimal("123456789012.34")
    page.table._show_counted()
    assert page.table.view.columnWidth(place) >= page.table.total.needed()[place] > 100
