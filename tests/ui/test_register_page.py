"""The list of a register: reading on, searching, filtering, views, sorting, sums, copying, export, emptiness."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from makers import a_customer
from office_window import at_work, cells
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from dentalsales.blueprint.table import Filter
from dentalsales.registers.receivables import Receivable
from dentalsales.ui.main_window import MainWindow

NAMES = ("上海德惠牙科诊所", "北京瑞康口腔门诊部", "曾惠口腔诊所")


@pytest.fixture
def window(desks: Any, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "state"))
    for number, name in enumerate(NAMES):
        a_customer(desks, name, reviewed=number > 0, region="华东" if number == 0 else "华北")
    with at_work(desks["manager"], tmp_path, qtbot) as window:
        yield window


def listed(window: MainWindow, register: str = "customers") -> Any:
    page = window.shell.open_screen(f"list:{register}")
    assert window.runner.settle()
    return page


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


def test_an_empty_register_offers_to_begin(window: MainWindow) -> None:
    page = listed(window, "suppliers")
    assert page.empty.isVisible() and not page.table.isVisible()


def test_alt_1_takes_the_first_view_and_alt_0_all(window: MainWindow) -> None:
    page = listed(window)
    QTest.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
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
    page.table.view.selectRow(0)
    QTest.keyClick(page.table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    line = QGuiApplication.clipboard().text().split("\t")
    assert names(page)[0] in line and "0.00" in line
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(page.table.view, Qt.Key.Key_C, held)
    assert "Customer name" in QGuiApplication.clipboard().text().split("\n")[0]


def test_a_cell_tells_a_screen_reader_its_column(window: MainWindow) -> None:
    page = listed(window)
    place = [column.name for column in page.table.columns].index("name")
    said = page.table.model.index(0, place).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == f"Customer name: {names(page)[0]}"


def test_chosen_rows_are_summed_in_the_status_line(window: MainWindow) -> None:
    page = listed(window)
    page.table.view.selectAll()
    assert window.status.text.text().startswith("3 rows chosen")


def test_what_somebody_saves_appears_by_itself(window: MainWindow, desks: Any, qtbot: Any) -> None:
    page = listed(window)
    a_customer(desks, "深圳福田乐齿口腔门诊部")
    qtbot.waitUntil(lambda: len(names(page)) == 4)
    assert "深圳福田乐齿口腔门诊部" in names(page)


def test_a_long_list_is_read_on_while_it_is_scrolled(window: MainWindow, desks: Any) -> None:
    with desks.company.reading() as session:
        from dentalsales.registers.customers import Customer

        customer = session.query(Customer).first().id
    start = date(2026, 1, 1)
    with desks.company.writing() as session:
        session.add_all(some_receivables(customer, start, 450))
    page = listed(window, "receivables")
    assert page.table.model.rowCount() == 200
    assert page.table.model.totals.count == 450
    for _step in range(3):
        page.table.view.scrollToBottom()
        page.table.model.fetchMore()
        window.runner.settle()
    assert page.table.model.rowCount() == 450
    assert len(set(page.table.ids())) == 450


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


def test_columns_and_widths_are_remembered_and_can_be_reset(window: MainWindow) -> None:
    page = listed(window)
    usual = [column.name for column in page.table.columns]
    page.table._switch_column("region", False)
    window.runner.settle()
    page.table.view.horizontalHeader().resizeSection(0, 222)
    kept = window.preferences
    assert kept.get("widths.manager.customers") == {usual[0]: 222}
    assert "region" not in kept.get("columns.manager.customers")
    page.table._reset_columns()
    window.runner.settle()
    assert [column.name for column in page.table.columns] == usual


def test_export_writes_what_is_shown(window: MainWindow, tmp_path: Path, qtbot: Any) -> None:
    import openpyxl

    from dentalsales.exchange.excel_out import write_sheet
    from dentalsales.usecases import browse

    page = listed(window)
    type_in_search(window, page, "zhkq", qtbot)
    write_sheet(browse.sheet(window.desk, page.query()), tmp_path / "list.xlsx")
    text = [cell.value for row in openpyxl.load_workbook(tmp_path / "list.xlsx").active.iter_rows() for cell in row]
    assert "曾惠口腔诊所" in text and NAMES[0] not in text


def test_a_sum_is_never_cut_off_by_a_narrow_column(window: MainWindow) -> None:
    page = listed(window)
    place = [column.name for column in page.table.columns].index("purchases_total")
    page.table.model.totals.sums["purchases_total"] = Decimal("123456789012.34")
    page.table._show_loaded()
    assert page.table.view.columnWidth(place) >= page.table.total.needed()[place] > 100
