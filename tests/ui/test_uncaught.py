"""The log keeps what nobody caught, and the window says so to whoever sits before it."""

import sqlite3
import sys
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from office_window import at_work
from PySide6.QtCore import Qt, QtMsgType
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from shiboken6 import isValid

from dentalsales import log
from dentalsales.ui.error_report_dialog import ErrorReportDialog
from dentalsales.ui.qt_complaints import qt_said

NAME, PHONE, PASSWORD, ADDRESS = "曾惠口腔", "13800001234", "s3cret-pass", "Bright Smile"
AMOUNT, FORGED = "12,345.60", "\n2026-11-22 INFO \u202eforged"


def break_in_a_thread() -> None:
    """Let a thread end with an error that nobody catches."""
    thread = threading.Thread(target=lambda: {}["the missing lot"])
    thread.start()
    thread.join()


def begin_log(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin a log as the program does; all is given back after the test."""
    for place in (sys, threading):
        monkeypatch.setattr(place, "excepthook", place.excepthook)
    monkeypatch.setattr(log._LOG, "handlers", [])
    monkeypatch.setattr(log, "_folder", None)
    log.begin(folder)


def test_an_error_nobody_caught_is_written_down_whole_and_said_once(
    desks: Any, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_log(tmp_path / "log", monkeypatch)
    with at_work(desks["clerk"], tmp_path, qtbot) as window:
        break_in_a_thread()
        break_in_a_thread()
        qtbot.waitUntil(lambda: bool(window.messages.said))
        [message] = window.messages.said
        assert message.text.startswith("Something unexpected happened. If a screen looks wrong, open it again.")
    break_in_a_thread()
    for handler in log._LOG.handlers:
        handler.close()
    written = (tmp_path / "log" / "dentalsales.log").read_text(encoding="utf-8")
    assert (
        len(log._LOG.handlers) == 2
        and written.count("KeyError: 'the missing lot'") == 3
        and written.count("Traceback") == 3
    )


def save_for(customer: str, phone: str) -> None:
    """Break as a save would, with what the customer told us in the message of the error."""
    try:
        raise sqlite3.IntegrityError(f"UNIQUE constraint failed: {customer} {phone} password={PASSWORD} {AMOUNT}")
    except sqlite3.IntegrityError as error:
        raise ValueError(f"unexpected value {customer!r} of {ADDRESS}{FORGED}") from error


def test_the_report_of_an_error_in_a_slot_holds_its_place_and_nothing_of_the_customer(
    desks: Any, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_log(tmp_path / "log", monkeypatch)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *words: (str(tmp_path / "report.txt"), ""))
    with at_work(desks["clerk"], tmp_path, qtbot) as window:
        breaks = QPushButton("breaks", window)
        breaks.clicked.connect(lambda: save_for(NAME, PHONE))
        QTest.mouseClick(breaks, Qt.MouseButton.LeftButton)
        log.note("imported %s for %s", ADDRESS, NAME)
        qt_said(QtMsgType.QtWarningMsg, SimpleNamespace(category="qt.gui"), f"cannot open file {NAME}.png for {PHONE}")
        qtbot.waitUntil(lambda: bool(window.messages.said))
        number = window.messages.said[-1].text.rpartition(" ")[2].rstrip(".")
        [report] = [one for one in window.findChildren(QPushButton) if one.text() == "Report…"]
        QTest.keyClick(report, Qt.Key.Key_Return)
        [dialog] = [one for one in QApplication.topLevelWidgets() if isinstance(one, ErrorReportDialog)]
        assert dialog.windowTitle() == f"Error report {number}"
        dialog.look_button.click()
        shown = dialog.text.toPlainText()
        QTest.keyClick(dialog.save_button, Qt.Key.Key_Return)
        assert window.runner.settle() and not isValid(dialog)
        window.shell.open_screen("list:orders")  # the window goes on working
        assert window.runner.settle() and window.shell.workspace.screen_key == "list:orders"
    for handler in log._LOG.handlers:
        handler.close()
    sent, kept = (
        (tmp_path / "report.txt").read_text("utf-8-sig"),
        (tmp_path / "log" / "dentalsales.log").read_text("utf-8"),
    )
    assert sent.splitlines() == shown.splitlines()
    for planted in (
        NAME,
        PHONE,
        PASSWORD,
        ADDRESS,
        "Bright",
        "Smile",
        "s3cret",
        "12,345",
        "345",
        "forged",
        str(tmp_path),
    ):
        assert planted not in sent, planted
        assert planted in kept or planted == str(tmp_path)
    for told in (f"report {number}", "ValueError: unexpected value", "UNIQUE constraint failed", "test_uncaught.py",
                 "save_for", "imported %s for %s", "Qt (QtWarningMsg, qt.gui): cannot open file ·.· for ·",
                 "PySide6"):  # fmt: skip
        assert told in sent, told
    assert "\u202e" not in kept + sent and kept.count("\n") == 3


def test_a_report_can_be_asked_for_when_nothing_has_happened(desks: Any, tmp_path: Path, qtbot: Any) -> None:
    with at_work(desks["clerk"], tmp_path, qtbot) as window:
        [act] = [one for one in window.actions() if one.data() == "report_problem"]
        act.trigger()
        [dialog] = [one for one in QApplication.topLevelWidgets() if isinstance(one, ErrorReportDialog)]
        dialog.look_button.click()
        assert dialog.text.toPlainText().startswith("Report: a report asked for by the user\n")
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert not isValid(dialog) or not dialog.isVisible()
