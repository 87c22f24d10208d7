"""A day of many sign-ins: each window that was left is gone, so that the next is as quick as the first."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from dentalsales.app.signing_in import sign_in
from dentalsales.app.window import work
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.ui import theme
from dentalsales.ui.main_window import MainWindow
from dentalsales.ui.preferences import Preferences
from dentalsales.ui.sign_in_dialog import SignInDialog
from dentalsales.ui.work_dialog import WorkDialog


@pytest.fixture
def preferences(tmp_path: Path, qapp: QApplication) -> Preferences:
    theme.apply(qapp, "light")
    return Preferences(tmp_path / "preferences.json")


def work_and_leave(desk: Any, preferences: Preferences) -> None:
    """Sign in, begin a customer, and sign out again, as the program does it."""

    others = QApplication.topLevelWidgets()
    for other in others:
        other.hide()  # what other tests left would keep the program running after its window closed
    guard = QTimer(singleShot=True, interval=30_000)
    guard.timeout.connect(QApplication.exit)
    guard.start()

    def leave() -> None:
        try:
            windows = [one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow)]
            [window] = [one for one in windows if one not in others]
            window.runner.settle()
            window.shell.open_new("customers")
            window.close()
        except BaseException:
            QApplication.exit()
            raise

    QTimer.singleShot(0, leave)
    work(desk, preferences)
    guard.stop()


def test_nothing_of_a_window_is_left_after_signing_out(desks: Any, preferences: Preferences, company: Any) -> None:
    before = QApplication.allWidgets()  # held, so that none of them gives its identity to another
    known = {id(widget) for widget in before}
    for login in ("clerk", "manager"):
        desk = desks[login]
        desk.company.close = lambda: None  # the test's company serves the next sign-in too
        work_and_leave(desk, preferences)
    left = [widget for widget in QApplication.allWidgets() if id(widget) not in known]
    assert [f"{type(widget).__name__} {widget.accessibleName()}" for widget in left] == []


def test_the_sign_in_knows_the_last_user_of_this_company_not_of_another(
    preferences: Preferences, tmp_path: Path
) -> None:
    shop, school = tmp_path / "shop", tmp_path / "school"
    preferences.keep("companies", {str(shop): {"name": "Smile Supplies", "login": "clerk"}})
    asked: list[tuple[str, list[str]]] = []

    def look_and_leave() -> None:
        [dialog] = [one for one in QApplication.topLevelWidgets() if isinstance(one, SignInDialog)]
        asked.append((dialog.login.text(), [label.text() for label in dialog.findChildren(QLabel)]))
        dialog.reject()

    for folder in (shop, school):
        QTimer.singleShot(0, look_and_leave)
        assert sign_in(folder, preferences, "") is None
    assert [login for login, _words in asked] == ["clerk", ""]
    assert ["Smile Supplies" in words for _login, words in asked] == [True, False]


def test_who_closes_the_window_is_told_when_no_backup_could_be_made(
    desks: Any, preferences: Preferences, monkeypatch: pytest.MonkeyPatch
) -> None:
    def on_a_full_disk(*_company: Any, **_words: Any) -> None:
        raise RuleBroken(_("The disk is full, so {file} was not written."), file="shop.dsbackup")

    told: list[str] = []

    def read_and_leave() -> None:
        for dialog in QApplication.topLevelWidgets():
            if isinstance(dialog, WorkDialog) and dialog.isVisible() and not dialog.running:
                told.append(dialog.banner.accessibleName())
                QTest.keyClick(dialog, Qt.Key.Key_Escape)

    eye = QTimer(interval=10)
    eye.timeout.connect(read_and_leave)
    eye.start()
    monkeypatch.setattr("dentalsales.usecases.back_up.back_up_company", on_a_full_disk)
    work_and_leave(desks["clerk"], preferences)
    eye.stop()
    assert told == ["The disk is full, so shop.dsbackup was not written."]
