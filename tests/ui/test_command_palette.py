"""The palette: what this place can do first, the last opened records, pinyin, and keys that wait for the answer."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hands import CTRL, ENTER, Hands, Key, hands_at_work
from makers import a_customer, a_product, an_order, moved_to, saved, some_stock
from office_window import at_work
from PySide6.QtGui import QAction, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from dentalsales.i18n import tr, use_language
from dentalsales.ui import palette_offers
from dentalsales.ui.actions import BY_NAME
from dentalsales.ui.command_palette import CommandPalette
from dentalsales.ui.palette_list import OFFER
from dentalsales.ui.palette_offers import Offer
from dentalsales.usecases.sign_in import set_password


@pytest.fixture
def hands(desks: Any, tmp_path: Path, qtbot: Any) -> Iterator[Hands]:
    with hands_at_work(desks["manager"], tmp_path, qtbot) as hands:
        yield hands


def opened(hands: Hands, letters: str = "") -> CommandPalette:
    hands.press(Key.Key_K, held=CTRL)
    hands.wait(lambda: isinstance(QApplication.activePopupWidget(), CommandPalette))
    palette: Any = QApplication.activePopupWidget()
    hands.type(letters)
    hands.wait(lambda: palette.answered == letters)
    return palette


def rows(palette: CommandPalette) -> list[str]:
    """The rows that can be chosen."""
    items = [palette.list.item(row) for row in range(palette.list.count())]
    return [item.text() for item in items if item.data(OFFER) is not None]


def test_without_letters_it_offers_what_was_opened_last_then_what_can_be_done_here(desks: Any, hands: Hands) -> None:
    first, second = a_customer(desks, "甲口腔"), a_customer(desks, "乙口腔")
    for record in (first, second):
        hands.window.shell.open_record("customers", record)
    hands.window.runner.settle()
    found = rows(opened(hands))
    assert found[0] == "甲口腔" and "乙口腔" not in found  # the one that is seen is no way to go
    assert {"Save", "History of the record", "Today", "Orders"} <= set(found)
    assert found.index("Save") < found.index("Orders")


def test_records_opened_last_are_still_there_the_next_morning(
    desks: Any, hands: Hands, tmp_path: Path, qtbot: Any
) -> None:
    hands.window.shell.open_record("customers", a_customer(desks, "甲口腔"))
    hands.window.runner.settle()
    with at_work(desks["manager"], tmp_path / "another machine", qtbot) as window:
        assert [title for _register, _id, title in window.shell.recent] == ["甲口腔"]
    with at_work(desks["clerk"], tmp_path, qtbot) as window:
        assert window.shell.recent == []


def test_the_steps_of_the_paper_that_is_seen_come_first(desks: Any, hands: Hands) -> None:
    customer, product = a_customer(desks), a_product(desks)
    some_stock(desks, product)
    order = moved_to(desks, an_order(desks, customer, (product, 2)), "stock_confirmed").id
    hands.window.shell.open_record("orders", order)
    hands.window.runner.settle()
    assert rows(opened(hands, "re"))[:2] == ["Review order", "Reopen for change"]
    hands.press(ENTER)
    assert hands.form.state.name == "reviewed"


def test_nothing_that_the_role_may_not_do_is_offered(desks: Any, hands: Hands, tmp_path: Path, qtbot: Any) -> None:
    with at_work(desks["warehouse"], tmp_path, qtbot) as window:
        window.shell.open_list("orders")
        window.runner.settle()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
        found = rows(opened(Hands(window, qtbot), "order"))
        assert "Orders" in found and "New Order" not in found


def test_an_act_of_the_screen_is_done_from_the_palette(hands: Hands) -> None:
    hands.window.shell.open_list("customers")
    hands.window.runner.settle()
    hands.palette("filter")
    page: Any = hands.window.shell.workspace.current()
    assert page.table.filter_row.isVisible()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_act_of_the_table_that_can_be_done_here_is_found_by_its_words_and_by_pinyin(
    language: str, desks: Any, hands: Hands
) -> None:
    use_language(language)
    customer, product = a_customer(desks), a_product(desks)
    hands.window.shell.open_record("orders", an_order(desks, customer, (product, 1)).id)
    hands.window.runner.settle()
    bound = {
        action.data()
        for action in hands.window.findChildren(QAction)
        if action.isEnabled() and isinstance(action.parent(), QWidget) and action.parent().isVisible()
    }
    own = palette_offers.here(hands.window)
    wanted = [BY_NAME[name] for name in bound if name in BY_NAME and BY_NAME[name].offered]
    assert {"password", "leave", "scheme", "language", "history", "close_tab"} <= {one.name for one in wanted}
    for act in wanted:
        found = palette_offers.found(hands.window.desk, tr(act.text), own, "orders")
        assert act.text in [offer.label for offer in found if isinstance(offer, Offer)], act.name
    if language == "zh_CN":
        for letters, words in (("tcdl", "退出登录"), ("xgmm", "修改密码")):
            found = palette_offers.found(hands.window.desk, letters, own, "orders")
            assert words in [tr(offer.label) for offer in found if isinstance(offer, Offer)], letters


def test_a_manager_finds_set_password_in_the_head_of_an_employee_and_in_the_palette(desks: Any, hands: Hands) -> None:
    hired = saved(desks["manager"], "employees", name="新来的", login="newcomer", roles="clerk")
    hands.window.shell.open_record("employees", hired)
    hands.window.runner.settle()
    widget: Any = hands.window.shell.workspace.current()
    assert any(one.text() == "Set password" for one in widget.steps.findChildren(QPushButton))
    facts = [(fact.label, str(fact.value), fact.tone) for _title, group in widget.form.insights() for fact in group]
    assert facts == [("Password", "not set: no sign-in yet", "warning")]
    assert "Set password" in [str(offer.label) for offer in palette_offers.here(hands.window)]
    set_password(desks["manager"], hired, "a-long-password")
    facts = [(fact.label, str(fact.value), fact.tone) for _title, group in widget.form.insights() for fact in group]
    assert facts == [("Password", "set", "good")]


def test_enter_waits_for_the_answer_of_the_last_letter(desks: Any, hands: Hands) -> None:
    customer = a_customer(desks, "曾惠口腔诊所")
    a_customer(desks, "正和齿科")
    hands.palette("zhkq")
    assert hands.form.id == customer


def test_enter_while_composing_opens_nothing(desks: Any, hands: Hands) -> None:
    a_customer(desks, "曾惠口腔诊所")
    palette = opened(hands)
    QApplication.sendEvent(palette.field, QInputMethodEvent("zeng", []))
    hands.press(ENTER)
    assert palette.isVisible()
    done = QInputMethodEvent("", [])
    done.setCommitString("曾惠")
    QApplication.sendEvent(palette.field, done)
    hands.press(ENTER)
    assert hands.form.get("name") == "曾惠口腔诊所"


def test_what_matches_nothing_says_so(hands: Hands) -> None:
    palette = opened(hands, "qqqqq")
    assert rows(palette) == [] and "qqqqq" in palette.list.item(0).text()
    lower = palette.height()
    palette.field.clear()
    palette._ask()
    assert lower < palette.height(), "what is found needs more room than that nothing was"
