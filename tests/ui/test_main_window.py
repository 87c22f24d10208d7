"""The main window: navigation, tabs, keys, palette, language and look without a restart, lock, leaving."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from makers import a_customer, a_product, an_order, moved_to, some_stock
from office_window import at_work
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QMessageBox, QWidget

from dentalsales.i18n import _, language
from dentalsales.ui import theme
from dentalsales.ui.background import Task
from dentalsales.ui.command_palette import CommandPalette
from dentalsales.ui.empty_list import EmptyList
from dentalsales.ui.main_window import MainWindow
from dentalsales.ui.messages import FOOT
from dentalsales.ui.navigation import KEY
from dentalsales.ui.password_dialog import PasswordDialog
from dentalsales.ui.screens import screens_of
from dentalsales.ui.sign_in_dialog import SignInDialog
from dentalsales.usecases.form import open_form

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def window(desks: Any, tmp_path: Path, qtbot: Any) -> Iterator[MainWindow]:
    with at_work(desks["manager"], tmp_path, qtbot) as window:
        yield window


def press(window: MainWindow, key: Qt.Key, held: Qt.KeyboardModifier = CTRL) -> None:
    QTest.keyClick(window, key, held)
    window.runner.settle()


def with_next_dialog(act: Any) -> None:
    """Call `act` with the next dialog as soon as it is open."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            QTimer.singleShot(10, look)
        else:
            act(dialog)

    QTimer.singleShot(10, look)


def keys_of_navigation(window: MainWindow) -> list[str]:
    rows = range(window.navigation.list.count())
    return [key for row in rows if (key := window.navigation.list.item(row).data(KEY))]


def test_every_screen_of_the_navigation_opens_whole_and_named(window: MainWindow, desks: Any) -> None:
    """What the employee may see is offered; nothing flashes as a window of its own; every control bears a name."""
    seen = keys_of_navigation(window)
    assert seen[0] == "today" and {"reports", "import", "backup", "settings"} <= set(seen)
    assert {key[5:] for key in seen if key.startswith("list:")} == {register.name for register in window.desk.menu()}
    watcher = WindowWatcher()
    QApplication.instance().installEventFilter(watcher)
    for key in seen:
        window.shell.open_screen(key)
        assert window.runner.settle()
        assert window.shell.workspace.screen_key == key
        assert window.top.title.text() == window.shell.workspace.bar.tabText(0)
    assert nameless(window) == []
    window.shell.open_record("customers", a_customer(desks))
    window.runner.settle()
    QApplication.instance().removeEventFilter(watcher)
    assert watcher.seen == []
    assert [message.text for message in window.messages.said] == []


class WindowWatcher(QObject):
    """Remembers every window that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(f"{type(watched).__name__} {watched.accessibleName()}")
        return False


def test_ctrl_and_a_digit_open_the_screens_that_bear_it(window: MainWindow) -> None:
    bearing = {screen.digit: screen.key for screen in screens_of(window.desk) if screen.digit}
    assert {1: "today", 2: "list:customers", 4: "list:orders", 9: "reports"}.items() <= bearing.items()
    for digit, key in bearing.items():
        press(window, Qt.Key(Qt.Key.Key_0 + digit))
        assert window.shell.workspace.screen_key == key


def test_the_navigation_is_walked_with_the_arrows_after_f6(window: MainWindow) -> None:
    press(window, Qt.Key.Key_F6, Qt.KeyboardModifier.NoModifier)
    assert QApplication.focusWidget() is window.navigation.list
    QTest.keyClick(window.navigation.list, Qt.Key.Key_Down)
    QTest.keyClick(window.navigation.list, Qt.Key.Key_Return)
    window.runner.settle()
    assert window.shell.workspace.screen_key == keys_of_navigation(window)[1]


def test_a_narrow_window_shows_icons_that_keep_their_names(window: MainWindow) -> None:
    window.resize(960, 540)
    assert window.navigation.narrow and window.navigation.width() == 56
    item = window.navigation.list.item(0)
    assert (item.text(), item.toolTip()) == ("Today", "Today (Ctrl+1)")


def test_each_record_has_its_tab_once_and_ctrl_w_closes_it(window: MainWindow, desks: Any) -> None:
    first, second = a_customer(desks, "甲口腔"), a_customer(desks, "乙口腔")
    for record_id in (first, second, first):
        window.shell.open_record("customers", record_id)
    workspace = window.shell.workspace
    assert workspace.bar.count() == 3 and workspace.bar.currentIndex() == 1
    press(window, Qt.Key.Key_Tab)
    assert workspace.bar.currentIndex() == 2
    press(window, Qt.Key.Key_W)
    assert workspace.bar.count() == 2
    press(window, Qt.Key.Key_W)
    press(window, Qt.Key.Key_W)
    assert workspace.bar.count() == 1


def test_tabs_are_told_apart_by_number_and_customer(window: MainWindow, desks: Any) -> None:
    product = a_product(desks)
    some_stock(desks, product, 10)
    for name in ("甲口腔", "乙口腔"):
        paper = moved_to(desks, an_order(desks, a_customer(desks, name), (product, 1)), "stock_confirmed")
        window.shell.open_record("orders", paper.id)
    window.shell.open_record("orders", an_order(desks, a_customer(desks, "丙口腔"), (product, 1)).id)
    bar = window.shell.workspace.bar
    assert [bar.tabText(place) for place in (1, 2, 3)] == [
        "1120-001 甲口腔",
        "1120-002 乙口腔",
        "丙口腔 · Order, Entered",
    ]
    assert bar.tabToolTip(1) == bar.accessibleTabName(1) == "Order SO-20261120-001 · 甲口腔"
    for name in range(9):
        window.shell.open_record("customers", a_customer(desks, f"天津第{name}口腔门诊部有限公司"))
    assert all(bar.tabRect(place).width() > 100 for place in range(1, bar.count())), "no tab is squeezed to nothing"
    assert bar.tabText(4) == "天津第0口腔门诊部有限公司"


def test_alt_left_leads_from_a_record_to_the_row_it_was_opened_from(window: MainWindow, desks: Any) -> None:
    for name in ("甲口腔", "乙口腔"):
        a_customer(desks, name)
    page: Any = window.shell.open_screen("list:customers")
    window.runner.settle()
    page.table.view.setCurrentIndex(page.table.model.index(1, 0))
    QTest.keyClick(page.table.view, Qt.Key.Key_Return)
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.shell.workspace.current() is page
    assert page.focusWidget() is page.table.view and page.table.view.currentIndex().row() == 1


def test_a_changed_record_is_marked_and_asks_before_it_is_closed(window: MainWindow, desks: Any) -> None:
    window.shell.open_record("customers", a_customer(desks))
    tab = window.shell.workspace.records[0]
    tab.widget.form.set("contact", "李医生")
    tab.widget.title_changed.emit(str(tab.widget.form.title))
    assert window.shell.workspace.bar.tabText(1).startswith("•")
    with_next_dialog(lambda box: box.reject())
    press(window, Qt.Key.Key_W)
    assert len(window.shell.workspace.records) == 1


def test_the_primary_button_begins_a_record_of_the_screen(window: MainWindow) -> None:
    window.shell.open_list("customers")
    assert window.top.new.text() == "New customer"
    press(window, Qt.Key.Key_N)
    tab = window.shell.workspace.current_record()
    assert tab is not None and tab.widget.form.is_new


def test_the_palette_opens_a_report_by_its_alias_in_four_keys(window: MainWindow) -> None:
    press(window, Qt.Key.Key_K)
    palette = next(widget for widget in QApplication.topLevelWidgets() if isinstance(widget, CommandPalette))
    alias = next(alias for report in window.desk.reports() for alias in report.aliases)
    QTest.keyClicks(palette.field, alias)
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    window.runner.settle()
    page: Any = window.shell.workspace.current()
    assert window.shell.workspace.screen_key == "reports" and alias in page.report.aliases


def test_the_palette_finds_a_customer_by_initials(window: MainWindow, desks: Any) -> None:
    a_customer(desks, "曾惠口腔诊所")
    press(window, Qt.Key.Key_K)
    palette = next(widget for widget in QApplication.topLevelWidgets() if isinstance(widget, CommandPalette))
    QTest.keyClicks(palette.field, "zhkq")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    window.runner.settle()
    tab = window.shell.workspace.current_record()
    assert tab is not None and tab.widget.form.get("name") == "曾惠口腔诊所"


def test_the_language_changes_without_a_restart_and_keeps_what_was_typed(window: MainWindow, desks: Any) -> None:
    window.shell.open_record("customers", a_customer(desks))
    window.shell.workspace.records[0].widget.form.set("contact", "李医生")
    window.choose_look("language", "zh_CN")
    window.runner.settle()
    assert language() == "zh_CN" and window.preferences.get("language") == "zh_CN"
    assert window.navigation.list.item(0).text() == "今日"
    assert [tab.widget.form.get("contact") for tab in window.shell.workspace.records] == ["李医生"]
    window.choose_look("language", "en")
    window.runner.settle()
    assert window.navigation.list.item(0).text() == "Today"


def test_dark_colours_and_larger_text_come_at_once(window: MainWindow) -> None:
    window.choose_look("scheme", "dark")
    assert theme.current().name == "dark"
    press(window, Qt.Key.Key_Equal)
    assert theme.current().percent == 110
    press(window, Qt.Key.Key_0)
    window.choose_look("scheme", "light")
    assert (theme.current().name, theme.current().percent) == ("light", 100)


def nameless(window: MainWindow) -> list[tuple[str, str]]:
    """Controls without a word for screen readers, also on pages that are not seen now."""
    return [
        (type(widget).__name__, widget.parentWidget().objectName())
        for kind in (QAbstractButton, QLineEdit, QComboBox)
        for widget in window.findChildren(kind)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and not name_of(widget) and not is_inner(widget)
    ]


def name_of(widget: QWidget) -> str:
    return widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")


def is_inner(widget: QWidget) -> bool:
    """Parts that Qt puts inside a control of its own."""
    inner = ("QTableCornerButton", "QLineEditIconButton")
    return widget.objectName().startswith("qt_") or type(widget).__name__ in inner


def test_a_refusal_stays_until_it_is_closed_and_success_is_kept_in_the_list(window: MainWindow) -> None:
    assert window.shell.attempt(lambda: open_form(window.desk, "customers", 999)) is None
    window.shell.toast(_("Your password was changed."), "success")
    assert [message.tone for message in window.messages.said] == ["danger", "success"]
    assert len(window.messages._toasts) == 2


def test_several_messages_are_seen_whole_above_the_sums_and_what_is_said_twice_is_one(window: MainWindow) -> None:
    for _time in range(3):
        window.shell.toast("The same sentence.", "danger")
    for number in range(6):
        window.shell.toast(
            f"Product {number} is short: 3 boxes needed, 0 available. Reduce the quantity. " * 3, "danger"
        )
    toasts = window.messages._toasts
    assert [toast.text for toast in toasts].count("The same sentence.") == 1
    seen = [toast for toast in toasts if toast.isVisible()]
    assert seen == toasts[-len(seen) :] and len(seen) >= 3
    for above, below in pairwise(seen):
        assert above.geometry().bottom() < below.geometry().top()
    assert seen[-1].geometry().bottom() <= window.height() - theme.current().px(FOOT)
    for toast in seen:
        [words] = [each for each in toast.findChildren(QLabel) if each.text() == toast.text]
        assert words.height() >= words.heightForWidth(words.width()), "no line is cut off"
    seen[-1].leave()
    assert len([toast for toast in toasts if toast.isVisible()]) >= len(seen), "the one that waited is seen now"


def test_an_undo_in_a_message_takes_the_act_back(window: MainWindow) -> None:
    taken_back: list[bool] = []
    window.shell.toast(_("Your password was changed."), "success", lambda: taken_back.append(True))
    buttons = window.messages._toasts[0].findChildren(QAbstractButton)
    next(button for button in buttons if button.text() == "Undo").click()
    assert taken_back == [True] and window.messages._toasts == []


def test_a_question_bears_its_verb_and_a_dangerous_one_is_not_the_default(window: MainWindow) -> None:
    seen: list[list[str]] = []

    def answer(box: QMessageBox) -> None:
        seen.append([button.text() for button in box.buttons()])
        assert box.defaultButton().text() == "Cancel"
        next(button for button in box.buttons() if button.text() == "Sign out").click()

    with_next_dialog(answer)
    assert window.shell.ask(_("This is the end of the list."), _("Sign out"), danger=True)
    assert sorted(seen[0]) == ["Cancel", "Sign out"]


def test_long_work_counts_in_the_status_line_and_stops_when_asked(window: MainWindow, qtbot: Any) -> None:
    finished: list[Any] = []
    counted: list[int] = []

    def work(task: Task) -> None:
        while True:
            counted.append(len(counted))
            task.progress(len(counted), 1000)
            qtbot_pause()

    window.runner.run_long(work, _("Import"), finished.append)
    qtbot.waitUntil(lambda: "Import" in window.status._work.text() and "1,000" in window.status._work.text())
    window.status._cancel.click()
    assert window.runner.settle()
    assert finished == [] and window.status._work.isHidden()


def qtbot_pause() -> None:
    from time import sleep

    sleep(0.01)


def test_the_lock_covers_the_window_until_the_password_is_right(desks: Any, tmp_path: Path, qtbot: Any) -> None:
    asked: list[tuple[str, str]] = []

    def unlock(dialog: SignInDialog) -> None:
        assert not window.centralWidget().isVisible()
        QTest.keyClicks(dialog.password, "secret")
        QTest.keyClick(dialog.password, Qt.Key.Key_Return)

    with at_work(desks["manager"], tmp_path, qtbot, sign_in=lambda *words: asked.append(words)) as window:
        with_next_dialog(unlock)
        assert window.lock is not None
        window.lock.lock()
        assert asked == [("manager", "secret")] and window.centralWidget().isVisible()


def test_leaving_forgets_nothing_and_signs_out(window: MainWindow, qtbot: Any) -> None:
    with qtbot.waitSignal(window.signed_out):
        window.leave()
    assert window.preferences.get("size") == [window.width(), window.height()]
    assert window.desk.changed == []


def test_other_roles_see_their_screens_only(desks: Any, tmp_path: Path, qtbot: Any) -> None:
    with at_work(desks["warehouse"], tmp_path, qtbot) as window:
        for key in keys_of_navigation(window):
            window.shell.open_screen(key)
            assert window.runner.settle()
        assert [message.text for message in window.messages.said] == []


def test_the_keys_stay_in_what_is_seen_when_tabs_are_turned_and_closed(window: MainWindow, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    window.shell.open_screen("list:customers")
    window.shell.open_new("customers")
    window.runner.settle()
    first = window.shell.workspace.records[-1].widget
    first.body.cells["phone"].focus()
    typed_into = QApplication.focusWidget()
    window.shell.open_new("suppliers")
    window.runner.settle()
    press(window, Qt.Key.Key_W)
    assert first.isVisible() and QApplication.focusWidget() is typed_into
    press(window, Qt.Key.Key_Tab)
    page = window.shell.workspace.current()
    assert page is not first and page.isAncestorOf(QApplication.focusWidget())
    press(window, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is typed_into
    press(window, Qt.Key.Key_W)
    assert window.shell.workspace.current().isAncestorOf(QApplication.focusWidget())


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_presses_the_button_that_has_the_keys(window: MainWindow, qtbot: Any, key: Qt.Key) -> None:
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    page: Any = window.shell.open_screen("list:customers")
    window.runner.settle()
    new = page.findChild(EmptyList)._new
    new.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(QApplication.focusWidget(), key)
    assert window.shell.workspace.current_record() is not None


def test_enter_past_the_last_field_confirms_nothing_by_one_press_too_many(window: MainWindow, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    window.shell.open_new("customers")
    window.runner.settle()
    widget: Any = window.shell.workspace.current()
    widget._reach_primary()
    assert QApplication.focusWidget() is widget.steps.primary
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert widget.form.is_new and not widget.banner.isVisible()


def test_enter_walks_through_the_fields_of_a_password_and_sets_it_after_the_last(
    window: MainWindow, desks: Any, qtbot: Any
) -> None:
    dialog = PasswordDialog(window.shell, window, desks["clerk"].employee_id)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.new.setFocus()
    for field in (dialog.new, dialog.again):
        assert QApplication.focusWidget() is field and dialog.banner.isHidden()
        QTest.keyClicks(field, "a-long-password")
        QTest.keyClick(field, Qt.Key.Key_Return)
    window.runner.settle()
    assert dialog.result() == PasswordDialog.DialogCode.Accepted
