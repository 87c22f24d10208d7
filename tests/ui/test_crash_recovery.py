"""The power goes off in the middle of an order: the next start offers what was typed."""

import os
import subprocess
import sys
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from hands import ENTER, Hands
from makers import a_customer, a_product
from office_window import at_work
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from dentalsales import app
from dentalsales.registers.orders import Order
from dentalsales.safe_file import DRAFT
from dentalsales.storage.folder_company import FolderCompany


def test_an_order_of_six_lines_comes_back_after_the_process_was_killed(
    desks: Any, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_customer(desks, "张记口腔门诊部")
    for line in range(6):
        a_product(desks, f"产品{line}", price="10.00", code=f"KA{line}", pack_unit="", pack_size=None)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "state"))
    desks.company.close()  # one company, one program that writes
    type_and_kill(Path(desks.company.folder), tmp_path)

    again = type(desks)(desks.business, FolderCompany.open(Path(desks.company.folder), app.metadata()), desks.clock)
    opened: list[bool] = []
    with_restoring_hands(qtbot, opened)
    with at_work(again["clerk"], tmp_path, qtbot) as window:
        qtbot.waitUntil(lambda: bool(opened) and bool(window.shell.workspace.records))
        hands = Hands(window, qtbot)
        form = hands.form
        assert form.is_new and form.is_changed
        assert form.shown("customer_id") == "张记口腔门诊部"
        assert [line.get("quantity") for line in form.lines("lines")] == [12] * 6
        assert window.shell.workspace.bar.tabText(1).startswith("•")
    with again.company.reading() as session:
        assert session.query(Order).count() == 0
    again.company.close()


def type_and_kill(folder: Path, tmp_path: Path) -> None:
    """Let another process type, wait until its copy of the order has six lines, and kill it without a warning."""
    program = Path(__file__).with_name("half_typed_order.py")
    source = Path(__file__).parents[2] / "src"
    words = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(source)}
    with subprocess.Popen(
        [sys.executable, str(program), str(folder)], env=words, stdout=subprocess.PIPE, text=True
    ) as typing:
        assert typing.stdout is not None
        try:
            assert typing.stdout.readline().strip() == "typed"
            end = monotonic() + 60
            while not has_six_lines(tmp_path / "state") and monotonic() < end:
                QTest.qWait(50)
        finally:
            typing.kill()
    assert has_six_lines(tmp_path / "state")


def has_six_lines(state: Path) -> bool:
    found = [path.read_text(encoding="utf-8") for path in state.rglob("*.json") if not path.name.startswith(DRAFT)]
    return any(text.count('"quantity": 12') >= 6 for text in found)


def with_restoring_hands(qtbot: Any, opened: list[bool]) -> None:
    """Press Enter on the offer as soon as it is there."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            QTimer.singleShot(20, look)
            return
        opened.append(True)
        qtbot.keyClick(QApplication.focusWidget() or dialog, ENTER)

    QTimer.singleShot(20, look)
