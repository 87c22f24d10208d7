"""The idle lock: covers the window, opens for the same employee's password only, and no way out leads around it."""

from pathlib import Path
from typing import Any

import pytest
from office_window import at_work
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel

from dentalsales.i18n import _
from dentalsales.ui import idle_lock
from dentalsales.ui.sign_in_dialog import SignInDialog
from dentalsales.usecases import sign_in

PASSWORD = "correct horse"


def test_leaving_the_lock_over_unsaved_work_does_not_open_the_window(desks: Any, tmp_path: Path, qtbot: Any) -> None:
    desk = desks["manager"]
    sign_in.set_password(desk, desk.employee_id, PASSWORD)

    def check(login: str, password: str) -> Any:
        return sign_in.sign_in(desk.company, desk.business, login, password, desks.clock)

    asked: list[str] = []
    with at_work(desk, tmp_path, qtbot, sign_in=check) as window:
        window.shell.open_new("customers")
        window.shell.workspace.current_record().widget.form.set("name", "unsaved")

        window.shell.toast(_("{name} was saved.").fill(name="unsaved"), "warning")
        beside = QDialog(window)
        card = QLabel("what a preview shows", beside)
        beside.show()
        assert window.messages._toasts[0].isVisible() and card.isVisible()

        def answer() -> None:
            dialog = QApplication.activeModalWidget()
            if dialog is not None:
                asked.append(type(dialog).__name__)
                window.messages.place()  # as when another message comes
                said = any(one.isVisible() for one in window.messages._toasts)
                visible.append(window.centralWidget().isVisible() or said or card.isVisible())
                if isinstance(dialog, SignInDialog) and asked.count("SignInDialog") == 2:
                    dialog.password.setText(PASSWORD)
                    dialog.button.click()
                    return
                dialog.reject()
            QTimer.singleShot(30, answer)

        visible: list[bool] = []
        QTimer.singleShot(30, answer)
        window.lock.lock()
        assert asked.count("SignInDialog") == 2 and len(asked) == 3
        assert visible == [False] * 3
        assert window.isVisible() and window.centralWidget().isVisible() and not window.lock.locked
        assert window.messages._toasts[0].isVisible() and card.isVisible()
        beside.close()


def test_every_touch_puts_the_lock_off(desks: Any, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    seconds, locked = [0.0], []
    monkeypatch.setattr(idle_lock, "monotonic", lambda: seconds[0])
    with at_work(desks["manager"], tmp_path, qtbot, sign_in=lambda login, password: None) as window:
        monkeypatch.setattr(window.lock, "lock", lambda: locked.append(seconds[0]))
        allowed = 60 * desks["manager"].setting("idle_minutes")
        for _touch in range(3):
            seconds[0] += allowed - 1
            QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Shift)
            window.lock.look()
        assert locked == []
        seconds[0] += allowed + 1
        window.lock.look()
        assert locked == [seconds[0]]
