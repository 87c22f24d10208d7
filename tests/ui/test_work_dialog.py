"""The copy at closing: seen once it takes longer, not waited for when that is wished, told when it can't be made."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from dentalsales.app import closing
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.ui.work_dialog import WorkDialog
from dentalsales.usecases import back_up


def soon(dialog: WorkDialog, act: Callable[[], Any]) -> None:
    """Do something in the dialog once it is seen."""

    def look() -> None:
        if dialog.isVisible():
            act()
        else:
            QTimer.singleShot(10, dialog, look)

    QTimer.singleShot(10, dialog, look)


def test_quick_work_shows_nothing(qtbot: Any) -> None:
    dialog = WorkDialog(_("Backup"), _("Backing up…"), lambda _progress: 7, _("Close"))
    assert dialog.run() and dialog.result_of_work == 7 and not dialog.isVisible()


def test_whoever_does_not_wait_closes_with_a_key_and_the_copy_still_comes_to_its_end(qtbot: Any) -> None:
    go_on, ended = threading.Event(), threading.Event()

    def work(_progress: Any) -> None:
        go_on.wait(20)
        ended.set()

    dialog = WorkDialog(_("Backup"), _("Backing up…"), work, _("Close without waiting"))
    soon(dialog, lambda: QTest.keyClick(dialog, Qt.Key.Key_Escape))
    assert not dialog.run()
    go_on.set()
    assert ended.wait(20)


def test_a_copy_that_cannot_be_made_is_told_and_tried_again_by_enter(qtbot: Any) -> None:
    tries: list[int] = []

    def work(_progress: Any) -> int:
        tries.append(1)
        if len(tries) == 1:
            raise RuleBroken(_("The disk is full, so nothing was saved. Free some space and try again."))
        return len(tries)

    dialog = WorkDialog(_("Backup"), _("Backing up…"), work, _("Close without waiting"))
    said: list[str] = []

    def again() -> None:
        said.append(dialog.banner._text.text())
        QTest.keyClick(dialog.again, Qt.Key.Key_Return)

    soon(dialog, again)
    assert dialog.run() and dialog.result_of_work == 2
    assert "The disk is full" in said[0]


def test_closing_copies_what_was_written_and_nothing_that_is_copied_already(
    desks: Any, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    company = desks["manager"].company
    assert closing.back_up_at_close(company, unchanged=False, restoring=False)
    assert [info.reason for info in back_up.list_backups(company)] == ["at_close"]
    assert closing.back_up_at_close(company, unchanged=True, restoring=False)
    assert len(back_up.list_backups(company)) == 1
    assert closing.back_up_at_close(company, unchanged=True, restoring=True)
    assert {info.reason for info in back_up.list_backups(company)} == {"at_close", "before_restore"}
