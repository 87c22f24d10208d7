"""Every screen in the smallest window, in both languages and at office scales: nothing is cut off or nameless.

Tab goes through every screen and comes back: each stop has a name, is seen, and shows that it has the focus.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget
from seen import clipped, nameless

HERE = Path(__file__).parent
SOURCE = HERE.parent.parent / "src"


def walked(sample: Path, tmp_path: Path, scale: str, *words_of_the_walk: str) -> list[dict[str, str]]:
    """Walk every screen in a program of its own; return what it tells."""
    company = shutil.copytree(sample, tmp_path / "company")
    words = os.environ | {"QT_SCALE_FACTOR": scale, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(SOURCE)}
    done = subprocess.run(
        [sys.executable, str(HERE / "scale_matrix.py"), str(company), *words_of_the_walk],
        env=words, capture_output=True, text=True, encoding="utf-8", timeout=280,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_no_word_is_cut_off_and_no_control_is_without_a_name(sample: Path, tmp_path: Path) -> None:
    assert walked(sample, tmp_path, "1.5", "--language", "en") == []


def test_the_keyboard_reaches_everything_and_is_seen_where_it_is(sample: Path, tmp_path: Path) -> None:
    """In Chinese and at scale 1, where nothing is cut off or nameless either."""
    told = walked(sample, tmp_path, "1", "--language", "zh_CN", "--by-keys")
    assert [one for one in told if "stops" not in one] == []
    assert len(told) > 40, "every screen, form and report was walked"


def test_the_eye_sees_a_word_that_is_cut_off(qtbot: Any) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QHBoxLayout(window)
    narrow, button = QLabel("收货地址和联系电话"), QPushButton("Record the consent")
    narrow.setFixedWidth(40)
    button.setFixedWidth(40)
    for widget in (narrow, button, QLabel("short")):
        layout.addWidget(widget)
    with qtbot.waitExposed(window):
        window.show()
    assert [finding.rpartition(": ")[2] for finding in clipped(window)] == ["收货地址和联系电话", "Record the consent"]


def test_the_ear_misses_a_field_without_a_name(qtbot: Any) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QHBoxLayout(window)
    named, unnamed = QLineEdit(), QLineEdit()
    named.setAccessibleName("Customer")
    unnamed.setObjectName("unnamed")
    for widget in (named, unnamed):
        layout.addWidget(widget)
    with qtbot.waitExposed(window):
        window.show()
    assert [finding.partition(" ")[0] for finding in nameless(window)] == ["unnamed"]
