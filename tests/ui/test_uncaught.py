"""The log keeps what nobody caught, and the window says so to whoever sits before it."""

import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from office_window import at_work

from dentalsales import log


def break_in_a_thread() -> None:
    """Let a thread end with an error that nobody catches."""
    thread = threading.Thread(target=lambda: {}["the missing lot"])
    thread.start()
    thread.join()


def test_an_error_nobody_caught_is_written_down_whole_and_said_once(
    desks: Any, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in (sys, threading):
        monkeypatch.setattr(place, "excepthook", place.excepthook)  # given back after the test
    monkeypatch.setattr(log._LOG, "handlers", [])
    log.begin(tmp_path / "log")
    with at_work(desks["clerk"], tmp_path, qtbot) as window:
        break_in_a_thread()
        break_in_a_thread()
        qtbot.waitUntil(lambda: bool(window.messages.said))
        [message] = window.messages.said
        assert message.text.startswith("Something unexpected happened, and the log file has it.")
    break_in_a_thread()
    [handler] = log._LOG.handlers
    handler.close()
    written = (tmp_path / "log" / "dentalsales.log").read_text(encoding="utf-8")
    assert written.count("KeyError: 'the missing lot'") == 3 and written.count("Traceback") == 3
