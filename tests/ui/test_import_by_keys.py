"""An import goes by keys alone: the focus stands at what comes next, and never leaves the page by itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hands import CTRL, ENTER, Hands, Key
from office_window import at_work
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from dentalsales.exchange import import_file
from dentalsales.i18n import tr
from dentalsales.registers.customers import Customer
from dentalsales.ui.import_wizard import CHECK, FILE, MATCH, TABLE
from tests.imports.files import CUSTOMER_HEADINGS, customer, table

SECOND = "0571-87650002"


@contextmanager
def importing(desk: Any, folder: Path, qtbot: Any, path: Path) -> Iterator[tuple[Hands, Any]]:
    """The import page, with the path of a file on the clipboard."""
    with at_work(desk, folder, qtbot) as window:
        hands = Hands(window, qtbot)
        QApplication.clipboard().setText(str(path))
        page = window.shell.open_screen("import")
        yield hands, page


def names(desk: Any) -> list[str]:
    with desk.reading() as act:
        return list(act.session.scalars(select(Customer.name).order_by(Customer.id)))


def test_enter_goes_from_step_to_step(desk: Any, tmp_path: Path, qtbot: Any) -> None:
    path = table(tmp_path / "名单.csv", CUSTOMER_HEADINGS, customer("甲诊所"))
    with importing(desk, tmp_path, qtbot, path) as (hands, page):
        hands.press(Key.Key_V, held=CTRL)
        for step in (TABLE, MATCH, CHECK):
            assert page.steps.currentIndex() == step
            assert QApplication.focusWidget() is page.next
            hands.press(ENTER)
        assert names(desk) == ["甲诊所"]
        assert QApplication.focusWidget() is page.next, "which now opens the list"


def test_bad_cells_are_mended_one_after_the_other(desk: Any, tmp_path: Path, qtbot: Any) -> None:
    rows = (customer("甲诊所", rep="谁"), customer("乙诊所", rep="他", phone=SECOND))
    with importing(desk, tmp_path, qtbot, table(tmp_path / "名单.csv", CUSTOMER_HEADINGS, *rows)) as (hands, page):
        hands.press(Key.Key_V, held=CTRL)
        hands.press(ENTER, ENTER)
        assert page.steps.currentIndex() == CHECK
        for _row in rows:
            assert QApplication.focusWidget() is page.check.view
            hands.press(ENTER)
            hands.type("rep")
            hands.press(ENTER)
        assert QApplication.focusWidget() is page.next
        hands.press(ENTER)
        assert names(desk) == ["甲诊所", "乙诊所"]


def test_equal_values_are_mended_together_unless_that_is_not_wanted(desk: Any, tmp_path: Path, qtbot: Any) -> None:
    rows = [customer(f"{name}诊所", phone=f"0571-8800{at}", level="经销") for at, name in enumerate("甲乙丙")]
    with importing(desk, tmp_path, qtbot, table(tmp_path / "名单.csv", CUSTOMER_HEADINGS, *rows)) as (hands, page):
        hands.press(Key.Key_V, held=CTRL)
        hands.press(ENTER, ENTER)
        page.check.equal_ones.setChecked(False)
        hands.press(ENTER)
        hands.type("b")
        hands.press(ENTER)
        assert page.check.numbers["error"].text() == "2"
        page.check.equal_ones.setChecked(True)
        hands.press(ENTER)
        hands.type("c")
        hands.press(ENTER)
        assert page.check.numbers["error"].text() == "0"
        hands.press(ENTER)
        with desk.reading() as act:
            assert act.session.scalars(select(Customer.price_level).order_by(Customer.id)).all() == ["b", "c", "c"]


def test_what_only_one_may_have_is_mended_row_by_row(desk: Any, tmp_path: Path, qtbot: Any) -> None:
    import_file.run(desk, "customers", table(tmp_path / "old.csv", CUSTOMER_HEADINGS, customer("老客户", "K1")))
    rows = [customer(name, "K1", phone=f"0571-8800{at}") for at, name in enumerate(("甲诊所", "乙诊所"))]
    with importing(desk, tmp_path, qtbot, table(tmp_path / "名单.csv", CUSTOMER_HEADINGS, *rows)) as (hands, page):
        hands.press(Key.Key_V, held=CTRL)
        hands.press(ENTER, ENTER)
        assert page.check.numbers["error"].text() == "2", "the number belongs to somebody else"
        hands.press(ENTER)
        hands.type("K7")
        hands.press(ENTER)
        assert page.check.numbers["error"].text() == "1", "two customers never share a number"
        hands.press(ENTER)
        hands.type("K8")
        hands.press(ENTER)
        hands.press(ENTER)
        with desk.reading() as act:
            numbers = act.session.execute(select(Customer.name, Customer.number).order_by(Customer.id)).all()
        assert numbers[1:] == [("甲诊所", "K7"), ("乙诊所", "K8")]


def test_the_page_says_what_is_imported_and_is_ready_for_the_next_file_when_one_comes_back(
    desk: Any, tmp_path: Path, qtbot: Any
) -> None:
    path = table(tmp_path / "名单.csv", CUSTOMER_HEADINGS, customer("甲诊所"))
    with importing(desk, tmp_path, qtbot, path) as (hands, page):
        assert page.trail.what.text() == ""
        hands.press(Key.Key_V, held=CTRL)
        assert page.trail.what.text() == "Customers · 名单.csv"
        hands.press(ENTER, ENTER, ENTER)
        assert page.report.kept and page.steps.currentIndex() == CHECK
        hands.window.shell.open_screen("list:customers")
        hands.window.shell.open_screen("import")
        assert page.steps.currentIndex() == FILE


def test_f6_goes_round_the_parts_of_a_step_and_then_leaves_the_page(desk: Any, tmp_path: Path, qtbot: Any) -> None:
    rows = (customer("甲诊所", rep="谁"), customer("乙诊所", phone=SECOND))
    with importing(desk, tmp_path, qtbot, table(tmp_path / "名单.csv", CUSTOMER_HEADINGS, *rows)) as (hands, page):
        hands.press(Key.Key_V, held=CTRL)
        hands.press(ENTER, ENTER)
        seen = [QApplication.focusWidget()]
        while page.isAncestorOf(seen[-1]):
            hands.press(Key.Key_F6)
            seen.append(QApplication.focusWidget())
        check = page.check
        boxes = [check.only_errors, check.equal_ones, check.bad_rows, check.good_rows]
        assert seen[:-1] == [check.view, *boxes, page.back]
        hands.press(Key.Key_F6)
        assert QApplication.focusWidget() is check.view


def test_enter_on_a_kind_asks_for_its_file_and_esc_goes_back(
    desk: Any, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = table(tmp_path / "名单.csv", CUSTOMER_HEADINGS, customer("甲诊所"))
    with importing(desk, tmp_path, qtbot, path) as (hands, page):
        asked: list[int] = []
        monkeypatch.setattr(page.files, "ask", lambda: asked.append(page.files.list.currentRow()))
        hands.press(Key.Key_Down, ENTER)
        assert asked == [1]
        hands.press(Key.Key_Up)
        hands.press(Key.Key_V, held=CTRL)
        assert page.steps.currentIndex() == TABLE
        hands.press(Key.Key_Escape)
        assert page.steps.currentIndex() == FILE
        assert QApplication.focusWidget() is page.files.list


def test_a_workbook_like_the_one_before_is_checked_at_once(desk: Any, tmp_path: Path, qtbot: Any) -> None:
    with importing(desk, tmp_path, qtbot, table(tmp_path / "a.csv", CUSTOMER_HEADINGS, customer("甲诊所", "K1"))) as (
        hands,
        page,
    ):
        hands.press(Key.Key_V, held=CTRL)
        hands.press(ENTER, ENTER, ENTER)
        again = table(tmp_path / "b.csv", CUSTOMER_HEADINGS, customer("乙诊所", "K2", SECOND))
        QApplication.clipboard().setText(str(again))
        hands.press(Key.Key_Escape)
        hands.count = 0
        hands.press(Key.Key_V, held=CTRL)
        hands.press(ENTER)
        assert names(desk) == ["甲诊所", "乙诊所"]
        assert hands.count == 2


def test_what_is_not_imported_stands_on_the_page(desks: Any, tmp_path: Path, qtbot: Any) -> None:
    path = table(tmp_path / "名单.csv", (*CUSTOMER_HEADINGS, "星座"), [*customer("甲诊所"), "狮子"])
    with importing(desks["clerk"], tmp_path, qtbot, path) as (hands, page):
        hands.press(Key.Key_V, held=CTRL)
        hands.press(ENTER, ENTER)
        shown = page.check.notes.text()
        assert page.check.notes.isVisible()
        assert "Columns that are not imported: 星座" in shown and "“业务员” is left out" in shown
        assert shown.splitlines() == [tr(note) for note in page.report.notes]
