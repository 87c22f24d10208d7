"""While something is written the window goes on being painted."""

from pathlib import Path
from threading import Event
from typing import Any

import pytest
from makers import a_customer
from office_window import at_work
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.ui import idle_lock, main_window, theme
from dentalsales.ui.beside import beside
from dentalsales.ui.messages import attempt_beside
from dentalsales.usecases.form import open_form


class Painted(QObject):
    """Counts how often something is painted."""

    times = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.times += event.type() == QEvent.Type.Paint
        return False


def test_the_window_is_painted_until_a_slow_disk_has_it(qtbot: Any) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    qtbot.waitExposed(field)
    painted, written = Painted(), Event()
    field.installEventFilter(painted)

    def meanwhile() -> None:
        if painted.times:
            written.set()
        field.update()

    ticks = QTimer(field, interval=1)
    ticks.timeout.connect(meanwhile)
    ticks.start()
    assert beside(lambda: written.wait(20)), "the window was never painted"


def test_a_refusal_is_told_where_it_was_waited_for(qtbot: Any) -> None:
    def refused() -> None:
        raise RuleBroken(_("Only a draft can be deleted."))

    told: list[str] = []
    assert attempt_beside(refused, lambda refusal: told.append(str(refusal))) is None
    assert told == ["Only a draft can be deleted."]


def test_what_breaks_beside_the_window_breaks_where_it_was_waited_for(qtbot: Any) -> None:
    with pytest.raises(ZeroDivisionError):
        beside(lambda: 1 // 0)


def test_neither_the_lock_nor_other_colours_come_between_a_save_and_its_form(
    desks: Any, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    form, meanwhile, locked = open_form(desks["manager"], "customers", a_customer(desks)), Event(), []
    with at_work(desks["manager"], tmp_path, qtbot, sign_in=lambda login, password: None) as window:
        window.shell.open_form(form)
        record, hints = window.shell.workspace.current(), QGuiApplication.styleHints()
        form.set("grade", "a")
        monkeypatch.setattr(window.lock, "lock", lambda: locked.append("now"))
        monkeypatch.setattr(idle_lock, "monotonic", lambda: float("inf"))
        monkeypatch.setattr(main_window, "system_scheme", lambda: "dark" if theme.current().name != "dark" else "light")
        monkeypatch.setattr(main_window, "AGAIN", 0)
        save = form.save
        monkeypatch.setattr(form, "save", lambda: (meanwhile.wait(20), save())[1])
        QTimer.singleShot(0, lambda: (window.lock.look(), hints.colorSchemeChanged.emit(hints.colorScheme())))
        QTimer.singleShot(50, meanwhile.set)
        assert record.save() and not form.is_changed and locked == []
        qtbot.waitUntil(lambda: window.shell.workspace.current() is not record)
        assert window.shell.workspace.current().form is form
        window.lock.look()
        assert locked == ["now"]
