"""Signing in: by keys, before the program is loaded, with a wrong password, in another language, and locked."""

import os
import subprocess
import sys
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _, use_language
from dentalsales.ui.sign_in_dialog import SignInDialog


def doors(login: str, password: str) -> str:
    """Let one employee in."""
    if (login, password) != ("manager", "open sesame"):
        raise RuleBroken(_("Sign-in name or password is not right."))
    return f"desk of {login}"


def shown(qtbot: Any, **words: Any) -> SignInDialog:
    dialog = SignInDialog(**words)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def enter(dialog: SignInDialog, password: str) -> None:
    QTest.keyClicks(dialog.password, password)
    QTest.keyClick(dialog.password, Qt.Key.Key_Return)


def test_name_and_password_lead_to_the_desk(qtbot: Any) -> None:
    dialog = shown(qtbot)
    dialog.hand_over(doors)
    QTest.keyClicks(dialog.login, "manager")
    with qtbot.waitSignal(dialog.accepted):
        enter(dialog, "open sesame")
    assert dialog.desk == "desk of manager"


def test_who_is_quicker_than_the_program_is_signed_in_when_it_is_loaded(qtbot: Any) -> None:
    dialog = shown(qtbot, login="manager")
    enter(dialog, "open sesame")
    assert (dialog.desk, dialog.button.isEnabled()) == (None, False)
    with qtbot.waitSignal(dialog.accepted):
        dialog.hand_over(doors)
    assert dialog.desk == "desk of manager"


def test_a_wrong_password_is_said_and_can_be_typed_again_at_once(qtbot: Any) -> None:
    dialog = shown(qtbot, login="manager")
    dialog.hand_over(doors)
    enter(dialog, "wrong")
    qtbot.waitUntil(lambda: dialog.error.text() != "")
    assert dialog.error.text() == "Sign-in name or password is not right."
    assert (dialog.desk, dialog.password.selectedText() != "", dialog.button.isEnabled()) == (None, True, True)


def test_enter_walks_from_the_name_to_the_password(qtbot: Any) -> None:
    dialog = shown(qtbot)
    dialog.hand_over(lambda login, password: 1 / 0)
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    dialog.login.setFocus()
    QTest.keyClicks(dialog.login, "manager")
    QTest.keyClick(dialog.login, Qt.Key.Key_Return)
    assert (dialog.focusWidget(), dialog.error.text()) == (dialog.password, "")


def test_an_empty_password_asks_nobody(qtbot: Any) -> None:
    dialog = shown(qtbot, login="manager")
    dialog.hand_over(lambda login, password: 1 / 0)
    QTest.keyClick(dialog.password, Qt.Key.Key_Return)
    assert dialog.error.text() == "Enter your sign-in name and your password."


def test_the_language_changes_every_word_at_once(qtbot: Any) -> None:
    use_language("en")
    dialog = shown(qtbot)
    with qtbot.waitSignal(dialog.language_chosen) as chosen:
        dialog.languages.setCurrentIndex(dialog.languages.findData("zh_CN"))
    assert chosen.args == ["zh_CN"]
    assert dialog.button.text() != "Sign in"
    assert dialog.login.accessibleName() == "登录名"


def test_the_lock_takes_only_the_one_who_was_here(qtbot: Any) -> None:
    dialog = shown(qtbot)
    dialog.hold_login("manager")
    assert (dialog.login.text(), dialog.login.isReadOnly(), dialog.languages.isVisible()) == ("manager", True, False)


def test_it_is_painted_before_anything_slow_is_imported() -> None:
    slow = "('sqlalchemy', 'argon2', 'alembic', 'reportlab', 'dentalsales.usecases', 'PySide6.QtSvg')"
    script = (
        "import sys; from PySide6.QtWidgets import QApplication; app = QApplication([]);"
        "from dentalsales.ui import theme; theme.apply(app, 'light');"
        "from dentalsales.ui.sign_in_dialog import SignInDialog; dialog = SignInDialog(); dialog.show(); dialog.grab();"
        f"print([name for name in {slow} if name in sys.modules])"
    )
    found = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=found)
    assert done.stdout.strip() == "[]"
