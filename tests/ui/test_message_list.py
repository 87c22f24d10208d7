"""What was said: counted while unread, kept in a list, never over the row of sums, and errors stay."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hands import CTRL, Hands, Key, hands_at_work
from makers import a_customer
from PySide6.QtWidgets import QApplication

from dentalsales.exchange.cell_text import in_office
from dentalsales.i18n import _
from dentalsales.ui.background import Task, progress_text
from dentalsales.ui.message_list import MessageList
from dentalsales.ui.toast import TOAST_SECONDS, UNDO_SECONDS, Toast


@pytest.fixture
def hands(desks: Any, tmp_path: Path, qtbot: Any) -> Iterator[Hands]:
    with hands_at_work(desks["manager"], tmp_path, qtbot) as hands:
        yield hands


def test_the_bell_counts_what_was_not_read_and_its_list_keeps_everything(hands: Hands) -> None:
    bell = hands.window.top.bell
    assert bell.text() == "0" and bell.accessibleName() == "Messages"
    hands.window.shell.toast(_("Your password was changed."), "success")
    hands.window.shell.toast(_("This is the end of the list."))
    assert bell.text() == "2" and "2 unread" in bell.accessibleName()
    said_at = f"{in_office(hands.window.messages.said[-1].at):%H:%M}"
    for toast in tuple(hands.window.messages._toasts):
        toast.leave()
    hands.press(Key.Key_M, held=CTRL)
    opened: Any = QApplication.activePopupWidget()
    assert isinstance(opened, MessageList)
    words = [opened.list.item(row).text() for row in range(opened.list.count())]
    assert hands.window.messages.said[-1].at.tzinfo is not None and words[0].startswith(said_at), "the office's clock"
    assert [text[7:] for text in words] == ["This is the end of the list.", "Your password was changed."]
    hands.press(Key.Key_C, held=CTRL)
    assert QApplication.clipboard().text() == "This is the end of the list."
    hands.press(Key.Key_Escape)
    assert bell.text() == "0" and bell.accessibleName() == "Messages"


def test_errors_stay_success_goes_and_an_undo_waits_longer(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[int] = []
    monkeypatch.setattr("dentalsales.ui.toast.QTimer.singleShot", lambda time, *_rest: waits.append(time))
    window = hands.window
    for tone, undo in (("danger", None), ("success", None), ("success", lambda: None)):
        Toast("words", tone, undo, window).deleteLater()
    assert waits == [1000 * TOAST_SECONDS, 1000 * UNDO_SECONDS] == [4000, 10000]


def test_a_toast_never_covers_the_row_of_sums(desks: Any, hands: Hands) -> None:
    a_customer(desks)
    for register in ("orders", "customers", "receivables"):
        hands.window.shell.open_list(register)
        hands.window.runner.settle()
        hands.window.shell.toast(_("Your password was changed."), "success")
        toast = hands.window.messages._toasts[-1]
        page: Any = hands.window.shell.workspace.current()
        bottom = page.mapTo(hands.window, page.rect().bottomLeft()).y()
        assert toast.geometry().bottom() <= bottom - 44, register


def test_long_work_says_how_long_it_still_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    task = Task(_("Import"), None)
    task.count, task.total = 250, 1000
    assert str(progress_text(task).format(**progress_text(task).values)) == "Import 250 / 1,000"
    task.begun -= 10
    assert progress_text(task).values["seconds"] == 30
