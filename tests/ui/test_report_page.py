"""Reports on screen: run, step through the periods, open what stands behind a row, preview, print, keep."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from makers import a_customer
from office_window import at_work, cells
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from dentalsales.blueprint.report import Period
from dentalsales.ui.main_window import MainWindow


@pytest.fixture
def window(desks: Any, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "state"))
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
        assert page.banner.isHidden() or report.customer  # a statement of account first wants its customer
        assert (page.sheet is None) == page.banner.isVisible(), "a refused report shows nothing of the one before"


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
