"""Reports on screen: run, step through the periods, open what stands behind a row, preview, print, keep."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from makers import a_customer, a_product, an_order, moved_to, some_stock
from office_window import at_work, cells
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from dentalsales.blueprint.report import Period
from dentalsales.blueprint.sheet import Chart
from dentalsales.i18n import Text
from dentalsales.ui import theme
from dentalsales.ui.chart_view import ChartView
from dentalsales.ui.main_window import MainWindow


@pytest.fixture
def window(desks: Any, tmp_path: Path, qtbot: Any) -> Iterator[MainWindow]:
    a_customer(desks)
    with at_work(desks["manager"], tmp_path, qtbot) as window:
        yield window


def reported(window: MainWindow, name: str, period: Period | None = None) -> Any:
    window.shell.open_report(name, period)
    assert window.runner.settle()
    return window.shell.workspace.current()


def test_every_report_runs_and_a_day_without_data_gives_its_empty_form(window: MainWindow) -> None:
    for report in window.desk.reports():
        page = reported(window, report.name)
        assert page.report is report
        assert page.banner.isHidden()
        assert (page.sheet is None) == report.needs_customer


def test_a_statement_first_asks_calmly_for_its_customer(window: MainWindow, desks: Any) -> None:
    page = reported(window, "statement")
    assert page.banner.isHidden() and page._choose_customer.isVisible() and page.view.tables == []
    assert page.customer.placeholderText() == "Choose a customer"
    QTest.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert page.customer.hasFocus(), "an export without a customer leads to the field"
    page.customer.set_value(a_customer(desks, "对账口腔"), "对账口腔")
    page.refresh()
    window.runner.settle()
    assert page.sheet is not None and page._choose_customer.isHidden()
    assert reported(window, "receivables_ageing").customer.placeholderText() == "All customers"


def test_alt_left_goes_to_the_month_before_and_alt_right_comes_back(window: MainWindow) -> None:
    page = reported(window, "sales_monthly")
    assert str(page.picker.period) == "2026-11"
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    window.runner.settle()
    assert (str(page.picker.period), page.picker.words.currentData()) == ("2026-10", "last_month")
    assert page.sheet.period == "2026-10"
    QTest.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    window.runner.settle()
    assert str(page.picker.period) == "2026-11"


def test_a_day_that_is_typed_is_the_day_that_is_reported(window: MainWindow) -> None:
    page = reported(window, "sales_daily")
    page.picker.start.setFocus()
    page.picker.start.selectAll()
    QTest.keyClicks(page.picker.start, "2026-11-03")
    QTest.keyClick(page.picker.start, Qt.Key.Key_Return)
    window.runner.settle()
    assert str(page.picker.period) == "2026-11-03"


def test_enter_on_a_row_opens_what_stands_behind_it(window: MainWindow) -> None:
    for report in window.desk.reports():
        page = reported(window, report.name)
        found = [
            (table, row, block.rows[row].opens)
            for block, table in zip([b for b in page.sheet.blocks if b.rows], page.view.tables, strict=True)
            for row in range(len(block.rows))
            if block.rows[row].opens is not None
        ]
        if found:
            table, row, opens = found[0]
            table.setFocus()
            table.selectRow(row)
            QTest.keyClick(table, Qt.Key.Key_Return)
            window.runner.settle()
            key = window.shell.workspace.screen_key
            assert window.shell.workspace.current_record() is not None or key == f"list:{opens.register}"
            return
    pytest.fail("no report leads anywhere")


def test_the_last_row_of_a_block_is_its_sum(window: MainWindow) -> None:
    for report in window.desk.reports():
        page = reported(window, report.name)
        if page.sheet is None:  # it first wants its customer
            continue
        for block, table in zip([b for b in page.sheet.blocks if b.rows], page.view.tables, strict=True):
            assert len(cells(table.model())) == len(block.rows) + (block.totals is not None)


def test_a_report_of_several_blocks_has_one_scroll_bar_and_the_arrows_move_it(window: MainWindow, qtbot: Any) -> None:
    page = reported(window, "sales_monthly")
    last = page.view.tables[-1]
    qtbot.waitUntil(lambda: page.view.verticalScrollBar().maximum() > 0)
    assert [table.verticalScrollBar().maximum() for table in page.view.tables] == [0] * len(page.view.tables)
    last.setFocus()
    last.selectRow(last.model().rowCount() - 1)
    foot = last.viewport().mapTo(page.view.viewport(), last.visualRect(last.currentIndex()).bottomLeft())
    assert page.view.viewport().rect().contains(foot)


def test_a_day_without_figures_offers_the_day_before_by_one_key(window: MainWindow) -> None:
    page = reported(window, "clerk_daily", Period.day(window.desk.today + timedelta(days=3)))
    assert not page.sheet.has_figures and page._nothing.isVisible()
    page._earlier.setFocus()
    QTest.keyClick(page._earlier, Qt.Key.Key_Space)
    window.runner.settle()
    assert page.picker.words.currentData() == "yesterday" and not page._earlier.isVisible()


def test_the_buckets_of_age_and_the_steps_of_expiry_open_lists_of_the_same_sum(desks: Any, window: MainWindow) -> None:
    customer = a_customer(desks, "丙口腔", terms="account", terms_days=30, credit_limit=Decimal(9999))
    product = a_product(desks)
    for lot, days in (("L1", 400), ("L2", 20), ("L3", 100)):
        some_stock(desks, product, 10, lot=lot, expires_in=days)
    moved_to(desks, an_order(desks, customer, (product, 2)), "billed")
    desks.clock.pass_days(70)
    checked = 0
    for report, name, column in (("sales_monthly", "ageing", "open"), ("stock_expiry", "summary", "")):
        page = reported(window, report)
        block = next(block for block in page.sheet.blocks if block.name == name)
        for row in block.rows:
            if row.opens is not None:
                window.shell.open_target(row.opens)
                window.runner.settle()
                totals = window.shell.workspace.current().table.model.totals  # type: ignore[union-attr]
                assert (totals.sums[column] if column else totals.count) == row.cells[1], str(row.cells[0])
                checked += 1
    assert checked >= 3


def test_the_chart_of_the_screen_is_the_drawing_of_the_paper_in_the_colours_of_the_theme(window: MainWindow) -> None:
    chart = Chart(Text("Sales"), ("1", "2"), (("Sales", (Decimal(10), Decimal(20))),))
    for scheme in ("light", "dark"):
        theme.apply(QApplication.instance(), scheme)
        view = ChartView(chart, window.runner)
        view.setParent(window.centralWidget())
        view.resize(400, 240)
        view.show()
        window.runner.settle()
        assert view.is_drawn
        picture = view.grab().toImage()
        assert picture.pixelColor(2, 2) == theme.current().colour("bg.surface")
        colours = {picture.pixelColor(x, y).name() for x in range(0, 400, 2) for y in range(0, 240, 2)}
        assert theme.current().colour("series.1").name() in colours
        view.deleteLater()
