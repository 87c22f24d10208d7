"""The manager verifies the history in the window: by one key, with a seal from paper, and can stop it."""

from contextlib import closing
from pathlib import Path
from typing import Any

from makers import saved
from office_window import at_work, cells
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from dentalsales.storage.engine import sqlite_module
from dentalsales.ui.screens import screens_of
from dentalsales.usecases.verify_history import verify


def test_by_keys_alone_the_history_is_verified_and_compared_with_paper(desks: Any, tmp_path: Path, qtbot: Any) -> None:
    manager = desks["manager"]
    assert "history" not in [screen.key for screen in screens_of(desks["clerk"])]
    for number in range(3):
        saved(manager, "suppliers", name=f"供应商{number}", phone="1", address="1")
    head = str(verify(manager).head)
    with at_work(manager, tmp_path, qtbot) as window:
        page: Any = window.shell.open_screen("history")
        page.take_focus()
        QTest.keyClick(page.now, Qt.Key.Key_Return)
        assert not page.now.isEnabled() and page.cancel.isVisible() and page.bar.isVisible()
        assert window.runner.settle()
        assert page.state.text().startswith("3 entries of the history are as they were written")
        assert page.detail.text().endswith(head) and "2026-11-20 10:00" in page.detail.text()
        assert page.now.isEnabled() and page.now.hasFocus() and not page.table.isVisible()

        QTest.keyClicks(page.seal, "12")
        QTest.keyClick(page.seal, Qt.Key.Key_Return)
        assert page.banner.isVisible() and page.seal.hasFocus()
        page.seal.clear()
        QTest.keyClicks(page.seal, head)
        QTest.keyClick(page.seal, Qt.Key.Key_Return)
        assert window.runner.settle()
        assert page.paper.text() == "The 3 entries up to the one on the paper stand as they were printed."
        assert not page.banner.isVisible()

        with closing(sqlite_module().connect(str(desks.company.database), isolation_level=None)) as raw:
            raw.execute("UPDATE history SET note = 'x' WHERE id = 2")
        QTest.keyClick(page.now, Qt.Key.Key_Return)
        QTest.keyClick(page.cancel, Qt.Key.Key_Return)
        assert window.runner.settle()
        assert page.now.isEnabled() and page.now.hasFocus() and not page.table.isVisible()

        QTest.keyClick(page.now, Qt.Key.Key_Return)
        assert window.runner.settle()
        assert page.table.isVisible() and page.state.text().endswith("something is wrong.")
        assert cells(page.model) == [["Entry 2 (Suppliers #2, 2026-11-20 10:00) was changed after it was written."]]
