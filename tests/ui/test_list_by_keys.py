"""A list by keys alone: filter row, two orders, checks and their sums, groups, saved views that outlive a restart."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from office_forms import in_dialog
from office_window import at_work, cells
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from dentalsales.i18n import use_language
from dentalsales.registers.market_activities import MarketActivity
from dentalsales.ui.main_window import MainWindow
from dentalsales.usecases import browse

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
KINDS = ("exhibition", "training", "promotion")
NAME = "market_activities"


@pytest.fixture
def open_window(desks: Any, tmp_path: Path, qtbot: Any) -> Iterator[Callable[[], Any]]:
    """Opens the manager's window on thirty activities, as often as the test wants: each time is a new start."""
    with desks.company.writing() as session:
        for at in range(30):
            day = date(2026, 11, 20) - timedelta(days=3 * at)
            session.add(
                MarketActivity(
                    number=f"MA-2026-{at:04}",
                    title=f"口腔展会 {at:02}" if at % 2 else f"Training {at:02}",
                    kind=KINDS[at % 3],
                    starts_on=day,
                    ends_on=day,
                    budget=Decimal(100 * (at + 1)),
                    state="draft",
                    search_text=f"ma-2026-{at:04} "
                    + (f"口腔展会 {at:02} kqzh kqzh{at:02}" if at % 2 else f"training {at:02}"),
                )
            )
    yield lambda: at_work(desks["manager"], tmp_path, qtbot)
    use_language("en")


class Hands:
    """Two hands on the keyboard of a window whose list is open."""

    def __init__(self, window: MainWindow) -> None:
        self.window, self.pressed = window, 0
        self.page: Any = window.shell.open_screen(f"list:{NAME}")
        self.wait()

    def wait(self) -> None:
        for timer in (self.page._pause, self.page.table.filter_row._pause, self.page.sums._pause):
            if timer.isActive():
                timer.stop()
                timer.timeout.emit()
        assert self.window.runner.settle()

    def press(self, *keys: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            QTest.keyClick(QApplication.focusWidget() or self.window, key, held)
            self.pressed += 1
        self.wait()

    def type(self, text: str) -> None:
        for letter in text:
            if letter.isascii():
                QTest.keyClicks(QApplication.focusWidget(), letter)
            else:
                event = QInputMethodEvent()
                event.setCommitString(letter)
                QApplication.sendEvent(QApplication.focusWidget(), event)
            self.pressed += 1
        self.wait()

    def column(self, name: str) -> list[str]:
        place = [column.name for column in self.page.table.columns].index(name)
        return [row[place] for row in cells(self.page.table.model)]

    def go_to_column(self, name: str) -> None:
        """Move the cursor into a column by the arrow keys."""
        self.page.table.view.setFocus()
        place = [column.name for column in self.page.table.columns].index(name)
        while self.page.table.view.currentIndex().column() > place:
            self.press(Qt.Key.Key_Left)
        while self.page.table.view.currentIndex().column() < place:
            self.press(Qt.Key.Key_Right)


def test_ctrl_shift_l_opens_a_filter_row_in_which_typing_filters(open_window: Callable[[], Any]) -> None:
    with open_window() as window:
        hands = Hands(window)
        hands.go_to_column("budget")
        hands.press(Qt.Key.Key_L, held=CTRL | SHIFT)
        hands.type("1000-1200")
        assert sorted(hands.column("budget")) == ["1,000.00", "1,100.00", "1,200.00"]
        assert hands.page.table.total._cells[[c.name for c in hands.page.table.columns].index("budget")] == "3,300.00"
        hands.press(Qt.Key.Key_Escape)
        assert len(hands.column("budget")) == 30
        hands.press(Qt.Key.Key_Escape)
        assert QApplication.focusWidget() is hands.page.table.view


def test_the_filter_row_takes_words_for_days_parts_of_words_and_pinyin(open_window: Callable[[], Any]) -> None:
    with open_window() as window:
        hands = Hands(window)
        for name, typed, count in (
            ("starts_on", "今天", 1),
            ("starts_on", "11-01..11-20", 7),
            ("starts_on", "last month", 10),
            ("kind", "training", 10),
            ("title", "kqzh", 15),
            ("title", "展会", 15),
        ):
            hands.go_to_column(name)
            hands.press(Qt.Key.Key_L, held=CTRL | SHIFT)
            hands.type(typed)
            assert len(hands.column(name)) == count, typed
            hands.press(Qt.Key.Key_L, held=CTRL | SHIFT)


def test_what_the_filter_row_cannot_read_is_marked_and_filters_nothing(open_window: Callable[[], Any]) -> None:
    with open_window() as window:
        hands = Hands(window)
        hands.go_to_column("budget")
        hands.press(Qt.Key.Key_L, held=CTRL | SHIFT)
        hands.type("much")
        field = QApplication.focusWidget()
        assert field is not None and field.property("wrong") and "is not understood here" in field.toolTip()
        assert len(hands.column("budget")) == 30


def test_row_and_bar_and_search_narrow_together(open_window: Callable[[], Any]) -> None:
    with open_window() as window:
        hands = Hands(window)
        hands.press(Qt.Key.Key_F, held=CTRL)
        hands.type("kqzh")
        hands.press(Qt.Key.Key_Down)
        hands.go_to_column("budget")
        hands.press(Qt.Key.Key_L, held=CTRL | SHIFT)
        hands.type(">2500")
        assert sorted(hands.column("budget")) == ["2,600.00", "2,800.00", "3,000.00"]


def test_nothing_found_offers_the_whole_list_again(open_window: Callable[[], Any]) -> None:
    with open_window() as window:
        hands = Hands(window)
        hands.go_to_column("budget")
        hands.press(Qt.Key.Key_L, held=CTRL | SHIFT)
        hands.type("7")
        assert hands.page.empty.sentence.text() == "Nothing fits these filters."
        QTest.mouseClick(hands.page.empty._clear, Qt.MouseButton.LeftButton)
        hands.wait()
        assert len(hands.column("budget")) == 30


def test_shift_and_a_click_on_a_heading_adds_a_second_order(open_window: Callable[[], Any]) -> None:
    with open_window() as window:
        hands = Hands(window)
        header, columns = hands.page.table.header, [column.name for column in hands.page.table.columns]

        def click(name: str, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
            place = header.sectionViewportPosition(columns.index(name)) + 20
            spot = header.viewport().rect().center()
            spot.setX(place)
            QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, held, spot)
            hands.wait()

        click("kind")
        click("budget", SHIFT)
        click("budget", SHIFT)
        assert hands.page.table.query.order == "kind,-budget"
        found = list(zip(hands.column("kind"), hands.column("budget"), strict=True))
        assert found[:2] == [("Exhibition", "2,800.00"), ("Exhibition", "2,500.00")]
        model = hands.page.table.model
        assert model.headerData(columns.index("budget"), Qt.Orientation.Horizontal).endswith("↓2")


def test_space_shift_and_ctrl_a_check_and_the_status_line_sums(open_window: Callable[[], Any]) -> None:
    with open_window() as window:
        hands = Hands(window)
        hands.page.table.view.setFocus()
        budgets = [Decimal(text.replace(",", "")) for text in hands.column("budget")]
        hands.press(Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Space)
        total = budgets[0] + budgets[2]
        said = window.status.text.text()
        assert said.startswith(f"2 rows checked · Budget {total:,.2f}, average {total / 2:,.2f}")
        hands.press(Qt.Key.Key_Down)
        hands.press(Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, held=SHIFT)
        total += budgets[3] + budgets[4]
        assert window.status.text.text().startswith(f"4 rows checked · Budget {total:,.2f},")
        hands.press(Qt.Key.Key_A, held=CTRL)
        assert window.status.text.text().startswith(f"30 rows checked · Budget {sum(budgets):,.2f},")
        hands.press(Qt.Key.Key_Escape)
        assert window.status.text.text() == "30 records"


def test_checks_outlive_a_refresh_and_a_sort_but_not_another_search(open_window: Callable[[], Any]) -> None:
    with open_window() as window:
        hands = Hands(window)
        hands.page.table.view.setFocus()
        hands.press(Qt.Key.Key_Space)
        hands.press(Qt.Key.Key_F5)
        hands.page.table.sort_by(0)
        hands.wait()
        assert hands.page.table.checked_count() == 1
        hands.press(Qt.Key.Key_F, held=CTRL)
        hands.type("train")
        assert hands.page.table.checked.is_empty()


def test_groups_have_heads_with_count_and_sum_and_fold_by_keys(open_window: Callable[[], Any]) -> None:
    with open_window() as window:
        hands = Hands(window)
        hands.page.table.group_by("kind")
        hands.wait()
        view, model = hands.page.table.view, hands.page.table.model
        view.setFocus()
        assert model.rowCount() == 33
        heads = [row for row in range(33) if model.group(row) is not None]
        assert heads == [0, 11, 22]
        assert model.index(0, 0).data() == "Exhibition (10)"
        place = [column.name for column in hands.page.table.columns].index("budget")
        inside = [Decimal(model.index(row, place).data().replace(",", "")) for row in range(1, 11)]
        assert model.index(0, place).data() == f"{sum(inside):,.2f}"
        hands.press(Qt.Key.Key_Home, Qt.Key.Key_Left)
        assert model.rowCount() == 23 and model.group(1) is not None
        hands.press(Qt.Key.Key_Right)
        assert model.rowCount() == 33
        hands.press(Qt.Key.Key_Left, held=CTRL)
        assert model.rowCount() == 3
        hands.press(Qt.Key.Key_Space)
        assert hands.page.table.checked_count() == 10
        hands.press(Qt.Key.Key_Right, held=CTRL)
        hands.press(Qt.Key.Key_Down, Qt.Key.Key_Return)
        assert window.shell.workspace.current_record() is not None


def test_days_and_states_of_a_group_are_whole_also_when_all_groups_were_folded(open_window: Callable[[], Any]) -> None:
    with open_window() as window:
        hands = Hands(window)
        hands.page.table.group_by("title")
        hands.wait()
        view, model = hands.page.table.view, hands.page.table.model
        view.setFocus()
        hands.press(Qt.Key.Key_Left, held=CTRL)
        hands.page.table.layout_of.fit()
        hands.press(Qt.Key.Key_Right)
        assert model.group(1) is None
        for place, column in enumerate(hands.page.table.columns):
            words = model.index(1, place).data()
            if column.kind in ("day", "state") or column.name == "number":
                assert view.columnWidth(place) >= view.sizeHintForIndex(model.index(1, place)).width(), words


def test_a_saved_view_is_opened_by_alt_1_after_a_restart(open_window: Callable[[], Any]) -> None:
    with open_window() as window:
        hands = Hands(window)
        hands.go_to_column("budget")
        hands.press(Qt.Key.Key_L, held=CTRL | SHIFT)
        hands.type(">=2500")
        hands.press(Qt.Key.Key_Return)
        hands.page.table.sort_by([column.name for column in hands.page.table.columns].index("budget"))
        hands.wait()
        in_dialog(lambda dialog: (QTest.keyClicks(QApplication.focusWidget(), "Large ones"),
                                  QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)))  # fmt: skip
        hands.press(Qt.Key.Key_S, held=CTRL)
        wanted = hands.column("budget")
        assert len(wanted) == 6 and hands.page.views.current.label == "Large ones"
    with open_window() as window:
        hands = Hands(window)
        assert len(hands.column("budget")) == 30
        hands.press(Qt.Key.Key_1, held=ALT)
        assert hands.column("budget") == wanted
        hands.press(Qt.Key.Key_0, held=ALT)
        assert len(hands.column("budget")) == 30


def test_a_view_moves_with_the_calendar(open_window: Callable[[], Any], clock: Any) -> None:
    with open_window() as window:
        hands = Hands(window)
        hands.go_to_column("starts_on")
        hands.press(Qt.Key.Key_L, held=CTRL | SHIFT)
        hands.type("<=今天-60")
        count = len(hands.column("starts_on"))
        kept = hands.page.content().filters
        assert kept[-1].value == "today-60"
        clock.pass_days(6)
        hands.press(Qt.Key.Key_F5)
        assert len(hands.column("starts_on")) == count + 2


def test_columns_and_widths_are_kept_in_the_books_per_employee(open_window: Callable[[], Any], desks: Any) -> None:
    from dentalsales.usecases import personal

    with open_window() as window:
        hands = Hands(window)
        usual = [column.name for column in hands.page.table.columns]
        in_dialog(lambda dialog: (QTest.keyClick(dialog.list, Qt.Key.Key_Down, ALT),
                                  QTest.keyClick(dialog.list, Qt.Key.Key_End),
                                  QTest.keyClick(dialog.list, Qt.Key.Key_Space),
                                  QTest.keyClick(dialog.list, Qt.Key.Key_Return)))  # fmt: skip
        hands.press(Qt.Key.Key_K, held=CTRL | SHIFT)
        chosen = [column.name for column in hands.page.table.columns]
        assert chosen[:2] == [usual[1], usual[0]] and len(chosen) == len(usual) - 1
        hands.page.table.header.resizeSection(0, 233)
        hands.page.table.layout_of._write_now()
        hands.wait()
    assert f"list.{NAME}" in personal.read(desks["manager"]) and f"list.{NAME}" not in personal.read(desks["director"])
    with open_window() as window:
        hands = Hands(window)
        assert [column.name for column in hands.page.table.columns] == chosen
        assert hands.page.table.view.columnWidth(0) == 233
        hands.page.table.layout_of.reset()
        hands.wait()
        assert [column.name for column in hands.page.table.columns] == usual


def test_the_first_column_stays_while_the_others_are_scrolled(open_window: Callable[[], Any]) -> None:
    with open_window() as window:
        hands = Hands(window)
        window.resize(960, 540)
        for place in range(len(hands.page.table.columns)):
            hands.page.table.header.resizeSection(place, 220)
        view = hands.page.table.view
        view.setFocus()
        hands.press(*[Qt.Key.Key_Right] * (len(hands.page.table.columns) - 1))
        assert view.horizontalScrollBar().value() > 0 and view.frozen.isVisible()
        assert view.frozen.model().index(0, 0).data() == hands.column("number")[0]
        hands.press(*[Qt.Key.Key_Left] * (len(hands.page.table.columns) - 2))
        assert view.columnViewportPosition(1) >= view.frozen.width()


def test_export_has_the_rows_columns_order_and_filters_that_are_shown(open_window: Callable[[], Any]) -> None:
    with open_window() as window:
        hands = Hands(window)
        hands.go_to_column("budget")
        hands.press(Qt.Key.Key_L, held=CTRL | SHIFT)
        hands.type("1000-1200")
        shown = cells(hands.page.table.model)
        sheet = browse.sheet(window.desk, hands.page.table.checked_query())
        assert len(sheet.blocks[0].rows) == len(shown) == 3
        assert [column.name for column in sheet.blocks[0].columns] == [c.name for c in hands.page.table.columns]
        assert [words for words, _value in sheet.conditions] and sheet.conditions[0][0] == "Budget"
        hands.press(Qt.Key.Key_Return)
        hands.press(Qt.Key.Key_Space)
        assert len(browse.sheet(window.desk, hands.page.table.checked_query()).blocks[0].rows) == 1


def test_an_export_of_groups_has_its_rows_group_by_group_and_the_sum_of_each(open_window: Callable[[], Any]) -> None:
    with open_window() as window:
        hands = Hands(window)
        hands.page.table.group_by("kind")
        hands.wait()
        sheet = browse.sheet(window.desk, hands.page.table.shown_query())
        rows, sums = sheet.blocks
        names = [column.name for column in rows.columns]
        kinds = [str(row.cells[names.index("kind")]) for row in rows.rows]
        assert kinds == ["Exhibition"] * 10 + ["Training"] * 10 + ["Promotion"] * 10
        of_first = sum(row.cells[names.index("budget")] for row in rows.rows[:10])
        assert [str(sums.rows[0].cells[0]), *sums.rows[0].cells[1:3]] == ["Exhibition", 10, of_first]
        assert sums.totals[1:3] == (30, rows.totals[names.index("budget")])


def test_the_office_works_the_same_in_chinese(open_window: Callable[[], Any]) -> None:
    use_language("zh_CN")
    with open_window() as window:
        hands = Hands(window)
        hands.go_to_column("kind")
        hands.press(Qt.Key.Key_L, held=CTRL | SHIFT)
        hands.type("培训")
        assert len(hands.column("kind")) == 10
        hands.press(Qt.Key.Key_Return)
        hands.press(Qt.Key.Key_A, held=CTRL)
        assert window.status.text.text().startswith("已选 10 行 · ")
