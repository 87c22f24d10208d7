"""Every screen in the smallest window, in both languages and at office scales: nothing is cut off or nameless."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget
from seen import clipped, nameless

HERE = Path(__file__).parent
SOURCE = HERE.parent.parent / "src"


@pytest.mark.parametrize(("scale", "language"), [("1", "zh_CN"), ("1.5", "en")])
def test_no_word_is_cut_off_and_no_control_is_without_a_name(
    scale: str, language: str, sample: Path, tmp_path: Path
) -> None:
    company = shutil.copytree(sample, tmp_path / "company")
    words = os.environ | {"QT_SCALE_FACTOR": scale, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(SOURCE)}
    done = subprocess.run(
        [sys.executable, str(HERE / "scale_matrix.py"), str(company), "--language", language],
        env=words, capture_output=True, text=True, encoding="utf-8", timeout=280,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert [json.loads(line) for line in done.stdout.splitlines()] == []


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
